# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Planning an order, good by good: what is best so far is kept when the user stops the search."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Protocol

from csmkit.errors import CsmError
from csmkit.model import BarInstance, BarPlan, CutPlan, Nesting, NestInstance
from csmkit.model.cut_order import CutOrder
from csmkit.nest.guillotine import plan_saw, with_cuts
from csmkit.nest.linear import plan_bars
from csmkit.nest.lock import Lock, reuse, updated
from csmkit.nest.planned import planned
from csmkit.nest.score import rank
from csmkit.nest.verify_saw import verify_saw
from csmkit.pipeline.flow import Planning

HURRY_S = 1.0  # seconds for a good that the user's Ctrl-C left without a plan


class Watcher(Protocol):
    """Is told while plans are made."""

    def begin(self, task: NestInstance) -> None:
        """A sheet good's turn has come."""

    def better(self, nesting: Nesting) -> None:
        """A proven plan that is better than the one before."""

    def done(self, nesting: Nesting) -> None:
        """The plan of a sheet good that will be cut."""

    def stopped(self, hurried: int) -> None:
        """The user stops the search; so many goods are still without a plan and get a quick one."""


@dataclass(frozen=True)
class Planned:
    """An order's plans.

    Args:
        lock: with what is better now.
        reused: sheet goods whose plan is that of an earlier run.
        is_stopped: the user ended the search.
        said: why an engine was passed over, or a locked plan refused.
    """

    plan: CutPlan
    lock: Lock
    reused: tuple[str, ...]
    is_stopped: bool
    said: tuple[str, ...]


def plan_order(order: CutOrder, lock: Lock, kits_lock: Lock, planning: Planning, watcher: Watcher) -> Planned:
    """Lay an order's parts on sheets and bars.

    On Ctrl-C the best plan so far is kept for each good, and goods without one get a quick plan; a second
    Ctrl-C ends it all.

    Args:
        order: what to cut.
        lock: plans of this order's earlier runs.
        kits_lock: plans that come with the kit's design; they serve as well.
        planning: seconds for each sheet good, seed, whether to search on where a lock serves.
        watcher: told what comes out as it comes.
    Raises: CsmError: the stock does not hold all parts. KeyboardInterrupt: Ctrl-C twice.
    """
    search = _Search(order, _merged(lock, kits_lock, order), planning, watcher)
    is_stopped = False
    try:
        search.run()
    except KeyboardInterrupt:
        is_stopped = True
        search.hurry()
    for task in order.sheets:
        _refuse_unplaced(task, search.best[task.sheet], is_stopped)
    for bar in order.bars:
        _refuse_unplaced_pieces(bar, search.bars[bar.bar])
    newest, reused = search.lock, []
    for task in order.sheets:
        before, newest = newest, updated(newest, task, search.best[task.sheet])
        reused += [task.sheet] if newest == before else []
    plan = CutPlan(
        tuple(search.best[task.sheet] for task in order.sheets),
        tuple(search.bars[bar.bar] for bar in order.bars),
    )
    return Planned(plan, newest, tuple(reused), is_stopped, tuple(dict.fromkeys(search.said)))


