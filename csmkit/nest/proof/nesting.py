# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Proof of a nesting: everything is measured again, from the true arcs, by code that plans nothing.

Distances are right to less than a micrometre: where two outlines come near the limit, they are measured again
with chords that leave their arcs by at most 0.1 µm.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely import Polygon, STRtree
from shapely.geometry.base import BaseGeometry

from csmkit.model import Finding, Layout, Nesting, NestInstance, Outline, StockSheet

ALLOWED = 1e-3  # mm that a distance may be short: 1 µm, far below what a router can do
COARSE, FINE = 0.02, 1e-4  # mm between an arc and its chords


@dataclass(frozen=True)
class Shape:
    """An outline with its through holes, as polygons whose borders are within a distance of the true one."""

    outline: Outline
    holes: tuple[Outline, ...] = ()

    @cached_property
    def coarse(self) -> BaseGeometry:
        """Within COARSE."""
        return _polygon(self.outline, self.holes, COARSE)

    @cached_property
    def fine(self) -> BaseGeometry:
        """Within FINE."""
        return _polygon(self.outline, self.holes, FINE)


@dataclass(frozen=True)
class Body:
    """A part as it lies on the sheet: its shape, turned about (0, 0) by `angle` degrees, then shifted, mm."""

    name: str
    shape: Shape
    x: float = 0.0
    y: float = 0.0
    angle: float = 0.0

    @cached_property
    def coarse(self) -> BaseGeometry:
        """Its coarse polygon, prepared."""
        return _placed(self.shape.coarse, self.x, self.y, self.angle)

    @cached_property
    def fine(self) -> BaseGeometry:
        """Its fine polygon, prepared."""
        return _placed(self.shape.fine, self.x, self.y, self.angle)


def verify(nesting: Nesting, instance: NestInstance) -> tuple[Finding, ...]:
    """Measure a plan against its instance.

    Returns: what is wrong, nothing if the plan holds: unknown names, copies missing or twice, more sheets
        than there are, spacing, edges, defects, grain, offcuts that aren't free, figures that don't add up.
    """
    stock = {s.key: s for s in instance.stock}
    findings = [*_names(nesting, instance), *_counts(nesting, instance), *_stock_counts(nesting, instance)]
    if any(f.check == "names" for f in findings):
        return tuple(findings)
    shapes = {
        i.name: Shape(
            i.pattern.outline, tuple(h.region.outline for h in i.pattern.holes if not h.region.islands)
        )
        for i in instance.items
    }
    for number, layout in enumerate(nesting.layouts, start=1):
        place = f"sheet {number} ({layout.stock})"
        bodies = [
            Body(f"{p.item} copy {p.copy}", shapes[p.item], p.x, p.y, p.angle) for p in layout.placements
        ]
        findings += _grain(layout, stock[layout.stock], instance, place)
        findings += check_bodies(bodies, stock[layout.stock], instance, place)
        findings += _offcuts(layout, bodies, stock[layout.stock], place)
    return (*findings, *_figures(nesting, instance))


def check_bodies(
    bodies: Sequence[Body], stock: StockSheet, instance: NestInstance, place: str
) -> Iterator[Finding]:
    """Spacing between parts, their distance from the sheet's edge and from its defects.

    Args:
        bodies: outlines in the sheet's frame, mm, as planned or as read back from a file.
        place: how findings call the sheet.
    """
    sheet = Body("the sheet", Shape(stock.outline))
    defects = [Body("defect", Shape(d)) for d in stock.defects]
    rules = instance.rules
    for body in bodies:
        if problem := _at_edge(body, sheet, rules.edge):
            yield _finding(instance, "edge", body.name, f"{problem} on {place}")
        for defect in defects:
            if (gap := _short_gap(body, defect, rules.edge)) is not None:
                problem = f"{gap:.4f} mm from a defect, needs {rules.edge:g} mm, on {place}"
                yield _finding(instance, "defect", body.name, problem)
    if not bodies:
        return
    tree = STRtree([b.coarse for b in bodies])
    pairs = tree.query([b.coarse for b in bodies], predicate="dwithin", distance=rules.spacing + 2 * COARSE)
    for i, j in sorted((int(i), int(j)) for i, j in pairs.T if i < j):
        if (gap := _short_gap(bodies[i], bodies[j], rules.spacing)) is not None:
            problem = f"{gap:.4f} mm from {bodies[j].name}, needs {rules.spacing:g} mm, on {place}"
            yield _finding(instance, "spacing", bodies[i].name, problem)


