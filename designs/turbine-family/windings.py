# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What is wound: turns, wire, resistance, length and mass, for a battery.

Sources: published turns and wires: OpenAFPM's default parameters, whose battery is found from where they
begin to charge; share of copper 0.55 of the leg: those parameters again; cut-in at 3 m/s with the rotor
running 1.4 times its design ratio (8.75 to 6.25): Latoufis and others, Wind Engineering 36(4), 2012.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from csmkit import CsmError

from .coils import Coil, coil
from .magnetics import linked_flux
from .rotor_power import design_ratio, rpm
from .sizes import Sizes

BATTERIES = (12, 24, 48)  # V
DIODES = 1.4  # V, two diodes of the rectifier's bridge that conduct at a time
CUT_IN_WIND = 3.0  # m/s
CUT_IN_RATIO = 1.4  # times the blades' design ratio: no load yet
FILL = 0.55  # share of copper in a leg that hand winding reaches
DOUBTED = 4.2  # m, machine whose published winding is a copy of that of 2.4 m
# Diameters of enamelled copper wire, mm: IEC 60317-0-1, series R 20 and R 40
WIRES = (
    0.5,
    0.56,
    0.6,
    0.63,
    0.67,
    0.71,
    0.75,
    0.8,
    0.85,
    0.9,
    0.95,
    1.0,
    1.06,
    1.12,
    1.18,
    1.25,
    1.32,
    1.4,
    1.5,
    1.6,
)
MOST_IN_HAND = 8  # more wires at once can't be laid by hand
COPPER = 8960.0  # kg/m³
RESISTIVITY = 1.724e-8  # Ω m at 20 °C, annealed copper (IEC 60028)
PER_KELVIN = 0.00393  # of the resistance at 20 °C
WARM = 70.0  # °C, at which the machine is reckoned


@dataclass(frozen=True)
class Winding:
    """Coils of one machine for one battery; three phases in star, the coils of a phase in series."""

    coil: Coil
    battery: int  # V
    turns: int  # of a coil
    in_hand: int  # wires wound together
    wire: float  # mm
    poles: int  # pairs of them
    flux: float  # Wb, peak through a turn
    is_published: bool

    @property
    def in_phase(self) -> int:
        """Coils of a phase."""
        return self.coil.count // 3

    @property
    def section(self) -> float:
        """Copper of one turn, mm²."""
        return self.in_hand * math.pi / 4 * self.wire**2

    @property
    def fill(self) -> float:
        """Share of copper in a leg, the stator's whole thickness counted."""
        return self.turns * self.section / self.coil.area

    @property
    def wire_length(self) -> float:
        """Wire of all coils, all wires in hand, ends and joints left out, m."""
        return self.coil.count * self.turns * self.in_hand * self.coil.mean_turn / 1000

    @property
    def wire_mass(self) -> float:
        """Copper of all coils, kg."""
        return self.wire_length * math.pi / 4 * self.wire**2 * 1e-6 * COPPER

    def resistance(self, celsius: float = WARM) -> float:
        """Of one phase, Ω."""
        length = self.in_phase * self.turns * self.coil.mean_turn / 1000
        cold = RESISTIVITY * length / (self.section * 1e-6)
        return cold * (1 + PER_KELVIN * (celsius - 20))

    @property
    def inductance(self) -> float:
        """Of one phase, H: Wheeler's formula for thick coils, N² r² / (6 r + 9 h + 10 w) µH with inches.

        Source: Wheeler 1928; coils taken round, what couples them left out.
        """
        inch = 25.4
        radius = self.coil.mean_turn / (2 * math.pi) / inch
        bulk = 6 * radius + 9 * self.coil.thickness / inch + 10 * self.coil.leg / inch
        return self.in_phase * 0.8e-6 * self.turns**2 * radius**2 / bulk

    def emf(self, speed_rpm: float) -> float:
        """Voltage that a phase induces, V, effective: p ω N Φ / √2 for each coil."""
        omega = 2 * math.pi * speed_rpm / 60 * self.poles
        return self.in_phase * self.turns * omega * self.flux / math.sqrt(2)

    @property
    def cut_in(self) -> float:
        """Speed at which it begins to charge, 1/min: peak between two phases = battery and two diodes."""
        return (self.battery + DIODES) / (math.sqrt(6) * self.emf(1.0))


def published_battery(sizes: Sizes) -> int:
    """Battery of a published machine: with it charging begins nearest to the wanted speed, V."""
    wanted = _wanted_turns(sizes)
    return min(BATTERIES, key=lambda v: abs(math.log(wanted[v] / sizes.turns)))


def winding(sizes: Sizes, battery: int) -> Winding:
    """The winding of a machine: the published one for its own battery, else reckoned.

    Args:
        battery: 12, 24 or 48 V.
    Raises: CsmError: so few turns of so thick wire can't be wound; the nearest battery that works.
    """
    if sizes.is_published and sizes.rotor != DOUBTED and battery == published_battery(sizes):
        return _wound(sizes, battery, sizes.turns, sizes.wires, sizes.wire, True)
    turns = max(1, round(_wanted_turns(sizes)[battery]))
    found = _wires(coil(sizes).area * FILL / turns)
    if found is None:
        higher = next((v for v in BATTERIES if v > battery), battery)
        raise CsmError(
            f"{turns} turns want more than {MOST_IN_HAND} wires of {WIRES[-1]:g} mm in hand",
            remedy=f"the nearest battery voltage is {higher} V",
        )
    return _wound(sizes, battery, turns, *found, False)


def published_winding(sizes: Sizes) -> Winding:
    """What was published for this machine, doubted or not, with the battery that it fits best."""
    return _wound(sizes, published_battery(sizes), sizes.turns, sizes.wires, sizes.wire, True)


def _wanted_turns(sizes: Sizes) -> dict[int, float]:
    """Turns of a coil that begin to charge each battery at the cut-in wind, not rounded."""
    speed = rpm(sizes.rotor, CUT_IN_WIND, CUT_IN_RATIO * design_ratio(sizes))
    one = _wound(sizes, BATTERIES[0], 1, 1, 1.0, False)
    return {v: (v + DIODES) / (math.sqrt(6) * one.emf(speed)) for v in BATTERIES}


def _wires(section: float) -> tuple[int, float] | None:
    """Fewest wires in hand, and their diameter, that fill a section in mm² without exceeding it.

    One wire more is taken where it fills at least a twentieth better.
    """
    best: tuple[int, float] | None = None
    filled = 0.0
    for in_hand in range(1, MOST_IN_HAND + 1):
        fits = [d for d in WIRES if in_hand * math.pi / 4 * d**2 <= section]
        share = in_hand * math.pi / 4 * fits[-1] ** 2 / section if fits else 0.0
        if share > filled * 1.05 and (best is None or filled < 0.9):
            best, filled = (in_hand, fits[-1]), share
    return best if filled > 0.8 else None


def _wound(sizes: Sizes, battery: int, turns: int, in_hand: int, wire: float, published: bool) -> Winding:
    space = coil(sizes)
    return Winding(
        coil=space,
        battery=battery,
        turns=turns,
        in_hand=in_hand,
        wire=wire,
        poles=sizes.magnets // 2,
        flux=linked_flux(sizes, space),
        is_published=published,
    )
