# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts into a hole without any engine: the most valuable first, each as low and left as corners offer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely
from shapely import Polygon
from shapely.affinity import rotate, translate
from shapely.geometry.base import BaseGeometry

from csmkit.nest.candidate import Placed
from csmkit.nest.engines.prefill import Small

GRID = 12  # positions each way over the free area, besides the corners of what is free
SLACK = 1e-6  # mm that the spacing is larger, against the rounding of offsets


def fill_hole(hole: Polygon, smalls: Sequence[Small], spacing: float) -> tuple[Placed, ...]:
    """Parts for a hole in the frame of its host; simple, and good for round windows and rings."""
    gap = spacing + SLACK
    free: BaseGeometry = hole.buffer(-gap, join_style="mitre")
    placed: list[Placed] = []
    for small in sorted(smalls, key=lambda s: (-s.value, s.name)):
        for _ in range(small.left):
            found = _place(small, free)
            if found is None:
                break
            placed.append(found[0])
            free = free.difference(found[1].buffer(gap, join_style="mitre"))
    return tuple(placed)


def _place(small: Small, free: BaseGeometry) -> tuple[Placed, Polygon] | None:
    """The lowest, then leftmost position of a part within what is free, or None."""
    best: tuple[tuple[float, float], Placed, Polygon] | None = None
    shapely.prepare(free)
    for angle in small.angles:
        turned = rotate(small.outline, angle, origin=(0, 0))
        x0, y0, x1, y1 = turned.bounds
        if free.is_empty or free.area < turned.area:
            continue
        for x, y in _positions(free, x1 - x0, y1 - y0):
            if best and (y, x) >= best[0]:
                continue
            here = translate(turned, x - x0, y - y0)
            if free.covers(here):
                best = ((y, x), (small.name, x - x0, y - y0, angle), here)
    return (best[1], best[2]) if best else None


def _positions(free: BaseGeometry, length: float, width: float) -> Iterator[tuple[float, float]]:
    """Lower left corners of a box that stands at corners of the free area, or on a grid over it."""
    x0, y0, x1, y1 = free.bounds
    if x1 - x0 < length or y1 - y0 < width:
        return
    for cx, cy in shapely.get_coordinates(free):
        for x in (cx, cx - length):
            for y in (cy, cy - width):
                if x0 <= x <= x1 - length and y0 <= y <= y1 - width:
                    yield (float(x), float(y))
    for i in range(GRID + 1):
        for k in range(GRID + 1):
            yield (x0 + (x1 - x0 - length) * i / GRID, y0 + (y1 - y0 - width) * k / GRID)
