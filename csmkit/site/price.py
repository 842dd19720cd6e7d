# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a price is made of, as shares that a page can draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

COLOURS = 9  # that style/price.css has


def price_shares(price: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lines of a price with their share of the whole, where each begins in the bar, a colour."""
    total = Decimal(price["total"])
    shown, start = [], 0.0
    for n, line in enumerate(price["lines"]):
        cost = Decimal(line["amount"])
        share = float(cost / total) if total else 0.0
        shown.append({**line, "cost": cost, "share": share, "start": start, "colour": n % COLOURS})
        start += share
    return shown


def largest(shares: Sequence[Mapping[str, Any]], count: int = 3) -> list[Mapping[str, Any]]:
    """The lines that make up most of a price."""
    return sorted(shares, key=lambda line: -line["share"])[:count]


def shopping_total(kit: Mapping[str, Any]) -> Decimal:
    """What the shopping list costs, whole sheets, bars and packs."""
    return sum((Decimal(line["price"]) for line in kit["shopping"]), Decimal(0))
