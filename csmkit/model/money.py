# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a kit costs, and to whom it is offered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

BomClass = Literal["cut", "bar", "printed", "cast", "bought", "bulk"]
TierKey = Literal["free", "basic", "premium"]


@dataclass(frozen=True)
class BomLine:
    """One line of the bill of materials."""

    kind: BomClass
    item: str  # name of the part, or key of the bought thing
    title: str
    quantity: float
    unit: str  # "pc", "kg", "m", …
    stock: str  # key of the stock, empty for bought things
    size: str  # "600 × 400 × 12" or "M8x40"
    mass: float  # kg, all pieces
    price: Decimal  # share of material, all pieces; whole-pack effects are in the shopping list
    assumed: bool


@dataclass(frozen=True)
class ShoppingLine:
    """What has to be bought, in purchasable units: whole sheets, bars, packs."""

    item: str
    title: str
    units: int
    unit: str  # "sheet 2440 × 1220", "pack of 50", "bar 2400", "kg"
    price: Decimal  # of all units
    source: str


@dataclass(frozen=True)
class PriceLine:
    """One line of a price, with how it was computed in words."""

    name: str
    amount: Decimal
    how: str


@dataclass(frozen=True)
class Price:
    """An at-cost price; the lines add up to the total, to the cent."""

    lines: tuple[PriceLine, ...]
    total: Decimal
    currency: str


@dataclass(frozen=True)
class Tier:
    """One of the three ways in which a kit is offered, as kit.toml says it."""

    key: TierKey
    title: str
    text: str
    holds: tuple[str, ...]  # groups of files: source, parts, flat, bom, sheets, bars, gcode, book, …
    price_factor: Decimal  # of the at-cost price; 0 for free files


@dataclass(frozen=True)
class TierPrice:
    """What a tier costs, and what it gives to or takes from the others."""

    key: TierKey
    price: Decimal
    surplus: Decimal  # price − at-cost price; negative: a subsidy
