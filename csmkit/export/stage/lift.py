# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Bolts, nuts and washers lifted along their own axes over what they sit on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csmkit.export.stage.places import boxes
from csmkit.export.stage.shown import NOWHERE, Copy
from csmkit.geometry.contact import contact
from csmkit.model.pose import Vector

Array = NDArray[np.float64]
NEAR = 1.0  # mm between seats that are one
STACK = 0.045  # of the size of what is near: air under a stack; half of it within
SEATED = 0.3  # mm between hardware and the face that it sits on
Z: Vector = (0.0, 0.0, 1.0)


@dataclass(frozen=True)
class Stack:
    """Hardware that sits on one another.

    Args:
        host: number of what the lowest sits on; -1 for nothing.
        seat: the place where it sits, mm.
        lifts: number of each, the lowest first, and how far it stands over its place.
    """

    host: int
    seat: Array
    lifts: tuple[tuple[int, Array], ...]


def lifted_hardware(
    placed: Sequence[tuple[Copy, Array]], added: Sequence[Copy], size: float
) -> tuple[dict[int, Array], list[tuple[int, Array, Array]]]:
    """Hardware shifted along its axis over what it sits on, the parts of a stack one over the other.

    Args:
        placed: what is no hardware, and how far it is pulled out.
        added: of which the hardware is looked at.
        size: of what is near, mm.
    Returns: the shift of each by its number in `added`; the last of each stack, and its line from the seat.
    """
    shifts: dict[int, Array] = {}
    ways = []
    for stack in stacks([copy for copy, _ in placed], added, STACK * size):
        base = placed[stack.host][1] if stack.host >= 0 else np.zeros(3)
        shifts |= {n: base + lift for n, lift in stack.lifts}
        last = stack.lifts[-1][0]
        ways.append((last, stack.seat + base, np.array(added[last].pose.point(NOWHERE)) + shifts[last]))
    return shifts, ways


def stacks(hosts: Sequence[Copy], added: Sequence[Copy], air: float) -> list[Stack]:
    """All hardware as stacks, each pulled out so that air is under it, and half as much within.

    Args:
        hosts: what is no hardware, in the order in which it comes.
        added: of which the hardware is looked at.
        air: mm.
    """
    lines: dict[tuple[float, ...], list[int]] = {}
    for n, copy in enumerate(added):
        if copy.shape.is_hardware:
            seat, way = np.array(copy.pose.point(NOWHERE)), np.array(copy.pose.direction(Z))
            foot = seat - way * float(seat @ way)
            lines.setdefault(tuple(np.round([*way, *foot], 1) + 0.0), []).append(n)
    return [_lifted(hosts, added, stack, air) for line in lines.values() for stack in _stacks(added, line)]


def _lifted(hosts: Sequence[Copy], added: Sequence[Copy], stack: Sequence[int], air: float) -> Stack:
    lowest = added[stack[0]]
    way, seat = np.array(lowest.pose.direction(Z)), np.array(lowest.pose.point(NOWHERE))
    top = float(seat @ way) + air
    lifts = []
    for n in stack:
        along = added[n].facets.corners.reshape(-1, 3) @ way
        lift = max(top - float(np.min(along)), 0.0)
        lifts.append((n, way * lift))
        top = float(np.max(along)) + lift + air / 2
    return Stack(_host(lowest, hosts), seat, tuple(lifts))


def _stacks(added: Sequence[Copy], line: Sequence[int]) -> list[list[int]]:
    """Hardware on one axis that points one way: what sits on one another, the lowest first."""
    seats = {n: float(np.dot(added[n].pose.point(NOWHERE), added[n].pose.direction(Z))) for n in line}
    found: list[list[int]] = []
    top = -np.inf
    for n in sorted(line, key=lambda n: (round(seats[n], 2), n)):
        if seats[n] > top + NEAR:
            found.append([])
        found[-1].append(n)
        way = np.array(added[n].pose.direction(Z))
        top = max(top, float(np.max(added[n].facets.corners.reshape(-1, 3) @ way)))
    return found


def _host(lowest: Copy, hosts: Sequence[Copy]) -> int:
    """On whose face the lowest of a stack sits; of several, what has come last."""
    if not hosts:
        return -1
    way = np.array(lowest.pose.direction(Z))
    seat = float(np.dot(lowest.pose.point(NOWHERE), way))
    best: tuple[int, int] | None = None
    low, high = boxes(hosts)
    under, over = lowest.facets.box
    near = ((low <= over + SEATED) & (high >= under - SEATED)).all(axis=1)
    for n in np.flatnonzero(near).tolist():
        box = contact(hosts[n].facets, lowest.facets, SEATED)
        if box is None:
            continue
        middle, half = float(way @ (box[0] + box[1])) / 2, float(np.abs(way) @ (box[1] - box[0])) / 2
        deep = round(2 * half)  # mm: little on a face, more along an axle or in a hole
        if abs(middle - seat) <= half + NEAR and (best is None or deep <= best[0]):
            best = (deep, n)
    if best is not None:
        return best[1]
    return _nearest_box(np.array(lowest.pose.point(NOWHERE)), low, high)


def _nearest_box(point: Array, low: Array, high: Array) -> int:
    away = np.linalg.norm(np.maximum(np.maximum(low - point, point - high), 0.0), axis=1).round(2)
    return int(np.argmin(away))
