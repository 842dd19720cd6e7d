# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Bar plans: sums with kerf are exact, bounds are proven, offcuts come first."""

import math
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.errors import CsmError
from csmkit.model import BarInstance, BarLayout, BarPiece, BarPlan, StockBar
from csmkit.nest import linear
from csmkit.nest.bars import highs as highs_patterns
from csmkit.nest.bars.closing import close
from csmkit.nest.bars.lengths import Answer, Cuts, Lengths, first_fit, least_payable, lengths_of
from csmkit.nest.bars.rests import with_long_rest
from csmkit.nest.linear import plan_bars
from csmkit.nest.proof.bars import verify_bars


def bar(
    length: float, key: str = "bar", kind: Literal["bar", "offcut"] = "bar", quantity: int | None = None
) -> StockBar:
    return StockBar(key, "spruce", length, Decimal(8), quantity, kind, "test")


def task(lengths: dict[float, int], *stock: StockBar, kerf: float = 3.0, trim: float = 0.0) -> BarInstance:
    pieces = tuple(BarPiece("kit", f"p{k}", "spruce", v, n) for k, (v, n) in enumerate(lengths.items()))
    return BarInstance("spruce", pieces, stock or (bar(3000),), kerf, trim)


def planned(instance: BarInstance) -> BarPlan:
    return plan_bars(instance, seed=0, time_limit_s=5)


def highs(numbers: Lengths) -> Answer:
    answer = highs_patterns.solve(numbers, 5)
    assert answer is not None
    return answer


def test_kerf_counts_between_pieces_but_not_behind_the_last() -> None:
    """3 × 998 + 2 × 3 = 3000: they fit exactly; a tenth of a millimetre more needs a second bar."""
    assert [b.rest for b in planned(task({998: 3})).layouts] == [0.0]
    assert len(planned(task({998.1: 3})).layouts) == 2


def test_the_rest_is_what_remains_behind_the_last_cut() -> None:
    assert [b.rest for b in planned(task({500: 2})).layouts] == [3000 - 2 * 503]


def test_a_fresh_bar_loses_its_trim_and_an_offcut_does_not() -> None:
    assert len(planned(task({998: 3}, trim=10)).layouts) == 2
    assert len(planned(task({998: 3}, bar(3000, "rest", "offcut", 1), trim=10)).layouts) == 1


INSTANCE = task({1106: 6, 829: 9, 589: 8, 604: 6, 1144: 5, 1753: 6, 486: 10, 294: 7, 545: 5, 240: 6})


def test_a_plan_of_68_pieces_is_proven_optimal() -> None:
    plan = planned(INSTANCE)
    assert plan.proven_optimal
    assert plan.lower_bound == len(plan.layouts)
    assert len(plan.layouts) <= len(first_fit(lengths_of(INSTANCE)).cuts)


def test_the_fallback_by_patterns_finds_the_same_number_and_bound() -> None:
    answer = highs(lengths_of(INSTANCE))
    assert answer.proven
    assert answer.bound == len(answer.cuts) == len(planned(INSTANCE).layouts)


def test_the_bound_is_at_least_what_the_sum_of_lengths_says() -> None:
    total = sum(p.quantity * (p.length + 3) for p in INSTANCE.pieces)
    assert highs(lengths_of(INSTANCE)).bound is not None
    assert (highs(lengths_of(INSTANCE)).bound or 0) >= math.ceil(total / 3003)


