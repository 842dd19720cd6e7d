# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Shapes of build123d, CadQuery and the kernel itself, brought to one form, moved, and turned to bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from OCP.BinTools import BinTools, BinTools_FormatVersion
from OCP.gp import gp_Trsf
from OCP.Storage import Storage_StreamReadError
from OCP.TopAbs import TopAbs_ShapeEnum
from OCP.TopExp import TopExp_Explorer
from OCP.TopLoc import TopLoc_Location
from OCP.TopoDS import TopoDS, TopoDS_Builder, TopoDS_Compound, TopoDS_Face, TopoDS_Shape, TopoDS_Solid

from csmkit.errors import CsmError
from csmkit.model.pose import Pose

RETURN_ONE = "return one solid: fuse its pieces, or make each of them a part of its own"


def topods(shape: Any, *, several: bool = False) -> TopoDS_Shape:
    """The solid within a build123d object, a CadQuery Workplane or Shape, or a shape of the kernel.

    Args:
        shape: what a design returned; compounds and lists that hold one solid count as that solid.
        several: more than one solid is fine (a bought wheel with its axle): they come as a compound.
    Returns: a TopoDS_Solid, or with `several` and more than one of them a TopoDS_Compound.
    Raises: CsmError: it is no shape, or has no solid, or more than one.
    """
    found = [solid for piece in _pieces(shape) for solid in solids(piece)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise CsmError(
            f"has no solid: it is {_described(shape)}", remedy="return a solid, not a face, wire or sketch"
        )
    if not several:
        raise CsmError(f"has {len(found)} separate solids instead of one", remedy=RETURN_ONE)
    return compound(found)


def solids(shape: TopoDS_Shape) -> list[TopoDS_Solid]:
    """All solids of a shape of the kernel, in its own order."""
    return [TopoDS.Solid_s(s) for s in _explored(shape, TopAbs_ShapeEnum.TopAbs_SOLID)]


def faces(shape: TopoDS_Shape) -> list[TopoDS_Face]:
    """All faces of a shape of the kernel, in its own order."""
    return [TopoDS.Face_s(f) for f in _explored(shape, TopAbs_ShapeEnum.TopAbs_FACE)]


def compound(shapes: list[Any]) -> TopoDS_Compound:
    """Several shapes of the kernel as one, nothing fused."""
    result, builder = TopoDS_Compound(), TopoDS_Builder()
    builder.MakeCompound(result)
    for shape in shapes:
        builder.Add(result, shape)
    return result


def moved(shape: TopoDS_Shape, pose: Pose) -> TopoDS_Shape:
    """The shape in another place; the geometry itself is shared, not copied."""
    return shape.Moved(TopLoc_Location(transformation(pose)))


def transformation(pose: Pose) -> gp_Trsf:
    """A pose as the kernel writes it."""
    result = gp_Trsf()
    result.SetValues(*(value for row in pose.rows for value in row))
    return result


def to_brep(shape: Any) -> bytes:
    """A shape as bytes, without any triangles; the same shape gives the same bytes.

    Raises: CsmError: as `topods`, with several solids allowed.
    """
    stream = io.BytesIO()
    version = BinTools_FormatVersion.BinTools_FormatVersion_CURRENT
    BinTools.Write_s(topods(shape, several=True), stream, False, False, version)
    return stream.getvalue()


def from_brep(data: bytes) -> TopoDS_Shape:
    """The inverse of `to_brep`.

    Raises: CsmError: the bytes hold no shape.
    """
    shape = TopoDS_Shape()
    remedy = "clear the cache and build again"
    try:
        BinTools.Read_s(shape, io.BytesIO(data))
    except Storage_StreamReadError as error:
        raise CsmError("the stored shape cannot be read", remedy=remedy) from error
    if shape.IsNull():
        raise CsmError("the stored shape cannot be read", remedy=remedy)
    return shape


def _explored(shape: TopoDS_Shape, kind: TopAbs_ShapeEnum) -> Iterator[TopoDS_Shape]:
    explorer = TopExp_Explorer(shape, kind)
    while explorer.More():
        yield explorer.Current()
        explorer.Next()


def _pieces(shape: Any) -> Iterator[TopoDS_Shape]:
    """Shapes of the kernel within whatever a design returned."""
    if isinstance(shape, TopoDS_Shape):
        if not shape.IsNull():
            yield shape
    elif hasattr(shape, "wrapped"):
        if isinstance(shape.wrapped, TopoDS_Shape) and not shape.wrapped.IsNull():
            yield shape.wrapped
    elif hasattr(shape, "toOCC") and hasattr(shape, "vals"):  # CadQuery's Workplane
        for value in shape.vals():
            if hasattr(value, "wrapped"):
                yield from _pieces(value)
    elif hasattr(shape, "part") and hasattr(shape, "pending_faces"):  # build123d's BuildPart
        yield from () if shape.part is None else _pieces(shape.part)
    elif isinstance(shape, list | tuple):
        for item in shape:
            yield from _pieces(item)
    else:
        raise CsmError(
            f"{type(shape).__name__} is not a shape",
            remedy="return a solid of build123d or CadQuery (did the function forget its return?)",
        )


def _described(shape: Any) -> str:
    kinds = sorted({p.ShapeType().name.removeprefix("TopAbs_").lower() for p in _pieces(shape)})
    return f"{type(shape).__name__} of {', '.join(kinds)}" if kinds else f"an empty {type(shape).__name__}"
