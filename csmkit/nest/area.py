# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Areas that planners reckon with: polygons of patterns and sheets on the safe side, and the lower bound."""

from __future__ import annotations

import math

from shapely import Polygon, box, get_parts
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from csmkit.model import FlatPattern, NestInstance, Outline, StockSheet

CHORD = 0.1  # mm between an arc and its polygon; finer gained nothing and slows the engines
BOXY = 0.8  # of the area
FINE = 0.01  # mm, for areas


def covering(outline: Outline, spacing: float) -> Polygon:
    """A polygon around an outline that leaves its box nowhere: what an engine may place for it.

    Slots that no other part can enter with the spacing on both sides are filled: joints and corner reliefs
    have many corners, and corners cost time.
    """
    polygon = Polygon(outline.points(CHORD, "outside"))
    grown = polygon.buffer(spacing, join_style="mitre").buffer(-spacing, join_style="mitre")
    closed = Polygon(_one(unary_union([polygon, grown])).exterior).simplify(1e-6)
    return _one(closed.intersection(box(*outline.bounds)))


def free_holes(pattern: FlatPattern) -> list[Polygon]:
    """Polygons within the pattern's through holes, islands' holes left out: a small part may lie there."""
    holes = (f.region for f in pattern.holes if not f.region.islands)
    return [Polygon(h.outline.points(CHORD, "inside")) for h in holes]


def sheet_polygon(stock: StockSheet) -> Polygon:
    """A polygon within a sheet's outline, without its defects."""
    polygon = Polygon(stock.outline.points(CHORD, "inside"))
    return _one(polygon.difference(unary_union([Polygon(d.points(CHORD, "outside")) for d in stock.defects])))


def is_plain(stock: StockSheet) -> bool:
    """A rectangle without defects."""
    return not stock.defects and math.isclose(
        stock.outline.area, stock.size[0] * stock.size[1], rel_tol=1e-12
    )


def is_boxy(instance: NestInstance) -> bool:
    """Nearly all of the parts' area is in plain rectangles: a plan for the saw may be the best."""
    areas = [(i.pattern, abs(i.pattern.outline.area) * i.quantity) for i in instance.items]
    boxes = sum(a for p, a in areas if math.isclose(abs(p.outline.area), math.prod(p.size), rel_tol=1e-6))
    return boxes >= BOXY * sum(a for _, a in areas)


def net_area(pattern: FlatPattern) -> float:
    """Area of a pattern without its through holes, mm²."""
    return abs(pattern.outline.area) - sum(f.region.area for f in pattern.holes)


def reference_area(instance: NestInstance) -> float:
    """Area that counts as one sheet, mm²: the largest sheet's, an offcut's only where there are no sheets."""
    sheets = [s for s in instance.stock if s.kind == "sheet"] or list(instance.stock)
    return max((s.outline.area for s in sheets), default=1.0)


def lower_bound(instance: NestInstance) -> float:
    """Equivalent sheets that no plan can beat.

    Parts grown by half the spacing don't overlap, and lie within the sheet without its edges grown by as
    much. Where the stock is one plain rectangle that gives the bound (the last sheet counts up to the right
    end of its parts); with several sizes the cheapest of them counts, with polygons, defects or panels the
    bare area of the parts.
    """
    reference = reference_area(instance)
    if not instance.items:
        return 0.0
    if not all(is_plain(s) and not s.panels for s in instance.stock):
        return sum(_filled(i.pattern, instance).area * i.quantity for i in instance.items) / reference
    spacing, edge = instance.rules.spacing, instance.rules.edge
    grown = sum(
        _filled(i.pattern, instance).buffer(spacing / 2, quad_segs=32).area * i.quantity
        for i in instance.items
    )
    sizes = {s.size for s in instance.stock}
    inner = {(w, h): (w - 2 * edge + spacing, h - 2 * edge + spacing) for w, h in sizes}
    inner = {size: net for size, net in inner.items() if min(net) > 0}
    if len(inner) == 1:
        ((width, _), (w, h)) = next(iter(inner.items()))
        share = grown / (w * h)
        full = math.ceil(share) - 1
        return full + max((share - full) * w + edge - spacing, 0.0) / width
    cost = min((min(1.0, size[0] / w) * size[1] / h for size, (w, h) in inner.items()), default=1.0)
    loss = min((size[1] for size in inner), default=0.0) * max(spacing - edge, 0.0)
    return max(grown * cost - loss, 0.0) / reference


def _filled(pattern: FlatPattern, instance: NestInstance) -> Polygon:
    """The pattern; holes that no part of the instance can use count as material."""
    smallest = min(abs(i.pattern.outline.area) for i in instance.items)
    outer = Polygon(pattern.outline.points(FINE, "inside"))
    holes = [Polygon(f.region.outline.points(FINE, "outside")) for f in pattern.holes]
    usable = [h for h in holes if h.buffer(-instance.rules.spacing).area >= smallest]
    return _one(outer.difference(unary_union(usable)))


def _one(shape: BaseGeometry) -> Polygon:
    """The polygon itself; the largest where clipping at the box has left slivers beside it."""
    if isinstance(shape, Polygon):
        return shape
    return max((p for p in get_parts(shape) if isinstance(p, Polygon)), key=lambda p: p.area)
