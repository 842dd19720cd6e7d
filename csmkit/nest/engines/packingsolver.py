# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Nesting by packingsolver: holes are filled first, then a beam search, then separations on ever less room.

The beam search uses holes that are left and fits to the micrometre. A separation throws all parts onto given
sheets, the last of which is cut short, and moves them until none overlap: from scratch that reaches in three
seconds what shrinking a plan step by step reaches in fifteen. All is done with a bounded amount of work on
one thread, so that a plan repeats whatever the clock says.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import packingsolver.irregular as ps

from csmkit.model import NestInstance
from csmkit.nest.area import reference_area
from csmkit.nest.candidate import Candidate, Effort, Tell
from csmkit.nest.engines.batches import Batches
from csmkit.nest.engines.blanks import Blank, blanks, pieces
from csmkit.nest.engines.budget import Budget
from csmkit.nest.engines.fill_packingsolver import fill_hole
from csmkit.nest.engines.improve import improve
from csmkit.nest.engines.openings import TIGHTER, Opening, begun, openings
from csmkit.nest.engines.prefill import Prefilled, prefills
from csmkit.nest.engines.squeeze import squeeze
from csmkit.nest.engines.task import Task, add_bin, builder, candidate, parameters
from csmkit.nest.score import OFFCUT, candidate_rank, equivalent, is_complete, money

BEAM = 2  # nodes a level for a thousand corners and 10 s: a first plan, with holes, in a second or two
MANY = 4000  # corners; with more, one of the two guides of the beam search has to do
VAST = 6000  # corners; with more, the beam search takes minutes
TRIALS, TRIAL_S = 8, 0.35  # ways to fill holes at most, and seconds of each for the benchmark plykit60
SEARCH = 0.4  # of the time for all sheets at once, the rest for each together with the last


class Packingsolver:
    """The adapter; packingsolver has wheels for Python 3.12 and later."""

    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        """Tell plans with filled holes; plans without where those have no room for a composite."""
        budget, best = Budget(effort), list[Candidate]()

        def told(candidate: Candidate) -> None:
            if not best or candidate_rank(candidate, instance) < candidate_rank(best[0], instance):
                best[:] = [candidate]
            tell(candidate)

        if not effort.start:
            self._search(instance, effort, budget, told)
        plan = best[0] if best else effort.start
        if is_complete(plan, instance):
            improve(instance, plan, budget, told, effort.seed)

    def _search(self, instance: NestInstance, effort: Effort, budget: Budget, tell: Tell) -> None:
        trials = max(2, min(TRIALS, round(effort.time_limit_s / 2)))
        filled = prefills(instance, fill_hole, effort.seed, trials)[0]
        budget.spend(TRIAL_S * trials if filled.contents else 0.0)
        if _plan(filled, effort, budget, tell) and filled.contents:
            _plan(Prefilled(instance, {}, 0.0), effort, budget, tell)


def _plan(filled: Prefilled, effort: Effort, budget: Budget, tell: Tell) -> bool:
    """Tell the beam search's plan, then tighter ones for each way to open sheets; True if parts are left."""
    instance = filled.instance

    def told(candidate: Candidate) -> None:
        tell(filled.unpack(candidate))

    rules = instance.rules
    task = Task(pieces(instance, effort.seed), blanks(instance), rules.spacing, rules.edge)
    if task.corners > VAST:
        many = Batches(task, budget, effort.seed).plan()
        told(many)
        return not is_complete(many, instance)
    first = _beam(task, effort)
    if first is None:
        told(_most(task, effort))
        return True
    told(first)
    known = [first]
    share = SEARCH if len(first) > 2 else 1.0
    end = budget.left * (1 - share)
    ways = openings(task.blanks, instance, first)
    for k, way in enumerate(ways):
        reached = equivalent(known[0], instance)
        sheets = begun(way, reached * reference_area(instance) / TIGHTER)
        paid = candidate_rank(known[0], instance)[1]
        if _money(sheets, instance) > paid:
            continue
        if _money(way, instance) < paid:
            reached = math.inf
        seconds = (budget.left - end) / (len(ways) - k)

        def better(candidate: Candidate) -> None:
            if candidate_rank(candidate, instance) < candidate_rank(known[0], instance):
                known[0] = candidate
            told(candidate)

        squeeze(task, instance, way, reached, budget.span(seconds), better, effort.seed)
        budget.spend(seconds)
    return False


def _money(way: Opening, instance: NestInstance) -> float:
    return money(instance, [b.stock.key for b in way])


def _beam(task: Task, effort: Effort) -> Candidate | None:
    """All parts by beam search, or None where it finds no place for some."""
    one_kind = len(task.blanks) == 1
    objective = ps.Objective.BinPackingWithLeftovers if one_kind else ps.Objective.VariableSizedBinPacking
    made = builder(task, objective, with_holes=True)
    for blank in task.blanks:
        copies = blank.stock.quantity
        count = sum(p.quantity for p in task.pieces)
        cost = _cost(blank, task.blanks)
        add_bin(made, task, blank, count if copies is None else min(copies, count), cost)
    solution = ps.optimize(made.build(), _beam_parameters(task, effort)).solution
    return candidate(task, solution, task.blanks) if solution.full() else None


def _cost(blank: Blank, blanks: Sequence[Blank]) -> float:
    """A sheet's price, its area where not all have one; an offcut is there and costs next to nothing."""
    new = [b for b in blanks if b.is_new]
    has_prices = bool(new) and all(b.stock.price > 0 for b in new)
    if blank.is_new:
        return float(blank.stock.price) if has_prices else blank.outline.area
    rates = [float(b.stock.price) / b.outline.area for b in new] if has_prices else [1.0]
    return OFFCUT * min(rates) * blank.outline.area


def _most(task: Task, effort: Effort) -> Candidate:
    """As much area as the stock takes, where it can't take everything."""
    made = builder(task, ps.Objective.Knapsack, with_holes=True)
    count = sum(p.quantity for p in task.pieces)
    for blank in task.blanks:
        copies = blank.stock.quantity
        add_bin(made, task, blank, count if copies is None else copies, blank.outline.area)
    solution = ps.optimize(made.build(), _beam_parameters(task, effort)).solution
    return candidate(task, solution, task.blanks)


def _beam_parameters(task: Task, effort: Effort) -> Any:
    settings = parameters()
    settings.use_tree_search = True
    if task.corners > MANY:
        settings.tree_search_guides = [0]
    width = BEAM * 1000 / task.corners * effort.time_limit_s / 10
    settings.not_anytime_tree_search_queue_size = max(1, min(16 * BEAM, round(width)))
    if not effort.repeatable:
        settings.time_limit = effort.time_limit_s
    return settings
