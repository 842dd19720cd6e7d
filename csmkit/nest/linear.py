# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Bar plans: which piece is cut from which bar, with kerf, trim, several lengths and offcuts first.

All solvers here repeat and are fast, so bar plans need no lock. Lengths are reckoned in whole hundredths of a
millimetre. A bar of usable length L holds pieces l with Σ (l + kerf) ≤ L + kerf: the last cut may fall into
the bar's end.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec

from csmkit.errors import CsmError
from csmkit.model import BarInstance, BarLayout, BarPlan
from csmkit.nest.bars import highs, packingsolver
from csmkit.nest.bars.closing import close
from csmkit.nest.bars.lengths import Answer, Cuts, Lengths, first_fit, least_payable, lengths_of
from csmkit.nest.bars.rests import with_long_rest
from csmkit.nest.cut_list import usable_length
from csmkit.nest.proof.bars import verify_bars

LAST_RESORT = "first-fit decreasing"
PROVEN = 1e-9  # share of the cost, for sums of floats

Say = Callable[[str], None]
Solver = Callable[[Lengths], Answer | None]


def plan_bars(instance: BarInstance, *, seed: int, time_limit_s: float, say: Say = lambda _: None) -> BarPlan:
    """Lay pieces on bars.

    Args:
        instance: pieces, stock, kerf and trim, mm.
        seed: for solvers that need one; today's don't.
        time_limit_s: seconds; instances of a kit take a fraction of one.
        say: told in one line why a solver was passed over.
    Returns: the cheapest plan that `verify_bars` accepts, by price where a metre doesn't cost the same in all
        bars; of equal plans one with a long rest. Pieces that the stock doesn't hold are in `unplaced`.
        `lower_bound` counts bars and is given where all stock has one length, `gap` for any stock.
    Raises: CsmError: a piece has no positive length, or no plan holds.
    """
    if any(p.length <= 0 or p.quantity < 1 for p in instance.pieces):
        bad = next(p for p in instance.pieces if p.length <= 0 or p.quantity < 1)
        raise CsmError(f"length {bad.length:g} mm × {bad.quantity} can't be cut", kit=bad.kit, part=bad.part)
    numbers = lengths_of(instance)
    if not numbers.pieces:
        return BarPlan(instance.bar, (), (), 0, True, 0.0)
    until = time.monotonic() + time_limit_s
    found = list(_held(instance, numbers, solvers(seed, time_limit_s), say))
    if not found:
        raise CsmError(f"no bar plan holds for {instance.bar}", remedy="please report it")
    best = _cheapest(numbers, found)[0]
    if not best.proven and not any(plan.unplaced for _, plan in found):
        found += _held(
            instance, numbers, {"closing": lambda n: close(n, best, until - time.monotonic())}, say
        )
    return _best(numbers, found)


def _held(
    instance: BarInstance, numbers: Lengths, ways: Mapping[str, Solver], say: Say
) -> Iterator[tuple[Answer, BarPlan]]:
    """The first answer whose plan is accepted, if any."""
    for name, solver in ways.items():
        try:
            answer = solver(numbers)
        except (RuntimeError, ValueError, ArithmeticError) as error:  # what the solvers' bindings raise
            say(f"{instance.bar}: {name} failed: {error}")
            continue
        if answer is None:
            continue
        answer = replace(answer, cuts=with_long_rest(numbers, answer.cuts))
        plan = _plan(instance, numbers, answer)
        findings = verify_bars(plan, instance)
        if findings:
            say(f"{instance.bar}: a plan of {name} was refused: {findings[0]}")
            continue
        yield answer, plan
        return


def _cheapest(numbers: Lengths, found: Sequence[tuple[Answer, BarPlan]]) -> tuple[Answer, BarPlan]:
    return min(found, key=lambda f: (len(f[1].unplaced), numbers.cost_of(f[0].cuts)))


def _best(numbers: Lengths, found: Sequence[tuple[Answer, BarPlan]]) -> BarPlan:
    """The cheapest plan, with the best bound of all solvers."""
    answer, plan = _cheapest(numbers, found)
    cost = numbers.cost_of(answer.cuts)
    bounds = [a.bound for a, _ in found if a.bound is not None]
    least = max((least_payable(numbers, a.least) for a, _ in found if a.least is not None), default=0.0)
    gap = max(cost / least - 1, 0.0) if least > 0 and not plan.unplaced else None
    proven = answer.proven or (gap is not None and gap < PROVEN)
    is_counted = len(set(numbers.stock)) == 1
    return replace(
        plan,
        lower_bound=max(bounds) if bounds and is_counted else None,
        proven_optimal=proven,
        gap=0.0 if proven else None if gap is None else round(gap, 9),
    )


def solvers(seed: int, time_limit_s: float) -> Mapping[str, Solver]:
    """What can plan bars here, best first."""
    found: dict[str, Solver] = {}
    if find_spec("packingsolver"):
        found["packingsolver"] = lambda n: packingsolver.solve(n, time_limit_s)
    found["highs"] = lambda n: highs.solve(n, time_limit_s)
    found[LAST_RESORT] = first_fit
    return found


def _plan(instance: BarInstance, numbers: Lengths, answer: Answer) -> BarPlan:
    true = {f"{p.kit}/{p.part}": p.length for p in instance.pieces}
    layouts = []
    for k, pieces in answer.cuts:
        stock = instance.stock[k]
        cut = tuple((numbers.names[i], true[numbers.names[i]]) for i in sorted(pieces))
        used = sum(length + instance.kerf for _, length in cut)
        rest = max(0.0, usable_length(stock, instance.trim) - used)
        layouts.append(BarLayout(stock.key, cut, round(rest, 6)))
    order = {s.key: (s.kind == "bar", s.key) for s in instance.stock}
    layouts.sort(key=lambda b: (order[b.stock], b.rest, b.pieces))
    return BarPlan(
        bar=instance.bar,
        layouts=tuple(layouts),
        unplaced=tuple(_left_over(numbers, answer.cuts, true)),
        lower_bound=None,
        proven_optimal=False,
    )


def _left_over(numbers: Lengths, cuts: Cuts, true: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    for i, name in enumerate(numbers.names):
        placed = sum(pieces.count(i) for _, pieces in cuts)
        yield from [(name, true[name])] * (numbers.demand[i] - placed)
