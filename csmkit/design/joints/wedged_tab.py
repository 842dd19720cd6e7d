# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Wedged tab (tusk tenon): a through tab that a loose wedge draws tight."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from csmkit.design.joints.fit import LOOSE, Fit, slot_width
from csmkit.design.joints.relief import slot
from csmkit.design.joints.tab_slot import TabSlot
from csmkit.errors import CsmError
from csmkit.model import Outline, Sheet

DRAW = 1.0  # mm by which the wedge's hole reaches behind the slotted part's face, so that the wedge pulls


@dataclass(frozen=True, kw_only=True)
class WedgedTab(TabSlot):
    """Tab and slot whose tabs stand through the slotted part and are held by wedges. Comes apart again.

    The wedge stands across the tab: it bears on the slotted part's face and on the far wall of its hole in
    the tab. The hole's walls are cut square, so that the wedge touches one edge of the far wall and dents it
    a little; that is how such joints settle.

    Args (beyond those of `TabSlot`):
        wedge: sheet that the wedges are cut from.
        wedge_height: of the wedge where it leaves the tab, mm.
        taper: rise over length; above 1 : 6 wedges slip out.
        tail: wood beyond the hole, mm; by default 1.5 thicknesses of the tab part.
        fit: clearance per side, of tabs in slots and of wedges in their holes.
    Raises: CsmError: blind, or the wedge's hole leaves too little of the tab, or the wedge is too short
        for its taper.
    Source: proportions of tusk tenons in joinery practice (judgement); taper 1 : 8.
    Example:
        joint = WedgedTab(
            length=180, tabbed=ply, slotted=ply, cutter=shop.cutter, width=54, wedge=ply
        )
    """

    wedge: Sheet
    wedge_height: float = 20.0
    taper: float = 1 / 8
    tail: float | None = None
    fit: Fit = LOOSE

    def __post_init__(self) -> None:
        if self.depth is not None:
            raise CsmError("a wedged tab goes through", part=self.name, remedy="leave depth out")
        super().__post_init__()
        cheek = (self.tab_width - self.hole_width) / 2
        if cheek < self.wedge.thickness / 2:
            raise CsmError(
                f"the wedge's hole leaves cheeks of {cheek:.1f} mm, below {self.wedge.thickness / 2:.1f} mm",
                part=self.name,
                remedy=f"make the tabs {self.hole_width + self.wedge.thickness:.0f} mm wide or more",
            )
        if not 0 < self.taper <= 1 / 6 or self._thin_end <= 0:
            raise CsmError(
                f"taper {self.taper:.3f} is outside 0 to 0.167, or the wedge ends in a point",
                part=self.name,
                remedy="choose a taper of 0.125 and a wedge_height of 20 mm",
            )

    @property
    def tail_length(self) -> float:
        """Wood beyond the wedge's hole, mm: two planes of this length shear when the joint is pulled."""
        return 1.5 * self.tabbed.thickness if self.tail is None else self.tail

    @property
    def reach(self) -> float:
        """Length of a tab from the shoulder, mm."""
        return self.slotted.thickness + self.wedge_height + self.tail_length + self.proud

    @property
    def hole_width(self) -> float:
        """Width of the wedge's hole along the edge, mm."""
        return slot_width(self.wedge, self.fit)

    @cached_property
    def hardware_cuts(self) -> tuple[Outline, ...]:
        """Holes for the wedges, through the tabs."""
        spare = 0.0 if self.slotted.measured else self.slotted.thickness - _thinnest(self.slotted)
        low, high = self.slotted.thickness - DRAW - spare, self.slotted.thickness + self.wedge_height
        half = self.hole_width / 2
        return tuple(
            slot(m - half, low, m + half, high, self.cutter, self.relief, f"{self.name}: wedge hole")
            for m in ((x0 + x1) / 2 for x0, x1 in self.spans)
        )

    @property
    def wedge_length(self) -> float:
        """Length of a wedge, mm: it stands out of the tab by one and a half thicknesses on both sides."""
        return 4 * self.tabbed.thickness

    @property
    def _thin_end(self) -> float:
        return self.wedge_height - self.taper * (self.wedge_length + self.tabbed.thickness) / 2

    @property
    def wedge_outline(self) -> Outline:
        """A wedge: x along the way it is driven, thin end at 0; y = 0 bears on the slotted part's face.

        Driven home, x = wedge_length / 2 lies at the tab part's mid-thickness.
        """
        thin, thick = self._thin_end, self._thin_end + self.taper * self.wedge_length
        return Outline.polygon([(0, 0), (self.wedge_length, 0), (self.wedge_length, thick), (0, thin)])


def _thinnest(sheet: Sheet) -> float:
    return min(sheet.thickness, sheet.nominal - sheet.minus)
