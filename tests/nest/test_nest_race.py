# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Engines side by side: the best proven plan wins, nothing is waited for in vain, and what fails is said."""

import math
import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from nest_instances import instance, item, rectangle, sheet

from csmkit.model import Nesting, NestInstance, Outline
from csmkit.nest import irregular
from csmkit.nest.candidate import Candidate, CutSheet, Effort, Placed
from csmkit.nest.engines import race
from csmkit.nest.engines.attempt import Attempt, Line, in_process, isolated, load_engine
from csmkit.nest.engines.promising import promising
from csmkit.nest.irregular import ENGINES, installed, plan
from csmkit.nest.proof.nesting import verify
from csmkit.nest.score import equivalent, rank

ELL = Outline.polygon([(0, 0), (300, 0), (300, 60), (60, 60), (60, 220), (0, 220)])
TASK = instance(item("ell", ELL, 6, "x"), rectangle("tile", 130, 90, 8))


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(race, "cores", lambda: 2)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


def test_by_the_clock_plans_are_told_as_they_come_each_better_than_the_one_before() -> None:
    heard: list[Nesting] = []
    best = plan(TASK, seed=0, time_limit_s=4, repeatable=False, watch=heard.append)
    ranks = [rank(n, TASK) for n in heard]
    assert heard[-1] == best
    assert ranks == sorted(set(ranks), reverse=True)
    assert all(verify(n, TASK) == () for n in heard)
    assert best.unplaced == ()


def test_lanes_search_elsewhere_and_go_on_from_the_best_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(race, "ONE_SHEET", 0.0)
    efforts: list[Effort] = []

    def run(place: str, task: NestInstance, effort: Effort, line: Line) -> Attempt:
        efforts.append(effort)
        return in_process(ENGINES["rectpack"], task, effort, line)

    plan(TASK, seed=5, time_limit_s=4, repeatable=False, run=run)
    assert len({e.seed for e in efforts}) == len(efforts)
    assert all(not e.start for e in efforts[:2])
    assert all(e.start and not e.repeatable for e in efforts[2:])
    assert len(efforts) > 2


def test_parts_for_one_sheet_are_packed_as_a_strip_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(irregular, "ENGINES", {"best": "best", "spyrrow": "strips"})
    monkeypatch.setattr(irregular, "installed", lambda: ("best", "spyrrow"))
    monkeypatch.setattr(race, "cores", lambda: 2)
    places: list[str] = []

    def run(place: str, task: NestInstance, effort: Effort, line: Line) -> Attempt:
        places.append(place)
        return in_process(ENGINES["rectpack"], task, effort, line)

    plan(instance(item("ell", ELL)), seed=0, time_limit_s=2, repeatable=False, run=run)
    assert sorted(places) == ["best", "strips"]


def test_a_strip_of_plain_parts_gets_all_cores_and_another_engine_is_there_for_a_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(irregular, "ENGINES", {"best": "best", "spyrrow": "strips"})
    monkeypatch.setattr(irregular, "installed", lambda: ("best", "spyrrow"))
    efforts: dict[str, Effort] = {}

    def run(place: str, task: NestInstance, effort: Effort, line: Line) -> Attempt:
        efforts[place] = effort
        return in_process(ENGINES["rectpack"], task, effort, line)

    plan(instance(item("ell", ELL)), seed=0, time_limit_s=20, repeatable=False, run=run)
    assert efforts["strips"].threads == 2
    assert efforts["strips"].time_limit_s > 4 * efforts["best"].time_limit_s


@pytest.mark.skipif("spyrrow" not in installed(), reason="spyrrow packs strips")
def test_a_last_sheet_laid_anew_gets_shorter_and_all_else_stays() -> None:
    """Six ells beside each other, each in its box, waste a third of it; a small part stays in its hole."""
    frame = item("frame", Outline.rectangle(0, 0, 470, 470), holes=(Outline.rectangle(50, 50, 420, 420),))
    task = instance(item("ell", ELL, 6), frame, rectangle("tile", 130, 90), stock=(sheet(2400, 500),))
    ells = tuple(("kit/ell", 490.0 + 310 * k, 10.0, 0.0) for k in range(6))
    start = (CutSheet("full", (("kit/frame", 10.0, 10.0, 0.0), ("kit/tile", 70.0, 70.0, 0.0), *ells)),)
    told: list[Candidate] = []
    load_engine(ENGINES["spyrrow"]).solve(task, Effort(0, 1.0, False, start), told.append)
    nesting = irregular.best_proven(task, tuple(told), "spyrrow")
    assert nesting is not None
    assert nesting.unplaced == ()
    assert nesting.equivalent_sheets < 0.8 * equivalent(start, task)
    [layout] = nesting.layouts
    at = {p.item: p for p in layout.placements}
    host, tile = (at[n] for n in ("kit/frame", "kit/tile"))
    assert math.dist((host.x, host.y), (tile.x, tile.y)) == pytest.approx(60 * math.sqrt(2))


