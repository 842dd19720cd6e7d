# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Tee nut: a nut with prongs, driven into the far side of a plate, and the bolt's hole in the other plate."""

from __future__ import annotations

from dataclasses import dataclass

from csmkit.design.joints.clearance_hole import Series, clearance_hole
from csmkit.design.joints.relief import require_cutter
from csmkit.errors import CsmError
from csmkit.model import BoughtRow, Outline, Sheet

BARREL_CLEARANCE = 0.1  # mm per side: the barrel slides in, the prongs hold (judgement)
PRONGS = 1.5  # thicknesses of wood that prongs want around the flange's middle beyond its radius (judgement)


@dataclass(frozen=True, kw_only=True)
class TeeNut:
    """A hole for the barrel through the plate that carries the nut, a clearance hole through the other.

    The nut is driven from the side that the bolt does not come from, so that the bolt pulls it in; its flange
    stands on the surface. Both holes have one centre.

    Args:
        nut: row of the tee nut (`shop.bought_row("tee nut", "M6")`).
        plate: sheet of the plate that carries it.
        cutter: diameter, mm; None: the holes are drilled.
        series: of the bolt's clearance hole, ISO 273.
        name: what errors and pages call it.
    Raises: CsmError: a hole smaller than the cutter, a plate thinner than the nut's barrel is long.
    Example:
        nut = TeeNut(nut=shop.bought_row("tee nut", "M6"), plate=ply, cutter=shop.cutter)
        hole = prism(nut.barrel(40, 40), ply.thickness)
    """

    nut: BoughtRow
    plate: Sheet
    cutter: float | None
    series: Series = "medium"
    name: str = "tee nut"

    def __post_init__(self) -> None:
        if self.cutter is not None:
            require_cutter(min(self.barrel_hole, self.bolt_hole), self.cutter, f"{self.name} {self.nut.size}")
        barrel = self.nut.dimension("height") - self.nut.dimension("flange_thickness")
        if self.plate.thickness < barrel:
            raise CsmError(
                f"plate of {self.plate.thickness:.1f} mm is thinner than the nut's barrel of {barrel:.1f} mm",
                part=self.name,
                remedy="choose a thicker plate or a smaller nut",
            )

    @property
    def barrel_hole(self) -> float:
        """Diameter of the hole in the plate that carries the nut, mm."""
        return self.nut.dimension("barrel_diameter") + 2 * BARREL_CLEARANCE

    @property
    def bolt_hole(self) -> float:
        """Diameter of the hole in the other plate, mm."""
        return clearance_hole(self.nut.dimension("d"), self.series)

    @property
    def clearance(self) -> float:
        """Air per side between bolt and hole, mm."""
        return (self.bolt_hole - self.nut.dimension("d")) / 2

    @property
    def edge_distance(self) -> float:
        """Least distance from the nut's middle to the plate's edge, mm: prongs split wood (judgement)."""
        return self.nut.dimension("flange_diameter") / 2 + PRONGS * self.plate.thickness / 2

    def barrel(self, x: float, y: float) -> Outline:
        """The hole in the plate that carries the nut."""
        return Outline.circle(x, y, self.barrel_hole)

    def bolt(self, x: float, y: float) -> Outline:
        """The hole in the other plate."""
        return Outline.circle(x, y, self.bolt_hole)
