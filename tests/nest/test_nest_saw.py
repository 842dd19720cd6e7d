# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Saw plans: every cut runs from edge to edge, parts come out in their size, faults are found."""

from __future__ import annotations

import random
from dataclasses import replace
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nest_instances import Grain, instance, rectangle, sheet

from csmkit.model import Layout, Nesting, NestInstance, Outline, SawCut
from csmkit.nest.candidate import CutSheet, Effort
from csmkit.nest.engines.attempt import Attempt, Line, in_process
from csmkit.nest.guillotine import ENGINES, SHELVES, plan_saw, with_cuts
from csmkit.nest.proof.nesting import verify
from csmkit.nest.proof.saw import verify_saw
from csmkit.nest.saw.sawn import sawn
from csmkit.nest.saw.task import saw_task

KERF, TRIM = 3.0, 5.0
NO_LINE = Line()


def task(*items: tuple[str, float, float, int, Grain], **given: object) -> NestInstance:
    rows = [rectangle(*i) for i in items]
    return instance(*rows, spacing=KERF, edge=TRIM, **given)  # type: ignore[arg-type]


def by_hand(asked: NestInstance, *placed: tuple[str, float, float, float]) -> Nesting:
    """A saw plan of one sheet whose boxes were placed by hand."""
    spots = tuple((f"kit/{n}", x, y, a) for n, x, y, a in placed)
    plan = sawn(asked, saw_task(asked), (CutSheet(asked.stock[0].key, spots),), "hand")
    assert plan is not None
    return plan


def of_shelves(asked: NestInstance) -> Nesting:
    return plan_saw(asked, seed=0, time_limit_s=0.2, run=lambda *_: Attempt((), ""))


def faults(plan: Nesting, asked: NestInstance) -> set[str]:
    return {f.check for f in verify_saw(plan, asked)}


TWO = task(("a", 300, 200, 2, "x"), ("b", 100, 150, 1, None))


def two() -> Nesting:
    return by_hand(TWO, ("a", 5, 5, 0), ("a", 308, 5, 0), ("b", 5, 208, 0))


def test_trims_come_first_and_then_the_cuts_of_each_stage() -> None:
    layout = two().layouts[0]
    assert [(c.number, c.stage, c.axis, c.at) for c in layout.cuts[:2]] == [
        (1, 1, "y", 2.0),
        (2, 1, "x", 2.0),
    ]
    assert [c.stage for c in layout.cuts] == sorted(c.stage for c in layout.cuts)
    assert verify_saw(two(), TWO) == verify(two(), TWO) == ()


def test_the_widest_strip_comes_off_first() -> None:
    cuts = [c for c in two().layouts[0].cuts if c.stage == 2]
    assert [(c.axis, c.at) for c in cuts] == [("y", 205.0), ("y", 358.0)]


def test_what_remains_is_one_offcut() -> None:
    """Right of both strips: 1000 − 5 − 603 − 3 = 389 mm over the whole height."""
    wide = task(("a", 300, 480, 2, "x"))
    (layout,) = by_hand(wide, ("a", 5, 5, 0), ("a", 308, 5, 0)).layouts
    assert [o.bounds for o in layout.offcuts] == [(611.0, 5.0, 1000.0, 500.0)]


def test_parts_are_pushed_together_and_gaps_add_up() -> None:
    loose = by_hand(TWO, ("a", 100, 50, 0), ("a", 500, 50, 0), ("b", 700, 300, 0))
    assert verify_saw(loose, TWO) == ()
    assert loose.equivalent_sheets == two().equivalent_sheets


def test_a_pinwheel_cannot_be_sawn() -> None:
    asked = task(("a", 300, 100, 2, None), ("b", 100, 300, 2, None))
    spots = (("a", 5, 5, 0), ("b", 308, 5, 0), ("a", 108, 308, 0), ("b", 5, 108, 0))
    sheets = (CutSheet("full", tuple((f"kit/{n}", float(x), float(y), float(a)) for n, x, y, a in spots)),)
    assert sawn(asked, saw_task(asked), sheets, "hand") is None


def test_a_gap_that_is_narrower_than_the_blade_parts_nothing() -> None:
    asked = task(("a", 300, 200, 2, "x"))
    sheets = (CutSheet("full", (("kit/a", 5.0, 5.0, 0.0), ("kit/a", 307.999, 5.0, 0.0))),)
    assert sawn(asked, saw_task(asked), sheets, "hand") is None


