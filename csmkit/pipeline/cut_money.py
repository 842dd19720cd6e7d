# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What an order costs in material, and what has to be bought for which kit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from csmkit.cost.material import FILAMENT, MaterialUse, material_uses
from csmkit.cost.shopping import shopping
from csmkit.model import CutPlan, ShoppingLine, Workshop
from csmkit.model.cut_order import CutOrder

KitLine = tuple[tuple[str, ...], ShoppingLine]
"""Names of the kits that need it, and what to buy."""


def shopping_lines(order: CutOrder, workshop: Workshop, plan: CutPlan) -> tuple[KitLine, ...]:
    """What to buy for all kits together, each line once with the kits that need it."""
    needs = _needs(order, plan)
    return tuple((tuple(sorted(needs[line.item])), line) for line in shopping(order.facts, workshop, plan))


def material_price(order: CutOrder, workshop: Workshop, plan: CutPlan) -> dict[str, Any]:
    """The charge for sheets and bars: what is opened, less what goes back on the rack; and what is bought."""
    uses = [use for use in material_uses(order.facts, workshop, plan) if use.kind in ("cut", "bar")]
    opened = {layout.stock for nesting in plan.nestings for layout in nesting.layouts}
    opened |= {layout.stock for bars in plan.bars for layout in bars.layouts}
    bought = [line.price for _, line in shopping_lines(order, workshop, plan) if line.item in opened]
    return {
        "lines": [
            {"good": use.good, "title": _title(use, workshop), "amount": str(use.charge), "how": use.how}
            for use in uses
        ],
        "total": str(sum((use.charge for use in uses), Decimal("0.00"))),
        "to_buy": str(sum(bought, Decimal("0.00"))),
        "currency": workshop.rates.currency,
    }


def _needs(order: CutOrder, plan: CutPlan) -> Mapping[str, set[str]]:
    """Names of kits by what they need: keys of stock sheets and bars, of bought things, of filaments."""
    needs: dict[str, set[str]] = {}
    kit_of = {f"{kit.name}/{part.name}": kit.name for kit in order.kits for part in kit.facts.parts}
    for nesting in plan.nestings:
        for layout in nesting.layouts:
            names = {kit_of[p.item] for p in layout.placements}
            needs.setdefault(layout.stock, set()).update(names)
    for bars in plan.bars:
        for bar in bars.layouts:
            names = {kit_of[name] for name, _ in bar.pieces}
            needs.setdefault(bar.stock, set()).update(names)
    for kit in order.kits:
        items = [item.key for item in kit.facts.bought] + [item.key for item in kit.facts.bulk]
        items += [f"{FILAMENT} {part.stock}" for part in kit.facts.parts if part.form == "print"]
        for item in items:
            needs.setdefault(item, set()).add(kit.name)
    return needs


def _title(use: MaterialUse, workshop: Workshop) -> str:
    return workshop.sheet(use.good).title if use.kind == "cut" else workshop.bar(use.good).title
