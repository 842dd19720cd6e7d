# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A plan for an instance: the lock's where it serves, else a new one, or an old one that is carried over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from csmkit.errors import CsmError
from csmkit.model import Finding, Nesting, NestInstance
from csmkit.nest import irregular
from csmkit.nest.arrange.carry import carried, moved
from csmkit.nest.arrange.tidy import tidied
from csmkit.nest.arrange.twins import kits_together
from csmkit.nest.engines.attempt import Run, isolated
from csmkit.nest.lock import Lock, Locked, key_of, reuse
from csmkit.nest.panels.opened import Panelled, is_sawn_first, panelled
from csmkit.nest.proof.nesting import verify
from csmkit.nest.score import candidate_of, finished, rank

TOLERANCE = (
    0.005  # of the equivalent sheets: 12 mm of a sheet of 2440 mm; a plan that one knows is worth that
)
ALIKE = 0.7  # share of parts by name in common; with fewer, little of an old plan would be kept
MOST_OLD = 4  # old plans to try; each takes a fraction of a second …
MANY = 200  # … but some seconds with more parts: then one has to do

Say = Callable[[str], None]
Watch = Callable[[Nesting], None]


@dataclass(frozen=True)
class Search:
    """How a new plan is searched for; see `irregular.plan`."""

    seed: int
    time_limit_s: float
    repeatable: bool
    run: Run
    say: Say


def planned(
    instance: NestInstance,
    lock: Lock,
    *,
    seed: int,
    time_limit_s: float,
    replan: bool = False,
    repeatable: bool = True,
    run: Run = isolated,
    say: Say = lambda _: None,
    watch: Watch = lambda _: None,
) -> tuple[Nesting, tuple[Finding, ...]]:
    """The lock's plan, proven again; a new one where it has none, where it doesn't hold, or where asked.

    Args:
        instance: parts, stock and rules of one sheet good.
        lock: plans that were made before.
        seed: other seeds search elsewhere.
        time_limit_s: seconds of work for a new plan; see `irregular.plan`.
        replan: plan even where the lock serves; the better of the two plans is taken.
        repeatable: the same arguments give the same plan.
        run: how an engine is run.
        say: told in one line why an engine was passed over.
        watch: told every better proven plan as soon as it is known.
    Returns: the plan, and warnings: why a locked plan was refused. Where the instance has changed a little,
        an old plan of the lock that can be carried over and is as good as the new one is taken, so that
        parts stay where they were.
    Raises: CsmError: no engine is installed, or none gave a plan that holds.
    """
    known, refused = reuse(lock, instance)
    if known is not None:
        watch(known)
        if not replan:
            return known, refused
    search = Search(seed, time_limit_s, repeatable, run, say)
    told, made = (_on_panels if is_sawn_first(instance) else _new)(instance, search, watch)
    if known is not None and rank(known, instance) <= rank(made, instance):
        return known, refused
    kept = made if known is not None else _as_before(lock, instance, made)
    if rank(kept, instance) < rank(told, instance):
        watch(kept)
    return kept, refused


def _new(instance: NestInstance, search: Search, watch: Watch) -> tuple[Nesting, Nesting]:
    """A new plan as it was told, and tidied."""
    made = irregular.plan(instance, **vars(search), watch=watch)
    return made, kits_together(tidied(made, instance), instance)


def _on_panels(instance: NestInstance, search: Search, watch: Watch) -> tuple[Nesting, Nesting]:
    """A new plan on the panels of as few sheets as hold all parts; it is one of the whole sheets again.

    Raises: CsmError: the plan of the panels does not hold on the sheets.
    """
    best: list[Nesting] = []
    search = replace(search, say=_once(search.say))
    for sawn in panelled(instance):

        def told(nesting: Nesting, sawn: Panelled = sawn) -> None:
            whole = finished(instance, sawn.back(nesting), nesting.engine)
            if not verify(whole, instance) and (not best or best[-1] != whole):
                best.append(whole)
                watch(whole)

        half = replace(search, time_limit_s=search.time_limit_s / 2)
        told(_new(sawn.task, half if sawn.is_tight else search, told)[1])
        if best and not best[-1].unplaced:
            break
    if not best:
        raise CsmError(
            f"no plan on panels holds for sheet {instance.sheet}", remedy="report it with the cut list"
        )
    return best[-1], best[-1]


def _once(say: Say) -> Say:
    """Tell of each engine only once that a plan was refused: of the many panels some are tight."""
    said: set[str] = set()

    def told(text: str) -> None:
        subject = text.partition(" was refused")[0]
        if subject not in said:
            said.add(subject)
            say(text)

    return told


def _as_before(lock: Lock, instance: NestInstance, made: Nesting) -> Nesting:
    """The old plan that can be kept with the least moving of parts, if it is as good as the new one."""
    found: list[tuple[float, int, Nesting]] = []
    is_large = sum(i.quantity for i in instance.items) > MANY
    for old in _alike(lock, instance)[: 1 if is_large else MOST_OLD]:
        for compact in (False,) if is_large else (False, True):
            candidate = carried(old.candidate, instance, compact=compact)
            if candidate is None:
                continue
            nesting = finished(instance, candidate, old.engine)
            if _is_as_good(nesting, made, instance) and not verify(nesting, instance):
                found.append((moved(old.candidate, candidate_of(nesting)), len(found), nesting))
                break
    return min(found, key=lambda f: f[:2])[2] if found else made


def _is_as_good(old: Nesting, new: Nesting, instance: NestInstance) -> bool:
    allowed = replace(old, equivalent_sheets=old.equivalent_sheets * (1 - TOLERANCE))
    return rank(allowed, instance) <= rank(new, instance)


def _alike(lock: Lock, instance: NestInstance) -> list[Locked]:
    """Plans of the lock for the same sheet good and mostly the same parts."""
    wanted = Counter({i.name: i.quantity for i in instance.items})
    key = key_of(instance)
    found = []
    for other, entry in sorted(lock.entries.items()):
        names = Counter(name for sheet in entry.candidate for name, *_ in sheet.placed)
        common = (names & wanted).total() / max(names.total(), wanted.total(), 1)
        if other != key and entry.sheet == instance.sheet and common >= ALIKE:
            found.append((-common, other, entry))
    return [entry for *_, entry in sorted(found, key=lambda f: f[:2])]
