# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""From an engine's answer to a plan: numbered copies, yield, equivalent sheets, what remains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from shapely import Polygon, box

from csmkit.model import Layout, Nesting, NestInstance, Outline, Placement, StockSheet
from csmkit.nest.area import CHORD, is_plain, lower_bound, net_area, reference_area
from csmkit.nest.arrange.kits import copy_numbers
from csmkit.nest.candidate import Candidate, CutSheet
from csmkit.nest.offcuts import Box, offcuts
from csmkit.nest.panels.divide import panel_of
from csmkit.nest.panels.first_cuts import sawn_first

DIGITS = 4  # of a placement in mm: 0.1 µm, a tenth of what verify allows

OFFCUT = 0.1  # what material of an offcut counts against that of a new sheet

Rank = tuple[int, float, float, int]


def finished(instance: NestInstance, candidate: Candidate, engine: str) -> Nesting:
    """The plan that an answer describes: fullest sheets first, the one with most left last.

    Raises: KeyError: the answer names an unknown part or sheet.
    """
    stock = {s.key: s for s in instance.stock}
    ordered, equivalent = _ordered(instance, tuple(map(_rounded, candidate)))
    copies = copy_numbers(instance, [[name for name, *_ in s.placed] for s in ordered])
    layouts = tuple(_layout(instance, stock[s.stock], s, c) for s, c in zip(ordered, copies, strict=True))
    numbers = Counter(name for s in ordered for name, *_ in s.placed)
    items = {i.name: i for i in instance.items}
    unplaced = [n for n, i in items.items() for _ in range(i.quantity - numbers[n])]
    opened = sum(stock[s.stock].outline.area for s in ordered)
    cut = sum(net_area(items[name].pattern) * n for name, n in numbers.items())
    bound = lower_bound(instance)
    return Nesting(
        sheet=instance.sheet,
        layouts=layouts,
        unplaced=tuple(sorted(unplaced)),
        yield_=cut / opened if opened else 0.0,
        equivalent_sheets=equivalent,
        lower_bound=bound,
        engine=engine,
        proven_optimal=not unplaced and equivalent <= bound + 1e-6,
    )


def candidate_of(nesting: Nesting) -> Candidate:
    """The answer that a plan describes: `finished` makes the plan of it again."""
    return tuple(
        CutSheet(layout.stock, tuple((p.item, p.x, p.y, p.angle) for p in layout.placements))
        for layout in nesting.layouts
    )


def rank(nesting: Nesting, instance: NestInstance) -> Rank:
    """Smaller is better: parts left over, money for new sheets, material, sheets to handle.

    Money is for whole sheets, because they are bought whole; where one has no price, their area counts. An
    offcut's material counts a tenth of a new sheet's: it is there, and it wants to be used.
    """
    stocks = [layout.stock for layout in nesting.layouts]
    return _rank(instance, len(nesting.unplaced), stocks, nesting.equivalent_sheets)


def candidate_rank(candidate: Candidate, instance: NestInstance) -> Rank:
    """The rank that the finished plan will have."""
    ordered, equivalent = _ordered(instance, candidate)
    missing = sum(i.quantity for i in instance.items) - sum(len(s.placed) for s in ordered)
    return _rank(instance, missing, [s.stock for s in ordered], equivalent)


def money(instance: NestInstance, stocks: Sequence[str]) -> float:
    """What the new sheets among these cost; their area in m² where some sheet has no price."""
    new = {s.key: s for s in instance.stock if s.kind == "sheet"}
    opened = [new[key] for key in stocks if key in new]
    if all(s.price > 0 for s in new.values()):
        return float(sum(s.price for s in opened))
    return sum(s.outline.area for s in opened) / 1e6


def equivalent(candidate: Candidate, instance: NestInstance) -> float:
    """Equivalent sheets of a plan: full sheets and the used part of the last."""
    return _ordered(instance, candidate)[1]


def is_complete(candidate: Candidate, instance: NestInstance) -> bool:
    """No part is left over."""
    return sum(len(s.placed) for s in candidate) == sum(i.quantity for i in instance.items)


def in_order(candidate: Candidate, instance: NestInstance) -> list[CutSheet]:
    """Sheets with parts on them, the one with most left last."""
    return _ordered(instance, candidate)[0]


