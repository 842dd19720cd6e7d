# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""STEP files: single parts and whole assemblies, with names, colours and instances."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from OCP.BRepBuilderAPI import BRepBuilderAPI_Transform
from OCP.IFSelect import IFSelect_ReturnStatus
from OCP.Interface import Interface_Static
from OCP.Message import Message, Message_Gravity
from OCP.Quantity import Quantity_Color, Quantity_TypeOfColor
from OCP.STEPCAFControl import STEPCAFControl_Writer
from OCP.STEPControl import STEPControl_StepModelType
from OCP.TCollection import TCollection_ExtendedString
from OCP.TDataStd import TDataStd_Name
from OCP.TDF import TDF_Label
from OCP.TDocStd import TDocStd_Document
from OCP.TopLoc import TopLoc_Location
from OCP.TopoDS import TopoDS_Shape
from OCP.XCAFApp import XCAFApp_Application
from OCP.XCAFDoc import XCAFDoc_ColorType, XCAFDoc_DocumentTool

from csmkit.errors import CsmError
from csmkit.geometry.shape import transformation
from csmkit.model.pose import Pose

Colour = tuple[float, float, float]  # red, green, blue, 0 to 1, sRGB
PAINT = r"(?m)^#(\d+) ?= ?((?:COLOUR_RGB|DRAUGHTING_PRE_DEFINED_COLOUR)\(.*\);)\n"
TIME = "1980-01-01T00:00:00"  # files bear no clock; the date that zip archives begin with


@dataclass(frozen=True)
class Item:
    """A shape in its places, as an assembly shows it."""

    name: str
    shape: TopoDS_Shape
    poses: tuple[Pose, ...]
    colour: Colour


def step_part(name: str, shape: TopoDS_Shape, colour: Colour | None = None) -> bytes:
    """One part in its own frame, AP214, mm; the same bytes for the same shape."""
    document = _document()
    _add(document, name, shape, colour)
    return _written(document, name)


def step_assembly(name: str, items: Sequence[Item]) -> bytes:
    """An assembly: each shape once, an instance for each of its poses; AP214, mm, bytes repeat."""
    document = _document()
    tool = XCAFDoc_DocumentTool.ShapeTool_s(document.Main())
    root = tool.NewShape()
    _name(root, name)
    for item in items:
        label = _add(document, item.name, item.shape, item.colour)
        for n, pose in enumerate(item.poses, 1):
            instance = tool.AddComponent(root, label, TopLoc_Location(transformation(pose)))
            _name(instance, f"{item.name} {n}" if len(item.poses) > 1 else item.name)
    tool.UpdateAssemblies()
    return _written(document, name)


def _document() -> TDocStd_Document:
    document = TDocStd_Document(TCollection_ExtendedString("BinXCAF"))
    XCAFApp_Application.GetApplication_s().NewDocument(TCollection_ExtendedString("BinXCAF"), document)
    return document


def _add(document: TDocStd_Document, name: str, shape: TopoDS_Shape, colour: Colour | None) -> TDF_Label:
    label = XCAFDoc_DocumentTool.ShapeTool_s(document.Main()).AddShape(_unplaced(shape), False)
    _name(label, name)
    if colour is not None:
        paint = Quantity_Color(*colour, Quantity_TypeOfColor.Quantity_TOC_sRGB)
        tool = XCAFDoc_DocumentTool.ColorTool_s(document.Main())
        tool.SetColor(label, paint, XCAFDoc_ColorType.XCAFDoc_ColorGen)
    return label


def _unplaced(shape: TopoDS_Shape) -> TopoDS_Shape:
    """The shape with its own location worked into its geometry: the kernel would take it for an instance."""
    place = shape.Location().Transformation()
    return BRepBuilderAPI_Transform(shape.Located(TopLoc_Location()), place, True).Shape()


def _name(label: TDF_Label, name: str) -> None:
    TDataStd_Name.Set_s(label, TCollection_ExtendedString(name, True))


def _written(document: TDocStd_Document, name: str) -> bytes:
    """The document as a STEP file.

    Raises: CsmError: the kernel could not write it.
    """
    for printer in Message.DefaultMessenger_s().Printers():
        printer.SetTraceLevel(Message_Gravity.Message_Fail)  # the kernel tells of every shape otherwise
    writer = STEPCAFControl_Writer()
    Interface_Static.SetIVal_s("write.surfacecurve.mode", 0)  # curves in space suffice; half the size
    Interface_Static.SetCVal_s("write.step.schema", "AP214IS")
    stream = io.BytesIO()
    done = writer.Transfer(document, STEPControl_StepModelType.STEPControl_AsIs)
    if done:
        status = writer.ChangeWriter().WriteStream(stream)
        done = status == IFSelect_ReturnStatus.IFSelect_RetDone
    if not done:
        raise CsmError(f"the STEP file of {name} could not be written", remedy="check the part's solid")
    return _steady(stream.getvalue(), name)


def _steady(data: bytes, name: str) -> bytes:
    """Without clock, and without the numbers that the kernel counts up through a process."""
    text = data.decode("utf-8")
    plain = name.encode("ascii", "replace").decode().replace("'", "''").replace("\\", "/")
    head = f"FILE_NAME('{plain}','{TIME}',(''),(''),'Open CASCADE Technology','csmkit','');"
    text = re.sub(r"FILE_NAME\(.*?\);", lambda _: head, text, count=1, flags=re.DOTALL)
    text = re.sub(r"\n +", "", text)  # the kernel breaks lines by the length of its numbers
    uses = itertools.count(1)
    text = re.sub(r"(NEXT_ASSEMBLY_USAGE_OCCURRENCE\()'\d+'", lambda m: f"{m[1]}'{next(uses)}'", text)
    return _sorted_styles(text).encode()


def _sorted_styles(text: str) -> str:
    """Colours in the order of the shapes that they paint; the kernel's order is that of addresses."""
    head, *blocks = re.split(r"(?m)^(?=#\d+ ?= ?MECHANICAL_DESIGN_GEOMETRIC_PRESENTATION)", text)
    if not blocks:
        return text
    blocks[-1], end, tail = blocks[-1].partition("ENDSEC;")
    first = int(blocks[0][1:].split("=", 1)[0])

    def painted(block: str) -> list[int]:
        return [n for n in map(int, re.findall(r"#(\d+)", block)) if n < first]

    # Items of one colour share it, and it stands in the block that the kernel wrote first.
    paints = dict(re.findall(PAINT, "".join(blocks)))
    once = {text: number for number, text in sorted(paints.items(), reverse=True)}
    ordered = "".join(sorted((re.sub(PAINT, "", b) for b in blocks), key=painted))
    ordered += "".join(f"#{once[text]} = {text}\n" for text in sorted(once))
    numbers = itertools.count(first)
    new = {m[1]: str(next(numbers)) for m in re.finditer(r"(?m)^#(\d+) ?=", ordered)}
    new |= {number: new[once[text]] for number, text in paints.items()}
    return head + re.sub(r"#(\d+)", lambda m: "#" + new.get(m[1], m[1]), ordered) + end + tail
