# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What is in the way of things that turn about an axis."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from OCP.BRepBuilderAPI import BRepBuilderAPI_MakeEdge
from OCP.BRepExtrema import BRepExtrema_DistShapeShape
from OCP.gp import gp_Dir, gp_Lin, gp_Pnt
from OCP.TopoDS import TopoDS_Shape

from csmkit.errors import CsmError
from csmkit.geometry.directions import unit
from csmkit.geometry.interference import Interference, interferences
from csmkit.geometry.mesh import triangles
from csmkit.geometry.shape import moved, topods
from csmkit.geometry.turning import Zone, contacts
from csmkit.model.pose import Pose, Vector

FEWEST, COARSEST = 8, 10.0  # positions that are looked at, and degrees between two of them
FINE = 0.1  # mm between a solid and the triangles that its ring is measured by
FAR = 10.0  # the axis is taken this many times as long as the things on it
DEEP = 2.0  # mm that a face has gone into another where the solids are looked at
CLOSE = 0.5  # mm: contacts that are nearer to each other on their way are looked at once

Floats = NDArray[np.float64]
Item = tuple[str, Any, Pose]  # name, shape, place
MOVING = " (moving)"  # behind a name: the same things may stand still elsewhere


@dataclass(frozen=True)
class Ring:
    """What a thing may reach when it turns about an axis: radii and heights along it, mm."""

    outer: float
    low: float
    high: float
    nearest: Callable[[], float]  # distance from the axis; takes a hundred times as long as the rest

    @cached_property
    def inner(self) -> float:
        """Smallest radius."""
        return self.nearest()

    def meets(self, other: Ring) -> bool:
        """Some turn may bring one of them into the other."""
        if self.low > other.high or other.low > self.high:
            return False
        return self.inner <= other.outer and other.inner <= self.outer


def first_clash(
    moving: Sequence[Item],
    resting: Sequence[Item],
    axis: tuple[Vector, Vector],
    span: tuple[float, float],
    allowed: Callable[[str, str], bool],
) -> tuple[float, Interference] | None:
    """The first thing in the way, and at which angle.

    Things whose rings about the axis don't meet clear each other at every angle; the others are looked at
    in steps of ten degrees or less, and wherever a face comes to another (see `turning`).

    Args:
        axis: a point of it and its direction.
        span: first and last angle, degrees.
        allowed: whether two names may overlap.
    """
    point, way = axis
    seen: dict[int, Floats] = {}
    at_rest = [(item, ring(item, point, way, seen)) for item in resting]
    looks: list[tuple[float, Item, list[Item]]] = []
    for one in moving:
        mine = ring(one, point, way, seen)
        near = [(i, other) for i, other in at_rest if mine.meets(other) and not allowed(one[0], i[0])]
        if near:
            items = [item for item, _ in near]
            zone = _zone(mine, [other for _, other in near])
            looks += [(angle, one, items) for angle in _angles(one, items, axis, zone, span, seen)]
    for angle, (name, shape, pose), items in sorted(looks, key=lambda look: abs(look[0] - span[0])):
        turned = (f"{name}{MOVING}", shape, Pose.turned(point, way, angle) * pose)
        hits = interferences([turned, *items], _apart)
        if hits:
            return angle, hits[0]._replace(a=name)
    return None


def _angles(
    one: Item,
    near: Sequence[Item],
    axis: tuple[Vector, Vector],
    zone: Zone,
    span: tuple[float, float],
    seen: dict[int, Floats],
) -> list[float]:
    """Angles at which a thing is held against those near its way, degrees: in steps, and at contacts."""
    start, end = span
    steps = max(FEWEST, math.ceil(abs(end - start) / COARSEST))
    every = [start + (end - start) * step / steps for step in range(steps + 1)]
    rest = np.concatenate([_corners(item, seen) for item in near])
    turns, radii = contacts(_corners(one, seen), rest, axis, zone, math.radians(end - start), FINE)
    into = np.minimum(DEEP / radii, math.radians(COARSEST / 2))
    reached = np.degrees(np.abs(turns) + into)
    bins = np.degrees(CLOSE / zone.outer)
    told = np.unique(np.ceil(reached / bins)) * bins
    sense = math.copysign(1.0, end - start)
    return every + [start + sense * float(t) for t in told if t <= abs(end - start)]


def _zone(mine: Ring, others: Sequence[Ring]) -> Zone:
    """Where the ring of one thing meets those of others."""
    return Zone(
        inner=max(mine.inner, min(o.inner for o in others)),
        outer=min(mine.outer, max(o.outer for o in others)),
        low=max(mine.low, min(o.low for o in others)),
        high=min(mine.high, max(o.high for o in others)),
    )


def ring(item: Item, point: Vector, way: Vector, seen: dict[int, Floats]) -> Ring:
    """The ring of a thing about an axis, a little too large rather than too small.

    Args:
        seen: corners of shapes that were looked at before, by the shape's identity; it grows.
    """
    _, given, pose = item
    shape = topods(given, several=True)
    places = _corners(item, seen).reshape(-1, 3) - np.array(point)
    along = places @ np.array(unit(way))
    radii = np.linalg.norm(places - np.outer(along, np.array(unit(way))), axis=1)
    reach = FAR * (float(np.abs(places).max()) + 1.0)
    return Ring(
        outer=float(radii.max()) + FINE,
        low=float(along.min()) - FINE,
        high=float(along.max()) + FINE,
        nearest=partial(_nearest, item[0], moved(shape, pose), (point, way), reach),
    )


def _corners(item: Item, seen: dict[int, Floats]) -> Floats:
    """(n, 3, 3) corners of a thing's triangles in its place, mm, wound outward."""
    _, given, pose = item
    if id(given) not in seen:
        made = triangles(given, FINE)
        seen[id(given)] = made.vertices.astype(np.float64)[made.triangles.astype(np.int64)]
    rows = np.array(pose.rows)
    return np.asarray(seen[id(given)] @ rows[:, :3].T + rows[:, 3])


def _nearest(name: str, placed: TopoDS_Shape, axis: tuple[Vector, Vector], reach: float) -> float:
    """Distance between a thing and an axis, mm; a little less rather than more."""
    line = gp_Lin(gp_Pnt(*axis[0]), gp_Dir(*axis[1]))
    distance = BRepExtrema_DistShapeShape(placed, BRepBuilderAPI_MakeEdge(line, -reach, reach).Edge())
    if not distance.IsDone():
        raise CsmError(f"how near {name} is to its axis cannot be computed", remedy="check its solid")
    return 0.0 if distance.InnerSolution() else float(distance.Value()) - 1e-3


def _apart(a: str, b: str) -> bool:
    """Only what moves is held against what rests."""
    return a.endswith(MOVING) == b.endswith(MOVING)
