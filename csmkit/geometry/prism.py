# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Solids from outlines: what joints cut with and add."""

from __future__ import annotations

from typing import Any, Literal

from OCP.BRepBuilderAPI import (
    BRepBuilderAPI_MakeEdge,
    BRepBuilderAPI_MakeFace,
    BRepBuilderAPI_MakeVertex,
    BRepBuilderAPI_MakeWire,
)
from OCP.BRepCheck import BRepCheck_Analyzer
from OCP.BRepPrimAPI import BRepPrimAPI_MakePrism
from OCP.gp import gp_Ax2, gp_Circ, gp_Dir, gp_Pln, gp_Pnt, gp_Vec
from OCP.TopoDS import TopoDS, TopoDS_Edge, TopoDS_Face, TopoDS_Solid, TopoDS_Vertex, TopoDS_Wire

from csmkit.errors import CsmError
from csmkit.model.outline import Arc, Outline, Region

Cad = Literal["build123d", "cadquery"]
SHORTEST_EDGE = 1e-6  # mm; the kernel takes points closer than 1e-7 for one


def prism(outline: Outline | Region, depth: float, cad: Cad = "build123d") -> Any:
    """A solid with the outline as its section, from z = 0 up to `depth`.

    Args:
        outline: mm; either sense of rotation; a region's islands become holes.
        depth: mm, above zero.
        cad: library whose solid is wanted.
    Returns: a build123d `Part` or a CadQuery `Workplane`; arcs are true cylinders.
    Raises: CsmError: the outline crosses itself or encloses nothing, or the depth isn't above zero.
    Example:
        board = prism(Outline.rectangle(0, 0, 300, 200), ply.thickness)
        board -= prism(Outline.circle(150, 100, 60), ply.thickness)
    """
    solid = extruded(outline, depth)
    if cad == "build123d":
        from build123d import Part, Solid

        return Part([Solid(solid)])  # a Part that wraps the bare solid says that its volume is 0
    if cad == "cadquery":
        from cadquery import Solid, Workplane

        return Workplane(obj=Solid(solid))
    raise CsmError(f"unknown CAD library {cad!r}", remedy="choose build123d or cadquery")


def extruded(outline: Outline | Region, depth: float) -> TopoDS_Solid:
    """As `prism`, as a solid of the kernel."""
    if not depth > 0:
        raise CsmError(f"depth = {depth:g} mm of a prism is not above zero")
    base = flat_face(outline if isinstance(outline, Region) else Region(outline))
    return TopoDS.Solid_s(BRepPrimAPI_MakePrism(base, gp_Vec(0, 0, depth)).Shape())


def flat_face(region: Region) -> TopoDS_Face:
    """The region as a face at z = 0 that looks up.

    Raises: CsmError: the outline crosses itself or encloses nothing.
    """
    plane = gp_Pln(gp_Pnt(0, 0, 0), gp_Dir(0, 0, 1))
    maker = BRepBuilderAPI_MakeFace(plane, _wire(region.outline.counter_clockwise()), True)
    for island in region.islands:
        maker.Add(_wire(island.counter_clockwise().reversed()))
    if not maker.IsDone() or not BRepCheck_Analyzer(maker.Face()).IsValid():
        raise _crossing(region.outline)
    return maker.Face()


def _wire(outline: Outline) -> TopoDS_Wire:
    maker = BRepBuilderAPI_MakeWire()
    circle = outline.circle_of
    if circle is not None:
        x, y, diameter = circle
        maker.Add(BRepBuilderAPI_MakeEdge(_circle(x, y, diameter / 2, outline.area > 0)).Edge())
        return maker.Wire()
    edges = [e for e in outline.edges if e.chord > SHORTEST_EDGE]
    if len(edges) < 2 or abs(outline.area) < SHORTEST_EDGE:
        raise _crossing(outline)
    corners = [BRepBuilderAPI_MakeVertex(gp_Pnt(*e.start, 0.0)).Vertex() for e in edges]
    for i, edge in enumerate(edges):
        maker.Add(_edge(edge, corners[i], corners[(i + 1) % len(edges)]))
    if not maker.IsDone():
        raise _crossing(outline)
    return maker.Wire()


def _edge(edge: Arc, start: TopoDS_Vertex, end: TopoDS_Vertex) -> TopoDS_Edge:
    if edge.bulge == 0:
        return BRepBuilderAPI_MakeEdge(start, end).Edge()
    circle = _circle(*edge.center, edge.radius, edge.bulge > 0)
    return BRepBuilderAPI_MakeEdge(circle, start, end).Edge()


def _circle(x: float, y: float, radius: float, counter_clockwise: bool) -> gp_Circ:
    """A circle at z = 0; it runs about +z or -z, so that its edges run from start to end."""
    return gp_Circ(gp_Ax2(gp_Pnt(x, y, 0), gp_Dir(0, 0, 1 if counter_clockwise else -1)), radius)


def _crossing(outline: Outline) -> CsmError:
    x0, y0, x1, y1 = outline.bounds
    return CsmError(
        f"an outline at ({x0:g}, {y0:g}) to ({x1:g}, {y1:g}) mm crosses itself or encloses nothing",
        remedy="let its edges meet only at their ends",
        where=tuple((x, y) for x, y, _ in outline.vertices),
    )
