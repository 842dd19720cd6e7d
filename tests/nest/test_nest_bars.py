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
from csmkit.nest import linear, linear_highs
from csmkit.nest.bar_lengths import Answer, Lengths, first_fit, lengths_of
from csmkit.nest.linear import plan_bars
from csmkit.nest.verify_bars import prove_bars, verify_bars


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
    answer = linear_highs.solve(numbers, 5)
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


def test_what_the_stock_does_not_hold_is_left_over() -> None:
    plan = planned(task({2000: 3}, bar(3000, quantity=2)))
    assert plan.unplaced == (("kit/p0", 2000),)
    assert len(plan.layouts) == 2


def test_no_pieces_need_no_bars() -> None:
    assert planned(task({})) == BarPlan("spruce", (), (), 0, True)


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
    }
    for problem, bad in faults.items():
        assert any(problem in f.problem for f in verify_bars(bad, instance)), problem
        with pytest.raises(CsmError, match="does not hold"):
            prove_bars(bad, instance)


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
