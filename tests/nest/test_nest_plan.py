# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Plans hold whatever the parts are, repeat, and survive engines that fail."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nest_instances import instance, item, rectangle, sheet
from shapely import Polygon

from csmkit.errors import CsmError
from csmkit.model import CutItem, NestInstance, Outline
from csmkit.nest import irregular
from csmkit.nest.area import covering
from csmkit.nest.candidate import Candidate, CutSheet, Effort, from_line, to_line
from csmkit.nest.engines.attempt import Attempt, Line, in_process, isolated
from csmkit.nest.irregular import ENGINES, installed, plan
from csmkit.nest.proof.nesting import verify

QUICK = 0.2  # seconds of work: the beam search and a short local search

ELL = Outline.polygon([(0, 0), (300, 0), (300, 60), (60, 60), (60, 220), (0, 220)])


def disc(diameter: float) -> Outline:
    return Outline.circle(diameter / 2, diameter / 2, diameter)


def comb(teeth: int, width: float) -> Outline:
    points = [(0.0, 0.0), (2.0 * teeth * width, 0.0)]
    for k in range(teeth, 0, -1):
        x = 2 * k * width
        points += [(x, 120), (x - width, 120), (x - width, 20), (x - 2 * width, 20)]
    return Outline.polygon([*points[:-1], (0.0, 20.0)])


def shapes() -> st.SearchStrategy[CutItem]:
    """Slivers, combs, rings, discs, ells, blocks."""
    size = st.floats(20, 300).map(lambda v: round(v, 3))
    grain = st.sampled_from([None, "x", "y"])
    outline = st.one_of(
        st.builds(lambda long: Outline.rectangle(0, 0, long, 2.5), size),
        st.builds(comb, st.integers(1, 6), st.floats(4, 15).map(lambda v: round(v, 2))),
        st.builds(disc, size),
        st.builds(lambda a, b: Outline.rectangle(0, 0, a, b), size, size),
        st.just(ELL),
    )
    plain = st.builds(lambda o, n, g: item("p", o, n, g), outline, st.integers(1, 3), grain)
    rings = st.builds(
        lambda d, t: item(
            "p", Outline.circle(d / 2, d / 2, d), 1, None, (Outline.circle(d / 2, d / 2, d - t),)
        ),
        st.floats(100, 400),
        st.floats(5, 60),
    )
    return st.one_of(plain, rings)


def numbered(items: list[CutItem]) -> list[CutItem]:
    return [replace(it, part=f"p{k}") for k, it in enumerate(items)]


@settings(max_examples=12)
@given(st.lists(shapes(), min_size=1, max_size=6).map(numbered), st.sampled_from([0.0, 3.0, 8.0]))
def test_every_plan_holds(items: list[CutItem], spacing: float) -> None:
    task = instance(*items, stock=(sheet(1000, 600),), spacing=spacing)
    nesting = plan(task, seed=0, time_limit_s=QUICK, run=in_process)
    assert verify(nesting, task) == ()
    assert nesting.unplaced == ()
    assert nesting.lower_bound <= nesting.equivalent_sheets + 1e-9


@pytest.mark.parametrize("engine", installed())
def test_every_engine_alone_makes_plans_that_hold(engine: str) -> None:
    task = instance(
        item("ell", ELL, 5, "x"),
        item("disc", disc(180), 4),
        rectangle("slat", 400, 40, 6, "y"),
    )
    attempt = isolated(ENGINES[engine], task, Effort(0, QUICK))
    nesting = irregular.best_proven(task, attempt.candidates, engine)
    assert attempt.trouble == ""
    assert nesting is not None
    assert nesting.unplaced == ()
    assert nesting.engine == engine


@pytest.mark.skipif("packingsolver" not in installed(), reason="packingsolver needs Python 3.12")
def test_a_plan_repeats_in_another_process() -> None:
    task = instance(item("ell", ELL, 7, "x"), item("disc", disc(180), 4))
    first, second = (plan(task, seed=0, time_limit_s=QUICK) for _ in range(2))
    assert first == second
    assert first.engine == "packingsolver"


