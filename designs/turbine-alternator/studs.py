# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""The hub's studs under what the blades do to them while the machine turns and yaws.

Source: IEC 61400-2:2013, simplified loads, cases A and B: most yaw rate
3 − 0.01 (A − 2) rad/s, shaft's moment B ω I ω_yaw + m g L + F R / 6, thrust 3.125 ρ A_blade V_ave² λ².
"""

from __future__ import annotations

import math

from csmkit import Limit

from ..turbine_family.hub_fits import hub_fits
from ..turbine_family.rotor_power import AIR, BLADES, design_ratio
from ..turbine_family.stack import blades_thickness
from .layout import Layout

G = 9.81  # m/s²
TIMBER = 500.0  # kg/m³
SHARE = 0.3  # of the block root width × plank × radius that a carved blade weighs (assumed: 0.9 kg for 2.4 m)
INERTIA = 0.15  # I = 0.15 m R²: a blade's mass lies towards its root (assumed)
PLANFORM = 0.65  # mean width over that of the root (assumed)
LOADS = 3.0  # partial factor of the simplified loads
MATERIAL = 1.1
STRESS_AREA = {10.0: 58.0, 12.0: 84.3}  # mm², ISO 898-1
V_REF = {"I": 50.0, "II": 42.5, "III": 37.5, "IV": 30.0}  # m/s, IEC 61400-2


def shaft_moment(at: Layout) -> float:
    """Bending moment that the rotor puts on the hub, N m."""
    rotor = at.sizes.rotor
    radius, fits = rotor / 2, hub_fits(rotor * 1000)
    blade = SHARE * TIMBER * fits.root_width * fits.blank * 1e-6 * radius
    inertia = INERTIA * blade * radius**2
    yaw = min(3.0, 3.0 - 0.01 * (math.pi * radius**2 - 2.0))
    speed = at.machine.rated.speed * 2 * math.pi / 60
    lever = (at.stack.seat + blades_thickness(rotor) / 2 + at.stack.hub.depth / 2) / 1000
    area = PLANFORM * fits.root_width / 1000 * radius
    average = 0.2 * V_REF[at.p.wind_class]
    thrust = 3.125 * AIR * area * average**2 * design_ratio(at.sizes) ** 2
    return BLADES * speed * yaw * inertia + BLADES * blade * G * lever + radius / 6 * thrust


def stud_limit(at: Layout) -> Limit:
    """Pull on the stud that the moment pulls most: M r / Σ z², studs evenly on their circle."""
    thread, hub = at.stack.thread, at.stack.hub
    pull = 2 * shaft_moment(at) * 1000 / (hub.studs * hub.circle / 2)
    strength = at.shop.bar(f"threaded-rod-m{thread.d:g}").material.bending
    assert strength is not None
    return Limit(
        "stress in a hub stud, machine turns and yaws",
        pull / STRESS_AREA[thread.d],
        at_most=strength / (LOADS * MATERIAL),
        unit="N/mm²",
        formula=f"2 M / (n r A_s), {hub.studs} studs {thread.name} on {hub.circle:g} mm",
        source="IEC 61400-2 simplified loads (gyroscopic moment, weight, thrust), factors 3.0 and 1.1; "
        "blade's mass and inertia estimated; proof stress of ISO 3506-1 class 70; preload left out",
        remedy="a calmer wind_class",
    )
