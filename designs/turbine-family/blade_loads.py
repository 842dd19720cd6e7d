# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What wind and speed do to the blades, and the thrust that they hand on to the tower's top.

Sources: IEC 61400-2:2013 table 1 (wind classes), 6.3 (gust of 50 years = 1.4 V_ref), load case H (parked: a
drag coefficient of 1.5 on the blades' projected area). Thrust in operation: momentum theory, spread evenly
over the swept area, with the coefficient 8/9 of a rotor at the Betz limit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .aerofoil import block, points, section
from .blade_stations import Plan, Station, stations
from .hub_fits import hub_fits
from .rotor_power import AIR, BLADES, FREEWHEEL, design_ratio, swept_area
from .sizes import Sizes

V_REF = {"I": 50.0, "II": 42.5, "III": 37.5, "IV": 30.0}  # m/s
GUST = 1.4  # × V_ref: the gust that comes once in 50 years
DRAG = 1.5  # of a parked blade, broadside
THRUST = 8 / 9  # coefficient at the Betz limit
FURLED = 12.0  # m/s, wind in which the tail has turned the rotor out (assumed; published machines: 10 to 12)
STRIPS = 200  # of a blade in the integrals
CHORDS = 12  # of a curve in a section's area


@dataclass(frozen=True)
class Strip:
    """A blade's section at a radius; mm."""

    radius: float
    width: float
    area: float  # mm²
    modulus: float  # mm³, least section modulus against bending out of the rotor's plane


def gust(wind_class: str) -> float:
    """Gust of 50 years, m/s. Args: wind_class: I, II, III or IV of IEC 61400-2."""
    return GUST * V_REF[wind_class]


def overspeed_rpm(plan: Plan) -> float:
    """Speed without a load (a broken wire) in the wind in which it furls, 1/min."""
    return 60 * FREEWHEEL * plan.ratio * FURLED / (math.pi * plan.diameter / 1000)


def running_thrust(rotor_m: float, wind_m_s: float) -> float:
    """Thrust of a turning rotor that faces the wind, N."""
    return THRUST * 0.5 * AIR * swept_area(rotor_m) * wind_m_s**2


def parked_thrust(strips: Sequence[Strip], wind_m_s: float) -> float:
    """Thrust of three parked blades that face the wind, N."""
    return BLADES * _pressure(wind_m_s) * _integral(strips, strips[0].radius, lambda s: s.width) * 1e-6


def tower_top_thrust(sizes: Sizes, wind_class: str) -> float:
    """The larger of both for the usual blades: turning as it furls, parked in the gust of 50 years, N."""
    plan = usual_plan(sizes)
    strips = blade_strips(plan, stations(plan, 6))
    return max(running_thrust(sizes.rotor, FURLED), parked_thrust(strips, gust(wind_class)))


def usual_plan(sizes: Sizes) -> Plan:
    """Blades with the sizes that the hub wants, from a plank that is no larger."""
    d = sizes.rotor * 1000
    fits = hub_fits(d)
    return Plan(d, design_ratio(sizes), BLADES, fits.root_width, fits.blank, fits.disc / 2)


def blade_strips(plan: Plan, made: Sequence[Station]) -> tuple[Strip, ...]:
    """Sections of a blade from the end of its root to the tip; the wedge is not counted as strength."""
    root = block(plan.root_width, plan.plank).body
    outlines = [(plan.root_end, plan.root_width, [c[0] for c in root])]
    for s in made:
        curves = section(s, plan.plank).body
        outlines.append((s.radius, s.width, [p for c in curves for p in points(c, CHORDS)[:-1]]))
    return tuple(Strip(x, w, *_properties(outline)) for x, w, outline in outlines)


def parked_moment(strips: Sequence[Strip], radius: float, wind_m_s: float) -> float:
    """Bending moment of one parked blade at a radius (mm), Nm."""
    return _pressure(wind_m_s) * _integral(strips, radius, lambda s: s.width * (s.radius - radius)) * 1e-9


def running_moment(plan: Plan, radius: float, wind_m_s: float) -> float:
    """Bending moment of the thrust on one turning blade at a radius (mm), Nm."""
    pressure = THRUST * 0.5 * AIR * wind_m_s**2
    r, x = plan.tip / 1000, radius / 1000
    return 2 * math.pi * pressure / plan.blades * ((r**3 - x**3) / 3 - x * (r**2 - x**2) / 2)


def centrifugal(strips: Sequence[Strip], radius: float, density: float, speed_rpm: float) -> float:
    """Pull at a radius (mm) of what lies beyond it, N; density in kg/m³."""
    turning = (speed_rpm * math.pi / 30) ** 2
    return density * turning * _integral(strips, radius, lambda s: s.area * s.radius) * 1e-12


def _pressure(wind_m_s: float) -> float:
    """On a parked blade, N/m²."""
    return DRAG * 0.5 * AIR * wind_m_s**2


def _integral(strips: Sequence[Strip], start: float, of: Callable[[Strip], float]) -> float:
    """Along the blade from a radius to the tip; sections between two stations are interpolated."""
    step = (strips[-1].radius - start) / STRIPS
    return sum(of(_at(strips, start + (k + 0.5) * step)) * step for k in range(STRIPS))


def _at(strips: Sequence[Strip], radius: float) -> Strip:
    for a, b in pairwise(strips):
        if radius <= b.radius:
            share = max(0.0, (radius - a.radius) / (b.radius - a.radius))
            mixed = (
                getattr(a, n) * (1 - share) + getattr(b, n) * share for n in ("width", "area", "modulus")
            )
            return Strip(radius, *mixed)
    return strips[-1]


def _properties(outline: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Area and least section modulus about the level axis through the middle, mm² and mm³."""
    area = first = second = 0.0
    for (x0, y0), (x1, y1) in zip(outline, (*outline[1:], outline[0]), strict=True):
        cross = x0 * y1 - x1 * y0
        area += cross / 2
        first += cross * (y0 + y1) / 6
        second += cross * (y0 * y0 + y0 * y1 + y1 * y1) / 12
    middle = first / area
    inertia = abs(second - area * middle**2)
    heights = [y for _, y in outline]
    return abs(area), inertia / max(max(heights) - middle, middle - min(heights))
