# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""All kits at a glance: catalog.json for programs, cards and a table for people, the home page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from csmkit.site.kit import Built
from csmkit.site.language import ENGLISH, Language
from csmkit.site.pages import page

ON_HOME = 6  # kits shown on the home page


def catalog(kits: Sequence[Sequence[Built]]) -> list[dict[str, Any]]:
    """A row a kit; paths are relative to the site's root. Each kit's default preset stands first."""
    return [_row(presets) for presets in kits]


def catalog_page(rows: Sequence[dict[str, Any]], language: Language = ENGLISH) -> str:
    """Markdown of the list of kits."""
    _ = language.gettext
    return page(
        "kits.md.j2",
        {
            "title": _("Kits"),
            "description": _("Every kit with its presets, price and files"),
            "hide": ["navigation", "toc"],
        },
        language,
        kits=rows,
        tags=sorted({tag for row in rows for tag in row["tags"]}),
        skills=[s for s in ("beginner", "intermediate", "advanced") if any(r["skill"] == s for r in rows)],
        root="../",
        base=f"../{language.to_root}",
    )


def home_page(rows: Sequence[dict[str, Any]], language: Language = ENGLISH) -> str:
    """Markdown of the first page."""
    return page(
        "home.md.j2",
        {"title": "csmkit", "hide": ["navigation", "toc"]},
        language,
        kits=rows[:ON_HOME],
        count=len(rows),
        root="",
        base=language.to_root,
    )


def _row(presets: Sequence[Built]) -> dict[str, Any]:
    first = presets[0]
    kit = first.data
    picture = kit["pictures"].get("lines")
    return {
        "key": first.key,
        **{
            name: kit[name]
            for name in ("title", "summary", "version", "license", "tags", "maturity", "skill")
        },
        "url": quote(f"kits/{first.url}"),
        "picture": quote(f"kits/{first.files_url}{picture}") if picture else None,
        "stills": [
            {
                "src": quote(f"kits/{first.files_url}{shot['path']}"),
                **{n: shot[n] for n in ("width", "height")},
            }
            for shot in kit["pictures"].get("hero", [])
        ],
        "presets": [_preset(built) for built in presets],
        "tiers": [{"key": t["key"], "price": t["price"]} for t in kit["tiers"]],
    }


def _preset(built: Built) -> dict[str, Any]:
    kit = built.data
    return {
        "key": built.preset,
        "title": built.title,
        "url": quote(f"kits/{built.url}"),
        "data": quote(f"kits/{built.files_url}kit.json"),
        "price": kit["price"]["total"],
        "currency": kit["price"]["currency"],
        "labour_minutes": round(built.labour_minutes),
        "machine_minutes": round(built.machine_minutes),
        "sheets": built.sheet_count,
        "mass": kit["mass"],
        "size": kit["size"],
    }
