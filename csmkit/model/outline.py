# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Closed outlines of true arcs and lines: what the cutter follows, from the solid to the file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Vertex = tuple[float, float, float]  # x, y in mm; bulge = tan(sweep / 4) of the edge that follows
Point = tuple[float, float]


@dataclass(frozen=True)
class Arc:
    """One edge of an outline; a line where `bulge` is zero."""

    start: Point
    end: Point
    bulge: float

    @property
    def chord(self) -> float:
        """Distance from start to end, mm."""
        return math.dist(self.start, self.end)

    @property
    def sweep(self) -> float:
        """Turned angle, radians; positive counter-clockwise."""
        return 4 * math.atan(self.bulge)

    @property
    def radius(self) -> float:
        """Radius, mm; infinite for a line."""
        return math.inf if self.bulge == 0 else self.chord / (2 * abs(math.sin(self.sweep / 2)))

    @property
    def length(self) -> float:
        """Length along the edge, mm."""
        return self.chord if self.bulge == 0 else self.radius * abs(self.sweep)

    @property
    def center(self) -> Point:
        """Centre of the circle, mm.

        Raises: ValueError: the edge is a line.
        """
        if self.bulge == 0:
            raise ValueError("a line has no centre")
        (x0, y0), (x1, y1) = self.start, self.end
        k = (1 - self.bulge**2) / (4 * self.bulge)
        return ((x0 + x1) / 2 - k * (y1 - y0), (y0 + y1) / 2 + k * (x1 - x0))

    @property
    def segment_area(self) -> float:
        """Signed area between chord and arc, mm²; positive where the arc bulges to the right of its way."""
        if self.bulge == 0:
            return 0.0
        return self.radius**2 / 2 * (self.sweep - math.sin(self.sweep))

    def point(self, t: float) -> Point:
        """Point at the share t (0 to 1) of the edge's length."""
        (x0, y0), (x1, y1) = self.start, self.end
        if self.bulge == 0:
            return (x0 + t * (x1 - x0), y0 + t * (y1 - y0))
        cx, cy = self.center
        a = math.atan2(y0 - cy, x0 - cx) + t * self.sweep
        return (cx + self.radius * math.cos(a), cy + self.radius * math.sin(a))

    def extremes(self) -> Iterator[Point]:
        """Points of the arc at which its box is reached, ends left out."""
        if self.bulge == 0:
            return
        cx, cy = self.center
        begin = math.atan2(self.start[1] - cy, self.start[0] - cx)
        for quarter in range(4):
            turn = (quarter * math.pi / 2 - begin) % math.tau
            if self.sweep < 0:
                turn -= math.tau
            if 0 < turn / self.sweep < 1:
                yield self.point(turn / self.sweep)


