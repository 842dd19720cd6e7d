# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Where two placed shapes come near one another: finer than by their boxes, which for a wheel say little."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from csmkit.geometry.depth import Array
from csmkit.geometry.facets import Facets

ROUNDS = 2  # times that each shape narrows the box in which the other is looked for


def contact(a: Facets, b: Facets, gap: float) -> tuple[Array, Array] | None:
    """The box in which both shapes have faces, or None if they stay apart.

    Args:
        a, b: placed, mm.
        gap: between faces that count as touching, mm.
    Returns: its low and high corner.
    """
    low, high = np.maximum(a.box[0], b.box[0]) - gap, np.minimum(a.box[1], b.box[1]) + gap
    for _ in range(ROUNDS):
        for shape in (a, b):
            if (low > high).any():
                return None
            below, above = shape.extents
            near = _crossing(shape.corners, below, above, low, high)
            if not near.any():
                return None
            low = np.maximum(low, below[near].min(axis=0) - gap)
            high = np.minimum(high, above[near].max(axis=0) + gap)
    return (low, high) if (low <= high).all() else None


def _crossing(corners: Array, below: Array, above: Array, low: Array, high: Array) -> NDArray[np.bool_]:
    """Which triangles reach into a box: their own boxes do, and their planes cut it."""
    near = np.ones(len(corners), bool)
    for axis in range(3):
        near &= (below[:, axis] <= high[axis]) & (above[:, axis] >= low[axis])
    found = np.flatnonzero(near)
    if len(found):
        some = corners[found]
        normal = np.cross(some[:, 1] - some[:, 0], some[:, 2] - some[:, 0])
        away = np.abs(np.einsum("ij,ij->i", normal, (low + high) / 2 - some[:, 0]))
        near[found] = away <= np.abs(normal) @ ((high - low) / 2) + 1e-9
    return near
