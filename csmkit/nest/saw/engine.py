# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Saw plans by packingsolver: first plans in several ways, then a search by strips from the best of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence

from csmkit.model import NestInstance
from csmkit.nest.candidate import Effort, Tell
from csmkit.nest.saw.calls import Calls, Meter
from csmkit.nest.saw.search import Search
from csmkit.nest.saw.strips import Full, State, area_of, framed, give, rank, take
from csmkit.nest.saw.task import SawBlank, saw_task

FIRST, LEAST = 512, 32  # nodes a level of first plans: for few parts, for a thousand
KINDS = 3  # of sheets to buy that plans begin with
LOOSE = 0.9  # of a sheet that parts may need to be laid as a strip at once
VARIED = 0.6  # share of the work for first plans with values of their own
STEEP, UNEVEN = 0.12, 0.05  # power of the area that values may have beyond 1; by how much they are uneven
MANY = 150  # parts; with more, first plans are made sheet by sheet alone


class Guillotine:
    """The adapter; packingsolver has wheels for Python 3.12 and later."""

    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        """Tell a first plan, then each that is better than the one before."""
        task = saw_task(instance)
        meter = Meter(effort.time_limit_s)
        search = Search(
            task, (Calls(task, False, meter), Calls(task, True, meter)), random.Random(effort.seed)
        )
        starts = []
        for state, missing in first_plans(search):
            tell(search.candidate(state))
            if not missing:
                starts.append(state)
        if not starts:
            return
        for state in search.best_of(starts):
            tell(search.candidate(state))


def first_plans(search: Search) -> Iterator[tuple[State, int]]:
    """First plans, and how many parts each leaves over."""
    demand = [p.quantity for p in search.task.parts]
    new = sorted((b for b in search.task.blanks if b.stock.kind == "sheet"), key=lambda b: -area_of(b.size))
    old = sorted((b for b in search.task.blanks if b.stock.kind != "sheet"), key=lambda b: area_of(b.size))
    orders = [[*old, b, *(o for o in new if o is not b)] for b in new[:KINDS]] or [old]
    orders += [new] if old and new else []
    for order in orders:
        for deep in (False, True) if sum(demand) <= MANY else (False,):
            if search.meter.spent_s and search.meter.left_s <= 0:
                return  # but one plan there is always
            found = _in_turn(search, demand, order, deep)
            if found is not None:
                yield found
    while new and sum(demand) <= MANY and search.meter.spent_s < VARIED * search.meter.limit_s:
        found = _in_turn(search, demand, orders[0], True, _varied(search))
        if found is None:
            return
        yield found


def _in_turn(
    search: Search,
    demand: Sequence[int],
    order: Sequence[SawBlank],
    deep: bool,
    values: Sequence[float] | None = None,
) -> tuple[State, int] | None:
    """Each sheet as full as can be, by the values of parts; None if no sheet takes a part."""
    left = list(demand)
    sheets: list[Full] = []
    values = values or search.values()
    queue = max(LEAST, min(FIRST, FIRST * 60 // (1 + sum(demand))))
    for blank in (b for b in order for _ in range(b.copies)):
        if not any(left):
            break
        if deep and sheets and _need(search, left) < LOOSE * area_of(blank.size):
            closed = search.closed(sheets, blank, left, 1.0)
            if closed is not None:
                return _last_anew(search, closed), 0
        frames = search.frames[:1] if deep else search.frames
        options = [(f, f.most(left, values, framed(blank, f), queue, deep)) for f in frames]
        frame, spots = max(options, key=lambda o: sum(values[k] for k, *_ in o[1]))
        if spots:
            sheets.append(search.full_sheet(blank, frame, spots))
            take(left, spots)
    return (_last_anew(search, search.state_of(sheets)), sum(left)) if sheets else None


def _need(search: Search, left: Sequence[int]) -> float:
    """Area of some parts, µm²."""
    return sum(v * n for v, n in zip(search.values(), left, strict=True))


def _varied(search: Search) -> list[float]:
    """Values that rise a little faster than areas, and unevenly.

    By bare areas small parts go where they fill gaps, and the last sheets are left with large ones that don't
    go together. Values beyond proportion are those of sequential value correction (Belov & Scheithauer 2007).
    """
    bare, steep = search.values(), search.rng.uniform(0, STEEP)
    mean = sum(bare) / len(bare)
    return [v * (v / mean) ** steep * (1 + search.rng.uniform(0, UNEVEN)) for v in bare]


def _last_anew(search: Search, state: State) -> State:
    """The last sheet as short as can be, or a smaller one for its parts."""
    pool = [0] * len(search.task.parts)
    for strip in state.last.strips:
        give(pool, strip.spots)
    opened = Counter((s.blank.stock.key, s.blank.area) for s in state.full)
    kinds = [b for b in search.task.blanks if opened[b.stock.key, b.area] < b.copies]
    found = (search.closed(state.full, b, pool, 1.0) for b in kinds)
    return min((state, *(s for s in found if s is not None)), key=rank)
