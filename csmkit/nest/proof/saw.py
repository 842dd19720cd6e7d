# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Proof of a saw plan: every cut is made again, in its order, by code that plans nothing.

Pieces are rectangles. A cut takes one of those that lie on the bench, from edge to edge; what lies there in
the end has to be the parts' boxes to a micrometre, the offcuts, and waste without parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shapely import Polygon, box

from csmkit.model import CutItem, Finding, Layout, Nesting, NestInstance, SawCut, StockSheet

ALLOWED = 1e-3 + 1e-6  # mm: a micrometre, and the noise of sums
CHORD = 0.01  # mm between an arc and its polygon

Rectangle = tuple[float, float, float, float]  # x0, y0, x1, y1


@dataclass(frozen=True)
class Bench:
    """A piece as it lies there."""

    piece: Rectangle
    stage: int  # of the cuts that it came from; 0 for the whole sheet
    axis: str  # of these cuts; "" while only its edges have been trimmed


@dataclass(frozen=True)
class Box:
    """Where a part has to come out."""

    name: str
    place: Rectangle


def verify_saw(nesting: Nesting, instance: NestInstance) -> tuple[Finding, ...]:
    """Saw a plan again.

    Returns: what is wrong, nothing if the plan holds: pieces that aren't there, cuts that don't run from edge
        to edge or go through a part, numbers and stages out of order, parts that don't come out in their
        size, copies, grain, offcuts that don't come out or hold a defect.
    """
    stock = {s.key: s for s in instance.stock}
    items = {i.name: i for i in instance.items}
    findings = list(_counts(nesting, instance))
    for number, layout in enumerate(nesting.layouts, start=1):
        place = f"sheet {number} ({layout.stock})"
        unknown = layout.stock not in stock or any(p.item not in items for p in layout.placements)
        if unknown:
            findings.append(_finding(instance, "names", "", f"{place} names what isn't there"))
            continue
        findings += _sheet(layout, stock[layout.stock], items, instance, place)
    return tuple(findings)


def saw_again(
    cuts: Sequence[SawCut], sheet: Rectangle, places: Sequence[Rectangle], kerf: float
) -> tuple[tuple[Rectangle, ...], str]:
    """Make cuts in their order.

    Args:
        cuts: numbered from 1, stage by stage.
        sheet: what they begin with, mm.
        places: where something has to come out whole.
        kerf: mm that each takes.
    Returns: the pieces in the end, and what is wrong, "" if nothing.
    """
    if [c.number for c in cuts] != list(range(1, len(cuts) + 1)):
        return (), "cuts are not numbered 1, 2, 3 …"
    stages = [c.stage for c in cuts]
    if stages != sorted(stages):
        return (), "cuts jump back to an earlier stage"
    bench = [Bench(sheet, 0, "")]
    boxes = [Box(f"panel {number}", place) for number, place in enumerate(places, 1)]
    for cut in cuts:
        if problem := _made(cut, bench, boxes, kerf):
            return (), f"cut {cut.number} {problem}"
    return tuple(b.piece for b in bench), ""


def _sheet(
    layout: Layout, stock: StockSheet, items: dict[str, CutItem], instance: NestInstance, place: str
) -> Iterator[Finding]:
    boxes = []
    for p in layout.placements:
        bounds = items[p.item].pattern.outline.moved(p.x, p.y, p.angle).bounds
        boxes.append(Box(f"{p.item} copy {p.copy}", bounds))
        if problem := _wrong_turn(p.angle, items[p.item], stock):
            yield _finding(instance, "grain", p.item, f"copy {p.copy} {problem} on {place}")
    bench = [Bench(stock.outline.bounds, 0, "")]
    if [c.number for c in layout.cuts] != list(range(1, len(layout.cuts) + 1)):
        yield _finding(instance, "order", "", f"cuts of {place} are not numbered 1, 2, 3 …")
    stages = [c.stage for c in layout.cuts]
    if stages != sorted(stages):
        yield _finding(instance, "stage", "", f"cuts of {place} jump back to an earlier stage")
    for cut in layout.cuts:
        problem = _made(cut, bench, boxes, instance.rules.spacing)
        if problem:
            yield _finding(instance, "cut", "", f"cut {cut.number} of {place} {problem}")
            return
    yield from _results(layout, stock, [b.piece for b in bench], boxes, instance, place)