def test_plans_with_less_on_their_last_sheet_are_more_promising() -> None:
    """Also than one that is better now; of two with the same parts there the better is taken."""
    task = instance(rectangle("a", 300, 480, 4), rectangle("b", 90, 90))

    def row(count: int, first: float, gap: float = 310.0) -> tuple[Placed, ...]:
        return tuple(("kit/a", first + gap * k, 10.0, 0.0) for k in range(count))

    small: Placed = ("kit/b", 10.0, 10.0, 0.0)
    heavy = (CutSheet("full", row(2, 380)), CutSheet("full", (*row(2, 10), small)))
    light = (CutSheet("full", row(3, 70)), CutSheet("full", (*row(1, 450), small)))
    lighter = (CutSheet("full", row(3, 70)), CutSheet("full", (*row(1, 350), small)))
    partial = (CutSheet("full", row(1, 10)),)
    assert equivalent(heavy, task) < equivalent(lighter, task) < equivalent(light, task)
    assert promising((partial, heavy, light, lighter), task) == [lighter, heavy]


def test_an_engine_that_dies_in_a_race_is_said_and_the_next_one_plans(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engines = {"dying": "dying_engine:Dying", "rectpack": ENGINES["rectpack"]}
    monkeypatch.setattr(irregular, "ENGINES", engines)
    monkeypatch.setattr(irregular, "installed", lambda: tuple(engines))
    said: list[str] = []
    best = plan(TASK, seed=0, time_limit_s=5, repeatable=False, say=said.append)
    assert (best.engine, best.unplaced) == ("rectpack", ())
    assert any("dying ended with -" in line for line in said)


def test_an_engine_that_hangs_in_a_race_is_ended_and_what_it_told_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(irregular, "ENGINES", {"hanging": "dying_engine:Hanging"})
    monkeypatch.setattr(irregular, "installed", lambda: ("hanging",))
    one = instance(item("ell", ELL))
    best = plan(one, seed=0, time_limit_s=4, repeatable=False)
    assert best.unplaced == ()


def test_an_interrupt_ends_the_engines_and_is_raised_on() -> None:
    running = threading.Event()
    ended = threading.Event()

    def run(place: str, task: NestInstance, effort: Effort, line: Line) -> Attempt:
        line.tell((CutSheet("full", (("kit/ell", 10.0, 10.0, 0.0),)),))
        running.set()
        assert line.stop.wait(20)
        ended.set()
        return Attempt((), "")

    def interrupt(nesting: Nesting) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan(instance(item("ell", ELL)), seed=0, time_limit_s=30, repeatable=False, run=run, watch=interrupt)
    assert running.is_set()
    assert ended.is_set()


def test_a_child_that_is_to_stop_is_ended_at_once() -> None:
    stop = threading.Event()
    attempt = isolated("dying_engine:Hanging", TASK, Effort(0, 50.0), Line(lambda _: stop.set(), stop))
    assert (len(attempt.candidates), attempt.trouble) == (1, "")


@pytest.mark.skipif("packingsolver" not in installed(), reason="packingsolver needs Python 3.12")
def test_many_parts_are_cut_in_repeated_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csmkit.nest.engines.packingsolver.VAST", 0)
    task = instance(item("ell", ELL, 40, "x"), rectangle("tile", 130, 90, 80), stock=(sheet(1000, 500),))
    best = plan(task, seed=0, time_limit_s=0.5, run=in_process)
    assert (verify(best, task), best.unplaced) == ((), ())
    assert best.equivalent_sheets < 1.7 * best.lower_bound


@pytest.mark.skipif("packingsolver" not in installed(), reason="packingsolver needs Python 3.12")
def test_two_small_sheets_that_cost_less_are_taken_rather_than_a_large_one() -> None:
    large = replace(sheet(1000, 500, "large"), price=Decimal(90))
    small = replace(sheet(500, 500, "small"), price=Decimal(20))
    task = instance(rectangle("a", 470, 470, 2), stock=(large, small))
    best = plan(task, seed=0, time_limit_s=0.5, run=in_process)
    assert [x.stock for x in best.layouts] == ["small", "small"]
