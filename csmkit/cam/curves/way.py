# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Closed ways measured along their length, and moves at changing heights along them."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from shapely import Polygon

from csmkit.cam.curves.piece import Piece, outline_of
from csmkit.cam.feeds import Feed
from csmkit.model.cam import Move
from csmkit.model.outline import Point, Vertex
from csmkit.model.pose import Vector

Height = tuple[float, float]  # way from the start, mm, and z there
SAME = 1e-9
FINE = 0.01  # mm between an arc and the chords that stand for it where only topology counts


@dataclass(frozen=True)
class Way:
    """A closed run of pieces; a place on it is a length from its first point, mm; it goes round and round."""

    pieces: tuple[Piece, ...]

    @cached_property
    def marks(self) -> list[float]:
        """Length at the start of each piece, and the whole length."""
        marks = [0.0]
        for piece in self.pieces:
            marks.append(marks[-1] + piece.length)
        return marks

    @property
    def length(self) -> float:
        """Once round, mm."""
        return self.marks[-1]

    @cached_property
    def polygon(self) -> Polygon:
        """What it encloses, chords for arcs."""
        points = outline_of(self.pieces).points(FINE)
        return Polygon(points) if len(points) > 2 else Polygon()

    @cached_property
    def area(self) -> float:
        """Signed area, mm²; positive if it runs counter-clockwise."""
        return outline_of(self.pieces).area

    @property
    def vertices(self) -> tuple[Vertex, ...]:
        """As an outline's."""
        return outline_of(self.pieces).vertices

    def at(self, s: float) -> Point:
        """Point at a place."""
        i, t = self._locate(s)
        return self.pieces[i].point(t)

    def direction(self, s: float) -> Point:
        """Unit vector of the way at a place."""
        i, t = self._locate(s)
        return self.pieces[i].direction(t)

    def nearest(self, point: Point) -> tuple[float, float]:
        """The place nearest to a point, and its distance, mm."""
        best = (0.0, math.inf)
        for mark, piece in zip(self.marks, self.pieces, strict=False):
            t, gap = _foot(piece, point)
            if gap < best[1] - SAME:
                best = (mark + t * piece.length, gap)
        return best

    def stretch(self, start: float, end: float) -> Iterator[Piece]:
        """Pieces between two places, start <= end."""
        i, t = self._locate(start)
        rest = end - start
        while rest > SAME:
            piece = self.pieces[i]
            left = (1 - t) * piece.length
            if rest < left - SAME:
                yield piece.cut(t, t + rest / piece.length)
                return
            if left > SAME:
                yield piece.cut(t, 1.0)
            rest -= left
            i, t = (i + 1) % len(self.pieces), 0.0

    def _locate(self, s: float) -> tuple[int, float]:
        s %= self.length
        i = min(bisect_right(self.marks, s), len(self.pieces)) - 1
        return i, (s - self.marks[i]) / self.pieces[i].length


def follow(way: Way, heights: Sequence[Height], feed: Feed) -> Iterator[Move]:
    """Moves along a way.

    Args:
        heights: z at places, ascending, straight between them; the tool stands at the first one.
        feed: what the tool may do in the plane and downwards.
    """
    for (s0, z0), (s1, z1) in pairwise(heights):
        done = 0.0
        for piece in way.stretch(s0, s1):
            before = z0 + (z1 - z0) * done / (s1 - s0)
            done += piece.length
            z = z1 if done > s1 - s0 - SAME else z0 + (z1 - z0) * done / (s1 - s0)
            yield from moves_of(piece, before, z, feed.along(z - before, piece.length))


def moves_of(piece: Piece, z0: float, z1: float, feed: float) -> Iterator[Move]:
    """A piece as one move, or two where it turns by more than half a circle."""
    if piece.center is None:
        yield Move("line", _at(piece.end, z1), feed)
        return
    clockwise = piece.sweep < 0
    if abs(piece.sweep) > math.pi * 0.999:
        yield Move("arc", _at(piece.point(0.5), (z0 + z1) / 2), feed, piece.center, clockwise)
    yield Move("arc", _at(piece.end, z1), feed, piece.center, clockwise)