def _rank(instance: NestInstance, unplaced: int, stocks: Sequence[str], equivalent: float) -> Rank:
    offcuts = {s.key: s.outline.area for s in instance.stock if s.kind == "offcut"}
    old = sum(offcuts.get(key, 0.0) for key in stocks) / reference_area(instance)
    material = equivalent - (1 - OFFCUT) * min(old, equivalent)
    return (unplaced, round(money(instance, stocks), 6), round(material, 6), len(stocks))


def _ordered(instance: NestInstance, candidate: Candidate) -> tuple[list[CutSheet], float]:
    """Sheets with parts, the one with most left last, and how many equivalent sheets they are."""
    stock = {s.key: s for s in instance.stock}
    sheets = [s for s in candidate if s.placed]
    spared = [_spared(instance, stock[s.stock], s) for s in sheets]
    if not sheets:
        return [], 0.0
    k = max(range(len(sheets)), key=lambda i: (spared[i], i))
    rest = sorted(sheets[:k] + sheets[k + 1 :], key=lambda s: (s.stock, s.placed))
    opened = sum(stock[s.stock].outline.area for s in sheets)
    return [*rest, sheets[k]], (opened - spared[k]) / reference_area(instance)


def part_boxes(instance: NestInstance, sheet: CutSheet) -> list[Box]:
    """Boxes of the placed parts in the sheet's frame, mm."""
    outlines = {i.name: i.pattern.outline for i in instance.items}
    return [outlines[name].moved(x, y, angle).bounds for name, x, y, angle in sheet.placed]


def _rounded(sheet: CutSheet) -> CutSheet:
    """Placements by name, x, y, in short numbers; adding 0.0 turns -0.0 into 0.0."""
    placed = (
        (n, round(x, DIGITS) + 0.0, round(y, DIGITS) + 0.0, round(a, 9) % 360 + 0.0)
        for n, x, y, a in sheet.placed
    )
    return CutSheet(sheet.stock, tuple(sorted(placed)))


def _spared(instance: NestInstance, stock: StockSheet, sheet: CutSheet) -> float:
    """Area of the sheet to the right of all its parts, mm²; of one that is sawn first, what lies so on its
    panels, and all that is no panel with parts.
    """
    boxes = part_boxes(instance, sheet)
    if not stock.panels:
        return _right_of(boxes, stock)
    used = 0.0
    for panel in stock.panels:
        if own := _within(panel, boxes):
            blank = panel_of(stock, panel)
            used += blank.outline.area - _right_of(own, blank)
    return stock.outline.area - used


def _right_of(boxes: Sequence[Box], stock: StockSheet) -> float:
    end = max(b[2] for b in boxes)
    _, y0, x1, y1 = stock.outline.bounds
    if is_plain(stock):
        return (x1 - end) * (y1 - y0)
    outline = Polygon(stock.outline.points(CHORD, "inside"))
    return outline.intersection(box(min(end, x1), y0, x1, y1)).area


def _layout(instance: NestInstance, stock: StockSheet, sheet: CutSheet, copies: Sequence[int]) -> Layout:
    placements = tuple(
        Placement(name, copy, x, y, angle)
        for copy, (name, x, y, angle) in zip(copies, sheet.placed, strict=True)
    )
    boxes, rules = part_boxes(instance, sheet), instance.rules
    if not stock.panels:
        return Layout(stock.key, placements, offcuts(stock, boxes, rules.spacing))
    used = tuple(panel for panel in stock.panels if _within(panel, boxes))
    first = sawn_first(stock, used, rules.kerf)
    kept = [rest for panel in used for rest in _rests(stock, panel, _within(panel, boxes), rules.spacing)]
    return Layout(stock.key, placements, (*first.offcuts, *kept), panels=used, first_cuts=first.cuts)


def _rests(stock: StockSheet, panel: Outline, parts: Sequence[Box], spacing: float) -> Iterator[Outline]:
    """What remains of a panel, in the sheet's frame."""
    x0, y0, *_ = panel.bounds
    return (rest.moved(x0, y0) for rest in offcuts(panel_of(stock, panel), parts, spacing))


def _within(panel: Outline, boxes: Sequence[Box]) -> list[Box]:
    """The boxes whose middles lie in a panel's box, from its lower left corner on."""
    x0, y0, x1, y1 = panel.bounds
    return [
        (a - x0, b - y0, c - x0, d - y0)
        for a, b, c, d in boxes
        if x0 < (a + c) / 2 < x1 and y0 < (b + d) / 2 < y1
    ]
