# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Where a part stands: rigid motions in space, whatever CAD library wrote them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Pose:
    """A rigid motion. `Pose()` leaves things where they are; `a * b` does b, then a.

    Args:
        rows: three rows of four numbers, rotation and shift (mm); `Pose.at` writes them.
    Example:
        upright = Pose.at(0, 18, 0, rx=90)  # what was up looks to the front
        on_the_table = Pose.at(z=720) * upright
    """

    rows: tuple[tuple[float, float, float, float], ...] = (
        (1.0, 0.0, 0.0, 0.0),
        (0.0, 1.0, 0.0, 0.0),
        (0.0, 0.0, 1.0, 0.0),
    )

    @classmethod
    def at(
        cls,
        x: float = 0.0,
        y: float = 0.0,
        z: float = 0.0,
        *,
        rx: float = 0.0,
        ry: float = 0.0,
        rz: float = 0.0,
    ) -> Pose:
        """Turned about the fixed x, then y, then z axis (degrees), then shifted (mm)."""
        turn = cls._turn(2, rz) * cls._turn(1, ry) * cls._turn(0, rx)
        return cls(
            tuple((*row[:3], d) for row, d in zip(turn.rows, (float(x), float(y), float(z)), strict=True))
        )

    @classmethod
    def turned(cls, origin: Vector, axis: Vector, degrees: float) -> Pose:
        """The turn about an axis through a point, right-handed (Rodrigues' formula)."""
        size = math.hypot(*axis)
        x, y, z = (a / size for a in axis)
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        d = 1 - c
        turn = (
            (c + x * x * d, x * y * d - z * s, x * z * d + y * s),
            (y * x * d + z * s, c + y * y * d, y * z * d - x * s),
            (z * x * d - y * s, z * y * d + x * s, c + z * z * d),
        )
        there = [sum(t * p for t, p in zip(row, origin, strict=True)) for row in turn]
        return cls(tuple((*row, o - p) for row, o, p in zip(turn, origin, there, strict=True)))

    @classmethod
    def of(cls, location: Any) -> Pose:
        """From a build123d `Location`, a CadQuery `Location`, or a pose of our own.

        Raises: TypeError: it is none of them, or not rigid.
        """
        if isinstance(location, Pose):
            return location
        wrapped = getattr(location, "wrapped", None)
        if wrapped is None or not hasattr(wrapped, "Transformation"):
            raise TypeError(f"a pose is a Location or a csmkit.Pose, not {type(location).__name__}")
        matrix = wrapped.Transformation()
        if abs(matrix.ScaleFactor() - 1) > 1e-9:
            raise TypeError("a pose moves and turns; it does not scale or mirror")
        rows = tuple(tuple(float(matrix.Value(i, j)) for j in (1, 2, 3, 4)) for i in (1, 2, 3))
        return cls(rows)  # type: ignore[arg-type]

    @classmethod
    def _turn(cls, axis: int, degrees: float) -> Pose:
        c, s = round(math.cos(math.radians(degrees)), 15), round(math.sin(math.radians(degrees)), 15)
        a, b = [(1, 2), (2, 0), (0, 1)][axis]
        m = [[float(i == j) for j in range(4)] for i in range(3)]
        m[a][a], m[a][b], m[b][a], m[b][b] = c, -s, s, c
        return cls(tuple((r[0], r[1], r[2], r[3]) for r in m))

    def __mul__(self, inner: Pose) -> Pose:
        """First `inner`, then this one: the pose of a child within this frame."""
        rows = []
        for row in self.rows:
            turn = [sum(row[k] * inner.rows[k][j] for k in range(3)) for j in range(3)]
            rows.append((*turn, sum(row[k] * inner.rows[k][3] for k in range(3)) + row[3]))
        return Pose(tuple(rows))  # type: ignore[arg-type]

    def inverse(self) -> Pose:
        """The motion back."""
        turn = [[self.rows[j][i] for j in range(3)] for i in range(3)]
        shift = [-sum(turn[i][k] * self.rows[k][3] for k in range(3)) for i in range(3)]
        return Pose(tuple((*turn[i], shift[i]) for i in range(3)))  # type: ignore[misc]

    def point(self, p: Vector) -> Vector:
        """A point of the child's frame, in this frame, mm."""
        x, y, z = (sum(r[k] * p[k] for k in range(3)) + r[3] for r in self.rows)
        return (x, y, z)

    def direction(self, v: Vector) -> Vector:
        """A direction of the child's frame, in this frame."""
        x, y, z = (sum(r[k] * v[k] for k in range(3)) for r in self.rows)
        return (x, y, z)
