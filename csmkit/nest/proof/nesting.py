# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Proof of a nesting: everything is measured again, from the true arcs, by code that plans nothing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from csmkit.model import Finding, Layout, Nesting, NestInstance, StockSheet
from csmkit.nest.proof.bodies import COARSE, Body, Shape
from csmkit.nest.proof.panels import check_panels


def verify(nesting: Nesting, instance: NestInstance) -> tuple[Finding, ...]:
    """Measure a plan against its instance.

    Returns: what is wrong, nothing if the plan holds: unknown names, copies missing or twice, more sheets
        than there are, spacing, edges, defects, what the machine doesn't reach, grain, offcuts that aren't
        free, figures that don't add up.
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
        findings += check_panels(bodies, layout, stock[layout.stock], instance, place)
        findings += _offcuts(layout, bodies, stock[layout.stock], place)
    return (*findings, *_figures(nesting, instance))


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
