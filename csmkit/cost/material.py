# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the parts use up of each stock good, in money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from csmkit.cost.split import cents
from csmkit.errors import CsmError
from csmkit.model import (
    BarPlan,
    BomClass,
    CutPlan,
    KitFacts,
    Nesting,
    PartFacts,
    StockBar,
    StockSheet,
    Workshop,
)

KEPT_REST = 500.0  # mm; a shorter rest of a bar is scrap. Judgement: about the shortest part of the kits
FILAMENT = "filament"  # standard of the bought rows that price filaments by the kilogram


@dataclass(frozen=True)
class MaterialUse:
    """What one stock good costs a kit.

    Args:
        kind: cut, bar or printed.
        good: key of the sheet, bar or filament.
        charge: price of what is used up: opened sheets and bars less what goes back on the rack.
        how: the same in words and numbers.
        assumed: the charge rests on an estimate, not on a cut plan.
    """

    kind: BomClass
    good: str
    charge: Decimal
    how: str
    assumed: bool = False


def material_uses(facts: KitFacts, workshop: Workshop, plan: CutPlan) -> tuple[MaterialUse, ...]:
    """What a kit uses up: sheets, then bars, then filaments, each in the order of the kit's parts.

    Sheet parts without a nesting (laser and plasma shops nest for themselves) are estimated by their area,
    bars without a plan by their length, at the cheapest full-size stock.

    Raises: CsmError: a plan leaves parts without a place, or there is no stock to reckon with.
    """
    nestings = {n.sheet: n for n in plan.nestings}
    bars = {b.bar: b for b in plan.bars}
    uses: list[MaterialUse] = []
    for good, parts in parts_by_good(facts, "sheet").items():
        planned = good in nestings
        uses.append(_nested(nestings[good], workshop) if planned else _by_area(good, parts, workshop))
    for good, parts in parts_by_good(facts, "bar").items():
        uses.append(_sawn(bars[good], workshop) if good in bars else _by_length(good, parts, workshop))
    for good, parts in parts_by_good(facts, "print").items():
        uses.append(_printed(good, parts, workshop))
    return tuple(uses)


def parts_by_good(facts: KitFacts, form: str) -> dict[str, list[PartFacts]]:
    """The parts of one form, by the key of their stock good."""
    result: dict[str, list[PartFacts]] = {}
    for part in facts.parts:
        if part.form == form and part.quantity:
            result.setdefault(part.stock, []).append(part)
    return result


def blank_area(part: PartFacts) -> float:
    """Area that one part takes from its sheet, windows included, mm²."""
    if part.flat_pattern is None:
        return part.size[0] * part.size[1]
    return abs(part.flat_pattern.outline.area)


def stock_sheet(workshop: Workshop, key: str) -> StockSheet:
    """A stock sheet by key. Raises: CsmError: the workshop has none of that key."""
    for stock in workshop.stock_sheets:
        if stock.key == key:
            return stock
    raise CsmError(
        f"the cut plan uses the sheet {key!r}, which is not in stock", remedy="plan the cutting anew"
    )


def stock_bar(workshop: Workshop, key: str) -> StockBar:
    """A stock bar by key. Raises: CsmError: the workshop has none of that key."""
    for stock in workshop.stock_bars:
        if stock.key == key:
            return stock
    raise CsmError(
        f"the cut plan uses the bar {key!r}, which is not in stock", remedy="plan the cutting anew"
    )


def cheapest_sheet(workshop: Workshop, good: str) -> StockSheet:
    """The full sheet of a good with the lowest price for its area. Raises: CsmError: there is none."""
    full = [s for s in workshop.stock_sheets if s.sheet == good and s.kind == "sheet"]
    if not full:
        raise CsmError(
            f"no sheet of {good!r} in stock", remedy="add one to the workshop file, with its price"
        )
    return min(full, key=lambda s: (float(s.price) / abs(s.outline.area), s.key))


def cheapest_bar(workshop: Workshop, good: str) -> StockBar:
    """The full bar of a good with the lowest price for its length. Raises: CsmError: there is none."""
    full = [s for s in workshop.stock_bars if s.bar == good and s.kind == "bar"]
    if not full:
        raise CsmError(f"no bar of {good!r} in stock", remedy="add one to the workshop file, with its price")
    return min(full, key=lambda s: (float(s.price) / s.length, s.key))


def _nested(nesting: Nesting, workshop: Workshop) -> MaterialUse:
    _all_placed(nesting.sheet, nesting.unplaced)
    charge, kept = Fraction(0), 0.0
    for layout in nesting.layouts:
        stock = stock_sheet(workshop, layout.stock)
        back = sum(abs(o.area) for o in layout.offcuts) / abs(stock.outline.area)
        kept += back
        charge += Fraction(stock.price) * (1 - Fraction(back))
    opened = _count([layout.stock for layout in nesting.layouts])
    how = " + ".join(f"{n} × {key} at {stock_sheet(workshop, key).price:.2f}" for key, n in opened)
    if kept:
        how += f", less reusable offcuts of {kept:.3f} sheets"
    return MaterialUse("cut", nesting.sheet, cents(charge), how)


def _sawn(plan: BarPlan, workshop: Workshop) -> MaterialUse:
    _all_placed(plan.bar, [name for name, _ in plan.unplaced])
    charge, kept = Fraction(0), 0.0
    for layout in plan.layouts:
        stock = stock_bar(workshop, layout.stock)
        back = layout.rest if layout.rest >= KEPT_REST else 0.0
        kept += back
        charge += Fraction(stock.price) * (1 - Fraction(back) / Fraction(stock.length))
    opened = _count([layout.stock for layout in plan.layouts])
    how = " + ".join(f"{n} × {key} at {stock_bar(workshop, key).price:.2f}" for key, n in opened)
    if kept:
        how += f", less rests of {kept:.0f} mm for later use"
    return MaterialUse("bar", plan.bar, cents(charge), how)


def _by_area(good: str, parts: Sequence[PartFacts], workshop: Workshop) -> MaterialUse:
    stock = cheapest_sheet(workshop, good)
    area = sum(part.size[0] * part.size[1] * part.quantity for part in parts)
    share = area / abs(stock.outline.area)
    how = f"{share:.3f} of a {stock.key} at {stock.price:.2f} by the parts' boxes: not nested"
    return MaterialUse("cut", good, cents(Fraction(stock.price) * Fraction(share)), how, assumed=True)


def _by_length(good: str, parts: Sequence[PartFacts], workshop: Workshop) -> MaterialUse:
    stock = cheapest_bar(workshop, good)
    share = sum((part.length or 0.0) * part.quantity for part in parts) / stock.length
    how = f"{share:.3f} of a {stock.key} at {stock.price:.2f} by the parts' length: not planned"
    return MaterialUse("bar", good, cents(Fraction(stock.price) * Fraction(share)), how, assumed=True)


def _printed(good: str, parts: Sequence[PartFacts], workshop: Workshop) -> MaterialUse:
    row = workshop.bought_row(FILAMENT, good)
    mass = sum(part.mass * part.quantity for part in parts)
    charge = cents(Fraction(row.price) * Fraction(mass))
    return MaterialUse("printed", good, charge, f"{mass:.3f} kg at {row.price:.2f} a kg", row.assumed)


def _count(keys: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(keys).items()))


def _all_placed(good: str, unplaced: Sequence[str]) -> None:
    if unplaced:
        names = ", ".join(sorted(set(unplaced))[:5])
        raise CsmError(
            f"{good}: {len(unplaced)} parts have no place on the stock ({names})",
            remedy="add sheets or bars to the workshop file, or larger ones",
        )
