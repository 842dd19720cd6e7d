# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Cutting patterns: what pieces are worth in the best fractional plan, and which patterns are worth it.

Source: Gilmore & Gomory 1961, "A linear programming approach to the cutting-stock problem": patterns are
added as long as the knapsack over the LP's prices finds a better one; the LP's value is a bound.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from csmkit.nest.bars.lengths import Cuts, Lengths

Pattern = tuple[int, ...]  # pieces of each kind
Column = tuple[int, Pattern]  # index of the stock, its pattern
Array = NDArray[np.float64]

EPS = 1e-7  # of prices, against endless rounds
CELLS = 10_000  # of a bar's length in the table that prunes `patterns_near`
STEPS = 400_000  # of its search: about a second


@dataclass(frozen=True)
class Prices:
    """The fractional plan's cost, what a piece of each kind adds to it, what a bar of each kind does."""

    value: float
    pieces: Array
    bars: Array
    complete: bool  # no pattern is worth more than its bar: `value` is a bound


def columns_of(numbers: Lengths, cuts: Cuts) -> list[Column]:
    """The different patterns of a plan."""
    kinds = range(len(numbers.pieces))
    return list(dict.fromkeys((k, tuple(pieces.count(i) for i in kinds)) for k, pieces in cuts))


def rows(numbers: Lengths, columns: list[Column]) -> tuple[Array, Array, Array]:
    """Of each column: its cost (n,), its pieces (kinds, n), its bar (stock, n)."""
    costs = np.array([numbers.cost[k] for k, _ in columns])
    used = np.array([p for _, p in columns], dtype=float).T
    bars = np.array([[float(k == s) for k, _ in columns] for s in range(len(numbers.stock))])
    return costs, used, bars


def grow(numbers: Lengths, columns: list[Column], until: float, spent: float = 0.0) -> Prices:
    """Add patterns until none lowers the cost of the fractional plan.

    Args:
        numbers: lengths of pieces and stock.
        columns: patterns that hold all pieces; better ones are added here.
        until: on the monotonic clock, s.
        spent: what every plan pays for new bars, at least.
    Returns: the fractional plan's prices.
    Raises: RuntimeError: HiGHS fails.
    """
    is_new = np.array(numbers.is_new, dtype=float)
    while True:
        costs, used, bars = rows(numbers, columns)
        result = linprog(
            costs,
            A_ub=np.vstack([-used, bars, -(is_new @ bars * costs)]),
            b_ub=np.concatenate([-np.array(numbers.demand, dtype=float), numbers.copies, [-spent]]),
            method="highs",
        )
        if result.status != 0 or result.fun is None:
            raise RuntimeError(f"HiGHS: {result.message}")
        duals, kinds = -result.ineqlin.marginals, len(numbers.pieces)
        worth = duals[:kinds]
        price = np.array(numbers.cost) * (1 - duals[-1] * is_new) + duals[kinds:-1]
        fresh = [
            (k, pattern)
            for k, (gain, pattern) in enumerate(best_patterns(numbers, worth))
            if gain > price[k] + EPS * numbers.cost[k] and (k, pattern) not in columns
        ]
        if not fresh or time.monotonic() > until:
            return Prices(float(result.fun), worth, price, not fresh)
        columns += fresh


def best_patterns(numbers: Lengths, worth: NDArray[np.float64]) -> Iterator[tuple[float, Pattern]]:
    """The most valuable pieces in each kind of bar, exact: a knapsack for the longest serves all."""
    longest = max(numbers.stock)
    best = np.zeros(longest + 1)
    taken: list[NDArray[np.bool_]] = []
    copies: list[tuple[int, int]] = []  # piece, how many at once: 1, 2, 4 … and the rest
    for i, size in enumerate(numbers.pieces):
        left, n = min(numbers.demand[i], longest // size), 1
        while left > 0 and worth[i] > 0:
            n = min(n, left)
            left -= n
            better = np.zeros(longest + 1, dtype=np.bool_)
            with_it = best[: longest + 1 - n * size] + n * worth[i]
            better[n * size :] = with_it > best[n * size :]
            best[n * size :] = np.maximum(best[n * size :], with_it)
            taken.append(better)
            copies.append((i, n))
            n *= 2
    for length in numbers.stock:
        pattern, room = [0] * len(numbers.pieces), length
        for (i, n), better in zip(reversed(copies), reversed(taken), strict=True):
            if better[room]:
                pattern[i] += n
                room -= n * numbers.pieces[i]
        yield float(best[length]), tuple(pattern)


def patterns_near(numbers: Lengths, prices: Prices, slack: float, most: int) -> list[Column] | None:
    """Every full pattern of a plan that costs up to `slack` more than the fractional one; None: too many.

    A plan costs the fractional plan's value and, of each bar, what its price is above its pieces' worth. A
    pattern that alone exceeds the slack is in no such plan. A full pattern has room for no piece more.
    """
    unit = max(1, math.ceil(max(numbers.stock) / CELLS))
    table = _worth_of_room(numbers, prices.pieces, unit)
    sizes, demand, kinds = numbers.pieces, numbers.demand, len(numbers.pieces)
    found: list[Column] = []
    todo: list[tuple[int, int, float, Pattern]] = [
        (k, length, slack + EPS - prices.bars[k], ()) for k, length in enumerate(numbers.stock)
    ]
    for _ in range(STEPS):
        if not todo or len(found) > most:
            break
        k, room, gain, pattern = todo.pop()
        i = len(pattern)
        if i == kinds:
            if all(n == d or size > room for n, d, size in zip(pattern, demand, sizes, strict=True)):
                found.append((k, pattern))
            continue
        for n in range(min(demand[i], room // sizes[i]) + 1):
            rest, more = room - n * sizes[i], gain + n * prices.pieces[i]
            if more + table[i + 1][rest // unit] >= 0:
                todo.append((k, rest, more, (*pattern, n)))
    return None if todo or len(found) > most else found


def _worth_of_room(numbers: Lengths, worth: Array, unit: int) -> list[Array]:
    """What pieces of kind i and later are worth at most in each room; lengths are rounded down to units."""
    cells = max(numbers.stock) // unit + 1
    table = [np.zeros(cells)]
    for size, demand, value in reversed(list(zip(numbers.pieces, numbers.demand, worth, strict=True))):
        least, best = size // unit, table[-1].copy()
        for n in range(1, demand + 1):
            if n * least < cells:
                taken = table[-1][: cells - n * least] + n * value
                best[n * least :] = np.maximum(best[n * least :], taken)
        table.append(best)
    return table[::-1]
