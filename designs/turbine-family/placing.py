# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""How alternator and tail stand in the frame: x upwind, y to the rotor's side, z up along the yaw axis; mm.

z = 0 is where the rotor's axis passes the bracket's face plate. Seen from above the rotor stands to one side
of the yaw axis, so the wind's thrust turns the machine out of the wind; the tail holds it until its weight,
which the inclined hinge must lift, is overcome.

Source: angles of OpenAFPM's default parameters (horizontal plane angle 55°, tail angle 110°, tilt 4°) after
Hugh Piggott's Wind Turbine Recipe Book (2014), pages 31 to 33; lengths as OpenAFPM's CAD derives them from
the discs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from csmkit import Pose

from .sizes import Sizes
from .stack import Stack, stack

TILT = 4.0  # degrees that the rotor looks up, so that its tips clear the tower
LEAN_AZIMUTH = 215.0  # degrees from upwind, counter-clockwise from above: 55° from the rotor's plane
LOW_AZIMUTH = 200.0  # where the boom rests: 110° from the rotor's plane on its side
TRAVEL = 105.0  # degrees from the low end stop to the high one: the boom then lies some 12° behind the rotor
YAW_LENGTH = 0.95  # of the disc's diameter (OpenAFPM)
HINGE_LENGTH = 0.8  # of the disc's diameter: the hinge's inner pipe (OpenAFPM)
BEHIND_STUDS = 15.0  # mm between the studs' ends and the yaw pipe: room for a spanner
CHEEK_ROOM = 4.0  # mm between the foot of the hinge and the yaw pipe


@dataclass(frozen=True)
class Placing:
    """Where the main axes lie."""

    sizes: Sizes
    stack: Stack
    plate: float  # thickness of the bracket's face plate, mm

    @property
    def yaw_length(self) -> float:
        """Of the yaw pipe, mm."""
        return float(round(YAW_LENGTH * self.sizes.disc))

    @property
    def hinge_length(self) -> float:
        """Of the hinge's inner pipe, mm."""
        return float(round(HINGE_LENGTH * self.sizes.disc))

    @property
    def plate_rear(self) -> float:
        """The face plate's rear in the alternator's frame (z): a nut and a washer lie before it."""
        thread = self.stack.stator_thread
        return self.stack.bracket - thread.nut - thread.washer - self.plate

    @property
    def reach(self) -> float:
        """From the yaw axis to the face plate's rear where the rotor's axis passes it, mm."""
        studs = self.plate_rear - self.stack.stator_studs[0]
        highest = max(y for _, y in self.stack.stator_points)
        return self.sizes.yaw_pipe / 2 + studs + highest * math.tan(math.radians(TILT)) + BEHIND_STUDS

    @cached_property
    def alternator(self) -> Pose:
        """From the alternator's frame (z its axis, y up) into this one."""
        s, c = math.sin(math.radians(TILT)), math.cos(math.radians(TILT))
        ahead = -self.plate_rear
        x, z = self.reach + c * ahead, s * ahead
        return Pose(((0.0, -s, c, x), (1.0, 0.0, 0.0, self.sizes.offset), (0.0, c, s, z)))

    def yaw_axis_at(self, y: float) -> tuple[float, float]:
        """Where the yaw axis passes a height y of the alternator's frame: x and z there, mm."""
        x, foot_y, foot_z = self.alternator.inverse().point((0.0, 0.0, 0.0))
        return x, foot_z + (y - foot_y) * math.tan(math.radians(TILT))

    @cached_property
    def hinge(self) -> Pose:
        """From the hinge's frame into this one: its axis is z, +x leans down and away, the foot at z = 0."""
        lean = math.radians(self.sizes.hinge_angle)
        out = self.sizes.yaw_pipe / 2 + CHEEK_ROOM + hinge_pin(self.sizes) / 2 * math.cos(lean)
        foot = Pose.at(out, 0.0, -self.yaw_length / 2 + self.foot_height, ry=self.sizes.hinge_angle)
        return Pose.at(rz=LEAN_AZIMUTH) * foot

    @property
    def foot_height(self) -> float:
        """Of the hinge's foot above the yaw pipe's lower end, mm."""
        return 0.1 * self.yaw_length

    @cached_property
    def hinge_axis(self) -> tuple[float, float, float]:
        """Direction about which the tail furls, its turn right-handed."""
        return self.hinge.direction((0.0, 0.0, -1.0))

    @cached_property
    def hinge_foot(self) -> tuple[float, float, float]:
        """A point of the hinge's axis."""
        return self.hinge.point((0.0, 0.0, 0.0))

    def tail(self, furled: float = 0.0) -> Pose:
        """From the tail's frame into this one, `furled` degrees from the low end stop.

        The tail's frame is the hinge's, turned: its boom lies over +x.
        """
        return self.hinge * Pose.at(rz=LOW_AZIMUTH - LEAN_AZIMUTH - furled)


def placing(sizes: Sizes, plate: float) -> Placing:
    """Where things stand; `plate` is the thickness of the bracket's face plate, mm."""
    return Placing(sizes, stack(sizes), plate)


def hinge_pin(sizes: Sizes) -> float:
    """Outer diameter of the pipe within the yaw pipe and within the hinge: the next size below, mm.

    Source: OpenAFPM, which takes one pair of pipes for both; metric sizes of EN 10220.
    """
    return {48.3: 42.4, 60.3: 48.3, 88.9: 76.1}[sizes.yaw_pipe]
