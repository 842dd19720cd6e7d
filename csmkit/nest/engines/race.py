# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Engines side by side until the time is up: one on each core, each with another seed."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from csmkit.model import NestInstance
from csmkit.nest.area import lower_bound
from csmkit.nest.candidate import Candidate, Effort
from csmkit.nest.engines.attempt import Line, Run
from csmkit.nest.engines.promising import promising

LANES = 4  # at most: more cores gain little, and each engine takes up to a few hundred MB
SEARCH = 0.45  # share of the time for plans from nothing, each lane by itself
FEW = 2  # sheets; laid anew together they are nearly the whole plan, and the search has done that before
# When a later round ends, as a share of the time, and whether it is for last sheets alone.
LATER_FEW = ((0.72, True), (1.0, True))
LATER = ((0.8, False), (1.0, True))  # with more sheets: first each of them together with the last
BEFORE = 0.15  # share of the time for another engine beside the one for strips: it fits to the micrometre
RECENT = 24  # plans, of which those for last sheets are chosen
STRIPS = "spyrrow"  # packs a single strip better than any
BOXES = "boxes"  # lays rectangles for a saw; a router can cut that too
ONE_SHEET = 0.85  # equivalent sheets of the bound; with less, one sheet does, and a sheet is a strip
STARTING_S = 1.0  # that a process needs before it begins to plan
LEAST_S = 1.0  # that is worth beginning anything for
WORTH_S = 4.0  # that a round lasts before another one
LATE_S = 1.0  # after the end of a round, before an engine is ended

Offer = Callable[[Candidate, str], None]
Say = Callable[[str], None]
Order = Sequence[tuple[str, str]]  # engines with their places, the first to try first


def cores() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class Lane:
    """What runs at the side of others."""

    order: Order
    end: float  # by the monotonic clock, s
    start: Candidate = ()
    threads: int = 1


@dataclass(frozen=True)
class Race:
    """What all lanes share."""

    instance: NestInstance
    engines: Mapping[str, str]  # name: place, best first
    run: Run
    offer: Offer  # told every candidate with its engine, in the caller's thread
    say: Say

    def hold(
        self, seed: int, time_limit_s: float, best: Callable[[], Candidate], heard: Sequence[Candidate]
    ) -> None:
        """Let engines run until the time is up.

        Args:
            best: the best proven candidate so far, empty if there is none.
            heard: candidates that were told, as they came; it grows.
        """
        begin = time.monotonic()
        if self._is_bare_strip:
            order: Order = list(self.engines.items())
            strips = Lane(_strips_first(order), begin + time_limit_s, threads=cores())
            self._round(seed, [strips, Lane(order, begin + BEFORE * time_limit_s)])
            return
        lanes = min(cores(), LANES)
        whole = self._is_strip or BOXES in self.engines  # these engines can't go on from a plan
        end = begin + (1.0 if whole else SEARCH) * time_limit_s
        self._round(seed, [Lane(self._first(k), end) for k in range(lanes)])
        later = () if whole else LATER_FEW if len(best()) <= FEW else LATER
        pool = len(heard)
        for number, (share, is_last) in enumerate(later):
            end = begin + share * time_limit_s
            is_final = number == len(later) - 1
            if end - time.monotonic() < (LEAST_S if is_final else WORTH_S):
                continue
            starts = (is_last and promising(heard[max(pool - RECENT, 0) : pool], self.instance)) or [best()]
            chosen = [starts[(number * lanes + k) % len(starts)] for k in range(lanes)]
            engines = list(self.engines.items())
            order = _strips_first(engines) if is_last else engines
            self._round(seed + LANES * (number + 1), [Lane(order, end, s) for s in chosen])
            pool = pool if is_last else len(heard)

    @cached_property
    def _is_strip(self) -> bool:
        return lower_bound(self.instance) < ONE_SHEET

    @property
    def _is_bare_strip(self) -> bool:
        """One sheet does, nothing lies in holes, and the engine for strips is there."""
        has_holes = any(i.pattern.holes for i in self.instance.items)
        return self._is_strip and not has_holes and STRIPS in self.engines and BOXES not in self.engines

    def _first(self, number: int) -> Order:
        """Engines for a lane, best first; every other lane begins with the one for boxes, or for strips."""
        engines = [e for e in self.engines.items() if e[0] != BOXES]
        if number % 2 == 0:
            return engines
        if BOXES in self.engines:
            return [(BOXES, self.engines[BOXES]), *engines]
        return _strips_first(engines) if self._is_strip else engines

    def _round(self, seed: int, lanes: Sequence[Lane]) -> None:
        """All lanes at once, each with a seed of its own."""
        heard: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        stop, end = threading.Event(), max(lane.end for lane in lanes)
        threads = [
            threading.Thread(target=self._lane, args=(lane, seed + k, heard, stop), daemon=True)
            for k, lane in enumerate(lanes)
        ]
        try:
            for thread in threads:
                thread.start()
            while any(t.is_alive() for t in threads) or not heard.empty():
                if time.monotonic() > end + LATE_S:
                    stop.set()
                try:
                    heard.get(timeout=0.1)()
                except queue.Empty:
                    continue
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def _lane(
        self,
        lane: Lane,
        seed: int,
        heard: queue.SimpleQueue[Callable[[], None]],
        stop: threading.Event,
    ) -> None:
        """The first engine; where it gives no plan with all parts, or none from a start, the next."""
        wanted = sum(i.quantity for i in self.instance.items)
        for engine, place in lane.order:
            seconds = lane.end - time.monotonic() - STARTING_S
            effort = Effort(seed, max(seconds, LEAST_S), False, lane.start, lane.threads)

            def tell(candidate: Candidate, engine: str = engine) -> None:
                heard.put(lambda: self.offer(candidate, engine))

            attempt = self.run(place, self.instance, effort, Line(tell, stop))
            if attempt.trouble:
                text = f"{self.instance.sheet}: {engine} {attempt.trouble}"
                heard.put(lambda text=text: self.say(text))  # type: ignore[misc]
            if lane.start and (attempt.candidates or lane.end - time.monotonic() < LEAST_S):
                return
            if any(sum(len(s.placed) for s in c) == wanted for c in attempt.candidates) or stop.is_set():
                return


def _strips_first(engines: Order) -> Order:
    return sorted(engines, key=lambda e: e[0] != STRIPS)