def test_a_part_as_large_as_the_trimmed_sheet_needs_its_four_edges_cut() -> None:
    asked = task(("a", 990, 490, 1, "x"))
    (layout,) = of_shelves(asked).layouts
    assert sorted((c.axis, c.at) for c in layout.cuts) == [("x", 2), ("x", 995), ("y", 2), ("y", 495)]


def test_sheets_without_trim_are_not_trimmed() -> None:
    asked = instance(rectangle("a", 1000, 240, 2), spacing=KERF, edge=0)
    (layout,) = of_shelves(asked).layouts
    assert [(c.axis, c.at) for c in layout.cuts] == [("y", 240), ("y", 483)]


def changed(plan: Nesting, number: int, /, **change: object) -> Nesting:
    """With one cut changed."""
    layout = plan.layouts[0]
    cuts = tuple(replace(c, **change) if c.number == number else c for c in layout.cuts)  # type: ignore[arg-type]
    return replace(plan, layouts=(replace(layout, cuts=cuts),))


def test_seeded_faults_of_a_saw_plan_are_found() -> None:
    plan = two()
    cuts = plan.layouts[0].cuts
    last = cuts[-1]
    assert faults(changed(plan, last.number, at=last.at - 0.01), TWO)
    assert faults(changed(plan, last.number, at=last.at + 0.01), TWO) == {"part"}
    assert faults(changed(plan, last.number, stage=9), TWO) == {"cut"}
    assert "order" in faults(changed(plan, 2, number=9), TWO)
    x0, y0, x1, y1 = last.piece
    assert faults(changed(plan, last.number, piece=(x0, y0, x1 - 1, y1)), TWO) == {"cut"}
    layout = plan.layouts[0]
    assert "part" in faults(with_layout(plan, replace(layout, cuts=layout.cuts[:-1])), TWO)
    swapped = tuple(replace(c, number=n) for n, c in enumerate(reversed(cuts), start=1))
    assert {"stage", "cut"} <= faults(with_layout(plan, replace(layout, cuts=swapped)), TWO)


def with_layout(plan: Nesting, layout: Layout) -> Nesting:
    return replace(plan, layouts=(layout,))


def test_seeded_faults_of_what_comes_out_are_found() -> None:
    plan = two()
    layout = plan.layouts[0]
    first, *others = layout.placements
    turned = replace(first, x=first.x + 200, angle=90.0)
    assert {"grain", "cut"} == faults(with_layout(plan, replace(layout, placements=(turned, *others))), TWO)
    assert faults(with_layout(plan, replace(layout, placements=tuple(others))), TWO) == {"count"}
    ghost = Outline.rectangle(0, 0, 400, 400)
    assert faults(with_layout(plan, replace(layout, offcuts=(ghost,))), TWO) == {"offcut"}
    both = (layout.offcuts[0], layout.offcuts[0])
    assert faults(with_layout(plan, replace(layout, offcuts=both)), TWO) == {"offcut"}
    few = replace(TWO, stock=(replace(TWO.stock[0], quantity=0),))
    assert faults(plan, few) == {"stock"}
    knot = replace(TWO, stock=(replace(TWO.stock[0], defects=(Outline.rectangle(100, 100, 120, 120),)),))
    assert faults(plan, knot) == {"defect"}


def test_a_cut_through_a_part_is_found() -> None:
    """The blade takes 3 mm: a cut 1 µm into the part is allowed, 10 µm is not."""
    whole = SawCut(1, 1, "y", 2.0, (0.0, 0.0, 1000.0, 500.0))
    layout = replace(two().layouts[0], cuts=(replace(whole, at=150.0),))
    (found, *_) = verify_saw(with_layout(two(), layout), TWO)
    assert found.check == "cut"
    assert "goes through kit/a copy 1" in found.problem


def test_offcuts_are_used_first_and_defects_stay_whole() -> None:
    knot = (Outline.rectangle(0, 0, 1000, 50),)
    rest = sheet(420, 320, "rest", "offcut", quantity=1)
    asked = task(("a", 300, 200, 3, "x"), stock=(sheet(defects=knot), rest))
    plan = of_shelves(asked)
    assert sorted(layout.stock for layout in plan.layouts) == ["full", "rest"]
    assert verify_saw(plan, asked) == verify(plan, asked) == ()


