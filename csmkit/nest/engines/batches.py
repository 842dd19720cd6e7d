# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A first plan of very many parts: sheet by sheet, each with a fair share of every kind of part.

A beam search over a thousand parts takes minutes. A sheet filled with its share of all kinds takes a second,
and serves again for as many sheets as there are parts alike: twenty kits are cut in a few patterns.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from shapely import Polygon

from csmkit.nest.candidate import Candidate, CutSheet
from csmkit.nest.engines.blanks import Blank, Piece, usable
from csmkit.nest.engines.budget import Budget
from csmkit.nest.engines.squeeze import affordable, separated
from csmkit.nest.engines.task import Task

DENSITY = 0.78  # of parts grown by half the spacing, on the first sheet: what plywood kits reach
STEP, LEAST = 0.03, 0.3  # in density from try to try; what one large part may come to
TRIES = 4  # a pattern, while there is time
MOVES = 300  # of a try: a second or two


class Batches:
    """What is left of the parts while sheets are filled."""

    def __init__(self, task: Task, budget: Budget, seed: int) -> None:
        self.task, self.budget, self.chance = task, budget, random.Random(seed)
        self.pieces = {p.name: p for p in task.pieces}
        self.left = Counter({p.name: p.quantity for p in task.pieces})
        half = task.spacing / 2
        self.areas = {p.name: Polygon(p.outer).buffer(half).area for p in task.pieces}
        self.density = DENSITY

    def plan(self) -> Candidate:
        """Offcuts first, then new sheets, the largest first; some parts may be left over."""
        sheets: list[CutSheet] = []
        for blank in sorted(self.task.blanks, key=lambda b: (b.is_new, -b.outline.area)):
            free = sum(self.left.values()) if blank.stock.quantity is None else blank.stock.quantity
            while free > 0 and self.left.total():
                pattern = self._pattern(blank)
                if pattern is None:
                    break
                counts = Counter(name for name, *_ in pattern.placed)
                copies = min(free, *(self.left[n] // c for n, c in counts.items()))
                sheets += [pattern] * copies
                free -= copies
                for name, count in counts.items():
                    self.left[name] -= count * copies
        return tuple(sheets)

    def _pattern(self, blank: Blank) -> CutSheet | None:
        """One sheet, as full as a few tries make it; None where no part finds room."""
        best: CutSheet | None = None
        tries, density = 0, self.density
        sheets = sum(self.areas[n] * k for n, k in self.left.items()) / blank.outline.area
        while density > LEAST:
            batch = self._batch(blank, density)
            if not batch:
                return best
            if made := self._laid(batch, blank):
                best, self.density = made, density
                if batch == self.left or density > 1:
                    return best
                density += STEP
            elif best:
                return best
            else:
                density -= STEP * (1 + tries)  # a wrong first guess must not take long
            tries += 1
            in_time = self.budget.left > sheets * self._seconds(batch)
            if best and (tries >= TRIES or not in_time):
                return best
        for name in sorted(self.left, key=lambda n: -self.areas[n]):
            is_left = self.left[name] and _fits(self.pieces[name], blank, self.task.edge)
            if is_left and (made := self._laid(Counter({name: 1}), blank)):
                return made
        return best

    def _batch(self, blank: Blank, density: float) -> Counter[str]:
        """A share of each kind of part that fits, so much in all that the sheet is filled to a density."""
        room = usable(blank, self.task.edge).buffer(self.task.spacing / 2, join_style="mitre").area * density
        kinds = [n for n, k in self.left.items() if k and _fits(self.pieces[n], blank, self.task.edge)]
        total = sum(self.areas[n] * self.left[n] for n in kinds)
        if total <= room:
            return Counter({n: self.left[n] for n in kinds})
        self.chance.shuffle(kinds)
        kinds.sort(key=lambda n: -self.areas[n] > -room / 20)  # large ones first, small ones fill up
        batch: Counter[str] = Counter()
        for name in kinds:
            share = self.left[name] * room / total
            count = int(share) + (self.chance.random() < share % 1)
            while count and self.areas[name] * count > room - _area(batch, self.areas):
                count -= 1
            batch[name] += count
        for name in kinds:
            while batch[name] < self.left[name] and _area(batch, self.areas) + self.areas[name] <= room:
                batch[name] += 1
        return +batch

    def _laid(self, batch: Counter[str], blank: Blank) -> CutSheet | None:
        chosen = tuple(replace(self.pieces[n], quantity=k) for n, k in batch.items())
        task = replace(self.task, pieces=chosen)
        made = separated(task, [(blank, blank.outline)], self._moves(task), self.budget, self.chance)
        return made[0] if made else None

    def _moves(self, task: Task) -> float:
        return min(MOVES, max(affordable(task, self.budget.left), MOVES / 4))

    def _seconds(self, batch: Counter[str]) -> float:
        """What a try takes, roughly."""
        corners = sum(len(self.pieces[n].outer) * k for n, k in batch.items())
        return MOVES * corners / 1e5


def _area(batch: Counter[str], areas: dict[str, float]) -> float:
    return sum(areas[n] * k for n, k in batch.items())


def _fits(piece: Piece, blank: Blank, edge: float) -> bool:
    """Its box fits in the sheet's box without its edges."""
    xs, ys = zip(*piece.outer, strict=True)
    length, width = max(xs) - min(xs), max(ys) - min(ys)
    room_x, room_y = (v - 2 * edge + 1e-3 for v in blank.size)
    return any(
        (length <= room_x and width <= room_y) if a % 180 == 0 else (width <= room_x and length <= room_y)
        for a in piece.angles
    )
