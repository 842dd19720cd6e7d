# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A plan for an instance: the lock's where it serves, else a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csmkit.model import Finding, Nesting, NestInstance
from csmkit.nest import irregular
from csmkit.nest.attempt import Run, isolated
from csmkit.nest.lock import Lock, reuse
from csmkit.nest.score import rank

Say = Callable[[str], None]
Watch = Callable[[Nesting], None]


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
    watch: Watch | None = None,
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
    Returns: the plan, and warnings: why a locked plan was refused.
    Raises: CsmError: no engine is installed, or none gave a plan that holds.
    """
    known, refused = reuse(lock, instance)
    if known is not None:
        _tell(watch, known)
        if not replan:
            return known, refused
    listening: dict[str, Any] = {} if watch is None else {"watch": watch}
    made = irregular.plan(
        instance,
        seed=seed,
        time_limit_s=time_limit_s,
        repeatable=repeatable,
        run=run,
        say=say,
        **listening,
    )
    if known is not None and rank(known, instance) <= rank(made, instance):
        return known, refused
    return made, refused


def _tell(watch: Watch | None, nesting: Nesting) -> None:
    if watch is not None:
        watch(nesting)
