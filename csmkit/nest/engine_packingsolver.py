# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Nesting by packingsolver: a beam search first, then a local search over the sheets laid end to end.

Both do a bounded amount of work on one thread, so that a plan repeats whatever the clock says. The beam
search uses holes of parts and fits to the micrometre; the local search packs tighter. For the local search
the sheets of an opening become one long blank, in which notches stand between the sheets, and its length is
what is made small: that is the number of sheets and the used part of the last in one figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import packingsolver.irregular as ps

from csmkit.model import NestInstance, Point
from csmkit.nest.blanks import Blank, Piece, blanks, pieces, ring
from csmkit.nest.candidate import Candidate, CutSheet, Effort, Placed, Tell
from csmkit.nest.openings import Opening, openings

CHANNEL = 0.5  # mm, height of what connects two sheets of the long blank: nothing passes
WALL = 0.02  # mm, width of the notch between them
BEAM = 2  # nodes a level for a thousand corners and 10 s: a first plan, with holes, in a second or two
MANY = 4000  # corners; with more, one of the two guides of the beam search has to do
# Processor seconds of the local search: RATE * moves^0.66 * corners^1.4, fitted to 15 parts of a trailer and
# 73 of the benchmark plykit60 with 64 to 4096 moves on a shared core of 2026; right to about a half.
RATE, BY_MOVES, BY_CORNERS = 7e-6, 0.66, 1.4
MOVES = (4, 65536)  # least and most


@dataclass(frozen=True)
class Task:
    """What all calls of one instance share."""

    pieces: tuple[Piece, ...]
    blanks: tuple[Blank, ...]
    spacing: float
    edge: float
    effort: Effort

    @property
    def corners(self) -> int:
        """Corners of all copies: what the engine's time depends on."""
        return sum(len(p.outer) * p.quantity for p in self.pieces)


class Packingsolver:
    """The adapter; packingsolver has wheels for Python 3.12 and later."""

    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        """Tell the beam search's plan, then the local search's for each way to open sheets."""
        rules = instance.rules
        task = Task(pieces(instance, effort.seed), blanks(instance), rules.spacing, rules.edge, effort)
        first = _beam(task)
        if first is None:
            tell(_most(task))
            return
        tell(first)
        ways = openings(task.blanks, instance, first)
        for way in ways:
            _tighten(task, way, effort.time_limit_s / len(ways), tell)


def _beam(task: Task) -> Candidate | None:
    """All parts by beam search, or None where it finds no place for some."""
    one_kind = len(task.blanks) == 1
    objective = ps.Objective.BinPackingWithLeftovers if one_kind else ps.Objective.VariableSizedBinPacking
    builder = _builder(task, objective, with_holes=True)
    for blank in task.blanks:
        copies = blank.stock.quantity
        count = sum(p.quantity for p in task.pieces)
        # an offcut is already there: it costs next to nothing
        cost = blank.outline.area * (1.0 if blank.is_new else 0.1)
        _add_bin(builder, task, blank, count if copies is None else min(copies, count), cost)
    solution = ps.optimize(builder.build(), _beam_parameters(task)).solution
    return _candidate(task, solution, task.blanks) if solution.full() else None


def _most(task: Task) -> Candidate:
    """As much area as the stock takes, where it can't take everything."""
    builder = _builder(task, ps.Objective.Knapsack, with_holes=True)
    count = sum(p.quantity for p in task.pieces)
    for blank in task.blanks:
        copies = blank.stock.quantity
        _add_bin(builder, task, blank, count if copies is None else copies, blank.outline.area)
    return _candidate(task, ps.optimize(builder.build(), _beam_parameters(task)).solution, task.blanks)


def _tighten(task: Task, way: Opening, seconds: float, tell: Tell) -> None:
    """Tell better and better plans on the sheets of an opening."""
    parameters = _search_parameters(task, seconds)
    if not all(b.is_plain for b in way):
        builder = _builder(task, ps.Objective.Feasibility, with_holes=False)
        for blank in way:
            _add_bin(builder, task, blank, 1, blank.outline.area)
        solution = ps.optimize(builder.build(), parameters).solution
        if solution.full():
            tell(_candidate(task, solution, way))
        return
    builder = _builder(task, ps.Objective.OpenDimensionX, with_holes=False)
    outline, starts = end_to_end([b.size for b in way])
    builder.add_bin_type(ps.build_shape(outline), copies=1, item_bin_minimum_spacing=task.edge)

    def improved(output: Any) -> None:
        if output.solution.full():
            tell(_taken_apart(task, output.solution, way, starts))

    parameters.new_solution_callback = improved
    improved(ps.optimize(builder.build(), parameters))


