# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Shopping list: what has to be bought, in units that shops sell."""

from __future__ import annotations

import math
from collections import Counter

from csmkit.cost.bom import bought_quantities, bulk_amounts, bulk_row, size_text, unit_price
from csmkit.cost.material import (
    FILAMENT,
    blank_area,
    cheapest_bar,
    cheapest_sheet,
    parts_by_good,
    stock_bar,
    stock_sheet,
)
from csmkit.model import BoughtRow, CutPlan, KitFacts, ShoppingLine, StockBar, StockSheet, Workshop

NOT_NESTED = " (estimate: at least)"


def shopping(facts: KitFacts, workshop: Workshop, plan: CutPlan) -> tuple[ShoppingLine, ...]:
    """Whole sheets and bars, packs of bolts, cans and bags: what to buy for one kit.

    Offcuts, and sheets and bars whose number the workshop's file says, are there and not bought. Goods
    without a cut plan count as many sheets or bars as their parts' area or length fills at the very least.

    Raises: CsmError: unknown stock or bought item.
    """
    return (
        *_sheets(facts, workshop, plan),
        *_bars(facts, workshop, plan),
        *_spools(facts, workshop),
        *_packs(facts, workshop),
    )


def pack_amount(row: BoughtRow) -> float:
    """Pieces, kilograms, litres or metres in the unit that a shop sells.

    A row whose unit is not whole (a bottle of 0.75 l) names it as the size "pack_amount".
    """
    return dict(row.sizes).get("pack_amount", float(row.pack))


def _sheets(facts: KitFacts, workshop: Workshop, plan: CutPlan) -> list[ShoppingLine]:
    opened = Counter(layout.stock for nesting in plan.nestings for layout in nesting.layouts)
    lines = []
    for key in sorted(opened):
        stock = stock_sheet(workshop, key)
        if not stock.is_at_hand:
            lines.append(_sheet_line(stock, opened[key], workshop.sheet(stock.sheet).title))
    nested = {nesting.sheet for nesting in plan.nestings}
    for good, parts in parts_by_good(facts, "sheet").items():
        if good not in nested:
            stock = cheapest_sheet(workshop, good)
            area = sum(blank_area(p) * p.quantity for p in parts)
            count = _units(area, abs(stock.outline.area))
            lines.append(_sheet_line(stock, count, workshop.sheet(good).title + NOT_NESTED))
    return lines


def _bars(facts: KitFacts, workshop: Workshop, plan: CutPlan) -> list[ShoppingLine]:
    opened = Counter(layout.stock for bar_plan in plan.bars for layout in bar_plan.layouts)
    lines = []
    for key in sorted(opened):
        stock = stock_bar(workshop, key)
        if not stock.is_at_hand:
            lines.append(_bar_line(stock, opened[key], workshop.bar(stock.bar).title))
    planned = {bar_plan.bar for bar_plan in plan.bars}
    for good, parts in parts_by_good(facts, "bar").items():
        if good not in planned:
            stock = cheapest_bar(workshop, good)
            length = sum((p.length or max(p.size)) * p.quantity for p in parts)
            count = _units(length, stock.length)
            lines.append(_bar_line(stock, count, workshop.bar(good).title + NOT_NESTED))
    return lines


def _spools(facts: KitFacts, workshop: Workshop) -> list[ShoppingLine]:
    lines = []
    for good, parts in parts_by_good(facts, "print").items():
        mass = sum(p.mass * p.quantity for p in parts)
        lines.append(_pack_line(bulk_row(workshop, FILAMENT, good, "kg"), mass, "kg"))
    return lines


def _packs(facts: KitFacts, workshop: Workshop) -> list[ShoppingLine]:
    lines = [
        _pack_line(workshop.bought_row(standard, size), count, "pc")
        for (standard, size), count in bought_quantities(facts).items()
    ]
    lines += [
        _pack_line(bulk_row(workshop, standard, size, unit), amount, unit)
        for (standard, size, unit), amount in bulk_amounts(facts).items()
    ]
    return lines


def _sheet_line(stock: StockSheet, count: int, title: str) -> ShoppingLine:
    unit = f"sheet {size_text(stock.size)}"
    return ShoppingLine(stock.key, title, count, unit, count * stock.price, stock.source)


def _bar_line(stock: StockBar, count: int, title: str) -> ShoppingLine:
    unit = f"bar {size_text([stock.length])}"
    return ShoppingLine(stock.key, title, count, unit, count * stock.price, stock.source)


def _pack_line(row: BoughtRow, amount: float, unit: str) -> ShoppingLine:
    pack = pack_amount(row)
    units = _units(amount, pack)
    if unit == "pc":
        name = "piece" if pack == 1 else f"pack of {pack:g}"
    elif unit == "kg" and pack < 1:
        name = f"{pack * 1000:g} g"
    else:
        name = f"{pack:g} {unit}"
    return ShoppingLine(
        f"{row.standard} {row.size}", row.title, units, name, unit_price(row, units * pack), row.source
    )


def _units(amount: float, unit: float) -> int:
    """Whole units that hold an amount; a rounding error of floats does not buy one more."""
    return math.ceil(amount / unit - 1e-9)
