# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Where the bridges are that hold a part until it is lifted out.

What is assumed of a good place: a long stretch without corners, straight or gently curved, that touches the
part's convex hull. A contour that offers fewer than two such places, or all on one side, gets others too, but
never a face of a joint: what is left of a tab there keeps the joint from closing. A bridge wants waste that
stays joined with the sheet's edge; where another part lies so near that the two kerfs overlap, one bridge
reaches from part to part, and both are cut over it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely

from csmkit.cam.curves.piece import Piece
from csmkit.cam.curves.reach import outline_polygon
from csmkit.cam.curves.way import Way
from csmkit.cam.cutter import Cutter
from csmkit.cam.paths.around import Around
from csmkit.cam.paths.profile import TAB_SLOPE, Bridge
from csmkit.cam.paths.runs import HULL, is_face, runs
from csmkit.model.cam import Cut, Tab
from csmkit.model.outline import Point

GENTLE = 3.0  # diameters: a tighter curve is no place for a tab
GRID = 12.0  # mm between places that are weighed up
LOOSE = 2500.0  # mm²; a piece that falls out of a hole and is larger rattles against the cutter; judgement
RANK = 0.12  # of the contour's length: what a better kind of place is worth; judgement
ONE_SIDE = 0.55  # of the contour's length: a part with a longer stretch without tabs is held on one side only
MOST_EXTRA = 2  # second-best places of one contour
BEYOND = 1.0  # mm of waste behind the kerf that a bridge needs to hold on to


@dataclass(frozen=True)
class Place:
    """A possible tab.

    Args:
        on_way: place on the cutter's way, mm.
        point, direction: on the contour.
        rank: 0 is best.
        behind: parts that it would reach to; none: it ends in firm waste.
    """

    on_way: float
    point: Point
    direction: Point
    rank: int
    behind: tuple[str, ...]

    def tab(self, part: str, cutter: Cutter) -> Tab:
        """The tab there."""
        angle = math.degrees(math.atan2(self.direction[1], self.direction[0]))
        return Tab(part, *self.point, angle, cutter.rules.tab_length, cutter.rules.tab_height)


def wanted(length: float) -> int:
    """How many tabs a contour of this length gets: four for a part of usual size; judgement."""
    if length < 350:
        return 2
    if length < 700:
        return 3
    return min(4 + max(0, math.ceil((length - 1600) / 700)), 10)


def is_held(cut: Cut, kerf: float) -> bool:
    """Whether what comes loose needs holding: every part, and large pieces that fall out of holes."""
    if cut.kind == "outside":
        return True
    return bool(outline_polygon(cut.region.outline).buffer(-kerf).area > LOOSE)


def find_places(
    cut: Cut, contour: Sequence[Piece], way: Way, cutter: Cutter, around: Around, held: Sequence[float]
) -> list[Place]:
    """Places for the tabs of one contour.

    Args:
        contour: edges as drawn, what is cut away on their left.
        way: of the cutter's middle.
        held: places on the way at which bridges of neighbours hold it already.
    Returns: as many as wanted where there is room, fewer or none where there isn't. Where the good ones are
        fewer than two, or all on one side, second-best ones are taken too: short or inner stretches.
    """
    rules, diameter = cutter.rules, cutter.tool.diameter
    least = rules.tab_length + diameter + 2 * rules.tab_height / TAB_SLOPE
    apart = least + 2 * diameter
    good = list(candidates(cut, contour, way, cutter, around, strict=True))
    chosen = _spread(good, held, way.length, apart)
    spots = [*held, *(p.on_way for p in chosen)]
    if len(spots) > 1 and (
        cut.kind != "outside" or _widest_gap(spots, way.length)[1] <= ONE_SIDE * way.length
    ):
        return sorted(chosen, key=lambda p: p.on_way)
    spare = list(candidates(cut, contour, way, cutter, around, strict=False))
    if len(spots) < 2:
        chosen = _spread([*good, *spare], held, way.length, least)
    else:
        extra = _across(spare, spots, way.length)
        chosen = extra + _spread(good, [*held, *(p.on_way for p in extra)], way.length, apart)
    return sorted(chosen, key=lambda p: p.on_way)


def _across(places: Sequence[Place], spots: Sequence[float], length: float) -> list[Place]:
    """Up to two places on the side that has none, the best kind first, then near the middle of the gap."""
    extra: list[Place] = []
    while len(extra) < MOST_EXTRA:
        begin, gap = _widest_gap([*spots, *(p.on_way for p in extra)], length)
        inner = [p for p in places if 0.2 * gap <= (p.on_way - begin) % length <= 0.8 * gap]
        if gap <= ONE_SIDE * length or not inner:
            break
        middle = begin + gap / 2
        extra.append(min(inner, key=lambda p: (p.rank, _apart(p.on_way, middle, length), p.on_way)))
    return extra


def _widest_gap(spots: Sequence[float], length: float) -> tuple[float, float]:
    """Where the longest stretch without a tab begins, and how long it is."""
    row = sorted(s % length for s in spots)
    gaps = [(b - a, a) for a, b in zip(row, [*row[1:], row[0] + length], strict=True)]
    gap, begin = max(gaps)
    return begin, gap


