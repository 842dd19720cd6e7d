# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What kit.json and plan.json say of a sheet that is sawn into panels before the router takes it."""

from __future__ import annotations

from typing import Any

from csmkit.export.paths import panel_stem, sheet_path
from csmkit.export.saw.panels import panel_steps
from csmkit.export.saw.steps import SawStep
from csmkit.model import Layout, StockSheet, Workshop
from csmkit.model.outline import Outline
from csmkit.nest.panels.divide import NOISE

DIGITS = 3  # whole micrometres, in mm


def panel_rows(layout: Layout, number: int, stock: StockSheet, workshop: Workshop) -> dict[str, Any]:
    """The panels, and the cuts that make them in their order; nothing for a sheet that is not sawn first.

    Args:
        layout, number: of the sheet, and its number from 1.
        stock: the sheet.
        workshop: with machine and saw.
    Returns: panels: at and size on the sheet, mm, whether it lies turned by 90° on the machine, its drawing;
        first_cuts: axis, where, piece, mm in the sheet's frame, and which edge lies how far from the blade.
    """
    if not layout.panels:
        return {}
    steps = panel_steps(layout, stock, workshop.cutting.saw_kerf)
    return {
        "panels": [_panel(k, panel, layout, number, workshop) for k, panel in enumerate(layout.panels, 1)],
        "first_cuts": [_cut(step) for step in steps],
    }


def _panel(k: int, panel: Outline, layout: Layout, number: int, workshop: Workshop) -> dict[str, Any]:
    x0, y0, x1, y1 = panel.bounds
    size = (round(x1 - x0, DIGITS), round(y1 - y0, DIGITS))
    reach = workshop.machine.envelope
    return {
        "number": k,
        "at": [x0, y0],
        "size": list(size),
        "is_turned": size[0] > reach[0] + NOISE or size[1] > reach[1] + NOISE,
        "dxf": sheet_path(panel_stem(layout.stock, number), k),
    }


def _cut(step: SawStep) -> dict[str, Any]:
    return {
        "number": step.cut.number,
        "stage": step.cut.stage,
        "axis": step.cut.axis,
        "at": step.cut.at,
        "piece": list(step.cut.piece),
        "edge": step.edge,
        "fence": round(step.fence, DIGITS),
    }
