# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""DXF of flat parts and nested sheets, as machine shops take them.

R2000, millimetres, 1:1 at the origin; closed LWPOLYLINEs with bulges and CIRCLEs, true geometry: tabs, cutter
offset and kerf are the shop's.

A part that is cut from both sides has all its features in its file as seen from the top, those of the far
side on BOTTOM- layers: one file tells the whole part. For the second setup there is a second file
(`turned=True`), mirrored as the part lies once it is turned over left to right: the far side's features on
plain layers, and the contour on a no-cut layer, to find the zero by.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType

import ezdxf
from ezdxf.document import Drawing
from ezdxf.enums import TextEntityAlignment
from ezdxf.layouts import Modelspace

from csmkit.errors import CsmError
from csmkit.export.cuts import drawn_outlines
from csmkit.export.dxf.layers import (
    LayerSpec,
    colour,
    drill_diameter,
    feature_layer,
    outline_layer,
    sheet_colour,
)
from csmkit.export.finish import finish_of
from csmkit.export.labels import Label, place_labels
from csmkit.export.nested import NestedSheet
from csmkit.model.cam import Cut
from csmkit.model.cutting import Placement
from csmkit.model.facts import FlatPattern, PartFacts
from csmkit.model.machine import Process
from csmkit.model.outline import Outline
from csmkit.model.stock import Sheet

