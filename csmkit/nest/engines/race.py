# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Engines side by side until the time is up: one on each core, each with another seed."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from csmkit.model import NestInstance
from csmkit.nest.area import lower_bound
from csmkit.nest.candidate import Candidate, Effort
from csmkit.nest.engines.attempt import Line, Run

LANES = 4  # at most: more cores gain little, and each engine takes up to a few hundred MB
ROUNDS = (0.55, 1.0)  # shares of the time: then all go on from the best plan
STRIPS = "spyrrow"  # packs a single strip as well as any
BOXES = "boxes"  # lays rectangles for a saw; a router can cut that too
ONE_SHEET = 0.85  # equivalent sheets of the bound; with less, one sheet does, and a sheet is a strip
STARTING_S = 1.0  # that a process needs before it begins to plan
LEAST_S = 1.0  # that is worth beginning anything for
LATE_S = 1.0  # after the end of a round, before an engine is ended

Offer = Callable[[Candidate, str], None]
Say = Callable[[str], None]


def cores() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class Race:
    """What all lanes share."""

    instance: NestInstance
    engines: Mapping[str, str]  # name: place, best first
    run: Run
    offer: Offer  # told every candidate with its engine, in the caller's thread
    say: Say

    def hold(self, seed: int, time_limit_s: float, best: Callable[[], Candidate]) -> None:
        """Let engines run until the time is up.

        Args:
            best: the best proven candidate so far, empty if there is none.
        """
        begin = time.monotonic()
        whole = self._is_strip or BOXES in self.engines  # these engines can't go on from a plan
        for number, share in enumerate(ROUNDS[-1:] if whole else ROUNDS):
            end = begin + share * time_limit_s
            if end - time.monotonic() >= LEAST_S or number == 0:
                self._round(seed + LANES * number, end, best())

    @cached_property
    def _is_strip(self) -> bool:
        return lower_bound(self.instance) < ONE_SHEET

    def _order(self, lane: int) -> list[tuple[str, str]]:
        """Engines for a lane, best first; every other lane begins with the one for boxes, or for strips."""
        engines = [e for e in self.engines.items() if e[0] != BOXES]
        if lane % 2 == 0:
            return engines
        if BOXES in self.engines:
            return [(BOXES, self.engines[BOXES]), *engines]
        return sorted(engines, key=lambda e: e[0] != STRIPS) if self._is_strip else engines

    def _round(self, seed: int, end: float, start: Candidate) -> None:
        heard: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        stop = threading.Event()
        lanes = [
            threading.Thread(target=self._lane, args=(k, seed + k, end, start, heard, stop), daemon=True)
            for k in range(min(cores(), LANES))
        ]
        try:
            for lane in lanes:
                lane.start()
            while any(lane.is_alive() for lane in lanes) or not heard.empty():
                if time.monotonic() > end + LATE_S:
                    stop.set()
                try:
                    heard.get(timeout=0.1)()
                except queue.Empty:
                    continue
        finally:
            stop.set()
            for lane in lanes:
                lane.join()

    def _lane(
        self,
        lane: int,
        seed: int,
        end: float,
        start: Candidate,
        heard: queue.SimpleQueue[Callable[[], None]],
        stop: threading.Event,
    ) -> None:
        """The best engine; where it gives no plan with all parts, the next."""
        wanted = sum(i.quantity for i in self.instance.items)
        for engine, place in self._order(lane):
            seconds = end - time.monotonic() - STARTING_S
            effort = Effort(seed, max(seconds, LEAST_S), False, start)

            def tell(candidate: Candidate, engine: str = engine) -> None:
                heard.put(lambda: self.offer(candidate, engine))

            attempt = self.run(place, self.instance, effort, Line(tell, stop))
            if attempt.trouble:
                text = f"{self.instance.sheet}: {engine} {attempt.trouble}"
                heard.put(lambda text=text: self.say(text))  # type: ignore[misc]
            if not attempt.trouble and start:
                return
            if any(sum(len(s.placed) for s in c) == wanted for c in attempt.candidates) or stop.is_set():
                return
