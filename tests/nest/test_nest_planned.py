# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A plan is kept where it serves, carried over where little changed, and never worse than a new one."""

import math
from dataclasses import replace

import pytest
from nest_instances import instance, item, rectangle, sheet

from csmkit.model import CutItem, Nesting, NestInstance, Outline
from csmkit.nest.arrange.carry import carried
from csmkit.nest.candidate import Candidate, CutSheet, Effort
from csmkit.nest.engines.attempt import Attempt, Line, Run, in_process
from csmkit.nest.engines.rectpack import Rectpack
from csmkit.nest.lock import Lock, updated
from csmkit.nest.planned import TOLERANCE, planned
from csmkit.nest.proof.nesting import verify
from csmkit.nest.score import candidate_of, finished, rank


def rounded(x: float, y: float, r: float = 20) -> Outline:
    b = math.tan(math.pi / 8)
    return Outline(
        (
            (r, 0, 0), (x - r, 0, b), (x, r, 0), (x, y - r, b),
            (x - r, y, 0), (r, y, b), (0, y - r, 0), (0, r, b),
        )
    )  # fmt: skip


def trailer(bed: float = 800, side: float = 240, spacing: float = 8.0, axles: int = 2) -> NestInstance:
    """A bed with a window, walls, beams and cheeks, some with grain, on a large sheet."""
    floor = item("bed", rounded(bed, 600), 1, "x", (Outline.rectangle(100, 100, bed - 100, 500),))
    ell = Outline.polygon([(0, 0), (300, 0), (300, 60), (60, 60), (60, 220), (0, 220)])
    return instance(
        floor,
        item("wall", rounded(bed + 24, side), 2, "x"),
        item("end", rounded(600, side), 2, "x"),
        rectangle("beam", bed + 100, 70, 3, "x"),
        rectangle("axle", 600, 60, axles, "x"),
        item("cheek", ell, 4),
        item("disc", Outline.circle(60, 60, 120), 4),
        stock=(sheet(2440, 1220),),
        spacing=spacing,
    )


def boxes(place: str, instance: NestInstance, effort: Effort, line: Line | None = None, /) -> Attempt:
    """Every engine packs boxes: quick, and the same whatever the engines learn."""
    found: list[Candidate] = []
    Rectpack().solve(instance, effort, found.append)
    return Attempt(tuple(found), "")


def new_plan(task: NestInstance, lock: Lock | None = None, run: Run = boxes) -> Nesting:
    nesting, refused = planned(task, lock or Lock(), seed=0, time_limit_s=0.2, run=run)
    assert refused == ()
    assert verify(nesting, task) == ()
    return nesting


@pytest.fixture(scope="module")
def before() -> tuple[Nesting, Lock]:
    nesting = new_plan(trailer())
    return nesting, updated(Lock(), trailer(), nesting)


def ways(old: Nesting, new: Nesting) -> list[float]:
    """How far each part is from the nearest place where one of its name lay on that sheet, mm."""
    result = []
    for k, layout in enumerate(new.layouts):
        for p in layout.placements:
            was = [o for o in old.layouts[k].placements if (o.item, o.angle) == (p.item, p.angle)]
            result.append(min((math.dist((p.x, p.y), (o.x, o.y)) for o in was), default=math.inf))
    return sorted(result)


