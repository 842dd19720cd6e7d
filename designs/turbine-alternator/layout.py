# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Everything that follows from the parameters before the first solid: sizes, places, winding, sheets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from csmkit import CsmError, Sheet, Workshop

from ..turbine_family.coils import Coil, coil
from ..turbine_family.electrical import Machine
from ..turbine_family.sizes import Sizes, sizes
from ..turbine_family.stack import Stack, stack
from ..turbine_family.windings import Winding, winding
from .params import AlternatorParams

OVER_DISC = 5.0  # mm of resin beyond the disc's rim (OpenAFPM)
SPARE = 0.5  # mm, a sheet in a mould is so much thinner than the casting; a pocket makes up for it


@dataclass(frozen=True)
class Layout:
    """One machine in one workshop."""

    p: AlternatorParams
    shop: Workshop
    sizes: Sizes

    @classmethod
    def of(cls, p: AlternatorParams, shop: Workshop) -> Layout:
        """Main sizes, with the steel as thick as the workshop measured it."""
        found = sizes(p.rotor_diameter, p.magnets)
        steel = shop.sheet(f"steel-sheet-{found.disc_thickness:g}")
        return cls(p, shop, replace(found, disc_thickness=steel.thickness))

    @cached_property
    def steel(self) -> Sheet:
        """What the discs are cut from."""
        return self.shop.sheet(f"steel-sheet-{sizes(self.p.rotor_diameter, self.p.magnets).disc_thickness:g}")

    @cached_property
    def stack(self) -> Stack:
        """Where things stand."""
        return stack(self.sizes)

    @cached_property
    def coil(self) -> Coil:
        """Shape of a coil."""
        return coil(self.sizes)

    @cached_property
    def winding(self) -> Winding:
        """What is wound."""
        return winding(self.sizes, int(self.p.voltage))

    @cached_property
    def machine(self) -> Machine:
        """The alternator as it runs."""
        return Machine(self.sizes, self.winding)

    @property
    def magnet_start(self) -> float:
        """Distance of the magnets' inner ends from the axis, mm."""
        return self.sizes.disc / 2 - self.sizes.magnet.length

    @property
    def bench(self) -> float:
        """z of the bench on which the jigs lie: the lowest end of shaft and studs."""
        hub = self.stack.hub
        return min(self.stack.stator_studs[0], -hub.depth - hub.shaft_length)

    def coil_angle(self, i: int) -> float:
        """Direction of a coil: the stator's studs stand between two of them."""
        pitch = 360 / self.coil.count
        return self.stack.stator_angles[0] + (i + 0.5) * pitch

    def ply(self, thickest: float) -> Sheet:
        """The thickest birch plywood that isn't thicker than this, mm.

        Raises: CsmError: there is none.
        """
        fits = [s for s in self.shop.sheets if s.material.key == "birch-ply" and s.thickness <= thickest]
        if not fits:
            raise CsmError(
                f"no birch plywood of {thickest:.1f} mm or less for the moulds",
                remedy="add one to the workshop",
            )
        return max(fits, key=lambda s: s.thickness)
