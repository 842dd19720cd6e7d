# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Solids that several parts share."""

from __future__ import annotations

import math
from typing import Any

from build123d import Align, Cylinder, Pos

from csmkit import Bar, Outline, Pose

UP = (Align.CENTER, Align.CENTER, Align.MIN)
Point = tuple[float, float]
CLIP = 15.0  # mm cut off the brace's corner: the weld around the boom passes there


def pipe(bar: Bar, low: float, high: float) -> Any:
    """A pipe about z."""
    return Pos(0, 0, low) * (_rod(bar.width / 2, high - low) - _rod(bar.width / 2 - bar.wall, high - low))


def upright(inner: Pose, y: float) -> Pose:
    """From a plate's own frame into one where its outline lies in x and z, its face that looks to +y at y."""
    return inner * Pose.at(y=y, rx=90)


def rounded(x0: float, y0: float, x1: float, y1: float, radius: float) -> Outline:
    """A rectangle with round corners."""
    r, bend = radius, math.tan(math.pi / 8)
    sides = (
        ((x0 + r, y0), (x1 - r, y0)),
        ((x1, y0 + r), (x1, y1 - r)),
        ((x1 - r, y1), (x0 + r, y1)),
        ((x0, y1 - r), (x0, y0 + r)),
    )
    vertices = [v for a, b in sides for v in ((*a, 0.0), (*b, bend))]
    return Outline(tuple(vertices))


def capsule(p: Point, q: Point, width: float) -> Outline:
    """A slot's outline from p to q."""
    length = math.dist(p, q)
    ux, uy = (q[0] - p[0]) / length * width / 2, (q[1] - p[1]) / length * width / 2
    return Outline(
        (
            (p[0] + uy, p[1] - ux, 0.0),
            (q[0] + uy, q[1] - ux, 1.0),
            (q[0] - uy, q[1] + ux, 0.0),
            (p[0] - uy, p[1] + ux, 1.0),
        )
    )


def _rod(radius: float, length: float) -> Any:
    return Cylinder(radius, length, align=UP)
