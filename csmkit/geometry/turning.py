# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""At which angles the surfaces of things that turn come to those of things at rest.

Each point runs on a circle about the axis. On a grid of such circles the faces of both are looked for; where
a face that goes ahead comes to one that stands in its way follows from their angles. So nothing that is
thicker than the grid is jumped over, however large the turn, and no position between need be tried.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csmkit.geometry.directions import unit
from csmkit.model.pose import Vector

GRID = 2.0  # mm between two circles, along the axis and away from it
MOST = 400  # circles along the axis or away from it, at most: beyond that the grid is wider
GRAZING = 1.2  # margin for facets of a round face about the axis: circles cross them, but nothing meets there

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Zone:
    """Where circles are looked at: radii and heights along the axis, mm."""

    inner: float
    outer: float
    low: float
    high: float

    @property
    def radii(self) -> Floats:
        """Radii of the circles, mm."""
        return _middles(self.inner, self.outer)

    @property
    def heights(self) -> Floats:
        """Heights of the circles along the axis, mm."""
        return _middles(self.low, self.high)


@dataclass(frozen=True)
class Crossings:
    """Where circles go through faces, sorted by circle."""

    circle: Ints  # number of the circle
    angle: Floats  # rad
    leaves: NDArray[np.bool_]  # the circle, run with growing angle, comes out of the thing


def contacts(
    moving: Floats,
    resting: Floats,
    axis: tuple[Vector, Vector],
    zone: Zone,
    turn: float,
    deviation: float,
) -> tuple[Floats, Floats]:
    """Turns at which a face of what moves comes to a face in its way.

    Args:
        moving: (n, 3, 3) corners of triangles as they lie before the turn, mm, wound outward.
        resting: (m, 3, 3), likewise.
        axis: a point of it and its direction.
        turn: of the whole motion, rad; negative turns the other way.
        deviation: mm between triangles and the faces that they stand for.
    Returns: turns from 0 to the whole one, rad, and the radii at which the faces meet, mm.
    """
    ahead = crossings(moving, axis, zone, deviation)
    behind = crossings(resting, axis, zone, deviation)
    sense = 1.0 if turn >= 0 else -1.0
    mine = ahead.leaves if sense > 0 else ~ahead.leaves
    theirs = ~behind.leaves if sense > 0 else behind.leaves
    circle, angle = ahead.circle[mine], ahead.angle[mine]
    others, standing = behind.circle[theirs], behind.angle[theirs]
    first = np.searchsorted(others, circle, side="left")
    one, other = _each(first, np.searchsorted(others, circle, side="right") - first)
    way = np.mod(sense * (standing[other] - angle[one]), 2 * math.pi)
    met = way <= abs(turn)
    return sense * way[met], zone.radii[circle[one][met] % len(zone.radii)]


def crossings(corners: Floats, axis: tuple[Vector, Vector], zone: Zone, deviation: float) -> Crossings:
    """Where the circles of a zone go through triangles.

    Args:
        corners: (n, 3, 3), mm, wound outward.
        deviation: mm; faces that are crossed no more steeply than facets of a round face are left out.
    """
    placed = (corners - np.array(axis[0])) @ _frame(axis[1]).T
    normals = np.cross(placed[:, 1] - placed[:, 0], placed[:, 2] - placed[:, 0])
    length = np.linalg.norm(normals, axis=1)
    placed, normals = placed[length > 0], normals[length > 0] / length[length > 0, None]
    starts, ends, face, level = _slices(placed, zone.heights)
    points, line, ring = _circles_through(starts, ends, zone.radii)
    radii = zone.radii[ring]
    steep = (normals[face[line], 1] * points[:, 0] - normals[face[line], 0] * points[:, 1]) / radii
    kept = np.abs(steep) > GRAZING * np.sqrt(2 * deviation / np.maximum(radii, 2 * deviation))
    circle = level[line][kept] * len(zone.radii) + ring[kept]
    order = np.argsort(circle, kind="stable")
    angle = np.arctan2(points[kept, 1], points[kept, 0])
    return Crossings(circle[order], angle[order], (steep[kept] > 0)[order])


def _slices(placed: Floats, heights: Floats) -> tuple[Floats, Floats, Ints, Ints]:
    """Triangles cut at heights: (k, 2) starts and ends of the lines, their triangles, their heights."""
    z = placed[:, :, 2]
    first = np.searchsorted(heights, z.min(axis=1), side="left")
    count = np.searchsorted(heights, z.max(axis=1), side="left") - first
    face, level = _each(first, count)
    at = heights[level]
    above = z[face] > at[:, None]
    lone = np.where(above.sum(axis=1) == 1, above.argmax(axis=1), (~above).argmax(axis=1))
    tip = placed[face, lone]
    lines = []
    for step in (1, 2):
        foot = placed[face, (lone + step) % 3]
        share = (at - tip[:, 2]) / (foot[:, 2] - tip[:, 2])
        lines.append(tip[:, :2] + share[:, None] * (foot - tip)[:, :2])
    return lines[0], lines[1], face, level


def _circles_through(starts: Floats, ends: Floats, radii: Floats) -> tuple[Floats, Ints, Ints]:
    """Where circles about the origin cross lines: (k, 2) points, numbers of the lines and of the radii."""
    way = ends - starts
    square = np.maximum((way**2).sum(axis=1), 1e-18)
    nearest = np.clip(-(starts * way).sum(axis=1) / square, 0.0, 1.0)
    middle = starts + nearest[:, None] * way
    found = []
    for end in (starts, ends):  # from the nearest point to either end the radius only grows
        near, far = np.linalg.norm(middle, axis=1), np.linalg.norm(end, axis=1)
        first = np.searchsorted(radii, near, side="left")
        line, ring = _each(first, np.searchsorted(radii, far, side="left") - first)
        a, b = middle[line], (end - middle)[line]
        bb, ab = (b**2).sum(axis=1), (a * b).sum(axis=1)
        over = (a**2).sum(axis=1) - radii[ring] ** 2
        share = (-ab + np.sqrt(np.maximum(ab**2 - bb * over, 0.0))) / np.maximum(bb, 1e-18)
        found.append((a + share[:, None] * b, line, ring))
    points, lines, rings = zip(*found, strict=True)
    return np.concatenate(points), np.concatenate(lines), np.concatenate(rings)


def _each(first: Ints, count: Ints) -> tuple[Ints, Ints]:
    """All pairs of an item with each number of its range: numbers of the items, numbers in the ranges."""
    count = np.maximum(count, 0)
    item = np.repeat(np.arange(len(count)), count)
    return item, np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + first[item]


def _middles(low: float, high: float) -> Floats:
    """Middles of equal pieces of a span, no longer than the grid."""
    count = min(max(math.ceil((high - low) / GRID), 1), MOST)
    return low + (np.arange(count) + 0.5) * (high - low) / count


def _frame(way: Vector) -> Floats:
    """(3, 3) rows: two directions square to an axis and the axis, right-handed."""
    z = np.array(unit(way))
    x = np.cross(z, np.eye(3)[np.argmin(np.abs(z))])
    x /= np.linalg.norm(x)
    return np.array([x, np.cross(z, x), z])
