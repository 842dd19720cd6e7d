# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Mitres, notches and holes of a part from a bar, tube or pipe, measured from its solid."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from OCP.BRep import BRep_Tool
from OCP.BRepAdaptor import BRepAdaptor_Curve
from OCP.GCPnts import GCPnts_AbscissaPoint
from OCP.TopAbs import TopAbs_ShapeEnum
from OCP.TopExp import TopExp
from OCP.TopoDS import TopoDS, TopoDS_Edge, TopoDS_Shape
from OCP.TopTools import TopTools_IndexedDataMapOfShapeListOfShape

from csmkit.geometry.bar import BarFrame
from csmkit.geometry.measure import box
from csmkit.geometry.shape import faces, moved, topods
from csmkit.geometry.sheet_faces import SheetFace
from csmkit.model.facts import BarEnd, BarHole, BarWork
from csmkit.model.outline import Point
from csmkit.model.pose import Pose, Vector
from csmkit.model.stock import Bar

SAME = 0.01  # mm
SQUARE_DEG = 0.05
WHOLE = 0.995  # share of the bar's section that an end without a notch has
STEP = 1.0  # mm between points of an unrolled edge


def bar_work(shape: Any, bar: Bar, frame: BarFrame) -> BarWork:
    """What is done to a bar beside cutting it to length.

    Args:
        shape: one solid of any CAD library.
        bar: its stock.
        frame: how the part lies in it, as `bar_frame` gives it.
    """
    turned = moved(topods(shape), frame.turn)
    (x0, y0, z0), (x1, y1, _) = box(turned)
    solid = moved(turned, Pose.at(-(x0 + x1) / 2, -(y0 + y1) / 2, -z0))
    all_faces = [SheetFace(f) for f in faces(solid)]
    whole = 0.0 if bar.shape == "tube" else WHOLE * bar.section  # a tube's corners may be round
    ends = (_end(all_faces, frame.length, -1.0, whole), _end(all_faces, frame.length, 1.0, whole))
    holes = sorted(set(_holes(all_faces, frame.length)), key=lambda h: (h.at, h.around))
    wrap = tuple(_unrolled(solid, bar.width / 2)) if bar.shape in ("round", "pipe") else ()
    return BarWork(ends, tuple(holes), wrap)


def _end(all_faces: list[SheetFace], length: float, side: float, whole: float) -> BarEnd:
    """The end of the bar at z = length (side 1) or 0 (side -1); less than `whole` there is a notch."""
    tip = length if side > 0 else 0.0
    planes, others = [], False
    for face in all_faces:
        (_, _, low), (_, _, high) = box(face.face)
        if abs((high if side > 0 else low) - tip) > SAME or _is_side(face):
            continue
        if face.kind == "plane" and face.normal[2] * side > 0:
            planes.append(face)
        else:
            others = True
    if others or len(planes) != 1:
        return BarEnd("shaped")
    x, y, z = planes[0].normal
    if planes[0].area * abs(z) < whole:
        return BarEnd("shaped")
    angle = math.degrees(math.acos(min(abs(z), 1.0)))
    if angle < SQUARE_DEG:
        return BarEnd("square")
    return BarEnd("mitre", round(angle, 3), _degrees(-x, -y))


def _is_side(face: SheetFace) -> bool:
    """A face along the bar: its own skin, a slot's wall, a hole that runs lengthwise."""
    if face.kind == "cylinder":
        return bool(abs(face.surface.Cylinder().Axis().Direction().Z()) > 1 - 1e-6)
    return face.kind == "plane" and abs(face.normal[2]) < 1e-6


def _holes(all_faces: list[SheetFace], length: float) -> Iterator[BarHole]:
    for face in all_faces:
        if face.kind != "cylinder" or _is_side(face) or not face.is_hollow():
            continue
        (_, _, low), (_, _, high) = box(face.face)
        if low < SAME or high > length - SAME:
            continue  # part of an end
        cylinder = face.surface.Cylinder()
        point, way = cylinder.Axis().Location(), cylinder.Axis().Direction()
        across = way.X() ** 2 + way.Y() ** 2
        share = -(point.X() * way.X() + point.Y() * way.Y()) / across
        at = point.Z() + share * way.Z()
        yield BarHole(
            round(at, 3), _around(face.middle, (way.X(), way.Y(), way.Z())), round(2 * cylinder.Radius(), 3)
        )


def _around(middle: Vector, way: Vector) -> float:
    """Side of the bar on which a hole lies; of a hole through a solid bar one of its two ends."""
    out = middle[0] * way[0] + middle[1] * way[1]
    sign = math.copysign(1.0, out) if abs(out) > 1 else 1.0
    found = _degrees(sign * way[0], sign * way[1])
    return found if abs(out) > 1 else found % 180.0


def _degrees(x: float, y: float) -> float:
    return round(math.degrees(math.atan2(y, x)), 3) % 360.0


def _unrolled(solid: TopoDS_Shape, radius: float) -> Iterator[tuple[Point, ...]]:
    """Edges of the bar's round skin, unrolled: mm around it, from the x axis, and along it."""
    around = TopTools_IndexedDataMapOfShapeListOfShape()
    edge_kind, face_kind = TopAbs_ShapeEnum.TopAbs_EDGE, TopAbs_ShapeEnum.TopAbs_FACE
    TopExp.MapShapesAndAncestors_s(solid, edge_kind, face_kind, around)
    for i in range(1, around.Extent() + 1):
        beside = [SheetFace(TopoDS.Face_s(f)) for f in around.FindFromIndex(i)]
        skins = sum(_is_skin(f, radius) for f in beside)
        edge = TopoDS.Edge_s(around.FindKey(i))
        if skins and skins < len(beside) and not BRep_Tool.Degenerated_s(edge):
            yield _unrolled_edge(edge, radius)


def _is_skin(face: SheetFace, radius: float) -> bool:
    if face.kind != "cylinder" or not _is_side(face) or face.is_hollow():
        return False
    return bool(abs(face.surface.Cylinder().Radius() - radius) < SAME)


def _unrolled_edge(edge: TopoDS_Edge, radius: float) -> tuple[Point, ...]:
    curve = BRepAdaptor_Curve(edge)
    first, last = curve.FirstParameter(), curve.LastParameter()
    steps = max(2, math.ceil(GCPnts_AbscissaPoint.Length_s(curve) / STEP))
    points: list[Point] = []
    angle = 0.0
    for k in range(steps + 1):
        p = curve.Value(first + (last - first) * k / steps)
        found = math.atan2(p.Y(), p.X())
        angle = found if k == 0 else angle + math.remainder(found - angle, math.tau)
        points.append((round(angle * radius, 4) + 0.0, round(p.Z(), 4) + 0.0))
    return tuple(points)
