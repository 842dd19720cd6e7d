# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What a maker may change."""

from __future__ import annotations

from csmkit import flag

from ..turbine_family.params import FamilyParams


class AlternatorParams(FamilyParams):
    """The family's parameters, and whether the moulds are made too."""

    jigs: bool = flag(True, "moulds, magnet jig and coil winder: one set serves many machines")