def end_to_end(sizes: Sequence[tuple[float, float]]) -> tuple[list[Point], list[float]]:
    """Rectangles one right of the other as one outline, and where each begins in x, mm.

    They share their upper edge, along which a channel connects them.
    """
    top = max(h for _, h in sizes)
    lower, starts, x = [], [], 0.0
    for length, height in sizes:
        starts.append(x)
        y = top - height
        lower += [(x, y), (x + length, y), (x + length, top - CHANNEL), (x + length + WALL, top - CHANNEL)]
        x += length + WALL
    lower = lower[:-2]
    return [*lower, (lower[-1][0], top), (0.0, top)], starts


def _taken_apart(task: Task, solution: Any, way: Opening, starts: Sequence[float]) -> Candidate:
    """The long blank's parts on their sheets again."""
    top = max(b.size[1] for b in way)
    outlines = {p.name: p.outer for p in task.pieces}
    placed: list[list[Placed]] = [[] for _ in way]
    for name, x, y, angle in _placements(task, solution.bin(0)):
        left = x + min(_turned(outlines[name], angle))
        k = max(i for i, start in enumerate(starts) if start <= left + task.edge + WALL)
        blank = way[k]
        placed[k].append(blank.back(name, x - starts[k], y - (top - blank.size[1]), angle))
    return tuple(CutSheet(b.stock.key, tuple(p)) for b, p in zip(way, placed, strict=True))


def _turned(points: Sequence[Point], angle: float) -> list[float]:
    """The x of points turned by a quarter of a turn or several."""
    c, s = ((1, 0), (0, 1), (-1, 0), (0, -1))[round(angle / 90) % 4]
    return [c * x - s * y for x, y in points]


def _builder(task: Task, objective: Any, with_holes: bool) -> Any:
    builder = ps.InstanceBuilder()
    builder.set_objective(objective)
    builder.set_item_item_minimum_spacing(task.spacing)
    builder.set_leftover_mode(ps.LeftoverMode.Left)
    for piece in task.pieces:
        holes = [ps.build_shape(h) for h in piece.holes] if with_holes else []
        shape = ps.ShapeWithHoles(ps.build_shape(piece.outer), holes)
        builder.add_item_type(
            shape, copies=piece.quantity, allowed_rotations=[(a, a, False) for a in piece.angles]
        )
    return builder


def _add_bin(builder: Any, task: Task, blank: Blank, copies: int, cost: float) -> None:
    shape = ps.build_shape(ring(blank.outline))
    k = builder.add_bin_type(shape, cost=cost, copies=copies, item_bin_minimum_spacing=task.edge)
    for defect in blank.defects:
        n = builder.add_defect(k, 0, ps.ShapeWithHoles(ps.build_shape(ring(defect)), []))
        builder.set_item_defect_minimum_spacing(k, n, task.edge)


def _beam_parameters(task: Task) -> Any:
    parameters = _parameters(task)
    parameters.use_tree_search = True
    if task.corners > MANY:
        parameters.tree_search_guides = [0]
    width = BEAM * 1000 / task.corners * task.effort.time_limit_s / 10
    parameters.not_anytime_tree_search_queue_size = max(1, min(16 * BEAM, round(width)))
    return parameters


def _search_parameters(task: Task, seconds: float) -> Any:
    parameters = _parameters(task)
    parameters.use_local_search_direct_trigonometry = True
    moves = (seconds / (RATE * task.corners**BY_CORNERS)) ** (1 / BY_MOVES)
    least, most = MOVES
    parameters.not_anytime_local_search_maximum_number_of_moves_factor = (
        int(min(max(moves, least), most)) if task.effort.repeatable else -1
    )
    if not task.effort.repeatable:
        parameters.time_limit = seconds
    return parameters


def _parameters(task: Task) -> Any:
    parameters = ps.OptimizeParameters()
    parameters.verbosity_level = 0
    parameters.optimization_mode = ps.OptimizationMode.NotAnytimeSequential
    if not task.effort.repeatable:
        parameters.time_limit = task.effort.time_limit_s
    return parameters


def _placements(task: Task, bin_: Any) -> Iterator[Placed]:
    for item in bin_.items:
        yield (task.pieces[item.item_type_id].name, item.bl_corner.x, item.bl_corner.y, item.angle)


def _candidate(task: Task, solution: Any, kinds: Sequence[Blank]) -> Candidate:
    sheets = []
    for k in range(solution.number_of_different_bins()):
        bin_ = solution.bin(k)
        blank = kinds[bin_.bin_type_id]
        placed = tuple(blank.back(*p) for p in _placements(task, bin_))
        sheets += [CutSheet(blank.stock.key, placed)] * bin_.copies
    return tuple(sheets)
