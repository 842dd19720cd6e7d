# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""One stretch of a cutter's way in the plane, a line or an arc, with its figures at hand."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from csmkit.model.outline import Arc, Outline, Point

FLAT = 1e-5  # mm; an arc that leaves its chord by less is a line


@dataclass(frozen=True, slots=True)
class Piece:
    """A line (`center` None) or an arc about `center` that turns by `sweep` radians, positive to the left."""

    start: Point
    end: Point
    center: Point | None
    sweep: float
    length: float

    @property
    def radius(self) -> float:
        """Radius, mm; infinite for a line."""
        return math.inf if self.center is None else self.length / abs(self.sweep)

    @property
    def bulge(self) -> float:
        """tan(sweep / 4), 0 for a line."""
        return math.tan(self.sweep / 4)

    def point(self, t: float) -> Point:
        """Point at the share t (0 to 1) of the length."""
        if t <= 0:
            return self.start
        if t >= 1:
            return self.end
        (x, y) = self.start
        if self.center is None:
            return (x + t * (self.end[0] - x), y + t * (self.end[1] - y))
        cx, cy = self.center
        c, s = math.cos(t * self.sweep), math.sin(t * self.sweep)
        return (cx + c * (x - cx) - s * (y - cy), cy + s * (x - cx) + c * (y - cy))

    def direction(self, t: float) -> Point:
        """Unit vector of the way at the share t."""
        if self.center is None:
            return (
                (self.end[0] - self.start[0]) / self.length,
                (self.end[1] - self.start[1]) / self.length,
            )
        x, y = self.point(t)
        k = math.copysign(1.0, self.sweep) / math.dist((x, y), self.center)
        return (-(y - self.center[1]) * k, (x - self.center[0]) * k)

    def cut(self, t0: float, t1: float) -> Piece:
        """The stretch between two shares."""
        if t0 <= 0 and t1 >= 1:
            return self
        share = min(t1, 1.0) - max(t0, 0.0)
        return Piece(self.point(t0), self.point(t1), self.center, self.sweep * share, self.length * share)

    def reversed(self) -> Piece:
        """The same way backwards."""
        return Piece(self.end, self.start, self.center, -self.sweep, self.length)


def line(start: Point, end: Point) -> Piece:
    """A straight piece."""
    return Piece(start, end, None, 0.0, math.dist(start, end))


def arc(start: Point, end: Point, center: Point, sweep: float) -> Piece:
    """A round piece; the radius is that of its start."""
    return Piece(start, end, center, sweep, math.dist(start, center) * abs(sweep))


def turn(a: Piece, b: Piece) -> float:
    """Angle between the end of one piece and the start of another, radians, positive to the left."""
    (ux, uy), (vx, vy) = a.direction(1), b.direction(0)
    return math.atan2(ux * vy - uy * vx, ux * vx + uy * vy)


def pieces_of(outline: Outline) -> list[Piece]:
    """Edges of an outline in its own sense of rotation; edges without length are left out."""
    return [_piece(edge) for edge in outline.edges if edge.chord > 1e-9]


def outline_of(pieces: Iterable[Piece]) -> Outline:
    """A closed run of pieces as an outline."""
    return Outline(tuple((*p.start, p.bulge) for p in pieces))


def _piece(edge: Arc) -> Piece:
    if edge.chord * abs(edge.bulge) / 2 < FLAT:
        return line(edge.start, edge.end)
    return Piece(edge.start, edge.end, edge.center, edge.sweep, edge.length)
