# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""The stator: coils side by side in a ring of resin."""

from __future__ import annotations

import math
from typing import Any

from build123d import Pos, Rot

from csmkit import Outline, Pose, Region, prism

from ..turbine_family.coils import CLOTH, CORNER
from .layout import Layout
from .shapes import grown, holes, shrunk


def hole(at: Layout, less: float = 0.0) -> Outline:
    """The coil's hole, its ray along x from the rotor's axis; smaller by `less` all round."""
    return grown(shrunk(at.coil.corners, CORNER), CORNER - less)


def wound(at: Layout) -> Outline:
    """The coil's outside."""
    return grown(shrunk(at.coil.corners, CORNER), CORNER + at.coil.leg)


def coil(at: Layout) -> Any:
    """A coil on z = 0, where it lies in a stator whose axis is z."""
    return prism(Region(wound(at), (hole(at),)), at.coil.thickness)


def coil_poses(at: Layout) -> list[Pose]:
    """The coils within the stator."""
    z = at.stack.stator[0] + CLOTH
    return [Pose.at(0, 0, z, rz=at.coil_angle(i)) for i in range(at.coil.count)]


def body(at: Layout, wound_coil: Any) -> Any:
    """The resin around the coils, on z = 0; stud holes in it."""
    stack = at.stack
    cut = [
        Outline.circle(0, 0, 2 * stack.stator_bore),
        *holes(stack.stator_points, stack.stator_thread.hole),
    ]
    solid = prism(Region(Outline.circle(0, 0, 2 * stack.stator_radius), tuple(cut)), at.sizes.stator)
    lying = Pos(0, 0, CLOTH) * wound_coil
    return solid - [Rot(0, 0, at.coil_angle(i)) * lying for i in range(at.coil.count)]


def body_pose(at: Layout) -> Pose:
    """The stator in the machine."""
    return Pose.at(z=at.stack.stator[0])


def face(at: Layout) -> float:
    """Area of one face, mm²."""
    return math.pi * (at.stack.stator_radius**2 - at.stack.stator_bore**2)
