# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Triangles of a solid: closed meshes for printers, shaded ones for pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from OCP.BRep import BRep_Tool
from OCP.BRepBuilderAPI import BRepBuilderAPI_Copy
from OCP.BRepLib import BRepLib_ToolTriangulatedShape
from OCP.BRepMesh import BRepMesh_IncrementalMesh
from OCP.TopAbs import TopAbs_Orientation
from OCP.TopLoc import TopLoc_Location
from OCP.TopoDS import TopoDS_Face, TopoDS_Shape

from csmkit.errors import CsmError
from csmkit.geometry.measure import volume
from csmkit.geometry.shape import faces, topods

if TYPE_CHECKING:
    import trimesh

ANGLE = 0.35  # radians between neighbouring facets: 18 to a circle, whatever its size
VOLUME_SHARE = 0.005  # a mesh may miss half a per cent of its solid's volume
REFINEMENTS = 4  # halvings of tolerance and angle before we give up
MERGED = (6, 5, 4)  # decimals of mm at which vertices are one; coarser where finer leaves a gap


@dataclass(frozen=True)
class Triangles:
    """Shaded triangles of a shape: vertices are shared within a face, not across its edges."""

    vertices: NDArray[np.float32]  # (n, 3), mm
    normals: NDArray[np.float32]  # (n, 3), unit, outward
    triangles: NDArray[np.uint32]  # (m, 3), counter-clockwise seen from outside


def mesh(shape: Any, tolerance: float = 0.1) -> trimesh.Trimesh:
    """A closed mesh of a solid.

    Args:
        shape: one solid of any CAD library.
        tolerance: largest distance of a chord from its arc, mm.
    Returns: watertight, wound outward, its volume within 0.5 % of the solid's; the same bytes every time.
    Raises: CsmError: no such mesh is found, however fine.
    """
    solid = topods(shape)
    expected, found = volume(solid), 0.0
    for refinement in range(REFINEMENTS):
        made = _closed(solid, tolerance / 2**refinement, ANGLE / 2**refinement)
        if made is not None:
            found = float(made.volume)
            if abs(found - expected) <= VOLUME_SHARE * abs(expected):
                return made
    held = f"holds {found:.1f} mm³, the solid {expected:.1f} mm³" if found else "doesn't close"
    raise CsmError(f"its mesh {held}", remedy="check the solid, or ask for a smaller tolerance")


def triangles(shape: Any, tolerance: float = 0.1) -> Triangles:
    """Triangles to show a shape with, hard at its edges.

    Args:
        shape: of any CAD library; several solids are fine.
        tolerance: largest distance of a chord from its arc, mm.
    """
    pieces = [_face_triangles(f) for f in faces(_meshed(topods(shape, several=True), tolerance))]
    pieces = [p for p in pieces if len(p.vertices)]
    starts = np.cumsum([0] + [len(p.vertices) for p in pieces])[:-1]
    return Triangles(
        np.concatenate([p.vertices for p in pieces]),
        np.concatenate([p.normals for p in pieces]),
        np.concatenate([p.triangles + np.uint32(s) for p, s in zip(pieces, starts, strict=True)]),
    )


def _closed(solid: TopoDS_Shape, tolerance: float, angle: float) -> trimesh.Trimesh | None:
    """The mesh with its vertices merged, or None where it doesn't close."""
    import trimesh

    meshed = _meshed(solid, tolerance, angle)
    corners = np.concatenate([_face_corners(f) for f in faces(meshed)])
    for digits in MERGED:
        rounded = np.round(corners, digits) + 0.0
        vertices, index = np.unique(rounded.reshape(-1, 3), axis=0, return_inverse=True)
        triples = index.reshape(-1, 3)
        a, b, c = triples.T
        triples = triples[(a != b) & (b != c) & (c != a)]
        made = trimesh.Trimesh(vertices, triples, process=False)
        if made.is_watertight and made.is_winding_consistent and made.volume > 0:
            return made
    return None


def _meshed(shape: TopoDS_Shape, tolerance: float, angle: float = ANGLE) -> TopoDS_Shape:
    """A copy with triangles on its faces; the shape itself stays as it is."""
    copy = BRepBuilderAPI_Copy(shape, False, False).Shape()
    BRepMesh_IncrementalMesh(copy, tolerance, False, angle, False)
    return copy


def _face_corners(face: TopoDS_Face) -> NDArray[np.float64]:
    """(m, 3, 3) corners of a face's triangles, mm, wound outward."""
    place = TopLoc_Location()
    triangulation = BRep_Tool.Triangulation_s(face, place)
    if triangulation is None:
        return np.empty((0, 3, 3))
    nodes = np.array([_point(triangulation, i, place) for i in range(1, triangulation.NbNodes() + 1)])
    return np.asarray(nodes[_indices(face, triangulation)])


def _face_triangles(face: TopoDS_Face) -> Triangles:
    place = TopLoc_Location()
    triangulation = BRep_Tool.Triangulation_s(face, place)
    if triangulation is None:
        nothing = np.empty((0, 3), np.float32)
        return Triangles(nothing, nothing, np.empty((0, 3), np.uint32))
    BRepLib_ToolTriangulatedShape.ComputeNormals_s(face, triangulation)
    sign = -1.0 if face.Orientation() == TopAbs_Orientation.TopAbs_REVERSED else 1.0
    count = range(1, triangulation.NbNodes() + 1)
    turned = [triangulation.Normal(i).Transformed(place.Transformation()) for i in count]
    return Triangles(
        np.array([_point(triangulation, i, place) for i in count], np.float32),
        np.array([(sign * n.X(), sign * n.Y(), sign * n.Z()) for n in turned], np.float32) + np.float32(0),
        _indices(face, triangulation).astype(np.uint32),
    )


def _point(triangulation: Any, i: int, place: TopLoc_Location) -> tuple[float, float, float]:
    node = triangulation.Node(i).Transformed(place.Transformation())
    return (node.X(), node.Y(), node.Z())


def _indices(face: TopoDS_Face, triangulation: Any) -> NDArray[np.int64]:
    """(m, 3) indices from zero, wound outward."""
    found = np.array([triangulation.Triangle(i).Get() for i in range(1, triangulation.NbTriangles() + 1)]) - 1
    return found[:, ::-1] if face.Orientation() == TopAbs_Orientation.TopAbs_REVERSED else found
