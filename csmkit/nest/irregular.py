# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""True-shape nesting: the best engine that is installed, its answer measured, the next engine if it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec

from csmkit.errors import CsmError
from csmkit.model import Nesting, NestInstance
from csmkit.nest.area import is_boxy
from csmkit.nest.candidate import Candidate, Effort, is_finite
from csmkit.nest.engines.attempt import Line, Run, isolated
from csmkit.nest.engines.race import BOXES, Race
from csmkit.nest.proof.nesting import verify
from csmkit.nest.score import candidate_rank, finished, rank

# Best first: on the benchmark plykit60 they need 1.59, 1.79 and 2.22 sheets with 10 s of work.
ENGINES: Mapping[str, str] = {
    "packingsolver": "csmkit.nest.engines.packingsolver:Packingsolver",
    "spyrrow": "csmkit.nest.engines.spyrrow:Spyrrow",
    "rectpack": "csmkit.nest.engines.rectpack:Rectpack",
}

SAW, SAW_NEEDS = "csmkit.nest.saw.engine:Guillotine", ("packingsolver",)

LAST_RESORT_S = 20.0  # for the engine that never fails, where the time given was too short for all of them

Say = Callable[[str], None]
Watch = Callable[[Nesting], None]


def installed() -> tuple[str, ...]:
    """Engines that can be imported here, best first."""
    return tuple(name for name in ENGINES if find_spec(name))


def plan(
    instance: NestInstance,
    *,
    seed: int,
    time_limit_s: float,
    repeatable: bool = True,
    run: Run = isolated,
    say: Say = lambda _: None,
    watch: Watch = lambda _: None,
) -> Nesting:
    """Lay the parts of one sheet good on the workshop's sheets.

    Args:
        instance: parts, stock and rules.
        seed: other seeds search elsewhere.
        time_limit_s: work to spend, in seconds of one core of the reference machine; by the clock, and on all
            cores, where not `repeatable`.
        repeatable: the same arguments give the same plan on every run (with packingsolver; the fallback
            spyrrow repeats only through the layout lock).
        run: how an engine is run.
        say: told in one line why an engine was passed over.
        watch: told every better proven plan as soon as it is known.
    Returns: the best plan that passes `verify`; parts for which the stock has no room are in `unplaced`.
    Raises: CsmError: no engine is installed, or none gave a plan that holds.
    """
    if not instance.items:
        return finished(instance, (), "none needed")
    best = Best(instance, say, watch)
    engines = _engines(instance)

    def attempt(engine: str, seconds: float) -> None:
        tried = run(
            engines[engine], instance, Effort(seed, seconds), Line(partial(best.offer, engine=engine))
        )
        for candidate in tried.candidates:
            best.offer(candidate, engine)
        if tried.trouble:
            say(f"{instance.sheet}: {engine} {tried.trouble}")

    if not repeatable:
        Race(instance, engines, run, best.offer, say).hold(
            seed, time_limit_s, lambda: best.candidate, best.heard
        )
    else:
        for engine in engines:
            attempt(engine, time_limit_s)
            is_last = BOXES not in engines or engine == BOXES
            if best.nesting and not best.nesting.unplaced and is_last:
                break
    if best.nesting is None and engines:  # the time was too short for any: some plan comes before the clock
        attempt([*engines][-1], max(time_limit_s, LAST_RESORT_S))
    if best.nesting is None:
        raise CsmError(
            f"no nesting engine gave a plan that holds for sheet {instance.sheet}",
            remedy=f"tried {', '.join(engines) or 'none: run make setup'}",
        )
    return best.nesting


def _engines(instance: NestInstance) -> dict[str, str]:
    """What is installed, best first; the saw's engine is second where nearly all parts are rectangles."""
    names = installed()
    engines = {name: ENGINES[name] for name in names}
    if names[:1] != SAW_NEEDS or not is_boxy(instance):
        return engines
    return {names[0]: engines[names[0]], BOXES: SAW, **engines}


class Best:
    """The best plan so far that was measured and holds."""

    def __init__(
        self, instance: NestInstance, say: Say = lambda _: None, watch: Watch = lambda _: None
    ) -> None:
        self.instance, self.say, self.watch = instance, say, watch
        self.nesting: Nesting | None = None
        self.candidate: Candidate = ()
        self.heard: list[Candidate] = []  # that name what is there, good or not
        self._refused: set[Candidate] = set()
        self._names = {i.name for i in instance.items}
        self._stocks = {s.key for s in instance.stock}

    def offer(self, candidate: Candidate, engine: str) -> None:
        """Take a candidate if it is better, and passes `verify`."""
        if candidate in self._refused:
            return
        if not all(
            s.stock in self._stocks and is_finite(s) and all(p[0] in self._names for p in s.placed)
            for s in candidate
        ):
            self._refuse(candidate, f"a plan of {engine} names what isn't there")
            return
        self.heard.append(candidate)
        if self.nesting and candidate_rank(candidate, self.instance) >= rank(self.nesting, self.instance):
            return
        nesting = finished(self.instance, candidate, engine)
        findings = verify(nesting, self.instance)
        if findings:
            self._refuse(candidate, f"a plan of {engine} was refused: {findings[0]}")
            return
        self.nesting, self.candidate = nesting, candidate
        self.watch(nesting)

    def _refuse(self, candidate: Candidate, why: str) -> None:
        self._refused.add(candidate)
        self.say(f"{self.instance.sheet}: {why}")


def best_proven(
    instance: NestInstance, candidates: tuple[Candidate, ...], engine: str, say: Say = lambda _: None
) -> Nesting | None:
    """The best candidate that passes `verify`, or None."""
    best = Best(instance, say)
    for candidate in candidates:
        best.offer(candidate, engine)
    return best.nesting
