# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Boundary of flat faces seen from above: shared edges cancel, the rest closes to outlines.

Faces that tile an area walk each inner border twice, in opposite directions. What is left once those pairs
are struck out is the boundary of the whole area, with the arcs that the solid has: no boolean operation.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

from csmkit.errors import CsmError
from csmkit.geometry.biarc import Curve, biarcs
from csmkit.geometry.trim import outline_of
from csmkit.model.outline import Arc, Outline, Point, Region

SNAP = 1e-4  # mm; points closer than this are one: ten times what booleans leave between vertices
SAME_WAY = 1e-3  # mm between the middles of two edges with the same ends that count as one edge
SAMPLES = 64  # of a free curve, to find where a corner lies on it
NESTING = 0.05  # mm of chord on arcs, to see which area an island lies in
SLIVER = 1e-3  # mm²; loops below this are what snapping leaves, not geometry

Corners = NDArray[np.float64]  # (n, 2), mm


@dataclass(frozen=True)
class Border:
    """A directed edge of a face in plan, its face on the left: a line, an arc, or a free curve."""

    start: Point
    end: Point
    center: Point | None = None  # arcs
    sweep: float = 0.0  # arcs: radians, positive counter-clockwise
    curve: Curve | None = None  # free curves, from start to end

    def at(self, share: float) -> Point:
        """Point at a share of the way."""
        if self.curve is not None:
            return self.curve(share)[0]
        if self.center is None:
            (x0, y0), (x1, y1) = self.start, self.end
            return (x0 + share * (x1 - x0), y0 + share * (y1 - y0))
        (cx, cy), r = self.center, math.dist(self.center, self.start)
        angle = math.atan2(self.start[1] - cy, self.start[0] - cx) + share * self.sweep
        return (cx + r * math.cos(angle), cy + r * math.sin(angle))

    def way(self, share: float) -> Point:
        """Direction at a share of the way."""
        if self.curve is not None:
            return self.curve(share)[1]
        if self.center is None:
            return (self.end[0] - self.start[0], self.end[1] - self.start[1])
        x, y = self.at(share)
        turn = math.copysign(1.0, self.sweep)
        return (-turn * (y - self.center[1]), turn * (x - self.center[0]))

    def reversed(self) -> Border:
        """The same edge walked the other way."""
        flipped = None if self.curve is None else _stretch(self.curve, 1.0, 0.0)
        return Border(self.end, self.start, self.center, -self.sweep, flipped)

    def split(self, shares: Iterable[float]) -> list[Border]:
        """The edge in pieces, cut at rising shares of its way."""
        stops = [0.0, *shares, 1.0]
        points = [self.start, *(self.at(s) for s in stops[1:-1]), self.end]
        return [
            Border(
                points[i],
                points[i + 1],
                self.center,
                self.sweep * (stops[i + 1] - stops[i]),
                None if self.curve is None else _stretch(self.curve, stops[i], stops[i + 1]),
            )
            for i in range(len(stops) - 1)
        ]

    def shares_at(self, corners: Corners) -> list[float]:
        """Where corners of other edges lie on this one: shares of the way, ends left out, rising."""
        if self.curve is not None:
            return _shares_on_curve(self, corners)
        if self.center is None:
            way = np.subtract(self.end, self.start)
            length = float(np.hypot(*way)) or 1.0
            offset = corners - self.start
            off = np.abs(offset @ (-way[1], way[0])) / length
            share, tiny = offset @ way / length**2, SNAP / length
        else:
            offset = corners - self.center
            radius = math.dist(self.center, self.start)
            off = np.abs(np.hypot(offset[:, 0], offset[:, 1]) - radius)
            begin = math.atan2(self.start[1] - self.center[1], self.start[0] - self.center[0])
            turn = (np.arctan2(offset[:, 1], offset[:, 0]) - begin) * math.copysign(1.0, self.sweep)
            tiny = SNAP / (radius * abs(self.sweep))
            share = ((turn + 1e-9) % math.tau - 1e-9) / abs(self.sweep)
        return _rising(share[(off < SNAP) & (share > tiny) & (share < 1 - tiny)], tiny)

    def arcs(self) -> list[Arc]:
        """The edge as arcs and lines of an outline, none of them above a half circle."""
        if self.curve is not None:
            return biarcs(self.curve)
        if self.center is None:
            return [Arc(self.start, self.end, 0.0)]
        pieces = self.split([0.5]) if abs(self.sweep) > math.pi else [self]
        return [Arc(p.start, p.end, math.tan(p.sweep / 4)) for p in pieces]


