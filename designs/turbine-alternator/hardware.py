# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Bearing hub, studs, washers and nuts: what holds the machine together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from build123d import Cylinder, Pos

from csmkit import Bought, Part, Pose
from csmkit.model import Placed

from ..turbine_family.hardware import Piece
from ..turbine_family.stack import Thread
from .layout import Layout
from .shapes import UP, Point, ring

WASHER, LARGE, NUT = "ISO 7089", "ISO 7093-1", "ISO 4032"


def up(points: Iterable[Point], z: float, *stack: tuple[str, float], size: str) -> Iterator[Piece]:
    """Washers and nuts one over another on studs, from z upwards: (standard, thickness) each."""
    for x, y in points:
        level = z
        for standard, thickness in stack:
            yield Piece(standard, size, Pose.at(x, y, level))
            level += thickness


def hub(at: Layout) -> Placed:
    """The bearing hub on its shaft, a stand-in of true main sizes."""
    h = at.stack.hub
    solid = ring(h.flange / 2, 0, -h.flange_thickness, 0) + ring(h.body / 2, 0, -h.depth, -h.flange_thickness)
    solid += ring(h.boss / 2, 0, 0, h.boss_length) + ring(h.shaft / 2, 0, -h.depth - h.shaft_length, -h.depth)
    for x, y in at.stack.hub_points:
        solid -= bored(x, y, -h.flange_thickness, at.stack.thread.d, h.flange_thickness)
    return Bought("bearing hub", h.key, solid).at(Pose())


def stud(at: Layout, thread: Thread, ends: tuple[float, float], points: Iterable[Point], name: str) -> Placed:
    """Threaded rods cut to one length."""
    bar = at.shop.bar(f"threaded-rod-m{thread.d:g}")
    solid = Cylinder(thread.d / 2, ends[1] - ends[0], align=UP)
    return Part(name, solid, bar, grain="z").at(*(Pose.at(x, y, ends[0]) for x, y in points))


def rotor_pieces(at: Layout) -> list[Piece]:
    """On the hub's studs, from behind the flange to the blades' seat."""
    s, t = at.stack, at.stack.thread
    size, points = t.name, s.hub_points
    behind = -s.hub.flange_thickness - t.washer - t.nut
    pieces = list(up(points, behind, (NUT, t.nut), (WASHER, t.washer), size=size))
    pieces += up(points, s.back_disc[1], (WASHER, t.washer), (NUT, t.nut), size=size)
    if s.front_disc is None:
        return [*pieces, *up(points, s.seat - t.large_washer - t.nut, (NUT, t.nut), (LARGE, 0), size=size)]
    below = s.front_disc[0] - t.washer - t.nut
    pieces += up(points, below, (NUT, t.nut), (WASHER, t.washer), size=size)
    above = ((WASHER, t.washer), (NUT, t.nut), (LARGE, t.large_washer))
    return [*pieces, *up(points, s.front_disc[1], *above, size=size)]


def stator_pieces(at: Layout) -> list[Piece]:
    """Nuts and washers on both sides of the stator."""
    t, (rear, front) = at.stack.stator_thread, at.stack.stator
    points = at.stack.stator_points
    behind = up(points, rear - t.washer - t.nut, (NUT, t.nut), (WASHER, t.washer), size=t.name)
    return [*behind, *up(points, front, (WASHER, t.washer), (NUT, t.nut), size=t.name)]


def bored(x: float, y: float, z: float, diameter: float, height: float) -> Any:
    """What a hole takes away."""
    return Pos(x, y, z) * Cylinder(diameter / 2, height, align=UP)
