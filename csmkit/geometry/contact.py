# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Where two placed shapes come near one another: finer than by their boxes, which for a wheel say little."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from csmkit.geometry.depth import Array, extents
from csmkit.geometry.facets import Facets
from csmkit.model.pose import Pose

STRAIGHT = 1 - 1e-6  # cosine of the angle between axes that are one
ROUNDS = 2  # times that each shape narrows the box in which the other is looked for


def contact(a: Facets, b: Facets, gap: float, pose: Pose | None = None) -> tuple[Array, Array] | None:
    """The box in which both shapes have faces, or None if they stay apart.

    Args:
        a, b: placed, mm.
        gap: between faces that count as touching, mm.
        pose: of one of them: where it stands aslant, they are looked at along its own axes too, since boxes
            along those of the kit say little of a tilted disc.
    Returns: its low and high corner.
    """
    found = _meeting((a.corners, *a.extents), (b.corners, *b.extents), gap)
    if found is None or pose is None or _is_straight(pose):
        return found
    turn = np.array(pose.rows)[:, :3]
    turned = []
    for shape in (a, b):
        corners = shape.corners[_crossing(shape.corners, *shape.extents, *found)] @ turn
        turned.append((corners, *extents(corners)))
    return found if _meeting(turned[0], turned[1], gap) is not None else None


def _meeting(
    a: tuple[Array, Array, Array], b: tuple[Array, Array, Array], gap: float
) -> tuple[Array, Array] | None:
    """The box in which both have triangles; each as corners, and low and high corners of the triangles."""
    low = np.maximum(a[1].min(axis=0), b[1].min(axis=0)) - gap
    high = np.minimum(a[2].max(axis=0), b[2].max(axis=0)) + gap
    for _ in range(ROUNDS):
        for corners, below, above in (a, b):
            if (low > high).any():
                return None
            near = _crossing(corners, below, above, low, high)
            if not near.any():
                return None
            low = np.maximum(low, below[near].min(axis=0) - gap)
            high = np.minimum(high, above[near].max(axis=0) + gap)
    return (low, high) if (low <= high).all() else None


def _is_straight(pose: Pose) -> bool:
    """Its axes are those of the kit, in whatever order."""
    return bool((np.abs(np.array(pose.rows)[:, :3]).max(axis=0) > STRAIGHT).all())


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
