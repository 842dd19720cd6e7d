# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The edges at which a shape's faces meet at an angle, from its triangles."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csmkit.geometry.mesh import Triangles

SHARP = 25.0  # degrees between the faces at an edge; smoother ones (seams, arcs into lines) are no edges
GRID = 1e-3  # mm: points nearer than this are one


def sharp_edges(shown: Triangles) -> NDArray[Any]:
    """(k, 2, 3) ends of the segments along sharp edges, mm; sorted, each once.

    Args:
        shown: triangles that share their vertices within a face only, as `mesh.triangles` gives them.
    """
    sides = shown.triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2).astype(np.int64)
    ordered = np.sort(sides, axis=1)
    _, first, count = np.unique(ordered, axis=0, return_index=True, return_counts=True)
    rims = ordered[first[count == 1]]  # sides of one triangle only: the rim of a face
    if not len(rims):
        return np.empty((0, 2, 3))
    cells = np.round(shown.vertices[rims].astype(float) / GRID).astype(np.int64)
    swap = _after(cells[:, 0], cells[:, 1])
    cells[swap] = cells[swap][:, ::-1]
    normals = shown.normals[rims].astype(float)
    normals[swap] = normals[swap][:, ::-1]
    unique, index = np.unique(cells.reshape(-1, 6), axis=0, return_inverse=True)
    index = index.ravel()
    summed = np.zeros((len(unique), 2, 3))
    np.add.at(summed, index, normals)
    rims_at = np.bincount(index, minlength=len(unique))
    together = np.linalg.norm(summed, axis=2).min(axis=1) / rims_at  # cos of half the angle where two meet
    is_sharp = (rims_at != 2) | (together < math.cos(math.radians(SHARP / 2)))
    is_long = (unique[:, :3] != unique[:, 3:]).any(axis=1)
    return np.asarray(unique[is_sharp & is_long].reshape(-1, 2, 3) * GRID)


def _after(a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether points a come after points b: by x, then y, then z."""
    x, y, z = (np.sign(a[:, i] - b[:, i]) for i in range(3))
    return np.asarray(9 * x + 3 * y + z > 0)
