# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether a solid can be trusted: closed, valid, right side out, nowhere through itself."""

from __future__ import annotations

from collections import Counter
from typing import Any

from OCP.BOPAlgo import BOPAlgo_CheckerSI
from OCP.BRep import BRep_Tool
from OCP.BRepAdaptor import BRepAdaptor_Curve
from OCP.BRepCheck import BRepCheck_Analyzer, BRepCheck_ListOfStatus, BRepCheck_Status
from OCP.TopAbs import TopAbs_ShapeEnum
from OCP.TopExp import TopExp
from OCP.TopoDS import TopoDS, TopoDS_Edge, TopoDS_Shape
from OCP.TopTools import (
    TopTools_IndexedDataMapOfShapeListOfShape,
    TopTools_IndexedMapOfShape,
    TopTools_ListOfShape,
)

from csmkit.errors import CsmError
from csmkit.geometry.measure import volume
from csmkit.geometry.shape import topods

SMALLEST_VOLUME = 1e-3  # mm³; a tenth of a millimetre cubed is no part
# Of the kernel's levels: up to edges against faces. Faces that cross do so along a line that ends at an edge
# of one of them, or runs round a cylinder across its seam; faces against faces take eight times as long.
CROSSING_LEVEL = 4


def check_solid(shape: Any) -> list[str]:
    """What is wrong with a solid, in words; nothing if it is sound.

    Args:
        shape: of any CAD library.
    Returns: problems, the gravest first; later checks are left out where an earlier one makes them void.
    """
    try:
        solid = topods(shape)
    except CsmError as error:
        return [str(error)]
    opened = _open_edges(solid)
    if opened:
        return [f"is open: {len(opened)} edges bound one face only, the first at {_place(opened[0])} mm"]
    size = volume(solid)
    if abs(size) < SMALLEST_VOLUME:
        return [f"is empty: its volume is {size:.3g} mm³"]
    if size < 0:
        return [f"is inside out: its volume is {size:.6g} mm³"]
    faults = _faults(solid)
    if faults:
        return [f"is invalid: {faults}"]
    return ["cuts through itself: some of its faces cross"] if _crosses_itself(solid) else []


def _open_edges(solid: TopoDS_Shape) -> list[TopoDS_Edge]:
    """Edges with one face; a seam lies twice in its own face and is none of them."""
    around = TopTools_IndexedDataMapOfShapeListOfShape()
    edge, face = TopAbs_ShapeEnum.TopAbs_EDGE, TopAbs_ShapeEnum.TopAbs_FACE
    TopExp.MapShapesAndAncestors_s(solid, edge, face, around)
    edges = [TopoDS.Edge_s(around.FindKey(i)) for i in range(1, around.Extent() + 1)]
    return [
        e
        for i, e in enumerate(edges, start=1)
        if around.FindFromIndex(i).Extent() == 1
        and not BRep_Tool.Degenerated_s(e)
        and not BRep_Tool.IsClosed_s(e, TopoDS.Face_s(around.FindFromIndex(i).First()))
    ]


def _faults(solid: TopoDS_Shape) -> str:
    """The kernel's findings, counted: "2 x self intersecting wire"."""
    analyzer = BRepCheck_Analyzer(solid)
    if analyzer.IsValid():
        return ""
    found: Counter[str] = Counter()
    kinds = TopAbs_ShapeEnum
    for kind in (
        kinds.TopAbs_SHELL,
        kinds.TopAbs_FACE,
        kinds.TopAbs_WIRE,
        kinds.TopAbs_EDGE,
        kinds.TopAbs_VERTEX,
    ):
        for part in _mapped(solid, kind):
            if not analyzer.IsValid(part):
                found.update(_statuses(analyzer.Result(part).Status()))
    return ", ".join(f"{n} x {name}" for name, n in sorted(found.items())) or "its pieces don't fit together"


def _statuses(statuses: BRepCheck_ListOfStatus) -> list[str]:
    names = [s.name.removeprefix("BRepCheck_") for s in statuses if s != BRepCheck_Status.BRepCheck_NoError]
    return ["".join(f" {c.lower()}" if c.isupper() else c for c in name).strip() for name in names]


def _mapped(solid: TopoDS_Shape, kind: TopAbs_ShapeEnum) -> list[TopoDS_Shape]:
    found = TopTools_IndexedMapOfShape()
    TopExp.MapShapes_s(solid, kind, found)
    return [found.FindKey(i) for i in range(1, found.Extent() + 1)]


def _crosses_itself(solid: TopoDS_Shape) -> bool:
    checker, arguments = BOPAlgo_CheckerSI(), TopTools_ListOfShape()
    arguments.Append(solid)
    checker.SetArguments(arguments)
    checker.SetLevelOfCheck(CROSSING_LEVEL)
    checker.Perform()
    return bool(checker.HasErrors()) or not checker.DS().Interferences().IsEmpty()


def _place(edge: TopoDS_Edge) -> str:
    curve = BRepAdaptor_Curve(edge)
    middle = curve.Value((curve.FirstParameter() + curve.LastParameter()) / 2)
    return f"({middle.X():.2f}, {middle.Y():.2f}, {middle.Z():.2f})"