def _spread(places: Sequence[Place], held: Sequence[float], length: float, apart: float) -> list[Place]:
    """As many as wanted, one by one the place farthest from those before, better kinds preferred."""
    chosen: list[Place] = []
    while len(chosen) + len(held) < wanted(length):
        spots = [*held, *(p.on_way for p in chosen)]
        gaps = [min((_apart(p.on_way, s, length) for s in spots), default=length) for p in places]
        scores = [
            (round(gap - p.rank * RANK * length, 3), -p.on_way, p)
            for p, gap in zip(places, gaps, strict=True)
            if gap >= apart
        ]
        if not scores:
            break
        chosen.append(max(scores, key=lambda row: row[:2])[2])
    return chosen


def bridge_over(tab: Tab, way: Way, cutter: Cutter, thickness: float) -> Bridge:
    """How a contour's own way goes over its tab."""
    place, _ = way.nearest((tab.x, tab.y))
    return Bridge(place, tab.length + cutter.tool.diameter, tab.height - thickness, tab)


def box_of(tab: Tab, kerf: float) -> shapely.Polygon:
    """What a tab covers of the sheet: from the contour across the kerf."""
    a = math.radians(tab.angle)
    return _strip((tab.x, tab.y), (math.cos(a), math.sin(a)), tab.length, -0.1, kerf + BEYOND)


def foreign_bridges(
    part: str, way: Way, tabs: Sequence[tuple[Tab, shapely.Polygon]], cutter: Cutter, thickness: float
) -> Iterator[Bridge]:
    """Where a way would cut into the bridges of others: there its own part gets a tab too.

    Args:
        part: whose contour it is, on the right of the way.
    """
    line = way.polygon.exterior
    x0, y0, x1, y1 = (b + d * cutter.radius for b, d in zip(line.bounds, (-1, -1, 1, 1), strict=True))
    for tab, box in tabs:
        u0, v0, u1, v1 = box.bounds
        if u0 > x1 or u1 < x0 or v0 > y1 or v1 < y0 or line.distance(box) >= cutter.radius:
            continue
        zone = box.buffer(cutter.radius)
        for stretch in shapely.get_parts(shapely.line_merge(line.intersection(zone))):
            place, _ = way.nearest(stretch.interpolate(0.5, normalized=True).coords[0])
            (x, y), (ux, uy) = way.at(place), way.direction(place)
            length = max(tab.length, stretch.length - cutter.tool.diameter)
            spot = (x + cutter.radius * uy, y - cutter.radius * ux)
            angle = math.degrees(math.atan2(uy, ux))
            own = Tab(part, *spot, angle, length, tab.height)
            yield Bridge(place, length + cutter.tool.diameter, tab.height - thickness, own)


def _apart(a: float, b: float, length: float) -> float:
    gap = abs(a - b) % length
    return min(gap, length - gap)


def candidates(
    cut: Cut, contour: Sequence[Piece], way: Way, cutter: Cutter, around: Around, strict: bool
) -> Iterator[Place]:
    """Places at which a tab can be.

    Args:
        strict: only those that are good for a part; else all that hold at all.
    """
    diameter, length = cutter.tool.diameter, cutter.rules.tab_length
    hull = outline_polygon(cut.region.outline).convex_hull.boundary
    shapely.prepare(hull)
    for run in runs(contour, GENTLE * diameter if strict else diameter):
        room = run.length - length - (2 * diameter if strict else 0.0)
        if room < 0:
            continue
        n = max(int(room / GRID), 1)
        if cut.kind == "outside" and is_face(run, hull, cut.depth, diameter):
            continue
        for i in range(n + 1):
            s = run.length / 2 + (i / n - 0.5) * room if n > 1 else run.length / 2
            point, direction = run.at(s)
            off_hull = cut.kind == "outside" and hull.distance(shapely.Point(point)) > HULL
            behind = _behind(cut, point, direction, length, around)
            if behind is None or (off_hull and strict):
                continue
            rank = (1 if behind else 0) + (0 if strict else 2 + 2 * off_hull)
            yield Place(way.nearest(point)[0], point, direction, rank, behind)


def _behind(
    cut: Cut, point: Point, direction: Point, length: float, around: Around
) -> tuple[str, ...] | None:
    """Parts that a bridge would reach to, none if it ends in firm waste; None where it holds nothing."""
    zone = _strip(point, direction, length, around.kerf + 0.05, around.kerf + BEYOND)
    if cut.kind != "outside":
        return None if around.in_kerf(cut.part, zone) else ()
    if around.firm.contains(zone):
        return ()
    if around.is_at_face(cut.part, _strip(point, direction, length, -0.1, around.kerf + BEYOND)):
        return None
    return tuple(around.neighbours(cut.part, zone)) or None


def _strip(point: Point, direction: Point, length: float, near: float, far: float) -> shapely.Polygon:
    """Rectangle on the left of a contour, between two distances from it."""
    (x, y), (ux, uy), half = point, direction, length / 2
    return shapely.Polygon(
        [
            (x + a * ux - b * uy, y + a * uy + b * ux)
            for a, b in ((-half, near), (half, near), (half, far), (-half, far))
        ]
    )
