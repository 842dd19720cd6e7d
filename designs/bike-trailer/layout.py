# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Where everything lies: x forward from the axle, y to the left of the middle, z above the ground; mm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from csmkit import Bar, Sheet, Workshop

from .params import TrailerParams

LOCKNUTS = 100.0  # mm over the locknuts of a front hub: ISO 4210 hubs, the wheel's row
DROPOUT = 9.0  # mm of ply left under the axle washer: 20 mm of axle − 2.5 washer − 8 nut − 0.5
AXLE_STUB = 20.0  # mm of axle outside of each locknut: 140 mm axle
STAND_OUT = 8.0  # mm from a fork plate: reflector 8, socket head and washer 7.6
SLACK = 0.5  # mm by which the dropout is wider than the axle, to either side
BEAM_GAP = 20.0  # mm between tyre and wheel beams: mud, and a tyre one size up
NUT_ROOM = 45.0  # mm from the axle to the bed: a 15 mm spanner swings below the bed
BEAM_END = 80.0  # mm, height of the wheel beams outside of the rails
BEAM_DROP = 14.0  # mm from the bed down to the beams' ends: the rail holds together above its slot
SLOT_MARGIN = 18.0  # mm of ply below the beams' slots
SHOULDER = 15.0  # mm by which a beam is deeper between the rails than outside of them
CHORD_OVER, CHORD_UNDER = 25.0, 36.0  # mm of beam above and below the drawbar's window
LEAST_DIP = 8.0  # mm; a shallower belly is left away: its corners would be as large as itself
BAR_AIR = 0.3  # mm beside and around the drawbar: tubes are up to 0.3 mm over size
LIP = 40.0  # mm, rails above a flat bed: the load cannot slide into the wheels
LEAST_WALL = 80.0  # mm; end walls below this have no room for two tabs and a bolt
HITCH_Y = 110.0  # mm left of the middle: 67.5 half hub, 10 dropout and nut, 32 coupling (assumed)
HITCH_ARM = 25.0  # mm, the coupling's square arm: its row
HITCH_GAP = 90.0  # mm between the tow bicycle's tyre and the bed
MID_X = 70.0  # mm before the axle: the middle beam leaves the axle nuts free
OVERHANG = 260.0  # mm; beyond this the bed's end gets a beam of its own


def tyre(size: str) -> tuple[float, float]:
    """Radius and width of a tyre, mm, from its ISO 5775 size: bead diameter + 2 section heights."""
    width, bead = (float(n) for n in size.split("-"))
    return (bead + 2 * width) / 2, width


