# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Tail hinge: an inclined pipe held by two cheeks, a pipe that turns on it, a notch that sets how far."""

from __future__ import annotations

import math
from typing import Any

from build123d import Align, Box, Pos, Rot

from csmkit import Outline, Part, Pose, Region, prism
from csmkit.model import Placed

from ..turbine_family.placing import LEAN_AZIMUTH, LOW_AZIMUTH
from ..turbine_family.tail import FIT, SLACK
from .layout import Layout
from .shapes import pipe, upright

BOLT_HOLE = 11.0  # mm: M10
RIM = 8.0  # mm by which the outer cap is wider than its pipe: a fillet weld below it
WITHIN = 4.0  # mm by which the inner cap is smaller than its pipe
FOOT = 5.0  # mm of the inner pipe below the cheeks
DEEPER = 15.0  # mm that the cheeks reach down on the yaw pipe below their edge at the hinge


def standing(at: Layout) -> list[Placed]:
    """What is welded to the yaw pipe."""
    tail, place = at.tail, at.at.hinge
    inner = Part("hinge inner pipe", pipe(at.pin_pipe, 0, at.at.hinge_length), at.pin_pipe, grain="z")
    cap = Part("hinge inner cap", _cap(at, at.pin_pipe.width - WITHIN), at.thin, process="laser")
    cheek = Part(
        "hinge cheek",
        prism(Outline.polygon(cheek_corners(at)), at.cheek.thickness),
        at.cheek,
        process="laser",
    )
    return [
        inner.at(place),
        cap.at(place * Pose.at(z=at.at.hinge_length)),
        cheek.at(upright(place, tail.cheek_outside), upright(place, -tail.cheek_inside)),
    ]


def turning(at: Layout) -> list[Placed]:
    """What turns on it, in the tail's frame."""
    tail = at.tail
    solid = pipe(at.yaw_pipe, tail.outer_start, tail.outer_end) - notch(at)
    outer = Part("hinge outer pipe", solid, at.yaw_pipe, grain="z")
    cap = Part("hinge outer cap", _cap(at, at.yaw_pipe.width + RIM), at.thin, process="laser")
    return [outer.at(Pose()), cap.at(Pose.at(z=tail.outer_end))]


def notch(at: Layout) -> Any:
    """What the outer pipe lacks: the cheeks at one stop, at the other, and all between; tail's frame."""
    tail = at.tail
    reach = 2 * at.yaw_pipe.width
    high = tail.notch_top - tail.outer_start + 1.0
    slab = Pos(0, 0, tail.outer_start - 1.0) * Box(
        reach,
        2 * (tail.cheek_outside + SLACK),
        high,
        align=(Align.MIN, Align.CENTER, Align.MIN),
    )
    first = 180.0 + LEAN_AZIMUTH - LOW_AZIMUTH
    angles = [math.radians(first + tail.travel * k / 2) for k in range(3)]
    corners = [(0.0, 0.0), *((reach * math.cos(a), reach * math.sin(a)) for a in angles)]
    between = Pos(0, 0, tail.outer_start - 1.0) * prism(Outline.polygon(corners), high)
    return Rot(0, 0, first) * slab + Rot(0, 0, first + tail.travel) * slab + between


def _cap(at: Layout, diameter: float) -> Any:
    bolt = (Outline.circle(0, 0, BOLT_HOLE),)
    return prism(Region(Outline.circle(0, 0, diameter), bolt), at.thin.thickness)


def lowest(at: Layout) -> float:
    """Height of the cheeks' lower corner over the yaw pipe's lower end."""
    tail = at.tail
    at_hinge = -math.sqrt(tail.pin**2 - tail.cheek_inside**2) - FIT
    return at.at.foot_height + FOOT * math.cos(tail.lean) - at_hinge * math.sin(tail.lean) - DEEPER


def cheek_corners(at: Layout) -> list[tuple[float, float]]:
    """In x and z of the hinge's frame: low on the yaw pipe, along the inner pipe, high on the yaw pipe."""
    tail = at.tail
    w = tail.cheek_inside
    at_hinge = -math.sqrt(tail.pin**2 - w**2) - FIT
    at_yaw = math.sqrt((at.sizes.yaw_pipe / 2) ** 2 - w**2) + FIT
    out = math.hypot(*at.at.hinge_foot[:2])
    c, s = math.cos(tail.lean), math.sin(tail.lean)
    low = lowest(at) - at.at.foot_height

    # the yaw pipe's line: x c + z s = away; its lowest corner at this height: z c - x s = low
    away, top = at_yaw - out, tail.cheek_top
    return [
        (away * c - low * s, away * s + low * c),
        (at_hinge, FOOT),
        (at_hinge, top),
        ((away - top * s) / c, top),
    ]