def _polygon(outline: Outline, holes: Sequence[Outline], chord: float) -> BaseGeometry:
    polygon = shapely.make_valid(Polygon(outline.points(chord)))
    if not holes:
        return polygon
    return polygon.difference(shapely.union_all([Polygon(h.points(chord)) for h in holes]))


def _placed(shape: BaseGeometry, x: float, y: float, angle: float) -> BaseGeometry:
    """A shape turned, then shifted; exact at quarter turns."""
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    if angle % 90 == 0:
        c, s = round(c), round(s)
    turned = np.array([[c, s], [-s, c]], dtype=float)
    placed: BaseGeometry = shapely.transform(shape, lambda points: points @ turned + (x, y))
    shapely.prepare(placed)
    return placed


def _short_gap(one: Body, other: Body, needed: float) -> float | None:
    """The distance between two bodies where it is less than needed, mm; None where it is enough.

    Measured finely only where it is near what is needed. Where none is needed, bodies may touch, and share
    no more than a strip of a micrometre.
    """
    least = needed - ALLOWED
    if not shapely.dwithin(one.coarse, other.coarse, max(least, 0.0) + 2 * COARSE):
        return None
    if least > 0 and shapely.dwithin(one.fine, other.fine, least):
        gap = float(shapely.distance(one.fine, other.fine))
        return gap if gap < least else None
    overlaps = shapely.intersects(one.coarse, other.coarse) and shapely.intersects(
        one.fine.buffer(-ALLOWED), other.fine
    )
    return 0.0 if overlaps else None


def _at_edge(body: Body, sheet: Body, edge: float) -> str:
    """What is wrong between a body and the edge of its sheet, "" if nothing."""
    border = sheet.coarse.boundary
    if shapely.covers(sheet.coarse, body.coarse) and not shapely.dwithin(
        body.coarse, border, edge + 2 * COARSE
    ):
        return ""
    outside = body.fine.difference(sheet.fine)
    if outside.area > 0:
        by = max(shapely.distance(shapely.points(c), sheet.fine) for c in shapely.get_coordinates(outside))
        if by > ALLOWED:
            return f"{by:.4f} mm outside of the sheet"
    if not shapely.dwithin(body.fine, sheet.fine.boundary, edge - ALLOWED):
        return ""
    gap = float(shapely.distance(body.fine, sheet.fine.boundary))
    return f"{gap:.4f} mm from the edge, needs {edge:g} mm," if gap < edge - ALLOWED else ""


def _names(nesting: Nesting, instance: NestInstance) -> Iterator[Finding]:
    items, stock = {i.name for i in instance.items}, {s.key for s in instance.stock}
    if nesting.sheet != instance.sheet:
        yield _finding(instance, "names", "", f"the plan is for {nesting.sheet}, not {instance.sheet}")
    for name in {p.item for layout in nesting.layouts for p in layout.placements} | {*nesting.unplaced}:
        if name not in items:
            yield _finding(instance, "names", name, "is in the plan but not in the cut list")
    for key in {layout.stock for layout in nesting.layouts} - stock:
        yield _finding(instance, "names", "", f"the plan opens {key}, which the workshop doesn't have")
    for p in (p for layout in nesting.layouts for p in layout.placements):
        if not all(math.isfinite(v) for v in (p.x, p.y, p.angle)):
            yield _finding(instance, "names", p.item, f"copy {p.copy} stands at ({p.x}, {p.y}, {p.angle})")