def descent(length: float, levels: Sequence[float], slope: float, top: float = 0.0) -> list[Height]:
    """Heights of a closed way that goes down level by level, ramping along itself, and ends all cut.

    Each lap ramps down to the next level and stays there; the stretch that a ramp leaves high is cut by the
    next lap's ramp, the last one's by going on over it. A way too short for such ramps becomes a helix.

    Args:
        length: of the way once round, mm.
        levels: heights of the passes, descending, mm.
        slope: tangent of the steepest way down.
        top: where it starts.
    """
    bottom = levels[-1]
    steepest = max(a - b for a, b in zip((top, *levels), levels, strict=False))
    if steepest / slope > length:
        down = (top - bottom) / slope
        return [(0.0, top), (down, bottom), (down + length, bottom)]
    heights = [(0.0, top)]
    z = top
    for lap, level in enumerate(levels):
        ramp = (z - level) / slope
        heights += [(lap * length + ramp, level), ((lap + 1) * length, level)]
        z = level
    last = len(levels) * length
    return [*_without_doubles(heights), (last + ramp, bottom)]


def levels(depth: float, deepest: float, top: float = 0.0) -> list[float]:
    """Heights of equal passes, none deeper than `deepest`, down to -depth."""
    n = max(math.ceil((depth + top) / deepest - 1e-6), 1)
    return [top - (depth + top) * (k + 1) / n for k in range(n)]


def lifted(heights: Sequence[Height], over: Sequence[Height]) -> list[Height]:
    """The higher of two courses of heights; `over` covers all places of `heights`."""
    first, last = heights[0][0], heights[-1][0]
    places = sorted({s for s, _ in heights} | {s for s, _ in over if first < s < last})
    result: list[Height] = []
    gap = 0.0
    for s in places:
        a, b = _height(heights, s), _height(over, s)
        if result and (a - b) * gap < 0:
            t = gap / (gap - (a - b))
            x = result[-1][0] + t * (s - result[-1][0])
            result.append((x, _height(heights, x)))
        result.append((s, max(a, b)))
        gap = a - b
    return _without_doubles(result)


def _height(course: Sequence[Height], s: float) -> float:
    i = min(max(bisect_right(course, (s, math.inf)), 1), len(course) - 1)
    (s0, z0), (s1, z1) = course[i - 1], course[i]
    return z1 if s1 == s0 else z0 + (z1 - z0) * (s - s0) / (s1 - s0)


def _without_doubles(heights: Sequence[Height]) -> list[Height]:
    """Places that are one, and points on the straight between their neighbours, are left out."""
    result: list[Height] = []
    for s, z in heights:
        if result and s - result[-1][0] < 1e-6:
            continue
        if len(result) > 1:
            (s0, z0), (s1, z1) = result[-2:]
            if abs(z0 + (z - z0) * (s1 - s0) / (s - s0) - z1) < SAME:
                result.pop()
        result.append((s, z))
    return result


def _foot(piece: Piece, point: Point) -> tuple[float, float]:
    """Share and distance of the point of a piece that is nearest to a point."""
    (x0, y0), (x1, y1) = piece.start, piece.end
    if piece.center is None:
        t = ((point[0] - x0) * (x1 - x0) + (point[1] - y0) * (y1 - y0)) / piece.length**2
        t = min(max(t, 0.0), 1.0)
        return t, math.dist(piece.point(t), point)
    cx, cy = piece.center
    turn = math.atan2(point[1] - cy, point[0] - cx) - math.atan2(y0 - cy, x0 - cx)
    t = math.copysign(1.0, piece.sweep) * turn % math.tau / abs(piece.sweep)
    if t <= 1:
        return t, math.dist(piece.point(t), point)
    start, end = math.dist(piece.start, point), math.dist(piece.end, point)
    return (0.0, start) if start <= end else (1.0, end)


def _at(point: Point, z: float) -> Vector:
    return (point[0], point[1], z)
