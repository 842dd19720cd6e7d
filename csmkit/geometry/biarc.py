# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Free curves as chains of arcs: what machines follow where a design has splines or ellipses."""

from __future__ import annotations

import math
from collections.abc import Callable

from csmkit.model.outline import Arc, Point

FIT = 0.001  # mm; ten times finer than shops ask (0.01), so that small parts keep their area to 0.01 %
STRAIGHT = 1e-6  # mm of sagitta; flatter arcs are lines
SAMPLES = 12  # points of each biarc that are compared with the curve
DEEPEST = 14  # halvings; a curve that needs more has a kink or a loop that no arc follows

Curve = Callable[[float], tuple[Point, Point]]  # share 0 to 1 of the curve -> point, direction


def biarcs(curve: Curve, tolerance: float = FIT) -> list[Arc]:
    """Arcs that follow a curve, tangent to it where they meet.

    Args:
        curve: share of the way (0 to 1) to point and direction there (any length but zero), mm.
        tolerance: largest distance between curve and arcs, mm.
    Returns: arcs in order; the first starts and the last ends exactly where the curve does.
    Source: biarc with both arcs' tangent lengths equal, Bolton 1975, "Biarc curves".
    """
    return _fitted(curve, 0.0, 1.0, tolerance, 0)


def _fitted(curve: Curve, a: float, b: float, tolerance: float, depth: int) -> list[Arc]:
    (start, start_way), (end, end_way) = curve(a), curve(b)
    arcs = _biarc(start, start_way, end, end_way)
    if depth >= DEEPEST or (arcs and depth > 0 and _deviation(curve, a, b, arcs) <= tolerance):
        return arcs or [Arc(start, end, 0.0)]
    middle = (a + b) / 2  # the first halving is always made: an S curve's ends can look straight
    return _fitted(curve, a, middle, tolerance, depth + 1) + _fitted(curve, middle, b, tolerance, depth + 1)


def _biarc(start: Point, start_way: Point, end: Point, end_way: Point) -> list[Arc]:
    """Two arcs from start to end with the given directions; none if the directions allow no such pair."""
    (tx, ty), (ux, uy) = _unit(start_way), _unit(end_way)
    vx, vy = end[0] - start[0], end[1] - start[1]
    along = vx * (tx + ux) + vy * (ty + uy)
    slack = 2 * (1 - tx * ux - ty * uy)
    square = vx * vx + vy * vy
    if slack < 1e-12:
        if along <= 0:
            return []
        length = square / (2 * along)
    else:
        length = (math.sqrt(along * along + slack * square) - along) / slack
    joint = (
        (start[0] + end[0] + length * (tx - ux)) / 2,
        (start[1] + end[1] + length * (ty - uy)) / 2,
    )
    first = _bulge((tx, ty), (joint[0] - start[0], joint[1] - start[1]))
    second = _bulge((end[0] - joint[0], end[1] - joint[1]), (ux, uy))
    if max(abs(first), abs(second)) > 1:  # more than a half circle: the curve turns too far for one biarc
        return []
    return [_arc(start, joint, first), _arc(joint, end, second)]


def _bulge(way: Point, chord: Point) -> float:
    """Bulge of an arc from the angle between its tangent and its chord, which is half its sweep."""
    cross = way[0] * chord[1] - way[1] * chord[0]
    dot = way[0] * chord[0] + way[1] * chord[1]
    return math.tan(math.atan2(cross, dot) / 2)


def _arc(start: Point, end: Point, bulge: float) -> Arc:
    sagitta = abs(bulge) * math.dist(start, end) / 2
    return Arc(start, end, 0.0 if sagitta < STRAIGHT else bulge)


def _deviation(curve: Curve, a: float, b: float, arcs: list[Arc]) -> float:
    points = [curve(a + (b - a) * i / SAMPLES)[0] for i in range(1, SAMPLES)]
    return max(min(_distance(p, arc) for arc in arcs) for p in points)


def _distance(point: Point, arc: Arc) -> float:
    """Distance of a point from an arc's line or circle, mm, ends not regarded."""
    if arc.bulge == 0:
        (x0, y0), (x1, y1) = arc.start, arc.end
        if arc.chord == 0:
            return math.dist(point, arc.start)
        return abs((x1 - x0) * (point[1] - y0) - (y1 - y0) * (point[0] - x0)) / arc.chord
    return abs(math.dist(point, arc.center) - arc.radius)


def _unit(way: Point) -> Point:
    length = math.hypot(*way)
    return (way[0] / length, way[1] / length)