def test_a_polygon_gives_its_inner_rectangle() -> None:
    ell = Outline.polygon([(0, 0), (900, 0), (900, 300), (400, 300), (400, 700), (0, 700)])
    asked = task(("a", 390, 140, 2, None), stock=(sheet(outline=ell, quantity=1),))
    plan = of_shelves(asked)
    assert plan.unplaced == ()
    assert verify_saw(plan, asked) == verify(plan, asked) == ()


def test_sheets_with_grain_in_y_serve_parts_with_grain() -> None:
    asked = task(
        ("a", 900, 200, 1, "x"), stock=(sheet(quantity=1), sheet(250, 950, "upright", grain="y", quantity=1))
    )
    for stock in (asked.stock, asked.stock[1:]):
        one = replace(asked, stock=stock)
        plan = of_shelves(one)
        assert plan.unplaced == ()
        assert verify_saw(plan, one) == ()


def test_a_plan_from_elsewhere_gets_its_cuts() -> None:
    plan = two()
    bare = replace(plan, layouts=tuple(replace(layout, cuts=()) for layout in plan.layouts))
    assert "part" in faults(bare, TWO)
    assert with_cuts(bare, TWO) == plan


def test_saw_plans_repeat() -> None:
    assert of_shelves(TWO) == of_shelves(TWO)


SIZE = st.floats(20, 480).map(lambda v: round(v, 2))
ROW = st.tuples(SIZE, SIZE, st.integers(1, 6), st.sampled_from(["x", None]))


@settings(max_examples=40)
@given(
    st.lists(ROW, min_size=1, max_size=8), st.sampled_from([0.0, 2.2, 3.0]), st.sampled_from([0.0, 1.5, 5.0])
)
def test_every_saw_plan_holds(rows: list[tuple[float, float, int, Grain]], kerf: float, trim: float) -> None:
    items = tuple(rectangle(f"p{k}", *row) for k, row in enumerate(rows))
    asked = instance(*items, spacing=kerf, edge=trim)
    (*_, last) = in_process(SHELVES, asked, Effort(0, 0.1)).candidates
    plan = sawn(asked, saw_task(asked), last, "shelves")
    assert plan is not None
    assert plan.unplaced == ()
    assert verify_saw(plan, asked) == verify(plan, asked) == ()
    assert plan.lower_bound <= plan.equivalent_sheets + 1e-9


@pytest.mark.parametrize("seed", [0, 1])
def test_the_same_arguments_give_the_same_plan(seed: int) -> None:
    asked = task(("a", 300, 200, 5, "x"), ("b", 150, 150, 7, None))
    assert plan_saw(asked, seed=seed, time_limit_s=0.3, run=in_process) == plan_saw(
        asked, seed=seed, time_limit_s=0.3, run=in_process
    )


needs_packingsolver = pytest.mark.skipif(
    find_spec("packingsolver") is None, reason="no wheels below Python 3.12"
)


@needs_packingsolver
def test_the_native_engine_is_better_than_shelves_and_repeats() -> None:
    rows = ((251, 370, 2), (289, 226, 4), (573, 494, 1), (144, 238, 3), (743, 296, 1))
    items = tuple(rectangle(f"p{k}", *row) for k, row in enumerate(rows))
    asked = instance(*items, spacing=KERF, edge=TRIM, stock=(sheet(1500, 900),))
    plan = plan_saw(asked, seed=1, time_limit_s=0.3, run=in_process)
    assert plan.engine == "packingsolver"
    assert plan.equivalent_sheets <= of_shelves(asked).equivalent_sheets
    assert plan == plan_saw(asked, seed=1, time_limit_s=0.3, run=in_process)


