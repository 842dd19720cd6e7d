# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Planning an order, good by good: what is best so far is kept when the user stops the search."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from csmkit.model import BarInstance, BarPlan, CutPlan, Nesting, NestInstance
from csmkit.model.cut_order import CutOrder
from csmkit.nest.guillotine import plan_saw, with_cuts
from csmkit.nest.linear import plan_bars
from csmkit.nest.lock import Lock, key_of, reuse, updated
from csmkit.nest.planned import planned
from csmkit.nest.proof.saw import verify_saw
from csmkit.nest.score import rank
from csmkit.nest.shortage import no_room, no_room_on_bars
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
        lock: the plans of this order alone.
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
    search = _Search(order, Lock({**kits_lock.entries, **lock.entries}), planning, watcher)
    is_stopped = False
    try:
        search.run()
    except KeyboardInterrupt:
        is_stopped = True
        search.hurry()
    for task in order.sheets:
        if search.best[task.sheet].unplaced:
            raise no_room(search.best[task.sheet], task)
    for bar in order.bars:
        if search.bars[bar.bar].unplaced:
            raise no_room_on_bars(search.bars[bar.bar], bar)
    entries, reused = {}, []
    for task in order.sheets:
        known = updated(search.lock, task, search.best[task.sheet])
        reused += [task.sheet] if known == search.lock else []
        entries[key_of(task)] = known.entries[key_of(task)]
    plan = CutPlan(
        tuple(search.best[task.sheet] for task in order.sheets),
        tuple(search.bars[bar.bar] for bar in order.bars),
    )
    return Planned(plan, Lock(entries), tuple(reused), is_stopped, tuple(dict.fromkeys(search.said)))


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
        if task in self.order.sawn:
            self.best[task.sheet] = self._sawn(task, planning)
        else:  # an old plan that is as good as the best may be taken instead of it
            self.best[task.sheet] = self._nested(task, planning)
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
        if known is not None and verify_saw(known, task):
            known = None
        if known is not None:
            self._keep(task, known)
            if not planning.replan:
                return known
        found = plan_saw(
            task,
            seed=planning.seed,
            time_limit_s=planning.time_limit_s,
            say=self.said.append,
            watch=lambda better: self._keep(task, better),
        )
        return known if known is not None and rank(known, task) <= rank(found, task) else found

    def _keep(self, task: NestInstance, nesting: Nesting) -> None:
        known = self.best.get(task.sheet)
        if known is None or rank(nesting, task) < rank(known, task):
            self.best[task.sheet] = nesting
            self.watcher.better(nesting)

    def _saw(self, bar: BarInstance, planning: Planning) -> None:
        self.bars[bar.bar] = plan_bars(
            bar, seed=planning.seed, time_limit_s=planning.time_limit_s, say=self.said.append
        )
