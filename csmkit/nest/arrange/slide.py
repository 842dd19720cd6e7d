# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts of one sheet that can be pushed along an axis until they come near something.

What is pushed is grown by the distance to keep, what it comes to is left as it is; a corner of one meets an
edge of the other, so the way is the shortest of all rays from corners to edges.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon, STRtree, box
from shapely.affinity import rotate, translate
from shapely.geometry.base import BaseGeometry

from csmkit.model import CutItem, NestInstance, StockSheet
from csmkit.nest.area import covering, free_holes
from csmkit.nest.candidate import CutSheet, Placed
from csmkit.nest.offcuts import Box

SHY = 3e-4  # mm that a distance may be short: above the rounding of placements, below what verify allows
CHORD = 4e-4  # mm between the arcs around a grown corner and their chords; both together stay below 1 µm
FAR = 1e6  # mm; no sheet is as large
SHORT = 9e-4  # mm that a distance may be short when it is looked at again: a little more than both
TOUCH = 0.01  # mm; what is so near is touched and not passed

Array = NDArray[np.float64]
Direction = int  # quarter turns that bring a push to the left: 0 left, 1 up, 2 right, 3 down
LEFT, UP, RIGHT, DOWN = range(4)
_AXES: Sequence[tuple[float, float]] = ((-1, 0), (0, 1), (1, 0), (0, -1))


@dataclass(frozen=True)
class Ring:
    """Edges of a polygon, material on their left: starts and ends, (n, 2) each, mm."""

    starts: Array
    ends: Array

    @cached_property
    def turned(self) -> Sequence[Ring]:
        """As seen by one who pushes to the left, for each direction."""
        return [Ring(_turned(self.starts, d), _turned(self.ends, d)) for d in range(4)]

    @cached_property
    def fronts(self) -> tuple[Ring, Array]:
        """Edges that look to the left, and their corners."""
        front = self.ends[:, 1] < self.starts[:, 1]
        starts, ends = self.starts[front], self.ends[front]
        return Ring(starts, ends), np.unique(np.concatenate([starts, ends]), axis=0)

    @cached_property
    def backs(self) -> Ring:
        """Edges that look to the right."""
        back = self.ends[:, 1] > self.starts[:, 1]
        return Ring(self.starts[back], self.ends[back])


@dataclass(frozen=True)
class Loose:
    """A part at one angle, about its pattern's origin: its polygon, and its edges as grown for others."""

    name: str
    angle: float
    polygon: Polygon
    edges: Ring
    kept: Ring  # grown by the spacing
    inside: Ring  # grown by the distance to the sheet's edge and to defects

    @cached_property
    def box(self) -> Box:
        """Box of its polygon, mm."""
        x0, y0, x1, y1 = self.polygon.bounds
        return (x0, y0, x1, y1)

    def at(self, place: Array) -> Polygon:
        """Its polygon on the sheet."""
        return translate(self.polygon, *place)


def loose(item: CutItem, angle: float, instance: NestInstance) -> Loose:
    """A part that can be pushed."""
    rules = instance.rules
    whole = Polygon(
        covering(item.pattern.outline, rules.spacing).exterior,
        [h.exterior.coords for h in free_holes(item.pattern)],
    )
    polygon = rotate(whole, angle, origin=(0, 0))
    return Loose(
        item.name,
        angle,
        polygon,
        _ring(polygon),
        _ring(_grown(polygon, rules.spacing)),
        _ring(_grown(polygon, rules.edge)),
    )


