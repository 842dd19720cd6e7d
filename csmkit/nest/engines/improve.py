# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A plan made better sheet by sheet: what lies on one and on the last is laid anew on less room."""

from __future__ import annotations

import random
from collections.abc import Sequence

from csmkit.model import NestInstance
from csmkit.nest.candidate import Candidate, CutSheet, Tell
from csmkit.nest.engines.blanks import blanks, pieces
from csmkit.nest.engines.budget import Budget
from csmkit.nest.engines.fill_packingsolver import fill_hole
from csmkit.nest.engines.prefill import Prefilled, prefills
from csmkit.nest.engines.regroup import part_of, regrouped
from csmkit.nest.engines.squeeze import MORE, Steps, affordable, tighter
from csmkit.nest.engines.task import Task
from csmkit.nest.score import candidate_rank, equivalent, in_order

FIRST_STEP = 0.1  # of the gap: a plan that comes here is good already
FIRST_MOVES = 400.0  # of a try; more after each group of sheets has failed
REFILLED = 0.4  # share of tries in which the holes are filled anew


def improve(instance: NestInstance, plan: Candidate, budget: Budget, tell: Tell, seed: int) -> None:
    """Tell better and better plans until the budget is spent.

    Args:
        plan: all parts placed.
    """
    chance, steps = random.Random(seed), Steps(FIRST_STEP)
    moves, failures = FIRST_MOVES, 0
    while budget.left > 0:
        sheets = in_order(plan, instance)
        groups = [[k, len(sheets) - 1] for k in range(len(sheets) - 1)] or [[0]]
        group = groups[chance.randrange(len(groups))]
        made = _anew(instance, [sheets[k] for k in group], steps.step, moves, budget, chance)
        others = [s for k, s in enumerate(sheets) if k not in group]
        better = (*others, *made) if made is not None else None
        success = better is not None and candidate_rank(better, instance) < candidate_rank(plan, instance)
        steps.after(success)
        if success and better is not None:
            plan, failures = better, 0
            tell(plan)
        else:
            failures += 1
            moves *= MORE if failures % len(groups) == 0 else 1.0


def _anew(
    instance: NestInstance,
    sheets: Sequence[CutSheet],
    step: float,
    moves: float,
    budget: Budget,
    chance: random.Random,
) -> Candidate | None:
    """The same parts on the same sheets with more left of the last, or None."""
    task_of = part_of(instance, sheets)
    filled: Prefilled = regrouped(task_of, sheets)
    if chance.random() < REFILLED:
        filled = prefills(task_of, fill_hole, chance.randrange(1 << 30), 3)[
            -1 if chance.random() < 0.3 else 0
        ]
    rules = instance.rules
    task = Task(pieces(filled.instance, 0), blanks(filled.instance), rules.spacing, rules.edge)
    kinds = {b.stock.key: b for b in task.blanks}
    way = tuple(kinds[s.stock] for s in sheets)
    reached = equivalent(tuple(sheets), task_of)
    moves = min(moves, affordable(task, budget.left))
    made = tighter(task, task_of, way, reached, step, moves, budget, chance)
    return None if made is None else filled.unpack(made)
