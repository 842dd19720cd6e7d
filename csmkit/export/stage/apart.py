# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How far what a step adds is pulled out of its place: along the way on which it can come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csmkit.export.stage.gather import gathered, groups
from csmkit.export.stage.lift import lifted_hardware
from csmkit.export.stage.places import boxes, touching
from csmkit.export.stage.shown import NOWHERE, Copy
from csmkit.geometry.contact import contact
from csmkit.geometry.way_out import blocked
from csmkit.model.pose import Vector

Array = NDArray[np.float64]
FREE = 0.004  # of a thing's shadow may run into others: grid points on the very edge of a slot
NEAR = 1.0  # mm between boxes of things that may hold one another
GAP = 0.08  # of the size of what is near: air between what is pulled apart
LINES, APART = 3, 0.25  # lines from a thing to where it goes, at most; least distance of them, of its size
FARTHEST = 0.5  # of the size of what is near: a bar that slides in through many windows shows half of its way
FEW = 4  # copies of one shape that are looked at one by one
STRAIGHT = 0.999  # cosine within which a line runs along an axis
AXES = tuple(tuple(s * float(i == n) for i in range(3)) for n in (2, 0, 1) for s in (1, -1))


@dataclass(frozen=True)
class Apart:
    """How a step's things stand apart.

    Args:
        shifts: of each added copy from its place, mm.
        moves: of all that is there and all that is added: groups that don't touch are drawn side by side.
        ways: lines from where things go to where they stand.
    """

    shifts: tuple[Vector, ...]
    moves: tuple[Vector, ...]
    ways: tuple[tuple[Vector, Vector], ...]


def pulled_apart(there: Sequence[Copy], added: Sequence[Copy], bunches: Sequence[int] = ()) -> Apart:
    """What a step adds, pulled out of its place.

    Parts leave one after the other, each on a way that is free then; what leaves first stands outermost.
    Bolts, nuts and the like stand along their own axis over the part that they sit on.

    Args:
        there: what stays in its place.
        added: hardware has its frame as `geometry.fasteners` says.
        bunches: which of what is there hangs together, a number each; all of it if not given.
    """
    if not added:
        return Apart((), (NOWHERE,) * len(there), ())
    group = groups(there, added, bunches or (0,) * len(there))
    large = [n for n, copy in enumerate(added) if not copy.shape.is_hardware]
    still = [copy for copy in there if not copy.shape.is_hardware]
    moving = [added[n] for n in large]
    size = _extent([*there, *added], added)
    shifts = np.zeros((len(added), 3))
    still_group = [g for g, copy in zip(group, there, strict=False) if not copy.shape.is_hardware]
    moving_group = [group[len(there) + n] for n in large]
    out, order = np.zeros((len(moving), 3)), list[int]()
    for name in sorted(set(moving_group)):
        members = [n for n, g in enumerate(moving_group) if g == name]
        base = [copy for copy, g in zip(still, still_group, strict=True) if g == name]
        out[members], sequence = _taken_apart(base, [moving[n] for n in members], size)
        order += [members[n] for n in sequence]
    shifts[large] = out
    placed = [(copy, np.zeros(3)) for copy in still]
    ways: list[tuple[int, Array, Array]] = []
    for n in order:
        lines_of = _ways_of(moving[n], out[n], placed)
        ways += [(len(there) + large[n], a, b) for a, b in lines_of]
        placed.append((moving[n], out[n]))
    raised, lifted = lifted_hardware(placed, added, size)
    for n, shift in raised.items():
        shifts[n] = shift
    ways += [(len(there) + n, a, b) for n, a, b in lifted]
    moves = gathered([*there, *added], group, np.concatenate([np.zeros((len(there), 3)), shifts]))
    lines = [(_vector(a + moves[n]), _vector(b + moves[n])) for n, a, b in ways if not np.allclose(a, b)]
    return Apart(tuple(map(_vector, shifts)), tuple(map(_vector, moves)), tuple(sorted(lines)))


