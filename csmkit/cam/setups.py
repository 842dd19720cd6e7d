# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The clampings of a nested sheet: what is cut from its top, and before that from below if anything is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

import shapely
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from csmkit.cam.curves.reach import outline_polygon
from csmkit.cam.paths.drill import CLEARED
from csmkit.model.cam import Cut, Setup
from csmkit.model.cutting import CutItem, Layout, Placement
from csmkit.model.facts import Feature, FlatPattern
from csmkit.model.outline import Outline, Point, Region
from csmkit.model.stock import Sheet, StockSheet
from csmkit.model.tenth import tenth
from csmkit.model.workshop import Workshop

SAME = 1e-3  # mm of box, mm² of area: far below what a machine resolves
DOWEL = "dowel"  # what the holes belong to that find the sheet's place again
DOWEL_EDGE = 3.0  # mm of wood between a dowel and the edge of the sheet
DOWEL_KERF = 0.5  # mm between a dowel and the kerf of a part
PIN_HOLD = 4.0  # mm of spoil board that hold a pin upright; judgement


def setups(
    layout: Layout,
    number: int,
    items: Mapping[str, CutItem],
    stock: StockSheet,
    sheet: Sheet,
    workshop: Workshop,
) -> tuple[Setup, ...]:
    """The clampings of one sheet, in the order of work.

    A sheet with features below is cut from below first, while nothing is loose yet; then it is turned over
    left to right and cut from the top. Two dowel holes in the waste, drilled in the first clamping through
    the sheet and on into the spoil board, lie mirrored to one another: the same two pins in the spoil board
    hold the sheet either way. In the second clamping the pins are in them, so nothing is cut there.

    Args:
        layout, number: what lies where, and which sheet of its plan it is, from 1.
        items: what the placements name.
        sheet: the good, with its real thickness.
        workshop: its usual cutter has the dowels' diameter; round holes up to four times as wide are cleared
            whole, wider ones cut round. Dowel holes go as deep as its rules say and the flutes reach.
    """
    cutter = workshop.cutter
    name = f"{stock.key}-{number}"
    turned = any(items[p.item].pattern.is_two_sided for p in layout.placements)
    deep = sheet.thickness + pin_depth(sheet.thickness, workshop)
    dowels = _dowels(layout, items, stock, cutter, deep) if turned else ()
    top = Setup(
        name=name,
        stock=stock.outline,
        thickness=sheet.thickness,
        material=sheet.material.key,
        side="top",
        cuts=tuple(cut for p in layout.placements for cut in _from_top(items[p.item], p, cutter)),
        keep_out=stock.defects,
        pins=tuple(_middle(hole) for hole in dowels) if turned else None,
    )
    if not turned:
        return (top,)
    width = stock.outline.bounds[0] + stock.outline.bounds[2]
    below = [cut for p in layout.placements for cut in _from_below(items[p.item], p, cutter)]
    contours = [(_name(items[p.item], p), _lies(items[p.item].pattern.outline, p)) for p in layout.placements]
    bottom = replace(
        top,
        name=f"{name}-bottom",
        side="bottom",
        stock=turned_over(stock.outline, width),
        cuts=(*dowels, *(replace(c, region=_region_over(c.region, width)) for c in below)),
        keep_out=tuple(turned_over(d, width) for d in stock.defects),
        contours=tuple((part, turned_over(outline, width)) for part, outline in contours),
    )
    return bottom, top


def pin_depth(thickness: float, workshop: Workshop, tool: str = "") -> float:
    """How deep the pins' holes go into the spoil board, mm: as asked, or as far as the flutes reach.

    Args:
        tool: that makes them; by default the workshop's usual cutter.
    """
    flutes = workshop.tool(tool or workshop.cutting.tool).flute_length
    return max(min(workshop.cam.pin_depth, flutes - thickness - workshop.cam.through), 0.0)


def pin_notes(setup: Setup, workshop: Workshop) -> tuple[str, ...]:
    """What the maker should know of the pins that a turned sheet is put on, before it is turned."""
    if setup.side == "top" or setup.pins is None:
        return ()
    if not setup.pins:
        return (
            "no room in the waste for two pins: they would find the sheet's place again once it is turned"
            f" over; leave a strip of {pin_room(workshop.cutter):g} mm free along its left and right edge, or"
            " set x and y zero anew with care",
        )
    deep = max(cut.depth for cut in setup.cuts if cut.part == DOWEL) - setup.thickness
    if deep >= min(PIN_HOLD, workshop.cam.pin_depth):
        return ()
    return (
        f"the pins' holes go only {deep:.1f} mm into the spoil board, as far as their cutter's flutes reach:"
        " drill them on by hand, or choose a longer cutter",
    )


def pin_room(cutter: float) -> float:
    """Width of a strip of waste in which a pin has room beside a part's kerf, mm."""
    return math.ceil(DOWEL_EDGE + 2 * cutter + DOWEL_KERF)


def turned_over(outline: Outline, width: float) -> Outline:
    """An outline as it lies once a sheet of this width is turned over left to right."""
    return outline.mirrored().moved(x=width)


