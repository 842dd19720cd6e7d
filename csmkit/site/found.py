# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the search knows of kits. Its index comes with every page, so each kit has one short entry in it."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from csmkit.site.kit import Built


def lighten(index: Path, kits: Sequence[Built]) -> None:
    """Rewrite a search index: of a kit its title, its sentence, its tags and the titles of its steps.

    Args:
        index: search_index.json of a language.
        kits: in that language, as by default.
    """
    data = json.loads(index.read_bytes())
    pages = tuple(_place(kit) for kit in kits)
    kept = [entry for entry in data["docs"] if not entry["location"].startswith(pages)]
    data["docs"] = [*kept, *(_entry(kit) for kit in kits)]
    index.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _entry(kit: Built) -> dict[str, str]:
    said = kit.data
    steps = ". ".join(step["title"] for step in said["assembly"]["steps"])
    text = f"<p>{html.escape(said['summary'])}</p><p>{html.escape(', '.join(said['tags']))}</p>"
    return {
        "location": _place(kit),
        "title": html.escape(said["title"]),
        "text": f"{text}<p>{html.escape(steps)}</p>",
    }


def _place(kit: Built) -> str:
    """The address of a kit as the index has it."""
    return quote(f"kits/{kit.url}")
