# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Sizes of a blade from station to station: the published program, and what a plank makes of it.

Source: Hugh Piggott's published blade program: angle of the wind φ = atan(D / (3 λ R)), of the blade
β = φ - 3°, chord c = 1.7 D² cos² φ / (B R λ²), width c cos β, drop c sin β. Its thicknesses for D = 2.4 m
(34, 22, 16, 12, 9 mm) are those of a share of the chord that falls evenly from 0.19 in the middle of the
rotor to 0.12 at the tip.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from csmkit import CsmError

Planform = Literal["curved", "straight"]
ATTACK = 3.0  # degrees between wind and flat face
THICKNESS = (0.19, -0.07)  # share of the chord: in the middle, and how it changes to the tip
TRAILING_EDGE = 1.0  # mm that a carver leaves
STOUTEST = 0.30  # thickness over width: nothing thicker still is a wing (assumed)
STRAIGHT_AT = 0.8  # of the radius: where a straight blade is as wide as the program says
STEEPEST = 0.75  # of the ramp from the root's front down to the first station: steeper ones split (assumed)
LEAST_TIP = 0.75  # of the program's width at the tip: narrower blades are another rotor (assumed)
LOWEST_WEDGE = 2.0  # mm behind the nose; where a lower one would do the blade is a little flatter instead
NOSE = 0.25  # height of the nose above the flat face, share of the thickness


@dataclass(frozen=True)
class Plan:
    """What the sizes of a blade follow from; mm."""

    diameter: float
    ratio: float  # tip speed over wind speed
    blades: int
    root_width: float  # no station is wider
    plank: float  # thickness
    root_end: float  # radius up to which the root is a block
    planform: Planform = "curved"
    wedge: bool = True

    @property
    def tip(self) -> float:
        """Radius of the rotor."""
        return self.diameter / 2


@dataclass(frozen=True)
class Ideal:
    """A station as the program says, mm and degrees."""

    radius: float
    inflow: float
    angle: float
    chord: float
    thickness: float

    @property
    def width(self) -> float:
        """Across the plank."""
        return self.chord * math.cos(math.radians(self.angle))

    @property
    def drop(self) -> float:
        """Of the trailing edge below the leading edge."""
        return self.chord * math.sin(math.radians(self.angle))


@dataclass(frozen=True)
class Station:
    """A station as it is made, mm and degrees."""

    radius: float
    angle: float
    width: float
    drop: float
    thickness: float
    front: float  # height of the flat face above the plank's back where it meets the leading edge
    ideal: Ideal

    @property
    def slope(self) -> float:
        """Drop over width."""
        return self.drop / self.width

    @property
    def nose(self) -> float:
        """How far the nose's rounding reaches behind the leading edge, across the plank."""
        return NOSE * self.thickness * math.cos(math.radians(self.angle))

    @property
    def nose_top(self) -> float:
        """Height above the plank's back at which the flat face ends and the nose begins."""
        return self.front - self.nose * self.slope

    def wood_behind(self, across: float) -> float:
        """From the flat face to the plank's back, at right angles to the face, mm.

        Args:
            across: distance from the leading edge, mm.
        """
        return (self.front - across * self.slope) * math.cos(math.radians(self.angle))


def ideal(diameter: float, ratio: float, blades: int, radius: float) -> Ideal:
    """The program's figures at a radius, mm."""
    inflow = math.atan(diameter / (3 * ratio * radius))
    chord = 1.7 * diameter**2 * math.cos(inflow) ** 2 / (blades * radius * ratio**2)
    share = THICKNESS[0] + THICKNESS[1] * 2 * radius / diameter
    return Ideal(radius, math.degrees(inflow), math.degrees(inflow) - ATTACK, chord, share * chord)


def station(plan: Plan, radius: float) -> Station:
    """A station as a plank allows it: narrower inboard, and no thicker than the wood behind its flat face."""
    wanted = ideal(plan.diameter, plan.ratio, plan.blades, radius)
    width = _width(plan, wanted)
    drop = width * math.tan(math.radians(wanted.angle))
    made = _made(plan, wanted, width, drop)
    if made.front > plan.plank and (not plan.wedge or made.nose_top - plan.plank < LOWEST_WEDGE):
        deepest = plan.plank - TRAILING_EDGE / math.cos(math.radians(wanted.angle))
        return _made(plan, wanted, width, deepest)
    return made


def _made(plan: Plan, wanted: Ideal, width: float, drop: float) -> Station:
    angle = math.atan2(drop, width)
    front = max(plan.plank, drop + TRAILING_EDGE / math.cos(angle))
    behind = (front - 0.3 * drop) * math.cos(angle)
    thickness = min(wanted.thickness, behind, STOUTEST * width)
    return Station(wanted.radius, math.degrees(angle), width, drop, thickness, front, wanted)


def radii(plan: Plan, count: int) -> tuple[float, ...]:
    """Radii of the stations that lie beyond the root: `count` equal steps from the middle to the tip.

    With a wedge there is one more, half-way between root and first station, if that leaves room for a ramp.
    """
    ramp = plan.plank / STEEPEST
    found = [r for k in range(1, count + 1) if (r := plan.tip * k / count) >= plan.root_end + ramp]
    half_way = (plan.root_end + found[0]) / 2
    return (half_way, *found) if plan.wedge and half_way >= plan.root_end + ramp else tuple(found)


def stations(plan: Plan, count: int) -> tuple[Station, ...]:
    """All stations from the root outwards.

    Raises: CsmError: a straight taper from the root leaves too little at the tip.
    """
    made = tuple(station(plan, r) for r in radii(plan, count))
    tip = made[-1]
    if tip.width < LEAST_TIP * tip.ideal.width:
        raise CsmError(
            f"a straight blade that is {plan.root_width:.0f} mm wide at the root has {tip.width:.0f} mm left"
            f" at the tip, the program wants {tip.ideal.width:.0f} mm",
            remedy="planform = curved, a narrower plank, or a lower tip speed ratio",
        )
    return made


def _width(plan: Plan, wanted: Ideal) -> float:
    """Curved: the program's width, cut off by the plank. Straight: a line from the root's width.

    The straight blade is full at a fifth of the radius and agrees with the program at four fifths: so it
    reproduces the published set of 2.3 m.
    """
    if plan.planform == "curved":
        return min(wanted.width, plan.root_width)
    full, agrees = 0.2 * plan.tip, STRAIGHT_AT * plan.tip
    there = ideal(plan.diameter, plan.ratio, plan.blades, agrees).width
    taper = max((plan.root_width - there) / (agrees - full), 0.0)
    return min(plan.root_width, plan.root_width - taper * (wanted.radius - full))


def planed(
    plank: tuple[float, float], least: tuple[float, float], taken: tuple[float, float] = (5.0, 3.0)
) -> tuple[float, float]:
    """Width and thickness of a root, mm.

    Args:
        plank: width and thickness as sold.
        least: width of the root and thickness that the hub wants.
        taken: what planing takes of both, where the hub leaves it.
    """
    width, thickness = (max(low, p - t) for p, low, t in zip(plank, least, taken, strict=True))
    return min(width, plank[0]), min(thickness, plank[1])
