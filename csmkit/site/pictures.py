# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of the sheets and bars as a kit's page shows them."""

from __future__ import annotations

from typing import Any

from csmkit.export.book.words import sheet_title
from csmkit.site.kit import Built


def sheets(built: Built) -> list[dict[str, Any]]:
    """Sheets, then bars, each with its picture; numbered over all, so that a page can stop at some."""
    shown = [
        {
            "title": sheet_title(nesting, n, built.language.gettext),
            "svg": layout["svg"],
            "dxf": layout["dxf"],
            "note": layout,
            "programs": layout.get("programs", []),
            "picture_size": layout.get("svg_size"),
        }
        for nesting in built.data["nestings"]
        for n, layout in enumerate(nesting["layouts"], 1)
    ]
    bars = [
        {
            "title": plan["bar_title"],
            "svg": plan["svg"],
            "dxf": "",
            "note": None,
            "programs": [],
            "picture_size": plan.get("svg_size"),
        }
        for plan in built.data["bars"]
    ]
    return shown + bars
