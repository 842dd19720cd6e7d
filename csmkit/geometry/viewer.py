# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Shapes for the 3D viewer on a page: triangles face by face, edges one by one, and what kind each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from OCP.BRepBuilderAPI import BRepBuilderAPI_Copy
from OCP.TopoDS import TopoDS_Shape

from csmkit.geometry.measure import measure
from csmkit.geometry.shape import transformation
from csmkit.model.pose import Pose

# Chords of a picture that a browser turns in real time.
ANGLE = 0.5  # radians between facets
SHARE = 0.003  # of a shape's mean size, between a chord and its arc
COARSEST = 1.2  # radians: fewer facets, and a hole is no longer round


@dataclass(frozen=True)
class Facets:
    """A shape as a browser draws, picks and measures it; mm.

    Args:
        vertices, normals: (n, 3); shared within a face, not across its edges.
        triangles: (m, 3), counter-clockwise seen from outside; face after face.
        face_triangles: (f,), triangles of each face.
        edges: (s, 2, 3), ends of segments; edge after edge.
        edge_segments: (e,), segments of each edge.
        corners: (c, 3).
        face_types, edge_types: (f,) and (e,), the kernel's numbers for plane, cylinder, line, circle.
    """

    vertices: NDArray[np.float32]
    normals: NDArray[np.float32]
    triangles: NDArray[np.int32]
    face_triangles: NDArray[np.int32]
    edges: NDArray[np.float32]
    edge_segments: NDArray[np.int32]
    corners: NDArray[np.float32]
    face_types: NDArray[np.int32]
    edge_types: NDArray[np.int32]


def facets(shape: TopoDS_Shape, coarser: float = 1.0) -> Facets:
    """The facets of a shape; the shape itself stays as it is.

    Args:
        coarser: times as far from its arcs, and as large an angle, as by default.
    """
    from ocp_tessellate.tessellator import Tessellator

    low, high = measure(shape).box
    mean = sum(high) / 3 - sum(low) / 3
    made = Tessellator("")
    copy = BRepBuilderAPI_Copy(shape, False, False).Shape()
    made.compute(copy, SHARE * mean * coarser, min(ANGLE * coarser, COARSEST))
    return Facets(
        made.get_vertices().reshape(-1, 3),
        made.get_normals().reshape(-1, 3),
        made.get_triangles().reshape(-1, 3),
        made.get_triangles_per_face(),
        made.get_edges().reshape(-1, 2, 3),
        made.get_segments_per_edge(),
        np.asarray(made.get_obj_vertices(), np.float32).reshape(-1, 3),
        made.get_face_types(),
        made.get_edge_types(),
    )


def placement(pose: Pose) -> tuple[Any, ...]:
    """Shift (mm) and turn (quaternion x, y, z, w) of a pose: seven numbers."""
    turn = transformation(pose).GetRotation()
    return (*(row[3] for row in pose.rows), turn.X(), turn.Y(), turn.Z(), turn.W())