@pytest.mark.parametrize("solver", ["all", "highs", "first fit"])
def test_an_offcut_that_serves_is_used_before_a_new_bar(solver: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = {"highs": {"highs": highs}, "first fit": {"first fit": first_fit}}
    if solver in ways:
        monkeypatch.setattr(linear, "solvers", lambda seed, limit: ways[solver])
    instance = task({700: 1, 2000: 1, 990: 1}, bar(3000), bar(710, "rest", "offcut", 1))
    assert sorted(b.stock for b in planned(instance).layouts) == ["bar", "rest"]


def test_the_longer_bar_is_taken_where_it_saves_material() -> None:
    instance = task({1900: 2}, bar(3000, "short"), bar(4000, "long"))
    assert [b.stock for b in planned(instance).layouts] == ["long"]


def priced(length: float, price: str, key: str) -> StockBar:
    return replace(bar(length, key), price=Decimal(price))


def test_the_cheaper_bars_are_taken_where_a_metre_costs_more_in_some() -> None:
    """Two short bars cost 16 and leave more; the long one costs 20: by length it would be taken."""
    stock = (priced(2000, "8", "short"), priced(3900, "20", "long"))
    assert [b.stock for b in planned(task({1900: 2}, *stock)).layouts] == ["short", "short"]
    dear = (priced(2000, "12", "short"), priced(3900, "20", "long"))
    assert [b.stock for b in planned(task({1900: 2}, *dear)).layouts] == ["long"]


def mixed() -> BarInstance:
    """Pieces for two kinds of bars and five offcuts."""
    offcuts = [bar(v, f"rest-{v}", "offcut", 1) for v in (2210, 1640, 1370, 955, 640)]
    return replace(INSTANCE, stock=(bar(6000, "long"), bar(4000, "short"), *offcuts))


def test_a_plan_of_mixed_lengths_says_how_far_it_is_from_the_bound() -> None:
    plan = planned(mixed())
    assert plan.lower_bound is None
    assert plan.gap is not None
    assert 0 <= plan.gap <= 0.005


def test_a_bound_is_raised_to_what_whole_bars_cost() -> None:
    """Bars of 6 and 4 m and 200 mm worth of offcuts: 13 m can't be bought, 14 m can."""
    numbers = replace(lengths_of(mixed()), cost=(6000.0, 4000.0, 40.0, 40.0, 40.0, 40.0, 40.0))
    assert least_payable(numbers, 13000.0) == 14000
    assert least_payable(numbers, 12100.0) == 12100
    assert least_payable(numbers, 150.0) == 150


@settings(max_examples=25, deadline=None)
@given(
    st.sets(st.integers(1, 40), min_size=1, max_size=3),
    st.integers(1, 200),
)
def test_the_least_sum_of_prices_is_that_of_all_combinations(prices: set[int], least: int) -> None:
    """By trying: any number of each price up to the bound."""
    several = sorted(prices)
    numbers = Lengths(
        names=("p",), pieces=(1,), demand=(1,), stock=(1,) * len(several), copies=(1,) * len(several),
        cost=tuple(float(c) for c in several), is_new=(True,) * len(several),
    )  # fmt: skip
    sums = {0}
    for price in several:
        sums = {s + n * price for s in sums for n in range(least // price + 2)}
    assert least_payable(numbers, float(least)) == min(s for s in sums if s >= least)


def cheapest(numbers: Lengths) -> float:
    """The least cost of all plans, by trying: each piece into every bar that is open or can be opened."""
    pieces = [size for size, n in zip(numbers.pieces, numbers.demand, strict=True) for _ in range(n)]
    best = math.inf

    def lay(done: int, rooms: tuple[int, ...], opened: tuple[int, ...], cost: float) -> None:
        nonlocal best
        if cost >= best:
            return
        if done == len(pieces):
            best = cost
            return
        size = pieces[done]
        for b, room in enumerate(rooms):
            if room >= size:
                lay(done + 1, (*rooms[:b], room - size, *rooms[b + 1 :]), opened, cost)
        for k, length in enumerate(numbers.stock):
            if length >= size and opened.count(k) < numbers.copies[k]:
                lay(done + 1, (*rooms, length - size), (*opened, k), cost + numbers.cost[k])

    lay(0, (), (), 0.0)
    return best


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(st.integers(150, 1100), st.integers(1, 2), min_size=1, max_size=4),
    st.sets(st.integers(200, 1500), max_size=3),
    st.sampled_from(["", "9", "7.35"]),
)
def test_a_closed_gap_is_that_of_the_cheapest_of_all_plans(
    lengths: dict[int, int], offcuts: set[int], price: str
) -> None:
    """From the worst start, first-fit decreasing: the plan is the cheapest, the bound never above it."""
    stock = [priced(1800, "12", "long"), *([priced(1200, price, "short")] if price else [])]
    stock += [bar(v, f"rest-{v}", "offcut", 1) for v in sorted(offcuts)]
    numbers = lengths_of(task({float(v): n for v, n in lengths.items()}, *stock))
    answer = close(numbers, first_fit(numbers), 30)
    least = cheapest(numbers)
    assert numbers.cost_of(answer.cuts) == pytest.approx(least, rel=1e-9)
    assert answer.proven
    assert answer.least == pytest.approx(least, rel=1e-9)


def test_a_level_that_no_plan_pays_is_proven_so() -> None:
    """Two pieces of 1000 a bar of 2500: five need three bars, the fractional plan pays for less."""
    instance = task({1000.0: 5}, bar(2500), bar(400, "rest", "offcut", 1), bar(350, "rest-2", "offcut", 1))
    plan = planned(instance)
    assert [b.stock for b in plan.layouts] == ["bar"] * 3
    assert plan.proven_optimal
    assert plan.gap == 0


def test_both_solvers_agree_on_the_cost_of_mixed_lengths(monkeypatch: pytest.MonkeyPatch) -> None:
    both = planned(mixed())
    monkeypatch.setattr(linear, "solvers", lambda seed, limit: {"highs": highs})
    alone = planned(mixed())
    numbers, keys = lengths_of(mixed()), [s.key for s in mixed().stock]
    costs = [sum(numbers.cost[keys.index(b.stock)] for b in p.layouts) for p in (both, alone)]
    assert costs[0] == pytest.approx(costs[1], rel=0.005)


def test_of_plans_with_as_many_bars_one_with_a_long_rest_is_taken() -> None:
    """Both bars hold all pieces in many ways; the best fills one to the end."""
    plan = planned(task({1000: 1, 900: 1, 700: 1, 500: 1, 391: 1, 300: 1}))
    assert len(plan.layouts) == 2
    assert max(b.rest for b in plan.layouts) >= 2 * 3000 - 3791 - 6 * 3 - 20


def test_a_long_rest_changes_neither_bars_nor_pieces() -> None:
    numbers = lengths_of(mixed())
    before = highs(numbers).cuts
    after = with_long_rest(numbers, before)
    assert sorted(k for k, _ in after) == sorted(k for k, _ in before)
    assert Counter(i for _, p in after for i in p) == Counter(i for _, p in before for i in p)

    def longest(cuts: Cuts) -> int:
        return max(numbers.stock[k] - sum(numbers.pieces[i] for i in p) for k, p in cuts)

    assert longest(after) >= longest(before)
    assert all(sum(numbers.pieces[i] for i in p) <= numbers.stock[k] for k, p in after)


def test_what_the_stock_does_not_hold_is_left_over() -> None:
    plan = planned(task({2000: 3}, bar(3000, quantity=2)))
    assert plan.unplaced == (("kit/p0", 2000),)
    assert len(plan.layouts) == 2


def test_no_pieces_need_no_bars() -> None:
    assert planned(task({})) == BarPlan("spruce", (), (), 0, True, 0.0)


def test_a_piece_without_length_is_refused() -> None:
    with pytest.raises(CsmError, match=r"kit/p0: length 0 mm × 1 can't be cut"):
        planned(task({0.0: 1}))


def test_bar_plans_repeat() -> None:
    assert planned(INSTANCE) == planned(INSTANCE)


LENGTH = st.floats(40, 1500).map(lambda v: round(v, 2))


@settings(max_examples=25)
@given(
    st.dictionaries(
        st.floats(40, 1500).map(lambda v: round(v, 2)), st.integers(1, 5), min_size=1, max_size=7
    ),
    st.sampled_from([0.0, 2.2, 3.0]),
    st.sampled_from([0.0, 12.5]),
    st.sampled_from(["all", "highs", "first fit"]),
)
def test_every_bar_plan_holds_and_keeps_to_its_sums(
    lengths: dict[float, int], kerf: float, trim: float, solver: str
) -> None:
    instance = task(lengths, bar(2440), bar(1800, "rest", "offcut", 1), kerf=kerf, trim=trim)
    with pytest.MonkeyPatch.context() as patch:
        if solver != "all":
            one = highs if solver == "highs" else first_fit
            patch.setattr(linear, "solvers", lambda seed, limit: {solver: one})
        plan = planned(instance)
    assert not plan.unplaced
    assert Counter(v for b in plan.layouts for _, v in b.pieces) == Counter(lengths)
    for layout in plan.layouts:
        room = 2440 - trim if layout.stock == "bar" else 1800
        cut = sum(v for _, v in layout.pieces) + kerf * (len(layout.pieces) - 1)
        assert cut <= room + 0.01 * len(layout.pieces)


def good() -> tuple[BarPlan, BarInstance]:
    instance = task({998: 3, 500: 2}, bar(3000, quantity=2))
    return planned(instance), instance


def test_seeded_faults_of_a_bar_plan_are_found() -> None:
    plan, instance = good()
    assert verify_bars(plan, instance) == ()
    first = plan.layouts[0]
    faults = {
        "pieces of 998 mm in the plan": replace(plan, layouts=plan.layouts[1:]),
        "pieces of 500 mm in the plan": replace(plan, unplaced=(("kit/p1", 500),)),
        "there are 2": replace(plan, layouts=(*plan.layouts, BarLayout("bar", (), 3000))),
        "doesn't have": replace(plan, layouts=(replace(first, stock="ghost"), *plan.layouts[1:])),
        "is given as": replace(plan, layouts=(replace(first, rest=77), *plan.layouts[1:])),
        "fewer than the bound": replace(plan, lower_bound=9),
        "a gap of": replace(plan, gap=-0.1),
        "a gap of 0.2": replace(plan, proven_optimal=True, gap=0.2),
    }
    for problem, bad in faults.items():
        assert any(problem in f.problem for f in verify_bars(bad, instance)), problem


def test_a_bar_that_is_too_full_by_a_hundredth_is_found() -> None:
    pieces = (("kit/p0", 998.0),) * 3
    plan = BarPlan("spruce", (BarLayout("bar", pieces, 0.0),), (), None, False)
    assert verify_bars(plan, task({998: 3})) == ()
    tight = verify_bars(plan, task({998: 3}, bar(2999.99)))
    assert [f.problem for f in tight] == ["3000.000 mm with kerf are cut from bar, which gives 2999.99 mm"]


def test_a_solver_that_fails_is_passed_over_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(numbers: Lengths) -> Answer:
        raise RuntimeError("out of memory")

    def overfull(numbers: Lengths) -> Answer:
        return Answer([(0, [0] * 6)], None, False)

    named = {"broken": broken, "overfull": overfull, "first fit": first_fit}
    monkeypatch.setattr(linear, "solvers", lambda seed, limit: named)
    heard: list[str] = []
    plan = plan_bars(task({998: 6}), seed=0, time_limit_s=1, say=heard.append)
    assert len(plan.layouts) == 2
    assert ["broken failed: out of memory" in heard[0], "overfull was refused" in heard[1]] == [True, True]
