# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Whether it holds and furls: each limit with its formula and source."""

from __future__ import annotations

import math

from csmkit import Bar, Limit

from ..turbine_family.blade_loads import FURLED
from ..turbine_family.placing import TILT
from ..turbine_family.rotor_power import AIR
from . import bracket
from .layout import Layout
from .loads import GAMMA_WEIGHT, GAMMA_WIND, MISALIGNED, STOP, G, Loads
from .weld_limits import weld_limits

STEEL = (
    "EN 1993-1-1 6.2.5, γ_M0 = 1; EN 1990 table A1.2: wind × 1.5, weight × 1.35; strength: the steel's row"
)
K_MOD, GAMMA_TIMBER = 0.9, 1.3  # EN 1995-1-1 tables 3.1 (instantaneous, service class 3) and 2.3
GREASED = 0.15  # friction of greased steel (assumed; tables for machine design: 0.1 to 0.15)
ACROSS = 15.0  # m/s that a boom must stand with the vane across it: a bearing that sticks (assumed)
TIP_ROOM = 0.06  # of the rotor's diameter between tip and tower at rest: blades bend (assumed)


def limits(loads: Loads) -> list[Limit]:
    """The gravest first."""
    return [
        *_furling(loads),
        *_boom(loads),
        *_hinge(loads),
        *_vane(loads),
        *_head(loads),
        *weld_limits(loads),
        _tips(loads.at),
    ]


def modulus(bar: Bar) -> float:
    """Section modulus of a pipe, mm³."""
    d, inside = bar.width, bar.width - 2 * bar.wall
    return math.pi / 32 * (d**4 - inside**4) / d


def yields(bar: Bar) -> float:
    """Yield strength, N/mm²."""
    return bar.material.bending or 0.0


def _furling(loads: Loads) -> list[Limit]:
    f, tail = loads.furling, loads.at.tail
    spacing = tail.outer_end - tail.notch_top
    friction = 2 * GREASED * tail.pin / spacing * loads.tail_moment
    return [
        Limit(
            "wind that the rotor feels at most, the tail furling",
            loads.felt,
            at_most=loads.rated,
            unit="m/s",
            formula="largest wind × cos(skew) of the table of furling; limit: the stator stays cool enough",
            source="turbine-family/furling.py: statics, momentum theory; turbine-family/electrical.py",
            remedy="a thinner vane, or another voltage",
        ),
        Limit(
            "wind that the rotor feels in the 50-year gust, the tail on its high end stop",
            loads.felt_parked,
            at_most=FURLED,
            unit="m/s",
            formula=f"{loads.gust:.1f} m/s × cos(skew there); limit: over-speed of the blades' kit",
            source="as above; IEC 61400-2:2013 table 1, 6.3",
            remedy="a site of a calmer wind class",
        ),
        Limit(
            "tail's return from either stop, weight over friction in the hinge",
            min(f.weight_moment(0.0), f.weight_moment(tail.travel)) / friction,
            at_least=1.0,
            formula="m g × lever about the hinge / (2 µ r / s × m g × arm), µ = 0.15, "
            f"r = {tail.pin:.1f} mm, s = {spacing:.0f} mm",
            source="statics of a pipe on a pipe; friction of greased steel assumed",
            remedy="a heavier vane",
        ),
    ]


def _boom(loads: Loads) -> list[Limit]:
    at, bar = loads.at, loads.at.boom_pipe
    moment = math.hypot(GAMMA_WIND * loads.yaw_moment, GAMMA_WEIGHT * STOP * loads.tail_moment)
    long, high, _ = at.sizes.vane
    area = long * high * 1e-6
    lever = (loads.at.tail.vane_start + long / 2) / 1000
    across = math.sqrt(yields(bar) * modulus(bar) / 1000 / (1.5 * 0.5 * AIR * area * lever))
    return [
        Limit(
            "bending of the boom at the hinge, 50-year gust and drop onto the stop",
            1000 * moment / modulus(bar),
            at_most=yields(bar),
            unit="N/mm²",
            formula="√((1.5 × thrust × offset)² + (1.35 × 2 × weight × arm)²) / W: a machine that yaws freely"
            " can't pull harder on its tail than the rotor pulls on the other side",
            source=f"thrust: IEC 61400-2:2013 load case H; drop assumed twice the weight; {STEEL}",
            remedy="a calmer site, or a thinner vane",
        ),
        Limit(
            "wind at which the boom yields with the vane across it, the yaw bearing stuck",
            across,
            at_least=ACROSS,
            unit="m/s",
            formula="√(f_y W / (1.5 × ½ ρ × area × lever))",
            source="IEC 61400-2:2013 table 3: 1.5 for a flat plate; the wind that it must stand is assumed",
            remedy="keep the yaw bearing greased",
        ),
    ]


