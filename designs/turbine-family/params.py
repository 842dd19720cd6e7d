# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Parameters that all kits of the family share: whoever builds the whole machine sets them once."""

from __future__ import annotations

from csmkit import Params, choice, number

VOLTAGES = ("12", "24", "48")
WIND_CLASSES = ("I", "II", "III", "IV")


class FamilyParams(Params):
    """What blades, alternator, frame and tail have to agree on."""

    rotor_diameter: float = number(2.4, 1.2, 4.2, "diameter of the rotor", unit="m")
    voltage: str = choice("48", VOLTAGES, "battery voltage, V")
    wind_class: str = choice("III", WIND_CLASSES, "wind class of the site (IEC 61400-2)")
    magnets: str = choice("neodymium", ("neodymium", "ferrite"), "what the magnets are made of")
    turning: str = choice("clockwise", ("clockwise", "anticlockwise"), "rotation, seen from upwind")