def clears(feature: Feature, pattern: FlatPattern) -> Region:
    """What a cutter clears for a feature.

    A flat pattern tells what each feature takes away, so a pocket with a hole in its floor has the hole as an
    island; the cutter goes right across it.
    """
    deeper = [
        other.region.outline
        for other in pattern.features
        if other.through or (other.side == feature.side and other.depth > feature.depth)
    ]
    islands = (i for i in feature.region.islands if not any(_is_same(i, other) for other in deeper))
    return Region(feature.region.outline, tuple(islands))


def hole_cuts(pattern: FlatPattern, part: str, cutter: float) -> tuple[Cut, ...]:
    """A part's through holes and drilled ones as they are cut, in the pattern's own place.

    Args:
        part: its name.
        cutter: diameter of the workshop's usual one, mm.
    """
    unmoved = Placement(part, 1, 0.0, 0.0, 0.0)
    cuts = (_cut(feature, pattern, part, unmoved, cutter) for feature in pattern.features)
    return tuple(cut for cut in cuts if cut.kind != "pocket")


def _from_top(item: CutItem, placement: Placement, cutter: float) -> Iterator[Cut]:
    pattern, part = item.pattern, _name(item, placement)
    for feature in pattern.features:
        if feature.through or feature.side == "top":
            yield _cut(feature, pattern, part, placement, cutter)
    contour = Region(_lies(pattern.outline, placement))
    yield Cut("outside", part, contour, pattern.thickness, True)


def _from_below(item: CutItem, placement: Placement, cutter: float) -> Iterator[Cut]:
    for feature in item.pattern.features:
        if feature.side == "bottom" and not feature.through:
            yield _cut(feature, item.pattern, _name(item, placement), placement, cutter)


def _cut(feature: Feature, pattern: FlatPattern, part: str, placement: Placement, cutter: float) -> Cut:
    """A cut as deep as the layer of the drawing says, so that either is proven against the other."""
    region = clears(feature, pattern).moved(placement.x, placement.y, placement.angle)
    depth = pattern.thickness if feature.through else min(tenth(feature.depth), pattern.thickness)
    found = region.outline.circle_of
    if feature.kind == "drill" and found is not None and not region.islands and found[2] <= CLEARED * cutter:
        return Cut("drill", part, region, depth, feature.through)
    return Cut("inside" if feature.through else "pocket", part, region, depth, feature.through)


def _name(item: CutItem, placement: Placement) -> str:
    return f"{item.name} {placement.copy}"


def _middle(hole: Cut) -> Point:
    x0, y0, x1, y1 = hole.region.outline.bounds
    return ((x0 + x1) / 2, (y0 + y1) / 2)


def _lies(outline: Outline, placement: Placement) -> Outline:
    return outline.moved(placement.x, placement.y, placement.angle)


def _region_over(region: Region, width: float) -> Region:
    return Region(turned_over(region.outline, width), tuple(turned_over(i, width) for i in region.islands))


def _is_same(a: Outline, b: Outline) -> bool:
    near = all(abs(p - q) < SAME for p, q in zip(a.bounds, b.bounds, strict=True))
    return near and abs(abs(a.area) - abs(b.area)) < SAME * max(1.0, a.length)


def _dowels(
    layout: Layout, items: Mapping[str, CutItem], stock: StockSheet, cutter: float, depth: float
) -> tuple[Cut, ...]:
    """Two holes in the waste, one the mirror image of the other, as far apart as there is room; or none.

    Args:
        cutter: their diameter, mm.
        depth: from the top of the sheet, mm.
    """
    radius = cutter / 2
    parts = [outline_polygon(_lies(items[p.item].pattern.outline, p)) for p in layout.placements]
    taken = [
        *(p.buffer(cutter + DOWEL_KERF + radius, quad_segs=4) for p in parts),
        *(outline_polygon(d).buffer(radius + DOWEL_EDGE) for d in stock.defects),
    ]
    inner: BaseGeometry = outline_polygon(stock.outline).buffer(-radius - DOWEL_EDGE)
    waste = inner.difference(shapely.union_all(taken))
    width = stock.outline.bounds[0] + stock.outline.bounds[2]
    both = waste.intersection(affine_transform(waste, [-1, 0, 0, 1, width, 0]))
    spots = sorted(_spots(both, width), key=lambda p: (p[0], -p[1]))
    if not spots:
        return ()
    x, y = spots[0]
    return tuple(
        Cut("drill", DOWEL, Region(Outline.circle(at, y, cutter)), depth, True) for at in (x, width - x)
    )


def _spots(waste: BaseGeometry, width: float) -> Iterator[Point]:
    """Places to choose from in the left half, to a tenth of a millimetre."""
    inner = waste.buffer(-0.1)
    for piece in () if inner.is_empty else shapely.get_parts(inner):
        corners = [xy for ring in (piece.exterior, *piece.interiors) for xy in ring.coords]
        for x, y in (*corners, piece.representative_point().coords[0]):
            spot = (round(x, 1), round(y, 1))
            if spot[0] < width / 2 - 25 and waste.contains(shapely.Point(spot)):
                yield spot
