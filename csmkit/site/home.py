# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The first page: what it is, for whom, three ways in, and what becomes of one design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from csmkit.export.language.language import ENGLISH, Language
from csmkit.site.kit import Built
from csmkit.site.pages import page

ON_HOME = 6  # kits shown on it


def home_page(
    rows: Sequence[Mapping[str, Any]], kits: Sequence[Sequence[Built]], language: Language = ENGLISH
) -> str:
    """Markdown of the first page.

    Args:
        rows: kits as the catalog lists them.
        kits: the same, built.
    """
    return page(
        "home.md.j2",
        {"title": "csmkit", "hide": ["navigation", "toc"]},
        language,
        kits=rows[:ON_HOME],
        count=len(rows),
        star=next((row for row in rows if row["stills"]), None),
        made=next((way for presets in kits if (way := design_to_files(presets[0]))), None),
        root="",
        base=language.to_root,
    )


def design_to_files(built: Built) -> dict[str, Any] | None:
    """One kit on its way from the model to the program; None if a picture of the way is missing.

    Paths are relative to the site's root.
    """
    kit, base = built.data, quote(f"kits/{built.files_url}")
    layouts = [(n, layout) for n in kit["nestings"] for layout in n["layouts"] if layout.get("programs")]
    model, laid = (kit["pictures"].get(name, []) for name in ("exploded", "hero"))
    if not (layouts and model and laid):
        return None
    nesting, layout = layouts[0]
    return {
        "title": kit["title"],
        "url": quote(f"kits/{built.url}"),
        "parts": built.piece_count,
        "limits": len(kit["limits"]),
        "model": [{**shot, "src": base + quote(shot["path"])} for shot in model],
        "sheet": base + quote(built.told(layout["svg"])),
        "sheet_title": nesting["sheet_title"],
        "size": layout["size"],
        "used": layout["yield"],
        "paths": base + quote(built.told(layout["programs"][0]["svg"])),
        "minutes": layout["programs"][0]["seconds"] / 60,
        "steps": len(kit["assembly"]["steps"]),
        "hours": built.labour_minutes,
        "whole": [{**shot, "src": base + quote(shot["path"])} for shot in laid],
        "price": kit["price"]["total"],
        "currency": kit["price"]["currency"],
    }
