# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Sheets larger than the router: sawn into panels that it takes, planned, proven, and laid on the machine."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nest_instances import instance, rectangle, sheet

from csmkit.model import CutItem, CutRules, Nesting, NestInstance, Outline, StockSheet
from csmkit.nest.engines.attempt import in_process
from csmkit.nest.lock import Lock, key_of, read_lock, updated, write_lock
from csmkit.nest.panels.clamped import clamped_panels
from csmkit.nest.panels.divide import blanks, panels
from csmkit.nest.panels.first_cuts import sawn_first
from csmkit.nest.panels.opened import panelled
from csmkit.nest.planned import planned
from csmkit.nest.proof.nesting import verify
from csmkit.nest.proof.saw import saw_again

REACH, KERF = (600.0, 900.0), 3.0
SIDE, SLAT = rectangle("side", 560, 360, 2, "x"), rectangle("slat", 100, 100, 5)


def task(*items: CutItem, stock: tuple[StockSheet, ...] = (sheet(2440, 1220),)) -> NestInstance:
    rules = CutRules(8, 10, REACH, KERF)
    return NestInstance(
        "ply-12", items, tuple(replace(s, panels=panels(s, items, rules)) for s in stock), rules
    )


def quick(one: NestInstance) -> Nesting:
    return planned(one, Lock(), seed=0, time_limit_s=0.1, run=in_process)[0]


@pytest.fixture(scope="module")
def laid() -> tuple[NestInstance, Nesting]:
    one = task(SIDE, SLAT)
    return one, quick(one)


def test_a_sheet_that_the_machine_takes_is_not_sawn_whichever_way_it_lies() -> None:
    rules = CutRules(8, 10, REACH, KERF)
    for size in ((600, 900), (900, 600), (500, 500)):
        assert panels(sheet(*size), [SIDE], rules) == ()
    assert panels(sheet(2440, 1220), [SIDE], replace(rules, reach=None)) == ()


@settings(max_examples=25, deadline=None)
@given(
    st.tuples(st.integers(300, 3000), st.integers(300, 1600)),
    st.tuples(st.integers(250, 1300), st.integers(250, 1300)),
    st.sampled_from([0.001, 2.2, 3.0, 4.7]),
    st.data(),
)
def test_straight_cuts_saw_all_panels_or_some_out_of_the_sheet(size, reach, kerf, data) -> None:
    one = sheet(*size)
    found = panels(one, [SIDE, SLAT], CutRules(8, 10, reach, kerf))
    for panel in found:
        x0, y0, x1, y1 = panel.bounds
        assert all(a <= b + 1e-9 for a, b in zip(sorted((x1 - x0, y1 - y0)), sorted(reach), strict=True))
        assert 0 <= x0 < x1 <= size[0]
        assert 0 <= y0 < y1 <= size[1]
    used = [panel for panel in found if data.draw(st.booleans())]
    first = sawn_first(one, used, kerf)
    pieces, wrong = saw_again(first.cuts, one.outline.bounds, [panel.bounds for panel in used], kerf)
    assert wrong == ""
    left = [*pieces]
    for shape in (*used, *first.offcuts):
        left.remove(
            next(p for p in left if all(abs(a - b) < 1e-6 for a, b in zip(p, shape.bounds, strict=True)))
        )


def test_panels_lie_as_the_grain_of_the_parts_needs_them() -> None:
    across = rectangle("rail", 860, 300, 3, "y")
    (stock,) = task(SIDE, across).stock
    assert any(blank.size[1] >= 880 for blank in blanks(stock))


def test_parts_that_go_on_one_panel_are_clamped_once_and_the_rest_of_the_sheet_stays_whole(laid) -> None:
    one, nesting = laid
    (layout,) = nesting.layouts
    assert verify(nesting, one) == ()
    assert len(layout.panels) == 1
    largest = max(layout.offcuts, key=lambda o: o.area)
    assert largest.area > 0.5 * one.stock[0].outline.area
    assert nesting.equivalent_sheets <= layout.panels[0].area / one.stock[0].outline.area


def test_all_panels_of_a_sheet_serve_before_another_is_opened() -> None:
    one = task(rectangle("door", 880, 580, 5), stock=(sheet(1810, 1210, quantity=None),))
    nesting = quick(one)
    assert verify(nesting, one) == ()
    assert [len(layout.panels) for layout in sorted(nesting.layouts, key=lambda n: -len(n.panels))] == [4, 1]


