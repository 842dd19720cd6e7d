# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How far things that come off move on their ways: clear of one another with air between, and no farther."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csmkit.export.explode.order import Leave
from csmkit.export.explode.solids import Solids, axis_of
from csmkit.export.stage.lift import Stack
from csmkit.export.stage.shown import Copy
from csmkit.geometry.blocking import Columns, box_columns, meeting
from csmkit.geometry.depth import Eye, look
from csmkit.model.pose import Vector

Array = NDArray[np.float64]
AIR = 0.25  # of a thing's own width: air between it and what it comes from
LEAST, MOST = 0.025, 0.1  # of the kit's size: the same, within these
FEW = 2  # of so many parts, each has twice the air: there is room for it
WITHIN = 2  # lines of the grid: what is nearer beside a thing holds it, as a hole its bolt
HALF = 0.5  # of the kit's size: a bar that slides in through many windows shows half of its way


@dataclass(frozen=True)
class _Lines:
    """All as columns along an axis, parts first; where on the grid each begins, and how wide it is."""

    eye: Eye
    columns: Sequence[Columns]
    corner: NDArray[np.int64]
    shape: NDArray[np.int64]


@dataclass(frozen=True)
class Bodies:
    """Parts, each with the hardware that is pulled out of it.

    Args:
        solids: the parts.
        hardware: where it stands while its part is in its place, and the number of that part.
        size: of all, mm.
    """

    solids: Solids
    hardware: Sequence[tuple[Array, int]]
    size: float
    _lines: dict[Vector, _Lines] = field(default_factory=dict)
    _wide: dict[tuple[Vector, int], Columns] = field(default_factory=dict)
    _meets: dict[tuple[Vector, int, int, int, int], tuple[float, float] | None] = field(default_factory=dict)

    @classmethod
    def of(cls, solids: Solids, copies: Sequence[Copy], lifted: Sequence[Stack], size: float) -> Bodies:
        """Parts with stacks whose hosts are numbers of parts."""
        pulled = [
            (copies[n].facets.corners + lift, stack.host)
            for stack in lifted
            for n, lift in stack.lifts
            if stack.host >= 0
        ]
        return cls(solids, pulled, size)

    @cached_property
    def whose(self) -> NDArray[np.int64]:
        """Number of the part to which each belongs: parts, then hardware."""
        return np.array([*range(len(self.solids.copies)), *(host for _, host in self.hardware)])

    def lines(self, axis: Vector) -> _Lines:
        """All as columns along an axis."""
        if axis not in self._lines:
            small = [box_columns(corners, axis, self.solids.step) for corners, _ in self.hardware]
            found = [*self.solids.columns(axis), *small]
            corner = np.array([(c.column, c.row) for c in found])
            shape = np.array([c.low.shape[::-1] for c in found])
            self._lines[axis] = _Lines(look(axis), found, corner, shape)
        return self._lines[axis]

    def meeting(
        self, axis: Vector, one: int, other: int, aside: tuple[int, int]
    ) -> tuple[float, float] | None:
        """From how far to how far along an axis one is within another, mm, if it stands some lines aside."""
        key = (axis, one, other, *aside)
        if key not in self._meets:
            found = self.lines(axis).columns
            if (axis, one) not in self._wide:
                self._wide[axis, one] = found[one].wider(WITHIN)
            self._meets[key] = meeting(self._wide[axis, one], found[other], aside)
        return self._meets[key]


def placed(bodies: Bodies, leaves: Sequence[Leave], airs: Mapping[int, float]) -> Array:
    """(n, 3) how far each part moves, mm.

    Args:
        leaves: what comes off, the first first.
        airs: by the first member of a leave, how much more air it has than usual.
    """
    moved = np.zeros((len(bodies.solids.copies), 3))
    _place(bodies, range(len(moved)), leaves, airs, moved)
    return moved


