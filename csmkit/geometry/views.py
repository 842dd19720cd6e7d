# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Three views of a part as drawings show it, from the front, above and left; its corners and holes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from OCP.BRep import BRep_Tool
from OCP.BRepAdaptor import BRepAdaptor_Curve
from OCP.BRepMesh import BRepMesh_IncrementalMesh
from OCP.GeomAbs import GeomAbs_CurveType
from OCP.gp import gp_Pnt, gp_Vec
from OCP.TopAbs import TopAbs_ShapeEnum
from OCP.TopExp import TopExp
from OCP.TopoDS import TopoDS, TopoDS_Shape
from OCP.TopTools import TopTools_IndexedDataMapOfShapeListOfShape, TopTools_IndexedMapOfShape

from csmkit.geometry.bar import bar_frame
from csmkit.geometry.chains import Chains
from csmkit.geometry.directions import OWN_AXES, dot, is_parallel, turn, unit
from csmkit.geometry.hidden_lines import seen_from
from csmkit.geometry.measure import box
from csmkit.geometry.shape import faces, moved, topods
from csmkit.geometry.sheet_faces import SheetFace
from csmkit.model.kit import Axis
from csmkit.model.outline import Point
from csmkit.model.pose import Pose, Vector
from csmkit.model.stock import Bar

TOLERANCE = 0.05  # mm of chord: half of what a drawing's numbers show
ANGLE = 0.15  # radians between facets
SMOOTH = 0.9999  # cosine of the angle, 0.8 degrees, below which an arc runs on from a line
NEAR = 0.05  # mm between what counts as one
ALONG = 1e-6  # sine of the angle between a flat face and an axis along it
RIGHT, UP = {"front": "x", "above": "x", "left": "-y"}, {"front": "z", "above": "y", "left": "z"}


@dataclass(frozen=True)
class Hole:
    """A round hole seen along its axis."""

    middle: Point
    diameter: float
    depth: float | None  # mm; None: through


@dataclass(frozen=True)
class View:
    """What is seen from one side: lines in the picture's plane, y up, mm.

    Args:
        visible, hidden: chains of points.
        low, high: corners of the picture's box.
        corners: ends of the part's straight edges; where the flat sides of a rounding would meet.
        holes: round holes whose axis points to the eye.
    """

    visible: Chains
    hidden: Chains
    low: Point
    high: Point
    corners: tuple[Point, ...]
    holes: tuple[Hole, ...]


@dataclass(frozen=True)
class Views:
    """The three views; the part's box begins at (0, 0, 0): x to the right, z up, y away from the front."""

    front: View
    above: View
    left: View
    size: Vector


def lying_in_bar(shape: Any, bar: Bar, grain: Axis | None) -> Pose:
    """The turn that lays a part with its bar along x: start at the left."""
    frame = bar_frame(shape, bar, grain)
    return turn((0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)) * frame.turn


def lying_along(axis: Axis) -> Pose:
    """The turn that lays one of a part's own axes along x; the others follow in their order."""
    order = "xyz"
    ways = [OWN_AXES[a] for a in order[order.index(axis) :] + order[: order.index(axis)]]  # type: ignore[index]
    return turn(*ways)


def views(shape: Any, turned: Pose | None = None) -> Views:
    """The views of a part.

    Args:
        shape: one solid of any CAD library.
        turned: how it lies in the drawing; as it was modelled if not given.
    Raises: CsmError: the shape is no solid.
    """
    solid = moved(topods(shape), turned or Pose())
    low, high = box(solid)
    solid = moved(solid, Pose.at(*(-v for v in low)))
    size = (high[0] - low[0], high[1] - low[1], high[2] - low[2])
    BRepMesh_IncrementalMesh(solid, TOLERANCE, False, ANGLE, False)
    corners, rounded = tuple(_corners(solid)), tuple(_rounded(solid))
    sides = (("front", (0.0, -1.0, 0.0)), ("above", (0.0, 0.0, 1.0)), ("left", (-1.0, 0.0, 0.0)))
    front, above, left = (_view(solid, size, corners, rounded, name, eye) for name, eye in sides)
    return Views(front, above, left, size)


def _view(
    solid: TopoDS_Shape,
    size: Vector,
    corners: tuple[Vector, ...],
    rounded: tuple[tuple[Vector, Vector], ...],
    name: str,
    eye: Vector,
) -> View:
    right, up = (_axis(table[name]) for table in (RIGHT, UP))

    def flat(v: Vector) -> Point:
        return (round(dot(v, right), 4) + 0.0, round(dot(v, up), 4) + 0.0)

    visible, hidden = seen_from(solid, eye, right)
    ends = [flat((0.0, 0.0, 0.0)), flat(size)]
    low = (min(p[0] for p in ends), min(p[1] for p in ends))
    high = (max(p[0] for p in ends), max(p[1] for p in ends))
    met = {flat(at) for way, at in rounded if is_parallel(way, eye)}
    points = tuple(sorted(met | {flat(c) for c in corners}))
    holes = tuple(_holes(solid, size, eye, flat))
    return View(visible, hidden, low, high, points, holes)


def _axis(name: str) -> Vector:
    x, y, z = OWN_AXES[name[-1]]  # type: ignore[index]
    return (-x, -y, -z) if name.startswith("-") else (x, y, z)


