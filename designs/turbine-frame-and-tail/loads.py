# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What frame and tail carry: their own masses, the head's, the wind."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from build123d import CenterOf

from csmkit import Kit, Part, Pose
from csmkit.model import Placed
from csmkit.model.pose import Vector

from ..turbine_family.blade_loads import blade_strips, gust, tower_top_thrust, usual_plan
from ..turbine_family.blade_stations import stations
from ..turbine_family.electrical import Machine
from ..turbine_family.furling import Balance, Furling, plate_coefficient
from ..turbine_family.hub_fits import hub_fits
from ..turbine_family.rotor_power import AIR, BLADES, design_ratio
from ..turbine_family.windings import winding
from .layout import Layout

G = 9.81  # m/s²
GAMMA_WIND, GAMMA_WEIGHT = 1.5, 1.35  # EN 1990 table A1.2
STEEL, CASTING, TIMBER = 7850.0, 2500.0, 450.0  # kg/m³; stator and magnets in resin: copper and resin mixed
BLADE_SHARE = 0.5  # of the plank that stays in a blade
MISALIGNED = 15.0  # degrees of the gust to the vane: IEC 61400-1:2005 7.4.6, parked, steady wind
STOP = 2.0  # × the tail's weight as it drops onto its stop (assumed)


@dataclass(frozen=True)
class Loads:
    """Of one machine; N, Nm, kg, m/s."""

    at: Layout
    furling: Furling

    @classmethod
    def of(cls, at: Layout, tail: Kit) -> Loads:
        """From the tail's parts in its own frame."""
        mass, center = mass_and_center(at, tail)
        return cls(at, Furling(at.tail, mass, center))

    @cached_property
    def thrust(self) -> float:
        """At the tower's top: the larger of running and of the 50-year gust on parked blades."""
        return tower_top_thrust(self.at.sizes, self.at.p.wind_class)

    @property
    def gust(self) -> float:
        """Gust of 50 years."""
        return gust(self.at.p.wind_class)

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        """The machine in one wind after another."""
        return tuple(self.furling.balances())

    @property
    def felt(self) -> float:
        """The most that the rotor ever feels of the wind."""
        return max(b.felt for b in self.balances)

    @cached_property
    def rated(self) -> float:
        """Wind above which the alternator gets too hot, if it faced it."""
        return Machine(self.at.sizes, winding(self.at.sizes, int(self.at.p.voltage))).rated.wind

    @property
    def head_mass(self) -> float:
        """Of alternator and blades, estimated from their sizes: it loads the bracket."""
        s, stack = self.at.sizes, self.at.stack
        discs = (1 + s.has_back_iron) * _disc(s.disc / 2) * s.disc_thickness * STEEL
        rings = (1 + s.is_double) * (_disc(s.disc / 2) - _disc(s.disc / 2 - 1.2 * s.magnet.length))
        stator = (_disc(stack.stator_radius) - _disc(stack.stator_bore)) * s.stator
        cast = (rings * s.magnet.thickness * 2 + stator) * CASTING
        fits = hub_fits(s.rotor * 1000)
        blades = 3 * BLADE_SHARE * fits.root_width * fits.blank * s.rotor * 500 * TIMBER
        hub = self.at.shop.bought_row("bearing hub", stack.hub.key).mass
        return hub + (discs + cast + blades) * 1e-9

    @property
    def rotor_inertia(self) -> float:
        """Of the blades about the rotor's axis, kg m²: what the discs add is less than a tenth."""
        plan = usual_plan(self.at.sizes)
        strips = blade_strips(plan, stations(plan, 6))
        beyond = sum((b.radius**3 - a.radius**3) / 3 * (a.area + b.area) / 2 for a, b in pairwise(strips))
        root = strips[0].area * strips[0].radius ** 3 / 3
        return BLADES * TIMBER * (root + beyond) * 1e-15

    @property
    def gyroscopic(self) -> float:
        """Nodding moment of the rotor in the wind that it feels at most, yawing as fast as it may."""
        radius = self.at.sizes.rotor / 2
        speed = design_ratio(self.at.sizes) * self.felt / radius
        yawing = max(3 - 0.01 * (math.pi * radius**2 - 2), 0.0)  # rad/s: IEC 61400-2:2013 7.4.3
        return self.rotor_inertia * speed * yawing

    @property
    def felt_parked(self) -> float:
        """Of the 50-year gust, the tail on its high end stop."""
        skew = self.furling.balance(self.at.tail.travel).skew
        return self.gust * math.cos(math.radians(skew))

    @property
    def tail_moment(self) -> float:
        """Of the tail's weight about the middle of its hinge, upright."""
        x, y, _ = self.furling.center
        return self.furling.mass * G * math.hypot(x, y) / 1000

    @property
    def yaw_moment(self) -> float:
        """With which the rotor pulls against the tail: a free machine gives boom and hinge no more."""
        return self.thrust * self.at.sizes.offset / 1000

    @property
    def vane_pressure(self) -> float:
        """On the vane in the gust, a little out of line, N/m²."""
        long, high, _ = self.at.sizes.vane
        return plate_coefficient(high / long, MISALIGNED) * 0.5 * AIR * self.gust**2


def mass_and_center(at: Layout, kit: Kit) -> tuple[float, Vector]:
    """Mass (kg) and its centre (mm) of parts and bought things, in the kit's frame."""
    found = list(_masses(at, kit.placed, Pose()))
    mass = sum(m for m, _ in found)
    x, y, z = (sum(m * p[k] for m, p in found) / mass for k in range(3))
    return mass, (x, y, z)


def _masses(at: Layout, placed: tuple[Placed, ...], frame: Pose) -> Iterator[tuple[float, Vector]]:
    for item, poses in ((p.item, p.poses) for p in placed):
        for pose in poses:
            if isinstance(item, Kit):
                yield from _masses(at, item.placed, frame * pose)
            elif isinstance(item, Part):
                c = item.shape.center(CenterOf.MASS)
                mass = item.shape.volume * 1e-9 * item.stock.material.density
                yield mass, (frame * pose).point((c.X, c.Y, c.Z))
            else:
                mass = at.shop.bought_row(item.standard, item.size).mass
                yield mass, (frame * pose).point((0.0, 0.0, 0.0))


def _disc(radius: float) -> float:
    return math.pi * radius**2
