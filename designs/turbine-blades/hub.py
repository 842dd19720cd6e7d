# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""The hub: ply disc behind and ply triangle in front of the roots, their screws, the holes of the studs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from csmkit import Bought, CsmError, Outline, Pose, Region, Workshop, prism
from csmkit.model import Placed

from .layout import ANGLES, CORNER, Layout
from .params import BY_ROTOR

Point = tuple[float, float]

EDGE = 12.0  # mm from a screw to an edge of ply or root: 2 d and more (EN 1995-1-1 table 8.2: 3 d, unloaded)
SCREWS = {9.0: 4.5, 12.0: 5.0, 15.0: 6.0, 18.0: 6.0}  # mm, by the ply's nominal thickness (assumed)
LENGTHS = (20, 25, 30, 35, 40, 50, 60, 70, 80)  # of DIN 7997
MORE = ((2400.0, 8), (3600.0, 12), (math.inf, 16))  # rotors up to so many mm, screws of a blade in each ply
SPACING = 3.0  # d between screws, predrilled (EN 1995-1-1 table 8.2)
APART = 2.0  # mm between the points of screws from both sides
PLAY = 0.5  # mm of a screw's hole in the ply over its thread


@dataclass(frozen=True)
class Screw:
    """The wood screw of both plies."""

    size: str
    d: float
    length: float
    head: float  # diameter


def screw(at: Layout, shop: Workshop) -> Screw:
    """As long as two of them, one from each side, have room in the root.

    Raises: CsmError: none is short enough.
    """
    d = SCREWS[at.fits.ply]
    room = at.ply.thickness + (at.plan.plank - APART) / 2
    for length in sorted(LENGTHS, reverse=True):
        size = f"{d:g}x{length}"
        if length <= room and any((b.standard, b.size) == ("DIN 7997", size) for b in shop.bought):
            row = shop.bought_row("DIN 7997", size)
            return Screw(size, d, length, row.dimension("head_diameter"))
    raise CsmError(
        f"no wood screw of {d:g} mm is shorter than {room:.0f} mm", remedy="choose a thicker plank"
    )


def per_ply(at: Layout) -> int:
    """Screws of one blade in one ply: eight, as in the published set of 2.3 m; larger rotors take more."""
    if at.p.screws != BY_ROTOR:
        return int(at.p.screws)
    return next(n for limit, n in MORE if at.plan.diameter <= limit)


def disc_points(at: Layout, s: Screw) -> tuple[Point, ...]:
    """Screws of one blade in the back disc, in its frame: half of them near the studs, half at the rim."""
    half, count = at.plan.root_width / 2 - EDGE, per_ply(at) // 2
    inner, rim = _beside_studs(at, s), at.rim - EDGE
    far = _spread(count, (0.67 if count == 4 else 0.8) * min(half, 0.8 * rim))
    near = _inner_row(inner, min(half, math.sqrt(rim**2 - inner**2)), count)
    return _spaced(s, (*near, *((math.sqrt(rim**2 - y**2), y) for y in far)))


def triangle_points(at: Layout, s: Screw) -> tuple[Point, ...]:
    """Screws of one blade in the front triangle: half of them near the studs, pairs towards the corner."""
    inner, tip, pairs = _beside_studs(at, s), 2 * s.d, per_ply(at) // 4
    slanted = EDGE / math.cos(math.radians(30))
    last = at.fits.corner_radius - (tip + slanted) / math.tan(math.radians(30))

    def room(x: float) -> float:
        return min(at.plan.root_width / 2 - EDGE, _half_triangle(at, x) - slanted)

    rows = [inner + (last - inner) * k / pairs for k in range(1, pairs + 1)]
    wide = [(x, max(0.67 * room(x), tip)) for x in rows[:-1]] + [(last, tip)]
    near = _inner_row(inner, room(inner), 2 * pairs)
    return _spaced(s, (*near, *((x, sign * y) for x, y in wide for sign in (-1, 1))))


def back_disc(at: Layout, s: Screw) -> Any:
    """The disc that the blades are screwed to, lying on the studs' seats."""
    holes = [*_stud_holes(at), *_screw_holes(at, s, disc_points(at, s))]
    return prism(Region(Outline.circle(0, 0, 2 * at.rim), tuple(holes)), at.ply.thickness)


