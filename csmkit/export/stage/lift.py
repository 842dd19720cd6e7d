# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Bolts, nuts and washers lifted along their own axes over what they sit on."""

from __future__ import annotations

from collections.abc import Sequence

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
    stacks: dict[tuple[float, ...], list[int]] = {}
    for n, copy in enumerate(added):
        if copy.shape.is_hardware:
            seat, way = np.array(copy.pose.point(NOWHERE)), np.array(copy.pose.direction(Z))
            foot = seat - way * float(seat @ way)
            stacks.setdefault(tuple(np.round([*way, *foot], 1) + 0.0), []).append(n)
    ways = []
    for stack in (part for found in stacks.values() for part in _stacks(added, found)):
        way = np.array(added[stack[0]].pose.direction(Z))
        seat, last = (np.array(added[n].pose.point(NOWHERE)) for n in (stack[0], stack[-1]))
        base = _host_shift(added[stack[0]], placed)
        top = float(seat @ way) + STACK * size
        for n in stack:
            along = added[n].facets.corners.reshape(-1, 3) @ way
            lift = max(top - float(np.min(along)), 0.0)
            shifts[n] = base + way * lift
            top = float(np.max(along)) + lift + STACK * size / 2
        ways.append((stack[-1], seat + base, last + shifts[stack[-1]]))
    return shifts, ways


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


def _host_shift(lowest: Copy, placed: Sequence[tuple[Copy, Array]]) -> Array:
    """How far that is pulled out on whose face the lowest of a stack sits; of several, what has come last."""
    if not placed:
        return np.zeros(3)
    way = np.array(lowest.pose.direction(Z))
    seat = float(np.dot(lowest.pose.point(NOWHERE), way))
    best: tuple[int, Array] | None = None
    for copy, shift in placed:
        box = contact(copy.facets, lowest.facets, SEATED)
        if box is None:
            continue
        middle, half = float(way @ (box[0] + box[1])) / 2, float(np.abs(way) @ (box[1] - box[0])) / 2
        deep = round(2 * half)  # mm: little on a face, more along an axle or in a hole
        if abs(middle - seat) <= half + NEAR and (best is None or deep <= best[0]):
            best = (deep, shift)
    if best is not None:
        return best[1]
    low, high = boxes([copy for copy, _ in placed])
    return placed[_nearest_box(np.array(lowest.pose.point(NOWHERE)), low, high)][1]


def _nearest_box(point: Array, low: Array, high: Array) -> int:
    away = np.linalg.norm(np.maximum(np.maximum(low - point, point - high), 0.0), axis=1).round(2)
    return int(np.argmin(away))
