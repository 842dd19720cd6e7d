# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""In which wind the tail lets the machine turn away, and how far.

The rotor stands beside the yaw axis: its thrust turns the machine out of the wind. The vane holds against
it, and the vane's force lifts the tail about the inclined hinge, as far as the tail's weight allows. For each
angle of the tail both balances give the wind:

    thrust × offset = N × lever to the yaw axis
    N × lever to the hinge = moment of the tail's weight about the hinge

The vane stands at an angle to the wind that gives it this force N. Left out: the rotor's own moment in a
skewed wind, friction, inertia.

Sources: the hinge as in Hugh Piggott's Wind Turbine Recipe Book (2014), pages 31 to 33; statics; thrust
coefficient 8/9 of a rotor at the Betz limit, thrust as cos² of the angle out of the wind; vane: Polhamus,
NASA TN D-3767 (1966), leading edge suction analogy for plates of small aspect ratio.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from csmkit.model.pose import Vector

from .blade_loads import THRUST
from .placing import Placing
from .rotor_power import AIR, swept_area
from .tail import Tail

G = 9.81  # m/s²
PRESSURE_AT = (
    0.35  # of the vane's length behind its front edge: where its force acts (assumed: slender plates)
)
STALL = 40.0  # degrees to the wind up to which the vane's force grows (assumed)
STEPS = 50


@dataclass(frozen=True)
class Balance:
    """The machine in one wind, at rest."""

    tail: float  # degrees from the low end stop
    wind: float  # m/s
    skew: float  # degrees between rotor's axis and wind
    weight: float  # Nm, moment of the tail's weight about the hinge

    @property
    def felt(self) -> float:
        """Wind through the rotor, m/s."""
        return self.wind * math.cos(math.radians(self.skew))


@dataclass(frozen=True)
class Furling:
    """One machine's tail as a weight on an inclined hinge."""

    tail: Tail
    mass: float  # kg, all that turns about the hinge
    center: Vector  # of mass, mm, in the tail's frame

    @property
    def at(self) -> Placing:
        """Where the axes lie."""
        return self.tail.at

    def weight_moment(self, furled: float) -> float:
        """What pulls the tail back to the low end stop, Nm; `furled` in degrees."""
        x, y, _ = self._arm(self.at.tail(furled).point(self.center))
        ax, ay, _ = self.at.hinge_axis
        # axis · (arm × weight), the weight down: (x, y, z) × (0, 0, -1) = (-y, x, 0)
        return -self.mass * G * (ax * -y + ay * x) / 1000

    def balance(self, furled: float) -> Balance:
        """The wind that holds the tail at this angle."""
        sizes = self.at.sizes
        lever, hinge_lever, heading = self._levers(furled)
        ratio = _area(self.tail) * lever / (sizes.offset / 1000 * THRUST * swept_area(sizes.rotor))

        def skew(vane: float) -> float:
            return heading + vane

        low, high = 0.0, STALL
        for _ in range(STEPS):
            vane = (low + high) / 2
            spare = math.cos(math.radians(min(skew(vane), 90.0))) ** 2 - ratio * self.vane_coefficient(vane)
            low, high = (vane, high) if spare > 0 else (low, vane)
        force = self.weight_moment(furled) / hinge_lever
        pressure = force / (_area(self.tail) * self.vane_coefficient(low))
        return Balance(furled, math.sqrt(2 * pressure / AIR), skew(low), self.weight_moment(furled))

    def balances(self, step: float = 5.0) -> Iterator[Balance]:
        """From stop to stop, up to the angle at which the wind no longer turns it further."""
        count = round(self.tail.travel / step)
        for k in range(count + 1):
            found = self.balance(self.tail.travel * k / count)
            if found.skew < 85.0:
                yield found

    def vane_coefficient(self, angle: float) -> float:
        """Force across the vane over pressure × area, at degrees to the wind."""
        long, high, _ = self.at.sizes.vane
        return plate_coefficient(high / long, angle)

    def _levers(self, furled: float) -> tuple[float, float, float]:
        """Of the vane's force to yaw axis and hinge, m; the boom's angle from downwind, degrees."""
        level, vane = self.at.sizes.hinge_angle, self.tail.vane_start + PRESSURE_AT * self.at.sizes.vane[0]
        c, s = math.cos(math.radians(level)), math.sin(math.radians(level))
        pose = self.at.tail(furled)
        x, y, z = pose.point((vane * c, 0.0, self.tail.meeting + vane * s))
        bx, by, _ = pose.direction((c, 0.0, s))
        side = pose.direction((0.0, -1.0, 0.0))  # across the vane, where it pushes as it furls
        ax, ay, az = self.at.hinge_axis
        rx, ry, rz = self._arm((x, y, z))
        turn = (ry * side[2] - rz * side[1], rz * side[0] - rx * side[2], rx * side[1] - ry * side[0])
        to_hinge = ax * turn[0] + ay * turn[1] + az * turn[2]
        to_yaw = -(x * side[1] - y * side[0])
        heading = math.degrees(math.atan2(by, -bx))
        return to_yaw / 1000, to_hinge / 1000, heading

    def _arm(self, point: Vector) -> Vector:
        """From the hinge's foot to a point, mm."""
        x, y, z = (p - f for p, f in zip(point, self.at.hinge_foot, strict=True))
        return (x, y, z)


def plate_coefficient(aspect: float, angle: float) -> float:
    """Force across a flat plate over pressure × area.

    Args:
        aspect: height over length, below 1.
        angle: to the wind, degrees.
    Source: Polhamus 1966: K_p sin α cos α + K_v sin² α, K_p = π/2 × aspect ratio (slender), K_v = π.
    """
    a = math.radians(min(angle, STALL))
    return math.pi / 2 * aspect * math.sin(a) * math.cos(a) + math.pi * math.sin(a) ** 2


def _area(tail: Tail) -> float:
    """Of the vane, m²."""
    return tail.sizes.vane[0] * tail.sizes.vane[1] * 1e-6
