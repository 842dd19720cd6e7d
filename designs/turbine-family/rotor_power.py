# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What the rotor takes from the wind: power coefficient, shaft power, speed.

Sources: peak: Wilson, Lissaman, Walker 1976, best rotor of B blades with a given lift over drag (in Manwell,
McGowan, Rogers, Wind Energy Explained, section 3.9); shape: the empirical curve in Heier, Grid Integration of
Wind Energy Conversion Systems, section 2.1 (pitch angle 0), moved to this rotor's own peak.
"""

from __future__ import annotations

import math

from .sizes import Sizes

AIR = 1.225  # kg/m³, sea level at 15 °C (ISO 2533)
BLADES = 3  # the hub is made for three
LIFT_OVER_DRAG = 25.0  # carved timber at Re 1e5 to 4e5; least for which the peak's formula is meant (assumed)
CARVED = 0.9  # share of the peak that remains: roots cut off by the plank, hub, carver's hand (assumed)
PUBLISHED_RATIO = 6.0  # the published blade program's example, D = 2.4 m
HEIER_PEAK = (6.325, 0.4382)  # ratio and coefficient at the top of Heier's curve
FREEWHEEL = 2.0  # × the design ratio: where an unloaded rotor settles; the curve's zero lies at 2.1


def design_ratio(sizes: Sizes) -> float:
    """Tip speed ratio that the blades are made for, unless the maker says another.

    The published example's for rotors of 2.0 m and more; smaller ones run at lower Reynolds numbers and want
    wider blades, so that they keep a thickness that can be carved (assumed).
    """
    small = (2.0 - min(sizes.rotor, 2.0)) / 0.8  # 1 at 1.2 m
    return PUBLISHED_RATIO - small


def peak_cp(design: float = PUBLISHED_RATIO, blades: int = BLADES) -> float:
    """Power coefficient at the tip speed ratio that the blades are made for."""
    rotor = 16 / 27 * design / (design + (1.32 + ((design - 8) / 20) ** 2) / blades ** (2 / 3))
    drag = 0.57 * design**2 / (LIFT_OVER_DRAG * (design + 1 / (2 * blades)))
    return float(CARVED * (rotor - drag))


def cp(tip_speed_ratio: float, design: float = PUBLISHED_RATIO) -> float:
    """Power coefficient, share of the wind's power, 0 where the rotor gives none.

    Args:
        tip_speed_ratio: speed of the tips over that of the wind.
        design: ratio that the blades are made for; the peak is there.
    """
    if tip_speed_ratio <= 0:
        return 0.0
    like = tip_speed_ratio * HEIER_PEAK[0] / design
    inverse = 1 / like - 0.035
    curve = 0.22 * (116 * inverse - 5) * math.exp(-12.5 * inverse)
    return max(0.0, curve / HEIER_PEAK[1] * peak_cp(design))


def swept_area(rotor_m: float) -> float:
    """Area that the rotor sweeps, m²."""
    return math.pi * rotor_m**2 / 4


def shaft_power(rotor_m: float, wind_m_s: float, cp: float) -> float:
    """Power at the shaft, W."""
    return 0.5 * AIR * swept_area(rotor_m) * wind_m_s**3 * cp


def rpm(rotor_m: float, wind_m_s: float, tip_speed_ratio: float) -> float:
    """Speed of the rotor, 1/min."""
    return 60 * tip_speed_ratio * wind_m_s / (math.pi * rotor_m)


def tip_speed(rotor_m: float, speed_rpm: float) -> float:
    """Speed of the blades' tips, m/s."""
    return math.pi * rotor_m * speed_rpm / 60
