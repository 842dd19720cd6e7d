# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands in whose way along an axis, of many things at once: each as columns of a common grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter, minimum_filter

from csmkit.geometry.depth import Array, Window, facing, look, nearest
from csmkit.model.pose import Vector

DEEP = 0.3  # mm that things may reach into one another and still only touch


@dataclass(frozen=True)
class Columns:
    """A thing as lines along a way meet it, mm.

    Args:
        row, column: of its first line on the common grid.
        low, high: where each line enters and leaves it along the way; +inf and −inf where it meets nothing.
    """

    row: int
    column: int
    low: Array
    high: Array

    def wider(self, lines: int) -> Columns:
        """The same with so many lines more all around it and in its holes."""
        low = np.pad(self.low, lines, constant_values=np.inf)
        high = np.pad(self.high, lines, constant_values=-np.inf)
        size = 2 * lines + 1
        return Columns(
            self.row - lines, self.column - lines, minimum_filter(low, size), maximum_filter(high, size)
        )


def columns(corners: Array, way: Vector, step: float) -> Columns:
    """A closed shape as columns.

    Args:
        corners: (m, 3, 3) its triangles, mm.
        way: a direction.
        step: of the grid of lines along it, mm.
    """
    seen = look(way).seen(corners.reshape(-1, 3)).reshape(-1, 3, 3)
    (left, low), (right, high) = _lines(seen, step)
    window = Window((left * step, low * step), step, right - left, high - low)
    front = facing(seen)
    leaves = nearest(seen[front], window)[0]
    enters = -nearest(seen[~front] * np.array([1.0, 1.0, -1.0]), window)[0]
    return Columns(low, left, enters, leaves)


def box_columns(corners: Array, way: Vector, step: float) -> Columns:
    """The box of a small thing as columns; arguments as of `columns`."""
    seen = look(way).seen(corners.reshape(-1, 3))
    (left, low), (right, high) = _lines(seen, step)
    size, depth = (high - low, right - left), seen[:, 2]
    return Columns(low, left, np.full(size, np.min(depth)), np.full(size, np.max(depth)))


def _lines(seen: Array, step: float) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first column and row of the grid at which something is seen, and those after the last."""
    x, y = seen[..., 0] / step, seen[..., 1] / step
    first = (math.floor(np.min(x)), math.floor(np.min(y)))
    return first, (math.floor(np.max(x)) + 1, math.floor(np.max(y)) + 1)


def in_the_way(things: Sequence[Columns]) -> NDArray[np.bool_]:
    """(n, n) whether the first runs into the second while it moves straight on along the way, for ever.

    The transpose is what holds for the opposite way. What is narrower than two lines of the grid doesn't
    count: round things in round holes overlap by their chords.

    Args:
        things: that share no space, along one way.
    """
    found = np.zeros((len(things), len(things)), bool)
    for n, first in enumerate(things):
        for m, other in enumerate(things):
            if n != m and (shared := _shared(first, other)):
                (low, _), (_, high) = shared
                hit = high > low + DEEP
                found[n, m] = (hit[1:, 1:] & hit[1:, :-1] & hit[:-1, 1:] & hit[:-1, :-1]).any()
    return found


def meeting(first: Columns, other: Columns, aside: tuple[int, int] = (0, 0)) -> tuple[float, float] | None:
    """From how far to how far the first is within the other while it moves along the way, mm; None if never.

    Args:
        aside: columns and rows that the first stands beside its place.
    """
    shared = _shared(first, other, aside)
    if shared is None:
        return None
    (low, high), (under, over) = shared
    both = np.isfinite(low) & np.isfinite(under)
    if not both.any():
        return None
    return float(np.min((under - high)[both])), float(np.max((over - low)[both]))


def _shared(
    first: Columns, other: Columns, aside: tuple[int, int] = (0, 0)
) -> tuple[tuple[Array, Array], tuple[Array, Array]] | None:
    """Low and high of both where both may have lines; None if that is nowhere."""
    column, row = first.column + aside[0], first.row + aside[1]
    top, left = max(row, other.row), max(column, other.column)
    bottom = min(row + first.low.shape[0], other.row + other.low.shape[0])
    right = min(column + first.low.shape[1], other.column + other.low.shape[1])
    if bottom <= top or right <= left:
        return None
    a = (slice(top - row, bottom - row), slice(left - column, right - column))
    b = (slice(top - other.row, bottom - other.row), slice(left - other.column, right - other.column))
    return (first.low[a], first.high[a]), (other.low[b], other.high[b])
