# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Drilling cycles as single moves.

Source: NIST RS274NGC version 3, section 3.5.16; LinuxCNC 2.9 manual for G73.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from csmkit.model.outline import Point
from csmkit.model.pose import Vector

PECK_BACK = 0.254  # mm that G73 goes back, and G83 stays above the bottom (0.010 in)
CHIP_BREAKING = 73.0


def cycle_legs(
    cycle: float, place: Point, at_z: float, clear: float, bottom: float, back: float, peck: float
) -> Iterator[tuple[Literal["rapid", "line"], Vector]]:
    """Moves of one hole.

    Args:
        cycle: 73, 81, 82 or 83.
        place: of the hole, mm.
        at_z, clear, bottom, back: height at the begin (not below clear), R plane, bottom of the hole,
            height at the end, mm.
        peck: depth of a peck, mm; 0 for one stroke.
    """
    x, y = place
    yield "rapid", (x, y, at_z)
    if at_z > clear:
        yield "rapid", (x, y, clear)
    if cycle in (CHIP_BREAKING, 83.0) and peck > 0:
        yield from _pecks(cycle, place, clear, bottom, peck)
    else:
        yield "line", (x, y, bottom)
    yield "rapid", (x, y, back)


def _pecks(
    cycle: float, place: Point, clear: float, bottom: float, peck: float
) -> Iterator[tuple[Literal["rapid", "line"], Vector]]:
    x, y = place
    depth = clear
    while True:
        depth = max(depth - peck, bottom)
        yield "line", (x, y, depth)
        if depth <= bottom:
            return
        if cycle == CHIP_BREAKING:
            yield "rapid", (x, y, depth + PECK_BACK)
        else:
            yield "rapid", (x, y, clear)
            yield "rapid", (x, y, depth + PECK_BACK)
