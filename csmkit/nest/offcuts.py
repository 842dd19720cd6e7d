# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What remains of a sheet: the rectangles that are worth keeping, and the inner rectangle of a polygon."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon, box

from csmkit.model import Outline, StockSheet
from csmkit.nest.area import is_plain, sheet_polygon

KEEP = (200.0, 300.0)  # mm; a smaller rest is a nuisance in the rack
RASTER = 40  # lines each way over a sheet that is no plain rectangle

Box = tuple[float, float, float, float]
Flags = NDArray[np.bool_]


def offcuts(stock: StockSheet, parts: Sequence[Box], spacing: float) -> tuple[Outline, ...]:
    """Rectangles that remain of a sheet, no two overlapping: right of all parts first, then the largest.

    Args:
        stock: the sheet.
        parts: boxes of its parts, mm.
        spacing: mm that the cut along a part takes.
    """
    taken = [(x0 - spacing, y0 - spacing, x1 + spacing, y1 + spacing) for x0, y0, x1, y1 in parts]
    found: list[Box] = []
    if is_plain(stock) and taken:
        right = (max(t[2] for t in taken), 0.0, *stock.size)
        found += [right] if _worth_keeping(right) else []
    while (best := largest_rectangle(sheet_polygon(stock), taken + found)) and _worth_keeping(best):
        found.append(best)
    return tuple(Outline.rectangle(*(round(v, 1) for v in f)) for f in found)


def largest_rectangle(area: Polygon, taken: Sequence[Box] = ()) -> Box | None:
    """The largest rectangle along the axes within an area that touches none of the taken boxes.

    Exact where the area is a rectangle; else on a raster, so a little smaller than the largest. None where
    nothing remains.
    """
    if area.is_empty:
        return None
    x0, y0, x1, y1 = area.bounds
    xs, ys = {x0, x1}, {y0, y1}
    if area.area < (x1 - x0) * (y1 - y0) * (1 - 1e-12):
        corners = shapely.get_coordinates(area)
        xs |= {*np.linspace(x0, x1, RASTER), *corners[:RASTER, 0]}
        ys |= {*np.linspace(y0, y1, RASTER), *corners[:RASTER, 1]}
    for t in taken:
        xs |= {min(max(v, x0), x1) for v in (t[0], t[2])}
        ys |= {min(max(v, y0), y1) for v in (t[1], t[3])}
    return _largest(_free(area, sorted(xs), sorted(ys), taken), sorted(xs), sorted(ys))


def _free(area: Polygon, xs: list[float], ys: list[float], taken: Sequence[Box]) -> Flags:
    """Cells of the grid, [column, row], that lie in the area and in no taken box."""
    left, low = np.meshgrid(xs[:-1], ys[:-1], indexing="ij")
    right, high = np.meshgrid(xs[1:], ys[1:], indexing="ij")
    shapely.prepare(area)
    free: Flags = np.asarray(shapely.covers(area, shapely.box(left, low, right, high)), dtype=np.bool_)
    if area.equals(box(*area.bounds)):
        free[:] = True
    x, y = (left + right) / 2, (low + high) / 2
    for t in taken:
        free &= ~((x > t[0]) & (x < t[2]) & (y > t[1]) & (y < t[3]))
    return free


def _largest(free: Flags, xs: list[float], ys: list[float]) -> Box | None:
    """The largest block of free cells: each span of columns, then the longest run of free rows."""
    best: tuple[float, Box] | None = None
    heights = np.diff(ys)
    for i in range(len(xs) - 1):
        rows = np.ones(len(ys) - 1, dtype=np.bool_)
        for j in range(i, len(xs) - 1):
            rows &= free[j]
            width = xs[j + 1] - xs[i]
            if not rows.any():
                break
            start, stop = _longest_run(rows, heights)
            area = width * (ys[stop] - ys[start])
            if best is None or area > best[0] + 1e-6:
                best = (area, (xs[i], ys[start], xs[j + 1], ys[stop]))
    return best[1] if best else None


def _longest_run(rows: Flags, heights: NDArray[np.float64]) -> tuple[int, int]:
    """First row and the row after the last of the highest run of free rows."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    sums = np.concatenate(([0.0], np.cumsum(heights)))
    runs = sums[edges[1::2]] - sums[edges[::2]]
    k = int(np.argmax(runs))
    return int(edges[2 * k]), int(edges[2 * k + 1])


def _worth_keeping(rest: Box) -> bool:
    sides = sorted((rest[2] - rest[0], rest[3] - rest[1]))
    return sides[0] >= min(KEEP) and sides[1] >= max(KEEP)
