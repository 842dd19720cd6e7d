# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A shape as triangles with the edges that a line drawing needs; drawn without the CAD kernel."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csmkit.geometry.depth import extents
from csmkit.model.pose import Pose

Array = NDArray[np.float64]
FINE, COARSE = 0.05, 0.6  # mm of chord on arcs: of the smallest shapes, of the largest
SHARE = 1 / 900  # of a shape's size that a chord may miss: a third of a line's width where it fills a picture
WELD = 1e-3  # mm: points nearer than this are one
FLAT = 1e-6  # of 1 − cosine: facets that lie in one plane have no edge between them


@dataclass(frozen=True)
class Facets:
    """Triangles and edges, mm.

    Args:
        corners: (m, 3, 3), counter-clockwise seen from outside.
        sharp: (k, 2, 3) ends of edges that are always drawn.
        smooth: (j, 2, 3) ends of edges between facets of one smooth surface.
        beside: (j, 2, 3) normals of the two facets at each of them.
    """

    corners: Array
    sharp: Array
    smooth: Array
    beside: Array

    @cached_property
    def box(self) -> tuple[Array, Array]:
        """Low and high corner, mm."""
        points = np.ascontiguousarray(self.corners.reshape(-1, 3).T)
        return points.min(axis=1), points.max(axis=1)

    @cached_property
    def extents(self) -> tuple[Array, Array]:
        """(m, 3) low and high corner of each triangle, mm."""
        return extents(self.corners)

    def moved(self, pose: Pose) -> Facets:
        """The same in another place."""
        rows = np.array(pose.rows)
        turn, shift = rows[:, :3].T, rows[:, 3]
        return Facets(
            self.corners @ turn + shift,
            self.sharp @ turn + shift,
            self.smooth @ turn + shift,
            self.beside @ turn,
        )

    def to_bytes(self) -> bytes:
        """As a file; the same shape gives the same bytes."""
        stream = io.BytesIO()
        for array in (self.corners, self.sharp, self.smooth, self.beside):
            np.save(stream, array.astype(np.float32))
        return stream.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Facets:
        """The inverse of `to_bytes`."""
        stream = io.BytesIO(data)
        return cls(*(np.load(stream).astype(np.float64) for _ in range(4)))


def facets(shape: Any) -> Facets:
    """The triangles and edges of a shape of any CAD library, as fine as its size asks for."""
    from csmkit.geometry.edges import sharp_edges
    from csmkit.geometry.measure import box
    from csmkit.geometry.mesh import triangles
    from csmkit.geometry.shape import topods

    solid = topods(shape, several=True)
    low, high = box(solid)
    size = max(b - a for a, b in zip(low, high, strict=True))
    shown = triangles(solid, min(max(size * SHARE, FINE), COARSE))
    corners = shown.vertices.astype(np.float64)[shown.triangles]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    solid_ones = np.linalg.norm(normals, axis=1) > 0
    sharp = sharp_edges(shown)
    smooth, beside = _smooth_edges(corners[solid_ones], normals[solid_ones], sharp)
    return Facets(corners[solid_ones], sharp, smooth, beside)


def _smooth_edges(corners: Array, normals: Array, sharp: Array) -> tuple[Array, Array]:
    """Edges between two facets that are not in one plane, but the sharp ones."""
    units = normals / np.linalg.norm(normals, axis=1)[:, None]
    ends = _ordered(corners[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2, 3))
    facet = np.repeat(np.arange(len(corners)), 3)
    unique, index, count = np.unique(ends.reshape(-1, 6), axis=0, return_inverse=True, return_counts=True)
    order = np.argsort(index.ravel(), kind="stable")
    first = np.cumsum(count) - count
    pairs = np.flatnonzero(count == 2)
    a, b = (facet[order[first[pairs] + n]] for n in (0, 1))
    bent = np.einsum("ij,ij->i", units[a], units[b]) < 1 - FLAT
    known = {tuple(row) for row in _ordered(sharp).reshape(-1, 6).tolist()}
    kept = np.array([tuple(row) not in known for row in unique[pairs].tolist()], bool) & bent
    chosen = pairs[kept]
    return unique[chosen].reshape(-1, 2, 3) * WELD, np.stack([units[a[kept]], units[b[kept]]], axis=1)


def _ordered(ends: Array) -> NDArray[np.int64]:
    """(n, 2, 3) ends in steps of `WELD`, the lower one first."""
    cells = np.round(ends / WELD).astype(np.int64)
    ways = np.sign(cells[:, 0] - cells[:, 1]) @ np.array([9, 3, 1])
    cells[ways > 0] = cells[ways > 0][:, ::-1]
    return cells
