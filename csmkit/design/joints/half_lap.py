# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Half lap of crossing panels: each is slotted to half of the height, they slide into each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from csmkit.design.joints.fit import GLUE, Fit, side_clearance, slot_width
from csmkit.design.joints.relief import Relief, notch
from csmkit.errors import CsmError
from csmkit.model import Outline, Sheet

BOTTOM_GAP = 0.2  # mm between the bottoms of the two slots, so that both edges come flush


@dataclass(frozen=True, kw_only=True)
class HalfLap:
    """Slots of two panels that cross at a right angle, their edges flush.

    Frame of each side: x across the slot, zero in its middle; y from the open edge into the panel. A's slot
    opens at one edge, B's at the opposite one.

    Args:
        height: of both panels where they cross, mm.
        a, b: sheets of the two panels; A's slot takes B.
        cutter: diameter, mm.
        share: of the height that A's slot takes; B's takes the rest.
        fit: clearance per side.
        relief: of the slots' inside corners.
        name: what errors and pages call it.
    Raises: CsmError: a slot narrower than the cutter, a share outside 0.2 to 0.8.
    Example:
        crossing = HalfLap(height=100, a=ply, b=ply, cutter=shop.cutter)
        upper = prism(Outline.rectangle(-90, 0, 90, 100), ply.thickness)
        upper -= prism(crossing.slot_b, ply.thickness)
    """

    height: float
    a: Sheet
    b: Sheet
    cutter: float
    share: float = 0.5
    fit: Fit = GLUE
    relief: Relief = "dogbone"
    name: str = "half lap"

    def __post_init__(self) -> None:
        if not 0.2 <= self.share <= 0.8:
            raise CsmError(f"share {self.share:g} is outside 0.2 to 0.8", part=self.name, remedy="choose 0.5")
        _ = self.slot_a, self.slot_b

    @property
    def clearance(self) -> float:
        """Air per side between a slot and the thinner-fitting of the panels, mm."""
        return min(side_clearance(self.a, self.fit), side_clearance(self.b, self.fit))

    @property
    def edge_distance(self) -> float:
        """Least distance from a slot to the panel's end, mm: three thicknesses (judgement)."""
        return 3 * max(self.a.thickness, self.b.thickness)

    @property
    def depths(self) -> tuple[float, float]:
        """Depths of A's and B's slot, mm; together the height and the gap between their bottoms."""
        deep = self.height * self.share
        return (deep + BOTTOM_GAP / 2, self.height - deep + BOTTOM_GAP / 2)

    @cached_property
    def slot_a(self) -> Outline:
        """What is cut through A."""
        width = slot_width(self.b, self.fit)
        return notch(width, self.depths[0], self.cutter, self.relief, self.name)

    @cached_property
    def slot_b(self) -> Outline:
        """What is cut through B."""
        width = slot_width(self.a, self.fit)
        return notch(width, self.depths[1], self.cutter, self.relief, self.name)