@pytest.mark.parametrize(
    "changed",
    [trailer(bed=804), trailer(bed=795), trailer(side=243), trailer(spacing=8.35)],
    ids=["longer", "shorter", "higher", "a cutter of a quarter of an inch"],
)
def test_after_a_small_change_parts_stay_where_they_were(
    before: tuple[Nesting, Lock], changed: NestInstance
) -> None:
    old, lock = before
    kept, fresh = new_plan(changed, lock), new_plan(changed)
    far = ways(old, kept)
    assert far[len(far) * 8 // 10] < 10
    assert len(kept.layouts) <= len(fresh.layouts)
    assert kept.equivalent_sheets <= fresh.equivalent_sheets / (1 - TOLERANCE)


def test_an_added_part_is_laid_into_a_gap_and_the_others_stay(before: tuple[Nesting, Lock]) -> None:
    old, _ = before
    task = trailer(axles=3)
    candidate = carried(candidate_of(old), task, compact=False)
    assert candidate is not None
    nesting = finished(task, candidate, "carried")
    assert verify(nesting, task) == ()
    assert nesting.unplaced == ()
    far = ways(old, nesting)
    assert far[-2] == 0


def test_where_a_part_is_taken_out_the_others_stay(before: tuple[Nesting, Lock]) -> None:
    old, _ = before
    task = trailer(axles=1)
    candidate = carried(candidate_of(old), task, compact=False)
    assert candidate is not None
    nesting = finished(task, candidate, "carried")
    assert verify(nesting, task) == ()
    assert ways(old, nesting)[-1] == 0


def test_a_plan_that_would_cost_more_than_the_tolerance_is_not_kept() -> None:
    """Parts that shrink would lie where they lay, with air between."""
    old_task = instance(rectangle("a", 480, 115, 8))
    lock = updated(Lock(), old_task, new_plan(old_task))
    task = instance(rectangle("a", 320, 115, 8))
    kept, fresh = new_plan(task, lock), new_plan(task)
    assert kept.equivalent_sheets <= fresh.equivalent_sheets / (1 - TOLERANCE)


def test_an_engines_plan_is_kept_as_well(before: tuple[Nesting, Lock]) -> None:
    """Parts nested closely, some in the window of the bed: the bed grows by 4 mm."""
    old = new_plan(trailer(), run=in_process)
    lock = updated(Lock(), trailer(), old)
    kept, fresh = (new_plan(trailer(bed=804), known, in_process) for known in (lock, None))
    assert kept.equivalent_sheets <= fresh.equivalent_sheets / (1 - TOLERANCE)
    candidate = carried(candidate_of(old), trailer(bed=804), compact=False)
    assert candidate is not None
    assert verify(finished(trailer(bed=804), candidate, "carried"), trailer(bed=804)) == ()


def test_where_the_grain_runs_the_other_way_now_nothing_of_the_old_plan_stays() -> None:
    parts = rectangle("a", 400, 100, 3, "x")
    lock = updated(Lock(), instance(parts), new_plan(instance(parts)))
    task = instance(parts, stock=(sheet(grain="y"),))
    kept = new_plan(task, lock)
    assert verify(kept, task) == ()
    assert kept.unplaced == ()
    assert {p.angle for layout in kept.layouts for p in layout.placements} <= {90.0, 270.0}


def test_what_lies_in_a_hole_goes_with_its_host() -> None:
    def ring(width: float) -> CutItem:
        window = Outline.rectangle(100, 50, 500, 350)
        return item("ring", Outline.rectangle(0, 0, width, 400), holes=(window,))

    def task(width: float) -> NestInstance:
        return instance(rectangle("post", width, 60), ring(width), rectangle("small", 300, 200), edge=10)

    rows = [("kit/post", 10.0, 10.0, 0.0), ("kit/ring", 10.0, 78.0, 0.0), ("kit/small", 150.0, 170.0, 0.0)]
    old = finished(task(600), (CutSheet("full", tuple(rows)),), "hand")
    assert verify(old, task(600)) == ()
    wider = replace(task(600), items=(rectangle("post", 600, 63), *task(600).items[1:]))
    new = carried(candidate_of(old), wider, compact=False)
    assert new is not None
    place = {name: (x, y) for name, x, y, _ in new[0].placed}
    assert verify(finished(wider, new, "carried"), wider) == ()
    assert place["kit/ring"] == pytest.approx((10, 81), abs=0.01)
    assert place["kit/small"][1] - place["kit/ring"][1] == pytest.approx(170 - 78, abs=1e-6)


def no_engine(place: str, instance: NestInstance, effort: Effort, line: Line | None = None, /) -> Attempt:
    raise AssertionError("nothing has to be planned")


def test_the_plan_of_the_lock_serves_without_planning(before: tuple[Nesting, Lock]) -> None:
    old, lock = before
    heard: list[Nesting] = []
    again, refused = planned(trailer(), lock, seed=0, time_limit_s=1, run=no_engine, watch=heard.append)
    assert (again, refused) == (old, ())
    assert heard == [old]


def test_planning_again_keeps_the_better_of_the_two(before: tuple[Nesting, Lock]) -> None:
    old, lock = before

    def worse(place: str, instance: NestInstance, effort: Effort, line: Line | None = None, /) -> Attempt:
        """All parts on sheets of their own."""
        alone = [CutSheet(s.stock, (p,)) for s in candidate_of(old) for p in s.placed]
        return Attempt((tuple(alone),), "")

    again, _ = planned(trailer(), lock, seed=0, time_limit_s=1, replan=True, run=worse)
    assert again == old
    poor, _ = planned(trailer(), Lock(), seed=0, time_limit_s=1, run=worse)
    again, _ = planned(
        trailer(), updated(Lock(), trailer(), poor), seed=0, time_limit_s=1, replan=True, run=boxes
    )
    assert rank(again, trailer()) < rank(poor, trailer())


def test_a_lock_of_other_parts_is_no_help_and_no_harm(before: tuple[Nesting, Lock]) -> None:
    other = instance(rectangle("seat", 400, 300, 2), rectangle("leg", 300, 200, 4))
    assert new_plan(other, before[1]) == new_plan(other)
