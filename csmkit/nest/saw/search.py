# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Strips of full sheets against the parts of the last: how a saw plan gets better.

The last sheet counts up to its end, the others count whole. So a few strips of a full sheet are taken out,
and their place is filled anew from their parts and those of the last sheet, with values that change a little
from try to try; what is left over is laid on the last sheet as short as it goes. Small places and few parts
make a try a matter of milliseconds, and every try that isn't much worse is gone on from.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from csmkit.nest.candidate import Candidate
from csmkit.nest.saw.calls import Calls, Meter, deep_strip_s
from csmkit.nest.saw.strips import (
    Full,
    Place,
    State,
    Strip,
    area_of,
    framed,
    give,
    rank,
    strips_along,
    swapped,
    take,
)
from csmkit.nest.saw.task import SawBlank, SawTask, Spot, cut_sheets

QUEUES = (16, 32, 96)  # nodes a level for a place that is filled anew
QUICK, LAST, WIDE = 16, 128, 1024  # for the last sheet: a first look, in earnest, in the end
NEAR = 0.04  # of a sheet by which a first look may be too long
NOISE = 0.12  # by which values change from try to try
WEIGHT = 0.5  # of the area of the last sheet's parts beside its used length: less of it may soon be shorter
SHEETS = (1, 1, 1, 2, 2, 3)  # how many full sheets a try opens
INNER = 0.4  # share of tries within one strip
DEEP = 0.015  # share of tries that fill a place as well as can be
WARM = 0.012  # of a sheet that a try may be worse at the beginning
STARTS, SHARE_OF_START = 2, 0.15
TRY_S = 4e-4  # seconds that a try takes beside its calls
QUICK_S = 0.01  # a last sheet that takes no longer is always cut in any number of stages
DEEPENING = 0.2  # of the work that is left, for one last sheet in any number of stages
STALE = 400  # tries without gain after which the best is gone on from


