# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Loose lines and arcs joined to closed outlines."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely import STRtree

from csmkit.export.dxf.curves import Path
from csmkit.geometry.trim import canonical, outline_of
from csmkit.model.outline import Arc, Outline, Point

SNAP = 1e-4  # mm; ends closer than this are one point written with few digits
GAP = 0.05  # mm; wider gaps are mistakes, not what rounding in a CAD program leaves

End = tuple[int, int]  # place of a path, and 0 for its start or 1 for its end


@dataclass(frozen=True)
class OpenPath:
    """Lines and arcs that follow each other and don't close."""

    arcs: Path

    @property
    def ends(self) -> tuple[Point, Point]:
        """Where it starts and ends, mm."""
        return (self.arcs[0].start, self.arcs[-1].end)

    def nearest_end(self, others: Iterable[OpenPath]) -> tuple[Point, float]:
        """The end that comes nearest to another end, its own other one included, and the gap between, mm.

        The gap is 0 where more than two lines meet.
        """
        start, end = self.ends
        gaps = [(math.dist(start, end), end)]
        for other in others:
            if other is not self:
                gaps += [(math.dist(own, p), own) for own in (start, end) for p in other.ends]
        gap, place = min(gaps)
        return place, 0.0 if gap <= SNAP else gap


@dataclass(frozen=True)
class Chains:
    """What a set of paths makes."""

    outlines: tuple[Outline, ...]  # counter-clockwise, in the order of their first path
    open: tuple[OpenPath, ...]
    closed: tuple[tuple[Point, float], ...]  # gaps that were closed: place and width, mm
    doubles: int  # paths and outlines drawn twice, taken once


def chained(paths: Sequence[Path], tolerance: float = GAP) -> Chains:
    """Join paths end to end into closed outlines.

    Ends are joined where exactly two meet; of those that are left, the nearest first, within the tolerance. A
    line's end is moved to an arc's, so that arcs keep their circles.

    Args:
        paths: chains of arcs, mm, in either direction.
        tolerance: widest gap that is closed, mm.
    """
    single, doubles = _singles([path for path in paths if _length(path) > SNAP])
    ends: dict[End, Point] = {}
    for i, path in enumerate(single):
        ends[i, 0], ends[i, 1] = path[0].start, path[-1].end
    links = _self_closed(ends, len(single))
    links |= _touching({end: point for end, point in ends.items() if end not in links})
    gaps = _nearest({end: point for end, point in ends.items() if end not in links}, single, tolerance)
    links |= {a: b for pair in gaps for a, b in (pair, pair[::-1])}
    outlines: dict[tuple[object, ...], Outline] = {}
    opened: list[Path] = []
    for path, is_closed in _walked(single, links):
        outline = outline_of(list(path)) if is_closed else None
        if outline is None:
            opened.append(path)
            continue
        outline = canonical(outline.counter_clockwise())
        doubles += _key(outline) in outlines
        outlines.setdefault(_key(outline), outline)
    closed = tuple((ends[a], math.dist(ends[a], ends[b])) for a, b in gaps)
    return Chains(tuple(outlines.values()), tuple(map(OpenPath, opened)), closed, doubles)


def _length(path: Path) -> float:
    return sum(arc.length for arc in path)


def _singles(paths: Sequence[Path]) -> tuple[list[Path], int]:
    """Paths without those drawn over one another."""
    seen: dict[tuple[object, ...], Path] = {}
    for path in paths:
        middles = [arc.point(0.5) for arc in path]
        key = (
            tuple(sorted(_rounded(p) for p in (path[0].start, path[-1].end))),
            _rounded((math.fsum(m[0] for m in middles), math.fsum(m[1] for m in middles))),
            round(_length(path), 3),
        )
        seen.setdefault(key, path)
    return list(seen.values()), len(paths) - len(seen)


def _key(outline: Outline) -> tuple[object, ...]:
    return (tuple(sorted(_rounded(v[:2]) for v in outline.vertices)), round(outline.area, 2))


