# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What lies nearest to the eye at each point of a grid: triangles in parallel projection, drawn by numpy."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csmkit.model.pose import Vector

Array = NDArray[np.float64]
NOTHING = -1
AT_ONCE = 2_000_000  # points of triangles in memory at a time
STEEPEST = 0.999  # of a straight look down: beyond it, up in the picture is y instead of z


@dataclass(frozen=True)
class Eye:
    """A parallel look: unit vectors of the picture; back points from the scene to the eye."""

    right: Vector
    up: Vector
    back: Vector

    @property
    def axes(self) -> Array:
        """(3, 3) rows: right, up, back."""
        return np.array([self.right, self.up, self.back])

    def seen(self, points: Array) -> Array:
        """Points as the picture has them: x to the right, y up, z towards the eye; mm."""
        return np.asarray(points @ self.axes.T)


def look(towards_eye: Vector, is_turned_over: bool = False) -> Eye:
    """The look at a scene from a direction.

    Args:
        towards_eye: from the scene to the eye.
        is_turned_over: z points down in the picture, as if the scene stood on its head.
    """
    back = np.asarray(towards_eye, float) / math.hypot(*towards_eye)
    above = np.array((0.0, 0.0, 1.0) if abs(back[2]) < STEEPEST else (0.0, 1.0, 0.0))
    right = np.cross(-above if is_turned_over else above, back)
    right /= np.linalg.norm(right)
    up = np.cross(back, right)
    return Eye(*(_vector(v) for v in (right, up, back)))


@dataclass(frozen=True)
class Window:
    """The part of the picture's plane that a grid covers.

    Args:
        low: its lower left corner, mm.
        step: distance of the grid's points, mm.
        columns, rows: how many there are.
    """

    low: tuple[float, float]
    step: float
    columns: int
    rows: int

    @classmethod
    def around(cls, points: Array, across: int, margin: float = 0.0) -> Window:
        """The window that holds (n, 2 or 3) points, so many grid points along its longer side."""
        low, high = points[:, :2].min(axis=0) - margin, points[:, :2].max(axis=0) + margin
        step = max(float(np.max(high - low)), 1e-6) / across
        columns, rows = (max(math.ceil(float(side) / step), 1) for side in high - low)
        return cls((float(low[0]), float(low[1])), step, columns, rows)

    def cells(self, points: Array) -> Array:
        """Points in steps of the grid: its first point lies at (0.5, 0.5); z stays in mm."""
        cells = points.copy()
        cells[..., :2] = (points[..., :2] - np.array(self.low)) / self.step
        return cells


def nearest(corners: Array, window: Window) -> tuple[Array, NDArray[np.int64]]:
    """Depth and number of the triangle that is nearest to the eye.

    Args:
        corners: (m, 3, 3) as the picture has them, mm.
        window: the grid.
    Returns: (rows, columns) z in mm, −inf where there is nothing; numbers of triangles, or `NOTHING`. The
        first row is the lowest. Of triangles at one depth the first is taken.
    """
    depth = np.full(window.rows * window.columns, -np.inf)
    number = np.full(window.rows * window.columns, NOTHING, np.int64)
    low, high = extents(corners)
    far = np.array(window.low) + np.array([window.columns, window.rows]) * window.step
    inside = (low[:, 0] < far[0]) & (low[:, 1] < far[1])
    inside &= (high[:, 0] > window.low[0]) & (high[:, 1] > window.low[1])
    kept = np.flatnonzero(inside)
    cells = window.cells(corners[kept])
    spans, planes = _spans(cells, window), _planes(cells)
    sizes = spans.last - spans.first
    starts = np.searchsorted(np.cumsum(sizes), np.arange(0, int(sizes.sum()) + AT_ONCE, AT_ONCE), "left")
    for a, b in zip(starts, [*starts[1:], len(sizes)], strict=True):
        if b > a:
            _draw(planes, spans, slice(int(a), int(b)), window.columns, depth, number)
    number[number != NOTHING] = kept[number[number != NOTHING]]
    shape = (window.rows, window.columns)
    return depth.reshape(shape), number.reshape(shape)


