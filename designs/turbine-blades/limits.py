# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Whether the blades hold: in the gust of 50 years, at over-speed, in their screws."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from csmkit import Limit

from ..turbine_family.blade_loads import (
    FURLED,
    Strip,
    blade_strips,
    centrifugal,
    gust,
    overspeed_rpm,
    parked_moment,
    running_moment,
)
from ..turbine_family.rotor_power import tip_speed
from .hub import Screw, disc_points, triangle_points
from .layout import Layout
from .screw_strength import joint_shear, withdrawal

K_MOD = 0.9  # instantaneous, service class 3: EN 1995-1-1 table 3.1
GAMMA_TIMBER, GAMMA_JOINT = 1.3, 1.3  # EN 1995-1-1 table 2.3
GAMMA_WIND = 1.5  # EN 1990 table A1.2
GAMMA_FAULT = 1.1  # IEC 61400-1:2019 table 3, abnormal: over-speed comes with a broken wire
FASTEST_TIP = (
    170.0  # m/s, half the speed of sound: up to it air behaves as computed (assumed by the designer)
)
THREAD = 2.0  # mm of thread beyond the lock nuts: a pitch and a bit (assumed)
BENDING = "EN 1995-1-1 6.2.3, tables 3.1, 2.3; strength: the timber's row"


@dataclass(frozen=True)
class Strength:
    """One rotor's stresses; N/mm², N."""

    at: Layout
    screw: Screw

    @cached_property
    def strips(self) -> tuple[Strip, ...]:
        """Sections from the root's end to the tip."""
        return blade_strips(self.at.plan, self.at.stations)

    @property
    def strength(self) -> float:
        """Design bending strength."""
        return (self.at.plank.material.bending or 0.0) * K_MOD / GAMMA_TIMBER

    @property
    def fastest(self) -> float:
        """Over-speed, 1/min."""
        return overspeed_rpm(self.at.plan)

    def parked(self) -> tuple[float, float]:
        """Greatest bending stress in the gust and its radius, mm."""
        wind = gust(self.at.p.wind_class)
        return max(
            (1e3 * parked_moment(self.strips, s.radius, wind) / s.modulus, s.radius) for s in self.strips
        )

    def running(self) -> tuple[float, float]:
        """Greatest stress at over-speed, pull and bending together, and its radius, mm."""
        density = self.at.plank.material.density
        return max(
            (
                centrifugal(self.strips, s.radius, density, self.fastest) / s.area
                + 1e3 * running_moment(self.at.plan, s.radius, FURLED) / s.modulus,
                s.radius,
            )
            for s in self.strips
        )

    def pull(self) -> float:
        """Of one whole blade at over-speed: the root's block counts as if it reached the middle."""
        density, root = self.at.plank.material.density, self.strips[0]
        turning = (self.fastest * math.pi / 30) ** 2
        block = density * turning * root.area * root.radius**2 / 2 * 1e-12
        return block + centrifugal(self.strips, root.radius, density, self.fastest)


def limits(at: Layout, screw: Screw, lock_nut: float) -> list[Limit]:
    """The gravest first. Args: lock_nut: its height, mm."""
    s = Strength(at, screw)
    return [*_timber(s), *_screws(s), _tips(s), _studs(at, lock_nut)]


def _timber(s: Strength) -> list[Limit]:
    parked, there = s.parked()
    running, where = s.running()
    return [
        Limit(
            f"bending of a parked blade in the 50-year gust, worst at {there:.0f} mm",
            parked,
            at_most=s.strength / GAMMA_WIND,
            unit="N/mm²",
            formula=f"½ ρ C_d V² ∫ w (r - x) dr / W, V = {gust(s.at.p.wind_class):.1f} m/s",
            source=f"IEC 61400-2:2013 load case H; {BENDING}, EN 1990 table A1.2",
            remedy="a lower tip speed ratio, or a site of a calmer wind class",
        ),
        Limit(
            f"pull and bending of a blade at over-speed, worst at {where:.0f} mm",
            running,
            at_most=s.strength / GAMMA_FAULT,
            unit="N/mm²",
            formula=f"ρ ω² ∫ A r dr / A + thrust's moment / W, {s.fastest:.0f} 1/min in {FURLED:g} m/s",
            source=f"momentum theory, no load on the shaft; {BENDING}; IEC 61400-1:2019 table 3",
            remedy="a lower tip speed ratio or a thicker plank",
        ),
    ]


def _screws(s: Strength) -> list[Limit]:
    at, screw = s.at, s.screw
    points = disc_points(at, screw)
    count = len(points) + len(triangle_points(at, screw))
    factor = K_MOD / GAMMA_JOINT
    moment = parked_moment(s.strips, s.strips[0].radius, gust(at.p.wind_class))
    inner = min(x for x, _ in points)
    rows = sum(1 for x, _ in points if x <= inner + 0.1)
    lever = (at.rim - inner) / 1000
    return [
        Limit(
            "shear of one screw, a blade's pull at over-speed",
            s.pull() / count,
            at_most=factor / GAMMA_FAULT * joint_shear(screw, at.ply.thickness),
            unit="N",
            formula=f"F / {count} screws, the studs not counted",
            source="EN 1995-1-1 8.2.2 (8.6), 8.3.1, no rope effect",
            remedy="more screws, or a lower tip speed ratio",
        ),
        Limit(
            "withdrawal of one screw, a parked blade in the 50-year gust",
            moment / (rows * lever),
            at_most=factor / GAMMA_WIND * withdrawal(screw, at.ply.thickness),
            unit="N",
            formula=f"M / ({rows} screws × {lever * 1000:.0f} mm from the disc's rim), the studs not counted",
            source="IEC 61400-2:2013 load case H; EN 1995-1-1 8.7.2 (8.38)",
            remedy="more screws, a higher tip speed ratio, or a site of a calmer wind class",
        ),
    ]


def _tips(s: Strength) -> Limit:
    return Limit(
        "tip speed at over-speed",
        tip_speed(s.at.p.rotor_diameter, s.fastest),
        at_most=FASTEST_TIP,
        unit="m/s",
        formula=f"twice the design's tip speed ratio in {FURLED:g} m/s, no load on the shaft",
        source="half the speed of sound: assumption of the designer",
        remedy="a lower tip speed ratio",
    )


def _studs(at: Layout, lock_nut: float) -> Limit:
    thread = at.stack.thread
    reach = at.stack.studs[1] - at.stack.seat - at.front_z - thread.large_washer - lock_nut
    return Limit(
        "thread of the studs beyond the lock nuts",
        reach,
        at_least=THREAD,
        unit="mm",
        formula="studs of the generator - ply - root - ply - washer - lock nut",
        source="a lock nut holds with its insert, at its outer end",
        remedy="a thinner plank",
    )
