# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Faces of a sheet part, sorted by how a cutter that stands upright on the sheet reaches them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from OCP.BRep import BRep_Tool
from OCP.BRepAdaptor import BRepAdaptor_Curve, BRepAdaptor_Surface
from OCP.BRepGProp import BRepGProp
from OCP.GeomAbs import GeomAbs_CurveType, GeomAbs_SurfaceType
from OCP.gp import gp_Pnt, gp_Vec
from OCP.GProp import GProp_GProps
from OCP.TopAbs import TopAbs_EDGE, TopAbs_Orientation
from OCP.TopExp import TopExp_Explorer
from OCP.TopoDS import TopoDS, TopoDS_Edge, TopoDS_Face, TopoDS_Shape

from csmkit.geometry.biarc import Curve
from csmkit.geometry.boundary import Border
from csmkit.model.outline import Point
from csmkit.model.pose import Vector

SQUARE = 1e-4  # sine of the angle that still counts as flat or upright: 0.002 mm over an 18 mm sheet
Stance = Literal["up", "down", "upright", "slanted"]


@dataclass(frozen=True)
class SheetFace:
    """A face of a solid that lies flat, z along the sheet's normal."""

    face: TopoDS_Face

    @cached_property
    def surface(self) -> BRepAdaptor_Surface:
        """The surface, in place."""
        return BRepAdaptor_Surface(self.face)

    @cached_property
    def kind(self) -> str:
        """Type of the surface: "plane", "cylinder", "cone", "bsplinesurface", …"""
        return str(self.surface.GetType().name).removeprefix("GeomAbs_").lower()

    @cached_property
    def stance(self) -> Stance:
        """Where the face looks."""
        lifts = [normal[2] for _, normal in self.samples]
        if all(abs(lift) < SQUARE for lift in lifts):
            return "upright"
        heights = [point[2] for point, _ in self.samples]
        if max(heights) - min(heights) < SQUARE and all(abs(lift) > 1 - SQUARE for lift in lifts):
            return "up" if lifts[0] > 0 else "down"
        return "slanted"

    @property
    def height(self) -> float:
        """Height of a flat face over the frame's z = 0, mm."""
        return self.samples[0][0][2]

    @cached_property
    def normal(self) -> Vector:
        """Outward normal at the middle of the face's parameters."""
        return self.samples[len(self.samples) // 2][1]

    @cached_property
    def area(self) -> float:
        """Area, mm²."""
        skin = GProp_GProps()
        BRepGProp.SurfaceProperties_s(self.face, skin)
        return float(skin.Mass())

    @cached_property
    def middle(self) -> Vector:
        """Centre of the face's area, mm."""
        skin = GProp_GProps()
        BRepGProp.SurfaceProperties_s(self.face, skin)
        point = skin.CentreOfMass()
        return (point.X(), point.Y(), point.Z())

    @property
    def fault(self) -> str:
        """What a slanted face looks like to whoever modelled it."""
        if self.kind == "plane":
            lean = math.degrees(math.asin(min(abs(self.normal[2]), 1.0)))
            return f"a bevelled face leans {lean:.1f}° from square"
        if self.kind == "cylinder":
            cylinder = self.surface.Cylinder()
            radius, lift = cylinder.Radius(), abs(cylinder.Axis().Direction().Z())
            along = (
                "along the sheet"
                if lift < SQUARE
                else f"{math.degrees(math.acos(min(lift, 1))):.1f}° off upright"
            )
            if self.is_hollow():
                return f"a hole of Ø{2 * radius:.2f} mm runs {along}"
            return f"a face rounded to {radius:.2f} mm runs {along}"
        if self.kind == "cone":
            angle = math.degrees(2 * abs(self.surface.Cone().SemiAngle()))
            return f"a conical face (countersink or chamfer) of {angle:.1f}°"
        return f"a curved face ({self.kind}) that is neither flat nor upright"

    def borders(self) -> Iterator[Border]:
        """Edges of a flat face in plan, the face on their left as seen from above."""
        flip = self.stance == "down"
        explorer = TopExp_Explorer(self.face, TopAbs_EDGE)
        while explorer.More():
            border = _border(TopoDS.Edge_s(explorer.Current()))
            if border is not None:
                yield border.reversed() if flip else border
            explorer.Next()

    @cached_property
    def samples(self) -> list[tuple[Vector, Vector]]:
        """Points of the surface with the outward normal there; one is enough for a plane."""
        surface = self.surface
        u0, u1 = surface.FirstUParameter(), surface.LastUParameter()
        v0, v1 = surface.FirstVParameter(), surface.LastVParameter()
        n = 1 if surface.GetType() == GeomAbs_SurfaceType.GeomAbs_Plane else 5
        shares = [(i + 0.5) / n for i in range(n)]
        return [
            _point_and_normal(surface, u0 + a * (u1 - u0), v0 + b * (v1 - v0), self._sense())
            for a in shares
            for b in shares
        ]

    def _sense(self) -> float:
        return -1.0 if self.face.Orientation() == TopAbs_Orientation.TopAbs_REVERSED else 1.0

    def is_hollow(self) -> bool:
        """The material lies outside of the cylinder."""
        point, normal = self.samples[0]
        axis = self.surface.Cylinder().Axis().Location()
        spoke = (point[0] - axis.X(), point[1] - axis.Y(), point[2] - axis.Z())
        way = self.surface.Cylinder().Axis().Direction()
        along = spoke[0] * way.X() + spoke[1] * way.Y() + spoke[2] * way.Z()
        out = (spoke[0] - along * way.X(), spoke[1] - along * way.Y(), spoke[2] - along * way.Z())
        return bool(sum(a * b for a, b in zip(out, normal, strict=True)) < 0)


def _point_and_normal(
    surface: BRepAdaptor_Surface, u: float, v: float, sense: float
) -> tuple[Vector, Vector]:
    point, du, dv = gp_Pnt(), gp_Vec(), gp_Vec()
    surface.D1(u, v, point, du, dv)
    cross = du.Crossed(dv)
    length = cross.Magnitude() * sense
    normal = (0.0, 0.0, 0.0)  # at a pole: neither flat nor upright, as it should be on a sphere
    if abs(length) > 1e-12:
        normal = (cross.X() / length, cross.Y() / length, cross.Z() / length)
    return (point.X(), point.Y(), point.Z()), normal


def _border(edge: TopoDS_Edge) -> Border | None:
    """An edge in plan, walked as its face has it; None where it is degenerate."""
    if BRep_Tool.Degenerated_s(edge):
        return None
    curve = BRepAdaptor_Curve(edge)
    first, last = curve.FirstParameter(), curve.LastParameter()
    if edge.Orientation() == TopAbs_Orientation.TopAbs_REVERSED:
        first, last = last, first
    start, end = _plan(curve.Value(first)), _plan(curve.Value(last))
    kind = curve.GetType()
    if kind == GeomAbs_CurveType.GeomAbs_Line:
        return Border(start, end)
    if kind == GeomAbs_CurveType.GeomAbs_Circle:
        circle = curve.Circle()
        upward = math.copysign(1.0, circle.Axis().Direction().Z())
        return Border(start, end, _plan(circle.Location()), upward * (last - first))
    return Border(start, end, curve=_free(curve, first, last))


def _free(curve: BRepAdaptor_Curve, first: float, last: float) -> Curve:
    def at(share: float) -> tuple[Point, Point]:
        point, way = gp_Pnt(), gp_Vec()
        curve.D1(first + share * (last - first), point, way)
        sign = math.copysign(1.0, last - first)
        if way.Magnitude() < 1e-9:  # a cusp: the direction of a short chord instead
            ahead = curve.Value(first + min(share + 1e-4, 1.0) * (last - first))
            back = curve.Value(first + max(share - 1e-4, 0.0) * (last - first))
            return _plan(point), (ahead.X() - back.X(), ahead.Y() - back.Y())
        return _plan(point), (sign * way.X(), sign * way.Y())

    return at


def _plan(point: gp_Pnt) -> Point:
    return (point.X(), point.Y())


def line_directions(shape: TopoDS_Shape) -> list[tuple[Vector, float]]:
    """Directions (unit vectors) and lengths (mm) of all straight edges of a shape."""
    result = []
    explorer = TopExp_Explorer(shape, TopAbs_EDGE)
    while explorer.More():
        edge = TopoDS.Edge_s(explorer.Current())
        explorer.Next()
        if BRep_Tool.Degenerated_s(edge):
            continue
        curve = BRepAdaptor_Curve(edge)
        if curve.GetType() == GeomAbs_CurveType.GeomAbs_Line:
            way = curve.Line().Direction()
            length = curve.LastParameter() - curve.FirstParameter()
            result.append(((way.X(), way.Y(), way.Z()), float(length)))
    return result