def test_an_offcut_is_sawn_before_a_sheet_and_no_more_sheets_than_there_are() -> None:
    rest = sheet(1000, 700, key="rest", kind="offcut", quantity=1)
    one = task(SIDE, stock=(sheet(2440, 1220), rest))
    first, *_ = panelled(one)
    assert [kind.stock.key for kind in first.kinds] == ["rest"]
    few = task(rectangle("door", 880, 580, 5), stock=(sheet(1810, 1210, quantity=1),))
    assert quick(few).unplaced == ("kit/door",)


def test_defects_and_clamp_zones_of_a_sheet_stay_where_they_are_on_its_panels() -> None:
    knot = Outline.rectangle(890, 100, 1000, 200)
    (stock,) = task(SIDE, SLAT, stock=(sheet(2440, 1220, defects=(knot,)),)).stock
    inside = [(p.bounds, b.defects) for p, b in zip(stock.panels, blanks(stock), strict=True)]
    areas = [defect.area for _, defects in inside for defect in defects]
    assert 0 < sum(areas) <= knot.area
    for (x0, y0, *_), defects in inside:
        for a, b, c, d in (defect.bounds for defect in defects):
            assert 890 <= a + x0 <= c + x0 <= 1000
            assert 100 <= b + y0 <= d + y0 <= 200


def test_a_sheet_that_is_no_rectangle_gives_panels_within_it() -> None:
    corner = Outline.polygon([(0, 0), (2000, 0), (2000, 500), (900, 1200), (0, 1200)])
    one = task(SIDE, SLAT, stock=(sheet(outline=corner),))
    nesting = quick(one)
    assert verify(nesting, one) == ()
    assert not nesting.unplaced


def test_a_locked_plan_on_panels_is_reused_and_panels_are_part_of_its_key(laid) -> None:
    one, nesting = laid
    lock = read_lock(write_lock(updated(Lock(), one, nesting)))
    assert planned(one, lock, seed=0, time_limit_s=0.0)[0] == nesting
    whole = replace(one, stock=(replace(one.stock[0], panels=()),))
    assert key_of(whole) == key_of(replace(whole, rules=CutRules(8, 10))) != key_of(one)
    fewer = replace(one, stock=(replace(one.stock[0], panels=one.stock[0].panels[:1]),))
    assert key_of(fewer) != key_of(one)


def test_the_proof_finds_what_the_router_does_not_reach(laid) -> None:
    one, nesting = laid
    (layout,) = nesting.layouts

    def checks(**changed: object) -> set[str]:
        return {f.check for f in verify(replace(nesting, layouts=(replace(layout, **changed),)), one)}

    x0, y0, x1, y1 = layout.panels[0].bounds
    far = replace(layout.placements[0], x=layout.placements[0].x + x1)
    assert checks() == set()
    assert "reach" in checks(panels=(), first_cuts=())  # a plan of the whole sheet, as there were before
    assert "reach" in checks(placements=(far, *layout.placements[1:]))
    assert "reach" in checks(panels=(Outline.rectangle(x0, y0, x1 + 2, y1),))
    assert "panels" in checks(first_cuts=layout.first_cuts[1:])
    assert "panels" in checks(first_cuts=(replace(layout.first_cuts[0], at=layout.first_cuts[0].at - 5),))
    edge = replace(layout.placements[0], x=layout.placements[0].x + 0.5)
    moved = [replace(p, x=p.x - 0.5) for p in layout.placements]
    assert {"edge", "spacing"} & (
        checks(placements=(edge, *layout.placements[1:])) | checks(placements=tuple(moved))
    )


def test_a_panel_that_has_no_room_on_the_machine_as_it_lies_is_turned_with_its_parts_and_grain() -> None:
    one = task(rectangle("door", 880, 580, 1), stock=(sheet(1810, 1210),))
    nesting = quick(one)
    (layout,) = nesting.layouts
    (panel,) = clamped_panels(layout, 1, one.stock[0], one)
    assert panel.is_turned
    assert panel.stock.size == (600, 900)
    assert (one.stock[0].grain, panel.stock.grain) == ("x", "y")
    rules = replace(one.rules, reach=None)
    alone = replace(one, stock=(panel.stock,), rules=rules)
    assert {f.check for f in verify(replace(nesting, layouts=(panel.layout,)), alone)} <= {"figures"}


def test_locked_plans_of_sheets_within_reach_stay_whatever_the_reach() -> None:
    usual = instance(SIDE, SLAT, stock=(sheet(900, 600),))
    reached = replace(usual, rules=replace(usual.rules, reach=REACH, kerf=KERF))
    assert key_of(usual) == key_of(reached)


def test_every_pair_of_panels_leaves_room_for_the_saw() -> None:
    (stock,) = task(SIDE, SLAT).stock
    for (a, b, c, d), (e, f, g, h) in combinations([p.bounds for p in stock.panels], 2):
        assert max(e - c, a - g, f - d, b - h) >= KERF - 1e-9
