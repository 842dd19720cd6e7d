# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What a maker reads off: power against wind, wire for each battery, published figures, coil places."""

from __future__ import annotations

import math

from csmkit import CsmError, Curve, Label, Series, Stroke, Table, Template
from csmkit.model.figures import Figure

from ..turbine_family.electrical import Machine
from ..turbine_family.magnetics import mean_field
from ..turbine_family.rotor_power import shaft_power
from ..turbine_family.windings import BATTERIES, DOUBTED, published_winding, winding
from . import stator
from .layout import Layout

WINDS = [2.0 + 0.5 * i for i in range(21)]  # m/s
CABLE_DROP = 0.05  # of the battery's voltage in the cable at rated power
CABLES = (2.5, 4, 6, 10, 16, 25, 35, 50, 70, 95)  # mm², IEC 60228
COPPER = 1.724e-8 * 1e6  # Ω mm²/m
TOWER = 30.0  # m of cable from the machine to the battery, for the table
STEP = 2.0  # mm between two points of a drawn arc
SOURCE = "magnetics.py, windings.py, electrical.py and rotor_power.py of turbine-family, which name theirs"


def figures(at: Layout) -> list[Figure]:
    """All figures of a machine."""
    return [power(at), speed(at), wires(at), published(at), electrical(at), coil_places(at)]


def power(at: Layout) -> Curve:
    """Into the battery, and what the wind gives at best."""
    m = at.machine
    best = [(v, shaft_power(at.sizes.rotor, v, 16 / 27)) for v in WINDS if v <= 8]
    states = [m.in_wind(v) for v in WINDS]
    return Curve(
        "power",
        f"Power into a {at.p.voltage} V battery",
        "wind speed, m/s",
        "power, W",
        (
            Series("into the battery", tuple((s.wind, s.power) for s in states)),
            Series("at the shaft", tuple((s.wind, s.shaft) for s in states)),
            Series("Betz's limit", tuple(best)),
        ),
        ((m.rated.power, f"rated: {m.rated.wind:.1f} m/s, {m.rated.phase_current:.0f} A in each phase"),),
        f"without furling; {SOURCE}",
    )


def speed(at: Layout) -> Curve:
    """Turns of the rotor, with the battery and with nothing connected."""
    states = [at.machine.in_wind(v) for v in WINDS]
    return Curve(
        "speed",
        "Speed of the rotor",
        "wind speed, m/s",
        "speed, 1/min",
        (Series("charging", tuple((s.wind, s.speed) for s in states)),),
        ((at.winding.cut_in, "charging begins"),),
        SOURCE,
    )


def wires(at: Layout) -> Table:
    """What would be wound for each battery, and the cable to it."""
    rows: list[tuple[str | float, ...]] = []
    for volts in BATTERIES:
        try:
            w = winding(at.sizes, volts)
        except CsmError as error:
            rows.append((volts, error.problem, *([""] * 7)))
            continue
        rated = Machine(at.sizes, w).rated
        rows.append(
            (
                volts,
                w.turns,
                f"{w.in_hand} × {w.wire:g}",
                round(w.wire_mass, 2),
                round(w.resistance(20.0), 3),
                round(w.cut_in),
                round(rated.power),
                round(rated.power / volts, 1),
                cable(rated.power / volts, volts),
            )
        )
    return Table(
        "wires",
        "Windings for each battery",
        (
            "battery, V",
            "turns",
            "wires, mm",
            "copper, kg",
            "phase at 20 °C, Ω",
            "charging begins, 1/min",
            "rated, W",
            "direct current, A",
            f"cable, {TOWER:g} m, mm²",
        ),
        tuple(rows),
        f"{SOURCE}; cable for a drop of {CABLE_DROP:.0%} in both conductors",
    )


def cable(amperes: float, volts: float) -> str:
    """Section that drops no more than the share, mm²."""
    need = 2 * TOWER * COPPER * amperes / (CABLE_DROP * volts)
    fits = next((s for s in CABLES if s >= need), None)
    return f"{fits:g}" if fits else f"more than {CABLES[-1]:g}"


