# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""The drawbar, its neck to the hitch, the parking prop, and what bolts them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from build123d import Box, Cylinder, Location, Pos, Rot

from csmkit import Bought, Outline, Pose, Workshop

from .beams import cheek_bolts, cheek_y
from .hardware import Piece, along, bolted
from .layout import HITCH_ARM, HITCH_Y, MID_X, Layout
from .outlines import board, rounded

M8, M6 = 9.0, 6.6  # mm, clearance holes: ISO 273 medium
BAR_TAIL = 34.0  # mm of drawbar behind the last beam that holds it
NECK_BOLTS = (150.0, 230.0)  # mm behind the hitch
HITCH_BOLTS = (15.0, 55.0)  # mm behind the hitch: 40 mm apart, the coupling's row
PROP_AHEAD = 40.0  # mm from the bed to the prop's pivot
PROP_LOCK = 45.0  # mm from the pivot to the locking bolt
FOOT_AIR = 3.0  # mm between the prop's foot and the ground with the bed level


def bar(at: Layout, has_prop: bool) -> Any:
    """The drawbar, its length along x from 0; holes drilled across and upright."""
    width, height, wall = at.bar.width, at.bar.height, at.bar.wall
    x0, x1 = bar_span(at)
    solid: Any = Pos((x1 - x0) / 2, 0, 0) * Box(x1 - x0, width, height)
    if wall:
        solid -= Pos((x1 - x0) / 2, 0, 0) * Box(x1 - x0, width - 2 * wall, height - 2 * wall)
    across = [(x, M8) for x in cheek_bolts(at)]
    if has_prop:
        across += [(prop_x(at), M8), (prop_x(at) + PROP_LOCK, M8)]
    drills = [Pos(x - x0, 0, 0) * Rot(90, 0, 0) * Cylinder(d / 2, 2 * width) for x, d in across]
    drills += [Pos(x - x0, 0, 0) * Cylinder(M8 / 2, 2 * height) for x in _neck_x(at)]
    return solid - drills


def bar_span(at: Layout) -> tuple[float, float]:
    """Rear and front end of the drawbar."""
    return MID_X - at.frame.thickness / 2 - BAR_TAIL, at.hitch_x - NECK_BOLTS[0] + 30.0


def bar_pose(at: Layout) -> Pose:
    """Where the drawbar lies."""
    return Pose.at(bar_span(at)[0], at.bar_y, at.bar_z)


def neck(at: Layout) -> Any:
    """One layer of the neck, from the drawbar inwards to the hitch; frame: x, y from the hitch's middle."""
    y = at.bar_y - HITCH_Y
    tail = -NECK_BOLTS[1] - 28.0
    outline = rounded(
        [
            *((tail, y - 28.0, 22.0), (-64.0, -24.0, 40.0), (-3.0, -24.0, 14.0), (-3.0, 24.0, 14.0)),
            *((-NECK_BOLTS[0] + 26.0, y + 28.0, 30.0), (tail, y + 28.0, 22.0)),
        ]
    )
    holes = [Outline.circle(-x, y, M8) for x in NECK_BOLTS]
    holes += [Outline.circle(-x, 0.0, M6) for x in HITCH_BOLTS]
    return board(outline, at.frame.thickness, holes)


def neck_poses(at: Layout) -> tuple[Pose, Pose]:
    """Both layers, the one on the drawbar first."""
    t, half = at.frame.thickness, at.bar.height / 2
    lows = (half, half + t) if at.neck_over else (-half - t, -half - 2 * t)
    return (
        Pose.at(at.hitch_x, HITCH_Y, at.bar_z + lows[0]),
        Pose.at(at.hitch_x, HITCH_Y, at.bar_z + lows[1]),
    )


def prop_x(at: Layout) -> float:
    """The prop's pivot."""
    return at.front_x + PROP_AHEAD


