# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What is seen of placed shapes in parallel projection: regions, and the visible runs of edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import ndimage

from csmkit.geometry.chains import Chains, chained
from csmkit.geometry.depth import NOTHING, Array, Eye, Window, facing, nearest
from csmkit.geometry.facets import Facets
from csmkit.model.outline import Point
from csmkit.model.pose import Vector

PACE = 0.7  # grid steps between the points at which an edge is looked at
LEAST = 4  # points of a visible run: what is shorter is a hidden line that shines through
SLACK = 0.45  # grid steps by which an edge may lie behind what is drawn there: its own faces
TONES = 3  # kinds of faces by how they turn to the light: light, middle, dark
BORDERS = (0.62, 0.2)  # cosine to the light at which tones change
LIGHT: Vector = (-0.5, 0.75, 0.43)  # right, up, back, in the picture: from above, from the left
FLUSH = 0.02  # mm by which the largest shape lies before the smallest: of flush faces, the larger one is seen
SMOOTHED = 0.7  # grid steps by which a traced outline may be straightened


@dataclass(frozen=True)
class Scene:
    """Placed shapes as one picture has them, and what is nearest to the eye at each grid point.

    Args:
        facets: of each shape, in the picture's frame, mm.
        window: the grid.
        depth: (rows, columns), mm.
        shape: (rows, columns) number of the shape that is seen, or `NOTHING`.
        tone: (rows, columns) 0 to 2, from light to dark, of the face that is seen there.
    """

    facets: tuple[Facets, ...]
    window: Window
    depth: Array
    shape: NDArray[np.int64]
    tone: NDArray[np.int64]

    @cached_property
    def places(self) -> list[tuple[slice, slice] | None]:
        """Rows and columns in which each shape is seen; None for one that is hidden."""
        found = ndimage.find_objects(self.shape + 1, len(self.facets))
        return [None if place is None else (place[0], place[1]) for place in found]

    def place(self, numbers: Iterable[int]) -> tuple[slice, slice] | None:
        """Rows and columns in which some shapes are seen."""
        found = [place for n in numbers if (place := self.places[n]) is not None]
        if not found:
            return None
        rows, columns = zip(*found, strict=True)
        return (
            slice(min(r.start for r in rows), max(r.stop for r in rows)),
            slice(min(c.start for c in columns), max(c.stop for c in columns)),
        )


def turned(facets: Facets, eye: Eye, shift: Vector = (0.0, 0.0, 0.0)) -> Facets:
    """A placed shape in the picture's frame, moved by a shift in space before."""
    by = np.array(shift)
    return Facets(
        eye.seen(facets.corners + by),
        eye.seen(facets.sharp + by),
        eye.seen(facets.smooth + by),
        eye.seen(facets.beside),
    )


def scene(shapes: Sequence[Facets], window: Window) -> Scene:
    """What is seen of shapes in the picture's frame."""
    order = np.argsort([float(np.linalg.norm(s.box[1] - s.box[0])) for s in shapes], kind="stable")
    lift = np.empty(len(shapes))
    lift[order] = np.arange(len(shapes)) * FLUSH / max(len(shapes), 1)
    fronts = [s.corners[facing(s.corners)] + np.array([0, 0, up]) for s, up in zip(shapes, lift, strict=True)]
    corners = np.concatenate(fronts) if fronts else np.empty((0, 3, 3))
    owner = np.repeat(np.arange(len(fronts)), [len(f) for f in fronts])
    depth, number = nearest(corners, window)
    seen = number != NOTHING
    shape = np.where(seen, owner[number] if len(owner) else 0, NOTHING)
    tone = np.where(seen, _tones(corners)[number] if len(owner) else 0, NOTHING)
    return Scene(tuple(shapes), window, depth, shape, tone)


def visible_edges(found: Scene, number: int) -> Chains:
    """The visible runs of a shape's sharp edges and of its outline on smooth faces, mm in the picture."""
    own = found.facets[number]
    turns = own.beside[:, :, 2] > 0
    ends = np.concatenate([own.sharp, own.smooth[turns[:, 0] != turns[:, 1]]])
    return chained(_visible(found, ends, number))


def visible_runs(found: Scene, ends: Array) -> list[tuple[Point, Point]]:
    """The visible runs of straight lines.

    Args:
        ends: (n, 2, 3) as the picture has them, mm.
    """
    return list(_visible(found, ends, NOTHING))


def outlines(found: Scene, mask: NDArray[np.bool_], row: int = 0, column: int = 0) -> list[tuple[Point, ...]]:
    """Rings around the grid points of a mask, outer ones and holes, mm; slightly straightened.

    Args:
        mask: of the grid, or of a part of it that begins at this row and column.
    """
    step = found.window.step
    low = np.array(found.window.low) + np.array([column, row]) * step
    rings = []
    for ring in _rings(mask):
        line = shapely.LinearRing(ring).simplify(SMOOTHED)
        points = shapely.get_coordinates(line)[:-1]
        if len(points) >= 3:
            rings.append(tuple(_point(p) for p in low + points * step))
    return rings


def _tones(corners: Array) -> NDArray[np.int64]:
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    sizes = np.maximum(np.linalg.norm(normals, axis=1), 1e-12)
    lit = normals @ np.array(LIGHT) / sizes
    return np.asarray((lit[:, None] < np.array(BORDERS)).sum(axis=1))