SHEET, LABELS, NOTES, OFFCUT = (
    LayerSpec("sheet"),
    LayerSpec("labels"),
    LayerSpec("notes"),
    LayerSpec("offcut"),
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_MM = 4  # $INSUNITS
_NOTE_HEIGHT = 5.0  # mm


@dataclass(frozen=True)
class Mark:
    """Something drawn: an outline on a layer; `circle` where a drill makes it."""

    layer: LayerSpec
    outline: Outline
    circle: bool = False

    def moved(self, placement: Placement) -> Mark:
        """As the part lies on the sheet."""
        return replace(self, outline=self.outline.moved(placement.x, placement.y, placement.angle))

    def mirrored(self, width: float) -> Mark:
        """As it lies once the part or sheet of this width is turned over left to right."""
        return replace(self, outline=self.outline.mirrored().moved(x=width))


def flat_dxf(part: PartFacts, turned: bool = False) -> bytes:
    """One flat part.

    Args:
        part: a sheet part.
        turned: the second setup of a part that is cut from both sides.
    Returns: the file.
    Raises: CsmError: the part has no flat pattern, or nothing to cut from below.
    """
    pattern = part.flat_pattern
    if pattern is None:
        raise CsmError(f"{part.form} part has no flat pattern", part=part.name)
    if turned and not pattern.is_two_sided:
        raise CsmError("nothing is cut from below", part=part.name)
    marks = part_marks(pattern, part.process, turned)
    if turned:
        marks = tuple(m.mirrored(pattern.size[0]) for m in marks)
    if part.process in ("laser", "plasma"):
        return write_dxf(marks, ())
    texts = _flat_texts(part, pattern)
    if turned:
        texts = tuple((layer, label.mirrored(pattern.size[0])) for layer, label in texts)
    return write_dxf(marks, texts)


def sheet_dxf(nested: NestedSheet, sheet: Sheet, turned: bool = False, engraved: Sequence[Cut] = ()) -> bytes:
    """One nested sheet, its lower left corner at the origin.

    Args:
        nested: the sheet and what lies on it.
        sheet: its sheet good.
        turned: the second setup, sheet turned over left to right.
        engraved: lines that a cutter follows on the top side.
    Returns: the file.
    """
    layout, items, stock = nested.layout, nested.items, nested.stock
    spots = {
        key: place_labels(item.pattern, [(f"{item.part} {item.quantity}", 1.0)])
        for key, item in items.items()
    }
    marks = [Mark(SHEET, stock.outline)]
    marks += [Mark(NOTES, defect) for defect in stock.defects]
    marks += [Mark(OFFCUT, offcut) for offcut in layout.offcuts]
    marks += [Mark(NOTES, panel) for panel in layout.panels]
    texts: list[tuple[LayerSpec, Label]] = []
    for placement in layout.placements:
        item = items[placement.item]
        marks += [m.moved(placement) for m in part_marks(item.pattern, turned=turned)]
        found = spots[placement.item]
        label = found[0] if found else _centred(item.pattern, item.part)
        named = replace(label, text=f"{item.part} {placement.copy}")
        lies = named.moved(placement.x, placement.y, placement.angle)
        texts.append((LABELS, lies))
    side = ", far side up" if turned else ""
    note = f"{sheet.key} {sheet.thickness:g} mm, {nested.place}{side}"
    texts.append((NOTES, _note(note, stock.outline)))
    if turned:
        width = stock.size[0]
        marks = [m.mirrored(width) for m in marks]
        texts = [(layer, label.mirrored(width)) for layer, label in texts]
    wood = sheet_colour(*(round(255 * v) for v in finish_of(sheet.material.key).rgb))
    return write_dxf(marks, texts, engraved, {SHEET: wood})


def part_marks(pattern: FlatPattern, process: Process = "router", turned: bool = False) -> tuple[Mark, ...]:
    """What one setup of a flat pattern cuts, seen from the top, in the pattern's frame.

    Args:
        pattern: the part.
        process: laser and plasma put all cuts on one layer, as shops take single parts. A nested sheet is cut
            in the workshop itself: there, outside and inside stay apart whatever the machine.
        turned: only what is cut from below, on plain layers, with the contour for reference.
    """
    if turned:
        far = [
            replace(m, layer=replace(m.layer, side="top"))
            for m in part_marks(pattern, process)
            if m.layer.side == "bottom"
        ]
        return (Mark(NOTES, pattern.outline), *far)
    marks = [Mark(outline_layer(pattern, process), pattern.outline)]
    for feature in pattern.features:
        layer = feature_layer(feature, pattern, process)
        is_drilled = drill_diameter(feature) is not None
        marks += [Mark(layer, outline, is_drilled) for outline in drawn_outlines(feature, pattern)]
    return tuple(marks)


def write_dxf(
    marks: Sequence[Mark],
    texts: Sequence[tuple[LayerSpec, Label]],
    engraved: Sequence[Cut] = (),
    colours: Mapping[LayerSpec, int] = MappingProxyType({}),
) -> bytes:
    """A DXF of outlines and texts; the same bytes for the same input on every run.

    Args:
        marks: outlines in mm, at least one.
        texts: labels with their layers.
        engraved: lines that a cutter follows, open.
        colours: of layers that have not their usual one, by AutoCAD's table.
    Returns: R2000 in its own code page, characters outside of it as \\U+XXXX.
    """
    with _fixed_meta():
        document = ezdxf.new("R2000", units=_MM)
        strokes = [(LayerSpec("engrave", depth=c.depth), stroke) for c in engraved for stroke in c.strokes]
        layers = {*(m.layer for m in marks), *(t[0] for t in texts), *(s[0] for s in strokes)}
        for name, aci in sorted((layer.name, colours.get(layer, colour(layer))) for layer in layers):
            document.layers.add(name, color=aci)
        space = document.modelspace()
        for mark in marks:
            _draw(space, mark)
        for layer, stroke in strokes:
            points = [(_round(x), _round(y)) for x, y in stroke]
            space.add_lwpolyline(points, format="xy", dxfattribs={"layer": layer.name})
        for layer, label in texts:
            _write(space, layer, label)
        _frame(document, [m.outline.bounds for m in marks])
        return _bytes(document)


def _draw(space: Modelspace, mark: Mark) -> None:
    attributes = {"layer": mark.layer.name}
    circle = mark.outline.circle_of if mark.circle else None
    if circle is not None:
        x, y, diameter = circle
        space.add_circle((_round(x), _round(y)), _round(diameter / 2), dxfattribs=attributes)
        return
    vertices = [(_round(x), _round(y), bulge) for x, y, bulge in mark.outline.vertices]
    space.add_lwpolyline(vertices, format="xyb", close=True, dxfattribs=attributes)


def _write(space: Modelspace, layer: LayerSpec, label: Label) -> None:
    text = _CONTROL.sub(" ", label.text).replace("%%", "% %")  # %% starts a control code
    attributes = {"layer": layer.name, "height": round(label.height, 2), "rotation": _round(label.angle)}
    entity = space.add_text(text, dxfattribs=attributes)
    entity.set_placement((round(label.x, 3), round(label.y, 3)), align=TextEntityAlignment.MIDDLE_CENTER)


def _frame(document: Drawing, boxes: Sequence[tuple[float, float, float, float]]) -> None:
    """Extents and first view, so that a program opens the file with the whole of it in sight."""
    x0, y0 = _round(min(b[0] for b in boxes)), _round(min(b[1] for b in boxes))
    x1, y1 = _round(max(b[2] for b in boxes)), _round(max(b[3] for b in boxes))
    document.modelspace().reset_extents((x0, y0, 0), (x1, y1, 0))
    document.modelspace().reset_limits((x0, y0), (x1, y1))
    height = max(y1 - y0, (x1 - x0) / 2) * 1.1
    document.set_modelspace_vport(_round(height), (_round((x0 + x1) / 2), _round((y0 + y1) / 2)))


def _flat_texts(part: PartFacts, pattern: FlatPattern) -> tuple[tuple[LayerSpec, Label], ...]:
    grain = f", grain along {pattern.grain}" if pattern.grain else ""
    note = f"{part.quantity} × {part.stock}, {pattern.thickness:g} mm{grain}"
    labels = place_labels(pattern, [(part.name, 1.0), (note, 0.5)]) or place_labels(
        pattern, [(part.name, 1.0)]
    )
    return tuple(zip((LABELS, NOTES), labels or (_centred(pattern, part.name),), strict=False))


def _centred(pattern: FlatPattern, text: str) -> Label:
    """A label for a part that is too small for one: it may cross the part's edge."""
    x0, y0, x1, y1 = pattern.outline.bounds
    return Label(text, (x0 + x1) / 2, (y0 + y1) / 2, 2.0, 0.0)


def _note(text: str, outline: Outline) -> Label:
    """A note in the lower left corner: within the sheet, so that the file's box stays the sheet's."""
    x0, y0, _, _ = outline.bounds
    half = len(text) * _NOTE_HEIGHT * 0.9 / 2
    return Label(text, x0 + 10 + half, y0 + _NOTE_HEIGHT, _NOTE_HEIGHT, 0.0)


def _round(value: float) -> float:
    """To 1e-6 mm, without a negative zero."""
    return round(value, 6) + 0.0


@contextmanager
def _fixed_meta() -> Iterator[None]:
    """ezdxf without clock and random identifiers, from creation to writing."""
    before = ezdxf.options.write_fixed_meta_data_for_testing
    ezdxf.options.write_fixed_meta_data_for_testing = True
    try:
        yield
    finally:
        ezdxf.options.write_fixed_meta_data_for_testing = before


def _bytes(document: Drawing) -> bytes:
    """The file. ezdxf declares classes in the order of a set of names: declared here, they are sorted."""
    document.commit_pending_changes()
    for name in sorted(document.entitydb.dxf_types_in_use()):
        document.classes.add_class(name)
    stream = io.StringIO()
    document.write(stream)
    return bytes(document.encode(stream.getvalue()))
