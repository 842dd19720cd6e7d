# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A bar instance in whole numbers, what solvers answer, and the simplest of them: first-fit decreasing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from csmkit.model import BarInstance, StockBar
from csmkit.nest.cut_list import usable_length

SCALE = 100  # whole numbers a millimetre
OFFCUT_COST = 0.01  # of its length: an offcut is there already, but the shortest that serves is best

SAME_PRICE = 0.005  # share; prices are rounded to cents

Cuts = list[tuple[int, list[int]]]  # index of the stock, indices of pieces


@dataclass(frozen=True)
class Lengths:
    """An instance in whole numbers, kerf included: pieces by falling length, stock offcuts first."""

    names: tuple[str, ...]
    pieces: tuple[int, ...]
    demand: tuple[int, ...]
    stock: tuple[int, ...]
    copies: tuple[int, ...]  # never more than there are pieces
    cost: tuple[float, ...]
    is_new: tuple[bool, ...]  # a bar to buy, not an offcut

    def cost_of(self, cuts: Cuts) -> float:
        """What the opened bars cost together."""
        return sum(self.cost[k] for k, _ in cuts)


@dataclass(frozen=True)
class Answer:
    """A solver's cuts, and what it knows of the best there can be."""

    cuts: Cuts
    bound: int | None  # least number of bars
    proven: bool
    least: float | None = None  # cost that no plan can beat


def lengths_of(instance: BarInstance) -> Lengths:
    """The instance in whole numbers."""
    kerf = round(instance.kerf * SCALE)
    pieces = sorted(instance.pieces, key=lambda p: (-p.length, p.kit, p.part))
    total = sum(p.quantity for p in pieces)
    return Lengths(
        names=tuple(f"{p.kit}/{p.part}" for p in pieces),
        pieces=tuple(round(p.length * SCALE) + kerf for p in pieces),
        demand=tuple(p.quantity for p in pieces),
        stock=tuple(round(usable_length(s, instance.trim) * SCALE) + kerf for s in instance.stock),
        copies=tuple(total if s.quantity is None else min(s.quantity, total) for s in instance.stock),
        cost=_costs(instance.stock),
        is_new=tuple(s.kind == "bar" for s in instance.stock),
    )


def least_payable(numbers: Lengths, least: float) -> float:
    """A bound on the cost of all bars, raised to what whole new bars can cost.

    New bars cost at least the bound without all offcuts; of the sums that whole bars can cost, the smallest
    that is as large holds too.
    """
    offcuts = sum(
        c * n for c, n, new in zip(numbers.cost, numbers.copies, numbers.is_new, strict=True) if not new
    )
    kinds = sorted({c for c, new in zip(numbers.cost, numbers.is_new, strict=True) if new}, reverse=True)
    return max(least, _smallest_sum(tuple(kinds), least - offcuts))


def _smallest_sum(kinds: tuple[float, ...], at_least: float) -> float:
    """The smallest sum of any number of each kind that is no less, but for the rounding of floats."""
    if at_least <= 1e-6 or not kinds:
        return 0.0
    first, *others = kinds
    most = math.ceil(at_least / first - 1e-9)
    if not others:
        return most * first
    return min(n * first + _smallest_sum(tuple(others), at_least - n * first) for n in range(most + 1))


def _costs(stock: Sequence[StockBar]) -> tuple[float, ...]:
    """Price of each bar; its length where a metre costs the same in all, or some price isn't known.

    An offcut costs next to nothing.
    """
    bars = [s for s in stock if s.kind == "bar"]
    by_metre = [float(s.price) / s.length for s in bars]
    cheapest = min(by_metre, default=0.0)
    by_price = cheapest > 0 and max(by_metre) > cheapest * (1 + SAME_PRICE)
    rate = cheapest if by_price else 1.0
    return tuple(
        OFFCUT_COST * rate * s.length if s.kind == "offcut" else float(s.price) if by_price else s.length
        for s in stock
    )


def first_fit(numbers: Lengths) -> Answer:
    """Each piece, longest first, into the first bar that holds it; offcuts are opened before new bars."""
    rest = [(k, numbers.stock[k]) for k in _opening_order(numbers) for _ in range(numbers.copies[k])]
    cuts: Cuts = [(k, []) for k, _ in rest]
    room = [length for _, length in rest]
    for piece, length in enumerate(numbers.pieces):
        for _ in range(numbers.demand[piece]):
            bar = next((b for b, r in enumerate(room) if r >= length), None)
            if bar is not None:
                room[bar] -= length
                cuts[bar][1].append(piece)
    return Answer([c for c in cuts if c[1]], None, False)


def _opening_order(numbers: Lengths) -> list[int]:
    return sorted(range(len(numbers.stock)), key=lambda k: (numbers.cost[k] / numbers.stock[k], k))
