# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How long a machine takes for moves: it accelerates, slows down at corners, and rounds them.

The model is that of LinuxCNC's trajectory planner, 2.9: a trapezoid of speed over each move. The acceleration
is each axis', so a way between two axes has more of it. Round an arc at most TURNING of it turns the machine,
the rest changes its speed. A corner is rounded by an arc within the junction deviation (G64 P). The speeds of
a running LinuxCNC with G64 P0.02 at corners of 20, 45 and 90 degrees and round arcs are the model's to four
digits (benchmarks/linuxcnc_time.py). GRBL passes a corner at its very point, at the speed that such an arc
would allow: S. Jeon, "Improving Grbl: cornering algorithm", 2011.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from csmkit.model.cam import Move
from csmkit.model.machine import Machine
from csmkit.model.pose import Vector

Leg = tuple[Vector, Move]  # a move and where it begins
STRAIGHT = 0.999999  # cosine between two directions that no machine slows down for
TURNING = math.sqrt(3) / 2  # of the acceleration; so half of it is left along the way


@dataclass(frozen=True)
class _Span:
    """A move, or the arc that rounds a corner, as the planner of a machine sees it."""

    leg: int  # which of the moves it is, or comes after
    length: float  # mm
    speed: float  # at most, mm/s
    acceleration: float  # along the way, mm/s²
    begin: Vector  # direction at its begin and end, unit length
    end: Vector
    is_rapid: bool


@dataclass(frozen=True)
class _Corner:
    """Between two spans.

    Args:
        speed: at which it is passed, mm/s.
        taken: what the rounding arc takes from either span, mm; 0 where the corner is passed at its point.
        length: of that arc, mm.
    """

    speed: float
    taken: float = 0.0
    length: float = 0.0


def moving_seconds(legs: Iterable[Leg], machine: Machine) -> float:
    """Seconds of motion, from standstill to standstill.

    Args:
        legs: moves with their starts, mm; feeds in mm/min, rapids at the machine's fastest.
        machine: acceleration of its axes (mm/s²), junction deviation (mm) and fastest feed.
    """
    return sum(leg_seconds(list(legs), machine))


def leg_seconds(legs: Sequence[Leg], machine: Machine) -> list[float]:
    """Seconds of each move of one motion, as `moving_seconds`; a rounded corner counts to the one before."""
    seconds = [0.0] * len(legs)
    spans = [span for i, leg in enumerate(legs) if (span := _span(i, *leg, machine)) is not None]
    if not spans:
        return seconds
    corners = [_Corner(0.0), *(_corner(a, b, machine) for a, b in pairwise(spans)), _Corner(0.0)]
    spans, speeds = _rounded(spans, corners, machine)
    _slow_down(spans, speeds)
    for span, entry, leave in zip(spans, speeds[:-1], speeds[1:], strict=True):
        seconds[span.leg] += _span_seconds(span, entry, leave)
    return seconds


def _span(leg: int, start: Vector, move: Move, machine: Machine) -> _Span | None:
    length = move.length(start)
    if length < 1e-9:
        return None
    fastest = machine.feed_mm_min / 60
    speed = fastest if move.kind == "rapid" or move.feed <= 0 else min(move.feed / 60, fastest)
    if move.center is None:
        way = _unit(tuple(b - a for a, b in zip(start, move.end, strict=True)))
        along = machine.acceleration / max(map(abs, way))
        return _Span(leg, length, speed, along, way, way, move.kind == "rapid")
    radius, turn = math.dist(start[:2], move.center), math.copysign(1.0, move.sweep(start))
    rise = (move.end[2] - start[2]) / length
    speed = min(speed, math.sqrt(TURNING * machine.acceleration * radius))
    begin, end = (_tangent(p, move.center, turn, rise) for p in (start, move.end))
    return _Span(leg, length, speed, _left_along(speed, radius, machine), begin, end, False)


def _left_along(speed: float, radius: float, machine: Machine) -> float:
    """Acceleration that is left along an arc, mm/s²."""
    return math.sqrt(max(machine.acceleration**2 - (speed**2 / radius) ** 2, 0.0))


def _tangent(point: Vector, center: tuple[float, float], turn: float, rise: float) -> Vector:
    x, y = point[0] - center[0], point[1] - center[1]
    return _unit((-y * turn, x * turn, rise * math.hypot(x, y)))


def _unit(way: tuple[float, ...]) -> Vector:
    size = math.hypot(*way) or 1.0
    return (way[0] / size, way[1] / size, way[2] / size)


def _corner(before: _Span, after: _Span, machine: Machine) -> _Corner:
    """How a corner is passed; a machine stands between rapids and cutting moves."""
    if before.is_rapid != after.is_rapid:
        return _Corner(0.0)
    slower = min(before.speed, after.speed)
    along = sum(a * b for a, b in zip(before.end, after.begin, strict=True))
    if along > STRAIGHT:
        return _Corner(slower)
    half = math.acos(max(-1.0, along)) / 2  # of the turn
    if math.cos(half) < 1e-6:
        return _Corner(0.0)
    radius = machine.junction_deviation * math.cos(half) / (1 - math.cos(half))
    if machine.post != "linuxcnc":
        return _Corner(min(slower, math.sqrt(machine.acceleration * radius)))
    radius = min(radius, min(before.length, after.length) / 2 / math.tan(half))
    speed = min(slower, math.sqrt(TURNING * machine.acceleration * radius))
    return _Corner(speed, radius * math.tan(half), 2 * radius * half)


def _rounded(
    spans: Sequence[_Span], corners: Sequence[_Corner], machine: Machine
) -> tuple[list[_Span], list[float]]:
    """Spans with the arcs between them, and the speeds at which each may begin and the last may end."""
    result, speeds = list[_Span](), [0.0]
    for span, before, after in zip(spans, corners[:-1], corners[1:], strict=True):
        result.append(replace(span, length=max(span.length - before.taken - after.taken, 0.0)))
        speeds.append(after.speed)
        if after.length > 0:
            along = machine.acceleration * math.sqrt(1 - TURNING**2)
            arc = _Span(span.leg, after.length, after.speed, along, span.end, span.end, span.is_rapid)
            result.append(arc)
            speeds.append(after.speed)
    return result, speeds


def _slow_down(spans: Sequence[_Span], speeds: list[float]) -> None:
    """Lower the speeds between spans to what can be braked from and what can have been reached."""
    for i in range(len(spans) - 1, -1, -1):
        speeds[i] = min(
            speeds[i], math.sqrt(speeds[i + 1] ** 2 + 2 * spans[i].acceleration * spans[i].length)
        )
    for i, span in enumerate(spans):
        speeds[i + 1] = min(speeds[i + 1], math.sqrt(speeds[i] ** 2 + 2 * span.acceleration * span.length))


def _span_seconds(span: _Span, entry: float, leave: float) -> float:
    if span.length <= 0:
        return 0.0
    rate = span.acceleration
    top = min(span.speed, math.sqrt(rate * span.length + (entry**2 + leave**2) / 2))
    changing = (2 * top**2 - entry**2 - leave**2) / (2 * rate)
    steady = max(span.length - changing, 0.0)
    return (2 * top - entry - leave) / rate + (steady / top if top > 0 else 0.0)
