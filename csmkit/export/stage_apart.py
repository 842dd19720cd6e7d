# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How far what a step adds is pulled out of its place: along the way on which it can come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csmkit.export.stage import Copy, Pulled
from csmkit.export.stage_places import boxes, touching
from csmkit.geometry.way_out import blocked
from csmkit.model.pose import Vector

Array = NDArray[np.float64]
FREE = 0.004  # of a thing's shadow may run into others: grid points on the very edge of a slot
NEAR = 1.0  # mm between boxes of things that may hold one another
GAP = 0.07  # of the size of what is near: air between what is pulled apart
FARTHEST = 0.5  # of the size of what is near: a bar that slides in through many windows shows half of its way
AXES = tuple(tuple(s * float(i == n) for i in range(3)) for n in (2, 0, 1) for s in (1, -1))
Z: Vector = (0.0, 0.0, 1.0)


@dataclass(frozen=True)
class _Unit:
    """Copies that come together, on one way."""

    members: tuple[int, ...]
    corners: Array


def pulled_apart(there: Sequence[Copy], added: Sequence[Copy]) -> list[Pulled]:
    """How each added copy stands.

    Parts leave one after the other, each on a way that is free then; what leaves first stands outermost.
    Bolts, nuts and the like stand along their own axis over the part that they sit on.

    Args:
        there: what stays in its place.
        added: hardware has its frame as `geometry.fasteners` says.
    """
    if not added:
        return []
    shifts, bases = np.zeros((len(added), 3)), np.zeros((len(added), 3))
    large = [n for n, copy in enumerate(added) if not copy.shape.is_hardware]
    still = list(there)
    if not there and large:
        base = max(large, key=lambda n: (float(np.prod(_size(added[n]))), -n))
        large.remove(base)
        still = [added[base]]
    size = _extent([*still, *added], added)
    order = _order(still, [added[n] for n in large])
    placed = [(copy.facets.corners, np.zeros(3)) for copy in still]
    for unit, way in order:
        numbers = [large[m] for m in unit.members]
        shift = way * _distance(unit, way, placed, size) if way.any() else way
        shifts[numbers] = shift
        placed += [(added[n].facets.corners, shift) for n in numbers]
    small = [n for n, copy in enumerate(added) if copy.shape.is_hardware]
    _lift_hardware(still, added, large, small, (shifts, bases), size)
    return [Pulled(_vector(shift), _vector(base)) for shift, base in zip(shifts, bases, strict=True)]


def _vector(array: Array) -> Vector:
    x, y, z = (round(float(v), 3) + 0.0 for v in array)
    return (x, y, z)


def _size(copy: Copy) -> Array:
    low, high = copy.facets.box
    return np.asarray(high - low)


def _extent(every: Sequence[Copy], added: Sequence[Copy]) -> float:
    """Diagonal of what is added, with what is there as far as it reaches into its neighbourhood."""
    low, high = boxes(added)
    inner_low, inner_high = low.min(axis=0), high.max(axis=0)
    reach = float(np.linalg.norm(inner_high - inner_low))
    low, high = boxes(every)
    low, high = (
        np.maximum(low.min(axis=0), inner_low - reach / 2),
        np.minimum(high.max(axis=0), inner_high + reach / 2),
    )
    return float(np.linalg.norm(high - low))


def _order(still: Sequence[Copy], moving: Sequence[Copy]) -> list[tuple[_Unit, Array]]:
    """Units with their ways out, the first to come first; copies of one shape keep together if they can."""
    names = list(dict.fromkeys(copy.shape.name for copy in moving))
    units = [_unit(moving, [n for n, c in enumerate(moving) if c.shape.name == name]) for name in names]
    result: list[tuple[_Unit, Array]] = []
    while units:
        found = [(*_way_out(still, moving, units, unit), n) for n, unit in enumerate(units)]
        share, way, last = min(found, key=lambda f: (max(f[0] - FREE, 0.0), -f[2]))
        unit = units[last]
        if share > FREE and any(len(u.members) > 1 for u in units):
            split = max(range(len(units)), key=lambda n: (len(units[n].members) > 1, n))
            units[split : split + 1] = [_unit(moving, [m]) for m in units[split].members]
            continue
        units.remove(unit)
        result.append((unit, way))
    return result[::-1]


def _unit(moving: Sequence[Copy], members: Sequence[int]) -> _Unit:
    return _Unit(tuple(members), np.concatenate([moving[m].facets.corners for m in members]))


