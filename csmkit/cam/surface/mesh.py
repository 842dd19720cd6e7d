# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A surface as triangles, and what a cutter from above can touch of it: facets, edges, vertices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from csmkit.errors import CsmError

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Mask = NDArray[np.bool_]
UPRIGHT = 1e-9  # of a facet's normal: below that it stands upright and only its edges can be touched


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles in space.

    Args:
        vertices: (n, 3), mm.
        triangles: (m, 3), indices of vertices; any sense of rotation.
    """

    vertices: Floats
    triangles: Indices

    @classmethod
    def of(cls, vertices: ArrayLike, triangles: ArrayLike) -> Mesh:
        """A mesh from anything like arrays; triangles without an area are left out.

        Raises: CsmError: no triangle, an index without a vertex, a coordinate that is no number.
        """
        points = np.asarray(vertices, dtype=np.float64).reshape(-1, 3)
        faces = np.asarray(triangles, dtype=np.int64).reshape(-1, 3)
        if not np.all(np.isfinite(points)):
            row = int(np.argmin(np.all(np.isfinite(points), axis=1)))
            raise CsmError(f"vertex {row} of the mesh is no place", remedy="mend the mesh")
        if np.any(faces < 0) or np.any(faces >= len(points)):
            raise CsmError(f"the mesh names a vertex that it does not have, it has {len(points)}")
        a, b, c = (points[faces[:, i]] for i in range(3))
        faces = faces[np.linalg.norm(np.cross(b - a, c - a), axis=1) > 0]
        if not len(faces):
            raise CsmError("the mesh has no triangle", remedy="export the part's surface as a mesh")
        return cls(points, faces)

    @property
    def box(self) -> tuple[Floats, Floats]:
        """Least and greatest x, y, z of what the triangles use, mm."""
        used = self.vertices[self.triangles.ravel()]
        return used.min(axis=0), used.max(axis=0)

    def moved(self, x: float, y: float, z: float) -> Mesh:
        """The same, shifted, mm."""
        return Mesh(self.vertices + np.array([x, y, z]), self.triangles)

    def turned_over(self, width: float, thickness: float) -> Mesh:
        """As it lies when the stock is turned over left to right.

        Args:
            width: of the stock along x, mm.
            thickness: of the stock, mm.
        """
        x, y, z = self.vertices.T
        return Mesh(np.column_stack([width - x, y, -thickness - z]), self.triangles)

    def with_roofs(self, roofs: Floats) -> Mesh:
        """What is seen from above of it, with level or sloping roofs added: what has to stay in place.

        Args:
            roofs: (k, 4, 3), the corners of each in order round it, mm.
        """
        quads = np.array([(0, 1, 2), (0, 2, 3)])
        faces = [self.top, *(quads + len(self.vertices) + 4 * k for k in range(len(roofs)))]
        return Mesh(np.vstack([self.vertices, roofs.reshape(-1, 3)]), np.vstack(faces))

    @cached_property
    def top(self) -> Indices:
        """Triangles that may be touched from above, counter-clockwise as seen from there.

        Of a closed body those that look down are left out: something of it lies above them.
        """
        faces = self.triangles
        a, b, c = (self.vertices[faces[:, i]] for i in range(3))
        normal = np.cross(b - a, c - a)
        area = np.linalg.norm(normal, axis=1)
        if self._is_closed:
            keep = normal[:, 2] * self._outwards >= -UPRIGHT * area
            faces, normal = faces[keep], normal[keep]
        down = normal[:, 2] < 0
        return np.where(down[:, None], faces[:, ::-1], faces)

    @cached_property
    def _is_closed(self) -> bool:
        """Each edge is walked once each way."""
        n = len(self.vertices)
        ways = np.concatenate([self.triangles[:, [i, (i + 1) % 3]] for i in range(3)])
        there, back = ways[:, 0] * n + ways[:, 1], ways[:, 1] * n + ways[:, 0]
        return len(np.unique(there)) == len(there) and bool(np.array_equal(np.sort(there), np.sort(back)))

    @cached_property
    def _outwards(self) -> float:
        """1 where normals look out of the closed body, else -1."""
        a, b, c = (self.vertices[self.triangles[:, i]] for i in range(3))
        return float(np.sign(np.sum(a * np.cross(b, c)))) or 1.0


@dataclass(frozen=True, eq=False)
class Touched:
    """Facets, edges and vertices as a cutter from above meets them.

    Args:
        corners: (f, 3, 3), of the facets that are not upright, mm.
        normals: (f, 3), unit, upwards.
        ends: (e, 2, 3), of the edges, mm.
        edge_facets: (e, 2), the facets at both sides of an edge; -1 where there is none, or not just one.
        points: (v, 3), vertices, mm.
        fan: (k, 2), vertex and facet at it, ascending by vertex.
        is_inner: (v,), facets lie all round the vertex, once.
    """

    corners: Floats
    normals: Floats
    ends: Floats
    edge_facets: Indices
    points: Floats
    fan: Indices
    is_inner: Mask


def touched(mesh: Mesh) -> Touched:
    """What a cutter from above can touch."""
    used, flat = np.unique(mesh.top, return_inverse=True)
    faces, points = flat.reshape(-1, 3).astype(np.int64), mesh.vertices[used]
    corners = points[faces]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    lies = normal[:, 2] > UPRIGHT
    number = np.where(lies, np.cumsum(lies) - 1, -1)
    ends, edge_facets = _edges(faces, number, len(points))
    facets = faces[lies]
    fan = np.column_stack([facets.ravel(), np.repeat(np.arange(len(facets)), 3)])
    fan = fan[np.argsort(fan[:, 0], kind="stable")]
    is_inner = _inner(corners[lies], facets, ends, edge_facets, len(points))
    return Touched(corners[lies], normal[lies], points[ends], edge_facets, points, fan, is_inner)


def _edges(faces: Indices, number: Indices, n: int) -> tuple[Indices, Indices]:
    """Edges as pairs of vertices, and the facets left and right of them."""
    ways = np.concatenate([faces[:, [i, (i + 1) % 3]] for i in range(3)])
    of = np.tile(number, 3)
    low, high = ways.min(axis=1), ways.max(axis=1)
    keys, edge = np.unique(low * n + high, return_inverse=True)
    sides = np.full((len(keys), 2), -1, dtype=np.int64)
    for side, is_it in enumerate((ways[:, 0] < ways[:, 1], ways[:, 0] > ways[:, 1])):
        count = np.bincount(edge[is_it], minlength=len(keys))
        sides[edge[is_it], side] = of[is_it]
        sides[count != 1, side] = -1
    return np.column_stack([keys // n, keys % n]), sides


def _inner(corners: Floats, facets: Indices, ends: Indices, sides: Indices, n: int) -> Mask:
    """Vertices with facets all round, once: no border at them, and from above they fill the turn."""
    turn = np.zeros(n)
    for i in range(3):
        a = (corners[:, (i + 1) % 3] - corners[:, i])[:, :2]
        b = (corners[:, (i + 2) % 3] - corners[:, i])[:, :2]
        angle = np.arctan2(np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]), np.sum(a * b, axis=1))
        turn += np.bincount(facets[:, i], weights=angle, minlength=n)
    inner = np.abs(turn - 2 * np.pi) < 1e-6
    inner[ends[np.any(sides < 0, axis=1)].ravel()] = False
    return inner
