# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How a pattern may be turned on a sheet."""

from __future__ import annotations

from typing import Literal

from csmkit.model import FlatPattern, StockSheet

Grain = Literal["x", "y"] | None

ALL = (0.0, 90.0, 180.0, 270.0)  # free rotation gained less than 0.3 points of yield on plywood kits


def turns(pattern: Grain, sheet: Grain) -> tuple[float, ...]:
    """Angles in degrees at which a pattern's grain lies along the sheet's; all four where one has none."""
    if pattern is None or sheet is None:
        return ALL
    return ALL[0::2] if pattern == sheet else ALL[1::2]


def fits_box(pattern: FlatPattern, stock: StockSheet, edge: float, angle: float) -> bool:
    """The pattern's box lies within the box of the sheet without its edges."""
    dx, dy = overhang(pattern, stock, edge, angle)
    return dx <= 0 and dy <= 0


def overhang(pattern: FlatPattern, stock: StockSheet, edge: float, angle: float) -> tuple[float, float]:
    """By how much the turned pattern is larger than the sheet without its edges, in x and y, mm.

    Up to 1 µm counts as zero; negative where it fits.
    """
    length, width = pattern.size if angle % 180 == 0 else pattern.size[::-1]
    spare = (length - (stock.size[0] - 2 * edge), width - (stock.size[1] - 2 * edge))
    return (0.0 if 0 < spare[0] <= 1e-3 else spare[0], 0.0 if 0 < spare[1] <= 1e-3 else spare[1])