@dataclass(frozen=True)
class Layout:
    """Every height, length and place that two parts share."""

    p: TrailerParams
    bed: Sheet
    frame: Sheet
    bar: Bar
    cutter: float

    @classmethod
    def of(cls, p: TrailerParams, shop: Workshop) -> Layout:
        """The layout for these parameters with the workshop's real thicknesses."""
        return cls(p, shop.sheet(p.bed_ply), shop.sheet(p.frame_ply), shop.bar(p.drawbar), shop.cutter)

    @property
    def radius(self) -> float:
        """Of the trailer's tyres; the axle's height."""
        return tyre(self.p.wheel)[0]

    @property
    def tow_radius(self) -> float:
        """Of the tow bicycle's rear tyre; the hitch's height."""
        return tyre(self.p.tow_wheel)[0]

    @property
    def has_walls(self) -> bool:
        """A box with end walls, not a flat bed."""
        return self.p.side_height >= LEAST_WALL

    @property
    def half(self) -> float:
        """Half of the clear width."""
        return self.p.bed_width / 2

    # heights

    @property
    def neck_reach(self) -> float:
        """From the hitch's middle to the drawbar's face: half the arm, two layers of neck."""
        return HITCH_ARM / 2 + 2 * self.frame.thickness

    @property
    def neck_over(self) -> bool:
        """The neck lies on the drawbar; under it where that keeps the bed low enough for the axle."""
        top = self.tow_radius + self.neck_reach + self.bar.height
        return top + CHORD_OVER > self.radius + NUT_ROOM

    @property
    def bar_z(self) -> float:
        """Height of the drawbar's middle."""
        away = self.neck_reach + self.bar.height / 2
        return self.tow_radius - away if self.neck_over else self.tow_radius + away

    @property
    def bed_z(self) -> float:
        """Underside of the bed."""
        return max(self.radius + NUT_ROOM, self.bar_z + self.bar.height / 2 + CHORD_OVER)

    @property
    def floor_z(self) -> float:
        """Upper face of the bed."""
        return self.bed_z + self.bed.thickness

    @property
    def rail_top(self) -> float:
        """Upper edge of the rails beside the load."""
        return self.floor_z + max(self.p.side_height, LIP)

    @property
    def beam_low(self) -> float:
        """Lower edge of the beams outside of the rails."""
        return self.bed_z - BEAM_DROP - BEAM_END

    @property
    def rail_low(self) -> float:
        """Lower edge of rails and fork plates at the beams."""
        return self.beam_low - SLOT_MARGIN

    @property
    def boss_low(self) -> float:
        """Lower edge of rails and fork plates at the axle."""
        return min(self.radius - 35.0, self.rail_low)

    @property
    def fork_top(self) -> float:
        """Upper edge of the fork plates at the beams."""
        return self.bed_z + 4.0

    @property
    def crown(self) -> float:
        """Upper edge of the fork plates at the axle: what carries a wheel that is pushed sideways."""
        return max(self.fork_top, self.radius + 140.0)

    @property
    def middle_low(self) -> float:
        """Lower edge of the beams between the rails."""
        return self.beam_low - SHOULDER

    @property
    def belly_low(self) -> float:
        """Lower edge of the beams at the drawbar's window."""
        low = self.bar_z - self.bar.height / 2 - BAR_AIR - CHORD_UNDER
        return low if low < self.middle_low - LEAST_DIP else self.middle_low

    # lengths

    @property
    def beam_x(self) -> float:
        """Middle of the front wheel beam; the rear one's is minus this."""
        return self.radius + BEAM_GAP + self.frame.thickness / 2

    @property
    def beam_to_end(self) -> float:
        """From the wheel beams to the nearer end of the bed, at least."""
        if self.has_walls:
            return self.frame.thickness / 2 + 25.0 + self.bed.thickness + self.wall_margin
        return self.frame.thickness / 2 + 50.0

    @property
    def wall_margin(self) -> float:
        """Bed beyond the outer face of an end wall: one thickness of ply around the slots."""
        return max(18.0, self.frame.thickness)

    @cached_property
    def clear_length(self) -> float:
        """Clear length of the bed: as asked for, or what the wheels need."""
        ends = 2 * (self.bed.thickness + self.wall_margin) if self.has_walls else 0.0
        need = 2 * (self.beam_x + self.beam_to_end + self.p.axle_setback) - ends
        return max(self.p.bed_length, need)

    @property
    def length(self) -> float:
        """Of bed and rails."""
        ends = 2 * (self.bed.thickness + self.wall_margin) if self.has_walls else 0.0
        return self.clear_length + ends

    @property
    def front_x(self) -> float:
        """Front end of bed and rails."""
        return self.p.axle_setback + self.length / 2

    @property
    def rear_x(self) -> float:
        """Rear end of bed and rails."""
        return self.p.axle_setback - self.length / 2

    @property
    def wall_x(self) -> tuple[float, float]:
        """Rear faces of the rear and of the front end wall."""
        return (
            self.rear_x + self.wall_margin,
            self.front_x - self.wall_margin - self.bed.thickness,
        )

    @property
    def nose_x(self) -> float | None:
        """Middle of the beam under the front end of a long bed."""
        x = self.front_x - self._inset
        return x if self.front_x - self.beam_x > OVERHANG else None

    @property
    def tail_x(self) -> float | None:
        """Middle of the beam under the rear end of a long bed."""
        x = self.rear_x + self._inset
        return x if -self.beam_x - self.rear_x > OVERHANG else None

    @property
    def end_beams(self) -> tuple[float, ...]:
        """Middles of both of them, those that there are."""
        return tuple(x for x in (self.tail_x, self.nose_x) if x is not None)

    @property
    def _inset(self) -> float:
        return self.wall_margin + self.bed.thickness + 45.0

    @property
    def hitch_x(self) -> float:
        """The hitch: far enough ahead that the bed clears the tow bicycle's tyre at any angle."""
        return self.front_x + self.tow_radius + HITCH_GAP

    # widths

    @property
    def bar_y(self) -> float:
        """The drawbar's middle: as far to the left as the window's frame allows, at most 230 mm."""
        return min(self.half - self.bar.width / 2 - self.frame.thickness - 40.0, 230.0)

    @property
    def window(self) -> float:
        """Half of the window's width in the beams: drawbar and a cheek on either side."""
        return self.bar.width / 2 + BAR_AIR + self.frame.thickness + BAR_AIR

    @property
    def track(self) -> float:
        """Between the middles of the tyres."""
        return self.p.bed_width + 2 * self.frame.thickness + LOCKNUTS

    @property
    def wheel_y(self) -> float:
        """Middle of the left wheel."""
        return self.track / 2

    @property
    def fork_y(self) -> float:
        """Outer face of the left fork plate."""
        return self.half + 2 * self.frame.thickness + LOCKNUTS

    @property
    def overall_width(self) -> float:
        """Over axle ends or reflectors and bolt heads, whichever stand out further."""
        return 2 * max(self.wheel_y + LOCKNUTS / 2 + AXLE_STUB, self.fork_y + STAND_OUT)