def front_triangle(at: Layout, s: Screw) -> Any:
    """The plate in front of the roots, its corners along the blades: there it leaves the wedges free."""
    outline = _rounded_triangle(at.fits.corner_radius, CORNER)
    holes = [*_stud_holes(at), *_screw_holes(at, s, triangle_points(at, s))]
    return prism(Region(outline, tuple(holes)), at.ply.thickness)


def root_holes(at: Layout, blade: int) -> tuple[Outline, ...]:
    """Holes of the studs that pass through one blade's root, in its own frame."""
    back = at.pose(blade, 0.0).inverse()
    points = [back.point((x, y, 0.0)) for x, y in at.stack.hub_points]
    hole = at.stack.thread.hole
    return tuple(Outline.circle(x, y, hole) for x, y, _ in points if x > -hole)


def hardware(at: Layout, s: Screw) -> list[Placed]:
    """Screws from both sides; washer and lock nut on each stud in front."""
    behind = [_turned(at, k, p) for k in range(len(ANGLES)) for p in disc_points(at, s)]
    front = triangle_points(at, s)
    before = [at.pose(k, at.front_z) * Pose.at(x, y) for k in range(len(ANGLES)) for x, y in front]
    thread, z = at.stack.thread, at.front_z
    points = at.stack.hub_points
    return [
        Bought("DIN 7997", s.size).at(behind, before),
        Bought("ISO 7093-1", thread.name).at([Pose.at(x, y, z) for x, y in points]),
        Bought("ISO 10511", thread.name).at([Pose.at(x, y, z + thread.large_washer) for x, y in points]),
    ]


def _turned(at: Layout, blade: int, point: Point) -> Pose:
    """A screw from behind: its head lies flush in the back disc's rear face, its shank points upwind."""
    x, y = point
    return at.pose(blade, 0.0) * Pose.at(x, y, rx=180)


def _beside_studs(at: Layout, s: Screw) -> float:
    """Radius at which a screw's head clears the studs' washers."""
    washer = 37.0 if at.stack.thread.d > 10 else 30.0  # mm, ISO 7093-1
    return at.stack.hub.circle / 2 + washer / 2 + s.head / 2 + 1.0


def _inner_row(x: float, half: float, count: int) -> list[Point]:
    """Beside the studs, clear of the joint between two roots; `half` is the room on each side."""
    joint = (x * math.sin(math.radians(60)) - EDGE) / math.cos(math.radians(60))
    return [(x, y) for y in _spread(count, min(half, joint))]


def _spaced(s: Screw, points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The same points. Raises: CsmError: they are so near to each other that the root splits."""
    nearest = min(math.dist(p, q) for p, q in combinations(points, 2))
    if nearest < SPACING * s.d:
        raise CsmError(
            f"{len(points)} screws of {s.d:g} mm have {nearest:.0f} mm between them in a root,"
            f" they need {SPACING * s.d:.0f} mm",
            remedy="screws = by-rotor or fewer, or a narrower plank",
        )
    return points


def _spread(count: int, most: float) -> list[float]:
    """Evenly from -most to most."""
    return [most * (2 * k / (count - 1) - 1) for k in range(count)]


def _half_triangle(at: Layout, x: float) -> float:
    """Half of the triangle's width at a distance from the middle along a blade."""
    return (at.fits.corner_radius - x) * math.tan(math.radians(30))


def _stud_holes(at: Layout) -> list[Outline]:
    return [Outline.circle(x, y, at.stack.thread.hole) for x, y in at.stack.hub_points]


def _screw_holes(at: Layout, s: Screw, points: tuple[Point, ...]) -> list[Outline]:
    placed = [at.pose(k, 0.0).point((x, y, 0.0)) for k in range(len(ANGLES)) for x, y in points]
    return [Outline.circle(x, y, s.d + PLAY) for x, y, _ in placed]


def _rounded_triangle(corner: float, radius: float) -> Outline:
    """Corners along the blades; each is an arc of 120 degrees."""
    vertices = []
    bulge = math.tan(math.radians(120 / 4))
    for angle in ANGLES:
        middle = corner - 2 * radius
        for turn, b in ((-60.0, bulge), (60.0, 0.0)):
            x = middle * math.cos(math.radians(angle)) + radius * math.cos(math.radians(angle + turn))
            y = middle * math.sin(math.radians(angle)) + radius * math.sin(math.radians(angle + turn))
            vertices.append((x, y, b))
    return Outline(tuple(vertices))
