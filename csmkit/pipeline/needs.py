# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a part asks of the workshop that makes it: material, thickness, ways to cut it."""

from __future__ import annotations

from typing import Any

from csmkit.catalog.families import METALS, family
from csmkit.model import PartFacts, Sheet
from csmkit.model.outline import Outline
from csmkit.model.stock import Stock

BEAMS = ("laser", "plasma")  # go through or not at all
SQUARE = 1e-3  # mm that a rectangle's sides may lean


def part_needs(part: PartFacts, stock: Stock) -> dict[str, Any]:
    """What kit.json says beside the sizes of a part.

    Returns: material: its family, "plywood"; thickness: nominal, mm, of sheets; ways: processes that can cut
        it, the planned one first.
    """
    material = family(stock.material)
    return {
        "material": material,
        "thickness": stock.nominal if isinstance(stock, Sheet) else None,
        "ways": ways(part, stock),
        "is_metal": material in METALS,
    }


def ways(part: PartFacts, stock: Stock) -> list[str]:
    """Processes that can cut a part: what is planned, then what its sheet and its shape allow.

    A beam makes no pockets; a saw makes rectangles only.
    """
    pattern = part.flat_pattern
    found: list[str] = [part.process]
    if not isinstance(stock, Sheet) or pattern is None:
        return found
    for process in stock.processes:
        able = (
            not pattern.pockets
            if process in BEAMS
            else not pattern.features and _is_rectangle(pattern.outline)
            if process == "saw"
            else True
        )
        found += [process] if able and process not in found else []
    return found


def _is_rectangle(outline: Outline) -> bool:
    x0, y0, x1, y1 = outline.bounds
    return abs((x1 - x0) * (y1 - y0) - abs(outline.area)) < SQUARE * (x1 - x0 + y1 - y0)
