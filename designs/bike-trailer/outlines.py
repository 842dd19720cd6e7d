# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Outlines that several parts use: polygons with rounded corners, slots with round ends, solids from them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from csmkit import CsmError, Outline, Region, prism

Corner = tuple[float, float] | tuple[float, float, float]  # x, y, and the radius of the corner; mm


def rounded(corners: Sequence[Corner]) -> Outline:
    """A polygon whose corners are rounded by true arcs.

    Args:
        corners: counter-clockwise, mm; a third number is the corner's radius.
    Raises: CsmError: two roundings take more than the side between them.
    """
    n = len(corners)
    vertices: list[tuple[float, float, float]] = []
    for i, corner in enumerate(corners):
        before, after = corners[i - 1], corners[(i + 1) % n]
        vertices += _corner(before[:2], corner, after[:2])
    taken = [_tangent(corners[i - 1][:2], c, corners[(i + 1) % n][:2]) for i, c in enumerate(corners)]
    for i, corner in enumerate(corners):
        j = (i + 1) % n
        side = math.dist(corner[:2], corners[j][:2])
        if taken[i] + taken[j] > side + 1e-6:
            raise CsmError(
                f"a side of {side:.1f} mm at ({corner[0]:.0f}, {corner[1]:.0f}) is below its two roundings",
                remedy="smaller radii",
                where=(corner[:2], corners[j][:2]),
            )
    ahead = [*vertices[1:], vertices[0]]
    return Outline(tuple(v for v, w in zip(vertices, ahead, strict=True) if math.dist(v[:2], w[:2]) > 1e-6))


def _angle(before: tuple[float, float], at: Corner, after: tuple[float, float]) -> float:
    """Turn at a corner, radians, positive to the left."""
    a = math.atan2(at[1] - before[1], at[0] - before[0])
    b = math.atan2(after[1] - at[1], after[0] - at[0])
    return (b - a + math.pi) % math.tau - math.pi


def _tangent(before: tuple[float, float], at: Corner, after: tuple[float, float]) -> float:
    radius = at[2] if len(at) == 3 else 0.0
    return radius * abs(math.tan(_angle(before, at, after) / 2))


def _corner(
    before: tuple[float, float], at: Corner, after: tuple[float, float]
) -> list[tuple[float, float, float]]:
    cut = _tangent(before, at, after)
    if cut == 0:
        return [(at[0], at[1], 0.0)]
    back, ahead = math.dist(before, at[:2]), math.dist(after, at[:2])
    start = (at[0] + (before[0] - at[0]) * cut / back, at[1] + (before[1] - at[1]) * cut / back)
    end = (at[0] + (after[0] - at[0]) * cut / ahead, at[1] + (after[1] - at[1]) * cut / ahead)
    return [(*start, math.tan(_angle(before, at, after) / 4)), (*end, 0.0)]


def obround(x: float, y: float, length: float, width: float) -> Outline:
    """A slot with round ends about (x, y), along x, mm."""
    a, r = (length - width) / 2, width / 2
    return Outline(((x - a, y - r, 0.0), (x + a, y - r, 1.0), (x + a, y + r, 0.0), (x - a, y + r, 1.0)))


def board(
    outline: Outline,
    thickness: float,
    holes: Iterable[Outline] = (),
    cuts: Iterable[Outline] = (),
    pockets: Iterable[tuple[Outline, float, bool]] = (),
) -> Any:
    """A sheet part that lies on z = 0.

    Args:
        outline: counter-clockwise, mm.
        thickness: mm.
        holes: through, within the outline, apart from one another.
        cuts: through; they may touch the edge or one another.
        pockets: outline, depth in mm, and whether it is cut from the upper face.
    """
    solid = prism(Region(outline, tuple(holes)), thickness)
    tools = [prism(cut, thickness) for cut in cuts]
    for pocket, depth, from_top in pockets:
        tools.append(_raised(prism(pocket, depth), thickness - depth if from_top else 0.0))
    return solid - tools if tools else solid


def _raised(solid: Any, z: float) -> Any:
    from build123d import Pos

    return Pos(0, 0, z) * solid
