# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pockets that are open to the edge of their part: the cutter has to run out over it.

Within its drawn border alone it would leave round corners where a rebate or housing meets the edge.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely

from csmkit.cam.offset import distances
from csmkit.cam.piece import Piece, line, outline_of, pieces_of
from csmkit.cam.reach import outline_polygon
from csmkit.model.outline import Outline, Point, Region

STEEP = math.sin(math.radians(20))  # a wall that meets the edge at a flatter angle isn't followed out
ON_EDGE = 0.02  # mm between a pocket's border and the part's contour that are one line


def opened(region: Region, contour: Outline, reach: float) -> Region:
    """The region with its straight open edges moved out beyond the contour.

    Args:
        contour: of the part.
        reach: how far, mm: a little more than the cutter's radius, less than its kerf.
    Returns: the region itself where no edge is open, or where moving one out would meet the part.
    """
    edges = pieces_of(region.outline.counter_clockwise())
    border = pieces_of(contour)
    is_open = [_on(edge, border) for edge in edges]
    if not any(is_open):
        return region
    part = outline_polygon(contour)
    n = len(edges)
    result: list[Piece] = []
    for i, edge in enumerate(edges):
        if not is_open[i]:
            result.append(edge)
            continue
        before, after = edges[i - 1], edges[(i + 1) % n]
        first = _corner(edge.start, edge, before, is_open[i - 1], reach)
        last = _corner(edge.end, edge.reversed(), after.reversed(), is_open[(i + 1) % n], -reach)
        strip = shapely.Polygon([edge.start, first, last, edge.end])
        if not strip.is_valid or strip.intersection(part).area > ON_EDGE * edge.length:
            return region
        result += [] if is_open[i - 1] else [line(edge.start, first)]
        result.append(line(first, last))
        result += [] if is_open[(i + 1) % n] else [line(last, edge.end)]
    grown = Region(outline_of(result), region.islands)
    return grown if outline_polygon(grown.outline).is_valid else region


def _on(edge: Piece, border: Sequence[Piece]) -> bool:
    """A straight edge that lies on the contour all along."""
    if edge.center is not None:
        return False
    spots = np.array([edge.point(t) for t in (0.02, 0.25, 0.5, 0.75, 0.98)])
    return bool(np.max(distances(spots, border)) < ON_EDGE)


def _corner(corner: Point, edge: Piece, wall: Piece, wall_is_open: bool, reach: float) -> Point:
    """Where a corner of an open edge goes: on along its wall where that widens the way out, else square out.

    Args:
        edge: beginning at the corner.
        wall: ending there.
        wall_is_open: it moves out as well, and the corner with both.
        reach: to the right of the edge; negative: to its left.
    """
    (ux, uy), (wx, wy) = edge.direction(0), wall.direction(1)
    side = math.copysign(1.0, reach)
    out = (uy * side, -ux * side)
    if wall_is_open:
        other = (wy * side, -wx * side)
        k = abs(reach) / (1 + out[0] * other[0] + out[1] * other[1])
        return (corner[0] + k * (out[0] + other[0]), corner[1] + k * (out[1] + other[1]))
    rise = wx * out[0] + wy * out[1]
    if rise > STEEP and wx * ux + wy * uy <= 0:
        return (corner[0] + abs(reach) / rise * wx, corner[1] + abs(reach) / rise * wy)
    return (corner[0] + abs(reach) * out[0], corner[1] + abs(reach) * out[1])
