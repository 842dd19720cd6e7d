# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Bracket of the alternator: a face plate with arms to the stator's studs, on a box around the hub's shaft.

All in the alternator's frame: z its axis, y up, x away from the yaw axis. Two ribs with saddles lie against
the yaw pipe; as the frame is tilted, their saddles are cut at different depths and set the tilt by
themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from csmkit import Outline, Part, Pose, prism
from csmkit.model import Placed

from .layout import Layout
from .shapes import capsule, upright

BESIDE_SHAFT = 20.0  # mm from the shaft to the ribs, and to the box's outer end: room for a weld
PROUD = 5.0  # mm of the shaft behind the rear plate: a fillet weld
LAND = 8.0  # mm that face and rear plate stand beyond the ribs: a fillet weld
ARM = 50.0  # mm, width of the face plate's arms
SHAFT_AIR = 0.5  # mm by which the shaft's holes are wider
SADDLE_AIR = 0.7  # mm between saddle and pipe: the tilt shifts the pipe through the rib's thickness
TIP = 12.0  # mm of rib beside the yaw pipe


@dataclass(frozen=True)
class Box:
    """Places of the bracket's plates in the alternator's frame."""

    at: Layout

    @property
    def t(self) -> float:
        """Thickness of all plates."""
        return self.at.bracket.thickness

    @property
    def face(self) -> float:
        """z of the face plate's rear."""
        return self.at.at.plate_rear

    @property
    def rear(self) -> float:
        """z of the rear plate's front."""
        hub = self.at.stack.hub
        return -hub.depth - hub.shaft_length + PROUD + self.t

    @property
    def half(self) -> float:
        """Half of the clear height between the ribs."""
        return max(self.at.stack.hub.shaft / 2 + BESIDE_SHAFT, 0.12 * self.at.sizes.disc)

    @property
    def side(self) -> float:
        """Half of the width around the shaft."""
        return self.at.stack.hub.shaft / 2 + BESIDE_SHAFT

    @property
    def inner(self) -> float:
        """x of the ribs' ends at the yaw pipe."""
        return -self.at.sizes.offset - 0.6 * self.at.sizes.yaw_pipe / 2

    @property
    def edge(self) -> float:
        """Half of the height of face and rear plate."""
        return self.half + self.t + LAND


def parts(at: Layout) -> list[Placed]:
    """Face plate, rear plate, two ribs."""
    box, frame = Box(at), at.at.alternator
    face = Part("face plate", face_plate(box), at.bracket, process="laser")
    rear = Part("rear plate", rear_plate(box), at.bracket, process="laser")
    top = Part("upper rib", rib(box, box.half + box.t / 2), at.bracket, process="laser")
    low = Part("lower rib", rib(box, -box.half - box.t / 2), at.bracket, process="laser")
    return [
        face.at(frame * Pose.at(z=box.face)),
        rear.at(frame * Pose.at(z=box.rear - box.t)),
        top.at(upright(frame, box.half + box.t)),
        low.at(upright(frame, -box.half)),
    ]


def face_plate(box: Box) -> Any:
    """A body around the shaft that reaches to the yaw pipe, arms to the studs; lies on z = 0."""
    stack = box.at.stack
    solid: Any = prism(Outline.rectangle(box.inner, -box.edge, box.side, box.edge), box.t)
    for point in stack.stator_points:
        solid += prism(capsule((0.0, 0.0), point, ARM), box.t)
    for x, y in stack.stator_points:
        solid -= prism(Outline.circle(x, y, stack.stator_thread.hole), box.t)
    return solid - prism(Outline.circle(0, 0, stack.hub.shaft + SHAFT_AIR), box.t)


def rear_plate(box: Box) -> Any:
    """Holds the shaft's end; lies on z = 0."""
    solid = prism(Outline.rectangle(-box.side, -box.edge, box.side, box.edge), box.t)
    return solid - prism(Outline.circle(0, 0, box.at.stack.hub.shaft + SHAFT_AIR), box.t)


def rib(box: Box, y: float) -> Any:
    """A rib at a height (its middle): outline in the frame's x and z, lies on z = 0 of its own."""
    radius = box.at.sizes.yaw_pipe / 2
    x, z = box.at.at.yaw_axis_at(y)
    outline = Outline.polygon(
        [
            (box.inner, box.face),
            (box.inner, z + 0.6 * radius),
            (x + radius + TIP, z),
            (-box.side, box.rear),
            (box.side, box.rear),
            (box.side, box.face),
        ]
    )
    return prism(outline, box.t) - prism(Outline.circle(x, z, 2 * (radius + SADDLE_AIR)), box.t)
