# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Surfaces: what a cutter leaves, as heights on a grid, and how far that is from what was wanted.

Each move is swept in closed form: below a ball that moves along a line lies the lower side of a rounded rod,
below a flat cutter its lower edge. Nothing is stepped, so a long move costs no more than its cells.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from csmkit.cam.proof.interpret import Step
from csmkit.cam.proof.sweep import chain
from csmkit.errors import CsmError
from csmkit.model.cam import Fault
from csmkit.model.machine import Tool

CELL = 0.25  # mm
GOUGE = 0.05  # mm that a cell may lie too low
LEFTOVER = 0.07  # mm that a cell may stay too high
SHARE = 0.99  # of the cells that must lie within LEFTOVER

Heights = NDArray[np.float32]
Row = NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """Middles of square cells: column i at x0 + i · cell, row j at y0 + j · cell, mm."""

    x0: float
    y0: float
    columns: int
    rows: int
    cell: float = CELL

    def stock(self, top: float = 0.0) -> Heights:
        """Heights of untouched stock, (rows, columns), mm."""
        return np.full((self.rows, self.columns), top, dtype=np.float32)

    def window(self, x0: float, y0: float, x1: float, y1: float) -> tuple[slice, slice]:
        """Rows and columns of the cells in a box; empty slices outside of the grid."""
        i0 = max(math.ceil((x0 - self.x0) / self.cell), 0)
        j0 = max(math.ceil((y0 - self.y0) / self.cell), 0)
        i1 = min(math.floor((x1 - self.x0) / self.cell) + 1, self.columns)
        j1 = min(math.floor((y1 - self.y0) / self.cell) + 1, self.rows)
        return slice(j0, max(j1, j0)), slice(i0, max(i1, i0))


@dataclass(frozen=True)
class Surface:
    """How a swept surface compares with what was wanted, mm."""

    gouged: int  # cells too low
    deepest: float  # how far the lowest is
    within: float  # share of cells that stay no more than LEFTOVER too high
    highest: float  # how far the highest is
    faults: tuple[Fault, ...]


def sweep_heights(steps: Sequence[tuple[Step, Tool]], grid: Grid, stock: Heights | None = None) -> Heights:
    """Heights that cutters leave.

    Args:
        steps: moves with their cutters, flat or ball; arcs are swept along chords of 0.001 mm.
        grid: of the cells.
        stock: heights before, (rows, columns), mm; the flat top of the stock where None.
    Returns: (rows, columns), mm.
    Raises: CsmError: a cutter that is neither flat nor ball.
    """
    heights = grid.stock() if stock is None else stock.copy()
    top = float(np.max(heights))
    for step, tool in steps:
        if tool.kind not in ("flat", "ball"):
            raise CsmError(f"{tool.key} is a {tool.kind}; surfaces are cut with flat or ball end mills")
        points = chain(step)
        for a, b in pairwise(points):
            if min(a[2], b[2]) < top:
                _sweep(heights, grid, a, b, tool)
    return heights


def compare_heights(heights: Heights, wanted: Heights, grid: Grid, mask: NDArray[np.bool_]) -> Surface:
    """Where a swept surface lies too low or too high.

    Args:
        heights, wanted: (rows, columns), mm.
        mask: (rows, columns), cells that count.
    """
    over = np.where(mask, heights - wanted, 0.0).astype(np.float64)
    gouged = int(np.count_nonzero(over < -GOUGE))
    cells = int(np.count_nonzero(mask))
    within = float(np.count_nonzero(over[mask] <= LEFTOVER)) / cells if cells else 1.0
    lowest, highest = int(np.argmin(over)), int(np.argmax(over))
    deepest = -float(over.flat[lowest])
    faults = []
    if gouged:
        problem = f"{gouged} cells lie up to {deepest:.3f} mm too low, at most {GOUGE} mm"
        faults.append(Fault("gouge", problem, _place(lowest, heights, grid)))
    if within < SHARE:
        problem = f"{within * 100:.1f} % of the surface within {LEFTOVER} mm, wanted {SHARE * 100:.0f} %"
        faults.append(Fault("leftover", problem, _place(highest, heights, grid)))
    return Surface(gouged, deepest, within, float(over.flat[highest]), tuple(faults))


def _place(index: int, heights: Heights, grid: Grid) -> tuple[float, float, float]:
    row, column = divmod(index, grid.columns)
    z = float(heights[row, column])
    return (grid.x0 + column * grid.cell, grid.y0 + row * grid.cell, z)


def _sweep(heights: Heights, grid: Grid, a: Row, b: Row, tool: Tool) -> None:
    """Lower the cells below one straight move."""
    r = tool.diameter / 2
    (x0, y0, z0), (x1, y1, z1) = a.tolist(), b.tolist()
    rows, columns = grid.window(min(x0, x1) - r, min(y0, y1) - r, max(x0, x1) + r, max(y0, y1) + r)
    window = heights[rows, columns]
    if not window.size:
        return
    dx = grid.x0 + np.arange(columns.start, columns.stop) * grid.cell - x0
    dy = (grid.y0 + np.arange(rows.start, rows.stop) * grid.cell - y0)[:, None]
    length = math.hypot(x1 - x0, y1 - y0)
    ux, uy = ((x1 - x0) / length, (y1 - y0) / length) if length > 0 else (1.0, 0.0)
    slope = (z1 - z0) / length if length > 0 else 0.0
    low = min(z0, z1) if length == 0 else z0
    along, across = dx * ux + dy * uy, dx * uy - dy * ux
    half = np.sqrt(np.maximum(r * r - across * across, 0.0))  # half the chord of the cutter at this distance
    is_ball = tool.kind == "ball"
    ahead = half * (slope / math.hypot(1.0, slope) if is_ball else np.sign(slope))
    at = np.clip(along - ahead, 0.0, length)  # where the cutter's middle is when it cuts lowest here
    off = along - at
    z = low + slope * at
    if is_ball:
        z = z + r - np.sqrt(np.maximum(half * half - off * off, 0.0))
    hit = (np.abs(across) <= r) & (np.abs(off) <= half + 1e-9)
    np.minimum(window, z, out=window, where=hit, casting="same_kind")
