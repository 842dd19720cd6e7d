# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A bar instance in whole numbers, what solvers answer, and the simplest of them: first-fit decreasing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from csmkit.model import BarInstance, StockBar
from csmkit.nest.cut_list import usable_length

SCALE = 100  # whole numbers a millimetre
OFFCUT_COST = 0.01  # of its length: an offcut is there already, but the shortest that serves is best

FLOATS = 1e-4  # of such a whole number, for what sums of floats are off
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

    def cost_of_offcuts(self) -> float:
        """What all offcuts cost together."""
        return sum(c * n for c, n, new in zip(self.cost, self.copies, self.is_new, strict=True) if not new)


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


def in_largest_unit(numbers: Lengths) -> Lengths:
    """The same instance in a unit that divides all pieces: its knapsacks are as much smaller."""
    unit = math.gcd(*numbers.pieces)
    return replace(
        numbers,
        pieces=tuple(p // unit for p in numbers.pieces),
        stock=tuple(s // unit for s in numbers.stock),
    )


def least_payable(numbers: Lengths, least: float) -> float:
    """A bound on the cost of all bars, raised to what whole new bars can cost."""
    return max(least, least_spent(numbers, least))


def least_spent(numbers: Lengths, least: float) -> float:
    """What a plan pays for new bars, at least, if all its bars cost `least` or more.

    New bars cost at least the bound without all offcuts; of the sums that whole bars can cost, the smallest
    that is as large holds too. Sums are reckoned in hundredths; prices that are finer raise nothing.
    """
    kinds = {c * SCALE for c, new in zip(numbers.cost, numbers.is_new, strict=True) if new}
    at_least = (least - numbers.cost_of_offcuts()) * SCALE
    if at_least <= FLOATS or not kinds:
        return 0.0
    whole = {round(c) for c in kinds}
    if any(abs(c - round(c)) > FLOATS for c in kinds):
        return 0.0
    unit = math.gcd(*whole)
    return _smallest_sum({c // unit for c in whole}, math.ceil((at_least - FLOATS) / unit)) * unit / SCALE


def _smallest_sum(kinds: set[int], at_least: int) -> int:
    """The smallest sum of any number of each kind that is no less; bit n of `sums` says that n is one."""
    sums, end = 1, at_least + min(kinds)
    for kind in sorted(kinds):
        while kind <= end:
            sums |= sums << kind
            kind *= 2
        sums &= (1 << end + 1) - 1
    payable = sums >> at_least
    return at_least + (payable & -payable).bit_length() - 1


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