@dataclass(frozen=True)
class Outline:
    """A closed outline as in DXF's LWPOLYLINE: vertices with the bulge of the edge that follows each.

    Vertices in mm; the first is not repeated at the end. Counter-clockwise for every outline in the model,
    holes included.

    Args:
        vertices: x, y and bulge of each; `polygon`, `rectangle` and `circle` write them.
    Example:
        board = Outline.rectangle(0, 0, 300, 200)
        triangle = Outline.polygon([(0, 0), (100, 0), (0, 60)])
        half_disc = Outline(((0.0, 0.0, 0.0), (200.0, 0.0, 1.0)))  # a bulge of 1 is half a circle
    """

    vertices: tuple[Vertex, ...]

    @classmethod
    def polygon(cls, points: Iterable[Point]) -> Outline:
        """Straight edges through the points."""
        return cls(tuple((float(x), float(y), 0.0) for x, y in points))

    @classmethod
    def rectangle(cls, x0: float, y0: float, x1: float, y1: float) -> Outline:
        """Rectangle between two corners, mm."""
        return cls.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])

    @classmethod
    def circle(cls, x: float, y: float, diameter: float) -> Outline:
        """Full circle as two half arcs, mm."""
        r = diameter / 2
        return cls(((x - r, y, 1.0), (x + r, y, 1.0)))

    @property
    def edges(self) -> tuple[Arc, ...]:
        """All edges in order, the closing one included."""
        n = len(self.vertices)
        return tuple(
            Arc(self.vertices[i][:2], self.vertices[(i + 1) % n][:2], self.vertices[i][2]) for i in range(n)
        )

    @property
    def area(self) -> float:
        """Signed area, mm²; positive for a counter-clockwise outline."""
        chords = sum(e.start[0] * e.end[1] - e.end[0] * e.start[1] for e in self.edges)
        return chords / 2 + sum(e.segment_area for e in self.edges)

    @property
    def length(self) -> float:
        """Length of the whole outline, mm."""
        return sum(e.length for e in self.edges)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Smallest x, y and largest x, y, mm, arcs included."""
        points = [v[:2] for v in self.vertices] + [p for e in self.edges for p in e.extremes()]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return (min(xs), min(ys), max(xs), max(ys))

    @property
    def circle_of(self) -> tuple[float, float, float] | None:
        """(x, y, diameter) if the outline is one full circle, else None."""
        if not self.vertices or any(v[2] == 0 for v in self.vertices):
            return None
        if abs(sum(e.sweep for e in self.edges)) < math.tau - 1e-6:
            return None
        (cx, cy), r = self.edges[0].center, self.edges[0].radius
        same = all(math.dist(e.center, (cx, cy)) < 1e-4 and abs(e.radius - r) < 1e-4 for e in self.edges)
        return (cx, cy, 2 * r) if same else None

    def reversed(self) -> Outline:
        """The same outline walked the other way."""
        back = [(e.end[0], e.end[1], -e.bulge) for e in reversed(self.edges)]
        return Outline(tuple(back))

    def counter_clockwise(self) -> Outline:
        """The same outline, counter-clockwise."""
        return self if self.area > 0 else self.reversed()

    def moved(self, x: float = 0.0, y: float = 0.0, angle: float = 0.0) -> Outline:
        """Turned about the origin by `angle` degrees, then shifted by (x, y) mm."""
        c, s = _cos_sin(angle)
        return Outline(tuple((c * vx - s * vy + x, s * vx + c * vy + y, b) for vx, vy, b in self.vertices))

    def mirrored(self) -> Outline:
        """Mirrored in the y axis (x changes its sign), walked so that the sign of its area stays."""
        return Outline(tuple((-x, y, -b) for x, y, b in self.vertices)).reversed()

    def points(self, tolerance: float = 0.05, arcs: Literal["inside", "outside", "on"] = "on") -> list[Point]:
        """The outline as a polygon.

        Args:
            tolerance: largest distance between an arc and its chords, mm.
            arcs: where the polygon may lie against the outline: "outside" never cuts into the enclosed
                area, "inside" never leaves it, "on" has its corners on the arcs.
        Returns: n points, mm, in the outline's sense of rotation; the first is not repeated.
        """
        turn = 1.0 if self.area > 0 else -1.0
        result: list[Point] = []
        for e in self.edges:
            result.append(e.start)
            if e.bulge == 0:
                continue
            grows = e.bulge * turn > 0  # the arc bulges out of the enclosed area
            outer = arcs != "on" and (arcs == "outside") == grows
            result += _arc_points(e, tolerance, outer)
        return result


@dataclass(frozen=True)
class Region:
    """An area with islands that stay: what a pocket clears, a board with its holes.

    Args:
        outline: of the area.
        islands: that are no part of it.
    Example:
        frame = Region(Outline.rectangle(0, 0, 300, 200), (Outline.rectangle(30, 30, 270, 170),))
        board = prism(frame, ply.thickness)
    """

    outline: Outline
    islands: tuple[Outline, ...] = field(default=())

    @property
    def area(self) -> float:
        """Area without the islands, mm²."""
        return abs(self.outline.area) - sum(abs(i.area) for i in self.islands)

    def moved(self, x: float = 0.0, y: float = 0.0, angle: float = 0.0) -> Region:
        """As `Outline.moved`, islands included."""
        return Region(self.outline.moved(x, y, angle), tuple(i.moved(x, y, angle) for i in self.islands))


def _cos_sin(angle: float) -> tuple[float, float]:
    """Cosine and sine of an angle in degrees, exact at quarter turns."""
    quarter = (angle / 90) % 4
    if quarter == int(quarter):
        return ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarter) % 4]
    return math.cos(math.radians(angle)), math.sin(math.radians(angle))


def _arc_points(arc: Arc, tolerance: float, outer: bool) -> list[Point]:
    """Points strictly between the ends of an arc: on it, or on tangents outside of it where `outer`."""
    sweep, r = abs(arc.sweep), arc.radius
    nearest = r / (r + tolerance) if outer else 1 - tolerance / r  # cosine of half a step
    step = 2 * math.acos(max(nearest, 0.0))
    n = max(math.ceil(sweep / min(step, math.pi / 2)), 1)
    reach = r / math.cos(sweep / n / 2) if outer else r
    shares = [(i + 0.5) / n for i in range(n)] if outer else [i / n for i in range(1, n)]
    (cx, cy), (x, y) = arc.center, arc.start
    angles = [math.atan2(y - cy, x - cx) + share * arc.sweep for share in shares]
    return [(cx + reach * math.cos(a), cy + reach * math.sin(a)) for a in angles]
