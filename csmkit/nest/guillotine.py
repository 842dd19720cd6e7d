# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Plans for a panel or table saw: every cut runs from edge to edge of the piece that it divides.

Engines only place boxes; cuts, their order and what remains follow from the boxes, so that every engine's
answer, and a plan from the lock, becomes the same kind of plan.
"""

from __future__ import annotations

import math
import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from importlib.util import find_spec

from csmkit.errors import CsmError
from csmkit.model import Nesting, NestInstance
from csmkit.nest.candidate import Candidate, CutSheet, Effort, is_finite
from csmkit.nest.engines.attempt import TICK_S, Attempt, Line, Run, in_process, isolated
from csmkit.nest.proof.nesting import verify
from csmkit.nest.proof.saw import verify_saw
from csmkit.nest.saw.sawn import sawn
from csmkit.nest.saw.task import SawTask, saw_task
from csmkit.nest.score import finished, rank

SHELVES = "csmkit.nest.saw.shelves:Shelves"  # ours: always there, and done in no time
ENGINES: Mapping[str, str] = {"packingsolver": "csmkit.nest.saw.engine:Guillotine"}

EQUAL = 2e-3  # of a sheet, 5 mm: a longer rest is not worth another stage
LATEST = 12  # answers of an engine that are looked at in the end: each is better than those before
LANES = 2  # seeds side by side, one a core; no more and no fewer on any machine, so that plans repeat

Say = Callable[[str], None]
Watch = Callable[[Nesting], None]


def plan_saw(
    instance: NestInstance,
    *,
    seed: int,
    time_limit_s: float,
    run: Run = isolated,
    say: Say = lambda _: None,
    watch: Watch = lambda _: None,
) -> Nesting:
    """Lay the boxes of the parts of one sheet good on sheets, with the cuts in the order of the work.

    Args:
        instance: parts, stock and rules: spacing is the saw's kerf, edge what is trimmed off.
        seed: other seeds search elsewhere.
        time_limit_s: work to spend on each of two cores, in seconds of one core of the reference machine; the
            same arguments give the same plan.
        run: how the native engine is run.
        say: told in one line why an answer was passed over.
        watch: told every better proven plan as soon as it is known.
    Returns: the best plan that passes `verify` and `verify_saw`; parts for which the stock has no room are
        in `unplaced`.
    Raises: CsmError: no plan holds.
    """
    if not instance.items:
        return finished(instance, (), "none needed")
    proven = list(_proven(_Sawing(instance, say, watch), Effort(seed, time_limit_s), run))
    if not proven:
        raise CsmError(f"no saw plan holds for sheet {instance.sheet}", remedy="report it with the cut list")
    return min(proven, key=lambda nesting: _order(nesting, instance))


def with_cuts(nesting: Nesting, instance: NestInstance) -> Nesting | None:
    """A plan's parts, pushed together and with cuts; None if they can't be sawn apart from edge to edge."""
    candidate = tuple(
        CutSheet(layout.stock, tuple((p.item, p.x, p.y, p.angle) for p in layout.placements))
        for layout in nesting.layouts
    )
    return sawn(instance, saw_task(instance), candidate, nesting.engine)


def _proven(sawing: _Sawing, effort: Effort, run: Run) -> Iterator[Nesting]:
    """The best answer of each engine and seed that passes every check."""
    first = in_process(SHELVES, sawing.instance, effort)
    yield from sawing.best(first.candidates, "shelves")
    for name, place in ENGINES.items():
        if find_spec(name) is None:
            continue
        for attempt in _side_by_side(sawing, name, effort, partial(run, place)):
            if attempt.trouble:
                sawing.tell(f"{name} {attempt.trouble}")
            yield from sawing.best(attempt.candidates, name)


def _side_by_side(
    sawing: _Sawing, engine: str, effort: Effort, run: Callable[[NestInstance, Effort, Line], Attempt]
) -> list[Attempt]:
    """One engine with several seeds; what it answers meanwhile is looked at as it comes."""
    heard: queue.SimpleQueue[Candidate] = queue.SimpleQueue()
    line = Line(heard.put, threading.Event())
    efforts = [replace(effort, seed=LANES * effort.seed + k) for k in range(LANES)]
    with ThreadPoolExecutor(LANES) as lanes:
        running = [lanes.submit(run, sawing.instance, e, line) for e in efforts]
        try:
            while not all(r.done() for r in running):
                with suppress(queue.Empty):
                    sawing.look(heard.get(timeout=TICK_S), engine)
        finally:
            line.stop.set()  # Ctrl-C ends the lanes, too
        return [r.result() for r in running]


@dataclass
class _Sawing:
    """Answers become plans, each once; the best that holds is told when it comes."""

    instance: NestInstance
    say: Say
    watch: Watch
    _seen: dict[Candidate, Nesting | None] = field(default_factory=dict)  # None: can't be sawn, or is wrong
    _said: set[str] = field(default_factory=set)
    _best: Nesting | None = None

    def best(self, candidates: Sequence[Candidate], engine: str) -> Iterator[Nesting]:
        """The best of an engine's latest answers, if one holds."""
        plans = [plan for c in candidates[-LATEST:] if (plan := self.look(c, engine))]
        yield from sorted(plans, key=lambda n: _order(n, self.instance))[:1]

    def look(self, candidate: Candidate, engine: str) -> Nesting | None:
        """An answer as a plan that has been sawn again by the verifiers; None if it doesn't hold."""
        if candidate not in self._seen:
            nesting = self._seen[candidate] = self._held(candidate, engine)
            if nesting and (not self._best or rank(nesting, self.instance) < rank(self._best, self.instance)):
                self._best = nesting
                self.watch(nesting)
        return self._seen[candidate]

    def tell(self, text: str) -> None:
        """Say something once."""
        if text not in self._said:
            self._said.add(text)
            self.say(f"{self.instance.sheet}: {text}")

    def _held(self, candidate: Candidate, engine: str) -> Nesting | None:
        if not self._is_known(candidate):
            self.tell(f"a plan of {engine} names what isn't there")
            return None
        nesting = sawn(self.instance, self._task, candidate, engine)
        if nesting is None:
            self.tell(f"a plan of {engine} can't be sawn from edge to edge")
            return None
        findings = (*verify(nesting, self.instance), *verify_saw(nesting, self.instance))
        if findings:
            self.tell(f"a plan of {engine} was refused: {findings[0]}")
        return None if findings else nesting

    def _is_known(self, candidate: Candidate) -> bool:
        names, stocks = {p.name for p in self._task.parts}, {b.stock.key for b in self._task.blanks}
        return all(
            s.stock in stocks and is_finite(s) and all(p[0] in names for p in s.placed) for s in candidate
        )

    @cached_property
    def _task(self) -> SawTask:
        return saw_task(self.instance)


def _order(nesting: Nesting, instance: NestInstance) -> tuple[object, ...]:
    """Better plans first; of nearly equal ones that with fewer stages and cuts."""
    cuts = [c for layout in nesting.layouts for c in layout.cuts]
    unplaced, bought, share, _ = rank(nesting, instance)
    stages = max((c.stage for c in cuts), default=0)
    return (unplaced, bought, math.floor(share / EQUAL), stages, share, len(cuts))