def _place(
    bodies: Bodies, members: Sequence[int], leaves: Sequence[Leave], airs: Mapping[int, float], moved: Array
) -> None:
    """Fill in how far things move, the first to come first."""
    gone = {n for leave in leaves for n in leave.members}
    there = [n for n in members if n not in gone]
    for leave in reversed(leaves):
        _place(bodies, leave.members, leave.inner, airs, moved)
        mine = list(leave.members)
        moved[mine] += _offsets(bodies, leave, there, moved, airs.get(mine[0], 1.0))
        there += mine


def _offsets(bodies: Bodies, leave: Leave, there: Sequence[int], moved: Array, more: float) -> Array:
    """How far each of some things goes: aside with what it sits on, and on their way as far as the others."""
    way, mine = np.array(leave.way), list(leave.members)
    air = _air(bodies, leave) * more
    hosts = [_hosts(bodies.solids.touch[n, list(there)], moved[list(there)] - moved[n], way) for n in mine]
    base = np.array([aside + way * start for aside, start in hosts])
    stood = moved.copy()
    stood[mine] += base
    spans = _spans(bodies, leave.way, mine, there, stood)
    far = _first_gap([(a - air, b + air) for a, b in spans], air)
    return np.asarray(base + way * min(far, air + HALF * bodies.size))


def _hosts(touch: NDArray[np.bool_], ahead: Array, way: Array) -> tuple[Array, float]:
    """How far what a thing touches is moved: across the way, half between all; along it, what is farthest."""
    held = ahead[touch] if touch.any() else np.zeros((1, 3))
    aside = (held.min(axis=0) + held.max(axis=0)) / 2
    return aside - way * float(aside @ way), max(float(np.max(held @ way)), 0.0)


def _air(bodies: Bodies, leave: Leave) -> float:
    """Between things and what they come from: the more the wider they are, seen along their way."""
    lines, mine = bodies.lines(axis_of(leave.way)), list(leave.members)
    ends = lines.corner[mine] + lines.shape[mine]
    wide = (ends.max(axis=0) - lines.corner[mine].min(axis=0)) * bodies.solids.step
    air = min(max(AIR * float(np.sqrt(wide[0] * wide[1])), LEAST * bodies.size), MOST * bodies.size)
    return air * (1 + FEW / len(bodies.solids.copies))


def _spans(
    bodies: Bodies, way: Vector, mine: Sequence[int], there: Sequence[int], moved: Array
) -> list[tuple[float, float]]:
    """From how far to how far along the way things are within others that are there, mm.

    What they leave behind when they come off stays behind them, even where it has been moved aside since.
    """
    axis, step, whose = axis_of(way), bodies.solids.step, bodies.whose
    lines = bodies.lines(axis)
    seen = lines.eye.seen(moved)[whose]
    aside, turn = np.round(seen[:, :2] / step).astype(int), 1.0 if way == axis else -1.0
    ours, theirs = (np.flatnonzero(np.isin(whose, list(some))) for some in (mine, there))
    spans = []
    for a in ours.tolist():
        at_home, here = (
            _is_near(place[a], lines.shape[a], place[theirs], lines.shape[theirs])
            for place in (lines.corner, lines.corner + aside)
        )
        for b in theirs[at_home | here].tolist():
            gone = turn * float(seen[a, 2] - seen[b, 2])
            x, y = (aside[a] - aside[b]).tolist()
            for move in {(0, 0), (x, y)}:
                if span := bodies.meeting(axis, a, b, move):
                    enter, leave = sorted(turn * end for end in span)
                    spans.append((-np.inf if enter <= 0 else enter - gone, leave - gone))
    return spans


def _is_near(
    corner: NDArray[Any], size: NDArray[Any], corners: NDArray[Any], sizes: NDArray[Any]
) -> NDArray[np.bool_]:
    """Which of several places on the grid reach into one, or almost."""
    near = (corner - WITHIN < corners + sizes + 1) & (corners - 1 < corner + size + WITHIN)
    return np.asarray(near.all(axis=1))


def _first_gap(spans: Sequence[tuple[float, float]], start: float) -> float:
    """The least distance from a start that lies within none of some spans."""
    at = start
    for enter, leave in sorted(spans):
        if enter < at < leave:
            at = leave
    return at
