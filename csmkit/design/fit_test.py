# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The fit-test coupon: graded slots and teeth that tell how thick a sheet is and how true a cutter cuts.

Three boards: a stick whose one end is a tab and whose other end has a notch, a slot comb for the tab, a
finger comb for the notch. The slots are graded across the tab alone, where the sheet's thickness counts; the
teeth along the edge, where the cutter's diameter does. Each carries its number as holes below it: ones in the
left column, fives in the right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

from csmkit.design.joints import GLUE, LOOSE, TIGHT, FingerJoint, Fit, Housing, slot, with_edge
from csmkit.design.joints.relief import relief_radius, toothed
from csmkit.errors import CsmError
from csmkit.model import Outline, Point, Sheet

IN_A_ROW = 7  # slots of the slot comb
GRIP = 60.0  # mm of the stick between its ends, to hold it by
ROOM = 0.5  # mm beyond each edge of the tab, so that its width, which depends on the cutter, has no say
WOOD = 12.0  # mm of wood that stays between slots, marks and edges at least


@dataclass(frozen=True, kw_only=True)
class FitTest:
    """The boards of a fit test for one sheet and one cutter.

    Args:
        sheet: to be tested; the stick is as thick as it is in truth.
        cutter: diameter, mm.
        tightest, loosest: clearance per side of the first and the last tooth, mm.
        step: from each to the next, mm.
    Raises: CsmError: the sheet is not routed, is thinner than the cutter, or the steps lead nowhere.
    """

    sheet: Sheet
    cutter: float
    tightest: float = -0.10
    loosest: float = 0.40
    step: float = 0.05

    def __post_init__(self) -> None:
        if "router" not in self.sheet.processes:
            raise CsmError(f"{self.sheet.key} is not cut by a router", remedy="choose a wood-based sheet")
        if not self.tightest < TIGHT.clearance < GLUE.clearance <= self.loosest:
            raise CsmError(
                f"clearances from {self.tightest:g} to {self.loosest:g} mm miss {TIGHT.clearance:g} to "
                f"{GLUE.clearance:g} mm, which the test is about",
                remedy="choose -0.1 to 0.4",
            )
        narrowest = self.slot_width(1)
        if narrowest < self.cutter:
            raise CsmError(
                f"the narrowest slot, {narrowest:.2f} mm, is below the cutter's {self.cutter:.2f} mm",
                part="slot comb",
                remedy="choose a smaller cutter or a thicker sheet",
            )

    # What the numbers say

    @cached_property
    def tooth_clearances(self) -> tuple[float, ...]:
        """Clearance per side of each tooth in the stick's notch, mm."""
        return self._ladder(self.tightest, self.loosest)

    @cached_property
    def slot_clearances(self) -> tuple[float, ...]:
        """Clearance per side of each slot for a sheet of the workshop's thickness, mm.

        An unmeasured sheet may be as thin and as thick as its tolerance allows, so that it gets more slots.
        """
        if self.sheet.measured:
            return self.tooth_clearances
        s = self.sheet
        thinner = max(s.thickness - (s.nominal - s.minus), 0.0) / 2
        thicker = max(s.nominal + s.plus - s.thickness, 0.0) / 2
        below, above = (math.ceil(round(x / self.step, 6)) * self.step for x in (thinner, thicker))
        return self._ladder(self.tightest - below, self.loosest + above)

    def slot_width(self, number: int) -> float:
        """Width of a slot as the file has it, mm; slots count from 1."""
        return self.sheet.thickness + 2 * self.slot_clearances[number - 1]

    def thickness(self, number: int) -> float:
        """Thickness to write into the workshop file if this slot is the tight one, mm.

        The tight slot is the narrowest that the tab enters under light taps of a mallet.
        """
        return round(self.slot_width(number) - 2 * TIGHT.clearance, 3)

    def cutter_in_truth(self, number: int) -> float:
        """Diameter that the cutter cuts in truth if this tooth is the tight one, mm.

        A cutter that is smaller than the program believes leaves a tooth wider and a notch narrower, each by
        half of the difference per side, so that a looser tooth is the tight one.
        """
        return round(self.cutter - (self.tooth_clearances[number - 1] - TIGHT.clearance), 3)

    # The boards, each in a frame of its own, mm

    @property
    def finger(self) -> float:
        """Width of the notch, and of the stick's two fingers beside it, mm."""
        return max(12.0, 1.6 * self.cutter)

    @property
    def width(self) -> float:
        """Width of the stick, mm."""
        return 3 * self.finger

    @property
    def stick_length(self) -> float:
        """Length of the stick from the end of its tab to those of its fingers, mm."""
        return GRIP + 2 * self.sheet.thickness

    @cached_property
    def stick(self) -> Outline:
        """The stick, x from 0 to its width: below y = 0 its plain end, the tab; above GRIP the notch."""
        board = Outline.rectangle(0, -self.sheet.thickness, self.width, GRIP)
        return with_edge(board, (0, GRIP), (self.width, GRIP), self._finger_joint(GLUE.clearance).edge_a)

    @cached_property
    def slot_comb(self) -> Outline:
        """Outline of the slot comb, lower left at (0, 0)."""
        rows = math.ceil(len(self.slot_clearances) / IN_A_ROW)
        columns = min(len(self.slot_clearances), IN_A_ROW)
        _, _, groove_end, below = self.groove.bounds
        wide = max(columns * self._pitch + WOOD, groove_end + 2 * WOOD)
        return Outline.rectangle(0, 0, wide, below + WOOD + rows * self._row)

    @cached_property
    def slots(self) -> tuple[Outline, ...]:
        """Slots of the slot comb, from number 1 at the upper left, row by row."""
        half = self.width / 2 + ROOM
        outlines = []
        for number in range(1, len(self.slot_clearances) + 1):
            x, y = self.slot_at(number)
            side = self.slot_width(number) / 2
            outlines.append(slot(x - side, y - half, x + side, y + half, self.cutter, name=f"slot {number}"))
        return tuple(outlines)

    def slot_at(self, number: int) -> Point:
        """Middle of a slot in the slot comb."""
        row, column = divmod(number - 1, IN_A_ROW)
        top = self.slot_comb.bounds[3] - WOOD - self.width / 2
        return (WOOD + (column + 0.5) * self._pitch - WOOD / 2, top - row * self._row)

    @cached_property
    def groove(self) -> Outline:
        """A housing in the slot comb for the whole long edge of the stick, a third of the sheet deep."""
        x, y = self.groove_at
        return self._housing.pocket.moved(x, y)

    @property
    def groove_at(self) -> Point:
        """Start of the groove's middle line."""
        return (2 * WOOD, 2 * WOOD)

    @property
    def groove_depth(self) -> float:
        """Depth of the groove, mm."""
        return self._housing.reach

    @cached_property
    def finger_comb(self) -> Outline:
        """The finger comb: teeth on its upper edge, y = `finger_root`; lower left at (0, 0)."""
        w, pitch = self.finger, self._tooth_pitch
        spans = []
        for i, c in enumerate(self.tooth_clearances):
            start, end = self._finger_joint(c).spans_b[0]
            spans.append((start - w + self.tooth_at(i + 1) - w / 2, end - w + self.tooth_at(i + 1) - w / 2))
        length = len(spans) * pitch + w
        board = Outline.rectangle(0, 0, length, self.finger_root)
        path = toothed(
            length, spans, self.sheet.thickness, ("diagonal", "diagonal"), relief_radius(self.cutter)
        )
        return with_edge(board, (0, self.finger_root), (length, self.finger_root), path)

    @property
    def finger_root(self) -> float:
        """Height of the finger comb below its teeth, mm."""
        return self._marks_height + 2 * WOOD

    def tooth_at(self, number: int) -> float:
        """Middle of a tooth along the finger comb, mm."""
        return self.finger / 2 + (number - 0.5) * self._tooth_pitch

    @cached_property
    def slot_marks(self) -> tuple[Outline, ...]:
        """Holes that number the slots, below each."""
        drop = self.width / 2 + WOOD
        places = [(n, *self.slot_at(n)) for n in range(1, len(self.slots) + 1)]
        return tuple(m for n, x, y in places for m in self._marks(n, x, y - drop))

    @cached_property
    def tooth_marks(self) -> tuple[Outline, ...]:
        """Holes that number the teeth, below each."""
        teeth = range(1, len(self.tooth_clearances) + 1)
        return tuple(m for n in teeth for m in self._marks(n, self.tooth_at(n), self.finger_root - WOOD))

    def _marks(self, number: int, x: float, top: float) -> list[Outline]:
        """A number as holes: ones (1 to 5) in the left column, fives in the right, from the top down."""
        fives, ones = divmod(number - 1, 5)
        column = self._mark_pitch / 2
        points = [(x - column, top - i * self._mark_pitch) for i in range(ones + 1)]
        points += [(x + column, top - i * self._mark_pitch) for i in range(fives)]
        return [Outline.circle(px, py - self.cutter / 2, self.cutter) for px, py in points]

    @property
    def _mark_pitch(self) -> float:
        return self.cutter + 3.0

    @property
    def _marks_height(self) -> float:
        longest = max(5, (len(self.slot_clearances) - 1) // 5)  # holes in a column
        return (longest - 1) * self._mark_pitch + self.cutter

    @cached_property
    def _pitch(self) -> float:
        widest = self.slot_width(len(self.slot_clearances))
        return max(widest, 2 * self._mark_pitch) + WOOD

    @cached_property
    def _row(self) -> float:
        return self.width + self._marks_height + 3 * WOOD

    @property
    def _tooth_pitch(self) -> float:
        return max(2.2 * self.finger, 2 * self._mark_pitch + 5)

    @cached_property
    def _known(self) -> Sheet:
        """The sheet as if it were measured: the test grades clearances itself."""
        return replace(self.sheet, measured=True)

    @cached_property
    def _housing(self) -> Housing:
        """Loose, and wide enough for the thickest sheet within its tolerance: only its depth is read."""
        return Housing(
            length=self.stick_length,
            entering=self.sheet,
            grooved=self._known,
            cutter=self.cutter,
            fit=LOOSE,
            name="groove of the comb",
        )

    def _finger_joint(self, clearance: float) -> FingerJoint:
        return FingerJoint(
            length=self.width,
            a=self._known,
            b=self._known,
            cutter=self.cutter,
            count=3,
            fit=Fit("test", clearance, "a rung of the fit test"),
        )

    def _ladder(self, first: float, last: float) -> tuple[float, ...]:
        return tuple(round(first + i * self.step, 4) for i in range(round((last - first) / self.step) + 1))
