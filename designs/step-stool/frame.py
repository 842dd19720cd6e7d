# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Sizes of the stool: what a maker chooses, and what follows from it and from the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from csmkit import Params, Sheet, Workshop, choice, flag, length, sheets
from csmkit.design.joints import Fit, TabSlot
from csmkit.errors import CsmError
from csmkit.model import BoughtRow

OVERHANG = 1.25  # thicknesses of wood between a slot and the end of the seat
LOW_RAIL_FROM = 320.0  # mm of height from which a third rail, low down, stops the sides from swaying


class StoolParams(Params):
    """Sizes that a maker may change."""

    width: float = length(380, 280, 500, "seat from left to right")
    depth: float = length(260, 220, 400, "seat from front to back; the feet stand as wide")
    height: float = length(240, 160, 450, "floor to the top of the seat")
    rail: float = length(80, 60, 100, "height of the rails under the seat")
    hand_hole: bool = flag(True, "a hole in the seat to carry it by")
    fit: str = choice("glue", ("tight", "glue", "loose"), "how closely tabs fit their slots")
    material: str = choice("birch-ply-18", sheets(thickness=(15, 24), material="birch"), "sheet to cut from")


@dataclass(frozen=True)
class Frame:
    """Everything that the parts share, mm."""

    p: StoolParams
    shop: Workshop
    screw: BoughtRow

    foot = 42.0  # mm of each foot on the floor: four feet stand on any floor, a long edge rocks
    corner = 30.0  # mm, radius of the seat's corners
    sink_diameter = 11.0  # mm; takes the head of a 5 mm screw, 9.2 mm
    sink_depth = 3.0  # mm; the head ends below the surface that one stands on

    @property
    def ply(self) -> Sheet:
        """The sheet, as thick as the workshop's."""
        return self.shop.sheet(self.p.material)

    @property
    def width(self) -> float:
        """Seat from left to right."""
        return self.p.width

    @property
    def depth(self) -> float:
        """Seat from front to back."""
        return self.p.depth

    @property
    def rail(self) -> float:
        """Height of a rail."""
        return self.p.rail

    @property
    def side_height(self) -> float:
        """Floor to the seat's underside."""
        return self.p.height - self.ply.thickness

    @property
    def top(self) -> float:
        """Width of a side under the seat: its tabs stay a thickness away from the seat's edge."""
        return self.depth - 2 * OVERHANG * self.ply.thickness

    @property
    def slot_x(self) -> float:
        """Middle of a side's thickness, from the stool's middle."""
        return self.width / 2 - (OVERHANG + 0.5) * self.ply.thickness

    @property
    def inside(self) -> float:
        """Between the sides: length of a rail without its tabs."""
        return 2 * self.slot_x - self.ply.thickness

    @property
    def rail_y(self) -> float:
        """Middle of an upper rail's thickness, from the stool's middle."""
        return self.top / 2 - 1.5 * self.ply.thickness

    @property
    def rails(self) -> tuple[tuple[float, float], ...]:
        """Middle (y) and lower edge (z) of each rail."""
        upper = self.side_height - self.rail
        low = ((0.0, self.p.height / 3 - self.rail / 2),) if self.p.height >= LOW_RAIL_FROM else ()
        return ((-self.rail_y, upper), (self.rail_y, upper), *low)

    @property
    def arch(self) -> float:
        """Height of the arch between the feet; 0: none, where the rails' slots come too low."""
        lowest_slot = min(z for _, z in self.rails) + self.rail / 4
        room = min(lowest_slot - 1.5 * self.ply.thickness, 45.0)
        return room if room > 5 else 0.0

    @cached_property
    def seat_joint(self) -> TabSlot:
        """A side's tabs in the seat."""
        return TabSlot(
            length=self.top,
            tabbed=self.ply,
            slotted=self.ply,
            cutter=self.shop.cutter,
            fit=Fit.of(self.p.fit),
            name="side in seat",
        )

    @cached_property
    def rail_joint(self) -> TabSlot:
        """A rail's tab in a side."""
        return TabSlot(
            length=self.rail,
            tabbed=self.ply,
            slotted=self.ply,
            cutter=self.shop.cutter,
            count=1,
            fit=Fit.of(self.p.fit),
            name="rail in side",
        )

    @property
    def screws(self) -> tuple[tuple[float, float], ...]:
        """Places of the screws through the seat into the upper rails."""
        return tuple((x, y) for y in (-self.rail_y, self.rail_y) for x in (-self.inside / 4, self.inside / 4))

    @property
    def screw_hole(self) -> float:
        """Hole for a screw's shank: as small as the cutter can make it.

        Raises: CsmError: the head would slip through.
        """
        hole = max(self.screw.dimension("d") + 0.5, self.shop.cutter)
        most = self.screw.dimension("head_diameter") - 2
        if hole > most:
            raise CsmError(
                f"a hole of {hole:g} mm lets the head of screw {self.screw.size} through: over {most:g} mm",
                part="seat",
                remedy="choose a cutter of 6 mm or less",
            )
        return hole

    @property
    def head_top(self) -> float:
        """Top of the screws' heads above the seat's underside: their cones sit on the rims of the holes."""
        wide, shank = self.screw.dimension("head_diameter"), self.screw.dimension("d")
        above_rim = self.screw.dimension("head_height") * (wide - self.screw_hole) / (wide - shank)
        return self.ply.thickness - self.sink_depth + above_rim

    @property
    def hand_room(self) -> float:
        """Between the two upper rails, where the hand goes."""
        return 2 * self.rail_y - self.ply.thickness

    @property
    def hand_size(self) -> tuple[float, float] | None:
        """Length and width of the hand hole."""
        return (110.0, 35.0) if self.p.hand_hole else None

    @property
    def surface(self) -> float:
        """Area to oil, mm²: both faces of all boards, roughly their rectangles."""
        sides = 2 * self.depth * self.side_height
        rails = len(self.rails) * self.inside * self.rail
        return 2 * (sides + rails + self.width * self.depth)