def _way_out(
    still: Sequence[Copy], moving: Sequence[Copy], units: Sequence[_Unit], unit: _Unit
) -> tuple[float, Array]:
    """Share that is blocked on the best way, and that way; no way for what touches nothing."""
    others = [*still, *(moving[m] for u in units if u is not unit for m in u.members)]
    own = [moving[m] for m in unit.members]
    meets = _meeting(own, others)
    if not any(meets):
        return 0.0, np.zeros(3)
    holders = [other for other, is_near in zip(others, meets, strict=True) if is_near]
    points = unit.corners.reshape(-1, 3)
    obstacles = [other.facets for other in others if not other.shape.is_hardware]
    best: tuple[tuple[float, float, int], Array] | None = None
    for n, way in enumerate(_ways(own[0])):
        engaged = max(float(np.max(h.facets.corners.reshape(-1, 3) @ way)) for h in holders)
        engaged -= float(np.min(points @ way))
        share = blocked(unit.corners, obstacles, (float(way[0]), float(way[1]), float(way[2])))
        rank = (round(max(share - FREE, 0.0), 3), round(engaged, 1), n)
        if best is None or rank < best[0]:
            best = (rank, way)
    assert best is not None
    return best[0][0] + (FREE if best[0][0] else 0.0), best[1]


def _meeting(own: Sequence[Copy], others: Sequence[Copy]) -> list[bool]:
    low, high = boxes([*own, *others])
    return [bool(row) for row in touching(low, high, NEAR)[len(own) :, : len(own)].any(axis=1)]


def _ways(copy: Copy) -> list[Array]:
    """The axes of the kit and of the thing itself, upward first."""
    ways = [np.array(axis) for axis in AXES]
    for axis in AXES:
        own = np.array(copy.pose.direction((axis[0], axis[1], axis[2])))
        if all(float(own @ way) < 0.999 for way in ways):
            ways.append(own)
    return ways


def _distance(unit: _Unit, way: Array, placed: Sequence[tuple[Array, Array]], size: float) -> float:
    """How far a unit moves until it stands clear of all that lies on its way, mm."""
    frame = _frame(way)
    points = unit.corners.reshape(-1, 3) @ frame.T
    low, high = points.min(axis=0), points.max(axis=0)
    far = 0.0
    for corners, shift in placed:
        other = (corners.reshape(-1, 3) + shift) @ frame.T
        below, above = other.min(axis=0), other.max(axis=0)
        is_beside = (below[1:] < high[1:] - 0.5).all() and (above[1:] > low[1:] + 0.5).all()
        if is_beside and above[0] > low[0] - NEAR:
            far = max(far, float(above[0] - low[0]))
    return min(far, FARTHEST * size) + GAP * size


def _frame(way: Array) -> Array:
    side = np.cross(way, (0.0, 0.0, 1.0) if abs(way[2]) < 0.9 else (1.0, 0.0, 0.0))
    side /= np.linalg.norm(side)
    return np.array([way, side, np.cross(way, side)])


def _lift_hardware(
    still: Sequence[Copy],
    added: Sequence[Copy],
    large: Sequence[int],
    small: Sequence[int],
    found: tuple[Array, Array],
    size: float,
) -> None:
    """Shift hardware along its own axis over its host, the parts of a stack one over the other."""
    shifts, bases = found
    parts = [copy for copy in still if not copy.shape.is_hardware]
    hosts = [*parts, *(added[n] for n in large)]
    host_shifts = np.concatenate([np.zeros((len(parts), 3)), shifts[list(large)]])
    stacks: dict[tuple[float, ...], list[int]] = {}
    for n in small:
        seat, way = (np.array(v) for v in (added[n].pose.point((0.0, 0.0, 0.0)), added[n].pose.direction(Z)))
        foot = seat - way * float(seat @ way)
        stacks.setdefault(tuple(np.round([*way, *foot], 1) + 0.0), []).append(n)
    low, high = boxes(hosts)
    for stack in stacks.values():
        way = np.array(added[stack[0]].pose.direction(Z))
        levels = sorted(
            stack, key=lambda n: (round(float(np.array(added[n].pose.point((0, 0, 0))) @ way), 2), n)
        )
        seat = np.array(added[levels[0]].pose.point((0.0, 0.0, 0.0)))
        base = host_shifts[_nearest_box(seat, low, high)] if hosts else np.zeros(3)
        top: float | None = None
        for n in levels:
            along = added[n].facets.corners.reshape(-1, 3) @ way
            low_end, high_end = float(along.min()), float(along.max())
            start = float(seat @ way) if top is None else top
            lift = max(start + GAP * size * (0.5 if top is None else 0.25) - low_end, 0.0)
            shifts[n], bases[n] = base + way * lift, base
            top = high_end + lift


def _nearest_box(point: Array, low: Array, high: Array) -> int:
    away = np.linalg.norm(np.maximum(np.maximum(low - point, point - high), 0.0), axis=1).round(2)
    return int(np.argmin(away))