def regions(borders: Iterable[Border]) -> list[Region]:
    """The areas that a set of faces covers, seen from above.

    Args:
        borders: edges of all faces, each with its face on the left, closed face by face, mm.
    Returns: areas with their islands, all outlines counter-clockwise; order and start vertices depend on
        the geometry alone.
    Raises: CsmError: what is left doesn't close.
    """
    loops = [outline for outline in map(outline_of, _loops(list(borders))) if outline is not None]
    outer = [o for o in loops if o.area > SLIVER]
    inner = [o.reversed() for o in loops if o.area < -SLIVER]
    islands = _held(outer, inner)
    found = [Region(o, tuple(sorted(islands.get(i, []), key=_order))) for i, o in enumerate(outer)]
    return sorted(found, key=lambda r: _order(r.outline))


def _held(outer: list[Outline], inner: list[Outline]) -> dict[int, list[Outline]]:
    """Each island with the smallest area around it, by that area's place in the list."""
    if len(outer) == 1:
        return {0: inner}
    polygons = [Polygon(o.points(NESTING)) for o in outer]
    islands: dict[int, list[Outline]] = defaultdict(list)
    for island in inner:
        inside = Polygon(island.points(NESTING)).representative_point()
        holders = [i for i, p in enumerate(polygons) if p.contains(inside)]
        if holders:
            islands[min(holders, key=lambda i: polygons[i].area)].append(island)
    return islands


def _order(outline: Outline) -> tuple[tuple[float, float, float], ...]:
    return tuple(sorted(outline.vertices))


def _loops(borders: list[Border]) -> list[list[Arc]]:
    """Closed chains of what remains when borders that are walked both ways are struck out."""
    # A closed edge is halved first, so that every piece has two ends.
    halves = [half for b in borders for half in (b.split([0.5]) if math.dist(b.start, b.end) < SNAP else [b])]
    corners = _snapped([p for half in halves for p in (half.start, half.end)])
    unique = np.array(sorted(set(corners.values())))
    pieces: dict[tuple[Point, Point], list[Border]] = defaultdict(list)
    for half in halves:
        for piece in half.split(half.shares_at(unique)):
            _strike_or_keep(pieces, _ends_snapped(piece, corners))
    return _chained([piece for kept in pieces.values() for piece in kept])


def _strike_or_keep(pieces: dict[tuple[Point, Point], list[Border]], piece: Border) -> None:
    if piece.start == piece.end:
        return
    twins = pieces[(piece.end, piece.start)]
    middle = piece.at(0.5)
    for i, twin in enumerate(twins):
        if _is_on(twin, middle):
            del twins[i]
            return
    pieces[(piece.start, piece.end)].append(piece)


def _chained(pieces: list[Border]) -> list[list[Arc]]:
    leaving: dict[Point, list[Border]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda p: (p.start, p.end, p.sweep)):
        leaving[piece.start].append(piece)
    chains: list[list[Arc]] = []
    for first in sorted(leaving):
        while leaving[first]:
            piece, chain = leaving[first].pop(0), []
            while True:
                chain += piece.arcs()
                if piece.end == first:
                    break
                piece = _leftmost(leaving[piece.end], piece)
            chains.append(chain)
    return chains


def _leftmost(choices: list[Border], arriving: Border) -> Border:
    """Where several borders leave a corner, the one that keeps closest to the face on the left."""
    if not choices:
        x, y = arriving.end
        raise CsmError(f"the outline is open at ({x:.3f}, {y:.3f}) mm", where=(arriving.end,))
    vx, vy = arriving.way(1.0)

    def turn(border: Border) -> float:
        wx, wy = border.way(0.0)
        return math.atan2(vx * wy - vy * wx, vx * wx + vy * wy)

    best = max(choices, key=turn)
    choices.remove(best)
    return best


