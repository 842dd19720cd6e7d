# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""The wheels as true-size stand-ins, and their axle washers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from build123d import Align, Compound, Cylinder, Pos, RegularPolygon, Rot, Torus, extrude

from csmkit import Bought, Pose
from csmkit.model import BoughtRow, Placed

from .hardware import WASHER, Piece, standing
from .layout import DROPOUT, LOCKNUTS, Layout

SPOKES = 12  # drawn; a real wheel has 20 to 36
UP = (Align.CENTER, Align.CENTER, Align.MIN)
NUT_HEIGHT = 8.0  # mm, M9 axle nut (assumed)
WASHER_HEIGHT = 2.5  # mm, ISO 7093-1 M10


def wheel(row: BoughtRow) -> Any:
    """Tyre, rim, hub, axle with its nuts; the axle along z, its middle at the origin."""
    width, bead = row.dimension("tyre_width"), row.dimension("bead_diameter") / 2
    tyre = Torus(bead + width / 2, width / 2)
    rim = Cylinder(bead + 1, width * 0.55) - Cylinder(bead - 13, width)
    tyre -= rim
    hub = Cylinder(13, 78) + Pos(0, 0, 31) * Cylinder(22.5, 3) + Pos(0, 0, -31) * Cylinder(22.5, 3)
    locknuts = Cylinder(8.5, LOCKNUTS)
    axle = Cylinder(row.dimension("axle_diameter") / 2, row.dimension("axle_length"))
    nut = extrude(RegularPolygon(row.dimension("nut_flats") / math.sqrt(3), 6), NUT_HEIGHT)
    start = LOCKNUTS / 2 + DROPOUT + WASHER_HEIGHT
    nuts = Pos(0, 0, start) * nut + Pos(0, 0, -start - NUT_HEIGHT) * nut
    middle = hub + locknuts + axle + nuts
    return Compound([_solid(tyre), _solid(rim), _solid(middle), *_spokes(bead - 13)])


def wheels(at: Layout, row: BoughtRow) -> Placed:
    """Left and right wheel, axles across."""
    poses = [Pose.at(0, side * at.wheel_y, at.radius, rx=90) for side in (1, -1)]
    return Bought(row.standard, row.size, wheel(row)).at(*poses)


def axle_washers(at: Layout) -> Iterator[Piece]:
    """Large washers in the pockets of rails and fork plates."""
    away = LOCKNUTS / 2 + DROPOUT
    for side in (1, -1):
        for outward in (1.0, -1.0):
            point = (0.0, side * at.wheel_y + outward * away, at.radius)
            yield Piece(WASHER, "M10", standing(point, (0.0, outward, 0.0)))


def _spokes(rim: float) -> list[Any]:
    """Straight spokes from alternating flanges to the rim."""
    result = []
    for i in range(SPOKES):
        flange = 31.0 if i % 2 else -31.0
        lean = math.degrees(math.atan2(rim - 20.0, flange))
        length = math.hypot(rim - 20.0, flange)
        spoke = Cylinder(1.2, length - 3.0, align=UP)
        turn = Rot(0, 0, 360 / SPOKES * i) * Pos(20.0, 0, flange) * Rot(0, 180 - lean, 0)
        result.append(_solid(turn * spoke))
    return result


def _solid(shape: Any) -> Any:
    return shape.solids()[0]