@needs_packingsolver
def test_work_is_counted_and_the_limit_roughly_kept() -> None:
    """First plans and the search share one limit; one first plan is always made."""
    from csmkit.nest.saw.calls import Calls, Meter
    from csmkit.nest.saw.engine import first_plans
    from csmkit.nest.saw.search import Search

    rows = ((251, 370, 4), (289, 226, 6), (573, 494, 3), (144, 238, 6), (743, 296, 4), (287, 585, 4))
    items = tuple(rectangle(f"p{k}", *row) for k, row in enumerate(rows))
    asked = instance(*items, spacing=KERF, edge=TRIM, stock=(sheet(1500, 900),))
    saw = saw_task(asked)
    spent = []
    for limit in (0.0, 1.0):
        meter = Meter(limit)
        search = Search(saw, (Calls(saw, False, meter), Calls(saw, True, meter)), random.Random(0))
        starts = [state for state, missing in first_plans(search) if not missing]
        assert starts
        list(search.best_of(starts))
        spent.append(meter.spent_s)
    assert 0 < spent[0] < 0.5
    assert 1.0 <= spent[1] < 2.0


@needs_packingsolver
@settings(max_examples=6)
@given(st.lists(ROW, min_size=1, max_size=6), st.sampled_from([0.0, 2.2, 3.0]))
def test_every_answer_of_the_native_engine_holds(
    rows: list[tuple[float, float, int, Grain]], kerf: float
) -> None:
    items = tuple(rectangle(f"p{k}", *row) for k, row in enumerate(rows))
    offcut = sheet(490, 485, "rest", "offcut", quantity=1)
    asked = instance(*items, spacing=kerf, edge=TRIM, stock=(sheet(), offcut))
    found = in_process(ENGINES["packingsolver"], asked, Effort(0, 0.1)).candidates
    assert found
    for candidate in found:
        plan = sawn(asked, saw_task(asked), candidate, "packingsolver")
        assert plan is not None
        assert plan.unplaced == ()
        assert verify_saw(plan, asked) == verify(plan, asked) == ()


def test_an_engine_that_dies_is_said_and_another_plans() -> None:
    heard: list[str] = []
    dead = Attempt((), "ended with -11")
    plan = plan_saw(TWO, seed=0, time_limit_s=0.2, run=lambda *_: dead, say=heard.append)
    assert plan.engine == "shelves"
    assert all("ended with -11" in line for line in heard)


@needs_packingsolver
def test_every_better_plan_is_told_as_it_comes_and_holds() -> None:
    """Two seeds run side by side: the second's answer is the worse one here, and is not told."""
    good, bad = (
        (("kit/a", 5.0, 5.0, 0.0), ("kit/a", 308.0, 5.0, 0.0)),
        (
            ("kit/a", 5.0, 5.0, 0.0),
            ("kit/a", 308.0, 208.0, 0.0),
        ),
    )
    small = task(("a", 300, 200, 2, "x"))
    seeds: list[int] = []

    def answer(place: str, asked: NestInstance, effort: Effort, line: Line = NO_LINE) -> Attempt:
        seeds.append(effort.seed)
        candidates = ((CutSheet("full", good if effort.seed % 2 == 0 else bad),),)
        for candidate in candidates:
            line.tell(candidate)
        return Attempt(candidates, "")

    told: list[Nesting] = []
    plan = plan_saw(small, seed=3, time_limit_s=0.2, run=answer, watch=told.append)
    assert sorted(seeds) == [6, 7]
    assert all(verify_saw(t, small) == verify(t, small) == () for t in told)
    scores = [t.equivalent_sheets for t in told]
    assert scores == sorted(scores, reverse=True)
    assert plan.equivalent_sheets <= scores[-1] + 2e-3


def test_an_answer_that_cannot_be_sawn_is_passed_over() -> None:
    overlapping = (CutSheet("full", (("kit/a", 5.0, 5.0, 0.0), ("kit/a", 100.0, 5.0, 0.0))),)
    unknown = (CutSheet("full", (("kit/ghost", 5.0, 5.0, 0.0),)),)
    heard: list[str] = []
    bad = Attempt((unknown, overlapping), "")
    plan = plan_saw(TWO, seed=0, time_limit_s=0.2, run=lambda *_: bad, say=heard.append)
    assert plan.engine == "shelves"
    if find_spec("packingsolver"):
        assert [line.partition(": ")[2] for line in heard] == [
            "a plan of packingsolver names what isn't there",
            "a plan of packingsolver can't be sawn from edge to edge",
        ]


def test_what_the_stock_does_not_hold_is_left_over() -> None:
    asked = task(("a", 600, 300, 3, "x"), stock=(sheet(quantity=1),))
    plan = of_shelves(asked)
    assert plan.unplaced == ("kit/a", "kit/a")
    assert verify_saw(plan, asked) == ()
