# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Directions in a part's own frame, and the turns that lay one of them along an axis."""

from __future__ import annotations

import math

from csmkit.model.kit import Axis
from csmkit.model.pose import Pose, Vector

PARALLEL = 1e-6  # sine below which two directions are one: the kernel's angular precision is 1e-12
OWN_AXES: dict[Axis, Vector] = {"x": (1.0, 0.0, 0.0), "y": (0.0, 1.0, 0.0), "z": (0.0, 0.0, 1.0)}


def cross(a: Vector, b: Vector) -> Vector:
    """Vector product."""
    x, y, z = (a[i - 2] * b[i - 1] - a[i - 1] * b[i - 2] for i in range(3))
    return (x + 0.0, y + 0.0, z + 0.0)


def dot(a: Vector, b: Vector) -> float:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def unit(v: Vector) -> Vector:
    """The direction at length 1."""
    length = math.hypot(*v)
    return (v[0] / length, v[1] / length, v[2] / length)


def is_parallel(a: Vector, b: Vector) -> bool:
    """Unit vectors on one line, either sense."""
    return math.hypot(*cross(a, b)) < PARALLEL


def canonical(v: Vector) -> Vector:
    """One of v and -v: the own axis along which it runs, else the one whose first component is positive."""
    for axis in OWN_AXES.values():
        if is_parallel(v, axis):
            return axis
    sign = math.copysign(1.0, next(c for c in v if abs(c) > PARALLEL))
    return (v[0] * sign, v[1] * sign, v[2] * sign)


def turn(x: Vector, y: Vector, z: Vector) -> Pose:
    """The turn that brings three directions (unit, square to one another, right-handed) onto the axes."""
    return Pose(((*x, 0.0), (*y, 0.0), (*z, 0.0)))
