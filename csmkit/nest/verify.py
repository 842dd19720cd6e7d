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

import shapely
from shapely import Polygon, STRtree
from shapely.geometry.base import BaseGeometry

from csmkit.errors import CsmError
from csmkit.model import Finding, Layout, Nesting, NestInstance, Outline, StockSheet

ALLOWED = 1e-3  # mm that a distance may be short: 1 µm, far below what a router can do
COARSE, FINE = 0.02, 1e-4  # mm between an arc and its chords


@dataclass(frozen=True)
class Body:
    """A part as it lies on the sheet: its outline and its through holes."""

    name: str
    outline: Outline
    holes: tuple[Outline, ...] = ()

    @cached_property
    def coarse(self) -> BaseGeometry:
        """Polygon whose border is within COARSE of the true one."""
        return _polygon(self.outline, self.holes, COARSE)

    @cached_property
    def fine(self) -> BaseGeometry:
        """Polygon whose border is within FINE of the true one."""
        return _polygon(self.outline, self.holes, FINE)


def verify(nesting: Nesting, instance: NestInstance) -> tuple[Finding, ...]:
    """Measure a plan against its instance.

    Returns: what is wrong, nothing if the plan holds: unknown names, copies missing or twice, more sheets
        than there are, spacing, edges, defects, grain, offcuts that aren't free, figures that don't add up.
    """
    stock = {s.key: s for s in instance.stock}
    items = {i.name: i for i in instance.items}
    findings = [*_names(nesting, instance), *_counts(nesting, instance), *_stock_counts(nesting, instance)]
    if any(f.check == "names" for f in findings):
        return tuple(findings)
    for number, layout in enumerate(nesting.layouts, start=1):
        place = f"sheet {number} ({layout.stock})"
        bodies = []
        for p in layout.placements:
            pattern = items[p.item].pattern
            holes = tuple(h.region.outline for h in pattern.holes if not h.region.islands)
            bodies.append(
                Body(
                    f"{p.item} copy {p.copy}",
                    pattern.outline.moved(p.x, p.y, p.angle),
                    tuple(h.moved(p.x, p.y, p.angle) for h in holes),
                )
            )
        findings += _grain(layout, stock[layout.stock], instance, place)
        findings += check_bodies(bodies, stock[layout.stock], instance, place)
        findings += _offcuts(layout, bodies, stock[layout.stock], place)
    return (*findings, *_figures(nesting, instance))


def prove(nesting: Nesting, instance: NestInstance) -> None:
    """Raise what `verify` finds.

    Raises: CsmError: the plan doesn't hold.
    """
    findings = verify(nesting, instance)
    if findings:
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        raise CsmError(
            f"the cut plan does not hold: {findings[0].problem}{more}",
            kit=findings[0].kit,
            part=findings[0].part,
            remedy="plan again with --replan",
        )


def check_bodies(
    bodies: Sequence[Body], stock: StockSheet, instance: NestInstance, place: str
) -> Iterator[Finding]:
    """Spacing between parts, their distance from the sheet's edge and from its defects.

    Args:
        bodies: outlines in the sheet's frame, mm, as planned or as read back from a file.
        place: how findings call the sheet.
    """
    sheet = Body("the sheet", stock.outline)
    rules = instance.rules
    for body in bodies:
        if problem := _at_edge(body, sheet, rules.edge):
            yield _finding(instance, "edge", body.name, f"{problem} on {place}")
        for defect in stock.defects:
            gap = _gap(body, Body("defect", defect), rules.edge)
            if gap < rules.edge - ALLOWED or _overlap(body, Body("defect", defect)):
                problem = f"{gap:.4f} mm from a defect, needs {rules.edge:g} mm, on {place}"
                yield _finding(instance, "defect", body.name, problem)
    tree = STRtree([b.coarse for b in bodies])
    pairs = tree.query([b.coarse for b in bodies], predicate="dwithin", distance=rules.spacing + 2 * COARSE)
    for i, j in sorted((int(i), int(j)) for i, j in pairs.T if i < j):
        gap = _gap(bodies[i], bodies[j], rules.spacing)
        if gap < rules.spacing - ALLOWED or _overlap(bodies[i], bodies[j]):
            problem = f"{gap:.4f} mm from {bodies[j].name}, needs {rules.spacing:g} mm, on {place}"
            yield _finding(instance, "spacing", bodies[i].name, problem)


def _polygon(outline: Outline, holes: Sequence[Outline], chord: float) -> BaseGeometry:
    polygon = shapely.make_valid(Polygon(outline.points(chord)))
    if not holes:
        return polygon
    return polygon.difference(shapely.union_all([Polygon(h.points(chord)) for h in holes]))


def _gap(one: Body, other: Body, needed: float) -> float:
    """Distance between two bodies, mm; measured finely where it is near what is needed."""
    rough = shapely.distance(one.coarse, other.coarse)
    if rough > needed + 2 * COARSE:
        return float(rough)
    return float(shapely.distance(one.fine, other.fine))


def _overlap(one: Body, other: Body) -> bool:
    """The bodies share more than a strip of a micrometre (matters where no spacing is asked for)."""
    if not shapely.intersects(one.coarse, other.coarse):
        return False
    return bool(shapely.intersects(one.fine.buffer(-ALLOWED), other.fine))


def _at_edge(body: Body, sheet: Body, edge: float) -> str:
    """What is wrong between a body and the edge of its sheet, "" if nothing."""
    outside = body.fine.difference(sheet.fine)
    if outside.area > 0:
        by = max(shapely.distance(shapely.points(c), sheet.fine) for c in shapely.get_coordinates(outside))
        if by > ALLOWED:
            return f"{by:.4f} mm outside of the sheet"
    gap = float(shapely.distance(body.fine, sheet.fine.boundary))
    if gap < edge - ALLOWED:
        return f"{gap:.4f} mm from the edge, needs {edge:g} mm,"
    return ""


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
