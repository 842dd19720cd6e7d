# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""In which direction a thing can leave its place, and so come to it, without going through others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from csmkit.geometry.depth import Array, Eye, Window, extents, look, nearest
from csmkit.geometry.facets import Facets
from csmkit.model.pose import Vector

ACROSS = 96  # lines of sight along the longer side of the thing
DEEP = 0.3  # mm that things may reach into one another and still only touch


def blocked(moving: Array, still: Sequence[Facets], way: Vector) -> float:
    """How much of a thing runs into others if it moves straight on: share of its shadow along the way.

    A line along the way hits what is ahead if the highest point of the others on it lies above the lowest one
    of the thing.

    Args:
        moving: (m, 3, 3) triangles of closed shapes, mm.
        still: the others.
        way: its direction.
    Returns: 0 to 1.
    """
    eye = look(way)
    thing = eye.seen(moving)
    below, above = extents(thing)
    low, high = below.min(axis=0), above.max(axis=0)
    ahead = [eye.seen(s.corners) for s in still if _is_ahead(*_turned_box(s, eye), low, high).all()]
    if not ahead:
        return 0.0
    others = np.concatenate(ahead)
    others = others[_is_ahead(*extents(others), low, high)]
    window = Window.around(np.array([low, high]), ACROSS)
    lowest = -nearest(thing * np.array([1.0, 1.0, -1.0]), window)[0]
    highest = nearest(others, window)[0]
    shadow = np.isfinite(lowest)
    return float((shadow & (highest > lowest + DEEP)).sum() / max(int(shadow.sum()), 1))


def _turned_box(shape: Facets, eye: Eye) -> tuple[Array, Array]:
    """(1, 3) low and high corner of the turned box of a shape."""
    low, high = shape.box
    middle, half = eye.seen((low + high) / 2), np.abs(eye.axes) @ ((high - low) / 2)
    return (middle - half)[None], (middle + half)[None]


def _is_ahead(below: Array, above: Array, low: Array, high: Array) -> NDArray[np.bool_]:
    """Which boxes reach into the way of the box from low to high."""
    beside = (below[:, :2] < high[:2]) & (above[:, :2] > low[:2])
    return np.asarray(beside[:, 0] & beside[:, 1] & (above[:, 2] > low[2] + DEEP))
