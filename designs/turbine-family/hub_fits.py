# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""How the blades' roots are held: sizes of root, back disc, front triangle, ply and plank by diameter.

Source: hub fits published with Hugh Piggott's Recipe Book (2014) as OpenAFPM uses it; rotor diameter in mm.
"""

from __future__ import annotations

from dataclasses import dataclass

PLIES = (9.0, 12.0, 15.0, 18.0)  # mm, nominal


@dataclass(frozen=True)
class HubFits:
    """Sizes of one hub, mm; not rounded."""

    root_width: float  # of a blade at its root, at least
    disc: float  # diameter of the back disc
    triangle: float  # side of the front triangle, corners not rounded
    ply: float  # nominal thickness of both
    blank: float  # thickness of the plank, at least

    @property
    def corner_radius(self) -> float:
        """Distance of the triangle's sharp corners from the middle, mm."""
        return float(self.triangle / 3**0.5)


def hub_fits(diameter: float) -> HubFits:
    """Sizes of the hub of a rotor.

    Args:
        diameter: of the rotor, mm, 1200 to 4200.
    """
    wanted = (
        0.004 * diameter + 2.426
    )  # the nearest that is sold gives all six published plies; the next does not
    return HubFits(
        root_width=max(0.055 * diameter - 8, 95.0),
        disc=max(0.106 * diameter - 3.121, 200.0),
        triangle=max(0.147 * diameter + 6.213, 274.0),
        ply=min(PLIES, key=lambda t: abs(t - wanted)),
        blank=blank_thickness(diameter),
    )


def blank_thickness(diameter: float) -> float:
    """Thickness of the plank that a blade is carved from, at least, mm."""
    grown = diameter / 40 - 30 if diameter >= 3000 else diameter / 120 + 20
    return max(grown, 35.0)
