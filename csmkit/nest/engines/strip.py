# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts on a rectangle of any length by spyrrow, and the last sheet of a plan laid anew as such a strip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace

import spyrrow

from csmkit.model import NestInstance
from csmkit.nest.candidate import CutSheet, Effort, Placed, Tell
from csmkit.nest.engines.blanks import Blank, Piece, blanks, pieces, usable
from csmkit.nest.engines.regroup import part_of, regrouped
from csmkit.nest.offcuts import Box, largest_rectangle
from csmkit.nest.score import in_order

FIT = 1e-6  # mm that sums of floats may be off
RUN_SEEDS = 100  # between runs: far from the seeds of other lanes
TICK_S = 0.25  # between looks at a search
FEASIBLE = (spyrrow.ReportType.ExplFeas, spyrrow.ReportType.CmprFeas)
RUN_S = 14  # of a run on a last sheet of twenty parts: half of it leaves it a hundredth of a sheet longer


@dataclass(frozen=True)
class Strip:
    """A rectangle in a blank's frame that is filled from the left, and how its parts keep apart."""

    blank: Blank
    area: Box
    spacing: float

    def lay(
        self,
        parts: Sequence[Piece],
        effort: Effort,
        is_probe: bool,
        better: Callable[[tuple[Placed, ...]], None] = lambda _: None,
    ) -> tuple[Placed, ...]:
        """The parts in the sheet's own frame, or nothing where they need more than the rectangle.

        The engine keeps the spacing to the strip's edges too, so the strip is larger by it all around.

        Args:
            is_probe: the engine may stop early, because only whether they fit is asked.
            better: told what fits while the search goes on, each shorter than the one before.
        """
        height = self.area[3] - self.area[1] + 2 * self.spacing
        items = [
            spyrrow.Item(
                p.name,
                list(p.outer),
                demand=p.quantity,
                allowed_orientations=list(turned_to(p, self.area)),
            )
            for p in parts
        ]
        strip = spyrrow.StripPackingInstance("sheet", strip_height=height, items=items)
        config = spyrrow.StripPackingConfig(
            early_termination=is_probe,
            total_computation_time=max(1, round(effort.time_limit_s)),
            num_workers=effort.threads,
            seed=effort.seed,
            min_items_separation=self.spacing or None,
        )
        progress = spyrrow.ProgressQueue()
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(strip.solve, config, progress)
            while not running.done():
                wait([running], timeout=TICK_S)
                found = [s for kind, s in progress.drain() if kind in FEASIBLE]
                if found and (placed := self._back(found[-1])):
                    better(placed)
        try:
            return self._back(running.result())
        except BaseException as panic:
            if type(panic).__name__ != "PanicException":  # how Rust panics: a part as tall as the strip, say
                raise
            return ()

    def _back(self, solution: spyrrow.StripPackingSolution) -> tuple[Placed, ...]:
        """Placements in the sheet's own frame; none where the strip is longer than the rectangle."""
        x0, y0, x1, _ = self.area
        s = self.spacing
        if solution.width > x1 - x0 + 2 * s + FIT:
            return ()
        return tuple(
            self.blank.back(p.id, p.translation[0] + x0 - s, p.translation[1] + y0 - s, p.rotation)
            for p in solution.placed_items
        )


def turned_to(piece: Piece, area: Box) -> tuple[float, ...]:
    """Angles at which the piece's box fits in the rectangle."""
    xs, ys = zip(*piece.outer, strict=True)
    length, width = max(xs) - min(xs), max(ys) - min(ys)
    room_x, room_y = area[2] - area[0] + FIT, area[3] - area[1] + FIT
    along, across = length <= room_x and width <= room_y, width <= room_x and length <= room_y
    return tuple(a for a in piece.angles if (along if a % 180 == 0 else across))


def last_anew(instance: NestInstance, effort: Effort, tell: Tell) -> None:
    """Tell the start with its last sheet laid anew, once for every few seconds, each with another seed.

    Parts in holes stay there. Nothing is told where the last sheet's largest rectangle can't take them all.
    """
    *others, last = in_order(effort.start, instance)
    task = part_of(instance, [last])
    filled = regrouped(task, [last])
    [blank] = blanks(filled.instance)
    area = largest_rectangle(usable(blank, instance.rules.edge))
    parts = pieces(filled.instance, 0)
    if area is None or not all(turned_to(p, area) for p in parts):
        return
    strip = Strip(blank, area, instance.rules.spacing)

    def told(placed: tuple[Placed, ...]) -> None:
        tell((*others, *filled.unpack((CutSheet(last.stock, placed),))))

    runs = max(1, round(effort.time_limit_s / RUN_S))
    for run in range(runs):
        share = replace(effort, seed=effort.seed + RUN_SEEDS * run, time_limit_s=effort.time_limit_s / runs)
        if placed := strip.lay(parts, share, is_probe=False, better=told):
            told(placed)
