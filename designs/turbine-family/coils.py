# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""The space that a stator has for its coils: they lie side by side, none over another.

Source: OpenAFPM's default parameters: rectangular coils as wide inside as a neodymium magnet, triangular
ones, 50 and 8 mm, for the square ferrite; their legs are met within 1 mm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .sizes import Sizes

BETWEEN = 1.0  # mm of resin between two coils where they come closest
CLOTH = 0.5  # mm, glass cloth and resin over each face of a coil
CORNER = 3.2  # mm, radius in the hole's corners: thick wire bends so far, and a 6 mm cutter cuts it
FERRITE_INSIDE = 8.0  # mm, width of the triangular hole at its inner end
FERRITE_LEG = 0.44  # of the magnet's width: 22 mm for the published one, which leaves room between the coils
NUT_ROOM = 2.0  # mm between the turning nuts and the stator's bore
RIM = 2.0  # mm of resin between the bore and the coils


@dataclass(frozen=True)
class Coil:
    """A coil's hole, a trapezium symmetric to a ray from the rotor's axis, and what is wound on it; mm."""

    count: int
    inner: float  # distance of the hole's narrow end from the axis
    outer: float  # and of its wide end
    narrow: float  # width of the hole there
    wide: float
    leg: float  # width of the winding, all round the hole
    thickness: float

    @property
    def area(self) -> float:
        """Section of one leg, the stator's whole thickness counted as OpenAFPM does, mm²."""
        return self.leg * (self.thickness + 2 * CLOTH)

    def turn(self, depth: float) -> float:
        """Length of a turn that lies `depth` mm from the hole, mm; the hole's corners are round."""
        long = self.outer - self.inner
        side = math.hypot(long, (self.wide - self.narrow) / 2)
        cut_off = CORNER * (8 * side / long - 2 * math.pi)
        return self.narrow + self.wide + 2 * side - cut_off + 2 * math.pi * depth

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Of the hole, its ray along x, counter-clockwise."""
        half, other = self.narrow / 2, self.wide / 2
        return ((self.inner, -half), (self.outer, -other), (self.outer, other), (self.inner, half))

    @property
    def mean_turn(self) -> float:
        """Length of the middle turn, mm."""
        return self.turn(self.leg / 2)


def bore_radius(sizes: Sizes) -> float:
    """Least radius of the stator's hole: the nuts of the hub's studs turn inside."""
    flats = {8.0: 13.0, 10.0: 16.0, 12.0: 18.0}[sizes.stud]  # ISO 4032
    return sizes.hub_circle / 2 + flats / math.sqrt(3) + NUT_ROOM


def coil(sizes: Sizes) -> Coil:
    """The coil that fills a stator.

    Its hole is as wide as the magnet and ends at the disc's rim; its legs take what the neighbours leave at
    the magnets' inner end. Where the nuts of the hub come too near, the inner end of the hole moves out.
    """
    magnet, count = sizes.magnet, sizes.coils
    rim, start = sizes.disc / 2, sizes.disc / 2 - magnet.length
    narrow = magnet.width if magnet.kind == "neodymium" else FERRITE_INSIDE
    leg = min(_room(start, narrow, count), _room(rim, magnet.width, count))
    if magnet.kind == "ferrite":
        leg = min(leg, FERRITE_LEG * magnet.width)
    inner = max(start, bore_radius(sizes) + RIM + leg)
    return Coil(count, inner, rim, narrow, magnet.width, leg, sizes.stator - 2 * CLOTH)


def _room(distance: float, width: float, count: int) -> float:
    """Leg that fits beside a hole's corner: the corner's distance from the ray between two coils."""
    half = math.pi / count
    return distance * math.sin(half) - width / 2 * math.cos(half) - BETWEEN / 2
