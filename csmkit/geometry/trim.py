# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""One canonical outline for one closed chain of arcs, however it was cut into pieces."""

from __future__ import annotations

import math
from dataclasses import dataclass

from csmkit.model.outline import Arc, Outline, Point, Vertex

STRAIGHT = 1e-5  # mm; a corner this close to the line through its neighbours is none
SAME_CIRCLE = 1e-4  # mm between centres and radii of arcs that are one arc
FULL = math.tau - 1e-6  # radians; what turns this far is a whole circle
DIGITS = 6  # of coordinates: 1e-6 mm, far below any tolerance, far above the kernel's noise
BULGE_DIGITS = 9  # keeps the sagitta of a 1 m chord to 1e-6 mm


def outline_of(chain: list[Arc]) -> Outline | None:
    """The outline of a closed chain: neighbours on one line or circle merged, no arc above a half circle.

    Coordinates are rounded to 1e-6 mm; the lexicographically smallest vertex comes first, so that the same
    outline has the same bytes.

    Returns: None if nothing but a line there and back is left.
    """
    runs = _merged([_run(arc) for arc in chain if arc.chord > STRAIGHT])
    if len(runs) == 1 and runs[0].center is not None:
        return _whole_circle(runs[0].center, runs[0].radius, runs[0].sweep > 0)
    vertices = [vertex for run in runs for vertex in run.vertices()]
    return canonical(Outline(tuple(vertices))) if len(vertices) > 1 else None


def canonical(outline: Outline) -> Outline:
    """Rounded, and started at the lexicographically smallest vertex."""
    rounded = [
        (rounded_to(x, DIGITS), rounded_to(y, DIGITS), rounded_to(bulge, BULGE_DIGITS))
        for x, y, bulge in outline.vertices
    ]
    first = rounded.index(min(rounded))
    return Outline(tuple(rounded[first:] + rounded[:first]))


def rounded_to(value: float, digits: int) -> float:
    """Rounded, without a negative zero."""
    return round(value, digits) + 0.0


@dataclass(frozen=True)
class _Run:
    """A stretch on one line or circle; unlike a bulge, its sweep may reach a whole turn."""

    start: Point
    end: Point
    center: Point | None
    radius: float
    sweep: float

    def vertices(self) -> list[Vertex]:
        """One vertex, or two where the arc is above a half circle."""
        if self.center is None or abs(self.sweep) <= math.pi + 1e-9:
            return [(*self.start, math.tan(self.sweep / 4))]
        (cx, cy), (x, y) = self.center, self.start
        c, s = math.cos(self.sweep / 2), math.sin(self.sweep / 2)
        half = math.tan(self.sweep / 8)
        middle = (cx + c * (x - cx) - s * (y - cy), cy + s * (x - cx) + c * (y - cy))
        return [(x, y, half), (*middle, half)]


def _run(arc: Arc) -> _Run:
    if arc.bulge == 0:
        return _Run(arc.start, arc.end, None, math.inf, 0.0)
    return _Run(arc.start, arc.end, arc.center, arc.radius, arc.sweep)


def _merged(chain: list[_Run]) -> list[_Run]:
    """Neighbours on one line or circle joined, the last with the first included."""
    runs: list[_Run] = []
    for run in chain:
        joined = _joined(runs[-1], run) if runs else None
        runs = [*runs, run] if joined is None else [*runs[:-1], joined]
    while len(runs) > 1 and (joined := _joined(runs[-1], runs[0])) is not None:
        runs = [joined, *runs[1:-1]]
    return runs


def _joined(a: _Run, b: _Run) -> _Run | None:
    """Both as one, or None where there is a corner between them."""
    if a.center is None and b.center is None:
        return _Run(a.start, b.end, None, math.inf, 0.0) if _is_straight(a.start, a.end, b.end) else None
    if a.center is None or b.center is None or a.sweep * b.sweep < 0:
        return None
    sweep = a.sweep + b.sweep
    same = math.dist(a.center, b.center) < SAME_CIRCLE and abs(a.radius - b.radius) < SAME_CIRCLE
    if not same or abs(sweep) > math.tau + 1e-6:
        return None
    longer = a if abs(a.sweep) >= abs(b.sweep) else b
    return _Run(a.start, b.end, longer.center, longer.radius, sweep)


def _is_straight(start: Point, corner: Point, end: Point) -> bool:
    ax, ay = corner[0] - start[0], corner[1] - start[1]
    bx, by = end[0] - corner[0], end[1] - corner[1]
    chord = math.dist(start, end)
    return ax * bx + ay * by > 0 and abs(ax * by - ay * bx) < STRAIGHT * chord


def _whole_circle(center: Point, radius: float, counter_clockwise: bool) -> Outline:
    """A circle as two half arcs from its leftmost point, on rounded centre and diameter."""
    x, y, diameter = (rounded_to(v, DIGITS) for v in (*center, 2 * radius))
    circle = canonical(Outline.circle(x, y, diameter))
    return circle if counter_clockwise else circle.reversed()