def test_a_part_as_large_as_the_sheet_fits() -> None:
    """Also a disc, whose polygon for the engines stands out from its arcs but not from its box."""
    for part in (
        rectangle("a", 980, 480),
        rectangle("a", 480, 980),
        item("a", disc(480)),
    ):
        task = instance(part, stock=(sheet(1000, 500),))
        nesting = plan(task, seed=0, time_limit_s=QUICK, run=in_process)
        assert nesting.unplaced == ()
        assert len(nesting.layouts) == 1


def test_parts_that_fill_the_sheet_exactly_fit() -> None:
    task = instance(rectangle("slat", 980, 114, 4))
    assert len(plan(task, seed=0, time_limit_s=QUICK, run=in_process).layouts) == 1


@pytest.mark.skipif("packingsolver" not in installed(), reason="fallback engines leave holes empty")
def test_small_parts_go_into_holes() -> None:
    ring = item("ring", Outline.rectangle(0, 0, 980, 480), holes=(Outline.rectangle(200, 100, 700, 400),))
    task = instance(ring, rectangle("small", 200, 150, 2))
    assert len(plan(task, seed=0, time_limit_s=QUICK, run=in_process).layouts) == 1


def test_grain_decides_over_the_quarter_turn() -> None:
    """Sheet with its grain in x; a part with its grain in y has to lie at 90 or 270 degrees."""
    task = instance(rectangle("along", 400, 50, 3, "x"), rectangle("across", 50, 400, 3, "y"))
    nesting = plan(task, seed=0, time_limit_s=QUICK, run=in_process)
    angles = {p.item: set() for p in nesting.layouts[0].placements}  # type: dict[str, set[float]]
    for p in nesting.layouts[0].placements:
        angles[p.item].add(p.angle % 180)
    assert angles == {"kit/along": {0.0}, "kit/across": {90.0}}


def test_sheets_with_grain_in_x_and_in_y_serve_together() -> None:
    stock = (
        sheet(500, 300, "along", "offcut", "x", 1),
        sheet(300, 500, "across", "offcut", "y", 1),
    )
    task = instance(rectangle("a", 450, 250, 2, "x"), stock=stock)
    nesting = plan(task, seed=0, time_limit_s=QUICK, run=in_process)
    assert verify(nesting, task) == ()
    assert {layout.stock for layout in nesting.layouts} == {"along", "across"}


def test_an_offcut_is_used_before_a_new_sheet_is_opened() -> None:
    stock = (sheet(1000, 500), sheet(400, 400, "rest", "offcut", "x", 1))
    task = instance(rectangle("a", 350, 350), stock=stock)
    assert [layout.stock for layout in plan(task, seed=0, time_limit_s=QUICK).layouts] == ["rest"]


def test_a_polygon_offcut_and_a_defect_are_respected() -> None:
    corner = Outline.polygon([(0, 0), (900, 0), (0, 600)])
    knot = Outline.circle(200, 150, 60)
    stock = (sheet(900, 600, "corner", "offcut", None, 1, corner, (knot,)),)
    task = instance(rectangle("a", 150, 60, 4), stock=stock)
    nesting = plan(task, seed=0, time_limit_s=QUICK, run=in_process)
    assert verify(nesting, task) == ()
    assert nesting.unplaced == ()


def test_what_the_stock_does_not_hold_is_left_over() -> None:
    task = instance(rectangle("a", 900, 400, 3), stock=(sheet(quantity=2),))
    nesting = plan(task, seed=0, time_limit_s=QUICK, run=in_process)
    assert nesting.unplaced == ("kit/a",)
    assert len(nesting.layouts) == 2
    assert verify(nesting, task) == ()


def test_nothing_to_cut_needs_no_sheet() -> None:
    nesting = plan(instance(), seed=0, time_limit_s=QUICK)
    assert (nesting.layouts, nesting.equivalent_sheets, nesting.lower_bound) == ((), 0.0, 0.0)


