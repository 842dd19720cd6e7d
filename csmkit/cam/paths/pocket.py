# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pockets: rings parallel to the walls, from the core outwards, then a finishing ring along all walls.

Rings lie no farther apart than a radius, so nothing stays between them, in corners or in the core: a slot a
little wider than the cutter gets its middle ring too. Where a ring is near a cleared one the cutter moves
over at the pocket's depth; where it isn't, it ramps down along the ring itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.prepared import PreparedGeometry, prep

from csmkit.cam.curves.offset import offset, snug_offset
from csmkit.cam.curves.piece import Piece
from csmkit.cam.curves.reach import SLACK, region_loops
from csmkit.cam.curves.way import Way, descent, follow, levels
from csmkit.cam.cutter import ABOVE, APPROACH, Cutter, toolpath
from csmkit.model.cam import Cut, Move, Toolpath
from csmkit.model.outline import Point, Region

SAFE = (
    0.002  # mm by which a straight move may leave the area that the cutter's middle may be in: chords of arcs
)
FLAT = 1e-3  # mm²; a way there and back encloses nothing
COVERED = 0.98  # of the radius: a ring that its neighbour covers to this is left out


@dataclass
class Ring:
    """An area in which the cutter's middle may be: its border is cut, what lies within it has been."""

    ways: tuple[Way, ...]  # outer border first, then those about islands
    within: list[Ring] = field(default_factory=list)

    @cached_property
    def area(self) -> shapely.Polygon:
        """The area, with chords for arcs."""
        return shapely.Polygon(self.ways[0].polygon.exterior, [w.polygon.exterior for w in self.ways[1:]])


def pocket(cut: Cut, region: Region, cutter: Cutter) -> Toolpath:
    """Clear a region.

    Args:
        cut: whose part, depth and name count.
        region: what is cleared; beyond what is drawn where the pocket is open to the part's edge.
    Raises: CsmError: the flutes are too short.
    """
    depth = cutter.depth(cut)
    loops = region_loops(region)
    roots = _tree(loops, cutter)
    heights = levels(depth, cutter.step)
    free = prep(shapely.union_all([root.area.buffer(SAFE) for root in roots]))
    clearing = _Clearing(cutter, free)
    finishing = _finishes(roots, cutter)
    top = 0.0
    for level in heights:
        for root in roots:
            last = level == heights[-1]
            if finishing and not last:
                for ring in root.within:
                    clearing.clear(ring, top, level)
            else:
                clearing.clear(root, top, level)
        top = level
    return toolpath(cutter, cut, clearing.start, clearing.moves[2:])


def _tree(loops: Sequence[Sequence[Piece]], cutter: Cutter) -> list[Ring]:
    """Rings at growing distances from the walls, each within the one before it."""
    rules, radius = cutter.rules, cutter.radius
    roots = _rings(snug_offset(loops, radius, SLACK))
    last, distance = roots, radius + (rules.finish or rules.stepover * cutter.tool.diameter)
    while last:
        rings = _rings(offset(loops, distance))
        for ring in rings:
            spot = ring.ways[0].at(0.0)
            parent = max(last, key=lambda r: _depth_in(r.area, spot))
            parent.within.append(ring)
        last = rings
        distance += rules.stepover * cutter.tool.diameter
    for root in roots:
        _prune(root, cutter)
    return roots


def _rings(loops: Sequence[Sequence[Piece]]) -> list[Ring]:
    ways = [Way(tuple(loop)) for loop in loops]
    outer = [way for way in ways if way.area > -FLAT]
    rings = [Ring((way,)) for way in sorted(outer, key=lambda w: w.marks[-1])]
    for hole in (way for way in ways if way.area <= -FLAT):
        spot = hole.at(0.0)
        owner = max(rings, key=lambda r: (_depth_in(r.ways[0].polygon, spot), -r.ways[0].length))
        owner.ways = (*owner.ways, hole)
    return rings


