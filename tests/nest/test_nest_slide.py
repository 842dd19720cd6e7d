# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts are pushed exactly as far as the spacing allows, and what that frees is of more use."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nest_instances import instance, item, rectangle, sheet

from csmkit.model import Nesting, NestInstance, Outline
from csmkit.nest.arrange.slide import DOWN, LEFT, RIGHT, UP, Bench, Direction
from csmkit.nest.arrange.tidy import tidied
from csmkit.nest.candidate import CutSheet, Placed
from csmkit.nest.offcuts import worth
from csmkit.nest.proof.nesting import verify
from csmkit.nest.score import candidate_of, finished, rank

ELL = Outline.polygon([(0, 0), (300, 0), (300, 60), (60, 60), (60, 220), (0, 220)])
DISC = Outline.circle(60, 60, 120)
STEP = {LEFT: (-1, 0), UP: (0, 1), RIGHT: (1, 0), DOWN: (0, -1)}


def task(spacing: float = 8.0, edge: float = 10.0) -> NestInstance:
    parts = (item("ell", ELL, 9), item("disc", DISC, 9), rectangle("slat", 200, 30, 9))
    return instance(*parts, stock=(sheet(2000, 2000, grain=None),), spacing=spacing, edge=edge)


def bench(rows: list[Placed], instance_: NestInstance | None = None) -> Bench:
    where = instance_ or task()
    laid = Bench(where.stock[0], where, {})
    laid.lay(rows)
    return laid


def test_a_part_alone_comes_to_the_edge_on_every_side() -> None:
    alone = bench([("kit/disc", 500.0, 600.0, 0.0)])
    found = [alone.way([0], d) for d in (LEFT, UP, RIGHT, DOWN)]
    assert found == pytest.approx([490, 2000 - 10 - 720, 2000 - 10 - 620, 590], abs=1e-3)


def test_a_part_passes_another_that_it_does_not_meet_and_stops_at_one_that_it_meets() -> None:
    """The second slat lies exactly the spacing above the first one's row, then a hundredth lower."""
    rows = [("kit/slat", 100.0, 100.0, 0.0), ("kit/slat", 900.0, 138.0, 0.0)]
    assert bench(rows).way([1], LEFT) == pytest.approx(890, abs=1e-3)
    rows[1] = ("kit/slat", 900.0, 137.99, 0.0)
    corners = math.sqrt(8**2 - 7.99**2)  # the distance in x at which they are 8 mm apart
    assert bench(rows).way([1], LEFT) == pytest.approx(600 - corners, abs=0.05)


@st.composite
def scattered(draw: st.DrawFn) -> list[Placed]:
    """A few parts, each somewhere in a field of its own."""
    rows: list[Placed] = []
    for k in draw(st.permutations(range(4)))[: draw(st.integers(2, 4))]:
        name = draw(st.sampled_from(["kit/ell", "kit/disc", "kit/slat"]))
        x, y = (draw(st.integers(0, 150)) + 320.0 + 500 * (k // n % 2) for n in (1, 2))
        rows.append((name, x, y, draw(st.sampled_from([0.0, 90.0]))))
    return rows


@settings(max_examples=25, deadline=None)
@given(scattered(), st.sampled_from([LEFT, UP, RIGHT, DOWN]), st.sampled_from([0.0, 8.0]))
def test_the_way_ends_where_the_spacing_ends(
    rows: list[Placed], direction: Direction, spacing: float
) -> None:
    """There all holds to the micrometre, and a bit further something is in the way."""
    where = task(spacing)
    laid = bench(rows, where)
    assume(not laid.crowded())
    way = laid.way([0], direction)
    for by, holds in ((way / 2, True), (way, True), (way + 0.2, False)):
        laid.lay(rows)
        laid.push([0], direction, by)
        nesting = finished(where, (laid.cut_sheet(),), "pushed")
        assert (verify(nesting, where) == ()) == holds


def test_tidying_frees_the_right_and_the_upper_part_of_a_sheet() -> None:
    rows = [("kit/slat", 10.0 + 300 * k, 400.0 + 100 * k, 0.0) for k in range(5)]
    rows += [("kit/disc", 700.0, 900.0, 0.0)]
    scattered = _plan(rows)
    tidy = tidied(scattered, task())
    assert verify(tidy, task()) == ()
    assert rank(tidy, task()) < rank(scattered, task())
    assert _worth(tidy) > 1.3 * _worth(scattered)
    assert [p.item for p in tidy.layouts[0].placements].count("kit/slat") == 5


def test_a_tidy_plan_is_left_as_it_is() -> None:
    rows = [("kit/slat", 10.0, 10.0 + 38 * k, 0.0) for k in range(5)]
    plan = _plan(rows)
    assert tidied(plan, task()) is plan


def test_a_sheet_filled_from_the_right_is_turned() -> None:
    rows = [("kit/slat", 1790.0, 10.0 + 38 * k, 0.0) for k in range(9)]
    tidy = tidied(_plan(rows), task())
    assert tidy.equivalent_sheets == pytest.approx(210 / 2000)


def test_what_lies_in_a_hole_is_pushed_with_its_host() -> None:
    ring = item("ring", Outline.rectangle(0, 0, 400, 400), holes=(Outline.rectangle(50, 50, 350, 350),))
    where = instance(ring, item("disc", DISC), stock=(sheet(2000, 1000),))
    rows = (("kit/ring", 900.0, 300.0, 0.0), ("kit/disc", 1000.0, 400.0, 0.0))
    tidy = tidied(finished(where, (CutSheet("full", rows),), "hand"), where)
    place = {p.item: (p.x, p.y) for p in tidy.layouts[0].placements}
    assert place["kit/ring"] == pytest.approx((10, 10), abs=1e-3)
    assert place["kit/disc"] == pytest.approx((110, 110), abs=1e-3)
    assert verify(tidy, where) == ()


def test_a_polygon_with_a_knot_is_tidied_around_both() -> None:
    corner = Outline.polygon([(0, 0), (1200, 0), (1200, 400), (500, 1000), (0, 1000)])
    knot = Outline.rectangle(10, 10, 60, 60)
    stock = (sheet(key="rest", kind="offcut", outline=corner, defects=(knot,), grain=None, quantity=1),)
    where = instance(rectangle("slat", 200, 100, 3), stock=stock)
    rows = (("kit/slat", 400.0, 300.0, 0.0), ("kit/slat", 100.0, 600.0, 0.0), ("kit/slat", 700.0, 100.0, 0.0))
    loose = finished(where, (CutSheet("rest", rows),), "hand")
    tidy = tidied(loose, where)
    assert verify(loose, where) == verify(tidy, where) == ()
    assert _worth(tidy) > _worth(loose)


def _plan(rows: list[Placed]) -> Nesting:
    where = task()
    counts = {i.name: sum(r[0] == i.name for r in rows) for i in where.items}
    plan = finished(where, (CutSheet("full", tuple(rows)),), "hand")
    assert sum(counts.values()) + len(plan.unplaced) == 27
    assert verify(plan, where) == ()
    assert candidate_of(plan)[0].stock == "full"
    return plan


def _worth(nesting: Nesting) -> float:
    return sum(worth([o.bounds for o in layout.offcuts]) for layout in nesting.layouts)