@dataclass
class _Search:
    """One search: it can be stopped at any moment."""

    order: CutOrder
    lock: Lock
    planning: Planning
    watcher: Watcher
    bars: dict[str, BarPlan] = field(default_factory=dict)
    best: dict[str, Nesting] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Plan everything."""
        for bar in self.order.bars:
            self._saw(bar, self.planning)
        for task in self.order.sheets:
            self._plan(task, self.planning)

    def hurry(self) -> None:
        """Plan quickly what has no whole plan yet."""
        left = [t for t in self.order.sheets if t.sheet not in self.best or self.best[t.sheet].unplaced]
        self.watcher.stopped(len(left))
        quick = replace(self.planning, time_limit_s=HURRY_S, replan=False)
        for bar in self.order.bars:
            if bar.bar not in self.bars:
                self._saw(bar, quick)
        for task in left:
            self._plan(task, quick)

    def _plan(self, task: NestInstance, planning: Planning) -> None:
        self.watcher.begin(task)
        self._keep(
            task, self._sawn(task, planning) if task in self.order.sawn else self._nested(task, planning)
        )
        self.watcher.done(self.best[task.sheet])

    def _nested(self, task: NestInstance, planning: Planning) -> Nesting:
        nesting, refused = planned(
            task,
            self.lock,
            seed=planning.seed,
            time_limit_s=planning.time_limit_s,
            replan=planning.replan,
            repeatable=False,
            say=self.said.append,
            watch=lambda better: self._keep(task, better),
        )
        self.said += map(str, refused)
        return nesting

    def _sawn(self, task: NestInstance, planning: Planning) -> Nesting:
        """A saw plan: the lock's, sawn and proven again, else a new one; the better of the two if asked."""
        locked, refused = reuse(self.lock, task)
        self.said += map(str, refused)
        known = with_cuts(locked, task) if locked else None
        if known is not None and not verify_saw(known, task):
            self._keep(task, known)
            if not planning.replan:
                return known
        return plan_saw(task, seed=planning.seed, time_limit_s=planning.time_limit_s, say=self.said.append)

    def _keep(self, task: NestInstance, nesting: Nesting) -> None:
        known = self.best.get(task.sheet)
        if known is None or rank(nesting, task) < rank(known, task):
            self.best[task.sheet] = nesting
            self.watcher.better(nesting)

    def _saw(self, bar: BarInstance, planning: Planning) -> None:
        self.bars[bar.bar] = plan_bars(
            bar, seed=planning.seed, time_limit_s=planning.time_limit_s, say=self.said.append
        )


def _merged(lock: Lock, other: Lock, order: CutOrder) -> Lock:
    """A lock with what another one knows better of an order."""
    for task in order.sheets if other.entries else ():
        nesting, _ = reuse(other, task)
        if nesting is not None:
            lock = updated(lock, task, nesting)
    return lock


def _refuse_unplaced(task: NestInstance, nesting: Nesting, is_stopped: bool) -> None:
    """Say what has to be bought where the stock does not hold all parts."""
    if not nesting.unplaced:
        return
    counts = Counter(nesting.unplaced)
    areas = {item.name: abs(item.pattern.outline.area) for item in task.items}
    largest = max((s for s in task.stock if s.kind == "sheet"), key=lambda s: s.outline.area, default=None)
    remedy = f"add a sheet of {task.sheet} to the workshop file"
    if largest is not None:
        more = math.ceil(sum(areas[name] * n for name, n in counts.items()) / largest.outline.area)
        remedy = f"buy at least {more} more {largest.key} and raise its quantity in the workshop file"
    if is_stopped:
        remedy = f"let the search run longer, or {remedy}"
    names = ", ".join(f"{n} × {name}" for name, n in sorted(counts.items()))
    problem = f"{len(nesting.unplaced)} parts find no room on the stock of {task.sheet}: {names}"
    raise CsmError(problem, kit=task.items[0].kit, remedy=remedy)


def _refuse_unplaced_pieces(task: BarInstance, plan: BarPlan) -> None:
    if not plan.unplaced:
        return
    longest = max((s for s in task.stock if s.kind == "bar"), key=lambda s: s.length, default=None)
    remedy = f"add a bar of {task.bar} to the workshop file"
    if longest is not None:
        more = math.ceil(sum(length for _, length in plan.unplaced) / longest.length)
        remedy = f"buy at least {more} more {longest.key} and raise its quantity in the workshop file"
    counts = Counter(name for name, _ in plan.unplaced)
    names = ", ".join(f"{n} × {name}" for name, n in sorted(counts.items()))
    problem = f"{len(plan.unplaced)} pieces find no room on the stock of {task.bar}: {names}"
    raise CsmError(problem, kit=task.pieces[0].kit, remedy=remedy)
