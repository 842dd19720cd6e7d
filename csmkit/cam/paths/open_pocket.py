# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pockets that are open to the edge of their part: the cutter has to run out over it.

Within its drawn border alone it would leave round corners where a rebate or housing meets the edge.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from csmkit.cam.curves.crossings import crossings
from csmkit.cam.curves.offset import distances, parallel
from csmkit.cam.curves.piece import Piece, line, outline_of, pieces_of
from csmkit.cam.curves.reach import CHORD, outline_polygon
from csmkit.model.outline import Outline, Point, Region

STEEP = math.sin(math.radians(20))  # a wall that meets the edge at a flatter angle isn't followed out
ON_EDGE = 0.02  # mm between a pocket's border and the part's contour that are one line
SMOOTH = 1e-3  # mm between the ends of two edges that go on in one another


def opened(region: Region, contour: Outline, reach: float, most: float) -> Region:
    """The region with its open edges moved out beyond the contour.

    Args:
        contour: of the part.
        reach: how far, mm: a little more than the cutter's radius.
        most: how far where a wall meets the edge aslant, mm: the kerf.
    Returns: the region itself where no edge is open, or where moving one out would meet the part.
    """
    edges = pieces_of(region.outline.counter_clockwise())
    border = pieces_of(contour)
    is_open = [_on(edge, border) for edge in edges]
    if not any(is_open) or all(is_open):
        return region
    solid = outline_polygon(contour).difference(outline_polygon(region.outline).buffer(CHORD))
    farther = min(reach * (1 + _slant(edges, is_open)), max(most, reach))
    for way in dict.fromkeys((farther, reach)):
        grown = Region(outline_of(_moved_out(edges, is_open, way)), region.islands)
        shape = outline_polygon(grown.outline)
        if shape.is_valid and shape.intersection(solid).area < ON_EDGE * contour.length / 10:
            return grown
    return region


def _slant(edges: Sequence[Piece], is_open: Sequence[bool]) -> float:
    """Largest cosine between an open edge and a wall that leans outwards: the way out is so much longer."""
    slant = 0.0
    for i, edge in enumerate(edges):
        j = (i + 1) % len(edges)
        if is_open[i] != is_open[j]:
            (ux, uy), (vx, vy) = edge.direction(1), edges[j].direction(0)
            slant = max(slant, -(ux * vx + uy * vy))
    return slant


def _moved_out(edges: Sequence[Piece], is_open: Sequence[bool], reach: float) -> list[Piece]:
    moved = [parallel(edge, -reach) if free else edge for edge, free in zip(edges, is_open, strict=True)]
    result: list[Piece] = []
    for i in range(len(edges)):
        j = (i + 1) % len(edges)
        result.append(moved[i])
        if is_open[i] and is_open[j]:
            result += _around(moved[i], moved[j], edges[i].end, reach)
        elif is_open[i]:
            out = _out(edges[i].reversed(), edges[j].reversed(), -reach)
            result += _lines(moved[i].end, out, edges[j].start)
        elif is_open[j]:
            out = _out(edges[j], edges[i], reach)
            result += _lines(edges[i].end, out, moved[j].start)
    return _trimmed(result)


def _on(edge: Piece, border: Sequence[Piece]) -> bool:
    """An edge that lies on the contour all along."""
    spots = np.array([edge.point(t) for t in (0.02, 0.25, 0.5, 0.75, 0.98)])
    return bool(np.max(distances(spots, border)) < ON_EDGE)


def _lines(*points: Point) -> list[Piece]:
    """Straight from point to point, without stretches of no length."""
    return [line(a, b) for a, b in pairwise(points) if math.dist(a, b) > SMOOTH]


def _around(before: Piece, after: Piece, corner: Point, reach: float) -> list[Piece]:
    """From one moved edge to the next about a corner of the part: square round it, nothing if they go on."""
    if math.dist(before.end, after.start) <= SMOOTH or crossings(before, after):
        return []
    (ax, ay), (bx, by) = before.end, after.start
    mx, my = ax + bx - 2 * corner[0], ay + by - 2 * corner[1]
    k = 2 * reach**2 / (mx * mx + my * my)
    return _lines(before.end, (corner[0] + k * mx, corner[1] + k * my), after.start)


def _out(edge: Piece, wall: Piece, reach: float) -> Point:
    """Where the corner of an open edge goes: on along its wall where that widens the way, else square out.

    Args:
        edge: beginning at the corner.
        wall: ending there.
        reach: to the right of the edge; negative: to its left.
    """
    (ux, uy), (wx, wy), (x, y) = edge.direction(0), wall.direction(1), edge.start
    side = math.copysign(1.0, reach)
    out = (uy * side, -ux * side)
    rise = wx * out[0] + wy * out[1]
    if rise > STEEP and wx * ux + wy * uy <= 0:
        return (x + abs(reach) / rise * wx, y + abs(reach) / rise * wy)
    return (x + abs(reach) * out[0], y + abs(reach) * out[1])


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """A closed run in which neighbours that cross end there, and ends that are one are the same."""
    pieces = [p for p in pieces if p.length > SMOOTH]
    for i in range(len(pieces)):
        a, b = pieces[i - 1], pieces[i]
        if math.dist(a.end, b.start) <= SMOOTH:
            continue
        found = crossings(a, b)
        if found:
            s, t = max(found)
            pieces[i - 1], pieces[i] = a.cut(0.0, s), b.cut(t, 1.0)
    return pieces
