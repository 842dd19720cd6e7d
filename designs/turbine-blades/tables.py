# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What a maker reads off: stations, speeds and power, balance, the blank for the router."""

from __future__ import annotations

import math

from csmkit import Curve, Series, Table
from csmkit.model.figures import Figure

from ..turbine_family.aerofoil import THICKEST
from ..turbine_family.blade_loads import (
    FURLED,
    blade_strips,
    centrifugal,
    gust,
    overspeed_rpm,
    parked_moment,
    parked_thrust,
    running_thrust,
)
from ..turbine_family.blade_solid import Blade
from ..turbine_family.rotor_power import BLADES, cp, peak_cp, rpm, shaft_power, tip_speed
from .aids import name
from .layout import Layout, plank_thickness, plank_width

GRADE = 16.0  # mm/s, ISO 21940-11 G 16
WINDS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 12)  # m/s
PROGRAM = "Hugh Piggott's published blade program; thickness: share of the chord fitted to its five figures"


def tables(at: Layout, made: Blade) -> list[Figure]:
    """All tables and curves of the kit."""
    found: list[Figure] = [_stations(at), _program(at), _speeds(at), _loads(at, made), _balance(at, made)]
    found.append(_power(at))
    return [*found, _blank(at)] if at.p.making == "milled" else found


def _stations(at: Layout) -> Table:
    return Table(
        "stations",
        "Stations, as they are made",
        ("radius, mm", "width, mm", "drop, mm", "thickness, mm", "thickest at, mm", "angle, °", "wedge, mm"),
        tuple(
            (
                name(s),
                round(s.width, 1),
                round(s.drop, 1),
                round(s.thickness, 1),
                round(THICKEST * s.width, 1),
                round(s.angle, 1),
                round(max(s.front - at.plan.plank, 0.0), 1),
            )
            for s in at.stations
        ),
        f"{PROGRAM}; cut off by the plank inboard. Thickest: from the leading edge. Wedge: above the plank",
    )


def _program(at: Layout) -> Table:
    return Table(
        "program",
        "Stations, as the program says: without a plank",
        ("radius, mm", "wind, °", "blade, °", "chord, mm", "width, mm", "drop, mm", "thickness, mm"),
        tuple(
            (
                name(s),
                *(
                    round(v, 1)
                    for v in (
                        s.ideal.inflow,
                        s.ideal.angle,
                        s.ideal.chord,
                        s.ideal.width,
                        s.ideal.drop,
                        s.ideal.thickness,
                    )
                ),
            )
            for s in at.stations
        ),
        PROGRAM,
    )


def _speeds(at: Layout) -> Table:
    rotor, ratio = at.p.rotor_diameter, at.plan.ratio
    rows = []
    for wind in WINDS:
        speed = rpm(rotor, wind, ratio)
        power = shaft_power(rotor, wind, cp(ratio, ratio))
        rows.append(
            (
                wind,
                round(speed),
                round(tip_speed(rotor, speed)),
                round(power),
                round(running_thrust(rotor, wind)),
            )
        )
    return Table(
        "speeds",
        f"At the best tip speed ratio, {ratio:g}; unloaded in {FURLED:g} m/s"
        f" {overspeed_rpm(at.plan):.0f} 1/min; gust of 50 years {gust(at.p.wind_class):.1f} m/s",
        ("wind, m/s", "speed, 1/min", "tips, m/s", "shaft, W", "thrust, N"),
        tuple(rows),
        "power coefficient: Wilson 1976, shape of Heier 1998; thrust: momentum theory at the Betz limit",
    )


def _balance(at: Layout, made: Blade) -> Table:
    mass = BLADES * at.plank.material.density * made.body.volume * 1e-9
    rows = []
    for wind in (5, 8, 10, FURLED):
        speed = rpm(at.p.rotor_diameter, wind, at.plan.ratio)
        allowed = GRADE * mass / (speed * math.pi / 30) * 1000  # g mm
        rows.append((round(wind), round(speed), round(allowed), round(allowed / at.plan.tip, 1)))
    return Table(
        "balance",
        f"Unbalance that may remain, blades of {mass:.1f} kg in all",
        ("wind, m/s", "speed, 1/min", "unbalance, g mm", "weight at a tip, g"),
        tuple(rows),
        "ISO 21940-11, grade G 16, U = 1000 G m / ω (assumed: fans are G 6.3, which hanging cannot show)",
    )


def _power(at: Layout) -> Curve:
    rotor, ratio = at.p.rotor_diameter, at.plan.ratio
    winds = [k / 2 for k in range(6, 25)]
    return Curve(
        "shaft-power",
        "Power at the shaft",
        "wind speed, m/s",
        "power, W",
        (
            Series(
                f"tip speed ratio {ratio:g}, Cp {peak_cp(ratio):.2f}",
                tuple((v, shaft_power(rotor, v, peak_cp(ratio))) for v in winds),
            ),
            Series(
                f"tip speed ratio {1.4 * ratio:.1f}, lightly loaded",
                tuple((v, shaft_power(rotor, v, cp(1.4 * ratio, ratio))) for v in winds),
            ),
        ),
        source="Wilson 1976 with lift over drag 25, less a tenth for carving; shape of Heier 1998",
    )


def _blank(at: Layout) -> Table:
    sawn = f"{plank_width(at.plank):g} x {plank_thickness(at.plank):g}"
    rows = (
        ("plank as sold", sawn),
        ("planed for the router", f"{plank_width(at.plank):g} x {at.plan.plank:g}"),
        ("the hub wants at least", f"{at.fits.root_width:.0f} x {at.fits.blank:.0f}"),
        ("blade", f"{at.plan.tip:.0f} long"),
    )
    return Table(
        "blank",
        "Blank for the router",
        ("what", "mm"),
        rows,
        "blank: hub fits after Hugh Piggott's Recipe Book. Dowels stand in the waste beside the root's point"
        " and beside the outer half of the trailing edge; the setup sheet has their places",
    )


def _loads(at: Layout, made: Blade) -> Table:
    """What tower, frame and shaft have to take from the rotor."""
    strips = blade_strips(at.plan, at.stations)
    wind, speed = gust(at.p.wind_class), overspeed_rpm(at.plan)
    density, root = at.plank.material.density, strips[0].radius
    rows = (
        (f"thrust, turning in {FURLED:g} m/s, N", round(running_thrust(at.p.rotor_diameter, FURLED))),
        (f"thrust, parked in {wind:.1f} m/s, N", round(parked_thrust(strips, wind))),
        (f"bending of a root, parked, at {root:.0f} mm, Nm", round(parked_moment(strips, root, wind))),
        (f"pull at a root's end, {speed:.0f} 1/min, N", round(centrifugal(strips, root, density, speed))),
        ("mass of three blades, kg", round(BLADES * density * made.body.volume * 1e-9, 2)),
    )
    return Table(
        "loads",
        "Loads that the rotor hands on, without factors",
        ("what", "value"),
        rows,
        "IEC 61400-2:2013 load case H (parked); momentum theory (turning); unloaded: twice the ratio",
    )
