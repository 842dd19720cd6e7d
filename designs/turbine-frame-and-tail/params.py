# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What a maker may change."""

from __future__ import annotations

from csmkit import choice

from ..turbine_family.params import FamilyParams

BY_ROTOR = "by-rotor"
VANES = ("birch-ply-6.5", "birch-ply-9", "birch-ply-12", "birch-ply-15")


class FrameParams(FamilyParams):
    """The family's parameters, and the vane's plywood."""

    vane: str = choice(BY_ROTOR, (BY_ROTOR, *VANES), "plywood of the vane; a heavier one furls later")
