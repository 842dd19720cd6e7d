# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parallel curves of closed outlines: arcs stay arcs, lines stay lines.

The way of the offset: every edge is shifted to its left, ends are joined about the corners, all is split
where it crosses, and of the parts only those stay that are as far from the outline as they should be. What
stays is exactly the line on which the middle of a cutter may run.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from csmkit.cam.curves.crossings import crossings
from csmkit.cam.curves.piece import Piece, arc, line, turn
from csmkit.errors import CsmError
from csmkit.model.outline import Point

Floats = NDArray[np.float64]
SHORT = 1e-6  # mm by which a stretch may be too near: rounding of coordinates of some metres, and to spare
MEETS = 2e-5  # mm between ends that are one point
TINY = 5e-4  # mm; shorter stretches are taken up by their neighbours: no machine resolves them
CUSP = 1e-3  # radians; two edges that turn back by this much side by side: their curves tell to which side
NEAR_CUT = 1e-7  # mm; two cuts of a piece nearer than this are one


def offset(loops: Sequence[Sequence[Piece]], distance: float) -> list[list[Piece]]:
    """Shift closed loops to their left.

    Args:
        loops: closed runs of pieces, none of which crosses another: a contour counter-clockwise and its
            islands clockwise shrink, a clockwise contour grows.
        distance: mm, above 0.
    Returns: closed runs with the same side on their left; none where nothing is left.
    Raises: CsmError: a loop crosses itself so that no closed run comes out.
    """
    raw = [p for loop in loops for p in _shifted(loop, distance) if p.length > 0]
    if not raw:
        return []
    parts = _split(raw)
    source = [piece for loop in loops for piece in loop]
    middles = np.array([p.point(0.5) for p in parts])
    far = distances(middles, source) >= distance - SHORT
    kept = [part for part, stays in zip(parts, far, strict=True) if stays]
    closed = (_without_tiny(loop) for loop in _chained(kept))
    return [loop for loop in closed if loop]


def snug_offset(loops: Sequence[Sequence[Piece]], distance: float, slack: float) -> list[list[Piece]]:
    """As `offset`, a little nearer where a slot or neck is lost that is too narrow by rounding only.

    Args:
        slack: mm, by how much nearer at most.
    """
    exact, nearer = offset(loops, distance), offset(loops, distance - slack)
    return exact if len(exact) == len(nearer) else nearer


def distances(points: Floats, pieces: Sequence[Piece]) -> Floats:
    """Distance of each of (n, 2) points from the nearest of the pieces, exact; mm, (n,)."""
    result = np.full(len(points), np.inf)
    lines = [p for p in pieces if p.center is None]
    arcs = [p for p in pieces if p.center is not None]
    if lines:
        a = np.array([p.start for p in lines])
        v = np.array([p.end for p in lines]) - a
        w = points[:, None, :] - a[None]
        t = np.clip((w * v).sum(2) / (v * v).sum(1), 0.0, 1.0)
        result = np.hypot(*np.moveaxis(w - t[:, :, None] * v, 2, 0)).min(1)
    if arcs:
        result = np.minimum(result, _arc_distances(points, arcs))
    return result


def _arc_distances(points: Floats, arcs: Sequence[Piece]) -> Floats:
    c = np.array([p.center for p in arcs])
    a, b = np.array([p.start for p in arcs]), np.array([p.end for p in arcs])
    radius = np.array([p.radius for p in arcs])
    sweep = np.array([p.sweep for p in arcs])
    w = points[:, None, :] - c[None]
    begin = np.arctan2(a[:, 1] - c[:, 1], a[:, 0] - c[:, 0])
    turn = (np.arctan2(w[:, :, 1], w[:, :, 0]) - begin) * np.sign(sweep) % math.tau
    round_ = np.abs(np.hypot(w[:, :, 0], w[:, :, 1]) - radius)
    ends = np.minimum(*(np.hypot(*np.moveaxis(points[:, None, :] - e[None], 2, 0)) for e in (a, b)))
    found: Floats = np.where(turn <= np.abs(sweep), round_, ends).min(1)
    return found


def _shifted(loop: Sequence[Piece], distance: float) -> list[Piece]:
    """Raw parallel curve of one loop, closed; corners cut short where neighbours cross, else joined."""
    moved = [parallel(piece, distance) for piece in loop]
    turns = [_turn(a, b) for a, b in zip(loop, (*loop[1:], loop[0]), strict=True)]  # at the end of each
    begins, ends, trimmed = _trims(moved, turns)
    result: list[Piece] = []
    for i, piece in enumerate(moved):
        if piece.length > 0:
            result.append(piece.cut(begins[i], ends[i]))
        if not trimmed[i]:
            result += _join(piece.end, moved[(i + 1) % len(moved)].start, loop[i].end, turns[i])
    return result


def _trims(moved: Sequence[Piece], turns: Sequence[float]) -> tuple[list[float], list[float], list[bool]]:
    """Shares of each shifted edge that its inner corners leave of it, and which corners cut it short."""
    n = len(moved)
    begins, ends, trimmed = [0.0] * n, [1.0] * n, [False] * n
    for i in range(n):
        j = (i + 1) % n
        a, b = moved[i], moved[j]
        if turns[i] > 0 and i != j and a.length and b.length and math.dist(a.end, b.start) > MEETS:
            found = crossings(a, b)
            if found:
                ends[i], begins[j] = max(found)
                trimmed[i] = True
    for i in range(n):
        if begins[i] >= ends[i]:  # nothing left of it: both its corners are joined plainly
            _untrim(i, begins, ends, trimmed)
            _untrim((i - 1) % n, begins, ends, trimmed)
    return begins, ends, trimmed


