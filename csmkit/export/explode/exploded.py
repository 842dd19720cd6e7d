# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How far each thing of a kit stands from its place in the exploded picture, and in the viewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from csmkit.export.bunches import bunch_numbers
from csmkit.export.explode.order import Leave, order
from csmkit.export.explode.place import Bodies, placed
from csmkit.export.explode.seen import NOBODY, Sight
from csmkit.export.explode.solids import Solids
from csmkit.export.stage.lift import Stack, stacks
from csmkit.export.stage.places import boxes
from csmkit.export.stage.shown import Copy
from csmkit.model.pose import Vector

Array = NDArray[np.float64]
NEAR = 1.0  # mm between boxes of things that belong together
LIFT = 0.015  # of the kit's size: air under hardware, half of it between washer and nut
ROUNDS, FARTHER = 2, (1.5, 2.2)  # times that more air is tried where things hide one another, how much
GAIN = 0.03  # of a thing has to come to light for that
TOLD = 0.4  # of a thing that has to be in sight so that it can be told
STEP, STEPS = 0.15, 40  # by which groups are moved from one another, until they are as far apart as they were


@dataclass(frozen=True)
class Apart:
    """A kit pulled apart.

    Args:
        towards_eye: from where it is seen.
        shifts: how far each copy of each item is moved, by name, in the order of its places; mm.
    """

    towards_eye: Vector
    shifts: Mapping[str, tuple[Vector, ...]]


def exploded(copies: Sequence[Copy], towards_eye: Vector) -> list[Vector]:
    """How far each copy is moved so that all can be told and one sees how they go together, mm.

    Parts stand apart on the ways on which they come off, in the order in which they do; bolts, nuts and the
    like over what they sit on. What doesn't touch stays as far apart as it was.

    Args:
        copies: in their places; hardware has its frame as `geometry.fasteners` says.
        towards_eye: from the things to where they are seen from.
    """
    if not copies:
        return []
    shifts = np.zeros((len(copies), 3))
    low, high = boxes(copies)
    groups = _near(low, high)
    for group in groups:
        shifts[group] = _taken_apart([copies[n] for n in group], towards_eye)
    x, y, z = np.round(_separated(low, high, groups, shifts), 2).T + 0.0
    return list(zip(x.tolist(), y.tolist(), z.tolist(), strict=True))


def _taken_apart(copies: Sequence[Copy], towards_eye: Vector) -> Array:
    """(n, 3) shifts of copies that hang together."""
    low, high = boxes(copies)
    size = float(np.linalg.norm(high.max(axis=0) - low.min(axis=0)))
    large = [n for n, copy in enumerate(copies) if not copy.shape.is_hardware]
    if not large:
        return _with_hardware(np.zeros((0, 3)), [], stacks([], copies, LIFT * size), len(copies))
    solids = Solids.of([copies[n] for n in large])
    leaves = order(solids)
    comes = _arriving(range(len(large)), leaves)
    lifted = [
        replace(stack, host=comes[stack.host] if stack.host >= 0 else -1)
        for stack in stacks([solids.copies[n] for n in comes], copies, LIFT * size)
    ]
    bodies = Bodies.of(solids, copies, lifted, size)
    moved = _told(bodies, leaves, comes, Sight.of(solids.copies, towards_eye))
    return _with_hardware(moved, large, lifted, len(copies))


def _told(bodies: Bodies, leaves: Sequence[Leave], comes: Sequence[int], sight: Sight) -> Array:
    """(n, 3) how far parts move; farther where that brings to light what can hardly be seen."""
    airs: dict[int, float] = {}
    moved = placed(bodies, leaves, airs)
    for _ in range(ROUNDS):
        shares, hiders = sight.shares(moved)
        hidden = _hiding(shares, hiders, leaves, comes)
        if not hidden:
            break
        farther = [airs | {by: airs.get(by, 1.0) * f for by in hidden.values()} for f in FARTHER]
        tried = [shares, *(sight.shares(placed(bodies, leaves, more))[0] for more in farther)]
        for by in sorted(set(hidden.values())):
            least = _least(tried, [n for n, other in hidden.items() if other == by])
            airs |= {by: farther[least - 1][by]} if least else {}
        moved = placed(bodies, leaves, airs)
    return moved


def _least(tried: Sequence[Array], hidden: Sequence[int]) -> int:
    """Number of the first trial that shows almost as much of what is hidden as the best one does."""
    seen = [float(np.minimum(shares[hidden], TOLD).mean()) for shares in tried]
    return next(n for n, share in enumerate(seen) if share >= max(seen) - GAIN)


def _hiding(
    shares: Array, hiders: NDArray[np.int64], leaves: Sequence[Leave], comes: Sequence[int]
) -> dict[int, int]:
    """What is hidden, and the first member of what is to go farther: of it and what hides it the later."""
    first = {n: leave.members[0] for leave in _every(leaves) for n in leave.members}
    rank = {n: k for k, n in enumerate(comes)}
    pairs = [(n, int(hiders[n])) for n in np.flatnonzero(shares < TOLD).tolist() if hiders[n] != NOBODY]
    later = {a: max(a, b, key=rank.__getitem__) for a, b in pairs if first.get(a) != first.get(b)}
    return {a: first[b] for a, b in later.items() if b in first}


def _every(leaves: Sequence[Leave]) -> Iterator[Leave]:
    """All leaves; of things that one comes in by itself and with others, the latter first."""
    for leave in leaves:
        yield leave
        yield from _every(leave.inner)


def _arriving(members: Sequence[int], leaves: Sequence[Leave]) -> list[int]:
    """Numbers of things in the order in which they come."""
    gone = {n for leave in leaves for n in leave.members}
    found = [n for n in members if n not in gone]
    for leave in reversed(leaves):
        found += _arriving(leave.members, leave.inner)
    return found


def _with_hardware(moved: Array, large: Sequence[int], lifted: Sequence[Stack], count: int) -> Array:
    shifts = np.zeros((count, 3))
    shifts[list(large)] = moved
    for stack in lifted:
        for n, lift in stack.lifts:
            shifts[n] = lift + (moved[stack.host] if stack.host >= 0 else 0.0)
    return shifts


def _separated(low: Array, high: Array, groups: Sequence[NDArray[np.int64]], shift: Array) -> Array:
    """Groups moved away from the middle of all until none reaches into another."""
    middle = (low.min(axis=0) + high.max(axis=0)) / 2
    away = np.zeros_like(shift)
    for group in groups:
        away[group] = (low[group].min(axis=0) + high[group].max(axis=0)) / 2 - middle
    for step in range(STEPS):
        moved = shift + step * STEP * away
        lows = np.array([(low + moved)[g].min(axis=0) for g in groups])
        highs = np.array([(high + moved)[g].max(axis=0) for g in groups])
        if len(_near(lows, highs)) == len(groups):
            return moved
    return moved


def _near(low: Array, high: Array) -> list[NDArray[np.int64]]:
    """Boxes that touch, directly or through others, as groups of their numbers."""
    meets = ((low[:, None] <= high[None] + NEAR) & (low[None] <= high[:, None] + NEAR)).all(axis=2)
    bunches = bunch_numbers(meets)
    return [np.flatnonzero(bunches == n) for n in np.unique(bunches)]
