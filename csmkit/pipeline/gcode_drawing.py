# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A layered DXF as clampings: parts where they lie, the sheet around them, names engraved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import shapely
from shapely import Polygon

from csmkit.cam.setups import setups
from csmkit.catalog.nearest import nearest
from csmkit.errors import CsmError
from csmkit.export.dxf.drawing import Drawing, DrawingText, read_drawing
from csmkit.export.dxf.layers import LayerSpec, find_layer
from csmkit.export.dxf.parts import placed_parts
from csmkit.export.own_parts.drawings import WORDS
from csmkit.export.own_parts.kit import find_good
from csmkit.model import CutItem, FlatPattern, Layout, Outline, Placement, Region, Sheet, StockSheet, Workshop
from csmkit.model.cam import Cut, Setup
from csmkit.model.outline import Point

AIR = 1.0  # mm around the parts beyond the cutter's kerf, where the drawing shows no sheet
CHORD = 0.01  # mm between an engraved arc and its chords
_COPY = re.compile(r"(?P<part>.*\S) (?P<copy>[1-9]\d{0,4})")
Placed = tuple[FlatPattern, Point]
Means = Callable[[str], LayerSpec | None]  # what a layer of the drawing tells
SCHEMES = "name layers like CUT-OUTSIDE-12.0MM, or say under [[layers]] in the workshop file what yours mean"


@dataclass(frozen=True)
class Drawn:
    """What a drawing asks for.

    Args:
        setups: clampings in the order of work; the last is the one from the top.
        sheet: what it is cut from.
        remarks: what was left out.
    """

    setups: tuple[Setup, ...]
    sheet: Sheet
    remarks: tuple[str, ...]


def drawn_setups(
    data: bytes, name: str, workshop: Workshop, sheet: str | None = None, to_zero: bool = False
) -> Drawn:
    """Clampings of a drawing.

    Args:
        data: the DXF; layers of our scheme, OpenDesk's, WikiHouse's or the workshop's rules tell operation
            and depth; others are not cut.
        name: of the file.
        workshop: its goods with their real thickness, its cutters.
        sheet: good to cut from; by default what a note in the drawing says.
        to_zero: the stock's lower left corner is brought to (0, 0); else all stays where it is drawn.
    Raises: CsmError: one line with file, layer and place.
    """
    whole = read_drawing(data, name)
    good = _good(whole, name, workshop, sheet)

    def means(layer: str) -> LayerSpec | None:
        return find_layer(layer, good.thickness, workshop.layers)

    drawing, unknown = _known(whole, name, means)
    placed, remarks = placed_parts(drawing, name, good.thickness, workshop.layers)
    stem = re.sub(r"(?i)\.dxf$", "", name)
    sheets = [o for layer, found in drawing.outlines.items() if _is_on(means(layer), "sheet") for o in found]
    outline, zero = _stock(sheets, name, placed, workshop.cutter, to_zero)
    _check_unit(drawing, name, outline, workshop)
    _check_on_sheet(placed, outline, name)
    labels = [t for t in drawing.texts if _is_on(means(t.layer), "labels", "engrave")]
    rows = list(_rows(labels, placed, good, stem))
    layout = Layout(stem, tuple(replace(p, x=p.x - zero[0], y=p.y - zero[1]) for _, p in rows), ())
    items = {placement.item: item for item, placement in rows}
    stock = StockSheet(
        stem, good.key, outline.moved(-zero[0], -zero[1]), Decimal(0), 1, "sheet", None, (), ""
    )
    *below, top = setups(layout, 1, items, stock, good, workshop)
    names = [(f"{item.name} {p.copy}", item.pattern.outline.moved(p.x, p.y)) for item, p in rows]
    marks = [_shifted(cut, zero) for cut in _engraved(drawing, means, names, stem)]
    top = replace(top, name=stem, cuts=(*marks, *top.cuts))
    below = [replace(setup, name=f"{stem}-bottom") for setup in below]
    told = [r for r in (*unknown, *drawing.remarks, *remarks) if "engraving" not in r]
    return Drawn((*below, top), good, tuple(told))


def _known(drawing: Drawing, name: str, means: Means) -> tuple[Drawing, tuple[str, ...]]:
    """The drawing without layers that tell nothing, and a remark on them: nobody cuts by guessing."""
    layers = sorted({*drawing.outlines, *drawing.open_paths})
    unknown = [layer for layer in layers if means(layer) is None]
    if not any(spec.cuts for layer in layers if (spec := means(layer)) is not None):
        seen = ", ".join(map(repr, layers)) or "none"
        raise CsmError(f"no layer tells what to cut (layers with lines: {seen})", kit=name, remedy=SCHEMES)
    if not unknown:
        return drawing, ()
    outlines = {layer: found for layer, found in drawing.outlines.items() if layer not in unknown}
    paths = {layer: found for layer, found in drawing.open_paths.items() if layer not in unknown}
    remark = f"not cut, for nothing tells what is meant by layer {', '.join(map(repr, unknown))}; {SCHEMES}"
    return replace(drawing, outlines=outlines, open_paths=paths), (remark,)


def _check_unit(drawing: Drawing, name: str, stock: Outline, workshop: Workshop) -> None:
    """A drawing that says inches and means millimetres is 25 times too large."""
    x0, y0, x1, y1 = stock.bounds
    reach = sorted(workshop.machine.envelope[:2])
    size = sorted((x1 - x0, y1 - y0))
    if drawing.unit != "mm" and any(a > b for a, b in zip(size, reach, strict=True)):
        raise CsmError(
            f"is {x1 - x0:.0f} × {y1 - y0:.0f} mm, for it says that it is drawn in {WORDS[drawing.unit]}",
            kit=name,
            remedy="if it is drawn in mm, set the drawing's units to millimetres and save it again",
        )


