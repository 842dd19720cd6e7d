# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Saw plans by packingsolver: a first plan, then strips of full sheets against the parts of the last.

The last sheet counts up to its end, the others count whole. So a few strips of a full sheet are taken out,
and their place is filled anew from their parts and those of the last sheet, with values that change a little
from try to try; what is left over is laid on the last sheet as short as it goes. Small places and few parts
make a try a matter of milliseconds, and every try that isn't much worse is gone on from.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from csmkit.model import NestInstance
from csmkit.nest.candidate import Candidate, Effort, Tell
from csmkit.nest.guillotine_calls import Calls, Meter, Size
from csmkit.nest.guillotine_task import SawBlank, SawTask, Spot, cut_sheet, saw_task

FIRST, SECOND, LAST = 512, 96, 128  # nodes a level: first plan, a region, the last sheet
NOISE = 0.12  # by which values change from try to try
DEEP = 0.04  # share of tries without a limit of stages
WARM = 0.012  # of a sheet that a try may be worse at the beginning
STALE = 400  # tries without gain after which the best is gone on from


@dataclass(frozen=True)
class Strip:
    """Boxes in a strip across a sheet: its length along x in the frame, spots from its lower left corner."""

    length: int
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Full:
    """A sheet as strips, in one frame."""

    blank: SawBlank
    is_turned: bool
    strips: tuple[Strip, ...]


@dataclass(frozen=True)
class State:
    """Sheets that count whole, and the last."""

    full: tuple[Full, ...]
    last: Full
    share: float  # of the last sheet that is used


class Guillotine:
    """The adapter; packingsolver has wheels for Python 3.12 and later."""

    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        """Tell a first plan, then each that is better than the one before."""
        task = saw_task(instance)
        meter = Meter()
        search = Search(
            task, (Calls(task, False, meter), Calls(task, True, meter)), random.Random(effort.seed)
        )
        starts = []
        for state, missing in search.starts():
            tell(search.candidate(state))
            if not missing:
                starts.append(state)
        if not starts:
            return
        starts.sort(key=lambda s: (len(s.full), s.share))
        for state in search.improved(starts[0], meter, effort.time_limit_s):
            tell(search.candidate(state))


