# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Lengths along the hinge and along the tail; mm.

Hinge frame: z its axis, from the foot of the inner pipe upwards, +x away from the yaw pipe. Tail frame: the
same for the outer pipe, with the boom over +x. The boom is level where it points as the hinge leans.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from .placing import TRAVEL, Placing, hinge_pin
from .sizes import Sizes

FIT = 0.2  # mm between a pipe and what is cut to lie on it
NOTCH = (
    20.0,
    0.08,
)  # mm and share of the hinge that the outer pipe reaches down beside the cheeks, the larger
SLACK = 0.3  # mm between the notch and the cheeks at either stop
OVER_CHEEK = 3.0  # mm between the cheeks' upper edge and the notch
BELOW_CAP = 10.0  # mm of outer pipe above the boom (OpenAFPM)
BRACE = 1 / 3  # of the boom's length along which the brace holds it (OpenAFPM)
OVERLAP = 0.55  # of the vane's length that lies beside the boom
BAR = 0.64  # length of the vane's bars, share of its height (OpenAFPM: 0.60 and 0.67)
FROM_END = 20.0  # mm from the boom's end to the rear bar's edge


@dataclass(frozen=True)
class Tail:
    """One machine's hinge and tail."""

    at: Placing
    boom_pipe: float  # outer diameter
    cap: float  # thickness of the plates on the ends of the hinge's pipes
    cheek: float  # thickness of the hinge's cheeks
    bar_width: float  # of the flats that hold the vane
    bar_thickness: float

    @property
    def sizes(self) -> Sizes:
        """The machine's."""
        return self.at.sizes

    @property
    def outer(self) -> float:
        """Radius of the hinge's outer pipe."""
        return self.sizes.yaw_pipe / 2

    @property
    def pin(self) -> float:
        """Radius of the hinge's inner pipe."""
        return hinge_pin(self.sizes) / 2

    @property
    def lean(self) -> float:
        """Of the hinge from the vertical, radians."""
        return math.radians(self.sizes.hinge_angle)

    @property
    def cheek_inside(self) -> float:
        """Half of the gap between the cheeks: a third of the pin's radius."""
        return round(self.pin / 3, 1)

    @property
    def cheek_outside(self) -> float:
        """Half of the width over the cheeks."""
        return self.cheek_inside + self.cheek

    @property
    def cheek_top(self) -> float:
        """Height of the cheeks' upper edge: a third of the inner pipe (OpenAFPM)."""
        return self.at.hinge_length / 3

    @property
    def notch(self) -> float:
        """By how much the outer pipe reaches down beside the cheeks."""
        return max(NOTCH[0], NOTCH[1] * self.at.hinge_length)

    @property
    def outer_start(self) -> float:
        """Lower end of the outer pipe."""
        return self.cheek_top - self.notch

    @property
    def notch_top(self) -> float:
        """Upper end of the notch."""
        return self.cheek_top + OVER_CHEEK

    @property
    def outer_end(self) -> float:
        """Upper end of the outer pipe: the plane in which its cap turns on that of the inner pipe."""
        return self.at.hinge_length + self.cap

    @property
    def meeting(self) -> float:
        """Where the boom's axis meets the hinge's."""
        r = self.boom_pipe / 2
        return self.outer_end - BELOW_CAP - r / math.cos(self.lean) - self.outer * math.tan(self.lean)

    @cached_property
    def boom_start(self) -> float:
        """From the hinge's axis to the nearest point of the boom's fish-mouth, along the boom."""
        r = self.boom_pipe / 2
        return min(fish_mouth(self.outer + FIT, r, self.lean, i * math.tau / 720) for i in range(720))

    @property
    def boom_end(self) -> float:
        """From the hinge's axis to the boom's end, along the boom: its length is the published one."""
        return self.boom_start + self.sizes.boom

    @property
    def brace_end(self) -> float:
        """From the hinge's axis to the brace's end, along the boom."""
        return self.sizes.boom * BRACE

    @property
    def vane_start(self) -> float:
        """Front edge of the vane, along the boom."""
        return self.boom_end - OVERLAP * self.sizes.vane[0]

    @property
    def bar_length(self) -> float:
        """Of the vane's bars."""
        return round(BAR * self.sizes.vane[1] / 5) * 5.0

    @property
    def bar_places(self) -> tuple[float, float]:
        """Middles of the two bars, along the boom."""
        rear = self.boom_end - FROM_END - self.bar_width / 2
        front = self.vane_start + 0.15 * self.sizes.vane[0]
        return (front, rear)

    @property
    def bolt_heights(self) -> tuple[float, ...]:
        """Of the bolts in a bar, from its middle: above and below the boom."""
        far, near = self.bar_length / 2 - 20.0, self.boom_pipe / 2 + 22.0
        return (far, -far) if far - near < 40.0 else (far, near, -near, -far)

    @property
    def travel(self) -> float:
        """Degrees from stop to stop."""
        return TRAVEL


def fish_mouth(header: float, branch: float, lean: float, angle: float) -> float:
    """Where a pipe meets another whose axis crosses its own: mm along the branch from the crossing.

    Args:
        header, branch: radii of the two skins, mm.
        lean: how far the header leans from square to the branch, radians; the branch's +z side is the one
            that the header leans to.
        angle: around the branch, from its +z side, radians.
    Source: intersection of two cylinders: the point's distance from the header's axis is its radius.
    """
    y, z = branch * math.sin(angle), branch * math.cos(angle)
    return (math.sqrt(header**2 - y**2) + z * math.sin(lean)) / math.cos(lean)
