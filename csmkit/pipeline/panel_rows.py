# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What kit.json and plan.json say of a sheet that is sawn into panels before the router takes it."""

from __future__ import annotations

from typing import Any

from csmkit.export.paths import panel_stem, sheet_path
from csmkit.model import Layout, SawCut
from csmkit.model.data import plain


def panel_rows(layout: Layout, number: int, machine: tuple[float, ...]) -> dict[str, Any]:
    """The panels, and the cuts that make them in their order; nothing for a sheet that is not sawn first.

    Args:
        layout, number: of the sheet, and its number from 1.
        machine: its reach in x and y, mm.
    Returns: panels: at and size on the sheet, mm, whether it lies turned by 90° on the machine, its drawing;
        first_cuts: as planned, with `measure`, mm from the edge of the piece at its left or below.
    """
    if not layout.panels:
        return {}
    stem = panel_stem(layout.stock, number)
    rows = []
    for k, panel in enumerate(layout.panels, 1):
        x0, y0, x1, y1 = panel.bounds
        size = (round(x1 - x0, 3), round(y1 - y0, 3))
        rows.append(
            {
                "number": k,
                "at": [x0, y0],
                "size": list(size),
                "is_turned": size[0] > machine[0] or size[1] > machine[1],
                "dxf": sheet_path(stem, k),
            }
        )
    return {"panels": rows, "first_cuts": [_cut(cut) for cut in layout.first_cuts]}


def _cut(cut: SawCut) -> dict[str, Any]:
    low = cut.piece[0] if cut.axis == "x" else cut.piece[1]
    return {**plain(cut), "measure": round(cut.at - low, 3)}