def _made(cut: SawCut, bench: list[Bench], boxes: list[Box], kerf: float) -> str:
    """Make a cut on the bench; what is wrong with it, "" if nothing."""
    found = [b for b in bench if _same(b.piece, cut.piece)]
    if not found:
        return "divides a piece that isn't there"
    if cut.axis not in ("x", "y"):
        return f"has the axis {cut.axis!r}"
    own, low = found[0], "xy".index(cut.axis)
    begin, end = cut.at, cut.at + kerf
    if not own.piece[low] - kerf - ALLOWED <= begin <= own.piece[low + 2] + ALLOWED:
        return f"at {begin:.3f} mm misses its piece"
    for b in boxes:
        if not _within(b.place, own.piece):
            continue
        if b.place[low] < end - ALLOWED and b.place[low + 2] > begin + ALLOWED:
            return f"goes through {b.name}"
    lower, upper = list(own.piece), list(own.piece)
    lower[low + 2], upper[low] = begin, end
    sides = [(s[0], s[1], s[2], s[3]) for s in (lower, upper) if s[low + 2] - s[low] > 1e-9]
    is_trim = own.axis == "" and not any(
        _within(b.place, own.piece) and b.place[low + 2] <= begin + ALLOWED for b in boxes
    )
    stage = max(own.stage, 1) if own.axis in ("", cut.axis) else own.stage + 1
    if cut.stage != stage:
        return f"is of stage {stage}, not {cut.stage}"
    bench.remove(own)
    bench += [Bench(s, stage, "" if is_trim else cut.axis) for s in sides]
    return ""


def _results(
    layout: Layout,
    stock: StockSheet,
    pieces: list[Rectangle],
    boxes: list[Box],
    instance: NestInstance,
    place: str,
) -> Iterator[Finding]:
    """Each part is a piece of its own, offcuts are pieces too, and no piece is two things.

    Where the sheet doesn't fill a piece or a defect lies in it, an offcut may be a rectangle within it.
    """
    free = list(pieces)
    for b in boxes:
        own = next((p for p in free if _same(p, b.place)), None)
        if own is None:
            yield _finding(instance, "part", b.name, f"does not come out of {place} in its size")
        else:
            free.remove(own)
    outline = Polygon(stock.outline.points(CHORD)).buffer(ALLOWED)
    defects = [Polygon(d.points(CHORD)) for d in stock.defects]
    kept: list[Polygon] = []

    def is_whole(shape: Polygon) -> bool:
        return bool(outline.covers(shape)) and not any(_overlap(shape, d) for d in defects)

    for offcut in layout.offcuts:
        shape = box(*offcut.bounds)
        own = next((p for p in free if _same(p, offcut.bounds)), None)
        if own is not None:
            free.remove(own)
        elif any(_holds(p, offcut.bounds) and not is_whole(box(*p)) for p in free):
            own = offcut.bounds
        if own is None or abs(offcut.area - _area(own)) > 1.0 or any(_overlap(shape, k) for k in kept):
            yield _finding(instance, "offcut", "", f"an offcut of {place} does not come out")
            continue
        kept.append(shape)
        if not is_whole(shape):
            yield _finding(instance, "offcut", "", f"an offcut of {place} is not whole")
    for b in boxes:
        if not is_whole(box(*b.place)):
            yield _finding(instance, "defect", b.name, f"its box is not whole on {place}")


def _counts(nesting: Nesting, instance: NestInstance) -> Iterator[Finding]:
    placed = Counter(p.item for layout in nesting.layouts for p in layout.placements)
    copies = Counter((p.item, p.copy) for layout in nesting.layouts for p in layout.placements)
    left = Counter(nesting.unplaced)
    for item in instance.items:
        once = all(copies[item.name, c] <= 1 for c in range(1, item.quantity + 1))
        if not once or placed[item.name] + left[item.name] != item.quantity:
            problem = f"{placed[item.name]} sawn and {left[item.name]} left over of {item.quantity}"
            yield _finding(instance, "count", item.name, problem)
    opened = Counter(layout.stock for layout in nesting.layouts)
    for stock in instance.stock:
        if stock.quantity is not None and opened[stock.key] > stock.quantity:
            problem = f"the plan opens {opened[stock.key]} of {stock.key}, there are {stock.quantity}"
            yield _finding(instance, "stock", "", problem)


def _wrong_turn(angle: float, item: CutItem, stock: StockSheet) -> str:
    """What is wrong with a part's angle, "" if nothing."""
    if angle % 90 > 1e-6 and 90 - angle % 90 > 1e-6:
        return f"lies askew at {angle:g}°"
    grain = item.pattern.grain
    if grain is None or stock.grain is None:
        return ""
    upright = round(angle / 90) % 2 == 0
    return "" if upright == (grain == stock.grain) else f"lies across the grain at {angle:g}°"


def _same(a: Rectangle, b: Rectangle) -> bool:
    return all(abs(p - q) <= ALLOWED for p, q in zip(a, b, strict=True))


def _within(inner: Rectangle, outer: Rectangle) -> bool:
    """A box whose middle lies in a piece."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] < x < outer[2] and outer[1] < y < outer[3]


def _holds(outer: Rectangle, inner: Rectangle) -> bool:
    return all(outer[k] <= inner[k] + ALLOWED and inner[k + 2] <= outer[k + 2] + ALLOWED for k in (0, 1))


def _overlap(a: Polygon, b: Polygon) -> bool:
    return bool(a.intersection(b).area > ALLOWED)


def _area(r: Rectangle) -> float:
    return (r[2] - r[0]) * (r[3] - r[1])


def _finding(instance: NestInstance, check: str, part: str, problem: str) -> Finding:
    return Finding(instance.sheet, check, part, problem, "plan again with --replan")