def _taken_apart(still: Sequence[Copy], moving: Sequence[Copy], size: float) -> tuple[Array, list[int]]:
    """Shift of each moving thing, and the order in which they come."""
    shifts = np.zeros((len(moving), 3))
    order: list[int] = []
    left = list(range(len(moving)))
    if not still and len({moving[n].shape.name for n in left}) == 1:
        return shifts, left  # equal things, made and laid side by side
    if not still and left:
        base = max(left, key=lambda n: (float(np.prod(_size(moving[n]))), -n))
        left.remove(base)
        order.append(base)
        still = [moving[base]]
    placed = [(copy, np.zeros(3)) for copy in still]
    for members, way in _order(still, moving, left):
        inner, sequence = np.zeros((len(members), 3)), list(range(len(members)))
        if len({moving[m].shape.name for m in members}) > 1:  # came as one: taken apart in itself
            inner, sequence = _taken_apart([], [moving[m] for m in members], size)
        together = [(moving[m], shift) for m, shift in zip(members, inner, strict=True)]
        shift = way * _distance(together, way, placed, size) if way.any() else way
        shifts[list(members)] = inner + shift
        order += [members[n] for n in sequence]
        placed += [(copy, own + shift) for copy, own in together]
    return shifts, order


def _ways_of(copy: Copy, shift: Array, placed: Sequence[tuple[Copy, Array]]) -> list[tuple[Array, Array]]:
    """Lines from the places where a thing touches others to the same places on it, the farthest apart."""
    points: list[tuple[Array, Array]] = []
    for other, stood in placed:
        if _is_along_an_axis(shift - stood, copy) and (box := contact(other.facets, copy.facets, NEAR)):
            points.append(((box[0] + box[1]) / 2, stood))
    chosen: list[tuple[Array, Array]] = []
    middle = np.mean([p for p, _ in points], axis=0) if points else np.zeros(3)
    while points and len(chosen) < LINES:
        marks = [p for p, _ in chosen] or [middle]
        away = [min(float(np.linalg.norm(p - m)) for m in marks) for p, _ in points]
        far = int(np.argmax(np.round(away, 3)))
        if chosen and away[far] < APART * float(np.linalg.norm(_size(copy))):
            break
        chosen.append(points.pop(far))
    return [(point + stood, point + shift) for point, stood in chosen]


def _is_along_an_axis(way: Array, copy: Copy) -> bool:
    """Whether two things have been pulled apart straight: a line between them shows how they go together."""
    length = float(np.linalg.norm(way))
    return length > 0 and any(float(way @ axis) > STRAIGHT * length for axis in _ways(copy))


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


def _order(
    still: Sequence[Copy], moving: Sequence[Copy], left: Sequence[int]
) -> list[tuple[tuple[int, ...], Array]]:
    """Which things come together, and on what way; the first to come first.

    Copies of one shape keep together if they can. Where nothing can leave by itself, all that is left leaves
    as one if that is free: beams that hold one another.
    """
    names = list(dict.fromkeys(moving[n].shape.name for n in left))
    units = [tuple(n for n in left if moving[n].shape.name == name) for name in names]
    result: list[tuple[tuple[int, ...], Array]] = []
    while units:
        found = [(*_way_out(still, moving, units, unit), n) for n, unit in enumerate(units)]
        share, far, way, last = min(found, key=lambda f: (max(f[0] - FREE, 0.0), -f[3]))
        unit = units[last]
        if 1 < len(unit) <= FEW and _goes_shorter_apart(still, moving, units, unit, far):
            units[last : last + 1] = [(m,) for m in unit]
            continue
        if share > FREE and len(units) > 1:
            whole = tuple(n for u in units for n in u)
            all_share, _, all_way = _way_out(still, moving, [whole], whole)
            if all_share <= FREE and all_way.any():
                result.append((whole, all_way))
                break
        if share > FREE and any(len(u) > 1 for u in units):
            split = max(range(len(units)), key=lambda n: (len(units[n]) > 1, n))
            units[split : split + 1] = [(m,) for m in units[split]]
            continue
        units.remove(unit)
        result.append((unit, way))
    return result[::-1]


