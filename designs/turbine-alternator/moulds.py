# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Moulds for stator and rotor, and the jig that sets the magnets: routed plywood.

Sheets are never as thick as a casting: a shallow pocket in the base makes up for the difference.
"""

from __future__ import annotations

import math
from typing import Any

from build123d import Location

from csmkit import CsmError, Kit, Outline, Part, Pose, Sheet, prism
from csmkit.model import Placed

from ..turbine_family.hardware import Piece, placed
from ..turbine_family.stack import Thread
from .discs import ISLAND
from .hardware import NUT, WASHER
from .layout import OVER_DISC, SPARE, Layout
from .shapes import Point, holes, plate

RIM = 50.0  # mm of plywood around a casting
BOLT = 8.0  # M8
BOLT_HOLE, M8_NUT, M8_WASHER = 9.0, 6.8, 1.6
BEYOND = 2.0  # mm of a bolt beyond its nut, at least
BASE = 18.5  # mm, thickest plywood of bases and lids
TOP_OF_ISLAND = 1.0  # mm that the island stands above the magnets, at least
JIG = 7.0  # mm, thickest plywood of the magnet jig
PLAY = 0.2  # mm per side between jig and magnet
BELOW = 20.0  # mm under a mould for the ends of bolts and rods: battens lie there
JIG_RIM = 20.0  # mm of plywood beyond the disc's rim
LENGTHS = (40, 45, 50, 55, 60, 65, 70, 80)  # ISO 4017 M8


def bolt_length(grip: float) -> int:
    """Length of an M8 bolt through `grip` mm with two washers and a nut."""
    need = grip + 2 * M8_WASHER + M8_NUT + BEYOND
    found = next((n for n in LENGTHS if n >= need), None)
    if found is None:
        raise CsmError(f"a mould {grip:.0f} mm thick wants bolts longer than {LENGTHS[-1]} mm")
    return found


def clamped(points: list[Point], low: float, high: float) -> list[Piece]:
    """M8 bolts from above through everything between two heights."""
    size = f"M8x{bolt_length(high - low)}"
    pieces = []
    for x, y in points:
        pieces += [
            Piece("ISO 4017", size, Pose.at(x, y, high + M8_WASHER)),
            Piece(WASHER, "M8", Pose.at(x, y, high)),
            Piece(WASHER, "M8", Pose.at(x, y, low - M8_WASHER)),
            Piece(NUT, "M8", Pose.at(x, y, low - M8_WASHER - M8_NUT)),
        ]
    return pieces


def square(half: float) -> Outline:
    """A square about the origin."""
    return Outline.rectangle(-half, -half, half, half)


def around(radius: float, count: int) -> list[Point]:
    """Bolts around a casting, none of them on an axis."""
    angles = [2 * math.pi * (i + 0.5) / count for i in range(count)]
    return [(radius * math.cos(a), radius * math.sin(a)) for a in angles]


def based(
    outline: Outline, cut: tuple[Outline, ...], sheet: Sheet, cleared: tuple[float, float, float]
) -> Any:
    """A base with a round pocket: outer and inner radius, depth; an inner radius of 0 clears all of it."""
    outer, inner, depth = cleared
    z = sheet.thickness - depth
    pocket = plate(
        Outline.circle(0, 0, 2 * outer), (Outline.circle(0, 0, 2 * inner),) if inner else (), depth
    )
    return plate(outline, cut, sheet.thickness) - pocket.moved(_up(z))


def stator_mould(at: Layout) -> Kit:
    """Base, surround, island and lid, closed as they are while the resin sets."""
    s, height = at.stack, at.sizes.stator
    base, mid = at.ply(BASE), at.ply(height - SPARE)
    half = s.stator_radius + RIM
    bolts = around(s.stator_radius + RIM / 2, 8)
    through = holes([*bolts, (0.0, 0.0)], BOLT_HOLE)
    pocket = (s.stator_radius, s.stator_bore, height - mid.thickness)
    lid = (*through, *holes(s.stator_points, s.stator_thread.hole))
    outside = Outline.circle(0, 0, 2 * s.stator_radius)
    top = base.thickness + mid.thickness
    pieces = clamped([*bolts, (0.0, 0.0)], 0.0, top + base.thickness)
    return Kit(
        Part("base", based(square(half), through, base, pocket), base).at(Pose()),
        Part("surround", plate(square(half), (outside, *holes(bolts, BOLT_HOLE)), mid.thickness), mid).at(
            Pose.at(z=base.thickness)
        ),
        Part(
            "island",
            plate(Outline.circle(0, 0, 2 * s.stator_bore), holes([(0.0, 0.0)], BOLT_HOLE), mid.thickness),
            mid,
        ).at(Pose.at(z=base.thickness)),
        Part("lid", plate(square(half), lid, base.thickness), base).at(Pose.at(z=top)),
        *placed(pieces),
        name="stator mould",
    )


def rotor_mould(at: Layout) -> Kit:
    """Base, surround and island; the island is bolted through the disc, which is not shown, into the base."""
    m, t = at.sizes.magnet.thickness, at.sizes.disc_thickness
    radius = at.sizes.disc / 2 + OVER_DISC
    base, mid = at.ply(BASE), at.ply(t + m - SPARE)
    island = thicker(at, m + TOP_OF_ISLAND)
    half, depth = radius + RIM, t + m - mid.thickness
    floor = base.thickness - depth
    bolts = around(radius + RIM / 2, 4)
    centre = [at.stack.hub_points[0], at.stack.hub_points[2]]
    pins = holes(centre, at.stack.thread.hole)
    base_cut = (*holes(bolts, BOLT_HOLE), *pins)
    outside = Outline.circle(0, 0, 2 * radius)
    inside = Outline.circle(0, 0, 2 * (at.magnet_start - ISLAND))
    return Kit(
        Part("base", based(square(half), base_cut, base, (radius, 0.0, depth)), base).at(Pose()),
        Part("surround", plate(square(half), (outside, *holes(bolts, BOLT_HOLE)), mid.thickness), mid).at(
            Pose.at(z=base.thickness)
        ),
        Part("island", plate(inside, pins, island.thickness), island).at(Pose.at(z=floor + t)),
        *placed(clamped(bolts, 0.0, base.thickness + mid.thickness)),
        pinned(at, centre, floor + t + island.thickness),
        name="rotor mould",
    )


def pinned(at: Layout, points: list[Point], top: float) -> Placed:
    """Threaded rods through island, disc and base; they borrow washers and nuts from the hub's studs."""
    t: Thread = at.stack.thread
    reach = t.washer + t.nut + BEYOND
    solid = prism(Outline.circle(0, 0, t.d), top + 2 * reach)
    rod = Part("rod", solid, at.shop.bar(f"threaded-rod-m{t.d:g}"), grain="z")
    return rod.at(*(Pose.at(x, y, -reach) for x, y in points))