class Bench:
    """The parts of one sheet and where they lie; mutable, for one planner's use."""

    def __init__(self, stock: StockSheet, instance: NestInstance, shapes: dict[tuple[str, float], Loose]):
        self.stock, self.instance, self.shapes = stock, instance, shapes
        sheet = Polygon(stock.outline.points(0.1, "inside"))
        x0, y0, x1, y1 = sheet.bounds
        wall = max(x1 - x0, y1 - y0)
        around = box(x0 - wall, y0 - wall, x1 + wall, y1 + wall).difference(sheet)
        defects = shapely.union_all([Polygon(d.points(0.1, "outside")) for d in stock.defects])
        self.closed: BaseGeometry = around.union(defects)
        self.walls = _ring(self.closed)
        self.parts: list[Loose] = []
        self.places: list[Array] = []

    def put(self, placed: Placed) -> None:
        """Lay a part down, legal or not."""
        name, x, y, angle = placed
        self.parts.append(self.shape(name, angle))
        self.places.append(np.array([x, y]))

    def lay(self, placed: Iterable[Placed]) -> None:
        """Clear the sheet and lay parts down."""
        self.parts, self.places = [], []
        for one in placed:
            self.put(one)

    def shape(self, name: str, angle: float) -> Loose:
        """A part at an angle, made once."""
        if (name, angle) not in self.shapes:
            item = next(i for i in self.instance.items if i.name == name)
            self.shapes[name, angle] = loose(item, angle, self.instance)
        return self.shapes[name, angle]

    def take(self, k: int) -> Placed:
        """Take a part away."""
        part, place = self.parts.pop(k), self.places.pop(k)
        return (part.name, float(place[0]), float(place[1]), part.angle)

    def box(self, k: int) -> Box:
        """Box of a part on the sheet, mm."""
        x0, y0, x1, y1 = self.parts[k].box
        x, y = map(float, self.places[k])
        return (x0 + x, y0 + y, x1 + x, y1 + y)

    def polygons(self) -> list[Polygon]:
        """All parts on the sheet."""
        return [part.at(place) for part, place in zip(self.parts, self.places, strict=True)]

    def crowded(self) -> list[tuple[int, int]]:
        """Pairs of parts that are too near each other."""
        shapes = self.polygons()
        if len(shapes) < 2:  # nothing is too near itself, and a tree of nothing can't be asked
            return []
        least = max(self.instance.rules.spacing - SHORT, 0.0)
        pairs = STRtree(shapes).query(shapes, predicate="dwithin", distance=least)
        found = [(int(i), int(j)) for i, j in pairs.T if i < j]
        if least > 0:
            return found
        return [(i, j) for i, j in found if shapes[i].intersection(shapes[j]).area > TOUCH]

    def is_inside(self, k: int) -> bool:
        """The part lies within the sheet, off its edges and defects."""
        shape, least = self.parts[k].at(self.places[k]), self.instance.rules.edge - SHORT
        if least <= 0:
            return bool(shape.intersection(self.closed).area <= TOUCH)
        return not shapely.dwithin(shape, self.closed, least)

    def way(self, group: Collection[int], direction: Direction, most: float = math.inf) -> float:
        """How far parts can be pushed together until one comes near another part, an edge or a defect, mm."""
        others = [k for k in range(len(self.parts)) if k not in group]
        for k in group:
            part, place = self.parts[k], self.places[k]
            most = min(most, first_contact(part.inside, self.walls, -place, direction) - SHY)
            reach = self._swept(k, direction, most)
            for j in others:
                if _meet(self.box(j), reach):
                    offset = self.places[j] - place
                    most = min(most, first_contact(part.kept, self.parts[j].edges, offset, direction) - SHY)
        return max(most, 0.0)

    def apart(self, k: int, other: int, direction: Direction, most: float) -> float:
        """How far a part has to be moved to be far enough from another, mm; infinite if `most` won't do."""
        axis = np.array(_AXES[direction])
        offset = self.places[other] - self.places[k] - most * axis
        back = first_contact(self.parts[k].kept, self.parts[other].edges, offset, (direction + 2) % 4)
        far = self.parts[k].at(self.places[k] + most * axis)
        least = max(self.instance.rules.spacing - SHORT, 0.0)
        if shapely.dwithin(far, self.parts[other].at(self.places[other]), least):
            return math.inf
        return max(most - back, 0.0)

    def push(self, group: Iterable[int], direction: Direction, by: float) -> None:
        """Move parts."""
        for k in group:
            self.places[k] = self.places[k] + by * np.array(_AXES[direction])

    def cut_sheet(self) -> CutSheet:
        """The sheet as candidates have it."""
        rows = zip(self.parts, self.places, strict=True)
        return CutSheet(self.stock.key, tuple((p.name, float(x), float(y), p.angle) for p, (x, y) in rows))

    def _swept(self, k: int, direction: Direction, most: float) -> Box:
        x0, y0, x1, y1 = self.box(k)
        room = self.instance.rules.spacing
        dx, dy = (min(most, 1e6) * v for v in _AXES[direction])
        return (
            x0 + min(dx, 0) - room,
            y0 + min(dy, 0) - room,
            x1 + max(dx, 0) + room,
            y1 + max(dy, 0) + room,
        )


