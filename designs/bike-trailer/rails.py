# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""The upright plates that hold the wheels: rails inside, fork plates outside. Frame: x, and z as y."""

from __future__ import annotations

import math
from typing import Any

from csmkit import Outline, Pose, joints

from .fits import Fits
from .layout import BEAM_END, DROPOUT, MID_X, SLACK, Layout
from .outlines import Corner, board, obround, rounded

AXLE = 9.0  # mm, diameter of the axle: the wheel's row
WASHER_POCKET = 32.0  # mm; an M10 large washer is 30 mm wide
BOSS = 75.0  # mm, half length of the lower edge's straight below the axle
GUARD = 12.0  # mm by which the rail covers the tyre


def rail(at: Layout, fits: Fits, inner_face_up: bool) -> Any:
    """Side of the bed and inner fork plate in one; the axle's pocket is on its inner face."""
    return board(
        rounded([*_lower_edge(at), *_upper_edge(at)]),
        at.frame.thickness,
        holes=[*_beam_slots(at, fits), *_bed_slots(at, fits), *_wall_slots(at, fits), *_lashing(at)],
        pockets=[_axle_pocket(at, inner_face_up)],
    )


def fork_plate(at: Layout, fits: Fits, holes: list[Outline]) -> Any:
    """Outer plate of a wheel, hung between the ends of both wheel beams; its pocket is on the lower face."""
    end = at.beam_x + at.frame.thickness / 2 + 26.0
    corners: list[Corner] = [(-end, at.rail_low, 24.0), *_boss(at), (end, at.rail_low, 24.0)]
    slots = []
    for x in (-at.beam_x, at.beam_x):
        line = ((x, at.beam_low), (x, at.beam_low + BEAM_END))
        slots += [joints.on_edge(o, *line) for o in (*fits.beam_fork.slots, *fits.beam_fork.slot_holes)]
    return board(
        rounded([*corners, (end, at.fork_top, 30.0), *_crown(at), (-end, at.fork_top, 30.0)]),
        at.frame.thickness,
        holes=[*slots, *holes],
        pockets=[_axle_pocket(at, from_top=False)],
    )


def rail_poses(at: Layout) -> tuple[Pose, Pose]:
    """Left and right: the modelled lower face looks to the left."""
    return Pose.at(0, at.half + at.frame.thickness, 0, rx=90), Pose.at(0, -at.half, 0, rx=90)


def fork_poses(at: Layout) -> tuple[Pose, Pose]:
    """Left and right fork plate: the modelled lower face looks outwards."""
    return Pose.at(0, at.fork_y, 0, rx=90), Pose.at(0, -at.fork_y, 0, rx=90, rz=180)


def _boss(at: Layout) -> list[Corner]:
    """The lower edge below the axle, from rear to front, with the dropout."""
    half = AXLE / 2 + SLACK
    top = at.radius + AXLE / 2  # the axle bears on the slot's end
    slot: list[Corner] = [
        (-half, at.boss_low, 3.0),
        (-half, top, half),
        (half, top, half),
        (half, at.boss_low, 3.0),
    ]
    fall = at.rail_low - at.boss_low
    if fall < 6.0:
        return slot
    run = BOSS + max(1.2 * fall, 40.0)
    low, high = at.boss_low, at.rail_low
    return [(-run, high, 60.0), (-BOSS, low, 60.0), *slot, (BOSS, low, 60.0), (run, high, 60.0)]


def _crown(at: Layout) -> list[Corner]:
    """The fork plate's upper edge rises over the axle."""
    rise = at.crown - at.fork_top
    if rise < 6.0:
        return []
    foot = at.beam_x - 25.0
    return [
        *((foot, at.fork_top, 60.0), (BOSS, at.crown, 180.0)),
        *((-BOSS, at.crown, 180.0), (-foot, at.fork_top, 60.0)),
    ]


def _lower_edge(at: Layout) -> list[Corner]:
    """From the rear end to the front end; the ends rise like a sledge's."""
    beams = [-at.beam_x, at.beam_x, *at.end_beams]
    rear, front = min(beams) - 36.0, max(beams) + 36.0
    rise = at.bed_z - 25.0
    return [
        (at.rear_x, rise, 12.0),
        (rear, at.rail_low, 25.0),
        *_boss(at),
        (front, at.rail_low, 25.0),
        (at.front_x, rise, 12.0),
    ]


def rail_crown(at: Layout) -> float:
    """Upper edge of the rail at the axle: that of the sides, or of the arch over a wheel that is higher."""
    return at.rail_top if _arch_slope(at) is None else 2 * at.radius + GUARD


def _arch_slope(at: Layout) -> float | None:
    """Angle at which the arch's flanks leave its circle, radians; None if the sides cover the tyre."""
    above = (at.rail_top - at.radius + 30.0) / (at.radius + GUARD)
    return None if above > 0.97 else math.asin(max(above, 0.5))


def _upper_edge(at: Layout) -> list[Corner]:
    """From the front end to the rear end, with an arch over a wheel that is higher than the sides."""
    top, radius, slope = at.rail_top, at.radius + GUARD, _arch_slope(at)
    front, rear = (at.front_x, top, 14.0), (at.rear_x, top, 14.0)
    if slope is None:
        return [front, rear]
    foot = (radius - (top - at.radius) * math.sin(slope)) / math.cos(slope)
    crown = radius * (1 - math.sin(slope)) / math.cos(slope)
    high = rail_crown(at)
    return [
        *(front, (foot, top, 30.0), (crown, high, radius)),
        *((-crown, high, radius), (-foot, top, 30.0), rear),
    ]


def _axle_pocket(at: Layout, from_top: bool) -> tuple[Outline, float, bool]:
    """Round the axle, for its washer: a washer in its pocket holds the wheel even with a loose nut."""
    circle = Outline.circle(0.0, at.radius, WASHER_POCKET)
    return circle, at.frame.thickness - DROPOUT, from_top


def _beam_slots(at: Layout, fits: Fits) -> list[Outline]:
    half = joints.slot_width(at.frame, joints.GLUE) / 2
    air = joints.GLUE.clearance
    low, high = at.beam_low - air, at.beam_low + BEAM_END + air
    through = [
        joints.slot(x - half, low, x + half, high, at.cutter, name="beam in rail")
        for x in (-at.beam_x, at.beam_x)
    ]
    blind = [
        joints.on_edge(o, (x, at.middle_low), (x, at.bed_z))
        for x in (MID_X, *at.end_beams)
        for o in fits.beam_rail.slots
    ]
    return through + blind


def _bed_slots(at: Layout, fits: Fits) -> list[Outline]:
    z = at.bed_z + at.bed.thickness / 2
    joint = fits.rail_bed
    return [joints.on_edge(o, (at.rear_x, z), (at.front_x, z)) for o in (*joint.slots, *joint.slot_holes)]


def _wall_slots(at: Layout, fits: Fits) -> list[Outline]:
    if not at.has_walls:
        return []
    joint = fits.wall_rail
    middles = [x + at.bed.thickness / 2 for x in at.wall_x]
    return [
        joints.on_edge(o, (x, at.floor_z), (x, at.floor_z + at.p.side_height))
        for x in middles
        for o in (*joint.slots, *joint.slot_holes)
    ]


def _lashing(at: Layout) -> list[Outline]:
    """Slots for straps along the upper edge."""
    z = at.rail_top - (22.0 if at.rail_top - at.floor_z > 60 else 18.0)
    shares = (0.16, 0.39, 0.61, 0.84)
    return [obround(at.rear_x + s * at.length, z, 36.0, 12.0) for s in shares]
