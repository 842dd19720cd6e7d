# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Polygons that a person has measured with a tape: checked before anything is nested on them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from csmkit.errors import CsmError
from csmkit.model.outline import Outline, Point

LEAST_AREA = 1.0  # mm²; less is a slip of the tape


def closed_outline(corners: Sequence[Point], place: str) -> Outline:
    """A polygon's outline, counter-clockwise.

    Args:
        corners: three or more, mm; the first may be repeated at the end.
        place: where it stands in the file.
    Raises: CsmError: it has no area, a corner twice, or edges that cross.
    """
    points = list(corners)
    if points and points[0] == points[-1]:
        points.pop()
    if len(set(points)) != len(points) or len(points) < 3:
        raise CsmError(
            "the polygon has a corner twice or fewer than three", part=place, remedy="list each corner once"
        )
    outline = Outline.polygon(points)
    crossing = _crossing(points)
    if crossing:
        (ax, ay), (bx, by) = crossing
        raise CsmError(
            f"the polygon's edges from ({ax:g}, {ay:g}) and from ({bx:g}, {by:g}) cross or touch",
            part=place,
            remedy="list the corners in order around the piece",
            where=crossing,
        )
    if abs(outline.area) < LEAST_AREA:
        raise CsmError("the shape has no area", part=place, remedy="correct its corners, mm")
    return outline.counter_clockwise()


def overlap(one: Outline, other: Outline) -> bool:
    """Whether two polygons share an area."""
    from shapely import Polygon  # a twentieth of a second that workshops without defects do not pay

    return bool(Polygon(one.points()).intersection(Polygon(other.points())).area > 0)


def _crossing(points: Sequence[Point]) -> tuple[Point, Point] | None:
    """Starts of two edges that meet without being neighbours, if there are such."""
    edges = [(point, points[(i + 1) % len(points)]) for i, point in enumerate(points)]
    for (i, first), (j, second) in combinations(enumerate(edges), 2):
        neighbours = j - i == 1 or (i == 0 and j == len(edges) - 1)
        if not neighbours and _meet(*first, *second):
            return first[0], second[0]
    return None


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the edges a–b and c–d have a point in common."""
    sides = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    ends = ((sides[0], c, a, b), (sides[1], d, a, b), (sides[2], a, c, d), (sides[3], b, c, d))
    return any(side == 0 and _between(point, start, end) for side, point, start, end in ends)


def _side(a: Point, b: Point, p: Point) -> float:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def _between(p: Point, a: Point, b: Point) -> bool:
    return all(min(a[i], b[i]) <= p[i] <= max(a[i], b[i]) for i in (0, 1))
