# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""All kits at a glance: catalog.json for programs, cards and a table for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from csmkit.catalog.families import METALS, family
from csmkit.catalog.tables import machines
from csmkit.catalog.workshop import default_workshop
from csmkit.export.language.language import ENGLISH, Language
from csmkit.site.facets import facet_words, facets
from csmkit.site.kit import Built
from csmkit.site.pages import page
from csmkit.site.workshop_needs import MACHINES, workshop_needs

FORMAT = 1  # of catalog.json; raised when a reader of the older one would be misled


def catalog(kits: Sequence[Sequence[Built]]) -> dict[str, Any]:
    """catalog.json: a row a kit, and the words for what the rows name by key."""
    return {
        "format": FORMAT,
        "machines": MACHINES,
        "tools": _tool_words(kits),
        "tables": _tables(),
        "kits": catalog_rows(kits),
    }


def catalog_rows(kits: Sequence[Sequence[Built]]) -> list[dict[str, Any]]:
    """A row a kit; paths are relative to the site's root. Each kit's default preset stands first."""
    return [_row(presets) for presets in kits]


def _tables() -> dict[str, Any]:
    """What a workshop file names by key: machines with their reach, sheet goods with their thickness."""
    usual = default_workshop()
    return {
        "machines": {m.key: [m.process, *m.envelope] for m in machines()},
        "usual_machines": [m.key for m in usual.machines],
        "sheets": {
            s.key: [family(s.material), s.nominal, family(s.material) in METALS] for s in usual.sheets
        },
    }


def _tool_words(kits: Sequence[Sequence[Built]]) -> dict[str, str]:
    tools = (tool for presets in kits for built in presets for tool in built.data["tools"])
    return dict(sorted((tool["key"], tool["title"]) for tool in tools if tool["key"] not in MACHINES))


def catalog_page(
    data: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], language: Language = ENGLISH
) -> str:
    """Markdown of the list of kits.

    Args:
        data: catalog.json, which the page's script reads.
        rows: its kits in the language of the page.
    """
    _ = language.gettext
    currencies = {preset["currency"] for row in rows for preset in row["presets"]}
    return page(
        "kits.md.j2",
        {
            "title": _("Kits"),
            "description": _("Every kit with its presets, price and files"),
            "hide": ["navigation", "toc"],
        },
        language,
        kits=rows,
        facets=facets(data["kits"], facet_words(data, rows, language), language),
        currency=min(currencies) if len(currencies) == 1 else "",
        root="../",
        base=f"../{language.to_root}",
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
        "price_from": min((b.data["price"]["total"] for b in presets), key=Decimal),
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
        "parts": built.piece_count,
        "largest": max((max(part["size"]) for part in kit["parts"]), default=0.0),
        "needs": workshop_needs(built),
    }
