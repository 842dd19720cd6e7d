# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Whether the welds hold that carry rotor and tail."""

from __future__ import annotations

import math

from csmkit import Limit

from . import bracket, welds
from .loads import GAMMA_WEIGHT, GAMMA_WIND, STOP, G, Loads

WELD = 360 / (math.sqrt(3) * 0.8 * 1.25)  # N/mm²: EN 1993-1-8 4.5.3.3, S235: f_u 360, β_w 0.8, γ_M2 1.25
WELDS = "EN 1993-1-8 4.5.3.3, S235: 360 / (√3 × 0.8 × 1.25); wind × 1.5, weight × 1.35 (EN 1990)"


def weld_limits(loads: Loads) -> list[Limit]:
    """Boom, hinge, bracket."""
    return [_boom(loads), _cheeks(loads), _ribs(loads)]


def _boom(loads: Loads) -> Limit:
    at, mouth = loads.at, welds.seam(loads.at, 9)
    bar = at.boom_pipe
    return Limit(
        "weld between boom and hinge, sideways",
        1000 * GAMMA_WIND * loads.yaw_moment / (mouth.throat * math.pi * bar.width**2 / 4),
        at_most=WELD,
        unit="N/mm²",
        formula="1.5 × thrust × offset / (a π d² / 4): the brace holds it upright",
        source=WELDS,
        remedy="a site of a calmer wind class",
    )


def _cheeks(loads: Loads) -> Limit:
    weld, tail = welds.seam(loads.at, 7), loads.at.tail
    upright = GAMMA_WEIGHT * STOP * loads.tail_moment
    flat = GAMMA_WIND * loads.yaw_moment
    upright_stress = 1000 * upright / (2 * weld.throat * weld.length**2 / 6)
    flat_stress = 1000 * flat / (2 * tail.cheek_outside) / (weld.throat * weld.length)
    return Limit(
        "weld between cheeks and inner pipe",
        math.hypot(upright_stress, flat_stress),
        at_most=WELD,
        unit="N/mm²",
        formula="upright: M / (2 a l² / 6); sideways: M / width over the cheeks / (a l)",
        source=WELDS,
        remedy="a calmer site, or a thinner vane",
    )


def _ribs(loads: Loads) -> Limit:
    at, weld = loads.at, welds.seam(loads.at, 4)
    thrust, weight = GAMMA_WIND * loads.thrust, GAMMA_WEIGHT * loads.head_mass * G
    ahead = at.at.reach + at.stack.hub.depth
    nod = weight * ahead + GAMMA_WIND * 1000 * loads.gyroscopic
    turn = thrust * at.sizes.offset / (at.sizes.yaw_pipe / 2)
    seam = weld.throat * weld.length * weld.count
    shear = math.hypot(thrust + nod / bracket.Box(at).half, turn) / seam + weight / seam
    return Limit(
        "weld between ribs and yaw pipe",
        shear,
        at_most=WELD,
        unit="N/mm²",
        formula="√((thrust + nodding moment / half the ribs' distance)² + (thrust × offset / radius)²)"
        " / (Σ a l) + weight / (Σ a l)",
        source=f"all shares added as shear, on the safe side; {WELDS}",
        remedy="a site of a calmer wind class",
    )