@dataclass(frozen=True)
class _Spans:
    """Runs of grid points in a row that a triangle covers: from `first` to before `last`."""

    triangle: NDArray[np.int64]
    row: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]


def _spans(cells: Array, window: Window) -> _Spans:
    """The rows of all triangles; grid points on a side belong to the triangle on its right."""
    low, high = extents(cells)
    first = np.clip(np.ceil(low[:, 1] - 0.5), 0, window.rows).astype(np.int64)
    last = np.clip(np.ceil(high[:, 1] - 0.5), 0, window.rows).astype(np.int64)
    count = np.maximum(last - first, 0)
    triangle = np.repeat(np.arange(len(cells)), count)
    row = np.arange(len(triangle)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    y = row + 0.5
    left, right = np.full(len(row), np.inf), np.full(len(row), -np.inf)
    for a, b in ((0, 1), (1, 2), (2, 0)):
        is_up = cells[:, a, 1] <= cells[:, b, 1]  # neighbours walk a side the same way: no gap between them
        start_x, start_y = (np.where(is_up, cells[:, a, n], cells[:, b, n]) for n in (0, 1))
        end_x, end_y = (np.where(is_up, cells[:, b, n], cells[:, a, n]) for n in (0, 1))
        crossed = np.flatnonzero((start_y[triangle] <= y) & (y < end_y[triangle]))
        which = triangle[crossed]
        along = (y[crossed] - start_y[which]) / (end_y - start_y)[which]
        x = start_x[which] + along * (end_x - start_x)[which]
        left[crossed] = np.minimum(left[crossed], x)
        right[crossed] = np.maximum(right[crossed], x)
    is_crossed = right >= left
    begin = np.clip(np.ceil(np.where(is_crossed, left, 0.0) - 0.5), 0, window.columns).astype(np.int64)
    end_ = np.clip(np.ceil(np.where(is_crossed, right, 0.0) - 0.5), 0, window.columns).astype(np.int64)
    keep = end_ > begin
    return _Spans(triangle[keep], row[keep], begin[keep], end_[keep])


def _draw(
    planes: Array, spans: _Spans, part: slice, columns: int, depth: Array, number: NDArray[np.int64]
) -> None:
    """Put some spans into depth and number."""
    size = spans.last[part] - spans.first[part]
    triangle = np.repeat(spans.triangle[part], size)
    row = np.repeat(spans.row[part], size)
    column = (
        np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size) + np.repeat(spans.first[part], size)
    )
    start, across, along = (planes[:, n][triangle] for n in range(3))
    z = start + across * (column + 0.5) + along * (row + 0.5)
    at = row * columns + column
    nearer = z > depth[at]
    at, z, triangle = at[nearer], z[nearer], triangle[nearer]
    np.maximum.at(depth, at, z)
    won = np.flatnonzero(z == depth[at])[::-1]
    number[at[won]] = triangle[won]


def _planes(cells: Array) -> Array:
    """(m, 3): depth of each triangle's plane at (0, 0), and how it grows along x and y."""
    a, b, c = cells[:, 0], cells[:, 1], cells[:, 2]
    normal = np.cross(b - a, c - a)
    upright = np.abs(normal[:, 2]) > 1e-12
    by = np.where(upright, normal[:, 2], 1.0)
    across, along = (np.where(upright, -normal[:, n] / by, 0.0) for n in (0, 1))
    return np.stack([a[:, 2] - across * a[:, 0] - along * a[:, 1], across, along], axis=1)


def extents(corners: Array) -> tuple[Array, Array]:
    """(m, 3) low and high corners of triangles; faster than numpy's reduction along a short axis."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    return np.minimum(np.minimum(a, b), c), np.maximum(np.maximum(a, b), c)


def facing(corners: Array) -> NDArray[np.bool_]:
    """Which triangles, as the picture has them, turn their outside to the eye."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    return np.asarray(
        (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0]) > 0
    )


def _vector(array: Array) -> Vector:
    x, y, z = (round(float(v), 12) + 0.0 for v in array)
    return (x, y, z)
