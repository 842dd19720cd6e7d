# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Round plates with a hole, pushed along a circle.

Source: Roark's Formulas for Stress and Strain, table 11.2, cases 1k (inner edge simply supported) and 1l
(inner edge fixed), outer edge free, uniform load on a circle.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

POISSON = 0.3


@dataclass(frozen=True)
class Plate:
    """A ring of plate: radii and thickness in mm, modulus in N/mm²."""

    outer: float
    inner: float  # where it is held
    thickness: float
    modulus: float

    @property
    def stiffness(self) -> float:
        """E t³ / (12 (1 − ν²)), N mm."""
        return self.modulus * self.thickness**3 / (12 * (1 - POISSON**2))

    def sag(self, force: float, radius: float, is_fixed: bool) -> float:
        """How far the rim moves, mm.

        Args:
            force: spread evenly along a circle, N.
            radius: of that circle, mm.
            is_fixed: the inner edge can't tilt; else it is only held in its place.
        """
        a, b, r, v = self.outer, self.inner, radius, POISSON
        line = force / (2 * math.pi * r)
        c3, l3 = _third(b, a), _third(r, a)
        shear = line * r / b * a**3 / self.stiffness * c3 - line * a**3 / self.stiffness * l3
        if is_fixed:
            moment = self.edge_moment(force, radius)
            c2 = (1 - (b / a) ** 2 * (1 + 2 * math.log(a / b))) / 4
            return abs(moment * a**2 / self.stiffness * c2 + shear)
        c1 = (1 + v) / 2 * b / a * math.log(a / b) + (1 - v) / 4 * (a / b - b / a)
        c7 = (1 - v**2) / 2 * (a / b - b / a)
        tilt = -line * a**2 / (self.stiffness * c7) * (r * _ninth(b, a) / b - _ninth(r, a))
        return abs(tilt * a * c1 + shear)

    def edge_moment(self, force: float, radius: float) -> float:
        """Bending moment along a fixed inner edge, N mm for each mm."""
        a, b, r = self.outer, self.inner, radius
        line = force / (2 * math.pi * r)
        c8 = (1 + POISSON + (1 - POISSON) * (b / a) ** 2) / 2
        return -line * a / c8 * (r * _ninth(b, a) / b - _ninth(r, a))


def _third(x: float, a: float) -> float:
    """C3 and L3."""
    return x / (4 * a) * (((x / a) ** 2 + 1) * math.log(a / x) + (x / a) ** 2 - 1)


def _ninth(x: float, a: float) -> float:
    """C9 and L9."""
    return x / a * ((1 + POISSON) / 2 * math.log(a / x) + (1 - POISSON) / 4 * (1 - (x / a) ** 2))
