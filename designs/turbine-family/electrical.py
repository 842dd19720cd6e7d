# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What the alternator gives into a battery, at each speed and in each wind.

A bridge rectifier on a battery: currents nearly sinusoidal and in phase with the voltage at the terminals,
whose first harmonic is √2 / π of the direct voltage (Mohan, Undeland, Robbins, Power Electronics, chapter 5,
rectifier with a stiff direct voltage). The voltage induced is the hypotenuse of that voltage and the drops:

    E² = (V + R I)² + (ω L I)²

Losses: copper, diodes, eddies in the wires, bearings. The rotor runs where the blades give what the shaft
takes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from .magnetics import mean_field
from .rotor_power import FREEWHEEL, cp, design_ratio, rpm, shaft_power
from .sizes import Sizes
from .windings import DIODES, PER_KELVIN, RESISTIVITY, Winding

PHASE = math.sqrt(2) / math.pi  # of the direct voltage: a phase's first harmonic, effective
DIRECT = 3 * math.sqrt(2) / math.pi  # of a phase's current, effective: the direct current
BEARINGS = 0.3  # N m, bearings and seals of a trailer hub (assumed)
FURLED = 10.5  # m/s, wind in which the tail lets a machine turn away at the latest (assumed)
HEAT = 30.0  # W/(m² K), both faces: 5 to 6 A/mm² give some 80 °C (assumed)
AMBIENT = 30.0  # °C
STATOR_MOST = 90.0  # °C; polyester for casting softens at 70 to 110 °C (makers' heat deflection)
RUNS_AWAY = 1000.0  # °C, in place of a heat that has no end
WIND_STEP = 0.1  # m/s
STEPS = 60


@dataclass(frozen=True)
class Running:
    """The machine in one state; electrical power as it goes into the battery."""

    wind: float  # m/s
    speed: float  # 1/min
    shaft: float  # W
    power: float  # W
    phase_current: float  # A, effective
    heat: float  # W, in the stator

    @property
    def efficiency(self) -> float:
        """Share of the shaft's power that charges the battery."""
        return self.power / self.shaft if self.shaft > 0 else 0.0


@dataclass(frozen=True)
class Machine:
    """An alternator behind the family's blades, on a battery."""

    sizes: Sizes
    winding: Winding

    def current(self, speed: float) -> float:
        """Of a phase at a speed in 1/min, A, effective; 0 below cut-in."""
        volts = PHASE * (self.winding.battery + DIODES)
        emf, r = self.winding.emf(speed), self.winding.resistance()
        x = 2 * math.pi * speed / 60 * self.winding.poles * self.winding.inductance
        if emf <= volts:
            return 0.0
        a, b, c = r**2 + x**2, volts * r, volts**2 - emf**2
        return (math.sqrt(b * b - a * c) - b) / a

    def eddy_loss(self, speed: float) -> float:
        """In the wires between the magnets, W: π l d⁴ (B ω)² / (128 ρ) for round wire across the field.

        Source: Carter 1967, chapter on conductors in alternating fields; B is the mean field, the coils' legs
        count along the magnets.
        """
        w, omega = self.winding, 2 * math.pi * speed / 60 * self.winding.poles
        length = 2 * self.sizes.magnet.length / 1000 * w.turns * w.in_hand * w.coil.count
        share = math.pi * (w.wire / 1000) ** 4 * (mean_field(self.sizes) * omega) ** 2
        return share * length / (128 * RESISTIVITY)

    def at(self, speed: float, wind: float = 0.0) -> Running:
        """What it gives and takes at a speed in 1/min."""
        current = self.current(speed)
        copper = 3 * current**2 * self.winding.resistance()
        eddies = self.eddy_loss(speed)
        direct = DIRECT * current
        power = direct * self.winding.battery
        friction = BEARINGS * 2 * math.pi * speed / 60
        shaft = power + direct * DIODES + copper + eddies + friction
        return Running(wind, speed, shaft, power, current, copper + eddies)

    def in_wind(self, wind: float) -> Running:
        """Where the rotor settles in a wind, in m/s: the greatest speed at which the blades give enough."""
        rotor, design = self.sizes.rotor, design_ratio(self.sizes)
        ratios = [FREEWHEEL * design * (1 - i / STEPS) for i in range(STEPS)]

        def spare(ratio: float) -> float:
            speed = rpm(rotor, wind, ratio)
            return shaft_power(rotor, wind, cp(ratio, design)) - self.at(speed).shaft

        low = next((r for r in ratios if spare(r) >= 0), 0.0)
        if low == 0.0:
            return Running(wind, 0.0, 0.0, 0.0, 0.0, 0.0)
        high = low + FREEWHEEL * design / STEPS
        for _ in range(STEPS):
            middle = (low + high) / 2
            low, high = (middle, high) if spare(middle) >= 0 else (low, middle)
        return self.at(rpm(rotor, wind, low), wind)

    @cached_property
    def rated(self) -> Running:
        """The most that it may give for long: from here on the tail must turn it away."""
        full = self.in_wind(FURLED)
        if self.temperature(full) <= STATOR_MOST:
            return full
        low, high = 0.0, FURLED
        while high - low > WIND_STEP:
            middle = (low + high) / 2
            cool = self.temperature(self.in_wind(middle)) <= STATOR_MOST
            low, high = (middle, high) if cool else (low, middle)
        return self.in_wind(math.floor(low / WIND_STEP) * WIND_STEP)

    def current_density(self, state: Running) -> float:
        """In the copper, A/mm²."""
        return state.phase_current / self.winding.section

    @property
    def cooling_area(self) -> float:
        """Both faces of the ring that the coils cover, m²."""
        coil = self.winding.coil
        ring = (coil.outer + coil.leg) ** 2 - (coil.inner - coil.leg) ** 2
        return 2 * math.pi * ring * 1e-6

    def temperature(self, state: Running) -> float:
        """Of the stator that stays in a state for long, °C.

        Its heat over faces and heat transfer; copper resists more as it warms.
        """
        cooling = HEAT * self.cooling_area
        copper = 3 * state.phase_current**2
        cold = self.winding.resistance(20.0)
        # cooling (T − ambient) = eddies + copper R20 (1 + α (T − 20)), solved for T
        eddies = state.heat - copper * self.winding.resistance()
        heat = eddies + copper * cold * (1 + PER_KELVIN * (AMBIENT - 20))
        slope = cooling - copper * cold * PER_KELVIN
        return AMBIENT + heat / slope if slope > 0 else RUNS_AWAY
