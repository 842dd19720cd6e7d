# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Tighter and tighter plans on given sheets: the last is cut short, and parts are separated on the rest."""

from __future__ import annotations

import random
from collections.abc import Sequence

import packingsolver.irregular as ps
from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry

from csmkit.model import NestInstance
from csmkit.nest.area import reference_area
from csmkit.nest.blanks import Blank
from csmkit.nest.budget import Budget
from csmkit.nest.candidate import Candidate, Tell
from csmkit.nest.openings import Opening
from csmkit.nest.packing_task import Task, add_bin, builder, candidate, parameters
from csmkit.nest.score import equivalent

# Processor seconds of a separation that fails: WORK * moves * corners, measured with 64 to 4096 moves a part
# on the benchmark plykit60 once and twice, on a shared core of 2026. One that succeeds takes a third of it.
WORK, SUCCESS = 1.2e-5, 0.35
MOVES = (16, 8192)  # least and most
STEP, LEAST, SMALLER = (
    0.25,
    0.01,
    0.6,
)  # of the gap between plan and bound that is tried to close; after a failure
TRIES = 12  # failures that a budget is laid out for


def squeeze(
    task: Task, instance: NestInstance, way: Opening, reached: float, budget: Budget, tell: Tell, seed: int
) -> None:
    """Tell better and better plans on the sheets of an opening.

    Args:
        way: sheets in the order in which they are filled; the last keeps its rest.
        reached: equivalent sheets of the plan that is there.
    """
    reference = reference_area(instance)
    full = sum(b.outline.area for b in way) / reference
    bound = min(
        sum(Polygon(p.outer).buffer(task.spacing / 2).area * p.quantity for p in task.pieces) / reference,
        reached,
    )
    step, failures, chance = STEP, 0, random.Random(seed)
    moves = _moves(task, budget.left / TRIES)
    while budget.left > 0:
        target = min(reached - step * (reached - bound), full)
        shapes = shortened(way, target * reference, task.edge)
        if shapes is None or reached - target < 1e-4:
            return
        made = _separated(task, shapes, moves, budget, chance)
        if made is None:
            step, failures = max(step * SMALLER, LEAST), failures + 1
            moves = min(moves * (1.5 if failures % 3 == 0 else 1.0), _moves(task, budget.left / 2))
        else:
            tell(made)
            reached = min(reached, equivalent(made, instance))


def shortened(way: Opening, area: float, edge: float) -> list[tuple[Blank, Polygon]] | None:
    """Sheets of a way with so much area in all, the last cut on its right; None where nothing remains.

    The cut leaves room for the `edge` that parts keep from it, because it is no edge to the saw.
    """
    shapes = [(b, b.outline) for b in way]
    excess = sum(s.area for _, s in shapes) - area
    while shapes and excess >= shapes[-1][1].area:
        excess -= shapes.pop()[1].area
    if not shapes or excess <= 0:
        return shapes or None
    blank, outline = shapes.pop()
    low, high = 0.0, blank.stock.size[0]
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if outline.area - _left(blank, middle).area > excess else (low, middle)
    rest = _left(blank, low + edge)
    if low > edge and isinstance(rest, Polygon):
        shapes.append((blank, rest))
    return shapes or None


def _left(blank: Blank, length: float) -> BaseGeometry:
    """What lies left of a length in the sheet's own frame, in the engine's frame."""
    x, y = blank.size
    return blank.outline.intersection(box(0, y - length, x, y) if blank.turned else box(0, 0, length, y))


def _separated(
    task: Task, shapes: Sequence[tuple[Blank, Polygon]], moves: float, budget: Budget, chance: random.Random
) -> Candidate | None:
    """All parts on the sheets without an overlap, or None."""
    order = list(task.pieces)
    chance.shuffle(order)
    shuffled = Task(tuple(order), task.blanks, task.spacing, task.edge)
    made = builder(shuffled, ps.Objective.Feasibility, with_holes=False)
    for blank, outline in shapes:
        add_bin(made, shuffled, blank, 1, outline.area, outline)
    settings = parameters()
    settings.use_local_search_direct_trigonometry = True
    settings.not_anytime_local_search_maximum_number_of_moves_factor = int(moves)
    if not budget.repeatable:
        settings.time_limit = budget.left
    solution = ps.optimize(made.build(), settings).solution
    is_full = bool(solution.full())
    budget.spend(WORK * moves * task.corners * (SUCCESS if is_full else 1.0))
    return candidate(shuffled, solution, [b for b, _ in shapes]) if is_full else None


def _moves(task: Task, seconds: float) -> float:
    least, most = MOVES
    return min(max(seconds / (WORK * task.corners), least), most)
