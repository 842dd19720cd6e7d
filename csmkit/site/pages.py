# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Templates to Markdown pages. Everything that a kit says is escaped; only `prose` makes HTML of it."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from csmkit.site import figures
from csmkit.site.prose import is_web, prose

TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, meta: Mapping[str, Any], **values: Any) -> str:
    """One Markdown page with its front matter.

    Args:
        meta: title, description and the like; escaped here, since the theme prints texts as they are.
        values: what the template shows.
    """
    lines = [f"{key}: {json.dumps(_meta(value), ensure_ascii=False)}" for key, value in meta.items()]
    body = _environment().get_template(template).render(**values)
    return "\n".join(["---", *lines, "---", "", body])


def _meta(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return html.escape("".join(c if c.isprintable() else " " for c in value), quote=True)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,  # the pages are HTML blocks; Markdown reads only the headings between them
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "mm": figures.lengths,
        "kg": figures.mass,
        "duration": figures.duration,
        "money": figures.money,
        "percent": figures.percent,
        "size": figures.file_size,
        "setting": figures.setting,
        "number": figures.number,
        "significant": figures.significant,
        "prose": prose,
        "href": lambda path: quote(path, safe="/"),
    }
    environment.tests["web"] = is_web
    return environment
