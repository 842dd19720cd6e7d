# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""An outline as a drawing's reader sees it: corners, radii, no reliefs of the cutter."""

from __future__ import annotations

import math
from dataclasses import dataclass

from csmkit.model.outline import Arc, Outline, Point

NEAR = 0.05  # mm: half of what a drawing's numbers show
FLAT = 1e-3  # sine below which two edges run on in one line
FULLEST = math.radians(100)  # sweep of an arc that counts as a rounded corner; fuller ones are shapes


@dataclass(frozen=True)
class Rounding:
    """An arc whose radius a drawing tells, and the middle of it."""

    radius: float
    middle: Point


@dataclass(frozen=True)
class Corners:
    """An outline reduced to what is measured and marked.

    Args:
        points: corners, where an edge's rounding or relief hides one: where the edges would meet.
        roundings: arcs between them.
        reliefs: diameters of the cutter's reliefs in inside corners; who works by hand has no need of them.
        arcs: the roundings that are no rounded corners: their ends are points.
    """

    points: tuple[Point, ...]
    roundings: tuple[Rounding, ...]
    reliefs: tuple[float, ...]
    arcs: tuple[Arc, ...]


def corners(outline: Outline, is_hollow: bool = False) -> Corners:
    """Corners of a closed outline.

    Args:
        outline: counter-clockwise.
        is_hollow: material lies outside of it: a hole or a pocket.
    """
    edges = outline.edges
    count = len(edges)
    points: list[Point] = []
    roundings, reliefs, arcs = [], [], []
    stands = [_met(edges[i - 1], edges[i], edges[(i + 1) % count], is_hollow) for i in range(count)]
    for i, (edge, (kind, meet)) in enumerate(zip(edges, stands, strict=True)):
        if stands[i - 1][0] == "kept" and kind == "kept" and not _runs_on(edges[i - 1], edge):
            points.append(edge.start)
        if meet is not None:
            points.append(meet)
        if kind == "relief":
            reliefs.append(2 * edge.radius)
        elif edge.bulge:
            roundings.append(Rounding(edge.radius, edge.point(0.5)))
            arcs += [edge] if kind == "kept" else []
    return Corners(tuple(points), tuple(roundings), tuple(reliefs), tuple(arcs))


def _met(before: Arc, edge: Arc, after: Arc, is_hollow: bool) -> tuple[str, Point | None]:
    """What an edge is: "kept", or an arc that stands for a corner, and where that corner is."""
    if edge.bulge == 0 or before.bulge or after.bulge:
        return "kept", None
    meet = _crossing(before, after)
    if meet is None:
        return "kept", None
    away, half = math.dist(meet, edge.center), abs(edge.sweep) / 2
    cuts_in = edge.bulge > 0 if is_hollow else edge.bulge < 0
    if cuts_in and away <= edge.radius + NEAR:
        return "relief", meet
    if 2 * half <= FULLEST and abs(away * math.cos(half) - edge.radius) < NEAR:
        return "rounded", meet
    return "kept", None


def _crossing(a: Arc, b: Arc) -> Point | None:
    """Where two straight edges would meet; None if they are parallel."""
    (ax, ay), (bx, by) = _way(a), _way(b)
    turn = ax * by - ay * bx
    if abs(turn) < FLAT:
        return None
    dx, dy = b.start[0] - a.start[0], b.start[1] - a.start[1]
    t = (dx * by - dy * bx) / turn
    return (a.start[0] + t * ax, a.start[1] + t * ay)


def _way(edge: Arc) -> Point:
    (x0, y0), (x1, y1) = edge.start, edge.end
    return ((x1 - x0) / edge.chord, (y1 - y0) / edge.chord)


def _runs_on(a: Arc, b: Arc) -> bool:
    """Two lines in one, or two halves of one arc."""
    if a.bulge == 0 and b.bulge == 0:
        (ax, ay), (bx, by) = _way(a), _way(b)
        return abs(ax * by - ay * bx) < FLAT and ax * bx + ay * by > 0
    if a.bulge and b.bulge and a.bulge * b.bulge > 0:
        return math.dist(a.center, b.center) < NEAR and abs(a.radius - b.radius) < NEAR
    return False
