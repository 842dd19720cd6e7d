# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What an engine answers: sheets with placed patterns, not yet measured by anyone."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from csmkit.model import NestInstance

Placed = tuple[str, float, float, float]  # CutItem.name, x, y in mm, angle in degrees


@dataclass(frozen=True)
class CutSheet:
    """One opened sheet in an engine's answer."""

    stock: str  # StockSheet.key
    placed: tuple[Placed, ...]


Candidate = tuple[CutSheet, ...]


@dataclass(frozen=True)
class Effort:
    """How hard an engine works.

    Args:
        seed: other seeds search elsewhere.
        time_limit_s: seconds of work, counted on a reference machine where `repeatable`, else by the clock.
        repeatable: the same instance, seed and limit give the same plan, whatever the clock says.
        start: a plan to begin with, empty where there is none; engines may ignore it.
        threads: that the engine may run at once; engines may use fewer.
    """

    seed: int
    time_limit_s: float
    repeatable: bool = True
    start: Candidate = ()
    threads: int = 1


Tell = Callable[[Candidate], None]


class Engine(Protocol):
    """A nesting program behind one call."""

    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        """Tell candidates, each thought to be better than the one before; some copies may be unplaced."""


def is_finite(sheet: CutSheet) -> bool:
    """All its placements are numbers that one can reckon with."""
    return all(math.isfinite(v) for _, *place in sheet.placed for v in place)


def to_line(candidate: Candidate) -> str:
    """One line of JSON."""
    return json.dumps([[s.stock, s.placed] for s in candidate])


def from_line(line: str) -> Candidate:
    """The inverse of `to_line`.

    Raises: ValueError: it is no candidate.
    """
    try:
        return tuple(
            CutSheet(str(stock), tuple((str(n), float(x), float(y), float(a)) for n, x, y, a in placed))
            for stock, placed in json.loads(line)
        )
    except (TypeError, ValueError) as error:
        raise ValueError(f"not a candidate: {error}") from error