def prop(at: Layout) -> Any:
    """The parking prop, folded forward along the drawbar; frame: x, and z as y, from the pivot."""
    side, reach, lobe = at.bar.height / 2 - 2.5, at.bar_z - FOOT_AIR, PROP_LOCK + 16.0
    outline = rounded(
        [
            *((-22.0, -side, 14.0), (reach, -side, 14.0), (reach, side, 14.0), (22.0, side, 16.0)),
            *((22.0, lobe, 15.0), (-22.0, lobe, 15.0)),
        ]
    )
    turning = ((0.0, 0.0), (PROP_LOCK, 0.0), (0.0, PROP_LOCK))
    holes = [Outline.circle(x, y, M8) for x, y in turning]
    return board(outline, at.frame.thickness, holes)


def prop_pose(at: Layout) -> Pose:
    """Folded up for riding, on the drawbar's left face."""
    return Pose.at(prop_x(at), at.bar_y + at.bar.width / 2 + at.frame.thickness, at.bar_z, rx=90)


def hitch() -> Any:
    """Stand-in for the coupling: square arm, joint, and the half that stays on the bicycle's axle."""
    arm = Pos(-35, 0, 0) * Box(70, HITCH_ARM, HITCH_ARM)
    arm -= [Pos(-x, 0, 0) * Cylinder(M6 / 2, 60) for x in HITCH_BOLTS]
    ball = Pos(10, 0, 0) * Cylinder(11, 26)
    axle_half = Pos(10, -18, 0) * Rot(90, 0, 0) * Cylinder(7, 22)
    plate = Pos(10, -31, 0) * (Box(36, 4, 50) - Pos(0, 0, 14) * Rot(90, 0, 0) * Cylinder(5.1, 20))
    return arm + ball + axle_half + plate


def strap() -> Any:
    """Stand-in for the safety strap, wound up on the drawbar."""
    return Box(50, 38, 10) - Box(34, 30, 20)


def hitch_pieces(at: Layout) -> tuple[Any, ...]:
    """Coupling and safety strap in their places."""
    away = at.bar.height / 2 + 5.0
    strap_z = at.bar_z + (-away if at.neck_over else away)
    return (
        Bought("trailer hitch", "axle-mount", hitch()).at(Pose.at(at.hitch_x, HITCH_Y, at.tow_radius)),
        Bought("safety strap", "25x800", strap()).at(Location((at.hitch_x - 190.0, at.bar_y, strap_z))),
    )


def drawbar_hardware(at: Layout, shop: Workshop, has_prop: bool) -> Iterator[Piece]:
    """Bolts of cheeks, neck, hitch and prop."""
    t = at.frame.thickness
    right, left = cheek_y(at)
    for x in cheek_bolts(at):
        surface = (x, right - t, at.bar_z)  # from the right: a narrow bed's rail is too near on the left
        yield from bolted(shop, "ISO 4014", 8.0, surface, (0, -1, 0), left - right + 2 * t)
    up = (0.0, 0.0, 1.0) if at.neck_over else (0.0, 0.0, -1.0)
    half = at.bar.height / 2
    for x in _neck_x(at):
        surface = along((x, at.bar_y, at.bar_z), up, half + 2 * t)
        yield from bolted(shop, "ISO 4014", 8.0, surface, up, at.bar.height + 2 * t)
    for x in HITCH_BOLTS:
        surface = along((at.hitch_x - x, HITCH_Y, at.tow_radius), up, HITCH_ARM / 2)
        yield from bolted(shop, "ISO 4014", 6.0, surface, up, HITCH_ARM + 2 * t)
    if has_prop:
        yield from _prop_hardware(at, shop)


def _prop_hardware(at: Layout, shop: Workshop) -> Iterator[Piece]:
    grip = at.bar.width + at.frame.thickness
    left = at.bar_y + at.bar.width / 2 + at.frame.thickness
    yield from bolted(shop, "ISO 4762", 8.0, (prop_x(at), left, at.bar_z), (0, 1, 0), grip)
    lock = (prop_x(at) + PROP_LOCK, at.bar_y - at.bar.width / 2, at.bar_z)
    *rest, nut = bolted(shop, "ISO 4762", 8.0, lock, (0, -1, 0), grip)
    yield from rest
    yield Piece("DIN 315", "M8", nut.pose)


def _neck_x(at: Layout) -> list[float]:
    return [at.hitch_x - x for x in NECK_BOLTS]