def _corners(solid: TopoDS_Shape) -> Iterator[Vector]:
    """Ends of the straight edges between flat faces, but those where a rounding runs on from them."""
    around = TopTools_IndexedDataMapOfShapeListOfShape()
    edge_kind, face_kind = TopAbs_ShapeEnum.TopAbs_EDGE, TopAbs_ShapeEnum.TopAbs_FACE
    TopExp.MapShapesAndAncestors_s(solid, edge_kind, face_kind, around)
    straight: dict[Vector, list[Vector]] = {}
    curved: dict[Vector, list[Vector]] = {}
    for i in range(1, around.Extent() + 1):
        edge = TopoDS.Edge_s(around.FindKey(i))
        if BRep_Tool.Degenerated_s(edge):
            continue
        curve = BRepAdaptor_Curve(edge)
        is_line = curve.GetType() == GeomAbs_CurveType.GeomAbs_Line
        if is_line and any(SheetFace(TopoDS.Face_s(f)).kind != "plane" for f in around.FindFromIndex(i)):
            continue
        for parameter in (curve.FirstParameter(), curve.LastParameter()):
            point, way = gp_Pnt(), gp_Vec()
            curve.D1(parameter, point, way)
            at = (round(point.X(), 3), round(point.Y(), 3), round(point.Z(), 3))
            ways = (straight if is_line else curved).setdefault(at, [])
            ways += [unit((way.X(), way.Y(), way.Z()))] if way.Magnitude() > 0 else []
    for at, lines in straight.items():
        if not any(_runs_on(a, b) for a in lines for b in curved.get(at, [])):
            yield at


def _rounded(solid: TopoDS_Shape) -> Iterator[tuple[Vector, Vector]]:
    """Of each rounding between two flat faces: its axis, and where these would meet beside it."""
    around, known = TopTools_IndexedDataMapOfShapeListOfShape(), TopTools_IndexedMapOfShape()
    edge_kind, face_kind = TopAbs_ShapeEnum.TopAbs_EDGE, TopAbs_ShapeEnum.TopAbs_FACE
    TopExp.MapShapesAndAncestors_s(solid, edge_kind, face_kind, around)
    TopExp.MapShapes_s(solid, face_kind, known)
    beside: dict[int, set[int]] = {}
    for i in range(1, around.Extent() + 1):
        met = {known.FindIndex(face) for face in around.FindFromIndex(i)}
        for number in met:
            beside.setdefault(number, set()).update(met - {number})
    every = {n: SheetFace(TopoDS.Face_s(known.FindKey(n))) for n in beside}
    for number in sorted(n for n, face in every.items() if face.kind == "cylinder"):
        axis = every[number].surface.Cylinder().Axis()
        way, at = _vector(axis.Direction()), _vector(axis.Location())
        planes = [every[n].surface.Plane() for n in sorted(beside[number]) if every[n].kind == "plane"]
        sides = [(_vector(p.Axis().Direction()), _vector(p.Location())) for p in planes]
        upright = [(normal, on) for normal, on in sides if abs(dot(normal, way)) < ALONG]
        if len(upright) == 2 and not is_parallel(upright[0][0], upright[1][0]):
            rows = [*upright, (way, at)]
            x, y, z = np.linalg.solve(np.array([n for n, _ in rows]), [dot(n, on) for n, on in rows]).tolist()
            yield way, (x, y, z)


def _vector(at: Any) -> Vector:
    """A point or direction of the kernel."""
    return (at.X(), at.Y(), at.Z())


def _runs_on(a: Vector, b: Vector) -> bool:
    return abs(dot(a, b)) > SMOOTH


def _holes(solid: TopoDS_Shape, size: Vector, eye: Vector, flat: Any) -> Iterator[Hole]:
    """Hollow cylinders along the look; walls of a tube about one axis are one hole."""
    found = []
    for face in map(SheetFace, faces(solid)):
        if face.kind != "cylinder" or not face.is_hollow():
            continue
        cylinder = face.surface.Cylinder()
        way = cylinder.Axis().Direction()
        if not is_parallel((way.X(), way.Y(), way.Z()), eye) or not _is_round(face):
            continue
        at = cylinder.Axis().Location()
        (x0, y0, z0), (x1, y1, z1) = box(face.face)
        ends = sorted((dot((x0, y0, z0), eye), dot((x1, y1, z1), eye)))
        x, y = flat((at.X(), at.Y(), at.Z()))
        found.append((round(x, 2), round(y, 2), round(2 * cylinder.Radius(), 3), *ends))
    reach = sorted((0.0, dot(size, eye)))
    for (x, y, diameter), walls in itertools.groupby(sorted(found), key=lambda f: f[:3]):
        ends = sorted(end for wall in walls for end in wall[3:])
        is_through = ends[0] - reach[0] < NEAR and reach[1] - ends[-1] < NEAR
        yield Hole((x, y), diameter, None if is_through else ends[-1] - ends[0])


def _is_round(face: SheetFace) -> bool:
    """At least half of a cylinder: no rounded inner corner."""
    return bool(face.surface.LastUParameter() - face.surface.FirstUParameter() > 3.1)
