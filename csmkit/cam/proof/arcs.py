# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Centres of arcs as G2 and G3 give them: by I and J, or by R."""

from __future__ import annotations

import math
from collections.abc import Mapping

from csmkit.model.outline import Point
from csmkit.model.pose import Vector


def read_center(
    start: Vector, end: Vector, words: Mapping[str, float], clockwise: bool, is_absolute: bool, limit: float
) -> tuple[Point | None, str]:
    """Centre of an arc, mm.

    Args:
        words: I, J, R as far as they are written, mm.
        is_absolute: I and J are coordinates (G90.1), not distances from the start.
        limit: largest difference between the radii at both ends, mm.
    Returns: the centre, None where there is none; what is wrong with the arc, "" if nothing.
    """
    if "R" in words:
        return _by_radius(start, end, words["R"], clockwise, limit)
    if not {"I", "J"} & words.keys():
        return None, "an arc without I, J or R"
    x, y = (0.0, 0.0) if is_absolute else start[:2]
    center = (x + words.get("I", 0.0), y + words.get("J", 0.0))
    first, last = math.dist(start[:2], center), math.dist(end[:2], center)
    if first < limit:
        return None, f"an arc of radius {first:.4f} mm"
    if abs(first - last) > limit + 1e-9:
        problem = f"an arc's radius is {first:.4f} mm at its start and {last:.4f} mm at its end"
        return center, f"{problem}: {abs(first - last):.4f} mm apart, at most {limit:g} mm"
    return center, ""


def _by_radius(
    start: Vector, end: Vector, radius: float, clockwise: bool, limit: float
) -> tuple[Point | None, str]:
    (x0, y0), (x1, y1) = start[:2], end[:2]
    chord = math.dist((x0, y0), (x1, y1))
    if chord == 0:
        return None, "an arc by its radius that ends where it begins"
    if chord > 2 * abs(radius) + limit:
        return None, f"an arc of radius {abs(radius):.4f} mm over a chord of {chord:.4f} mm"
    reach = math.sqrt(max(radius**2 - chord**2 / 4, 0.0)) / chord
    side = -reach if clockwise == (radius > 0) else reach  # a negative R takes the long way
    return ((x0 + x1) / 2 - side * (y1 - y0), (y0 + y1) / 2 + side * (x1 - x0)), ""


def full_turn(start: Vector, end: Vector, center: Point) -> Vector:
    """Where a full circle is half done."""
    return (2 * center[0] - start[0], 2 * center[1] - start[1], (start[2] + end[2]) / 2)
