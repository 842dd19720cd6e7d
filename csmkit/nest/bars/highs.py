# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Bar plans by cutting patterns and HiGHS (in scipy): the bound of Gilmore and Gomory, then whole numbers.

Source: Gilmore & Gomory 1961, "A linear programming approach to the cutting-stock problem": patterns are
added as long as the knapsack over the LP's prices finds a better one; the LP's value is a bound. The integer
program over these patterns nearly always reaches the bound rounded up, which proves it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from csmkit.nest.bars.lengths import Answer, Cuts, Lengths, first_fit

Pattern = tuple[int, ...]  # pieces of each kind
Column = tuple[int, Pattern]  # index of the stock, its pattern

EPS = 1e-7  # of prices, against endless rounds
NODES = 2000  # of the whole numbers' search: work ends before time does, so that plans repeat


def solve(numbers: Lengths, time_limit_s: float) -> Answer | None:
    """Least cost of bars; None where the stock doesn't hold all pieces or the time is up."""
    unit = math.gcd(*numbers.pieces)  # a coarser unit makes the knapsacks as much smaller
    numbers = replace(
        numbers,
        pieces=tuple(p // unit for p in numbers.pieces),
        stock=tuple(s // unit for s in numbers.stock),
    )
    until = time.monotonic() + time_limit_s
    start = first_fit(numbers)
    if sum(len(p) for _, p in start.cuts) < sum(numbers.demand):
        return None
    columns = [_column(numbers, k, pieces) for k, pieces in start.cuts]
    columns = list(dict.fromkeys(columns))
    value, complete = _grow(numbers, columns, until)
    whole = _whole(numbers, columns, max(0.1, until - time.monotonic()))
    if whole is None:
        return None
    cuts = _cuts(numbers, columns, whole)
    if not complete:
        return Answer(cuts, None, False)
    if len(numbers.stock) > 1:
        return Answer(cuts, None, numbers.cost_of(cuts) <= value * (1 + 1e-9), value)
    bound = math.ceil(value / numbers.cost[0] - 1e-6)
    return Answer(cuts, bound, bound == len(cuts), bound * numbers.cost[0])


def _column(numbers: Lengths, stock: int, pieces: list[int]) -> Column:
    return (stock, tuple(pieces.count(i) for i in range(len(numbers.pieces))))


def _grow(numbers: Lengths, columns: list[Column], until: float) -> tuple[float, bool]:
    """Add patterns until none lowers the LP's value: that value, and whether it got that far."""
    while True:
        costs = np.array([numbers.cost[k] for k, _ in columns])
        used = np.array([p for _, p in columns], dtype=float).T
        stocks = np.array([[float(k == s) for k, _ in columns] for s in range(len(numbers.stock))])
        result = linprog(
            costs,
            A_ub=np.vstack([-used, stocks]),
            b_ub=np.concatenate([-np.array(numbers.demand, dtype=float), numbers.copies]),
            method="highs",
        )
        if result.status != 0 or result.fun is None:
            raise RuntimeError(f"HiGHS: {result.message}")
        prices = -result.ineqlin.marginals
        worth, rent = prices[: len(numbers.pieces)], prices[len(numbers.pieces) :]
        fresh = []
        for k, (gain, pattern) in enumerate(_best_patterns(numbers, worth)):
            if gain > (numbers.cost[k] + rent[k]) * (1 + EPS) and (k, pattern) not in columns:
                fresh.append((k, pattern))
        if not fresh:
            return float(result.fun), True
        if time.monotonic() > until:
            return float(result.fun), False
        columns += fresh


def _best_patterns(numbers: Lengths, worth: NDArray[np.float64]) -> Iterator[tuple[float, Pattern]]:
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


def _whole(numbers: Lengths, columns: list[Column], seconds: float) -> list[int] | None:
    """How often each pattern is cut, at least cost."""
    used = np.array([p for _, p in columns], dtype=float).T
    stocks = np.array([[float(k == s) for k, _ in columns] for s in range(len(numbers.stock))])
    result = milp(
        np.array([numbers.cost[k] for k, _ in columns]),
        constraints=[
            LinearConstraint(used, lb=np.array(numbers.demand, dtype=float)),
            LinearConstraint(stocks, ub=np.array(numbers.copies, dtype=float)),
        ],
        integrality=np.ones(len(columns), dtype=int),
        bounds=Bounds(0, sum(numbers.demand)),
        options={"time_limit": seconds, "node_limit": NODES},
    )
    return None if result.x is None else [round(v) for v in result.x]


def _cuts(numbers: Lengths, columns: list[Column], whole: list[int]) -> Cuts:
    """Bars with their pieces; pieces that patterns give too many of are left out."""
    left = list(numbers.demand)
    cuts: Cuts = []
    for (k, pattern), times in zip(columns, whole, strict=True):
        for _ in range(times):
            bar: list[int] = []
            for i, n in enumerate(pattern):
                take = min(n, left[i])
                left[i] -= take
                bar += [i] * take
            if bar:
                cuts.append((k, bar))
    return cuts
