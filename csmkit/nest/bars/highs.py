# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Bar plans by cutting patterns and HiGHS (in scipy): whole numbers over the patterns of the fractional plan.

The integer program over these patterns nearly always reaches the bound rounded up, which proves it.
"""

from __future__ import annotations

import math
import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from csmkit.nest.bars.lengths import Answer, Cuts, Lengths, first_fit, in_largest_unit
from csmkit.nest.bars.patterns import Column, columns_of, grow, rows

NODES = 100  # of the whole numbers' search: work ends before time does, so that plans repeat
INFEASIBLE = 2  # scipy's status


def solve(numbers: Lengths, time_limit_s: float) -> Answer | None:
    """Least cost of bars; None where the stock doesn't hold all pieces or the time is up."""
    numbers = in_largest_unit(numbers)
    until = time.monotonic() + time_limit_s
    start = first_fit(numbers)
    if sum(len(p) for _, p in start.cuts) < sum(numbers.demand):
        return None
    columns = columns_of(numbers, start.cuts)
    prices = grow(numbers, columns, until)
    cuts, _ = whole_plan(numbers, columns, until - time.monotonic())
    if cuts is None:
        return None
    if not prices.complete:
        return Answer(cuts, None, False)
    if len(numbers.stock) > 1:
        return Answer(cuts, None, numbers.cost_of(cuts) <= prices.value * (1 + 1e-9), prices.value)
    bound = math.ceil(prices.value / numbers.cost[0] - 1e-6)
    return Answer(cuts, bound, bound == len(cuts), bound * numbers.cost[0])


def whole_plan(
    numbers: Lengths, columns: list[Column], seconds: float, spent: float = 0.0, most: float = math.inf
) -> tuple[Cuts | None, float]:
    """Each pattern a whole number of times, at least cost.

    Args:
        numbers: lengths of pieces and stock.
        columns: the patterns to choose from.
        seconds: the clock's limit; that of work comes first in general.
        spent: what every plan pays for new bars, at least.
        most: what the plan may cost.
    Returns: the cheapest plan, None where none is found, and the cost that no plan of these patterns beats,
        infinite where there is none.
    """
    if not columns:
        return None, math.inf
    costs, used, bars = rows(numbers, columns)
    result = milp(
        costs,
        constraints=[
            LinearConstraint(used, lb=np.array(numbers.demand, dtype=float)),
            LinearConstraint(bars, ub=np.array(numbers.copies, dtype=float)),
            LinearConstraint(np.array(numbers.is_new, dtype=float) @ bars * costs, lb=spent),
            LinearConstraint(costs, ub=most),
        ],
        integrality=np.ones(len(columns), dtype=int),
        bounds=Bounds(0, sum(numbers.demand)),
        options={"time_limit": max(0.1, seconds), "node_limit": NODES, "mip_rel_gap": 0.0},
    )
    if result.status == INFEASIBLE:
        return None, math.inf
    least = -math.inf if result.mip_dual_bound is None else float(result.mip_dual_bound)
    return None if result.x is None else _cuts(numbers, columns, [round(v) for v in result.x]), least


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