def _check_on_sheet(placed: Sequence[Placed], stock: Outline, name: str) -> None:
    sheet = Polygon(stock.points(CHORD)).buffer(CHORD)
    for pattern, corner in placed:
        beyond = Polygon(pattern.outline.moved(*corner).points(CHORD)).difference(sheet)
        if not beyond.is_empty:
            x, y = beyond.representative_point().coords[0]
            raise CsmError(
                f"a part lies beyond the sheet at ({x:.1f}, {y:.1f}) mm",
                kit=name,
                remedy="move it, or draw the sheet on the layer SHEET as large as it is",
                where=((x, y),),
            )


def _good(drawing: Drawing, name: str, workshop: Workshop, sheet: str | None) -> Sheet:
    """The sheet good: as asked, else the first that a note of the drawing names."""
    notes = [t.text for t in drawing.texts if t.layer.upper() == "NOTES"]
    words = [sheet] if sheet else [word for note in notes for word in re.split(r"[ ,×]+", note)]
    for word in words:
        good = find_good(workshop, word)
        if isinstance(good, Sheet):
            return good
    keys = [s.key for s in workshop.sheets]
    if sheet:
        raise CsmError(f"unknown sheet {sheet!r}", kit=name, remedy=nearest(sheet, keys))
    raise CsmError("tells no material", kit=name, remedy=f"name it with --sheet; {nearest('', keys)}")


def _stock(
    sheets: Sequence[Outline], name: str, placed: Sequence[Placed], cutter: float, to_zero: bool
) -> tuple[Outline, Point]:
    """The sheet as it is drawn, and the point of the drawing that becomes zero."""
    if len(sheets) > 1:
        x, y = sheets[1].bounds[:2]
        raise CsmError(
            f"shows {len(sheets)} sheets, one at ({x:.1f}, {y:.1f}) mm",
            kit=name,
            remedy="save one sheet a file",
            where=((x, y),),
        )
    if sheets:
        return sheets[0], sheets[0].bounds[:2] if to_zero else (0.0, 0.0)
    air = cutter + AIR
    x0, y0 = (min(corner[i] for _, corner in placed) - air for i in (0, 1))
    x1, y1 = (max(corner[i] + pattern.size[i] for pattern, corner in placed) + air for i in (0, 1))
    if not to_zero:
        return Outline.rectangle(x0, y0, x1, y1), (0.0, 0.0)
    zero = (0.0, 0.0) if min(x0, y0) >= 0 else (x0, y0)
    return Outline.rectangle(*zero, x1, y1), zero


def _rows(
    labels: Sequence[DrawingText], placed: Sequence[Placed], good: Sheet, stem: str
) -> Iterator[tuple[CutItem, Placement]]:
    """Every part with its name and number, as the drawing labels it."""
    used: set[tuple[str, int]] = set()
    for number, (pattern, (x, y)) in enumerate(placed, 1):
        area = Polygon(pattern.outline.moved(x, y).points(CHORD))
        text = next((t.text for t in labels if area.contains(shapely.Point(t.place))), f"part {number}")
        found = _COPY.fullmatch(text)
        part, copy = (found["part"], int(found["copy"])) if found else (text, 1)
        while (part, copy) in used:
            copy += 1
        used.add((part, copy))
        yield CutItem(stem, part, good.key, pattern, 1), Placement(f"{part} {copy}", copy, x, y, 0.0)


def _engraved(
    drawing: Drawing, means: Means, names: Sequence[tuple[str, Outline]], stem: str
) -> Iterator[Cut]:
    """Lines on layers to engrave, a cut for each part that they lie on."""
    areas = [(name, Polygon(outline.points(CHORD))) for name, outline in names]
    for layer in sorted({*drawing.outlines, *drawing.open_paths}):
        spec = means(layer)
        if spec is None or spec.operation != "engrave" or spec.side != "top" or not spec.depth:
            continue
        strokes: dict[str, list[tuple[Point, ...]]] = {}
        for stroke in _strokes(drawing, layer):
            spot = shapely.Point(stroke[0])
            owner = next((name for name, area in areas if area.contains(spot)), f"{stem}/engraving")
            strokes.setdefault(owner, []).append(stroke)
        for owner, lines in strokes.items():
            box = shapely.MultiPoint([p for line in lines for p in line]).bounds
            yield Cut("engrave", owner, Region(Outline.rectangle(*box)), spec.depth, False, tuple(lines))


def _strokes(drawing: Drawing, layer: str) -> Iterator[tuple[Point, ...]]:
    for outline in drawing.outlines.get(layer, ()):
        points = outline.points(CHORD)
        yield (*points, points[0])
    for path in drawing.open_paths.get(layer, ()):
        corners = [(*arc.start, arc.bulge) for arc in path.arcs]
        yield tuple(Outline((*corners, (*path.arcs[-1].end, 0.0))).points(CHORD))


def _shifted(cut: Cut, zero: Point) -> Cut:
    strokes = tuple(tuple((x - zero[0], y - zero[1]) for x, y in stroke) for stroke in cut.strokes)
    return replace(cut, region=cut.region.moved(-zero[0], -zero[1]), strokes=strokes)


def _is_on(spec: LayerSpec | None, *operations: str) -> bool:
    return spec is not None and spec.operation in operations
