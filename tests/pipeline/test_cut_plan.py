# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Planning an order: what Ctrl-C leaves, what a lock saves, what has to be bought."""

from decimal import Decimal

import pytest

from csmkit.errors import CsmError
from csmkit.model import CutItem, CutRules, FlatPattern, NestInstance, Outline, Pose, StockSheet
from csmkit.model.cut_order import CutOrder
from csmkit.nest.candidate import Effort
from csmkit.nest.engines.attempt import in_process
from csmkit.nest.irregular import ENGINES, best_proven
from csmkit.nest.lock import Lock, updated
from csmkit.pipeline import cut_plan
from csmkit.pipeline.cut_plan import plan_order
from csmkit.pipeline.flow import Planning

PLANNING = Planning(time_limit_s=5)


def task(good, quantity=3, stock=None):
    pattern = FlatPattern(Outline.rectangle(0, 0, 400, 300), (), 12.0, None, Pose())
    sheet = StockSheet(
        f"{good}-full",
        good,
        Outline.rectangle(0, 0, 1000, 800),
        Decimal(50),
        stock,
        "sheet",
        None,
        (),
        "test",
    )
    return NestInstance(good, (CutItem("kit", "side", good, pattern, quantity),), (sheet,), CutRules(8, 10))


def order(*nested, sawn=()):
    return CutOrder("kit", "router", (), nested, sawn, ())


def shelves(instance):
    """A plan from the simplest engine: it is there on every machine and takes no time."""
    attempt = in_process(ENGINES["rectpack"], instance, Effort(0, 1.0))
    nesting = best_proven(instance, attempt.candidates, "rectpack")
    assert nesting is not None
    return nesting


class Told:
    """Remembers what it was told."""

    def __init__(self):
        self.begun, self.found, self.hurried = [], [], None

    def begin(self, task):
        self.begun.append(task.sheet)

    def better(self, nesting):
        self.found.append(nesting.sheet)

    def done(self, nesting):
        pass

    def stopped(self, hurried):
        self.hurried = hurried


@pytest.fixture
def planner(monkeypatch):
    """The nesting planner, replaced by one that follows a script: {good: "plan" | "stop" | "late stop"}."""
    calls = []

    def script(does):
        def planned(instance, lock, *, time_limit_s, watch, **_):
            calls.append((instance.sheet, time_limit_s))
            act = does[instance.sheet].pop(0) if does.get(instance.sheet) else "plan"
            if act == "stop":
                raise KeyboardInterrupt
            nesting = shelves(instance)
            watch(nesting)
            if act == "late stop":
                raise KeyboardInterrupt
            return nesting, ()

        monkeypatch.setattr(cut_plan, "planned", planned)
        return calls

    return script


def test_ctrl_c_keeps_what_was_found_and_plans_the_rest_quickly(planner):
    calls = planner({"b": ["late stop"]})
    told = Told()
    done = plan_order(order(task("a"), task("b"), task("c")), Lock(), Lock(), PLANNING, told)
    assert done.is_stopped
    assert calls == [("a", 5), ("b", 5), ("c", cut_plan.HURRY_S)]
    assert told.hurried == 1
    assert [n.sheet for n in done.plan.nestings] == ["a", "b", "c"]
    assert all(len(n.layouts[0].placements) == 3 for n in done.plan.nestings)


def test_ctrl_c_before_the_first_plan_still_gives_one(planner):
    calls = planner({"a": ["stop"]})
    done = plan_order(order(task("a")), Lock(), Lock(), PLANNING, Told())
    assert done.is_stopped
    assert calls == [("a", 5), ("a", cut_plan.HURRY_S)]


def test_ctrl_c_twice_ends_it_all(planner):
    planner({"a": ["stop", "stop"]})
    with pytest.raises(KeyboardInterrupt):
        plan_order(order(task("a")), Lock(), Lock(), PLANNING, Told())


def test_an_order_that_is_planned_is_locked_and_the_lock_serves_the_next_run(planner):
    planner({})
    first = plan_order(order(task("a")), Lock(), Lock(), PLANNING, Told())
    assert first.reused == ()
    second = plan_order(order(task("a")), first.lock, Lock(), PLANNING, Told())
    assert second.reused == ("a",)
    assert second.lock == first.lock


def test_the_lock_beside_the_design_serves_as_well(monkeypatch):
    kits = updated(Lock(), task("a"), shelves(task("a")))
    monkeypatch.setattr("csmkit.nest.planned.irregular.plan", None)  # to plan would be an error
    done = plan_order(order(task("a")), Lock(), kits, PLANNING, Told())
    assert done.reused == ("a",)


def test_a_saw_plan_is_sawn_again_from_its_lock(monkeypatch):
    first = plan_order(order(sawn=(task("a"),)), Lock(), Lock(), PLANNING, Told())
    assert first.plan.nestings[0].layouts[0].cuts
    monkeypatch.setattr(cut_plan, "plan_saw", None)
    second = plan_order(order(sawn=(task("a"),)), first.lock, Lock(), PLANNING, Told())
    assert second.plan == first.plan
    assert second.reused == ("a",)


def test_too_little_stock_tells_how_many_sheets_are_missing(planner):
    planner({})  # 4 parts of 400 × 300 lie on a sheet of 1000 × 800, 9 of 0.12 m² are left of 13: 1.08 m²
    with pytest.raises(CsmError, match=r"9 parts find no room .* buy at least 2 more a-full"):
        plan_order(order(task("a", 13, stock=1)), Lock(), Lock(), PLANNING, Told())
