# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What remains of a sheet: the rectangles that are worth keeping, and the inner rectangle of a polygon."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from csmkit.model import Outline, StockSheet
from csmkit.nest.area import is_plain, sheet_polygon

KEEP = (200.0, 300.0)  # mm; a smaller rest is a nuisance in the rack
RASTER = 40  # lines each way over a sheet that is no plain rectangle

Box = tuple[float, float, float, float]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Grid:
    """An area cut along all edges of the boxes in it."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    free: Flags  # [column, row]: in the area and in no box

    def without(self, rest: Box) -> Grid:
        """The grid with one more box, whose edges lie on its lines, taken out."""
        i, j = self.xs.index(rest[0]), self.ys.index(rest[1])
        free = self.free.copy()
        free[i : self.xs.index(rest[2]), j : self.ys.index(rest[3])] = False
        return Grid(self.xs, self.ys, free)


def offcuts(stock: StockSheet, parts: Sequence[Box], spacing: float) -> tuple[Outline, ...]:
    """Rectangles that remain of a sheet, no two overlapping: the most valuable of some ways to saw it.

    One rectangle serves more than two halves, so a rest counts by the square of its area. The ways: a strip
    on any side along all parts first, or the largest rectangle first; then the largest of what is left.

    Args:
        stock: the sheet.
        parts: boxes of its parts, mm.
        spacing: mm that the cut along a part takes.
    """
    taken = [(x0 - spacing, y0 - spacing, x1 + spacing, y1 + spacing) for x0, y0, x1, y1 in parts]
    area = sheet_polygon(stock)
    if area.is_empty:
        return ()
    grid = _grid(area, taken)
    ways = [_rests(grid, first) for first in (*_strips(stock, taken), None)]
    best = max(ways, key=worth)
    return tuple(Outline.rectangle(*(round(v, 1) for v in f)) for f in best)


def rests_within(area: Polygon) -> tuple[Box, ...]:
    """Rectangles worth keeping that lie within an area, no two overlapping: each the largest that is left."""
    return () if area.is_empty else tuple(_rests(_grid(area, ()), None))


def worth(rests: Sequence[Box]) -> float:
    """Of rests together, in mm⁴: two halves are worth half of a whole."""
    return sum(((x1 - x0) * (y1 - y0)) ** 2 for x0, y0, x1, y1 in rests)


def largest_rectangle(area: Polygon, taken: Sequence[Box] = ()) -> Box | None:
    """The largest rectangle along the axes within an area that touches none of the taken boxes.

    Exact where the area is a rectangle; else on a raster, so a little smaller than the largest. None where
    nothing remains.
    """
    return None if area.is_empty else _largest(_grid(area, taken))


def _strips(stock: StockSheet, taken: Sequence[Box]) -> list[Box]:
    """What lies right of all parts, above, left and below them, where that is worth keeping."""
    if not is_plain(stock) or not taken:
        return []
    x0, y0, x1, y1 = stock.outline.bounds
    left, low, right, high = (
        float(pick([t[k] for t in taken])) for k, pick in enumerate((min, min, max, max))
    )
    strips = [(right, y0, x1, y1), (x0, high, x1, y1), (x0, y0, left, y1), (x0, y0, x1, low)]
    return [s for s in strips if _is_worth_keeping(s)]


def _rests(grid: Grid, first: Box | None) -> list[Box]:
    """A first rectangle, then the largest ones that remain."""
    found: list[Box] = []
    rest = first or _largest(grid, _is_worth_keeping)
    while rest:
        found.append(rest)
        grid = grid.without(rest)
        rest = _largest(grid, _is_worth_keeping)
    return found


def _grid(area: Polygon, taken: Sequence[Box]) -> Grid:
    x0, y0, x1, y1 = area.bounds
    xs, ys = {x0, x1}, {y0, y1}
    is_box = area.area >= (x1 - x0) * (y1 - y0) * (1 - 1e-12)
    if not is_box:
        corners = shapely.get_coordinates(area)
        xs |= {*map(float, np.linspace(x0, x1, RASTER)), *map(float, corners[:RASTER, 0])}
        ys |= {*map(float, np.linspace(y0, y1, RASTER)), *map(float, corners[:RASTER, 1])}
    for t in taken:
        xs |= {min(max(v, x0), x1) for v in (t[0], t[2])}
        ys |= {min(max(v, y0), y1) for v in (t[1], t[3])}
    columns, rows = tuple(sorted(xs)), tuple(sorted(ys))
    free = np.ones((len(columns) - 1, len(rows) - 1), dtype=np.bool_)
    if not is_box:
        left, low = np.meshgrid(columns[:-1], rows[:-1], indexing="ij")
        right, high = np.meshgrid(columns[1:], rows[1:], indexing="ij")
        shapely.prepare(area)
        free &= np.asarray(shapely.covers(area, shapely.box(left, low, right, high)), dtype=np.bool_)
    for t in taken:
        i, k = (bisect_left(columns, min(max(v, x0), x1)) for v in (t[0], t[2]))
        j, m = (bisect_left(rows, min(max(v, y0), y1)) for v in (t[1], t[3]))
        free[i:k, j:m] = False
    return Grid(columns, rows, free)


def _largest(grid: Grid, serves: Callable[[Box], bool] = lambda _: True) -> Box | None:
    """The largest block of free cells that serves, of all blocks that nothing can be added to.

    Row by row, each column's free height down from it makes a histogram, in which a stack of rising columns
    finds all such blocks.
    """
    best, most = None, 1e-6
    xs, ys = grid.xs, grid.ys
    floor = [0] * (len(xs) - 1)  # by column: first row of the free run that reaches up to this row
    for j, row in enumerate(grid.free.T.tolist()):
        rising: list[tuple[int, int]] = []  # first column, floor; floors fall from left to right
        for i in range(len(xs)):
            if i < len(row):
                floor[i] = floor[i] if row[i] else j + 1
            bottom = floor[i] if i < len(row) else j + 1
            start = i
            while rising and rising[-1][1] < bottom:
                start, low = rising.pop()
                block = (xs[start], ys[low], xs[i], ys[j + 1])
                area = (xs[i] - xs[start]) * (ys[j + 1] - ys[low])
                if area > most and serves(block):
                    best, most = block, area + 1e-6
            if bottom <= j and (not rising or rising[-1][1] > bottom):
                rising.append((start, bottom))
    return best


def _is_worth_keeping(rest: Box) -> bool:
    sides = sorted((rest[2] - rest[0], rest[3] - rest[1]))
    return sides[0] >= min(KEEP) and sides[1] >= max(KEEP)
