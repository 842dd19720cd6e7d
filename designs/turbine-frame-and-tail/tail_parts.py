# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Boom, brace, bars and vane, in the boom's level frame: x along it from the hinge's axis, z up."""

from __future__ import annotations

import math
from typing import Any

from build123d import Align, Box, Cylinder, Pos, Rot

from csmkit import Outline, Part, Pose, prism
from csmkit.model import Placed

from ..turbine_family.tail import FIT
from .layout import Layout
from .shapes import CLIP, UP, rounded, upright

BLUNT = 12.0  # mm, height of the brace's ends
BOLT_HOLE = 9.0  # mm: M8
LEVEL_REACH = 800.0  # mm


def level(at: Layout) -> Pose:
    """From the boom's level frame into the tail's."""
    return Pose.at(z=at.tail.meeting, ry=-at.sizes.hinge_angle)


def parts(at: Layout) -> list[Placed]:
    """In the tail's frame."""
    tail, here = at.tail, level(at)
    side = tail.boom_pipe / 2
    outside = side + tail.bar_thickness
    bar = Part("vane bar", _bar(at), at.bar, grain="z")
    return [
        Part("boom", boom(at), at.boom_pipe, grain="x").at(here),
        Part("brace", prism(_brace(at), at.thin.thickness), at.thin, process="laser").at(
            upright(here, at.thin.thickness / 2)
        ),
        bar.at(*(here * Pose.at(x, side, 0) for x in tail.bar_places)),
        Part("vane", _vane(at), at.vane, grain="x").at(upright(here, outside + at.vane.thickness)),
    ]


def bolt_places(at: Layout) -> list[tuple[float, float]]:
    """Of the vane's bolts: x and z."""
    return [(x, z) for x in at.tail.bar_places for z in at.tail.bolt_heights]


def boom(at: Layout) -> Any:
    """A pipe along x with a fish-mouth for the hinge's outer pipe."""
    tail, bar = at.tail, at.boom_pipe
    solid = Cylinder(bar.width / 2, tail.boom_end, align=UP) - Cylinder(
        bar.width / 2 - bar.wall, tail.boom_end, align=UP
    )
    header = Rot(0, at.sizes.hinge_angle, 0) * Cylinder(tail.outer + FIT, LEVEL_REACH)
    return Rot(0, 90, 0) * solid - header


def _brace(at: Layout) -> Outline:
    """Under the boom, before the hinge's outer pipe: x and z."""
    tail = at.tail
    c, s = math.cos(tail.lean), math.sin(tail.lean)
    under = -tail.boom_pipe / 2 - FIT
    foot = (tail.outer_start + BLUNT - tail.meeting) * c - tail.outer * s

    def before(z: float) -> float:
        return (tail.outer + FIT + z * s) / c

    return Outline.polygon(
        [
            (before(under) + CLIP, under),
            (before(under - CLIP), under - CLIP),
            (before(foot), foot),
            (before(foot) + BLUNT, foot),
            (tail.brace_end, under - BLUNT),
            (tail.brace_end, under),
        ]
    )


def _bar(at: Layout) -> Any:
    """A flat, upright, its inner face at y = 0."""
    tail = at.tail
    solid: Any = Box(
        tail.bar_width,
        tail.bar_thickness,
        tail.bar_length,
        align=(Align.CENTER, Align.MIN, Align.CENTER),
    )
    for z in tail.bolt_heights:
        solid -= Pos(0, 0, z) * Rot(90, 0, 0) * Cylinder(BOLT_HOLE / 2, 4 * tail.bar_thickness)
    return solid


def _vane(at: Layout) -> Any:
    """In x and z; lies on z = 0 of its own."""
    tail, (long, high, _) = at.tail, at.sizes.vane
    start = tail.vane_start
    solid: Any = prism(rounded(start, -high / 2, start + long, high / 2, 0.15 * high), at.vane.thickness)
    for x, z in bolt_places(at):
        solid -= prism(Outline.circle(x, z, BOLT_HOLE), at.vane.thickness)
    return solid
