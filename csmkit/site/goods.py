# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The reference's page of what a design may be made of: sheets, bars, and things that are bought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from csmkit.catalog import tables
from csmkit.model import BoughtRow
from csmkit.site.pages import english_page
from csmkit.site.reference import FOLDER, UNREAD

PAGE = f"{FOLDER}/goods.md"


def goods_page() -> str:
    """Markdown of the page, from the tables."""
    rows = tables.bought_rows()
    return english_page(
        "guide/reference_goods.md.j2",
        {
            "title": "Goods",
            "description": "Reference: sheets, bars and bought things of the tables",
            **UNREAD,
        },
        sheets=tables.sheets(),
        bars=tables.bars(),
        things=_by_standard(row for row in rows if not row.kind.startswith("bulk")),
        bulk=_by_standard(row for row in rows if row.kind.startswith("bulk")),
    )


def _by_standard(rows: Iterable[BoughtRow]) -> list[tuple[str, BoughtRow, list[str]]]:
    """Each standard with its first row and all sizes."""
    found: dict[str, list[BoughtRow]] = {}
    for row in rows:
        found.setdefault(row.standard, []).append(row)
    return [(standard, alike[0], _sizes([row.size for row in alike])) for standard, alike in found.items()]


def _sizes(sizes: Sequence[str]) -> list[str]:
    """Sizes as a design writes them; lengths of one thread together: "M6x10, 12, 16"."""
    lines: dict[str, list[str]] = {}
    for size in sizes:
        thread, x, length = size.partition("x")
        is_length = bool(x) and length.isdigit()
        lines.setdefault(thread if is_length else size, []).append(length if is_length else "")
    return [f"{start}x{', '.join(lengths)}" if lengths[0] else start for start, lengths in lines.items()]
