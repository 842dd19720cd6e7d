# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What a maker of the whole machine may change; the kits within it take what they know."""

from __future__ import annotations

from csmkit import choice, flag

from ..turbine_family.params import FamilyParams


class TurbineParams(FamilyParams):
    """The family's parameters, and how its parts are made."""

    making: str = choice("carved", ("carved", "milled"), "blades by hand, or from both sides on a router")
    jigs: bool = flag(True, "moulds, magnet jig and coil winder: one set serves many machines")
