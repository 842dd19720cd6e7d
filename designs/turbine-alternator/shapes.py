# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Outlines and small solids that several parts share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from build123d import Align, Cylinder, Pos

from csmkit import Outline, Region, prism

UP = (Align.CENTER, Align.CENTER, Align.MIN)
Point = tuple[float, float]


def holes(points: Iterable[Point], diameter: float) -> tuple[Outline, ...]:
    """Round holes."""
    return tuple(Outline.circle(x, y, diameter) for x, y in points)


def plate(outline: Outline, cut: Iterable[Outline], thickness: float) -> Any:
    """A flat part with holes."""
    return prism(Region(outline, tuple(cut)), thickness)


def ring(outer: float, inner: float, low: float, high: float) -> Any:
    """A ring about z; radii."""
    solid = Pos(0, 0, low) * Cylinder(outer, high - low, align=UP)
    return solid - Pos(0, 0, low) * Cylinder(inner, high - low, align=UP) if inner > 0 else solid


def grown(points: Sequence[Point], radius: float) -> Outline:
    """A convex outline, counter-clockwise, grown by a radius: its corners become arcs."""
    vertices = []
    for i, (x, y) in enumerate(points):
        before, after = points[i - 1], points[(i + 1) % len(points)]
        a, b = _normal(before, (x, y)), _normal((x, y), after)
        turn = math.remainder(math.atan2(b[1], b[0]) - math.atan2(a[1], a[0]), 2 * math.pi)
        vertices += [
            (x + radius * a[0], y + radius * a[1], math.tan(turn / 4)),
            (x + radius * b[0], y + radius * b[1], 0.0),
        ]
    return Outline(tuple(vertices))


def shrunk(points: Sequence[Point], distance: float) -> list[Point]:
    """Corners of a convex outline, counter-clockwise, after its sides have moved inwards."""
    result = []
    for i, (x, y) in enumerate(points):
        a, b = _normal(points[i - 1], (x, y)), _normal((x, y), points[(i + 1) % len(points)])
        share = distance / (1 + a[0] * b[0] + a[1] * b[1])
        result.append((x - share * (a[0] + b[0]), y - share * (a[1] + b[1])))
    return result


def _normal(p: Point, q: Point) -> Point:
    """Outward, of the side from p to q."""
    length = math.dist(p, q)
    return ((q[1] - p[1]) / length, (p[0] - q[0]) / length)
