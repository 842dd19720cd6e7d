# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Lists and prices of a kit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from csmkit.build import Files
from csmkit.commons.tiers import tier_prices
from csmkit.cost.bom import Subtotal, bom_lines, subtotals
from csmkit.cost.price import at_cost_price, kit_costs
from csmkit.cost.shopping import shopping
from csmkit.cost.time import TimeLine, work_times
from csmkit.export.csv_tables import bom_csv, cut_list_csv, drill_table_csv, price_csv, shopping_csv
from csmkit.model import (
    Assembly,
    BomLine,
    CutPlan,
    KitFacts,
    Price,
    ShoppingLine,
    Tier,
    TierPrice,
    Workshop,
)
from csmkit.model.data import dump, load, plain
from csmkit.pipeline.program_rows import is_programmed, milled_rows, program_rows


def money(
    tiers: Sequence[object], facts: Files, plan: Files, steps: Files, workshop: Files, **programs: Files
) -> Files:
    """money.json: bill of materials, shopping list, times, price, what each tier costs.

    Args:
        programs: proofs of each good's programs; none where the machine's time is to be estimated.
    """
    kit, planned, shop = _loaded(facts, plan, workshop)
    assembly = load(Assembly, steps["assembly.json"])
    proofs = {path: data for files in programs.values() for path, data in files.items()}
    proven = _proven_minutes(planned, shop, proofs)
    milled = _milled_minutes(kit, shop, proofs)
    minutes = sum(step.minutes for step in assembly.steps)
    times = work_times(kit, shop, planned, minutes, proven=proven, milled=milled)
    lines = bom_lines(kit, shop, planned)
    price = at_cost_price(kit_costs(kit, shop, planned, lines, times), shop.rates)
    rules = load(tuple[Tier, ...], dump(tiers, Sequence[object]))
    said = {
        "bom": plain(lines, tuple[BomLine, ...]),
        "subtotals": plain(subtotals(lines), tuple[Subtotal, ...]),
        "shopping": plain(shopping(kit, shop, planned), tuple[ShoppingLine, ...]),
        "times": plain(tuple(times), tuple[TimeLine, ...]),
        "price": plain(price, Price),
        "tiers": plain(tier_prices(Decimal(price.total), rules), tuple[TierPrice, ...]),
        "mass": sum(line.mass for line in lines) - _jigs_mass(kit, shop),
    }
    return {"money.json": dump(said, dict[str, object])}


def _jigs_mass(kit: KitFacts, shop: Workshop) -> float:
    """kg of what is no part of the finished thing."""
    each = {part.name: part.mass for part in kit.parts}
    each |= {b.key: shop.bought_row(b.standard, b.size).mass for b in kit.bought}
    return sum(each[name] for name, _ in kit.jigs)


def lists(facts: Files, plan: Files, steps: Files, workshop: Files) -> Files:
    """bom.csv, shopping.csv, cut-list.csv, drill-table.csv."""
    kit, planned, shop = _loaded(facts, plan, workshop)
    assembly = load(Assembly, steps["assembly.json"])
    currency = shop.rates.currency
    return {
        "bom.csv": bom_csv(bom_lines(kit, shop, planned), currency),
        "shopping.csv": shopping_csv(shopping(kit, shop, planned), currency),
        "cut-list.csv": cut_list_csv(kit, shop, assembly.steps),
        "drill-table.csv": drill_table_csv(kit),
    }


def price_list(money: Files) -> Files:
    """price.csv: the at-cost price line by line, and what each tier costs."""
    said = json.loads(money["money.json"])
    return {
        "price.csv": price_csv(
            load(Price, dump(said["price"])), load(tuple[TierPrice, ...], dump(said["tiers"]))
        )
    }


def _proven_minutes(plan: CutPlan, shop: Workshop, proofs: Files) -> dict[str, float]:
    """Minutes of the programs of each good whose sheets all have one."""
    minutes = {}
    for nesting in plan.nestings:
        rows = [
            program_rows(proofs, shop.machine.key, layout, number)
            for number, layout in enumerate(nesting.layouts, 1)
        ]
        if rows and all(map(is_programmed, rows, nesting.layouts)):
            minutes[nesting.sheet] = sum(row["seconds"] for sheet in rows for row in sheet) / 60
    return minutes


def _milled_minutes(kit: KitFacts, shop: Workshop, proofs: Files) -> dict[str, float]:
    """Minutes of the programs of each milled part, for all of its copies."""
    minutes = {}
    for part in kit.parts:
        if part.process == "mill":
            rows = milled_rows(proofs, shop.machine.key, part.name)
            minutes[part.name] = part.quantity * sum(row["seconds"] for row in rows) / 60
    return {name: spent for name, spent in minutes.items() if spent}


def _loaded(facts: Files, plan: Files, workshop: Files) -> tuple[KitFacts, CutPlan, Workshop]:
    return (
        load(KitFacts, facts["facts.json"]),
        load(CutPlan, plan["plan.json"]),
        load(Workshop, workshop["workshop.json"]),
    )