@pytest.mark.skipif("packingsolver" not in installed(), reason="the fallback engines may lay it across")
def test_the_rest_of_the_sheet_is_an_offcut_right_of_the_parts() -> None:
    nesting = plan(instance(rectangle("a", 300, 480)), seed=0, time_limit_s=QUICK, run=in_process)
    assert [o.bounds for o in nesting.layouts[0].offcuts] == [(318.0, 0.0, 1000.0, 500.0)]
    assert nesting.equivalent_sheets == pytest.approx(0.31)
    assert nesting.yield_ == pytest.approx(300 * 480 / 500_000)


def test_without_packingsolver_the_next_engine_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    others = {name: place for name, place in ENGINES.items() if name != "packingsolver"}
    monkeypatch.setattr(irregular, "ENGINES", others)
    nesting = plan(instance(item("ell", ELL, 3)), seed=0, time_limit_s=1, run=in_process)
    assert nesting.engine == "spyrrow"
    monkeypatch.setattr(irregular, "ENGINES", {"rectpack": ENGINES["rectpack"]})
    assert plan(instance(item("ell", ELL, 3)), seed=0, time_limit_s=1, run=in_process).engine == "rectpack"


OVERLAPPING: Candidate = (CutSheet("full", (("kit/ell", 10, 10, 0), ("kit/ell", 10, 10, 0))),)


@pytest.mark.parametrize(
    ("attempt", "said"),
    [
        (Attempt((), "ended with -11"), "ended with -11"),
        (Attempt((OVERLAPPING,), ""), "was refused"),
        (Attempt(((CutSheet("full", (("kit/ghost", 0, 0, 0),)),),), ""), "names what isn't there"),
        (Attempt(((CutSheet("full", (("kit/ell", math.nan, 0, 0),)),),), ""), "names what isn't there"),
    ],
)
def test_a_bad_engine_is_passed_over_and_that_is_said(attempt: Attempt, said: str) -> None:
    def run(place: str, task: NestInstance, effort: Effort, line: Line) -> Attempt:
        return attempt if place == ENGINES[installed()[0]] else in_process(ENGINES["rectpack"], task, effort)

    heard: list[str] = []
    nesting = plan(instance(item("ell", ELL, 2)), seed=0, time_limit_s=1, run=run, say=heard.append)
    assert nesting.engine == installed()[1]
    assert any(said in line for line in heard)


@pytest.fixture
def _bad_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


@pytest.mark.usefixtures("_bad_engines")
def test_an_engine_that_dies_leaves_what_it_had_told() -> None:
    task = instance(item("ell", ELL, 2))
    attempt = isolated("dying_engine:Dying", task, Effort(0, 1.0))
    assert attempt.trouble.startswith("ended with -")
    assert len(attempt.candidates) == 1


@pytest.mark.usefixtures("_bad_engines")
def test_an_engine_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csmkit.nest.engines.attempt.STARTUP_S", 2.0)
    attempt = isolated("dying_engine:Hanging", instance(item("ell", ELL, 2)), Effort(0, 0.1))
    assert attempt.trouble.startswith("stopped after")
    assert len(attempt.candidates) == 1


def test_no_plan_at_all_is_an_error_in_one_line() -> None:
    def run(place: str, task: NestInstance, effort: Effort, line: Line) -> Attempt:
        return Attempt((), "ended with 1")

    with pytest.raises(CsmError, match="no nesting engine gave a plan that holds for sheet ply-12"):
        plan(instance(item("ell", ELL)), seed=0, time_limit_s=1, run=run)


def test_a_candidate_survives_its_line() -> None:
    assert from_line(to_line(OVERLAPPING)) == OVERLAPPING
    with pytest.raises(ValueError, match="not a candidate"):
        from_line('["full"]')


def test_slots_that_nothing_can_enter_are_filled_and_the_part_stays_covered() -> None:
    """A tooth of the comb needs 16 mm and its own width; slots of 15 mm close, those of 30 mm stay."""
    for width, closed in ((15.0, True), (30.0, False)):
        outline = comb(4, width)
        polygon = covering(outline, 8.0)
        assert polygon.buffer(1e-6).covers(Polygon(outline.points()))
        assert polygon.bounds == pytest.approx(outline.bounds)
        assert (polygon.area > outline.area * 1.3) is closed