def groups(bench: Bench) -> list[list[int]]:
    """Parts with what lies in their holes, which moves with them; each part in one group, its host first."""
    shapes = bench.polygons()
    filled = [Polygon(s.exterior) if s.interiors else None for s in shapes]
    host: dict[int, int] = {}
    for i, area in enumerate(filled):
        if area is None:
            continue
        for j, shape in enumerate(shapes):
            if j != i and area.contains(shape) and (j not in host or area.area < shapes[host[j]].area):
                host[j] = i
    top = {k: _outermost(k, host) for k in range(len(shapes))}
    return [[k, *(j for j in top if j != k and top[j] == k)] for k in top if top[k] == k]


def first_contact(moving: Ring, still: Ring, offset: Array, direction: Direction) -> float:
    """How far one shape can be pushed until it meets another, which lies off by an offset, mm.

    Infinite if it never does.
    """
    one, other = moving.turned[direction], still.turned[direction]
    by = _turned(offset[None, :], direction)[0]
    fronts, corners = one.fronts
    hits = np.concatenate(
        [
            _rays(corners - by, other.backs.starts, other.backs.ends),
            -_rays(other.starts + by, fronts.starts, fronts.ends),
        ]
    )
    hits = hits[hits >= -TOUCH]
    return max(float(np.min(hits)), 0.0) if len(hits) else math.inf


def _rays(points: Array, starts: Array, ends: Array) -> Array:
    """From points along x to edges: x of the point less x of the edge, for all pairs at the same height."""
    low, high = np.minimum(starts[:, 1], ends[:, 1]), np.maximum(starts[:, 1], ends[:, 1])
    order = np.argsort(points[:, 1])
    heights = points[order, 1]
    first, last = np.searchsorted(heights, low, "left"), np.searchsorted(heights, high, "right")
    counts = last - first
    edge = np.repeat(np.arange(len(starts)), counts)
    at = order[np.arange(len(edge)) + np.repeat(first - np.cumsum(counts) + counts, counts)]
    a, b = starts[edge], ends[edge]
    share = (points[at, 1] - a[:, 1]) / (b[:, 1] - a[:, 1])
    found: Array = points[at, 0] - (a[:, 0] + share * (b[:, 0] - a[:, 0]))
    return found


def _outermost(k: int, host: dict[int, int]) -> int:
    while k in host:
        k = host[k]
    return k


def _grown(polygon: Polygon, by: float) -> BaseGeometry:
    steps = max(4, math.ceil(math.pi / 4 / math.sqrt(2 * CHORD / by))) if by > 0 else 4
    return polygon.buffer(by - SHY, quad_segs=steps)


def _ring(shape: BaseGeometry) -> Ring:
    """All edges of a polygon or several: outer rings counter-clockwise, holes clockwise."""
    starts, ends = [], []
    for polygon in shapely.get_parts(shape):
        whole = shapely.orient_polygons(polygon)
        for ring in (whole.exterior, *whole.interiors):
            points = shapely.get_coordinates(ring)
            starts.append(points[:-1])
            ends.append(points[1:])
    return Ring(np.concatenate(starts), np.concatenate(ends))


def _turned(points: Array, direction: Direction) -> Array:
    """Turned so that the direction points to the left."""
    x, y = points[:, 0], points[:, 1]
    ways = ((x, y), (-y, x), (-x, -y), (y, -x))
    return np.stack(ways[direction], axis=1)


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
