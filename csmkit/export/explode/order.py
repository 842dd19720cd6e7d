# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""In which order the parts of a kit come off, and on which ways: each is free when its turn comes.

What blocks what along a way is a graph; what blocks one another in a ring can only leave together, as one
(Wilson and Latombe 1994, "Geometric reasoning about mechanical assembly").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from csmkit.export.explode.solids import AXES, Solids, axis_of, back
from csmkit.export.stage.shown import Copy
from csmkit.geometry.way_out import blocked
from csmkit.model.pose import Vector

LEVEL = 1.0  # mm between copies that come off side by side
ASLANT, SHARED = 3, 2  # further axes that are looked at from the start, each that of so many shapes at least
STRAIGHT = 0.999  # cosine of the angle between ways that are one
FREE = 0.004  # of a thing's shadow may run into others: lines on the very edge of a slot


@dataclass(frozen=True)
class Leave:
    """Things that come off together.

    Args:
        members: their numbers.
        way: on which they leave, given what is still there.
        inner: how they are taken apart in turn, where they hold one another; else they stay side by side.
    """

    members: tuple[int, ...]
    way: Vector
    inner: tuple[Leave, ...] = ()


@dataclass(frozen=True)
class _Ways:
    """Ways that are looked at.

    Args:
        every: each with its opposite.
        own: (n, ways) which run along an axis of a thing's own frame.
    """

    solids: Solids
    every: tuple[Vector, ...]
    own: NDArray[np.bool_]


def order(solids: Solids) -> list[Leave]:
    """What comes off, the first first; what is left at the end doesn't move and is not named."""
    every = tuple(way for axis in _axes(solids.copies) for way in (axis, back(axis)))
    turns = np.array([np.array(copy.pose.rows)[:, :3] for copy in solids.copies])
    own = np.abs(np.einsum("wi,nij->nwj", np.array(every), turns)).max(axis=2) > STRAIGHT
    return _order(_Ways(solids, every, own), range(len(solids.copies)))


def _order(ways: _Ways, members: Sequence[int]) -> list[Leave]:
    left, found = list(members), list[Leave]()
    while len(left) > 1:
        leave = _next(ways, left)
        if len(leave.members) == len(left):
            break  # copies side by side
        found.append(leave)
        left = _without(left, leave.members)
    return found


def _next(ways: _Ways, left: Sequence[int]) -> Leave:
    """What comes off next: what is least deep in the rest, one thing rather than several."""
    solids = ways.solids
    members, way = _best(ways, left) or ((), AXES[0])
    if len(members) != 1 and (aslant := _aslant(solids, left, left)):
        members, way = aslant
    if not members:
        return _forced(ways, left)
    if len(members) > 1:
        return Leave(members, way, tuple(_order(ways, members)))
    if shorter := _aslant(solids, left, members, solids.depth(members, _without(left, members), way)):
        return Leave(*shorter)
    free = [found[0] for found in _free(solids, left, way) if len(found) == 1]
    return Leave(_beside(solids, members[0], way, free), way)


def _best(ways: _Ways, left: Sequence[int]) -> tuple[tuple[int, ...], Vector] | None:
    """The fewest things that can leave along a common axis, and the way."""
    solids = ways.solids
    ranked = [
        (len(some), round(depth), not ways.own[list(some), n].all(), round(solids.thick(some, way)), n, some)
        for n, way in enumerate(ways.every)
        for some in _free(solids, left, way)
        for depth in (solids.depth(some, _without(left, some), way),)
    ]
    return (min(ranked)[-1], ways.every[min(ranked)[-2]]) if ranked else None


def _aslant(
    solids: Solids, left: Sequence[int], things: Sequence[int], depth: float = np.inf
) -> tuple[tuple[int, ...], Vector] | None:
    """One of some things that can leave along an axis of its own, out of less than a depth."""
    ranked = [
        (round(far), n, way)
        for n in things
        for way in _own_ways(solids.copies[n])
        if (far := solids.depth((n,), _without(left, (n,)), way)) < depth - LEVEL
    ]
    for _, n, way in sorted(ranked):
        others = [solids.copies[m].facets for m in _without(left, (n,))]
        if blocked(solids.copies[n].facets.corners, others, way) <= FREE:
            return (n,), way
    return None


def _free(solids: Solids, left: Sequence[int], way: Vector) -> list[tuple[int, ...]]:
    """Things that can leave along a way, alone or as many as hold one another; not all at once."""
    blocks = solids.blocks(way)[np.ix_(left, left)]
    count, label = connected_components(blocks, directed=True, connection="strong")
    if count == 1:
        return []
    held = np.zeros(count, bool)
    a, b = np.nonzero(blocks)
    held[label[a[label[a] != label[b]]]] = True
    return [tuple(left[n] for n in np.flatnonzero(label == c).tolist()) for c in range(count) if not held[c]]


def _forced(ways: _Ways, left: Sequence[int]) -> Leave:
    """Where nothing can leave, as what is cast in: what fewest things hold, the shortest way."""
    solids = ways.solids
    ranked = [
        (int(solids.blocks(way)[n, list(left)].sum()), round(depth), not ways.own[n, k], k, n)
        for k, way in enumerate(ways.every)
        for n in left
        for depth in (solids.depth((n,), _without(left, (n,)), way),)
    ]
    *_, k, n = min(ranked)
    return Leave(_beside(solids, n, ways.every[k], left), ways.every[k])


def _beside(solids: Solids, first: int, way: Vector, free: Sequence[int]) -> tuple[int, ...]:
    """A thing and its copies that come off at the same level."""
    name, level = solids.copies[first].shape.name, solids.reach(way)[0]
    return tuple(
        n for n in free if solids.copies[n].shape.name == name and abs(level[n] - level[first]) < LEVEL
    )


def _axes(copies: Sequence[Copy]) -> list[Vector]:
    """The axes of the kit, and those aslant along which most of its shapes lie."""
    found: dict[Vector, set[str]] = {}
    for copy in copies:
        for way in _own_ways(copy):
            near = next((axis for axis in found if _is_along(way, axis)), axis_of(way))
            found.setdefault(near, set()).add(copy.shape.name)
    aslant = [axis for axis, names in found.items() if len(names) >= SHARED]
    return [*AXES, *sorted(aslant, key=lambda axis: (-len(found[axis]), axis))[:ASLANT]]


def _own_ways(copy: Copy) -> list[Vector]:
    """The axes of a thing, where they are not those of the kit."""
    own = [copy.pose.direction(way) for axis in AXES for way in (axis, back(axis))]
    ways = [(round(x, 6) + 0.0, round(y, 6) + 0.0, round(z, 6) + 0.0) for x, y, z in own]
    return [way for way in ways if not any(_is_along(way, axis) for axis in AXES)]


def _is_along(a: Vector, b: Vector) -> bool:
    return abs(float(np.dot(a, b))) > STRAIGHT


def _without(left: Sequence[int], members: Sequence[int]) -> list[int]:
    return [n for n in left if n not in members]
