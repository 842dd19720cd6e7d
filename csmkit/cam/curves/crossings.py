# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Where lines and arcs meet, in closed form."""

from __future__ import annotations

import math
from collections.abc import Iterator

from csmkit.cam.curves.piece import Piece
from csmkit.model.outline import Point

NEAR = 1e-7  # mm by which a crossing may lie beyond the end of a piece


def crossings(a: Piece, b: Piece) -> list[tuple[float, float]]:
    """Shares of a and of b at which they meet; where they run along one another, the ends of that stretch."""
    result = []
    for point in _points(a, b):
        s, t = share_of(a, point), share_of(b, point)
        if s is not None and t is not None:
            result.append((s, t))
    return result


def share_of(piece: Piece, point: Point) -> float | None:
    """Share of a piece's length at a point of its line or circle; None if it lies beyond the ends."""
    slack = NEAR / piece.length
    if piece.center is None:
        (x0, y0), (x1, y1) = piece.start, piece.end
        t = ((point[0] - x0) * (x1 - x0) + (point[1] - y0) * (y1 - y0)) / piece.length**2
    else:
        cx, cy = piece.center
        begin = math.atan2(piece.start[1] - cy, piece.start[0] - cx)
        turn = (math.atan2(point[1] - cy, point[0] - cx) - begin) % math.tau
        if piece.sweep < 0:
            turn = (math.tau - turn) % math.tau
        t = turn / abs(piece.sweep)
        if t > 1 + slack and math.tau - turn < slack * abs(piece.sweep):
            t = 0.0
    return min(max(t, 0.0), 1.0) if -slack <= t <= 1 + slack else None


def _points(a: Piece, b: Piece) -> Iterator[Point]:
    if a.center is None and b.center is None:
        yield from _lines(a, b)
    elif a.center is None:
        yield from _line_circle(a, b)
    elif b.center is None:
        yield from _line_circle(b, a)
    else:
        yield from _circles(a, b)


def _lines(a: Piece, b: Piece) -> Iterator[Point]:
    (ux, uy), (vx, vy) = a.direction(0), b.direction(0)
    cross = ux * vy - uy * vx
    wx, wy = b.start[0] - a.start[0], b.start[1] - a.start[1]
    if abs(cross) < 1e-9:
        if abs(ux * wy - uy * wx) < NEAR:  # along one another
            yield from (a.start, a.end, b.start, b.end)
        return
    t = (wx * vy - wy * vx) / cross
    yield (a.start[0] + t * ux, a.start[1] + t * uy)


def _line_circle(a: Piece, b: Piece) -> Iterator[Point]:
    assert b.center is not None
    (ux, uy), radius = a.direction(0), b.radius
    wx, wy = b.center[0] - a.start[0], b.center[1] - a.start[1]
    foot, off = wx * ux + wy * uy, ux * wy - uy * wx
    if abs(off) > radius + NEAR:
        return
    half = math.sqrt(max(radius**2 - off**2, 0.0))
    for t in (foot,) if half < NEAR else (foot - half, foot + half):
        yield (a.start[0] + t * ux, a.start[1] + t * uy)


def _circles(a: Piece, b: Piece) -> Iterator[Point]:
    assert a.center is not None
    assert b.center is not None
    ra, rb = a.radius, b.radius
    dx, dy = b.center[0] - a.center[0], b.center[1] - a.center[1]
    distance = math.hypot(dx, dy)
    if distance < NEAR:
        if abs(ra - rb) < NEAR:
            yield from (a.start, a.end, b.start, b.end)
        return
    if distance > ra + rb + NEAR or distance < abs(ra - rb) - NEAR:
        return
    along = (distance**2 + ra**2 - rb**2) / (2 * distance)
    half = math.sqrt(max(ra**2 - along**2, 0.0))
    x, y = a.center[0] + along * dx / distance, a.center[1] + along * dy / distance
    for h in (0.0,) if half < NEAR else (-half, half):
        yield (x - h * dy / distance, y + h * dx / distance)
