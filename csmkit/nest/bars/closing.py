# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The gap of a bar plan, closed from both sides: a bound that knows what whole bars cost, patterns near it.

New bars come in whole numbers: what they cost together is a sum of prices, and the fractional plan that pays
as much is a far better bound than the free one. A plan of at most a given cost is made of patterns near that
fractional plan; where these are few, whole numbers over all of them find it or prove that there is none.

Source: reduced-cost fixing; Baldacci, Christofides & Mingozzi 2008 enumerate routes in the same way.
"""

from __future__ import annotations

import math
import time

from csmkit.nest.bars.highs import whole_plan
from csmkit.nest.bars.lengths import Answer, Cuts, Lengths, in_largest_unit, least_spent
from csmkit.nest.bars.patterns import Column, Prices, columns_of, grow, patterns_near

MANY = 3000  # patterns at once: whole numbers over as many take seconds
FEW = 500  # a fraction of one
ENOUGH = 5e-4  # share of the cost; where a gap is smaller, seconds are too much for its proof
HALVES = 5  # of a slack with too many
ROUNDS = 6  # ceilings that are tried
BEYOND = 1e-5  # what a plan costs more than a ceiling that none keeps to
SAME = 1e-9  # share of the cost, for sums of floats


def close(numbers: Lengths, best: Answer, time_limit_s: float) -> Answer:
    """A plan that is no worse, and the cost that no plan can beat.

    Args:
        numbers: lengths of pieces and stock.
        best: a plan that holds all pieces.
        time_limit_s: the clock's limit; that of work comes first in general.
    Returns: `best` or a cheaper plan, with the least cost of all plans as far as it is known.
    Raises: RuntimeError: HiGHS fails.
    """
    numbers = in_largest_unit(numbers)
    until = time.monotonic() + time_limit_s
    columns = columns_of(numbers, best.cuts)
    cuts, cost, least = best.cuts, numbers.cost_of(best.cuts), best.least or 0.0
    for _ in range(ROUNDS):
        spent = least_spent(numbers, least)
        prices = grow(numbers, columns, until, spent)
        if not prices.complete:
            break
        least = max(least, prices.value)
        if least >= cost * (1 - SAME):
            break
        if least_spent(numbers, least) > spent:
            continue
        ceiling = min(cost, spent + numbers.cost_of_offcuts())
        most, halves = (FEW, 1) if least >= cost * (1 - ENOUGH) else (MANY, HALVES)
        near, slack = _near(numbers, prices, ceiling - prices.value, most, halves)
        if near is None:
            break
        found, bound = whole_plan(numbers, near, until - time.monotonic(), spent, ceiling)
        if found is not None:
            cuts, cost = found, numbers.cost_of(found)
        least = max(least, min(bound, prices.value + slack + BEYOND))
        if bound < min(cost, prices.value + slack):
            break
    return _answer(numbers, cuts, least)


def _near(
    numbers: Lengths, prices: Prices, slack: float, most: int, halves: int
) -> tuple[list[Column] | None, float]:
    """All patterns of plans within the slack, or within half of it, a quarter … until they are few enough."""
    for _ in range(halves):
        near = patterns_near(numbers, prices, slack, most)
        if near is not None:
            return near, slack
        slack /= 2
    return None, 0.0


def _answer(numbers: Lengths, cuts: Cuts, least: float) -> Answer:
    cost = numbers.cost_of(cuts)
    proven = least >= cost * (1 - SAME)
    bars = math.ceil(least / numbers.cost[0] - 1e-6) if len(numbers.stock) == 1 else None
    return Answer(cuts, bars, proven, cost if proven else least)