def _counts(nesting: Nesting, instance: NestInstance) -> Iterator[Finding]:
    """Each copy placed exactly once, or listed as left over."""
    placed = Counter((p.item, p.copy) for layout in nesting.layouts for p in layout.placements)
    for (name, copy), times in sorted(placed.items()):
        if times > 1:
            yield _finding(instance, "count", name, f"copy {copy} is placed {times} times")
    left = Counter(nesting.unplaced)
    for item in instance.items:
        copies = {c for n, c in placed if n == item.name}
        strange = copies - set(range(1, item.quantity + 1))
        if strange or len(copies) + left[item.name] != item.quantity:
            problem = f"{len(copies)} copies placed and {left[item.name]} left over of {item.quantity}"
            yield _finding(instance, "count", item.name, problem)


def _stock_counts(nesting: Nesting, instance: NestInstance) -> Iterator[Finding]:
    opened = Counter(layout.stock for layout in nesting.layouts)
    for stock in instance.stock:
        if stock.quantity is not None and opened[stock.key] > stock.quantity:
            problem = f"the plan opens {opened[stock.key]} of {stock.key}, there are {stock.quantity}"
            yield _finding(instance, "stock", "", problem)


def _grain(layout: Layout, stock: StockSheet, instance: NestInstance, place: str) -> Iterator[Finding]:
    grains = {i.name: i.pattern.grain for i in instance.items}
    for p in layout.placements:
        grain = grains[p.item]
        if grain is None or stock.grain is None:
            continue
        off = (p.angle - (0 if grain == stock.grain else 90)) % 180
        if min(off, 180 - off) > 1e-6:
            problem = (
                f"copy {p.copy} is turned by {p.angle:g}°: its grain in {grain} is not along the sheet's"
            )
            yield _finding(instance, "grain", p.item, f"{problem} in {stock.grain} on {place}")


def _offcuts(layout: Layout, bodies: Sequence[Body], stock: StockSheet, place: str) -> Iterator[Finding]:
    """What the plan calls an offcut is whole: inside of the sheet, without parts, defects, other offcuts."""
    taken: list[BaseGeometry] = [b.coarse for b in bodies]
    taken += [Polygon(d.points(COARSE)) for d in stock.defects]
    room = Polygon(stock.outline.points(COARSE)).buffer(0.2)  # offcuts are rounded to 0.1 mm
    for offcut in layout.offcuts:
        polygon = Polygon(offcut.points(COARSE))
        inner = polygon.buffer(-0.2)
        if not room.covers(polygon) or any(inner.intersects(t) for t in taken):
            yield Finding("", "offcut", "", f"an offcut of {place} is not free", "plan again with --replan")
        taken.append(polygon)


def _figures(nesting: Nesting, instance: NestInstance) -> Iterator[Finding]:
    """Yield from areas; bound and equivalent sheets in their order."""
    area = {
        i.name: i.pattern.outline.area - sum(f.region.area for f in i.pattern.holes) for i in instance.items
    }
    sheet = {s.key: s.outline.area for s in instance.stock}
    opened = sum(sheet[layout.stock] for layout in nesting.layouts)
    parts = sum(area[p.item] for layout in nesting.layouts for p in layout.placements)
    share = parts / opened if opened else 0.0
    if not math.isclose(share, nesting.yield_, abs_tol=1e-6):
        yield _finding(
            instance, "figures", "", f"yield {nesting.yield_:.4f} is given, {share:.4f} is measured"
        )
    if not nesting.unplaced and nesting.lower_bound > nesting.equivalent_sheets + 1e-6:
        problem = f"{nesting.equivalent_sheets:.4f} sheets are fewer than the bound {nesting.lower_bound:.4f}"
        yield _finding(instance, "figures", "", problem)


def _finding(instance: NestInstance, check: str, part: str, problem: str) -> Finding:
    return Finding(instance.sheet, check, part, problem, "plan again with --replan")