def _hinge(loads: Loads) -> list[Limit]:
    at, bar, tail = loads.at, loads.at.pin_pipe, loads.at.tail
    upright = GAMMA_WEIGHT * STOP * loads.tail_moment
    flat = GAMMA_WIND * loads.yaw_moment
    spacing = tail.outer_end - tail.notch_top
    pair = 1000 * math.hypot(upright, flat) / spacing
    return [
        Limit(
            "bending of the hinge's inner pipe at the cheeks",
            1000 * math.hypot(upright, flat) / modulus(bar),
            at_most=yields(bar),
            unit="N/mm²",
            formula="√((1.5 × thrust × offset)² + (1.35 × 2 × weight × arm)²) / W",
            source=f"as the boom; {STEEL}",
            remedy="a calmer site, or a thinner vane",
        ),
        Limit(
            "shear of the hinge's inner pipe",
            2 * pair / bar.section,
            at_most=bar.material.shear or 0.0,
            unit="N/mm²",
            formula=f"2 × moment / {spacing:.0f} mm / area of a pipe",
            source=f"EN 1993-1-1 6.2.6; {STEEL}",
            remedy="a thinner vane",
        ),
        Limit(
            "pressure of the cheeks on the notch at a stop, 50-year gust",
            1000 * flat / (tail.outer - at.yaw_pipe.wall / 2) / (at.yaw_pipe.wall * tail.notch),
            at_most=yields(at.yaw_pipe),
            unit="N/mm²",
            formula=f"1.5 × thrust × offset / radius / (wall × {tail.notch:.0f} mm)",
            source=STEEL,
            remedy="a site of a calmer wind class",
        ),
    ]


def _vane(loads: Loads) -> list[Limit]:
    at, tail, ply = loads.at, loads.at.tail, loads.at.vane
    long, high, _ = at.sizes.vane
    free = tail.vane_start + long - tail.bar_places[1]
    factor = K_MOD / GAMMA_TIMBER / GAMMA_WIND
    pressure = loads.vane_pressure * 1e-6
    force = pressure * long * high
    bolts = 2 * len(tail.bolt_heights)
    return [
        Limit(
            "bending of the vane behind its rear bar, 50-year gust",
            3 * pressure * free**2 / ply.thickness**2,
            at_most=factor * (ply.material.bending or 0.0),
            unit="N/mm²",
            formula=f"p c² / 2 / (t² / 6), c = {free:.0f} mm, p of a plate {MISALIGNED:g}° to the gust",
            source="IEC 61400-1:2005 7.4.6 (15°, parked); Polhamus 1966; EN 1995-1-1 tables 3.1, 2.3",
            remedy="a thicker vane, or a site of a calmer wind class",
        ),
        Limit(
            "bending of the vane beside the boom, upright, 50-year gust",
            force / 2 * high / 4 / (long / 2 * ply.thickness**2 / 6),
            at_most=factor * (ply.material.bending_across or 0.0),
            unit="N/mm²",
            formula="p A / 2 × h / 4 / (half of the length × t² / 6): the ply is far stiffer than its bars",
            source="EN 1995-1-1 tables 3.1, 2.3; EN 1990; strength across the grain: the ply's row",
            remedy="a thicker vane, or a site of a calmer wind class",
        ),
        Limit(
            "pull of a bolt's washer into the vane, 50-year gust",
            GAMMA_WIND * 2 * force / bolts / (math.pi / 4 * (24**2 - 9**2)),
            at_most=3.0 * K_MOD / GAMMA_TIMBER,
            unit="N/mm²",
            formula=f"2 × p A / {bolts} bolts / area of the washer: those of one bar carry twice their share",
            source="EN 1995-1-1 8.5.2 (3 f_c,90 below a washer); f_c,90 = 1 N/mm² assumed, on the safe side",
            remedy="a site of a calmer wind class",
        ),
    ]


def _head(loads: Loads) -> list[Limit]:
    at, box = loads.at, bracket.Box(loads.at)
    thrust, weight = GAMMA_WIND * loads.thrust, GAMMA_WEIGHT * loads.head_mass * G
    ahead = at.at.reach + at.stack.hub.depth
    half = at.at.yaw_length / 2
    stub = at.pin_pipe
    nod = weight * ahead + GAMMA_WIND * 1000 * loads.gyroscopic
    on_stub = thrust * half + nod
    turn = thrust * at.sizes.offset
    depth = box.face - box.rear
    return [
        Limit(
            "bending of the tower's stub below the yaw pipe",
            on_stub / modulus(stub),
            at_most=yields(stub),
            unit="N/mm²",
            formula=f"(1.5 × (thrust × {half:.0f} mm + gyroscopic moment) + 1.35 × weight × {ahead:.0f} mm)"
            " / W; tail as a counterweight left out",
            source=f"IEC 61400-2:2013 load cases H, and B (yawing fast); weight estimated; {STEEL}",
            remedy="a site of a calmer wind class",
        ),
        Limit(
            "bending of the ribs between yaw pipe and shaft",
            turn / (2 * at.bracket.thickness * depth**2 / 6),
            at_most=at.bracket.material.bending or 0.0,
            unit="N/mm²",
            formula=f"1.5 × thrust × offset / (2 t b² / 6), b = {depth:.0f} mm; face and rear plate left out",
            source=STEEL,
            remedy="a site of a calmer wind class",
        ),
    ]


def _tips(at: Layout) -> Limit:
    down = at.sizes.rotor * 500
    ahead = at.at.alternator.point((0.0, -down, at.stack.seat))[0]
    return Limit(
        "room between blade tips and tower",
        ahead - at.sizes.yaw_pipe / 2,
        at_least=TIP_ROOM * at.sizes.rotor * 1000,
        unit="mm",
        formula=f"reach of the bracket + hub + blades' seat + radius × sin {TILT:g}°, at rest",
        source="assumption of the designer: blades bend towards the tower by less than 6 % of the diameter",
        remedy="a tower no wider than the yaw pipe for half a rotor's diameter",
    )
