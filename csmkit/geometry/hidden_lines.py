# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Line pictures: the visible edges of an assembly, seen from one side."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from OCP.BRep import BRep_Tool
from OCP.BRepMesh import BRepMesh_IncrementalMesh
from OCP.gp import gp_Ax2, gp_Dir, gp_Pnt
from OCP.HLRAlgo import HLRAlgo_Projector
from OCP.HLRBRep import HLRBRep_PolyAlgo, HLRBRep_PolyHLRToShape
from OCP.TopAbs import TopAbs_ShapeEnum
from OCP.TopExp import TopExp, TopExp_Explorer
from OCP.TopoDS import TopoDS, TopoDS_Shape

from csmkit.geometry.chains import Chains, chained
from csmkit.geometry.shape import compound, moved
from csmkit.geometry.step import Item
from csmkit.model.outline import Point
from csmkit.model.pose import Vector

TOLERANCE = 0.6  # mm of chord on arcs: finer than a picture of a metre on a page shows
ANGLE = 0.35  # radians between facets
FROM_FRONT_RIGHT: Vector = (1.0, -1.4, 0.9)  # towards the eye; shows front, right side and top


@dataclass(frozen=True)
class Lines:
    """Visible lines in the picture's plane, y up, mm."""

    outlines: tuple[tuple[Point, ...], ...]  # silhouettes: where a shape ends before its background
    edges: tuple[tuple[Point, ...], ...]  # sharp edges within it


def visible_lines(items: Sequence[Item], towards_eye: Vector = FROM_FRONT_RIGHT) -> Lines:
    """The visible edges of placed shapes in parallel projection, z up.

    Args:
        items: shapes in their places.
        towards_eye: from the assembly to the eye.
    Returns: chains of points, sorted, rounded to 0.01 mm; the same for the same assembly.
    """
    placed = [moved(item.shape, pose) for item in items for pose in item.poses]
    whole = compound(placed)
    BRepMesh_IncrementalMesh(whole, TOLERANCE, False, ANGLE, False)
    found = _removed(whole, _view(towards_eye))
    return Lines(
        outlines=chained(_segments(found.OutLineVCompound())),
        edges=chained(_segments(found.VCompound())),
    )


def seen_from(shape: TopoDS_Shape, towards_eye: Vector, right: Vector) -> tuple[Chains, Chains]:
    """Visible and hidden lines of a shape that has its triangles, silhouettes among them.

    Args:
        towards_eye: from the shape to the eye.
        right: the picture's x.
    Returns: chains of points, sorted, mm.
    """
    found = _removed(shape, gp_Ax2(gp_Pnt(0, 0, 0), gp_Dir(*towards_eye), gp_Dir(*right)))
    seen = itertools.chain(_segments(found.VCompound()), _segments(found.OutLineVCompound()))
    behind = itertools.chain(_segments(found.HCompound()), _segments(found.OutLineHCompound()))
    return chained(seen), chained(behind)


def _removed(shape: TopoDS_Shape, view: gp_Ax2) -> HLRBRep_PolyHLRToShape:
    """Lines of a meshed shape, sorted by whether they are hidden."""
    hidden = HLRBRep_PolyAlgo(shape)
    hidden.Projector(HLRAlgo_Projector(view))
    hidden.Update()
    found = HLRBRep_PolyHLRToShape()
    found.Update(hidden)
    return found


def _view(towards_eye: Vector) -> gp_Ax2:
    """The picture's frame: x to the right, y up, z to the eye."""
    x, y, _ = towards_eye
    right = gp_Dir(-y, x, 0.0) if math.hypot(x, y) > 1e-9 else gp_Dir(1.0, 0.0, 0.0)
    return gp_Ax2(gp_Pnt(0, 0, 0), gp_Dir(*towards_eye), right)


def _segments(shape: TopoDS_Shape | None) -> Iterator[tuple[Point, Point]]:
    if shape is None or shape.IsNull():
        return
    explorer = TopExp_Explorer(shape, TopAbs_ShapeEnum.TopAbs_EDGE)
    while explorer.More():
        edge = TopoDS.Edge_s(explorer.Current())
        explorer.Next()
        ends = [BRep_Tool.Pnt_s(v) for v in (TopExp.FirstVertex_s(edge), TopExp.LastVertex_s(edge))]
        a, b = (_rounded(p) for p in ends)
        if a != b:
            yield a, b


def _rounded(point: gp_Pnt) -> Point:
    return (round(point.X(), 2) + 0.0, round(point.Y(), 2) + 0.0)