@dataclass(frozen=True)
class Search:
    """What all tries share."""

    task: SawTask
    frames: tuple[Calls, Calls]
    rng: random.Random

    @property
    def meter(self) -> Meter:
        """Of all work."""
        return self.frames[0].meter

    def best_of(self, starts: Sequence[State]) -> Iterator[State]:
        """Better and better plans: a little from each of the best starts, then from the best of them."""
        limit_s = self.meter.left_s
        reached = []
        best: State | None = None
        chosen = sorted(starts, key=rank)[:STARTS]
        for start in chosen if chosen[0].full else chosen[:1]:  # a single sheet has but one set of parts
            reached.append(self._deepened(start))
            for state in self._improved(reached[-1], limit_s * SHARE_OF_START):
                reached[-1] = state
                if best is None or rank(state) < rank(best):
                    best = state
                    yield state
        best = min(reached, key=rank)
        yield best
        yield from self._improved(best, self.meter.left_s)
        if not best.full:
            yield self._deepened(best, WIDE, False)

    def _deepened(self, state: State, queue: int = LAST, deep: bool = True) -> State:
        """The same with its last sheet laid shorter, by any number of stages or a wider search."""
        pool = [0] * len(self.task.parts)
        for strip in state.last.strips:
            give(pool, strip.spots)
        deep = deep and 2 * deep_strip_s(pool) < DEEPENING * self.meter.left_s
        tried = self.closed(state.full, state.last.blank, pool, state.share, queue, deep)
        return tried if tried is not None and rank(tried) < rank(state) else state

    def _improved(self, start: State, limit_s: float) -> Iterator[State]:
        """Better and better plans until the work is done."""
        best = now = start
        since = 0
        meter, begin = self.meter, self.meter.spent_s
        while best.full and meter.spent_s - begin < limit_s:
            cold = (meter.spent_s - begin) / limit_s
            cost = now.share + WEIGHT * self._filling(now.last)
            tried = self._try(now, cost + WARM * (1 - cold) * self.rng.random())
            meter.spent_s += TRY_S
            since += 1
            if tried is not None:
                near = tried.share < best.share + WARM
                now = self._deepened(tried) if near and self.rng.random() < DEEP else tried
            if rank(now) < rank(best):
                best, since = now, 0
                yield best
            if since > STALE:
                now, since = best, 0

    def _try(self, now: State, limit: float) -> State | None:
        """Another plan whose last sheet costs no more than the limit; None if this try gives none."""
        full = list(now.full)
        pool = [0] * len(self.task.parts)
        for strip in now.last.strips:
            give(pool, strip.spots)
        sheets = self.rng.sample(range(len(full)), min(len(full), self.rng.choice(SHEETS)))
        places = [(i, self._opened(full[i], pool)) for i in sheets]
        noise = [1 + self.rng.uniform(0, NOISE) for _ in pool]
        values = [v * n for v, n in zip(self.values(), noise, strict=True)]
        for i, place in places:
            full[i] = self._filled(place, pool, values)
        left = sum(p.area * n for p, n in zip(self.task.parts, pool, strict=True))
        filling = left / area_of(now.last.blank.size)
        if filling + WEIGHT * filling > limit:
            return None
        return self.closed(full, now.last.blank, pool, limit - WEIGHT * filling)

    def _filling(self, sheet: Full) -> float:
        """Share of a sheet that is parts."""
        parts = (self.task.parts[k].area for strip in sheet.strips for k, *_ in strip.spots)
        return sum(parts) / area_of(sheet.blank.size)

    def _opened(self, sheet: Full, pool: list[int]) -> Place:
        """Take some strips out of a sheet, or some layers out of one of its strips; their parts are free."""
        sheet = self._recut(sheet)
        frame = self.frames[sheet.is_turned]
        length, width = framed(sheet.blank, frame)
        if len(sheet.strips) > 1 and self.rng.random() < INNER:
            k = self.rng.randrange(len(sheet.strips))
            outer = (*sheet.strips[:k], *sheet.strips[k + 1 :])
            free = length - sum(s.length + self.task.kerf for s in outer)
            inner = self.frames[not sheet.is_turned]
            layers = tuple(strips_along(inner, swapped(sheet.strips[k].spots), self.task.kerf))
            place = Place(sheet, outer, inner, (width, free), layers)
        else:
            place = Place(sheet, (), frame, (length, width), sheet.strips)
        taken = self.rng.sample(range(len(place.stay)), self._how_many(len(place.stay)))
        for j in taken:
            give(pool, place.stay[j].spots)
        return replace(place, stay=tuple(s for j, s in enumerate(place.stay) if j not in taken))

    def _filled(self, place: Place, pool: list[int], values: list[float]) -> Full:
        """The sheet with what was opened filled anew; the parts leave the pool."""
        length, width = place.area
        free = length - sum(s.length + self.task.kerf for s in place.stay)
        deep = self.rng.random() < DEEP
        queue = self.rng.choice(QUEUES)
        if deep or self.rng.random() < 0.6:
            spots = place.frame.most(pool, values, (free, width), queue, deep)
        else:  # first cuts across the free place
            across = self.frames[not place.frame.is_turned]
            spots = swapped(across.most(pool, values, (width, free), queue))
        take(pool, spots)
        strips = (*place.stay, Strip(place.frame.end(spots), tuple(spots))) if spots else place.stay
        if place.frame.is_turned != place.sheet.is_turned:
            inner = swapped(self._end_to_end(strips))
            frame = self.frames[place.sheet.is_turned]
            strips = (*place.outer, Strip(frame.end(inner), tuple(inner)))
        return replace(place.sheet, strips=strips)

    def _end_to_end(self, strips: Sequence[Strip]) -> list[Spot]:
        """Spots of strips laid one after the other along x."""
        spots: list[Spot] = []
        x = 0
        for strip in strips:
            spots += [(k, x + sx, sy, t) for k, sx, sy, t in strip.spots]
            x += strip.length + self.task.kerf
        return spots

    def values(self) -> list[float]:
        """Of a copy of each part: its area with a kerf on two sides."""
        kerf = self.task.kerf
        return [float(area_of((p.size[0] + kerf, p.size[1] + kerf))) for p in self.task.parts]

    def closed(
        self,
        full: Sequence[Full],
        blank: SawBlank,
        pool: Sequence[int],
        limit: float,
        queue: int = LAST,
        deep: bool = False,
    ) -> State | None:
        """The last sheet from what is left over, in its better direction."""
        if not any(pool):
            return self.state_of(list(full))
        deep = deep or deep_strip_s(pool) < QUICK_S
        best: tuple[float, Calls, list[Spot]] | None = None
        for frame in self.frames:
            area = framed(blank, frame)
            if not deep and limit < 1.0:
                spots = frame.shortest(pool, area, QUICK)
                if spots is None or frame.end(spots) / area[0] > limit + NEAR:
                    continue
            spots = frame.shortest(pool, area, queue, deep)
            if spots is not None:
                share = frame.end(spots) / area[0]
                if share <= limit:
                    best, limit = (share, frame, spots), share
        if best is None:
            return None
        share, frame, spots = best
        return State(tuple(full), self.full_sheet(blank, frame, spots), share)

    def state_of(self, sheets: list[Full]) -> State:
        """The sheet of which the least is used comes last."""
        shares = [self._share(s) for s in sheets]
        new = [i for i, s in enumerate(sheets) if s.blank.stock.kind == "sheet"] or list(range(len(sheets)))
        k = min(new, key=lambda i: shares[i])
        return State(tuple(sheets[:k] + sheets[k + 1 :]), sheets[k], shares[k])

    def _share(self, sheet: Full) -> float:
        frame = self.frames[sheet.is_turned]
        used = sum(s.length for s in sheet.strips) + self.task.kerf * (len(sheet.strips) - 1)
        return used / framed(sheet.blank, frame)[0]

    def full_sheet(self, blank: SawBlank, frame: Calls, spots: Sequence[Spot]) -> Full:
        """A sheet from its spots in a frame."""
        return Full(blank, frame.is_turned, tuple(strips_along(frame, spots, self.task.kerf)))

    def _recut(self, sheet: Full) -> Full:
        """Where it is one block, its strips the other way."""
        if len(sheet.strips) > 1:
            return sheet
        if not sheet.strips:
            return sheet
        frame = self.frames[not sheet.is_turned]
        spots = swapped(sheet.strips[0].spots)
        return Full(sheet.blank, frame.is_turned, tuple(strips_along(frame, spots, self.task.kerf)))

    def _how_many(self, strips: int) -> int:
        return min(strips, self.rng.choice((1, 2, 2, 3, 3, 4, strips)))

    def candidate(self, state: State) -> Candidate:
        """The plan as placements."""
        spots = ((full, self._end_to_end(full.strips)) for full in (*state.full, state.last))
        return cut_sheets(self.task, [(f.blank, swapped(s) if f.is_turned else s) for f, s in spots])
