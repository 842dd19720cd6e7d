# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What we ask packingsolver's guillotine solver: the fullest area, the shortest strip, all on few sheets.

Every call does a bounded amount of work on one thread, so that its answer repeats. Boxes may be laid out in a
turned frame, in which x and y have changed places: first cuts then run the other way.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import gcd
from typing import Any

import packingsolver.rectangleguillotine as ps

from csmkit.nest.saw.task import SawTask, Spot

STAGES = 3  # of one call; a region within a sheet has stages of its own
PROFIT = 1e-6  # per µm²: keeps profits near those of mm
# Seconds of one core of 2026, measured on the benchmark guillotine6: a call, a node and box of a search by
# stages. Without stages a search grows with the boxes until its own limits end it.
CALL_S, NODE_S = 3e-4, 3e-6
DEEP_AREA_S, DEEP_STRIP_S, ORDER_S = 0.35, 1.5, 5e-5  # at most, at most; an order of boxes in a strip
BOX_S, MORE = 2e-5, 2.4  # a strip of n boxes takes no more than BOX_S · MORE ** n: 0.02 s for 9, 0.7 for 12
GUIDE = [1]  # one order of the tree search alone: areas as full as with all, in two thirds of the time

Size = tuple[int, int]  # µm in the frame


@dataclass
class Meter:
    """Work done so far, in seconds of the reference core; counted, not measured, so that plans repeat."""

    limit_s: float = math.inf
    spent_s: float = 0.0

    @property
    def left_s(self) -> float:
        """What may still be done, s."""
        return self.limit_s - self.spent_s


@dataclass(frozen=True)
class Calls:
    """The parts of a task in one frame."""

    task: SawTask
    is_turned: bool
    meter: Meter = field(default_factory=Meter)

    def size(self, part: int, turned: bool) -> Size:
        """A part's box in this frame, µm."""
        x, y = self.task.parts[part].size
        return (y, x) if turned != self.is_turned else (x, y)

    def most(
        self, left: Sequence[int], values: Sequence[float], area: Size, queue: int, deep: bool = False
    ) -> list[Spot]:
        """The most valuable boxes that can be sawn from one area.

        Args:
            left: copies of each part that may be taken.
            values: of one copy of each part.
            area: µm in this frame.
            queue: nodes that a level of the search keeps.
            deep: not a beam but every combination, which costs up to a third of a second in large areas.

        A beam in any number of stages fills an area by a hundredth more than one in three, in less time.
        """
        builder, kinds = self._builder(ps.Objective.Knapsack, left, area, values, True)
        if not kinds:
            return []
        boxes = self._most_boxes([left[k] if k in kinds else 0 for k in range(len(left))], area)
        parameters = _parameters(queue)
        if deep:
            self.meter.spent_s += min(DEEP_AREA_S, 3e-4 * 4.0 ** min(boxes, 9))
        else:
            self.meter.spent_s += CALL_S + NODE_S * queue * boxes
            parameters.use_tree_search = True
            parameters.tree_search_guides = GUIDE
        solution = ps.optimize(builder.build(), parameters).solution
        return [s for bin_ in self._bins(solution, kinds) for s in bin_]

    def shortest(self, left: Sequence[int], area: Size, queue: int, deep: bool = False) -> list[Spot] | None:
        """All boxes in an area as short in x as can be, from its left end; None if they don't fit."""
        longest = (area[0] if deep else 3 * area[0], area[1])
        builder, kinds = self._builder(ps.Objective.OpenDimensionX, left, longest, None, deep)
        if sum(left) == 0:
            return []
        if sum(left[k] for k in kinds) < sum(left):
            return None
        self.meter.spent_s += deep_strip_s(left) if deep else CALL_S + NODE_S * queue * sum(left)
        solution = ps.optimize(builder.build(), _parameters(queue)).solution
        if not solution.full():
            return None
        spots = [s for bin_ in self._bins(solution, kinds) for s in bin_]
        return spots if self.end(spots) <= area[0] else None

    def _most_boxes(self, left: Sequence[int], area: Size) -> float:
        """About how many of some boxes an area takes."""
        count = sum(left)
        total = sum(n * p.area for n, p in zip(left, self.task.parts, strict=True))
        return min(count, 1.2 * area[0] * area[1] * count / total)

    def end(self, spots: Sequence[Spot]) -> int:
        """Where the last of some boxes ends in x, µm."""
        return max((x + self.size(k, turned)[0] for k, x, _, turned in spots), default=0)

    def _builder(
        self,
        objective: Any,
        left: Sequence[int],
        area: Size,
        values: Sequence[float] | None = None,
        deep: bool = False,
    ) -> tuple[Any, list[int]]:
        """A builder with the parts that fit, and which these are."""
        builder, step = ps.InstanceBuilder(), self._step
        builder.set_objective(objective)
        builder.set_cut_thickness(self.task.kerf // step)
        if deep:
            builder.set_number_of_stages_unlimited()
        else:
            builder.set_number_of_stages(STAGES)
            builder.set_cut_type(ps.CutType.NonExact)
            builder.set_first_stage_orientation(ps.CutOrientation.Vertical)
        builder.add_bin_type(area[0] // step, area[1] // step)
        kinds = [k for k, n in enumerate(left) if n and self._fits(k, area)]
        for k in kinds:
            x, y = (v // step for v in self.size(k, False))
            profit = {} if values is None else {"profit": values[k] * PROFIT}
            builder.add_item_type(x, y, copies=left[k], oriented=not self.task.parts[k].may_turn, **profit)
        return builder, kinds

    @property
    def _step(self) -> int:
        """What all boxes and the kerf are multiples of, µm: smaller numbers make the solver no worse."""
        return gcd(self.task.kerf, *(v for p in self.task.parts for v in p.size))

    def _fits(self, part: int, area: Size) -> bool:
        sizes = [self.size(part, turned) for turned in (False, True)[: 1 + self.task.parts[part].may_turn]]
        return any(x <= area[0] and y <= area[1] for x, y in sizes)

    def _bins(self, solution: Any, kinds: Sequence[int]) -> list[list[Spot]]:
        """Spots of each opened bin, in order."""
        step, result = self._step, []
        for number in range(solution.number_of_different_bins()):
            bin_ = solution.bin(number)
            spots: list[Spot] = []
            for node in bin_.nodes:
                if node.item_type_id >= 0 and not node.children:
                    k = kinds[node.item_type_id]
                    found = ((node.r - node.l) * step, (node.t - node.b) * step)
                    spots.append((k, node.l * step, node.b * step, found != self.size(k, False)))
            result += [spots] * bin_.copies
        return result


def deep_strip_s(left: Sequence[int]) -> float:
    """Seconds for the shortest strip in any number of stages: they follow how many orders the boxes have."""
    count = sum(left)
    orders = math.exp(math.lgamma(count + 1) - sum(math.lgamma(n + 1) for n in left))
    return min(DEEP_STRIP_S, ORDER_S * orders, BOX_S * MORE ** min(count, 20))


def _parameters(queue: int) -> Any:
    parameters = ps.OptimizeParameters()
    parameters.verbosity_level = 0
    parameters.optimization_mode = ps.OptimizationMode.NotAnytimeSequential
    parameters.not_anytime_tree_search_queue_size = queue
    return parameters
