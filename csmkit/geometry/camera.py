# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A camera that stands just where everything is in the picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csmkit.model.pose import Vector

LENS = 20.0  # degrees of height that the picture shows: a long lens, so that parallel edges look nearly so
STEEPEST = 0.999  # of a straight look down: beyond it, up in the picture is y instead of z


@dataclass(frozen=True)
class Camera:
    """Where the eye is and what it sees; mm.

    Args:
        eye: its place.
        right, up, back: unit vectors of the picture; back points from the scene to the eye.
        near, far: distances along the look between which everything lies.
        aspect: width of the picture by its height.
    """

    eye: Vector
    right: Vector
    up: Vector
    back: Vector
    near: float
    far: float
    aspect: float

    def pixel(self, height: int) -> float:
        """Size of a pixel in the middle of the scene, mm, in a picture of so many rows."""
        return (self.near + self.far) * math.tan(math.radians(LENS / 2)) / height


def framed(points: NDArray[Any], towards_eye: Vector, aspect: float, margin: float = 0.04) -> Camera:
    """The nearest camera in a direction that has all points in its picture, the picture's middle on theirs.

    Args:
        points: (n, 3), mm; at least one.
        towards_eye: from the scene to the eye.
        aspect: width of the picture by its height.
        margin: share of the picture's width and height that stays free on each side.
    """
    back = np.asarray(towards_eye, float) / np.linalg.norm(towards_eye)
    above = (0.0, 0.0, 1.0) if abs(back[2]) < STEEPEST else (0.0, 1.0, 0.0)
    right = np.cross(above, back)
    right /= np.linalg.norm(right)
    axes = np.array([right, np.cross(back, right), back])
    seen = np.asarray(points, float).round(3) @ axes.T
    tall = math.tan(math.radians(LENS / 2)) * (1 - 2 * margin)
    x, x_away = _between(seen[:, 0], seen[:, 2], tall * aspect)
    y, y_away = _between(seen[:, 1], seen[:, 2], tall)
    away = max(x_away, y_away, float(seen[:, 2].max()) + 1.0)
    near, far = away - float(seen[:, 2].max()), away - float(seen[:, 2].min())
    eye = axes.T @ np.array([x, y, away])
    slack = 0.01 * (far - near) + 0.5
    x_axis, y_axis, z_axis = (_vector(axis) for axis in axes)
    return Camera(_vector(eye), x_axis, y_axis, z_axis, max(near - slack, 0.5), far + slack, aspect)


def _between(across: NDArray[Any], back: NDArray[Any], slope: float) -> tuple[float, float]:
    """Place across and distance of the nearest eye with all points between its two side planes.

    A point is inside if |across − x| ≤ slope · (away − back); each plane touches one point.
    """
    high, low = float(np.max(across + slope * back)), float(np.max(slope * back - across))
    return (high - low) / 2, (high + low) / (2 * slope)


def _vector(array: NDArray[Any]) -> Vector:
    x, y, z = (float(v) for v in array)
    return (x, y, z)
