# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Outlines of a drawing that are cut: each closed and sound, none twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely import Polygon

from csmkit.errors import CsmError
from csmkit.export.dxf.drawing import Drawing
from csmkit.export.dxf.layers import LayerSpec, find_layer
from csmkit.model import Outline
from csmkit.model.outline import Point
from csmkit.model.workshop import LayerRule

CHORD = 0.01  # mm between an arc and its chords, to see what lies in what
FINE = 1e-4  # mm between them, to see whether an outline crosses itself
OVERLAP = 0.01  # mm² that two outlines may share before they are said to cross


@dataclass(frozen=True)
class Shape:
    """A closed outline on a layer that is cut; `spec` is None on layers of no known name."""

    layer: str
    spec: LayerSpec | None
    outline: Outline

    @cached_property
    def area(self) -> Polygon:
        """The outline as a polygon."""
        return Polygon(self.outline.points(CHORD))

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Smallest x, y and largest x, y, mm."""
        return self.outline.bounds

    @cached_property
    def place(self) -> tuple[object, ...]:
        """Equal for outlines that lie on one another."""
        return (*(round(v, 2) for v in self.bounds), round(abs(self.outline.area)))

    @property
    def is_free(self) -> bool:
        """Nesting tells what it is, not its layer."""
        return self.spec is None or self.spec.operation == "cut"

    @property
    def is_rim(self) -> bool:
        """The sheet is cut through along it, or may be."""
        return self.spec is None or self.spec.operation in ("cut", "cut-outside", "cut-inside")

    def holds(self, other: Shape) -> bool:
        """The other lies in this one, edges may touch."""
        if self is other or self.area.area < other.area.area or not _is_box_in(other, self):
            return False
        rest = other.area.difference(self.area)
        return bool(rest.is_empty or rest.area <= OVERLAP + CHORD * other.outline.length)


def _is_box_in(one: Shape, other: Shape) -> bool:
    x0, y0, x1, y1 = one.bounds
    left, low, right, high = other.bounds
    return bool(x0 >= left - CHORD and y0 >= low - CHORD and x1 <= right + CHORD and y1 <= high + CHORD)


def sound_shapes(
    drawing: Drawing, name: str, thickness: float, rules: Sequence[LayerRule] = ()
) -> tuple[list[Shape], list[str]]:
    """Outlines of the layers that are cut, and remarks on what was left out.

    Args:
        drawing: its outlines and open paths.
        name: of the file, for errors.
        thickness: of the sheet, mm.
        rules: of the workshop for layers that are named in another way.
    Raises: CsmError: one is open, or crosses itself; the error has its place.
    """
    shapes: list[Shape] = []
    remarks: list[str] = []
    for layer in sorted({*drawing.outlines, *drawing.open_paths}):
        spec = find_layer(layer, thickness, rules)
        if spec is not None and not spec.cuts:
            continue
        if spec is not None and spec.operation == "engrave":
            remarks.append(f"layer {layer!r}: engraving isn't part of a cut plan")
            continue
        _check_closed(drawing, layer, name)
        for outline in drawing.outlines.get(layer, ()):
            _check_simple(outline, layer, name)
            shapes.append(Shape(layer, spec, outline))
    return _once(shapes), remarks


def misdrawn(problem: str, name: str, layer: str, place: Point, remedy: str) -> CsmError:
    """What is wrong in a drawing, with its place.

    Args:
        name: of the file.
        layer: on which it lies, "" where it lies on several.
        place: mm, in the drawing.
    """
    x, y = place
    part = f"layer {layer}" if layer else ""
    return CsmError(
        f"{problem}, at ({x:.2f}, {y:.2f}) mm", kit=name, part=part, remedy=remedy, where=(place,)
    )


def _once(shapes: Sequence[Shape]) -> list[Shape]:
    """Outlines that lie on two layers, once: on the layer that says what they are."""
    kept: dict[tuple[object, ...], list[Shape]] = {}
    for shape in sorted(shapes, key=lambda s: s.is_free):
        twins = kept.setdefault(shape.place, [])
        if not any(shape.is_free or (shape.is_rim and twin.is_rim) for twin in twins):
            twins.append(shape)
    return [shape for twins in kept.values() for shape in twins]


def _check_closed(drawing: Drawing, layer: str, name: str) -> None:
    paths = drawing.open_paths.get(layer, ())
    if not paths:
        return
    (x, y), gap = min((path.nearest_end(paths) for path in paths), key=lambda found: (found[1], found[0]))
    more = f"; {len(paths) - 1} more on this layer" if len(paths) > 1 else ""
    if gap == 0:
        problem, remedy = "more than two lines meet", "draw each outline once, as a closed polyline"
    else:
        problem = f"the outline is open: {gap:.3f} mm to the nearest end"
        remedy = "close it, or put what isn't cut on a layer NOTES"
    raise misdrawn(problem, name, layer, (x, y), remedy + more)


def _check_simple(outline: Outline, layer: str, name: str) -> None:
    if len(outline.points(CHORD)) < 3:
        raise misdrawn("the outline encloses nothing", name, layer, outline.vertices[0][:2], "remove it")
    reason = shapely.is_valid_reason(Polygon(outline.points(CHORD)))
    if reason != "Valid Geometry":  # two arcs that come close, or one outline that crosses itself?
        reason = shapely.is_valid_reason(Polygon(outline.points(FINE)))
    if reason == "Valid Geometry":
        return
    found = re.search(r"\[(\S+) (\S+)\]", reason)
    place = (float(found[1]), float(found[2])) if found else outline.vertices[0][:2]
    raise misdrawn("the outline crosses or touches itself", name, layer, place, "draw it anew there")