def _depth_in(area: shapely.Polygon, point: Point) -> float:
    """How deep a point lies within an area, mm; negative outside."""
    spot = shapely.Point(point)
    gap = float(area.exterior.distance(spot)) if not area.is_empty else math.inf
    return gap if area.contains(spot) else -gap


def _prune(ring: Ring, cutter: Cutter) -> None:
    """Leave out cores that the ring around them covers."""
    for inner in ring.within:
        _prune(inner, cutter)
    gap = cutter.rules.stepover * cutter.tool.diameter
    ring.within = [
        inner
        for inner in ring.within
        if inner.within or len(inner.ways) > 1 or gap + inner.ways[0].length / 4 > COVERED * cutter.radius
    ]


def _finishes(roots: Sequence[Ring], cutter: Cutter) -> bool:
    """Whether the outermost rings only take off the allowance: then one lap at full depth is enough.

    They cut full width where the pocket is about as narrow as the cutter, and then go down with every pass.
    """
    finish = cutter.rules.finish
    if not finish:
        return False
    for root in roots:
        rough = shapely.union_all([ring.area for ring in root.within])
        if root.area.difference(rough.buffer(finish * 1.6 + 0.1)).area > 0.01 or rough.is_empty:
            return False
    return True


class _Clearing:
    """Moves of one pocket as they come about: where the tool is, and what is clear at this depth."""

    def __init__(self, cutter: Cutter, free: PreparedGeometry[BaseGeometry]) -> None:
        self.cutter, self.free = cutter, free
        self.moves: list[Move] = []
        self.start: Point = (0.0, 0.0)

    def clear(self, ring: Ring, top: float, level: float) -> None:
        """A ring and all within it, from the core outwards."""
        done: list[Way] = []
        for inner in ring.within:
            self.clear(inner, top, level)
            done += inner.ways
        for way in ring.ways:
            self._cut(way, done, top, level)
            done.append(way)

    def _cut(self, way: Way, done: Sequence[Way], top: float, level: float) -> None:
        feed = self.cutter.feed
        here = self.moves[-1].end if self.moves else None
        if here is not None and here[2] == level and self._link(here[:2], way, level):
            return
        for other in done:
            near = self._meeting(other, way)
            if near is not None:
                self._jump(near, top)
                self.moves.append(Move("line", (*near, level), feed.plunge))
                if self._link(near, way, level):
                    return
        self._jump(way.at(0.0), top)
        heights = descent(way.length, [level], self.cutter.slope, top)
        self.moves += follow(way, heights, feed)

    def _link(self, here: Point, way: Way, level: float) -> bool:
        """Straight over to the nearest point of a way, and once round; False where a wall is in between."""
        place, gap = way.nearest(here)
        target = way.at(place)
        if gap > self.cutter.tool.diameter or not self.free.covers(shapely.LineString([here, target])):
            return False
        if gap > 1e-6:
            self.moves.append(Move("line", (*target, level), self.cutter.feed.feed))
        self.moves += follow(way, [(place, level), (place + way.length, level)], self.cutter.feed)
        return True

    def _meeting(self, other: Way, way: Way) -> Point | None:
        """A point of a cleared ring from which a way is at hand."""
        spots = [other.at(mark) for mark in other.marks[:-1]]
        gap, spot = min((way.nearest(spot)[1], spot) for spot in spots)
        here = other.at(other.nearest(way.at(way.nearest(spot)[0]))[0])
        return here if gap <= self.cutter.tool.diameter else None

    def _jump(self, point: Point, top: float) -> None:
        """Up, over, and down to what is cleared already."""
        rules, feed = self.cutter.rules, self.cutter.feed
        if self.moves:
            self.moves += [
                Move("rapid", (*self.moves[-1].end[:2], rules.safe_z)),
                Move("rapid", (*point, rules.safe_z)),
                Move("rapid", (*point, APPROACH)),
            ]
        else:
            self.start = point
            self.moves.append(Move("rapid", (*point, APPROACH)))
        if top < 0:
            self.moves.append(Move("line", (*point, top + ABOVE), feed.lower))
        self.moves.append(Move("line", (*point, top), feed.plunge))
