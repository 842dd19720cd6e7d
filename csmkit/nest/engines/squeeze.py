# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Tighter and tighter plans on given sheets: the last is cut short, and parts are separated on the rest."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import packingsolver.irregular as ps
from shapely import Polygon, box
from shapely.affinity import rotate
from shapely.geometry.base import BaseGeometry

from csmkit.model import NestInstance
from csmkit.nest.area import reference_area
from csmkit.nest.candidate import Candidate, Tell
from csmkit.nest.engines.blanks import Blank, Piece
from csmkit.nest.engines.budget import Budget
from csmkit.nest.engines.openings import Opening
from csmkit.nest.engines.task import Task, add_bin, builder, candidate, parameters
from csmkit.nest.score import equivalent

# Processor seconds of a separation that fails: WORK * moves * corners, measured with 64 to 4096 moves a part
# on the benchmark plykit60 once and twice, on a shared core of 2026. One that succeeds takes a fifth of it.
WORK, SUCCESS = 9e-6, 0.2
MOVES = (16, 8192)  # least and most
STEP, LEAST = 0.3, 0.03  # of the gap between plan and bound that is tried to close: first and least
NEXT = 0.08  # after the first success
SMALLER, LARGER = 0.5, 1.2  # after a failure; after successes in a row
NEAR = 1e-6  # mm
LEAST_S = 2.0  # by the clock, for those who go on when the time is up because they have nothing yet
FEW, MORE = 150, 1.6  # moves of first tries, which succeed at once or hardly at all; after a failure


class Steps:
    """How much less room is tried next, as a share of the gap between a plan and its bound."""

    def __init__(self, first: float = STEP) -> None:
        self.step, self._successes = first, 0

    def after(self, success: bool) -> None:
        """Learn from a try."""
        self._successes = self._successes + 1 if success else 0
        if self._successes == 1:
            self.step = min(self.step, NEXT)
        elif success:
            self.step = min(self.step * LARGER, STEP)
        else:
            self.step = max(self.step * SMALLER, LEAST)


def squeeze(
    task: Task, instance: NestInstance, way: Opening, reached: float, budget: Budget, tell: Tell, seed: int
) -> None:
    """Tell better and better plans on the sheets of an opening.

    Args:
        way: sheets in the order in which they are filled; the last keeps its rest.
        reached: equivalent sheets of the plan that is there; infinite where any on these sheets is better.
    """
    steps, chance = Steps(), random.Random(seed)
    moves = min(FEW, affordable(task, budget.left))
    while budget.left > 0:
        made = tighter(task, instance, way, reached, steps.step, moves, budget, chance)
        steps.after(made is not None)
        if made is not None:
            tell(made)
            reached = min(reached, equivalent(made, instance))
        else:
            moves = min(MORE * moves, affordable(task, budget.left))


def tighter(
    task: Task,
    instance: NestInstance,
    way: Opening,
    reached: float,
    step: float,
    moves: float,
    budget: Budget,
    chance: random.Random,
) -> Candidate | None:
    """All parts on less room than a plan has taken, or None where they found no place."""
    reference = reference_area(instance)
    full = sum(b.outline.area for b in way) / reference
    grown = sum(Polygon(p.outer).buffer(task.spacing / 2).area * p.quantity for p in task.pieces)
    target = full
    if math.isfinite(reached):
        target = min(reached - step * max(reached - grown / reference, 0.0), full)
    shapes = shortened(way, target * reference, task.edge)
    if shapes is None or not all(_has_room(p, shapes, task.edge) for p in task.pieces):
        budget.spend(1.0)
        return None
    return separated(task, shapes, moves, budget, chance)


def _has_room(piece: Piece, shapes: Sequence[tuple[Blank, Polygon]], edge: float) -> bool:
    """The box of a part goes into that of some sheet; the engine lets what does not stand out of it."""
    for angle in piece.angles:
        x0, y0, x1, y1 = rotate(Polygon(piece.outer), angle).bounds
        for _, outline in shapes:
            left, low, right, high = outline.bounds
            if x1 - x0 <= right - left - 2 * edge + NEAR and y1 - y0 <= high - low - 2 * edge + NEAR:
                return True
    return False


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


def separated(
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
        settings.time_limit = max(budget.left, LEAST_S)
    solution = ps.optimize(made.build(), settings).solution
    is_full = bool(solution.full())
    budget.spend(WORK * moves * task.corners * (SUCCESS if is_full else 1.0))
    return candidate(shuffled, solution, [b for b, _ in shapes]) if is_full else None


def affordable(task: Task, seconds: float) -> float:
    """Moves of a separation that fails after so many seconds."""
    least, most = MOVES
    return min(max(seconds / (WORK * task.corners), least), most)
