# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Tab and slot drawn tight by bolts into barrel nuts (cross dowels)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from csmkit.design.joints.clearance_hole import Series, clearance_hole
from csmkit.design.joints.relief import require_cutter
from csmkit.design.joints.tab_slot import TabSlot
from csmkit.errors import CsmError
from csmkit.model import BoughtRow, Outline, Point

NUT_CLEARANCE = 0.1  # mm per side; the nut turns until its thread meets the bolt, and is pushed in by hand
TIP_ROOM = 3.0  # mm of channel beyond the bolt's tip; a thinner slotted part lets the bolt reach deeper
NUT_PROUD = 0.3  # mm by which a nut may stand out of either face: a 12 mm nut in a sheet of 11.5 mm
LEAST_SETBACK = (
    2.0  # barrel diameters from the edge to the nut's axis (judgement); `pull_out` gives the strength
)


@dataclass(frozen=True, kw_only=True)
class CrossBolt(TabSlot):
    """Tab and slot with a bolt between each two tabs, through the slotted part into a barrel nut.

    Everything is cut from one side by a router: the barrel nut lies across the tab part's thickness in a
    through hole; the bolt, which runs within the sheet, gets a channel that is open to both faces, from the
    edge to beyond the nut. Tabs stay whole: the channel lies in the shoulder between them, and takes its
    width from the edge's section there. The nut should be no longer than the sheet is thick, or hardly.

    Args (beyond those of `TabSlot`):
        bolt: row of the bolt, its length from under the head: its tip ends at the nut's far side.
        nut: row of the barrel nut (`shop.bought_row("barrel nut", "M6x10x16")`).
        washer: thickness of what lies under the bolt's head, mm.
        series: of the bolt's clearance hole, ISO 273.
    Raises: CsmError: fewer than two tabs; bolt and nut of different threads; a bolt too short; a hole or
        channel narrower than the cutter; a channel wider than the shoulder.
    Example:
        bolt = shop.bought_row("ISO 4017", "M6x50")
        nut = shop.bought_row("barrel nut", "M6x10x16")
        joint = CrossBolt(
            length=160, tabbed=ply, slotted=ply, cutter=shop.cutter, bolt=bolt, nut=nut
        )
    """

    bolt: BoughtRow
    nut: BoughtRow
    washer: float = 0.0
    series: Series = "medium"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.count < 2:
            raise CsmError(
                "a bolt stands between two tabs", part=self.name, remedy="give it two tabs or more"
            )
        require_cutter(self.channel_width, self.cutter, f"{self.name}: bolt channel")
        self._check_hardware()
        self._check_shoulder()

    def _check_hardware(self) -> None:
        if self.bolt.dimension("d") != self.nut.dimension("d"):
            raise CsmError(
                f"bolt {self.bolt.size} does not fit nut {self.nut.size}",
                part=self.name,
                remedy=f"choose a bolt of M{self.nut.dimension('d'):g}",
            )
        least = LEAST_SETBACK * self.nut.dimension("diameter")
        if self.setback < least:
            need = self.bolt.dimension("length") + least - self.setback
            raise CsmError(
                f"bolt {self.bolt.size} puts the nut {self.setback:.1f} mm from the edge, not {least:.1f} mm",
                part=self.name,
                remedy=f"choose a bolt of {need:.0f} mm or longer",
            )
        if self.nut.dimension("length") > self.tabbed.thickness + 2 * NUT_PROUD:
            raise CsmError(
                f"nut {self.nut.size} is longer than the sheet's {self.tabbed.thickness:.1f} mm",
                part=self.name,
                remedy="choose a shorter nut or a thicker sheet",
            )

    def _check_shoulder(self) -> None:
        shoulder = min(b[0] - a[1] for a, b in pairwise(self.spans))
        need = self.nut_hole + self.tabbed.thickness
        if shoulder < need:
            raise CsmError(
                f"a shoulder of {shoulder:.1f} mm is below the nut's hole and one thickness, {need:.1f} mm",
                part=self.name,
                remedy="narrower or fewer tabs",
            )

    @property
    def bolt_hole(self) -> float:
        """Diameter of the bolt's hole in the slotted part, mm."""
        return clearance_hole(self.bolt.dimension("d"), self.series)

    @property
    def channel_width(self) -> float:
        """Width of the bolt's channel in the tab part, mm."""
        return self.bolt_hole

    @property
    def nut_hole(self) -> float:
        """Diameter of the barrel nut's hole in the tab part, mm."""
        return self.nut.dimension("diameter") + 2 * NUT_CLEARANCE

    @property
    def setback(self) -> float:
        """From the tab part's edge (y = 0) to the nut's axis, mm."""
        inside = self.bolt.dimension("length") - self.washer - self.slotted.thickness
        return inside - self.nut.dimension("diameter") / 2

    @property
    def bolts(self) -> tuple[float, ...]:
        """Places of the bolts along the edge, mm."""
        return tuple((a[1] + b[0]) / 2 for a, b in pairwise(self.spans))

    @property
    def head_points(self) -> tuple[Point, ...]:
        """Undersides of the bolts' heads in the tab side's frame, mm; bolts point to -y at mid-thickness."""
        return tuple((x, self.slotted.thickness + self.washer) for x in self.bolts)

    @property
    def nut_points(self) -> tuple[Point, ...]:
        """Axes of the barrel nuts in the tab side's frame, mm; they stand along the sheet's thickness."""
        return tuple((x, -self.setback) for x in self.bolts)

    @cached_property
    def hardware_cuts(self) -> tuple[Outline, ...]:
        """Channels and nut holes, through the tab part."""
        low = self.setback + self.nut.dimension("diameter") / 2 + TIP_ROOM
        half = self.channel_width / 2
        channel = [(-half, half - low, 1.0), (half, half - low, 0.0), (half, 0.0, 0.0), (-half, 0.0, 0.0)]
        hole = Outline.circle(0.0, -self.setback, self.nut_hole)
        return tuple(o.moved(x) for x in self.bolts for o in (Outline(tuple(channel)), hole))

    @property
    def slot_holes(self) -> tuple[Outline, ...]:
        """The bolts' holes through the slotted part, in the slot's frame."""
        return tuple(Outline.circle(x, 0.0, self.bolt_hole) for x in self.bolts)

    def pull_out(self) -> float:
        """Characteristic force at which one nut leaves the tab part, N.

        The lesser of bearing of the nut on the wood beside the channel, (D - channel) × nut length × f_h,
        and shear of the wood in front of it, 2 × setback × thickness × f_v.

        Raises: CsmError: the sheet's row has no bearing or shear strength.
        """
        material = self.tabbed.material
        if material.bearing is None or material.shear is None:
            raise CsmError(
                f"{self.tabbed.key} has no bearing or shear strength",
                part=self.name,
                remedy="choose a plywood",
            )
        ledge = self.nut.dimension("diameter") - self.channel_width
        bearing = ledge * self.nut.dimension("length") * material.bearing
        return min(bearing, 2 * self.setback * self.tabbed.thickness * material.shear)