def _snapped(points: list[Point]) -> dict[Point, Point]:
    """Each point's representative: the first of the points within the snapping distance."""
    cells: dict[tuple[int, int], Point] = {}
    result: dict[Point, Point] = {}
    for point in points:
        if point not in result:
            result[point] = _representative(cells, point)
    return result


def _representative(cells: dict[tuple[int, int], Point], point: Point) -> Point:
    i, j = math.floor(point[0] / SNAP), math.floor(point[1] / SNAP)
    for di in (-1, 0, 1):
        for dj in (-1, 0, 1):
            near = cells.get((i + di, j + dj))
            if near is not None and math.dist(near, point) < SNAP:
                return near
    cells[(i, j)] = point
    return point


def _ends_snapped(piece: Border, corners: dict[Point, Point]) -> Border:
    """The piece with its ends on representatives; ends that come from splitting are looked up by distance."""
    start = corners.get(piece.start) or _nearest(piece.start, corners)
    end = corners.get(piece.end) or _nearest(piece.end, corners)
    return replace(piece, start=start, end=end)


def _nearest(point: Point, corners: dict[Point, Point]) -> Point:
    near = min(corners.values(), key=lambda c: math.dist(c, point))
    found = near if math.dist(near, point) < 2 * SNAP else point
    corners[point] = found
    return found


def _stretch(curve: Curve, a: float, b: float) -> Curve:
    """A stretch of a curve; from end to start if a is above b."""
    sign = 1.0 if b > a else -1.0

    def part(share: float) -> tuple[Point, Point]:
        point, way = curve(a + share * (b - a))
        return point, (sign * way[0], sign * way[1])

    return part


def _shares_on_curve(border: Border, corners: Corners) -> list[float]:
    """As `Border.shares_at`, for a free curve: nearest sample, then halving towards the corner."""
    samples = np.array([border.at(i / SAMPLES) for i in range(SAMPLES + 1)])
    step = float(np.hypot(*np.diff(samples, axis=0).T).max())
    near = (corners > samples.min(axis=0) - step) & (corners < samples.max(axis=0) + step)
    found = []
    for corner in corners[near.all(axis=1)]:
        distances = np.hypot(*(samples - corner).T)
        nearest = int(distances.argmin())
        if distances[nearest] > step:
            continue
        share = _closest(border, corner, max(nearest - 1, 0) / SAMPLES, min(nearest + 1, SAMPLES) / SAMPLES)
        if math.dist(border.at(share), corner) < SNAP:
            found.append(share)
    ends = (border.start, border.end)
    inner = [s for s in found if all(math.dist(border.at(s), e) > 2 * SNAP for e in ends)]
    return _rising(np.array(inner), 1e-9)


def _is_on(border: Border, point: Point) -> bool:
    """Whether the middle of another edge with the same ends lies on this one, so that both are one edge."""
    if math.dist(border.at(0.5), point) < SAME_WAY:
        return True
    if border.curve is None:
        return False
    return math.dist(border.at(_closest(border, point, 0.0, 1.0)), point) < SAME_WAY


def _closest(border: Border, corner: Point | NDArray[np.float64], low: float, high: float) -> float:
    """Share at which a short stretch of a free curve comes closest to a corner (golden section)."""
    golden = (math.sqrt(5) - 1) / 2
    for _ in range(60):
        a, b = high - golden * (high - low), low + golden * (high - low)
        if math.dist(border.at(a), corner) < math.dist(border.at(b), corner):
            high = b
        else:
            low = a
    return (low + high) / 2


def _rising(shares: NDArray[np.float64], apart: float) -> list[float]:
    """Shares in rising order, those closer together than `apart` taken once."""
    result: list[float] = []
    for share in sorted(float(s) for s in shares):
        if not result or share - result[-1] > apart:
            result.append(share)
    return result