def _rounded(point: Point) -> Point:
    return (round(point[0], 3) + 0.0, round(point[1], 3) + 0.0)


def _self_closed(ends: dict[End, Point], count: int) -> dict[End, End]:
    """Paths that end where they start."""
    closed = [i for i in range(count) if math.dist(ends[i, 0], ends[i, 1]) <= SNAP]
    return {(i, side): (i, 1 - side) for i in closed for side in (0, 1)}


def _touching(ends: dict[End, Point]) -> dict[End, End]:
    """Ends that share a point with exactly one other."""
    near: dict[End, set[End]] = defaultdict(set)
    for a, b, _ in _pairs(ends, SNAP):
        near[a].add(b)
        near[b].add(a)
    alone = {a: next(iter(others)) for a, others in near.items() if len(others) == 1}
    return {a: b for a, b in alone.items() if alone.get(b) == a}


def _nearest(ends: dict[End, Point], paths: Sequence[Path], tolerance: float) -> list[tuple[End, End]]:
    """Pairs of ends with a gap between them, each end once, the narrowest gap first."""
    pairs: list[tuple[End, End]] = []
    taken: set[End] = set()
    crowded = {end for a, b, _ in _pairs(ends, SNAP) for end in (a, b)}  # three lines and more meet there
    for a, b, _ in sorted(_pairs(ends, tolerance), key=lambda p: (p[2], p[0], p[1])):
        is_crumb = a[0] == b[0] and _length(paths[a[0]]) <= 2 * tolerance
        if not is_crumb and not {a, b} & (taken | crowded):
            pairs.append((a, b))
            taken |= {a, b}
    return pairs


def _pairs(ends: dict[End, Point], distance: float) -> list[tuple[End, End, float]]:
    """Ends no further apart than a distance, each pair once."""
    if not ends:
        return []
    names = list(ends)
    points = shapely.points([ends[n] for n in names])
    found = STRtree(points).query(points, predicate="dwithin", distance=distance).T
    return [
        (names[i], names[j], math.dist(ends[names[i]], ends[names[j]]))
        for i, j in sorted((int(i), int(j)) for i, j in found)
        if i < j
    ]


def _walked(paths: Sequence[Path], links: dict[End, End]) -> Iterator[tuple[Path, bool]]:
    """Chains of linked paths and whether they close, the open ones from one of their ends to the other."""
    left = set(range(len(paths)))
    free = [(i, side) for i in range(len(paths)) for side in (0, 1) if (i, side) not in links]
    for start in [*free, *((i, 0) for i in range(len(paths)))]:
        if start[0] not in left:
            continue
        arcs: list[Arc] = []
        entered: End | None = start
        while entered is not None and entered[0] in left:
            i, side = entered
            left.remove(i)
            arcs = _appended(arcs, paths[i] if side == 0 else _turned(paths[i]))
            entered = links.get((i, 1 - side))
        is_closed = entered == start
        yield tuple(_shut(arcs) if is_closed else arcs), is_closed


def _turned(path: Path) -> Path:
    return tuple(Arc(arc.end, arc.start, -arc.bulge) for arc in reversed(path))


def _appended(arcs: list[Arc], path: Path) -> list[Arc]:
    if not arcs:
        return list(path)
    last, first = _met(arcs[-1], path[0])
    return [*arcs[:-1], last, first, *path[1:]]


def _shut(arcs: list[Arc]) -> list[Arc]:
    if len(arcs) == 1:
        return [replace(arcs[0], end=arcs[0].start)]
    last, first = _met(arcs[-1], arcs[0])
    return [first, *arcs[1:-1], last]


def _met(one: Arc, other: Arc) -> tuple[Arc, Arc]:
    """Two edges with the gap between them closed."""
    a, b = one.end, other.start
    if math.dist(a, b) <= SNAP or (one.bulge != 0 and other.bulge == 0):
        return one, replace(other, start=a)
    if one.bulge == 0 and other.bulge != 0:
        return replace(one, end=b), other
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    return replace(one, end=middle), replace(other, start=middle)