@dataclass(frozen=True)
class Search:
    """What all tries share."""

    task: SawTask
    frames: tuple[Calls, Calls]
    rng: random.Random

    def starts(self) -> Iterator[tuple[State, int]]:
        """First plans, and how many parts each leaves over."""
        demand = [p.quantity for p in self.task.parts]
        new = sorted((b for b in self.task.blanks if b.stock.kind == "sheet"), key=lambda b: -_area(b.size))
        old = sorted((b for b in self.task.blanks if b.stock.kind != "sheet"), key=lambda b: _area(b.size))
        for order in ([*old, *new], new) if old and new else ([*old, *new],):
            yield self._in_turn(demand, order)
        if len(self.task.blanks) == 1:
            yield from self._together(demand, self.task.blanks[0])

    def _in_turn(self, demand: Sequence[int], order: Sequence[SawBlank]) -> tuple[State, int]:
        """Each sheet as full as can be."""
        left, sheets = list(demand), []
        values = [
            float(_area((p.size[0] + self.task.kerf, p.size[1] + self.task.kerf))) for p in self.task.parts
        ]
        for blank in (b for b in order for _ in range(b.copies)):
            if not any(left):
                break
            options = [(f, f.most(left, values, _framed(blank, f), FIRST)) for f in self.frames]
            frame, spots = max(options, key=lambda o: sum(values[k] for k, *_ in o[1]))
            if spots:
                sheets.append(self._full(blank, frame, spots))
                _take(left, spots)
        return self._state(sheets), sum(left)

    def _together(self, demand: Sequence[int], blank: SawBlank) -> Iterator[tuple[State, int]]:
        for frame in self.frames:
            found = frame.all(demand, _framed(blank, frame), blank.copies, FIRST)
            if found is not None:
                yield self._state([self._full(blank, frame, spots) for spots in found]), 0

    def improved(self, start: State, meter: Meter, limit_s: float) -> Iterator[State]:
        """Better and better plans until the work is done."""
        best = now = start
        since = 0
        begin = meter.spent_s
        while best.full and meter.spent_s - begin < limit_s:
            cold = (meter.spent_s - begin) / limit_s
            tried = self._try(now, now.share + WARM * (1 - cold) * self.rng.random())
            meter.spent_s += 2e-4
            since += 1
            if tried is not None:
                now = tried
            if _rank(now) < _rank(best):
                best, since = now, 0
                yield best
            if since > STALE:
                now, since = best, 0

    def _try(self, now: State, limit: float) -> State | None:
        """Another plan whose last sheet uses no more than the limit; None if this try gives none."""
        full = list(now.full)
        pool = [0] * len(self.task.parts)
        for strip in now.last.strips:
            _give(pool, strip.spots)
        places = []
        for i in self.rng.sample(range(len(full)), min(len(full), 1 if self.rng.random() < 0.7 else 2)):
            sheet = self._recut(full[i])
            taken = self.rng.sample(range(len(sheet.strips)), self._how_many(len(sheet.strips)))
            stay = tuple(s for j, s in enumerate(sheet.strips) if j not in taken)
            for j in taken:
                _give(pool, sheet.strips[j].spots)
            places.append((i, sheet, stay))
        noise = [1 + self.rng.uniform(0, NOISE) for _ in pool]
        kerf = self.task.kerf
        values = [
            _area((p.size[0] + kerf, p.size[1] + kerf)) * n
            for p, n in zip(self.task.parts, noise, strict=True)
        ]
        for i, sheet, stay in places:
            strip = self._filled(sheet, stay, pool, values)
            _take(pool, strip.spots)
            full[i] = replace(sheet, strips=(*stay, strip))
        if self._needed(pool) > limit * _area(now.last.blank.size):
            return None
        return self._closed(full, now.last.blank, pool, limit)

    def _filled(self, sheet: Full, stay: Sequence[Strip], pool: Sequence[int], values: list[float]) -> Strip:
        """What is free of a sheet, filled anew."""
        frame = self.frames[sheet.is_turned]
        length, width = _framed(sheet.blank, frame)
        free = length - sum(s.length + self.task.kerf for s in stay)
        deep = self.rng.random() < DEEP
        if deep or self.rng.random() < 0.6:
            spots = frame.most(pool, values, (free, width), SECOND, deep)
        else:  # first cuts across the free place
            other = self.frames[not sheet.is_turned]
            spots = [(k, y, x, t) for k, x, y, t in other.most(pool, values, (width, free), SECOND)]
        return Strip(frame.end(spots), tuple(spots))

    def _closed(
        self, full: Sequence[Full], blank: SawBlank, pool: Sequence[int], limit: float
    ) -> State | None:
        """The last sheet from what is left over, in its better direction."""
        if not any(pool):
            return self._state(list(full))
        best: tuple[float, Calls, list[Spot]] | None = None
        for frame in self.frames:
            spots = frame.shortest(pool, _framed(blank, frame), LAST)
            if spots is not None:
                share = frame.end(spots) / _framed(blank, frame)[0]
                if share <= limit and (best is None or share < best[0]):
                    best = (share, frame, spots)
        if best is None:
            return None
        share, frame, spots = best
        return State(tuple(full), self._full(blank, frame, spots), share)

    def _state(self, sheets: list[Full]) -> State:
        """The sheet of which the least is used comes last."""
        shares = [self._share(s) for s in sheets]
        new = [i for i, s in enumerate(sheets) if s.blank.stock.kind == "sheet"] or list(range(len(sheets)))
        k = min(new, key=lambda i: shares[i])
        return State(tuple(sheets[:k] + sheets[k + 1 :]), sheets[k], shares[k])

    def _share(self, sheet: Full) -> float:
        frame = self.frames[sheet.is_turned]
        used = sum(s.length for s in sheet.strips) + self.task.kerf * (len(sheet.strips) - 1)
        return used / _framed(sheet.blank, frame)[0]

    def _full(self, blank: SawBlank, frame: Calls, spots: Sequence[Spot]) -> Full:
        return Full(blank, frame.is_turned, tuple(_strips(frame, spots, self.task.kerf)))

    def _recut(self, sheet: Full) -> Full:
        """Where it is one block, its strips the other way."""
        if len(sheet.strips) > 1:
            return sheet
        frame = self.frames[not sheet.is_turned]
        spots = [(k, y, x, t) for k, x, y, t in sheet.strips[0].spots]
        return Full(sheet.blank, frame.is_turned, tuple(_strips(frame, spots, self.task.kerf)))

    def _how_many(self, strips: int) -> int:
        return min(strips, self.rng.choice((1, 2, 2, 3, 3, 4, strips)))

    def _needed(self, pool: Sequence[int]) -> int:
        """Area that boxes take at least, µm²."""
        return sum(p.area * n for p, n in zip(self.task.parts, pool, strict=True))

    def candidate(self, state: State) -> Candidate:
        """The plan as placements."""
        sheets = []
        for full in (*state.full, state.last):
            spots: list[Spot] = []
            x = 0
            for strip in full.strips:
                spots += [(k, x + sx, sy, t) for k, sx, sy, t in strip.spots]
                x += strip.length + self.task.kerf
            if full.is_turned:
                spots = [(k, sy, sx, t) for k, sx, sy, t in spots]
            sheets.append(cut_sheet(self.task, full.blank, spots))
        return tuple(sheets)


def _strips(frame: Calls, spots: Sequence[Spot], kerf: int) -> Iterator[Strip]:
    """Boxes of a sheet, parted by every cut across x."""
    group: list[Spot] = []
    end = 0
    for spot in sorted(spots, key=lambda s: s[1]):
        if group and spot[1] >= end + kerf:
            yield _strip(frame, group)
            group = []
        group.append(spot)
        end = max(end, spot[1] + frame.size(spot[0], spot[3])[0])
    if group:
        yield _strip(frame, group)


def _strip(frame: Calls, group: Sequence[Spot]) -> Strip:
    low = min(x for _, x, _, _ in group)
    spots = tuple((k, x - low, y, t) for k, x, y, t in group)
    return Strip(frame.end(spots), spots)


def _rank(state: State) -> tuple[int, float]:
    return (len(state.full), round(state.share, 9))


def _framed(blank: SawBlank, frame: Calls) -> Size:
    return (blank.size[1], blank.size[0]) if frame.is_turned else blank.size


def _give(pool: list[int], spots: Sequence[Spot]) -> None:
    for k, *_ in spots:
        pool[k] += 1


def _take(pool: list[int], spots: Sequence[Spot]) -> None:
    for k, *_ in spots:
        pool[k] -= 1


def _area(size: Size) -> int:
    return size[0] * size[1]
