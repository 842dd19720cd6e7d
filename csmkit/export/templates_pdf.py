# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Paper templates at 1:1 on A4: large ones on several pages that are joined at crosses."""

from __future__ import annotations

import math
from collections.abc import Sequence

from csmkit.export.svg.template import template_box, template_svg
from csmkit.export.typst import typeset
from csmkit.model.figures import Template

TILE = (180.0, 252.0)  # mm between the crosses of a page that stands upright
BLEED = 5.0  # mm that a page shows beyond its crosses, so that neighbours overlap


def templates_pdf(templates: Sequence[Template], title: str) -> bytes:
    """A PDF of A4 pages at 1:1; the same templates give the same bytes.

    A check bar of 100 mm stands on each page. Templates of more than one page begin with a plan of them.
    """
    pages = [page for template in templates for page in _pages(template)]
    return typeset("templates_pdf.typ", {"title": title, "bleed": BLEED, "pages": pages})


def _pages(template: Template) -> list[dict[str, object]]:
    *_, width, height = template_box(template)
    upright = _grid(width, height, TILE)
    lying = _grid(width, height, TILE[::-1])
    is_lying = lying[0] * lying[1] < upright[0] * upright[1]
    columns, rows = lying if is_lying else upright
    tile = TILE[::-1] if is_lying else TILE
    common = {
        "svg": template_svg(template).decode(),
        "width": width,
        "height": height,
        "title": template.title,
        "note": template.note,
        "tile": list(tile),
        "lying": is_lying,
        "columns": columns,
        "rows": rows,
    }
    return [
        common | {"column": column, "row": row, "x": column * tile[0], "y": row * tile[1]}
        for row in range(rows)
        for column in range(columns)
    ]


def _grid(width: float, height: float, tile: Sequence[float]) -> tuple[int, int]:
    return (max(1, math.ceil(width / tile[0] - 1e-6)), max(1, math.ceil(height / tile[1] - 1e-6)))