def _way_out(
    still: Sequence[Copy], moving: Sequence[Copy], units: Sequence[tuple[int, ...]], unit: tuple[int, ...]
) -> tuple[float, float, Array]:
    """Share that is blocked on the best way, how far it is to the end of what holds it, and the way itself.

    What touches nothing has no way: a direction of length zero.
    """
    others = [*still, *(moving[m] for u in units if u != unit for m in u)]
    own = [moving[m] for m in unit]
    meets = touching(others, own, NEAR).any(axis=1)
    if not meets.any():
        return 0.0, 0.0, np.zeros(3)
    corners = np.concatenate([copy.facets.corners for copy in own])
    holders = [other.facets for other, is_near in zip(others, meets, strict=True) if is_near]
    obstacles = [other.facets for other in others]
    found = []
    for n, way in enumerate(_ways(own[0])):
        engaged = max(float(np.max(h.corners.reshape(-1, 3) @ way)) for h in holders)
        engaged -= float(np.min(corners.reshape(-1, 3) @ way))
        share = blocked(corners, obstacles, (float(way[0]), float(way[1]), float(way[2])))
        found.append(((round(max(share - FREE, 0.0), 3), round(engaged, 1), n), way))
    (share, far, _), way = min(found, key=lambda f: f[0])
    return share + FREE if share else 0.0, far, way


def _goes_shorter_apart(
    still: Sequence[Copy],
    moving: Sequence[Copy],
    units: Sequence[tuple[int, ...]],
    unit: tuple[int, ...],
    far: float,
) -> bool:
    """Whether each copy by itself leaves on a way of less than half the length: one to either side."""
    rest = [u for u in units if u is not unit]
    alone = [_way_out(still, moving, [*rest, *((m,) for m in unit)], (n,)) for n in unit]
    return all(share <= FREE and length < far / 2 for share, length, _ in alone)


def _ways(copy: Copy) -> list[Array]:
    """The axes of the kit and of the thing itself, upward first."""
    ways = [np.array(axis) for axis in AXES]
    for axis in AXES:
        own = np.array(copy.pose.direction((axis[0], axis[1], axis[2])))
        if all(float(own @ way) < 0.999 for way in ways):
            ways.append(own)
    return ways


def _distance(
    together: Sequence[tuple[Copy, Array]], way: Array, placed: Sequence[tuple[Copy, Array]], size: float
) -> float:
    """How far things move until they stand clear of what holds them and of what stands on their way, mm."""
    frame = _frame(way)
    meets = touching([copy for copy, _ in placed], [copy for copy, _ in together], NEAR).any(axis=1)
    points = np.concatenate([c.facets.corners.reshape(-1, 3) + own for c, own in together]) @ frame.T
    low, high = points.min(axis=0), points.max(axis=0)
    far = 0.0
    for (copy, shift), is_near in zip(placed, meets, strict=True):
        if not is_near and not shift.any():
            continue
        other = (copy.facets.corners.reshape(-1, 3) + shift) @ frame.T
        below, above = other.min(axis=0), other.max(axis=0)
        is_beside = (below[1:] < high[1:] - 0.5).all() and (above[1:] > low[1:] + 0.5).all()
        if is_beside and above[0] > low[0] - NEAR:
            far = max(far, float(above[0] - low[0]))
    return min(far, FARTHEST * size) + GAP * size


def _frame(way: Array) -> Array:
    side = np.cross(way, (0.0, 0.0, 1.0) if abs(way[2]) < 0.9 else (1.0, 0.0, 0.0))
    side /= np.linalg.norm(side)
    return np.array([way, side, np.cross(way, side)])
