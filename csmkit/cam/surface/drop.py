# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How deep a cutter can go: dropped from above at a place until it touches a surface.

The cutter touches a facet, an edge or a vertex, and each of them only from places that its normals allow: a
facet from its own shape shifted by the normal, an edge or a vertex from what lies between the normals
around it. So the candidates of a place are few, and the highest of them is exact.

Source: the tangency conditions of a ball and a disc with plane, line and point, worked out here; the idea of
dropping the cutter on triangles is that of Hwang and Chang 1998, "Three-axis machining of compound surfaces
using flat and filleted endmills", Computer-Aided Design 30.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import Literal

import numpy as np

from csmkit.cam.surface.bins import Bins
from csmkit.cam.surface.mesh import Floats, Indices, Mesh, Touched, touched

CHUNK = 60_000  # points at once: bounds the memory
SLACK = 1e-6  # mm by which boxes of candidates are too large: rounding
NARROW = math.radians(60)  # spread of normals beyond which a full radius is searched


class DropCutter:
    """A mesh under one cutter.

    Args:
        mesh: surface or body.
        kind: flat or ball.
        radius: of the cutter, mm.
    """

    def __init__(self, mesh: Mesh, kind: Literal["flat", "ball"], radius: float) -> None:
        self.mesh, self.kind, self.radius = mesh, kind, radius

    def heights(self, points: Floats) -> Floats:
        """Lowest z of the cutter's tip.

        Args:
            points: (n, 2), places of the cutter's middle, mm.
        Returns: (n,), mm; minus infinity where nothing lies below the cutter.
        """
        result = np.full(len(points), -np.inf)
        for begin in range(0, len(points), CHUNK):
            part = slice(begin, begin + CHUNK)
            for bins, height in (
                (self._facet_bins, self._on_facets),
                (self._edge_bins, self._on_edges),
                (self._vertex_bins, self._on_vertices),
            ):
                point, item = bins.pairs(points[part])
                if len(point):
                    _raise(result[part], point, height(points[part][point], item))
        return result

    @cached_property
    def _touched(self) -> Touched:
        return touched(self.mesh)

    @cached_property
    def _shift(self) -> Floats:
        """(f, 2) From a contact on a facet to the cutter's middle, mm."""
        n = self._touched.normals[:, :2]
        if self.kind == "ball":
            return n * self.radius
        length = np.hypot(n[:, 0], n[:, 1])[:, None]
        return np.divide(n, length, out=np.zeros_like(n), where=length > 1e-12) * self.radius

    @cached_property
    def _facet_bins(self) -> Bins:
        corners = self._touched.corners[:, :, :2]
        low, high = corners.min(axis=1) + self._shift, corners.max(axis=1) + self._shift
        return Bins(np.hstack([low - SLACK, high + SLACK]))

    @cached_property
    def _edge_bins(self) -> Bins:
        t = self._touched
        owner = np.repeat(np.arange(len(t.ends)), 2)
        known = np.all(t.edge_facets >= 0, axis=1)
        keep = np.repeat(known, 2)
        reach = self._reach(owner[keep], t.edge_facets[known].ravel(), known)
        ends = t.ends[:, :, :2]
        return Bins(np.hstack([ends.min(axis=1) + reach[:, :2], ends.max(axis=1) + reach[:, 2:]]))

    @cached_property
    def _vertex_bins(self) -> Bins:
        t = self._touched
        fan = t.fan[t.is_inner[t.fan[:, 0]]]
        reach = self._reach(fan[:, 0], fan[:, 1], t.is_inner)
        return Bins(np.hstack([t.points[:, :2]] * 2) + reach)

    def _reach(self, owner: Indices, facet: Indices, known: np.ndarray) -> Floats:
        """Boxes of the shifts from an edge or vertex to the cutter's middle.

        Args:
            owner: (k,), ascending, number of the edge or vertex.
            facet: (k,), a facet at it.
            known: (n,), whose facets are all there.
        Returns: (n, 4), least x, y, greatest x, y, mm.
        """
        r = self.radius + SLACK
        boxes = np.tile(np.array([-r, -r, r, r]), (len(known), 1))
        if not len(owner):
            return boxes
        first = np.flatnonzero(np.diff(owner, prepend=-1))
        shift = self._shift[facet]
        ways = self._touched.normals[facet] if self.kind == "ball" else shift / self.radius
        sums = np.add.reduceat(ways, first)
        lengths = np.linalg.norm(sums, axis=1)
        middle = sums / np.maximum(lengths, 1e-12)[:, None]
        counts = np.diff(np.append(first, len(owner)))
        cosine = np.minimum.reduceat(np.sum(ways * np.repeat(middle, counts, axis=0), axis=1), first)
        bulge = (1 - np.clip(cosine, -1, 1))[:, None] * self.radius + SLACK
        near = (cosine > math.cos(NARROW)) & (lengths > 1e-9)
        low = np.minimum.reduceat(shift, first) - bulge
        high = np.maximum.reduceat(shift, first) + bulge
        boxes[owner[first[near]]] = np.hstack([low, high])[near]
        return boxes

    def _on_facets(self, points: Floats, facet: Indices) -> Floats:
        t = self._touched
        contact = points - self._shift[facet]
        corners, n = t.corners[facet], t.normals[facet]
        inside = np.ones(len(points), dtype=bool)
        for i in range(3):
            a, b = corners[:, i, :2], corners[:, (i + 1) % 3, :2]
            side = (b[:, 0] - a[:, 0]) * (contact[:, 1] - a[:, 1])
            inside &= side >= (b[:, 1] - a[:, 1]) * (contact[:, 0] - a[:, 0])
        off = contact - corners[:, 0, :2]
        z = corners[:, 0, 2] - (n[:, 0] * off[:, 0] + n[:, 1] * off[:, 1]) / n[:, 2]
        if self.kind == "ball":
            z += self.radius * (n[:, 2] - 1)
        return np.where(inside, z, -np.inf)

    def _on_edges(self, points: Floats, edge: Indices) -> Floats:
        a, b = self._touched.ends[edge, 0], self._touched.ends[edge, 1]
        way = b - a
        length = np.hypot(way[:, 0], way[:, 1])
        upright = length < 1e-12
        size = np.where(upright, 1.0, length)
        ux, uy, slope = way[:, 0] / size, way[:, 1] / size, way[:, 2] / size
        x, y = points[:, 0] - a[:, 0], points[:, 1] - a[:, 1]
        foot, beside = x * ux + y * uy, x * uy - y * ux
        room = self.radius**2 - beside**2
        half = np.sqrt(np.maximum(room, 0.0))
        ahead = half * (slope / np.sqrt(1 + slope**2) if self.kind == "ball" else np.sign(slope))
        at = np.clip(foot + ahead, 0.0, length)
        off = at - foot
        z = a[:, 2] + slope * at
        if self.kind == "ball":
            z += np.sqrt(np.maximum(half**2 - off**2, 0.0)) - self.radius
        return np.where((room >= 0) & (np.abs(off) <= half + 1e-12) & ~upright, z, -np.inf)

    def _on_vertices(self, points: Floats, vertex: Indices) -> Floats:
        p = self._touched.points[vertex]
        room = self.radius**2 - np.sum((points - p[:, :2]) ** 2, axis=1)
        z = p[:, 2]
        if self.kind == "ball":
            z = z + np.sqrt(np.maximum(room, 0.0)) - self.radius
        return np.where(room >= 0, z, -np.inf)


def _raise(result: Floats, point: Indices, z: Floats) -> None:
    """Take the highest of each point's candidates; points ascend."""
    first = np.flatnonzero(np.diff(point, prepend=-1))
    which = point[first]
    result[which] = np.maximum(result[which], np.maximum.reduceat(z, first))
