# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What all calls of packingsolver for one instance share: parts, sheets, and the way back to a candidate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import packingsolver.irregular as ps
from shapely import Polygon

from csmkit.nest.candidate import Candidate, CutSheet, Placed
from csmkit.nest.engines.blanks import Blank, Piece, ring


@dataclass(frozen=True)
class Task:
    """What all calls of one instance share."""

    pieces: tuple[Piece, ...]
    blanks: tuple[Blank, ...]
    spacing: float
    edge: float

    @property
    def corners(self) -> int:
        """Corners of all copies: what the engine's time depends on."""
        return sum(len(p.outer) * p.quantity for p in self.pieces)


def builder(task: Task, objective: Any, with_holes: bool) -> Any:
    """The parts of an instance; `with_holes`: other parts may lie in their holes."""
    made = ps.InstanceBuilder()
    made.set_objective(objective)
    made.set_item_item_minimum_spacing(task.spacing)
    made.set_leftover_mode(ps.LeftoverMode.Left)
    for piece in task.pieces:
        holes = [ps.build_shape(h) for h in piece.holes] if with_holes else []
        shape = ps.ShapeWithHoles(ps.build_shape(piece.outer), holes)
        made.add_item_type(
            shape, copies=piece.quantity, allowed_rotations=[(a, a, False) for a in piece.angles]
        )
    return made


def add_bin(
    made: Any, task: Task, blank: Blank, copies: int, cost: float, outline: Polygon | None = None
) -> None:
    """A kind of sheet; with an `outline` only that part of it."""
    shape = ps.build_shape(ring(outline or blank.outline))
    k = made.add_bin_type(shape, cost=cost, copies=copies, item_bin_minimum_spacing=task.edge)
    for defect in blank.defects:
        n = made.add_defect(k, 0, ps.ShapeWithHoles(ps.build_shape(ring(defect)), []))
        made.set_item_defect_minimum_spacing(k, n, task.edge)


def parameters() -> Any:
    """Settings with which a call does the same on every run."""
    made = ps.OptimizeParameters()
    made.verbosity_level = 0
    made.optimization_mode = ps.OptimizationMode.NotAnytimeSequential
    return made


def _placements(task: Task, bin_: Any) -> Iterator[Placed]:
    for item in bin_.items:
        yield (task.pieces[item.item_type_id].name, item.bl_corner.x, item.bl_corner.y, item.angle)


def candidate(task: Task, solution: Any, kinds: Sequence[Blank]) -> Candidate:
    """The sheets of an answer; `kinds` are its bins in the order in which they were added."""
    sheets = []
    for k in range(solution.number_of_different_bins()):
        bin_ = solution.bin(k)
        blank = kinds[bin_.bin_type_id]
        placed = tuple(blank.back(*p) for p in _placements(task, bin_))
        sheets += [CutSheet(blank.stock.key, placed)] * bin_.copies
    return tuple(sheets)
