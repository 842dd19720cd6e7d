# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Housing (dado): the edge of one panel sits in a groove of another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from csmkit.design.joints.fit import GLUE, Fit, side_clearance, slot_width
from csmkit.design.joints.relief import Relief, slot
from csmkit.errors import CsmError
from csmkit.model import Outline, Sheet

OVERRUN = 2.0  # cutter diameters by which an open end runs out of the panel, so that reliefs miss the panel


@dataclass(frozen=True, kw_only=True)
class Housing:
    """A groove of one panel and the edge that sits on its bottom.

    Frame: x along the groove, the entering edge from 0 to `length`; y across it, zero at the entering
    panel's mid-thickness.

    Args:
        length: of the entering edge, mm.
        entering: sheet of the panel whose edge enters.
        grooved: sheet of the panel with the groove.
        cutter: diameter, mm.
        depth: of the groove, mm; by default a third of the grooved sheet.
        open_ends: which ends run out of the panel's edge: they have no inside corners.
        fit: clearance per side, at closed ends too.
        relief: of the corners at closed ends.
        name: what errors and pages call it.
    Raises: CsmError: a groove narrower than the cutter or deeper than half of its sheet.
    Example:
        groove = Housing(length=140, entering=ply, grooved=ply, cutter=shop.cutter, open_ends="both")
    """

    length: float
    entering: Sheet
    grooved: Sheet
    cutter: float
    depth: float | None = None
    open_ends: Literal["none", "start", "end", "both"] = "none"
    fit: Fit = GLUE
    relief: Relief = "dogbone"
    name: str = "housing"

    def __post_init__(self) -> None:
        if not 0 < self.reach <= self.grooved.thickness / 2:
            raise CsmError(
                f"depth {self.reach:g} mm is outside 0 to {self.grooved.thickness / 2:.1f} mm (half)",
                part=self.name,
                remedy="choose a third of the sheet",
            )
        _ = self.pocket

    @property
    def reach(self) -> float:
        """Depth of the groove, and how far the entering edge goes beyond the grooved panel's face, mm."""
        return self.grooved.thickness / 3 if self.depth is None else self.depth

    @property
    def clearance(self) -> float:
        """Air per side across the groove, mm."""
        return side_clearance(self.entering, self.fit)

    @property
    def edge_distance(self) -> float:
        """Least distance from the groove to an edge along it, mm: one thickness (judgement)."""
        return self.grooved.thickness

    @cached_property
    def pocket(self) -> Outline:
        """What is cleared to `reach` from the grooved panel."""
        half, c = slot_width(self.entering, self.fit) / 2, self.fit.clearance
        out = OVERRUN * self.cutter
        x0 = -out if self.open_ends in ("start", "both") else -c
        x1 = self.length + (out if self.open_ends in ("end", "both") else c)
        relief: Relief = "none" if self.open_ends == "both" else self.relief
        return slot(x0, -half, x1, half, self.cutter, relief, self.name)