def published(at: Layout) -> Table:
    """Published figures beside what this kit makes, where a machine was published."""
    s, c = at.sizes, at.coil
    rows: list[tuple[str | float, ...]] = []
    if s.is_published:
        theirs = published_winding(s)
        here = winding(s, theirs.battery)
        doubt = s.rotor == DOUBTED
        note = (
            "the same as that of 2.4 m: doubted, this kit reckons its own" if doubt else "wound as published"
        )
        rows = [
            ("turns of a coil", s.turns, here.turns, note),
            ("wires in hand", s.wires, here.in_hand, ""),
            ("wire, mm", s.wire, here.wire, ""),
            ("share of copper in the leg", round(theirs.fill, 2), round(here.fill, 2), "0.55 is usual"),
            ("battery, V", "not told", theirs.battery, "the one that begins to charge nearest to 3 m/s"),
            ("charging begins, 1/min", "not told", round(here.cut_in), ""),
        ]
    rows += [
        ("leg of a coil, mm", "", round(c.leg, 1), "what the neighbours leave"),
        ("hole of a coil begins at radius, mm", round(at.magnet_start, 1), round(c.inner, 1), _shift(at)),
    ]
    return Table(
        "published",
        "Published figures and this kit's",
        ("figure", "published", "here", "why"),
        tuple(rows),
        "OpenAFPM's default parameters after Hugh Piggott's Wind Turbine Recipe Book (2014)",
    )


def _shift(at: Layout) -> str:
    moved = at.coil.inner - at.magnet_start
    return (
        f"moved out by {moved:.1f} mm: the nuts of the hub turn inside" if moved > 0.05 else "as the magnets"
    )


def electrical(at: Layout) -> Table:
    """The estimate, step by step."""
    w, m = at.winding, at.machine
    r = m.rated
    rows: list[tuple[str | float, ...]] = [
        (
            "field between the discs, no leakage",
            round(mean_field(at.sizes), 3),
            "T",
            "B_r l_m / (l_m + μ_r g)",
        ),
        (
            "flux through a turn, mean of all turns",
            round(w.flux * 1000, 4),
            "mWb",
            "first harmonic, with leakage",
        ),
        ("voltage of a phase", round(1000 * w.emf(1.0), 2), "mV each 1/min", "q N p ω Φ / √2"),
        ("charging begins", round(w.cut_in), "1/min", "√6 E = battery + 1.4 V"),
        ("phase, 20 °C", round(w.resistance(20.0), 3), "Ω", "ρ l / A"),
        ("phase", round(1000 * w.inductance, 2), "mH", "Wheeler 1928"),
        ("rated wind", round(r.wind, 1), "m/s", "10.5 or where the stator is at 90 °C"),
        ("rated speed", round(r.speed), "1/min", "blades' power = shaft's power"),
        ("rated power", round(r.power), "W", "into the battery"),
        ("efficiency, rated", round(r.efficiency, 2), "", "battery over shaft"),
        ("current density, rated", round(m.current_density(r), 1), "A/mm²", "phase current over copper"),
        ("wire without ends", round(w.wire_length), "m", "coils × turns × wires × mean turn"),
    ]
    return Table("electrical", "Electrical estimate", ("what", "value", "unit", "from"), tuple(rows), SOURCE)


def coil_places(at: Layout) -> Template:
    """The stator at 1:1: where each coil lies, to be laid under the mould's glass cloth."""
    s = at.stack
    strokes = [_circle(s.stator_radius), _circle(s.stator_bore)]
    labels = []
    for i in range(at.coil.count):
        angle = at.coil_angle(i)
        for outline in (stator.wound(at), stator.hole(at)):
            points = outline.moved(angle=angle).points()
            strokes.append(Stroke((*points, points[0]), "mark"))
        r = (at.coil.inner + at.coil.outer) / 2
        x, y = r * math.cos(math.radians(angle)), r * math.sin(math.radians(angle))
        labels.append(Label(x - 8, y - 3, f"{'ABC'[i % 3]}{i // 3 + 1}", 7.0))
    for x, y in s.stator_points:
        strokes += [Stroke(((x - 5, y), (x + 5, y)), "mark"), Stroke(((x, y - 5), (x, y + 5)), "mark")]
    return Template(
        "coil places",
        "Where the coils lie in the stator",
        tuple(strokes),
        tuple(labels),
        "Seen from above into the mould. A, B and C are the phases; coils of one phase are joined end "
        "to start, all wound and laid the same way round. Crosses: the studs.",
    )


def _circle(radius: float) -> Stroke:
    n = max(36, round(2 * math.pi * radius / STEP))
    angles = [2 * math.pi * i / n for i in range(n)]
    points = tuple((radius * math.cos(a), radius * math.sin(a)) for a in angles)
    return Stroke((*points, points[0]))
