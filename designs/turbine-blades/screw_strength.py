# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Strength of a wood screw that holds ply to timber; characteristic values, N. Source: EN 1995-1-1."""

from __future__ import annotations

import math

from .hub import Screw

TIMBER_DENSITY = 350.0  # kg/m³, characteristic, C24: EN 338
PLY_DENSITY = 630.0  # kg/m³, characteristic, birch: Handbook of Finnish Plywood
STEEL = 400.0  # N/mm², tensile strength of a plain wood screw (assumed)
CORE = 0.66  # of d: effective diameter is 1.1 × the core's, which is 0.6 d (8.7.1, DIN 7997)


def joint_shear(screw: Screw, ply: float) -> float:
    """Least of the six ways in which a screw in single shear fails (8.6), without the rope effect.

    Args:
        ply: thickness of the ply, mm.
    """
    d = CORE * screw.d
    t1, t2 = ply, screw.length - ply
    f1 = 0.11 * (1 - 0.01 * d) * PLY_DENSITY  # (8.20)
    f2 = 0.082 * (1 - 0.01 * d) * TIMBER_DENSITY  # (8.16), predrilled
    bend = 0.3 * STEEL * d**2.6  # (8.14), Nmm
    b, k = f2 / f1, t2 / t1
    both = math.sqrt(b + 2 * b**2 * (1 + k + k**2) + b**3 * k**2) - b * (1 + k)
    slim1 = math.sqrt(2 * b * (1 + b) + 4 * b * (2 + b) * bend / (f1 * d * t1**2)) - b
    slim2 = math.sqrt(2 * b**2 * (1 + b) + 4 * b * (1 + 2 * b) * bend / (f1 * d * t2**2)) - b
    return min(
        f1 * t1 * d,
        f2 * t2 * d,
        f1 * t1 * d / (1 + b) * both,
        1.05 * f1 * t1 * d / (2 + b) * slim1,
        1.05 * f1 * t2 * d / (1 + 2 * b) * slim2,
        1.15 * math.sqrt(2 * b / (1 + b)) * math.sqrt(2 * bend * f1 * d),
    )


def withdrawal(screw: Screw, ply: float) -> float:
    """Of the thread in the root's face (8.38); written for 6 mm and more, taken for less (assumed)."""
    depth = screw.length - ply
    strength = 0.52 * screw.d**-0.5 * depth**-0.1 * TIMBER_DENSITY**0.8
    return float(strength * screw.d * depth)
