# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Lights and reflectors on the faces of beams and fork plates: stand-ins, places, and the holes for them."""

from __future__ import annotations

from typing import Any

from build123d import Align, Box, Cylinder, Pos, fillet

from csmkit import Bought, Outline, Pose
from csmkit.model import Placed

from .layout import BEAM_END, Layout

STUD_HOLE = 6.0  # mm for M5 studs, at least; the usual cutter plunges it
NUT_POCKET = 16.0  # mm, for the studs' nuts, an 8 mm socket goes in
STUD_WOOD = 9.0  # mm of ply between reflector and nut: studs are 15 mm long
STUD_SPACING = 50.0  # mm between the two studs of light and red reflector: their rows
UP = (Align.CENTER, Align.CENTER, Align.MIN)
LIGHT_DROP = 60.0  # mm from the bed down to the lights' middle
Point = tuple[float, float]


def round_reflector() -> Any:
    """White or amber: 60 mm round, one stud."""
    return Cylinder(30, 8, align=UP) + _stud(0.0)


def red_reflector() -> Any:
    """Category Z, two studs."""
    return _softened(94, 44, 10) + _stud(STUD_SPACING / 2) + _stud(-STUD_SPACING / 2)


def rear_light() -> Any:
    """Red, two studs."""
    return _softened(80, 40, 30) + _stud(STUD_SPACING / 2) + _stud(-STUD_SPACING / 2)


def front_light() -> Any:
    """White, one stud."""
    return _softened(60, 40, 35) + _stud(0.0)


def front_beam_studs(at: Layout) -> list[Point]:
    """Holes in the front wheel beam, (y, z): white reflectors before the wheels."""
    return [_bay(at, 1), _bay(at, -1), *(light_studs(at, 0.0) if at.nose_x is None else [])]


def rear_beam_studs(at: Layout) -> list[Point]:
    """Holes in the rear wheel beam, (y, z): red reflectors behind the wheels."""
    reflectors = [(y + side * STUD_SPACING / 2, z) for y, z in _behind(at) for side in (-1, 1)]
    return [*reflectors, *(light_studs(at, STUD_SPACING) if at.tail_x is None else [])]


def light_studs(at: Layout, spacing: float) -> list[Point]:
    """Holes for a light on the beam at that end of the bed, (y, z): one, or two at a spacing."""
    y, z = _light(at)
    return [(y + side * spacing / 2, z) for side in (-1, 1)] if spacing else [(y, z)]


def fork_studs(at: Layout) -> list[Point]:
    """Holes in the fork plates, (x, z): an amber reflector at either end, between beam and wheel."""
    x = at.beam_x - 62.0
    return [(side * x, _bay(at, 1)[1]) for side in (-1, 1)]


def stud_holes(at: Layout, points: list[Point]) -> list[Outline]:
    """Through holes for the studs."""
    return [Outline.circle(x, y, max(STUD_HOLE, at.cutter)) for x, y in points]


def nut_pockets(at: Layout, points: list[Point], from_top: bool) -> list[tuple[Outline, float, bool]]:
    """Pockets for the studs' nuts, so that thick ply does not swallow the stud."""
    depth = at.frame.thickness - STUD_WOOD
    return [(Outline.circle(x, y, NUT_POCKET), depth, from_top) for x, y in points]


def lights(at: Layout) -> tuple[Placed, ...]:
    """All of them in their places."""
    half = at.frame.thickness / 2
    beam, nose = at.beam_x + half, (at.nose_x or at.beam_x) + half
    tail = (at.tail_x or -at.beam_x) - half
    ahead = [Pose.at(beam, y, z, rx=90, rz=90) for y, z in (_bay(at, 1), _bay(at, -1))]
    behind = [Pose.at(-beam, y, z, rx=90, rz=-90) for y, z in _behind(at)]
    y, z = _light(at)
    left = [Pose.at(x, at.fork_y, z, rx=-90) for x, z in fork_studs(at)]
    right = [Pose.at(x, -at.fork_y, z, rx=90) for x, z in fork_studs(at)]
    return (
        Bought("reflector", "white", round_reflector()).at(*ahead),
        Bought("front light", "battery", front_light()).at(Pose.at(nose, y, z, rx=90, rz=90)),
        Bought("reflector", "red", red_reflector()).at(*behind),
        Bought("rear light", "battery", rear_light()).at(Pose.at(tail, y, z, rx=90, rz=-90)),
        Bought("reflector", "amber", round_reflector()).at(*left, *right),
    )


def _behind(at: Layout) -> list[Point]:
    """Middles of the red reflectors, their studs below the fork plates' bolts."""
    low = at.beam_low + 24.0
    return [(at.wheel_y, low), (-at.wheel_y, low)]


def _bay(at: Layout, side: int) -> Point:
    """Middle of a wheel beam's face before or behind a wheel."""
    return side * at.wheel_y, at.beam_low + BEAM_END / 2


def _light(at: Layout) -> Point:
    """Middle of both lights, clear of the drawbar's window and of the beams' bolts."""
    return 0.0, at.bed_z - LIGHT_DROP


def _stud(x: float) -> Any:
    return Pos(x, 0, -15) * Cylinder(2.5, 15, align=UP)


def _softened(length: float, width: float, height: float) -> Any:
    box = Box(length, width, height, align=UP)
    return fillet(box.edges().filter_by(lambda e: abs(e.tangent_at(0).Z) > 0.9), 8)
