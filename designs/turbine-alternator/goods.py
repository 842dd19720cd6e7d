# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""What goes into the castings, and by how much they weigh for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from csmkit import Bulk
from csmkit.model import Casting

from ..turbine_family.windings import COPPER
from . import discs, stator
from .layout import Layout

RESIN, TALC, GLASS = 1200.0, 2750.0, 2550.0  # kg/m³: cured polyester, talc, glass, makers' data sheets
FILLER = 0.6  # kg of talc for a kg of resin
CLOTH = 0.2  # kg/m², on each face of the stator
WASTE = 0.2  # of resin and talc: cups, runs, what comes out beside the lid
CUT_OFF = 0.4  # of the cloth: rings from a square
ENDS = 0.12  # of the wire: published spools hold so much more than the coils
TAILS = 2.5  # m of stranded wire from each phase to the rectifier's terminals
BIG = 20.0  # A of a phase above which the tails are thick
G = 1e-9  # m³ in a mm³


@dataclass(frozen=True)
class Castings:
    """The solids of one machine that are cast, each as heavy as what is in it."""

    at: Layout
    stator: Any
    coil: Any
    rotor: Any  # on one disc

    @classmethod
    def of(cls, at: Layout) -> Castings:
        """Their solids."""
        wound = stator.coil(at)
        return cls(at, stator.body(at, wound), wound, discs.casting(at))

    @property
    def rings(self) -> int:
        """Discs with magnets."""
        return 2 if self.at.sizes.is_double else 1

    @property
    def cloth(self) -> float:
        """On both faces of the stator, m²."""
        return 2 * stator.face(self.at) * 1e-6

    @property
    def soaked(self) -> float:
        """Resin between the wires of all coils, m³."""
        coils = self.at.coil.count * self.coil.volume * G
        return float(coils - self.at.winding.wire_mass / COPPER)

    @property
    def mix(self) -> float:
        """Resin with filler, around coils and magnets, kg."""
        glass = self.cloth * CLOTH / GLASS
        return float((self.stator.volume * G - glass + self.rings * self.rotor.volume * G) * filled())

    @property
    def resin(self) -> float:
        """In all castings, kg."""
        return self.mix / (1 + FILLER) + self.soaked * RESIN

    @property
    def talc(self) -> float:
        """In all castings, kg."""
        return self.mix * FILLER / (1 + FILLER)

    @property
    def stator_mix(self) -> Casting:
        """Resin, talc and glass."""
        volume = self.stator.volume * G
        glass = self.cloth * CLOTH / GLASS
        density = ((volume - glass) * filled() + self.cloth * CLOTH) / volume
        return self.at.shop.casting("filled-resin").mixed(density)

    @property
    def rotor_mix(self) -> Casting:
        """Resin and talc."""
        return self.at.shop.casting("filled-resin").mixed(filled())

    @property
    def coil_mix(self) -> Casting:
        """Copper and the resin between."""
        volume = self.at.coil.count * self.coil.volume * G
        return self.at.shop.casting("wound-coil").mixed(
            (self.at.winding.wire_mass + self.soaked * RESIN) / volume
        )


def filled() -> float:
    """Density of resin with its filler, kg/m³."""
    return (1 + FILLER) / (1 / RESIN + FILLER / TALC)


def goods(cast: Castings) -> list[Bulk]:
    """All that is bought by weight, length or area."""
    at = cast.at
    thick = "16" if at.machine.rated.phase_current > BIG else "6"
    faces = 4 * at.sizes.disc**2 * 0.785e-6  # m² of both discs
    listed = [
        Bulk("enamelled copper wire", f"{at.winding.wire:g}", at.winding.wire_mass, "kg", ENDS, is_cast=True),
        Bulk("casting resin", "polyester", cast.resin, "kg", WASTE, is_cast=True),
        Bulk("filler", "talc", cast.talc, "kg", WASTE, is_cast=True),
        Bulk("glass cloth", "200", cast.cloth, "m2", CUT_OFF, is_cast=True),
        Bulk("stranded wire", thick, 3 * TAILS, "m"),
        Bulk("cyanoacrylate glue", "thin", 0.02, "kg"),
        Bulk("primer", "zinc", round(0.1 * faces + 0.05, 2), "l"),
    ]
    return [*listed, Bulk("release wax", "paste", 0.1, "kg")] if at.p.jigs else listed
