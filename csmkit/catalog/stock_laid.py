# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How a sheet is laid on the machine: along its longer way, where it has no room as it was written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from csmkit.model.machine import Machine
from csmkit.model.outline import Outline
from csmkit.model.stock import StockSheet

Grain = Literal["x", "y"] | None
ACROSS: Mapping[Grain, Grain] = {"x": "y", "y": "x"}


def laid_along(stock: StockSheet, machine: Machine) -> StockSheet:
    """The sheet as it is, or turned by 90° if the machine then reaches more of it; its grain turns with it.

    Its key stays: it is the same sheet.
    """
    (length, width), (reach_x, reach_y, _) = stock.size, machine.envelope
    as_written = min(length, reach_x) * min(width, reach_y)
    if min(width, reach_x) * min(length, reach_y) <= as_written:
        return stock
    return replace(
        stock,
        outline=_turned(stock.outline, width),
        defects=tuple(_turned(defect, width) for defect in stock.defects),
        grain=ACROSS.get(stock.grain),
    )


def _turned(outline: Outline, width: float) -> Outline:
    """By 90°, in a sheet of that width whose lower left corner stays at (0, 0)."""
    return outline.moved(width, 0, 90)
