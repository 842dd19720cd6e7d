# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Bill of materials: every part and bought thing once, with quantity, mass and share of the price."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import get_args

from csmkit.cost.material import MaterialUse, blank_area, material_uses, parts_by_good
from csmkit.cost.split import cents, split
from csmkit.errors import CsmError
from csmkit.model import BomClass, BomLine, BoughtRow, CutPlan, KitFacts, PartFacts, Workshop

FORMS: dict[BomClass, str] = {"cut": "sheet", "bar": "bar", "printed": "print"}


@dataclass(frozen=True)
class Subtotal:
    """What one class of the bill of materials adds up to; pieces count things, not kilograms or litres."""

    kind: BomClass
    lines: int
    pieces: int
    mass: float  # kg
    price: Decimal


def bom_lines(facts: KitFacts, workshop: Workshop, plan: CutPlan) -> tuple[BomLine, ...]:
    """The bill of materials, class by class.

    The price of a cut part is its share, by blank area, of what its sheets cost (opened sheets less reusable
    offcuts); bars share by length, printed parts by mass. So the lines of a class add up to the material's
    price to the cent. Bought things that stand in several places are one line.

    Raises: CsmError: unknown stock or bought item, parts without a place on the stock.
    """
    uses = material_uses(facts, workshop, plan)
    made = [line for use in uses for line in _made_lines(use, facts, workshop)]
    return (
        *made,
        *_cast_lines(facts, workshop),
        *_bought_lines(facts, workshop),
        *_bulk_lines(facts, workshop),
    )


def subtotals(lines: Iterable[BomLine]) -> tuple[Subtotal, ...]:
    """Sub-totals of the classes that occur, in the order cut, bar, printed, cast, bought, bulk."""
    kept = tuple(lines)
    result = []
    for kind in get_args(BomClass):
        same = [line for line in kept if line.kind == kind]
        if same:
            pieces = sum(int(line.quantity) for line in same if line.unit == "pc")
            price = sum((line.price for line in same), Decimal(0))
            result.append(Subtotal(kind, len(same), pieces, sum(line.mass for line in same), price))
    return tuple(result)


def bought_quantities(facts: KitFacts) -> dict[tuple[str, str], int]:
    """How many of each bought thing a kit needs, by (standard, size), in the order of standard and size."""
    counts: dict[tuple[str, str], int] = {}
    for item in facts.bought:
        key = (item.standard, item.size)
        counts[key] = counts.get(key, 0) + len(item.poses)
    return {key: counts[key] for key in sorted(counts, key=_natural) if counts[key]}


def bulk_amounts(facts: KitFacts) -> dict[tuple[str, str, str], float]:
    """How much of each bulk good has to be bought, waste included, by (standard, size, unit)."""
    amounts: dict[tuple[str, str, str], float] = {}
    for bulk in facts.bulk:
        key = (bulk.standard, bulk.size, bulk.unit)
        amounts[key] = amounts.get(key, 0.0) + bulk.amount * (1 + bulk.waste)
    return {key: amounts[key] for key in sorted(amounts, key=_natural) if amounts[key]}


def bulk_row(workshop: Workshop, standard: str, size: str, unit: str) -> BoughtRow:
    """The row of a bulk good, whose kind tells the unit of its price: "bulk-kg", "bulk-l" ….

    Raises: CsmError: no such row, or it is priced by another unit than the design counts in.
    """
    row = workshop.bought_row(standard, size)
    if row.kind != f"bulk-{unit}":
        sold = row.kind.removeprefix("bulk-") if row.kind.startswith("bulk-") else "the piece"
        raise CsmError(
            f"{standard} {size} is counted in {unit} but priced by {sold}", remedy=f"count it in {sold}"
        )
    return row


def size_text(sizes: Iterable[float]) -> str:
    """Sizes as people write them: "600 × 400 × 12", mm, to a tenth."""
    return " × ".join(f"{s:.1f}".rstrip("0").rstrip(".") for s in sizes)


def good_title(use: MaterialUse, workshop: Workshop) -> str:
    """Title of the stock good that is used up."""
    if use.kind == "cut":
        return workshop.sheet(use.good).title
    if use.kind == "bar":
        return workshop.bar(use.good).title
    return workshop.filament(use.good).title


def unit_price(row: BoughtRow, amount: float) -> Decimal:
    """Price of a number or an amount at the pack's unit price, to the cent."""
    return cents(Fraction(row.price) * Fraction(amount))


def _made_lines(use: MaterialUse, facts: KitFacts, workshop: Workshop) -> list[BomLine]:
    parts = parts_by_good(facts, FORMS[use.kind])[use.good]
    title = good_title(use, workshop)
    prices = split(use.charge, _weights(use.kind, parts))
    return [
        BomLine(
            kind=use.kind,
            item=part.name,
            title=title,
            quantity=part.quantity,
            unit="pc",
            stock=use.good,
            size=size_text(part.size),
            mass=part.mass * part.quantity,
            price=price,
            assumed=use.assumed,
        )
        for part, price in zip(parts, prices, strict=True)
    ]


def _weights(kind: BomClass, parts: Sequence[PartFacts]) -> list[float]:
    if kind == "cut":
        return [blank_area(p) * p.quantity for p in parts]
    if kind == "bar":
        return [(p.length or max(p.size)) * p.quantity for p in parts]
    return [p.mass * p.quantity for p in parts]


def _cast_lines(facts: KitFacts, workshop: Workshop) -> list[BomLine]:
    """What is cast: its mass stands here, its price with the bulk goods that it is cast from."""
    return [
        BomLine(
            kind="cast",
            item=part.name,
            title=workshop.casting(good).title,
            quantity=part.quantity,
            unit="pc",
            stock=good,
            size=size_text(part.size),
            mass=part.mass * part.quantity,
            price=Decimal("0.00"),
            assumed=False,
        )
        for good, parts in parts_by_good(facts, "cast").items()
        for part in parts
    ]


def _bought_lines(facts: KitFacts, workshop: Workshop) -> list[BomLine]:
    lines = []
    for (standard, size), count in bought_quantities(facts).items():
        row = workshop.bought_row(standard, size)
        lines.append(_row_line("bought", row, count, "pc"))
    return lines


def _bulk_lines(facts: KitFacts, workshop: Workshop) -> list[BomLine]:
    lines = []
    for (standard, size, unit), amount in bulk_amounts(facts).items():
        row = bulk_row(workshop, standard, size, unit)
        same = [b for b in facts.bulk if (b.standard, b.size) == (standard, size)]
        stays = sum(b.amount for b in same if not b.is_cast)
        lines.append(replace(_row_line("bulk", row, amount, unit), mass=row.mass * stays))
    return lines


def _row_line(kind: BomClass, row: BoughtRow, quantity: float, unit: str) -> BomLine:
    return BomLine(
        kind=kind,
        item=f"{row.standard} {row.size}",
        title=row.title,
        quantity=quantity,
        unit=unit,
        stock="",
        size=row.size,
        mass=row.mass * quantity,
        price=unit_price(row, quantity),
        assumed=row.assumed,
    )


def _natural(key: tuple[str, ...]) -> list[tuple[bool, float, str]]:
    """Order in which M8x40 comes before M10x20."""
    words = re.split(r"(\d+(?:\.\d+)?)", "\t".join(key))
    return [(w[:1].isdigit(), float(w) if w[:1].isdigit() else 0.0, w) for w in words]
