# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Saw plans in pure Python: each box into the rest that it fits best, which is then split in two.

Not the best, but always there and always done: orders of the boxes, ways to split and shuffles are tried.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from csmkit.model import NestInstance
from csmkit.nest.candidate import Candidate, Effort, Tell
from csmkit.nest.saw.micrometres import Box
from csmkit.nest.saw.task import SawBlank, SawPart, SawTask, Spot, cut_sheets, saw_task
from csmkit.nest.score import candidate_rank

Split = Callable[[int, int, int, int], bool]  # from sizes of a rest and of a box: is the upper rest as long?

# What remains beside a box is split by one cut; which way decides what fits later.
SPLITS: tuple[Split, ...] = (
    lambda x, y, dx, dy: (x - dx) * y < x * (y - dy),  # one rest as large as it can be
    lambda x, y, dx, dy: False,  # strips across
    lambda x, y, dx, dy: True,  # strips along
)
ORDERS: tuple[Callable[[SawPart], tuple[int, ...]], ...] = (
    lambda p: (-p.area,),
    lambda p: (-max(p.size), -min(p.size)),
    lambda p: (-p.size[1], -p.size[0]),
    lambda p: (-p.size[0], -p.size[1]),
    lambda p: (-sum(p.size),),
)
PLACES_S = 25_000  # rests that are looked at in a second of one core of 2026


@dataclass(frozen=True)
class _Rest:
    """A free rectangle of an opened sheet, in the area's own corner's frame, µm."""

    sheet: int
    box: Box


class Shelves:
    """The adapter; seed and time decide how many shuffles are tried."""

    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        """Tell every plan that is better than the one before."""
        task = saw_task(instance)
        count = sum(p.quantity for p in task.parts)
        tries = max(2, min(120, round(effort.time_limit_s * PLACES_S / (1 + count) ** 1.5)))
        best = None
        for _, candidate in zip(range(tries), _candidates(task, effort.seed), strict=False):
            rank = candidate_rank(candidate, instance)
            if best is None or rank < best:
                best = rank
                tell(candidate)


def _candidates(task: SawTask, seed: int) -> Iterator[Candidate]:
    copies = [k for k, p in enumerate(task.parts) for _ in range(p.quantity)]
    new = [b for b in task.blanks if b.stock.kind == "sheet"]
    old = [b for b in task.blanks if b.stock.kind != "sheet"]
    by_area = sorted(new, key=lambda b: -b.size[0] * b.size[1])
    openings = [[*sorted(old, key=lambda b: b.size[0] * b.size[1]), *by_area]]
    openings += [by_area] if old and new else []
    ways = [(order, split, o) for order in ORDERS for split in SPLITS for o in openings]
    for order, split, opening in ways:
        yield _filled(task, sorted(copies, key=lambda k: order(task.parts[k])), split, opening)
    rng = random.Random(seed)
    while True:
        order, split, opening = rng.choice(ways)
        noise = {k: rng.uniform(0.7, 1.3) for k in range(len(task.parts))}

        def key(
            k: int, order: Callable[[SawPart], tuple[int, ...]] = order, n: dict[int, float] = noise
        ) -> float:
            return order(task.parts[k])[0] * n[k]

        yield _filled(task, sorted(copies, key=key), split, opening)


def _filled(task: SawTask, copies: Sequence[int], split: Split, opening: Sequence[SawBlank]) -> Candidate:
    """All copies in this order, on sheets that are opened in that order; what finds no place is left out."""
    rests: list[_Rest] = []
    sheets: list[tuple[SawBlank, list[Spot]]] = []
    reserve = [b for b in opening for _ in range(b.copies)]
    for k in copies:
        found = _best_rest(task.parts[k], rests)
        while found is None and reserve:
            blank = next((b for b in reserve if _fits(task.parts[k], b.size)), None)
            if blank is None:
                break
            reserve.remove(blank)
            rests.append(_Rest(len(sheets), (0, 0, *blank.size)))
            sheets.append((blank, []))
            found = _best_rest(task.parts[k], rests)
        if found is None:
            continue
        number, turned = found
        rest = rests.pop(number)
        sheets[rest.sheet][1].append((k, rest.box[0], rest.box[1], turned))
        rests += _split(rest, task.parts[k], turned, task.kerf, split)
    return cut_sheets(task, sheets)


def _fits(part: SawPart, size: tuple[int, int]) -> bool:
    x, y = part.size
    return (x <= size[0] and y <= size[1]) or (part.may_turn and y <= size[0] and x <= size[1])


def _best_rest(part: SawPart, rests: Sequence[_Rest]) -> tuple[int, bool] | None:
    """Which rest fits a part best, and whether it is turned: earliest sheet, then least spare side."""
    best: tuple[int, int, int] | None = None
    found = None
    for number, rest in enumerate(rests):
        x, y = rest.box[2] - rest.box[0], rest.box[3] - rest.box[1]
        for turned in (False, True) if part.may_turn else (False,):
            dx, dy = part.size[::-1] if turned else part.size
            if dx <= x and dy <= y:
                spare = (rest.sheet, min(x - dx, y - dy), max(x - dx, y - dy))
                if best is None or spare < best:
                    best, found = spare, (number, turned)
    return found


def _split(rest: _Rest, part: SawPart, turned: bool, kerf: int, split: Split) -> list[_Rest]:
    """What remains right of a part and above it."""
    x0, y0, x1, y1 = rest.box
    dx, dy = part.size[::-1] if turned else part.size
    upper_is_long = split(x1 - x0, y1 - y0, dx, dy)
    right = (x0 + dx + kerf, y0, x1, y0 + dy if upper_is_long else y1)
    upper = (x0, y0 + dy + kerf, x1 if upper_is_long else x0 + dx, y1)
    return [_Rest(rest.sheet, b) for b in (right, upper) if b[0] < b[2] and b[1] < b[3]]
