# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Yaw bearing: a pipe that turns on the tower's stub, a plate on a plate, both with a hole for the cable."""

from __future__ import annotations

from csmkit import Outline, Part, Pose, Region, prism
from csmkit.model import Placed

from .layout import STUB, Layout
from .shapes import pipe

OVER = 10.0  # mm by which the cap is wider than the yaw pipe: a fillet weld below it
WITHIN = 4.0  # mm by which the stub's plate is smaller than the stub: a weld on its rim


def turning(at: Layout) -> list[Placed]:
    """Yaw pipe and its cap."""
    low, high = at.yaw_ends
    holes = (Outline.circle(0, 0, at.cable_hole),)
    cap = prism(Region(Outline.circle(0, 0, at.yaw_pipe.width + OVER), holes), at.top.thickness)
    return [
        Part("yaw pipe", pipe(at.yaw_pipe, 0, high - low), at.yaw_pipe, grain="z").at(Pose.at(z=low)),
        Part("yaw cap", cap, at.top, process="laser").at(Pose.at(z=high)),
    ]


def standing(at: Layout) -> list[Placed]:
    """The stub that is welded to the tower's top, and the plate that carries the machine."""
    low, high = at.yaw_ends
    length = high - low + STUB - at.top.thickness
    holes = (Outline.circle(0, 0, at.cable_hole),)
    plate = prism(Region(Outline.circle(0, 0, at.pin_pipe.width - WITHIN), holes), at.top.thickness)
    return [
        Part("tower stub", pipe(at.pin_pipe, 0, length), at.pin_pipe, grain="z").at(Pose.at(z=low - STUB)),
        Part("stub plate", plate, at.top, process="laser").at(Pose.at(z=high - at.top.thickness)),
    ]