def _untrim(corner: int, begins: list[float], ends: list[float], trimmed: list[bool]) -> None:
    if trimmed[corner]:
        ends[corner], begins[(corner + 1) % len(begins)], trimmed[corner] = 1.0, 0.0, False


def _turn(a: Piece, b: Piece) -> float:
    """As `turn`; where an edge turns back along the one before it, the edges' curves tell to which side."""
    angle = turn(a, b)
    if math.pi - abs(angle) > CUSP:
        return angle
    (x, y), (ax, ay), (bx, by) = b.start, a.point(0.99), b.point(0.01)
    return math.copysign(angle, (x - ax) * (by - y) - (y - ay) * (bx - x))


def parallel(piece: Piece, distance: float) -> Piece:
    """The piece shifted to its left, mm; an arc that would turn inside out becomes its chord."""
    start, end = (_left(piece, t, distance) for t in (0.0, 1.0))
    if piece.center is None:
        return Piece(start, end, None, 0.0, piece.length)
    radius = piece.radius - math.copysign(distance, piece.sweep)
    if radius < MEETS:
        return line(start, end)
    return Piece(start, end, piece.center, piece.sweep, radius * abs(piece.sweep))


def _left(piece: Piece, t: float, distance: float) -> Point:
    (x, y), (ux, uy) = piece.point(t), piece.direction(t)
    return (x - distance * uy, y + distance * ux)


def _join(start: Point, end: Point, corner: Point, turn: float) -> list[Piece]:
    """Between the ends of two shifted neighbours: an arc about an outer corner, a chord at an inner one."""
    gap = math.dist(start, end)
    if gap == 0:
        return []
    return [line(start, end)] if turn > 0 or gap < MEETS else [arc(start, end, corner, turn)]


def _split(pieces: Sequence[Piece]) -> list[Piece]:
    """All pieces, divided where two of them meet."""
    cuts: list[list[float]] = [[] for _ in pieces]
    for i, j in _near_pairs(pieces):
        for s, t in crossings(pieces[i], pieces[j]):
            cuts[i].append(s)
            cuts[j].append(t)
    result: list[Piece] = []
    for piece, shares in zip(pieces, cuts, strict=True):
        marks = [0.0]
        for share in sorted(shares):
            if min(share - marks[-1], 1 - share) * piece.length > NEAR_CUT:
                marks.append(share)
        result += [piece.cut(begin, end) for begin, end in pairwise([*marks, 1.0])]
    return result


def _near_pairs(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Pairs whose boxes touch."""
    box = boxes(pieces)
    low, high = box[:, :2] - MEETS, box[:, 2:] + MEETS
    touch = np.ones((len(pieces), len(pieces)), dtype=bool)
    for axis in (0, 1):
        touch &= low[:, None, axis] <= high[None, :, axis]
    touch &= touch.T
    for i, j in np.argwhere(np.triu(touch, 1)):
        yield int(i), int(j)


def boxes(pieces: Sequence[Piece]) -> Floats:
    """(n, 4) boxes: x, y at least, x, y at most; an arc's is its chord's, grown by its height."""
    ends = np.array([(*p.start, *p.end) for p in pieces])
    height = np.array([0.0 if p.center is None else p.radius * (1 - math.cos(p.sweep / 2)) for p in pieces])
    low = np.minimum(ends[:, :2], ends[:, 2:]) - height[:, None]
    high = np.maximum(ends[:, :2], ends[:, 2:]) + height[:, None]
    return np.hstack([low, high])


def _chained(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Closed runs of pieces.

    Raises: CsmError: an end that no other piece takes up.
    """
    starts = np.array([p.start for p in pieces]).reshape(-1, 2)
    free = np.ones(len(pieces), dtype=bool)
    while free.any():
        first = int(np.argmax(free))
        run = [first]
        free[first] = False
        while math.dist(pieces[run[-1]].end, pieces[first].start) > MEETS:
            end = pieces[run[-1]].end
            gaps = np.where(free, np.hypot(*(starts - end).T), np.inf)
            following = int(np.argmin(gaps))
            if gaps[following] > MEETS * 10:
                if sum(pieces[i].length for i in run) < MEETS * 100:
                    break  # a crumb between two crossings that are almost one
                raise CsmError(
                    f"no way around the contour near ({end[0]:.2f}, {end[1]:.2f}) mm",
                    remedy="see that the contour does not cross itself",
                    where=(end,),
                )
            free[following] = False
            run.append(following)
        else:
            yield [pieces[i] for i in run]


def _without_tiny(loop: list[Piece]) -> list[Piece]:
    """The loop without stretches that no machine resolves: the next one begins where the last one ended."""
    kept = [p for p in loop if p.length >= TINY]
    if len(kept) < 2 and sum(p.length for p in loop) < 10 * TINY:
        return []
    result = []
    for p, following in zip(kept, kept[1:] + kept[:1], strict=True):
        end = following.start
        if end == p.end:
            result.append(p)
        elif p.center is None:
            result.append(line(p.start, end))
        else:
            result.append(_arc_to(p, end))
    return result


def _arc_to(piece: Piece, end: Point) -> Piece:
    """An arc with its end shifted by next to nothing; its turn stays, its centre follows."""
    half = math.dist(piece.start, end) / 2
    if half == 0:
        return piece
    mx, my = (piece.start[0] + end[0]) / 2, (piece.start[1] + end[1]) / 2
    k = 1 / math.tan(piece.sweep / 2) / 2
    center = (mx - k * (end[1] - piece.start[1]), my + k * (end[0] - piece.start[0]))
    return arc(piece.start, end, center, piece.sweep)
