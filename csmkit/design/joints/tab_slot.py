# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Tab and slot: tabs on the edge of one sheet stand in slots of another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from csmkit.design.joints.fit import GLUE, Fit, side_clearance, slot_width
from csmkit.design.joints.relief import FLUSH, Bites, Relief, relief_radius, slot, toothed
from csmkit.errors import CsmError
from csmkit.model import Outline, Sheet, Vertex

BOTTOM_GAP = 0.5  # mm between a blind tab and the bottom of its pocket: glue and dust need room


@dataclass(frozen=True, kw_only=True)
class TabSlot:
    """Tabs along an edge and the slots (or, where blind, pockets) that they enter.

    Two ways to make the tab part: replace its straight edge by `edge` (`with_edge`) and cut `hardware_cuts`,
    or add the `tabs` and cut the `tab_cuts`. The slotted part loses `slots` and `slot_holes`.

    Frame of the tab side: x along the edge from 0 to `length`, y away from the part that carries the tabs;
    y = 0 is the shoulder, which lies on the slotted part's face. Frame of the slot side: the same x; y across
    the slot, zero at the tab part's mid-thickness. Tabs lie symmetrically about the middle of the edge, so
    the joint looks the same from both ends.

    Args:
        length: of the edge, mm.
        tabbed: sheet of the part with the tabs.
        slotted: sheet of the part with the slots.
        cutter: diameter, mm (`shop.cutter`).
        count: number of tabs.
        width: of a tab along the edge, mm; by default half of the edge is tabs.
        ends: from the end of the edge to the first tab, mm; by default tabs stand in the middle of equal
            shares of the edge. 0 puts the outer tabs flush with the ends.
        depth: of blind pockets, mm; None: through slots.
        proud: how far a through tab stands out of the far face, mm; negative keeps it below.
        fit: clearance per side between tab and slot.
        relief: corners of the slots; the tabs' roots are relieved into the shoulder, so that tabs keep their
            full width.
        name: what errors and pages call it.
    Raises: CsmError: tabs overlap or leave too little shoulder for the cutter, a slot is narrower than the
        cutter, a pocket is deeper than its sheet.
    Example:
        joint = TabSlot(
            length=200, tabbed=ply, slotted=ply, cutter=shop.cutter, count=2, fit=GLUE
        )
    """

    length: float
    tabbed: Sheet
    slotted: Sheet
    cutter: float
    count: int = 2
    width: float | None = None
    ends: float | None = None
    depth: float | None = None
    proud: float = 0.0
    fit: Fit = GLUE
    relief: Relief = "dogbone"
    name: str = "tab and slot"

    def __post_init__(self) -> None:
        if self.count < 1 or self.length <= 0:
            raise CsmError(
                f"{self.count} tabs on {self.length:g} mm of edge",
                part=self.name,
                remedy="give it at least one",
            )
        if self.depth is not None and not BOTTOM_GAP < self.depth < self.slotted.thickness:
            raise CsmError(
                f"pocket depth {self.depth:g} mm is outside {BOTTOM_GAP:g} to {self.slotted.thickness:g} mm",
                part=self.name,
                remedy="choose a depth within the sheet, or None for through slots",
            )
        self._check_shoulders()
        _ = self.slots

    @property
    def tab_width(self) -> float:
        """Width of a tab along the edge, mm."""
        return self.length / (2 * self.count) if self.width is None else self.width

    @property
    def slot_width(self) -> float:
        """Width of a slot across, mm: thickest sheet plus clearance on both sides."""
        return slot_width(self.tabbed, self.fit)

    @property
    def clearance(self) -> float:
        """Air per side between a tab of the workshop's thickness and its slot, across the tab, mm."""
        return side_clearance(self.tabbed, self.fit)

    @property
    def reach(self) -> float:
        """Length of a tab from the shoulder, mm."""
        return self.slotted.thickness + self.proud if self.depth is None else self.depth - BOTTOM_GAP

    @property
    def edge_distance(self) -> float:
        """Least distance from a slot to the slotted part's edge, mm: one thickness (judgement)."""
        return self.slotted.thickness

    @property
    def spans(self) -> tuple[tuple[float, float], ...]:
        """Start and end of each tab along the edge, mm."""
        w = self.tab_width
        if self.ends is None:
            middles = [self.length * (2 * i + 1) / (2 * self.count) for i in range(self.count)]
        elif self.count == 1:
            middles = [self.length / 2]
        else:
            pitch = (self.length - 2 * self.ends - w) / (self.count - 1)
            middles = [self.ends + w / 2 + i * pitch for i in range(self.count)]
        return tuple((m - w / 2, m + w / 2) for m in middles)

    @cached_property
    def edge(self) -> tuple[Vertex, ...]:
        """The tab part's edge from (0, 0) to (length, 0), roots relieved: for `with_edge`."""
        into_shoulder: Bites = ("before", "after")
        return toothed(self.length, self.spans, self.reach, into_shoulder, relief_radius(self.cutter))

    @property
    def tabs(self) -> tuple[Outline, ...]:
        """The tabs alone, to be added to the part: rectangles that start at y = 0."""
        return tuple(Outline.rectangle(x0, 0.0, x1, self.reach) for x0, x1 in self.spans)

    @property
    def tab_cuts(self) -> tuple[Outline, ...]:
        """What is cut through the tab part after the tabs are added: reliefs of their roots, hardware."""
        r = relief_radius(self.cutter)
        roots = [x0 - r for x0, _ in self.spans if x0 > FLUSH]
        roots += [x1 + r for _, x1 in self.spans if x1 < self.length - FLUSH]
        return (*(Outline.circle(x, 0.0, 2 * r) for x in sorted(roots)), *self.hardware_cuts)

    @property
    def hardware_cuts(self) -> tuple[Outline, ...]:
        """What bolts or wedges need cut through the tab part; `tab_cuts` holds it too, `edge` does not."""
        return ()

    @property
    def slot_holes(self) -> tuple[Outline, ...]:
        """Holes through the slotted part beside the slots, in the slot's frame."""
        return ()

    @cached_property
    def slots(self) -> tuple[Outline, ...]:
        """What is cut from the slotted part, through it or to `depth`; in the slot's frame."""
        c, half = self.fit.clearance, self.slot_width / 2
        return tuple(
            slot(x0 - c, -half, x1 + c, half, self.cutter, self.relief, self.name) for x0, x1 in self.spans
        )

    def _check_shoulders(self) -> None:
        """Between tabs, and between the outer tabs and the ends, the cutter's reliefs need room."""
        need = 2 * relief_radius(self.cutter)
        spans = self.spans
        outer = spans[0][0]
        gaps = [b[0] - a[1] for a, b in pairwise(spans)]
        if outer < -FLUSH or (FLUSH < outer < need) or any(g < 2 * need for g in gaps):
            room = min([*gaps, *([outer] if outer > FLUSH or outer < -FLUSH else [])])
            raise CsmError(
                f"{self.count} tabs of {self.tab_width:.1f} mm on an edge of {self.length:.1f} mm leave a "
                f"shoulder of {room:.1f} mm; a {self.cutter:g} mm cutter needs {need:.1f} mm at the ends and "
                f"{2 * need:.1f} mm between tabs",
                part=self.name,
                remedy="fewer or narrower tabs, or a longer edge",
            )
