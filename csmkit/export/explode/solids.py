# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts in their places, and what is known of them along any way: asked for often, found once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from csmkit.export.stage.places import boxes
from csmkit.export.stage.shown import Copy
from csmkit.geometry.blocking import Columns, columns, in_the_way, meeting
from csmkit.model.pose import Vector

Array = NDArray[np.float64]
LINES = 500  # lines along a way, across all
FINEST, COARSEST = 0.5, 3.0  # mm between them
NEAR = 1.0  # mm between things that touch
AXES: tuple[Vector, ...] = ((0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))


@dataclass(frozen=True)
class Solids:
    """Parts in their places.

    Args:
        copies: no hardware.
        low, high: (n, 3) corners of their boxes, mm.
        step: of the grid of lines along a way, mm.
    """

    copies: Sequence[Copy]
    low: Array
    high: Array
    step: float
    _columns: dict[Vector, list[Columns]] = field(default_factory=dict)
    _blocks: dict[Vector, NDArray[np.bool_]] = field(default_factory=dict)
    _reaches: dict[Vector, tuple[Array, Array]] = field(default_factory=dict)

    @classmethod
    def of(cls, copies: Sequence[Copy]) -> Solids:
        """Parts with a grid as fine as their size asks for."""
        low, high = boxes(copies)
        size = float(np.max(high.max(axis=0) - low.min(axis=0)))
        return cls(copies, low, high, min(max(size / LINES, FINEST), COARSEST))

    def columns(self, axis: Vector) -> list[Columns]:
        """Each as columns along an axis."""
        if axis not in self._columns:
            self._columns[axis] = [columns(copy.facets.corners, axis, self.step) for copy in self.copies]
        return self._columns[axis]

    def blocks(self, way: Vector) -> NDArray[np.bool_]:
        """(n, n) whether the second is in the way of the first."""
        axis = axis_of(way)
        if axis not in self._blocks:
            self._blocks[axis] = in_the_way(self.columns(axis))
        return self._blocks[axis] if way == axis else self._blocks[axis].T

    @cached_property
    def touch(self) -> NDArray[np.bool_]:
        """(n, n) which come near one another, by their columns along all axes of the kit."""
        near = (self.low[:, None] <= self.high[None] + NEAR).all(axis=2)
        near &= near.T & ~np.eye(len(self.copies), dtype=bool)
        for a, b in np.argwhere(np.triu(near)).tolist():
            spans = (meeting(self.columns(axis)[a].wider(1), self.columns(axis)[b]) for axis in AXES)
            near[a, b] = near[b, a] = all(s is not None and s[0] < NEAR and s[1] > -NEAR for s in spans)
        return near

    def reach(self, way: Vector) -> tuple[Array, Array]:
        """Where each begins and ends along a way, mm."""
        if way not in self._reaches:
            along = [copy.facets.corners.reshape(-1, 3) @ np.array(way) for copy in self.copies]
            self._reaches[way] = np.array([np.min(a) for a in along]), np.array([np.max(a) for a in along])
        return self._reaches[way]

    def thick(self, members: Sequence[int], way: Vector) -> float:
        """How far some reach along a way in all, mm."""
        back, front = self.reach(way)
        return float(np.max(front[list(members)]) - np.min(back[list(members)]))

    def depth(self, members: Sequence[int], rest: Sequence[int], way: Vector) -> float:
        """How far some have to go along a way until nothing of the rest that they touch is beside them, mm.

        What touches nothing goes as far as it is thick: a ring that hangs in the air goes along its axis.
        """
        mine, others = list(members), list(rest)
        near = self.touch[np.ix_(mine, others)]
        if not near.any():
            return self.thick(members, way)
        back, front = self.reach(way)
        return max(float(np.where(near, front[None, others] - back[mine, None], 0.0).max()), 0.0)


def axis_of(way: Vector) -> Vector:
    """The same way or its opposite: one for both."""
    return max(way, back(way))


def back(way: Vector) -> Vector:
    """The opposite way."""
    x, y, z = way
    return (0.0 - x, 0.0 - y, 0.0 - z)
