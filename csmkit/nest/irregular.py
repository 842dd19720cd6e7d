# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""True-shape nesting: the best engine that is installed, its answer measured, the next engine if it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec

from csmkit.errors import CsmError
from csmkit.model import Nesting, NestInstance
from csmkit.nest.attempt import Run, isolated
from csmkit.nest.candidate import Candidate, Effort, is_finite
from csmkit.nest.score import candidate_rank, finished, rank
from csmkit.nest.verify import verify

# Best first: on the benchmark plykit60 they need 1.70, 1.94 and 2.42 sheets in 10 s.
ENGINES: Mapping[str, str] = {
    "packingsolver": "csmkit.nest.engine_packingsolver:Packingsolver",
    "spyrrow": "csmkit.nest.engine_spyrrow:Spyrrow",
    "rectpack": "csmkit.nest.engine_rectpack:Rectpack",
}

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
        time_limit_s: work to spend, in seconds of one core of the reference machine; by the clock where not
            `repeatable`.
        repeatable: the same arguments give the same plan on every run (with packingsolver; the fallback
            spyrrow repeats only through the layout lock).
        run: how an engine is run.
        say: told in one line why an engine was passed over.
        watch: told every better proven plan as soon as it is known.
    Returns: the first engine's best plan that passes `verify`; parts for which the stock has no room are in
        `unplaced`.
    Raises: CsmError: no engine is installed, or none gave a plan that holds.
    """
    if not instance.items:
        return finished(instance, (), "none needed")
    effort = Effort(seed, time_limit_s, repeatable)
    best: Nesting | None = None
    for engine in installed():
        attempt = run(ENGINES[engine], instance, effort)
        nesting = best_proven(instance, attempt.candidates, engine, say)
        if attempt.trouble:
            say(f"{instance.sheet}: {engine} {attempt.trouble}")
        if nesting and (best is None or rank(nesting, instance) < rank(best, instance)):
            best = nesting
            watch(best)
        if best and not best.unplaced:
            return best
    if best is None:
        raise CsmError(
            f"no nesting engine gave a plan that holds for sheet {instance.sheet}",
            remedy=f"tried {', '.join(installed()) or 'none: run make setup'}",
        )
    return best


def best_proven(
    instance: NestInstance, candidates: tuple[Candidate, ...], engine: str, say: Say = lambda _: None
) -> Nesting | None:
    """The best candidate that passes `verify`, or None."""
    names, stocks = {i.name for i in instance.items}, {s.key for s in instance.stock}
    known = []
    for c in candidates:
        if all(s.stock in stocks and is_finite(s) and all(p[0] in names for p in s.placed) for s in c):
            known.append(c)
        else:
            say(f"{instance.sheet}: a plan of {engine} names what isn't there")
    for candidate in sorted(known, key=lambda c: candidate_rank(c, instance)):
        nesting = finished(instance, candidate, engine)
        findings = verify(nesting, instance)
        if not findings:
            return nesting
        say(f"{instance.sheet}: a plan of {engine} was refused: {findings[0]}")
    return None
