# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Plans for a panel or table saw: every cut runs from edge to edge of the piece that it divides.

Engines only place boxes; cuts, their order and what remains follow from the boxes, so that every engine's
answer, and a plan from the lock, becomes the same kind of plan.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec

from csmkit.errors import CsmError
from csmkit.model import Nesting, NestInstance
from csmkit.nest.candidate import Candidate, CutSheet, Effort, is_finite
from csmkit.nest.engines.attempt import Run, in_process, isolated
from csmkit.nest.proof.nesting import verify
from csmkit.nest.proof.saw import verify_saw
from csmkit.nest.saw.sawn import sawn
from csmkit.nest.saw.task import saw_task
from csmkit.nest.score import finished, rank

SHELVES = "csmkit.nest.saw.shelves:Shelves"  # ours: always there, and done in no time
ENGINES: Mapping[str, str] = {"packingsolver": "csmkit.nest.saw.engine:Guillotine"}

EQUAL = 2e-3  # of a sheet, 5 mm: a longer rest is not worth another stage
LATEST = 12  # answers of an engine that are looked at: each is better than those before

Say = Callable[[str], None]


def plan_saw(
    instance: NestInstance,
    *,
    seed: int,
    time_limit_s: float,
    run: Run = isolated,
    say: Say = lambda _: None,
) -> Nesting:
    """Lay the boxes of the parts of one sheet good on sheets, with the cuts in the order of the work.

    Args:
        instance: parts, stock and rules: spacing is the saw's kerf, edge what is trimmed off.
        seed: other seeds search elsewhere.
        time_limit_s: work to spend, in seconds of one core of the reference machine; the same arguments
            give the same plan.
        run: how the native engine is run.
        say: told in one line why an answer was passed over.
    Returns: the best plan that passes `verify` and `verify_saw`; parts for which the stock has no room are
        in `unplaced`.
    Raises: CsmError: no plan holds.
    """
    if not instance.items:
        return finished(instance, (), "none needed")
    effort = Effort(seed, time_limit_s)
    best: Nesting | None = None
    for nesting in _proven(instance, effort, run, say):
        if best is None or _order(nesting, instance) < _order(best, instance):
            best = nesting
    if best is None:
        raise CsmError(f"no saw plan holds for sheet {instance.sheet}", remedy="report it with the cut list")
    return best


def with_cuts(nesting: Nesting, instance: NestInstance) -> Nesting | None:
    """A plan's parts, pushed together and with cuts; None if they can't be sawn apart from edge to edge."""
    candidate = tuple(
        CutSheet(layout.stock, tuple((p.item, p.x, p.y, p.angle) for p in layout.placements))
        for layout in nesting.layouts
    )
    return sawn(instance, saw_task(instance), candidate, nesting.engine)


def _proven(instance: NestInstance, effort: Effort, run: Run, say: Say) -> Iterator[Nesting]:
    """Answers of all engines that pass every check."""
    first = in_process(SHELVES, instance, effort)
    yield from _checked(instance, first.candidates, "shelves", say)
    for name, place in ENGINES.items():
        if find_spec(name) is None:
            continue
        attempt = run(place, instance, effort)
        if attempt.trouble:
            say(f"{instance.sheet}: {name} {attempt.trouble}")
        yield from _checked(instance, attempt.candidates, name, say)


def _checked(
    instance: NestInstance, candidates: tuple[Candidate, ...], engine: str, say: Say
) -> Iterator[Nesting]:
    """The best answer of one engine that holds."""
    task = saw_task(instance)
    names, stocks = {p.name for p in task.parts}, {b.stock.key for b in task.blanks}
    plans = []
    for c in candidates[-LATEST:]:
        known = all(s.stock in stocks and is_finite(s) and all(p[0] in names for p in s.placed) for s in c)
        nesting = sawn(instance, task, c, engine) if known else None
        if nesting is None:
            problem = "can't be sawn from edge to edge" if known else "names what isn't there"
            say(f"{instance.sheet}: a plan of {engine} {problem}")
        else:
            plans.append(nesting)
    for nesting in sorted(plans, key=lambda n: _order(n, instance)):
        findings = (*verify(nesting, instance), *verify_saw(nesting, instance))
        if not findings:
            yield nesting
            return
        say(f"{instance.sheet}: a plan of {engine} was refused: {findings[0]}")


def _order(nesting: Nesting, instance: NestInstance) -> tuple[object, ...]:
    """Better plans first; of nearly equal ones that with fewer stages and cuts."""
    cuts = [c for layout in nesting.layouts for c in layout.cuts]
    unplaced, bought, share, _ = rank(nesting, instance)
    stages = max((c.stage for c in cuts), default=0)
    return (unplaced, bought, math.floor(share / EQUAL), stages, share, len(cuts))