def thicker(at: Layout, least: float) -> Sheet:
    """The thinnest birch plywood of at least this thickness, mm."""
    fits = [s for s in at.shop.sheets if s.material.key == "birch-ply" and s.thickness >= least]
    if not fits:
        raise CsmError(f"no birch plywood of {least:.1f} mm or more", remedy="add one to the workshop")
    return min(fits, key=lambda s: s.thickness)


def magnet_jig(at: Layout) -> tuple[Any, Sheet]:
    """A thin disc with a window for each magnet and holes for the hub's studs; and its sheet."""
    sheet, m = at.ply(JIG), at.sizes.magnet
    n = at.sizes.magnets
    window = windowed(
        at.magnet_start - PLAY, at.sizes.disc / 2 + PLAY, m.width / 2 + PLAY, at.shop.cutter / 2
    )
    windows = tuple(window.moved(angle=360 / n * i) for i in range(n))
    cut = (*windows, *holes(at.stack.hub_points, at.stack.thread.hole))
    return plate(Outline.circle(0, 0, at.sizes.disc + 2 * JIG_RIM), cut, sheet.thickness), sheet


def windowed(start: float, end: float, half: float, cutter: float) -> Outline:
    """A window along x; half circles in its ends clear its corners, so that its sides stay whole."""
    r = cutter + 0.05
    inner = half - 2 * r
    return Outline(
        (
            (start, -half, 0.0),
            (end, -half, 1.0),
            (end, -inner, 0.0),
            (end, inner, 1.0),
            (end, half, 0.0),
            (start, half, 1.0),
            (start, inner, 0.0),
            (start, -inner, 1.0),
        )
    )


def _up(z: float) -> Any:
    """A shift along z."""
    return Location((0, 0, z))
