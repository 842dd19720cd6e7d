# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""The turning discs: steel, magnets on it, resin around them."""

from __future__ import annotations

from typing import Any

from build123d import Align, Box, Location, Pos, Rot

from csmkit import Outline, Pose

from ..turbine_family.stack import circle
from .layout import OVER_DISC, Layout
from .shapes import holes, plate, ring

ISLAND = 6.0  # mm between the magnets' inner ends and the resin's inner edge
TAPPED = {6.0: (10.0, 8.5), 10.0: (12.0, 10.2)}  # disc: thread of the jacking screws, hole to tap
MAGNETS = {"neodymium": "N40", "ferrite": "C8"}


def magnet_size(at: Layout) -> str:
    """Size of the bought magnet: "46x30x10 N40"."""
    m = at.sizes.magnet
    return f"{m.length:g}x{m.width:g}x{m.thickness:g} {MAGNETS[m.kind]}"


def jacking(at: Layout) -> tuple[float, float]:
    """Thread of the jacking screws, and the hole that is tapped for it: no less than the plate, mm."""
    nominal = min(TAPPED, key=lambda t: abs(t - at.sizes.disc_thickness))
    return TAPPED[nominal]


def jacking_points(at: Layout) -> tuple[tuple[float, float], ...]:
    """Midway between the studs, where the screws reach through the stator onto the back disc."""
    hub = at.stack.hub
    angles = tuple(a + 180 / hub.studs for a in at.stack.hub_angles)
    return circle(hub.circle / 2, angles)


def disc(at: Layout, is_front: bool) -> Any:
    """A disc lying on z = 0."""
    thread, hub = at.stack.thread, at.stack.hub
    cut = [Outline.circle(0, 0, hub.centre_hole), *holes(at.stack.hub_points, thread.hole)]
    if is_front:
        cut += holes(jacking_points(at), jacking(at)[1])
    return plate(Outline.circle(0, 0, at.sizes.disc), cut, at.sizes.disc_thickness)


def magnet(at: Layout) -> Any:
    """A magnet, its length along x, standing on z = 0."""
    m = at.sizes.magnet
    return Box(m.length, m.width, m.thickness, align=(Align.CENTER, Align.CENTER, Align.MIN))


def magnet_poses(at: Layout) -> list[Location]:
    """On a disc that lies on z = 0: the first points along x."""
    t, n = at.sizes.disc_thickness, at.sizes.magnets
    return [Rot(0, 0, 360 / n * i) * Pos(at.sizes.mean_radius, 0, t) for i in range(n)]


def casting(at: Layout) -> Any:
    """The resin: between the magnets as high as they are, and around the disc's rim."""
    t, top, radius = (
        at.sizes.disc_thickness,
        at.sizes.disc_thickness + at.sizes.magnet.thickness,
        at.sizes.disc / 2,
    )
    solid = ring(radius + OVER_DISC, radius, 0, t) + ring(
        radius + OVER_DISC, at.magnet_start - ISLAND, t, top
    )
    return solid - [pose * magnet(at) for pose in magnet_poses(at)]


def back() -> Pose:
    """Pose of the back disc and what is on it."""
    return Pose()


def front(at: Layout) -> Pose:
    """Pose of the front disc: turned over about x, so that its magnets face those of the back disc."""
    assert at.stack.front_disc is not None
    return Pose.at(0, 0, at.stack.front_disc[1], rx=180)
