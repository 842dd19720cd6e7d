# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What a maker of blades may change."""

from __future__ import annotations

from csmkit import choice, count, flag

from ..turbine_family.params import FamilyParams

BY_ROTOR = "by-rotor"
SPRUCE = (
    "spruce-38x100",
    "spruce-44x125",
    "spruce-50x150",
    "spruce-50x175",
    "spruce-63x175",
    "spruce-63x200",
    "spruce-75x225",
    "spruce-80x240",
    "glulam-80x280",
)  # the first that is large enough is taken
LARCH = ("larch-38x100", "larch-50x150", "larch-63x200")
RATIOS = ("4.5", "5", "5.5", "6", "6.5", "7")


class BladeParams(FamilyParams):
    """The rotor: its shape, its timber, how it is made."""

    tip_speed_ratio: str = choice(
        BY_ROTOR, (BY_ROTOR, *RATIOS), "tip speed over wind speed that the blades are made for"
    )
    stations: int = count(6, 5, 12, "equal steps from the middle to the tip; those beyond the hub are carved")
    planform: str = choice(
        "curved", ("curved", "straight"), "edges: from station to station as computed, or one straight taper"
    )
    plank: str = choice(BY_ROTOR, (BY_ROTOR, *SPRUCE, *LARCH), "timber of the blades")
    screws: str = choice(BY_ROTOR, (BY_ROTOR, "8", "12", "16"), "wood screws of a blade in each ply")
    wedge: bool = flag(True, "glue a wedge on where the root is steeper than the plank is thick")
    making: str = choice(
        "carved", ("carved", "milled"), "by hand with templates, or from both sides on a router"
    )