def _visible(found: Scene, ends: Array, own: int) -> Iterator[tuple[Point, Point]]:
    """Runs of segments that nothing hides; of a shape's own ones, those where it is seen itself."""
    cells = found.window.cells(ends)
    length = np.hypot(*(cells[:, 1, :2] - cells[:, 0, :2]).T)
    outside = ((cells[:, :, :2] < 0).all(axis=1) | (cells[:, :, :2] > _size(found.window)).all(axis=1)).any(
        axis=1
    )
    drawn = np.flatnonzero((length > 0.05) & ~outside)
    count = np.ceil(length[drawn] / PACE).astype(np.int64) + 1
    owner = np.repeat(np.arange(len(drawn)), count)
    first = np.cumsum(count) - count
    share = (np.arange(len(owner)) - first[owner]) / np.maximum(count[owner] - 1, 1)
    at = cells[drawn[owner], 0] + share[:, None] * (cells[drawn[owner], 1] - cells[drawn[owner], 0])
    starts, ends_ = _runs(_is_clear(found, at, own), owner)
    line = ends[drawn[owner[starts]]]
    first_points, last_points = (
        line[:, 0] + share[index][:, None] * (line[:, 1] - line[:, 0]) for index in (starts, ends_)
    )
    for p, q in zip(np.round(first_points, 3).tolist(), np.round(last_points, 3).tolist(), strict=True):
        one, other = (p[0] + 0.0, p[1] + 0.0), (q[0] + 0.0, q[1] + 0.0)
        if one != other:
            yield one, other


def _is_clear(found: Scene, at: Array, own: int) -> NDArray[np.bool_]:
    """Whether points in steps of the grid are as near to the eye as one of the four grid points around.

    An edge that lies in another shape's face, as of a coil in its casting, is not seen there.
    """
    slack = SLACK * found.window.step
    clear = np.zeros(len(at), bool)
    inside = ((at[:, :2] >= 0) & (at[:, :2] <= _size(found.window))).all(axis=1)
    for right in (0, 1):
        for up in (0, 1):
            column = np.clip(np.floor(at[:, 0] - 0.5).astype(np.int64) + right, 0, found.window.columns - 1)
            row = np.clip(np.floor(at[:, 1] - 0.5).astype(np.int64) + up, 0, found.window.rows - 1)
            depth = found.depth[row, column]
            is_own = (found.shape[row, column] == own) | (own == NOTHING)
            clear |= np.where(is_own, at[:, 2] + slack >= depth, at[:, 2] - slack / 2 > depth)
    return clear & inside


def _size(window: Window) -> Array:
    return np.array([window.columns, window.rows], float)


def _runs(clear: NDArray[np.bool_], owner: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Indices of the first and last point of each run of `LEAST` or more, or of a whole line."""
    if not len(clear):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    same = owner[1:] == owner[:-1]
    goes_on = np.concatenate([clear[1:] & clear[:-1] & same, [False]])
    before = np.concatenate([[False], goes_on[:-1]])
    starts, ends = np.flatnonzero(goes_on & ~before), np.flatnonzero(before & ~goes_on)
    begins = np.concatenate([[True], ~same])[starts]
    stops = np.concatenate([~same, [True]])[ends]
    kept = (ends - starts + 1 >= LEAST) | (begins & stops)
    return starts[kept], ends[kept]


def _rings(mask: NDArray[np.bool_]) -> Iterator[Array]:
    """Closed lines between the points of a mask and the others, through the middles of steps between."""
    padded = np.pad(mask, 1)
    side = padded[1:, :] != padded[:-1, :]  # crossed by steps up: row r − 1 to r
    ends: dict[tuple[int, int], list[tuple[int, int]]] = {}
    y, x = np.nonzero(side[:, 1:-1])
    filled_above = padded[1:, 1:-1][y, x]
    for column, row, above in zip(x.tolist(), y.tolist(), filled_above.tolist(), strict=True):
        a, b = ((column, row), (column + 1, row)) if above else ((column + 1, row), (column, row))
        ends.setdefault(a, []).append(b)
    across = padded[:, 1:] != padded[:, :-1]
    y, x = np.nonzero(across[1:-1, :])
    filled_right = padded[1:-1, 1:][y, x]
    for column, row, right in zip(x.tolist(), y.tolist(), filled_right.tolist(), strict=True):
        a, b = ((column, row + 1), (column, row)) if right else ((column, row), (column, row + 1))
        ends.setdefault(a, []).append(b)
    while ends:
        start = next(iter(ends))
        ring, here = [start], ends[start][0]
        _take(ends, start, here)
        before = start
        while here != start:
            ring.append(here)
            after = _left_most(before, here, ends[here])
            _take(ends, here, after)
            before, here = here, after
        corners = np.array(ring, float)
        yield (corners + np.roll(corners, -1, axis=0)) / 2


def _take(ends: dict[tuple[int, int], list[tuple[int, int]]], a: tuple[int, int], b: tuple[int, int]) -> None:
    ends[a].remove(b)
    if not ends[a]:
        del ends[a]


def _left_most(
    before: tuple[int, int], here: tuple[int, int], ways: list[tuple[int, int]]
) -> tuple[int, int]:
    """Where two rings touch at a corner, each turns to its own side."""
    x, y = here[0] - before[0], here[1] - before[1]
    return max(ways, key=lambda w: x * (w[1] - here[1]) - y * (w[0] - here[0]))


def _point(p: Array) -> Point:
    return (round(float(p[0]), 3) + 0.0, round(float(p[1]), 3) + 0.0)
