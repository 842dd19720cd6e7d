# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""The trailer's joints: each is described once here; both of its parts read it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from csmkit import Workshop, joints
from csmkit.model import Sheet

from .hardware import BARREL_NUT, M6_WASHER, long_enough
from .layout import BEAM_END, MID_X, Layout

POCKET = 5.0  # mm; washer 1.6 and button head 3.3 lie below the load floor
POCKET_DIAMETER = 20.0  # mm; an M6 large washer is 18 mm wide
FLUSH = "ISO 7380-1"
HEX = "ISO 4017"
SOCKET = "ISO 4762"


@dataclass(frozen=True)
class Fits:
    """All cross-bolted joints of a layout."""

    at: Layout
    shop: Workshop

    @cached_property
    def rail_bed(self) -> joints.CrossBolt:
        """The bed's long edges in the rails."""
        count = max(3, round(self.at.length / 220))
        return self._cross(self.at.length, self.at.bed, self.at.frame, count, 60.0, HEX, "bed in rail")

    @cached_property
    def beam_bed(self) -> joints.CrossBolt:
        """The beams' upper edges in the bed, heads sunk below its surface."""
        width = self.at.p.bed_width
        apart = min(width / 3, 2 * (self.at.bar_y - self.at.window - 14.0))  # the bolts miss the window
        ends = width / 2 - apart - 25.0
        return self._cross(
            width, self.at.frame, self.at.bed, 3, 50.0, FLUSH, "beam in bed", ends=ends, sunk=POCKET
        )

    @cached_property
    def beam_fork(self) -> joints.CrossBolt:
        """The wheel beams' ends in the fork plates."""
        frame = self.at.frame
        return self._cross(BEAM_END, frame, frame, 2, 16.0, SOCKET, "beam in fork plate", ends=8.0)

    @cached_property
    def beam_rail(self) -> joints.TabSlot:
        """The inner beams' ends in the rails."""
        frame = self.at.frame
        return joints.TabSlot(
            length=self.at.bed_z - self.at.middle_low,
            tabbed=frame,
            slotted=frame,
            cutter=self.at.cutter,
            count=1,
            width=50.0,
            name="beam in rail",
        )

    @cached_property
    def wall_bed(self) -> joints.CrossBolt:
        """The end walls' lower edges in the bed."""
        return self._cross(self.at.p.bed_width, self.at.bed, self.at.bed, 3, 50.0, HEX, "end wall in bed")

    @cached_property
    def wall_rail(self) -> joints.CrossBolt:
        """The end walls' upright edges in the rails."""
        height = self.at.p.side_height
        count, width = (2, height / 5) if height < 250 else (3, 40.0)
        return self._cross(
            height, self.at.bed, self.at.frame, count, width, HEX, "end wall in rail", ends=height / 8
        )

    @cached_property
    def cheek_bed(self) -> joints.TabSlot:
        """The drawbar cheeks' upper edges in the bed."""
        return joints.TabSlot(
            length=self.cheek_length,
            tabbed=self.at.frame,
            slotted=self.at.bed,
            cutter=self.at.cutter,
            count=2,
            width=30.0,
            name="cheek in bed",
        )

    @property
    def cheek_length(self) -> float:
        """Between the middle beam and the front wheel beam."""
        return self.at.beam_x - MID_X - self.at.frame.thickness

    def _cross(
        self,
        length: float,
        tabbed: Sheet,
        slotted: Sheet,
        count: int,
        width: float,
        standard: str,
        name: str,
        ends: float | None = None,
        sunk: float = 0.0,
    ) -> joints.CrossBolt:
        nut = self.shop.bought_row("barrel nut", BARREL_NUT)
        under_head = M6_WASHER - sunk
        setback = 2 * nut.dimension("diameter")
        least = under_head + slotted.thickness + setback + nut.dimension("diameter") / 2
        return joints.CrossBolt(
            length=length,
            tabbed=tabbed,
            slotted=slotted,
            cutter=self.at.cutter,
            count=count,
            width=width,
            ends=ends,
            bolt=long_enough(self.shop, standard, 6.0, least),
            nut=nut,
            washer=under_head,
            name=name,
        )
