# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""The coil winder: two cheeks and a spacer on a crank, in a post that is clamped to a bench.

Its frame: z up, the base on z = 0, the axle along x, the post between x = 0 and its thickness.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from build123d import Location

from csmkit import Bought, Kit, Outline, Part, Pose, Sheet, prism

from ..turbine_family.coils import CORNER
from ..turbine_family.hardware import Piece, placed
from ..turbine_family.stack import THREADS
from .hardware import NUT, WASHER
from .layout import Layout
from .moulds import thicker
from .shapes import grown, holes, plate, shrunk

AXLE = THREADS[10.0]
AXLE_HOLE = 10.5  # mm, turns in the post
FLANK = 8.0  # mm of the cheeks beyond the coil
POCKET = 1.5  # mm, least depth of the pocket that keeps the spacer from turning
PLAY = 0.2  # mm per side of the spacer in its pocket
NOTCH = 8.0  # mm wide, for the tape that ties the coil
DEEP = 3.0  # mm that the notches reach into the spacer
BOARD = 17.0  # mm, thinnest plywood of base, post, cheeks and crank
BASE = (260.0, 180.0)  # mm
BEHIND = 90.0  # mm of the base behind the post, where the crank turns
GROOVE = 6.0  # mm deep, for the post
POST = 120.0  # mm wide
CRANK, CRANK_WIDE = 130.0, 44.0  # mm, between its holes; across
HANDLE = "M8x100"
END = 3.0  # mm of a rod beyond its nut


@dataclass(frozen=True)
class Winder:
    """Sizes of the winder of one machine."""

    at: Layout

    @cached_property
    def board(self) -> Sheet:
        """What all but the spacer is cut from."""
        return thicker(self.at, BOARD)

    @cached_property
    def spacer_sheet(self) -> Sheet:
        """What the spacer is cut from: thicker than the coil by its pocket in the rear cheek."""
        return thicker(self.at, self.at.coil.thickness + POCKET)

    @property
    def pocket(self) -> float:
        """Depth of the spacer's pocket, mm."""
        return self.spacer_sheet.thickness - self.at.coil.thickness

    @cached_property
    def middle(self) -> float:
        """Distance of the axle from the machine's axis in the coil's own frame, mm: middle of the hole."""
        return (self.at.coil.inner + self.at.coil.outer) / 2

    def shaped(self, growth: float) -> Outline:
        """The coil's hole grown by so much, the axle at the origin."""
        outline = grown(shrunk(self.at.coil.corners, CORNER), CORNER + growth)
        return outline.moved(x=-self.middle)

    @cached_property
    def height(self) -> float:
        """Of the axle above the bench, mm."""
        reach = max(math.hypot(x, y) for x, y in self.shaped(self.at.coil.leg + FLANK).points())
        return max(reach, CRANK + CRANK_WIDE / 2) + self.board.thickness + 15.0

    def notches(self) -> list[Outline]:
        """Through cheeks and spacer, across the middle of each side of the coil: tape goes round it there."""
        c = self.at.coil
        reach = 2 * (c.leg + FLANK)
        side = (c.wide + c.narrow) / 4 - DEEP + NOTCH / 2
        end = (c.outer - c.inner) / 2 - DEEP + NOTCH / 2
        cut = [obround(0, s * side, 0, s * (side + reach)) for s in (1, -1)]
        cut.append(obround(end, 0, end + reach, 0))
        if c.narrow >= 2 * NOTCH:
            cut.append(obround(-end, 0, -end - reach, 0))
        return cut


def obround(x0: float, y0: float, x1: float, y1: float) -> Outline:
    """A slot with round ends between two points."""
    length, angle = math.dist((x0, y0), (x1, y1)), math.degrees(math.atan2(y1 - y0, x1 - x0))
    r = NOTCH / 2
    lying = Outline(((0.0, -r, 0.0), (length, -r, 1.0), (length, r, 0.0), (0.0, r, 1.0)))
    return lying.moved(x0, y0, angle)


def cheek(w: Winder, with_pocket: bool) -> Any:
    """A cheek on z = 0; the rear one has the spacer's pocket in its upper face."""
    t = w.board.thickness
    solid = plate(w.shaped(w.at.coil.leg + FLANK), holes([(0, 0)], AXLE.hole), t)
    solid -= [prism(n, t) for n in w.notches()]
    if with_pocket:
        solid -= prism(w.shaped(PLAY), w.pocket).moved(Location((0, 0, t - w.pocket)))
    return solid


def spacer(w: Winder) -> Any:
    """What the coil is wound round, notched for the tape."""
    t = w.spacer_sheet.thickness
    return plate(w.shaped(0.0), holes([(0, 0)], AXLE.hole), t) - [prism(n, t) for n in w.notches()]


def crank(w: Winder) -> Any:
    """An arm along x with a hole for the axle and one for the handle."""
    r = CRANK_WIDE / 2
    outline = Outline(((0.0, -r, 0.0), (CRANK, -r, 1.0), (CRANK, r, 0.0), (0.0, r, 1.0)))
    cut = (*holes([(0, 0)], AXLE.hole), *holes([(CRANK, 0)], 9.0))
    return plate(outline, cut, w.board.thickness)


def post(w: Winder) -> Any:
    """Upright board, lying: x across, y up from the bottom of the groove."""
    top = w.height - w.board.thickness + GROOVE + CRANK_WIDE / 2
    r = 25.0
    outline = Outline(
        (
            (-POST / 2, 0.0, 0.0),
            (POST / 2, 0.0, 0.0),
            (POST / 2, top - r, math.tan(math.pi / 8)),
            (POST / 2 - r, top, 0.0),
            (-POST / 2 + r, top, math.tan(math.pi / 8)),
            (-POST / 2, top - r, 0.0),
        )
    )
    return plate(outline, holes([(0, w.height - w.board.thickness + GROOVE)], AXLE_HOLE), w.board.thickness)


def base(w: Winder) -> Any:
    """Board on the bench, a groove across it for the post, holes for three screws from below."""
    t, (long, deep) = w.board.thickness, BASE
    start = -BEHIND
    solid = plate(Outline.rectangle(start, -deep / 2, start + long, deep / 2), holes(screws(w), 6.5), t)
    groove = prism(Outline.rectangle(-PLAY, -deep / 2, t + PLAY, deep / 2), GROOVE)
    return solid - groove.moved(Location((0, 0, t - GROOVE)))


def screws(w: Winder) -> list[tuple[float, float]]:
    """Under the post."""
    return [(w.board.thickness / 2, y) for y in (-40.0, 0.0, 40.0)]


def winder(at: Layout) -> Kit:
    """The winder with its cheeks closed, no wire on it."""
    w = Winder(at)
    t, c = w.board.thickness, at.coil.thickness
    rear = t + 2 * AXLE.washer + AXLE.nut  # of the rear cheek
    front = rear + t + c  # of the front cheek
    arm = -t - 2 * AXLE.washer - AXLE.nut  # left face of the crank
    left = arm - AXLE.washer - AXLE.nut - END
    right = front + t + AXLE.washer + AXLE.nut + END
    rod = prism(Outline.circle(0, 0, AXLE.d), right - left)
    return Kit(
        Part("base", base(w), w.board, grain="x").at(Pose()),
        Part("post", post(w), w.board, grain="y").at(Pose.at(0, 0, t - GROOVE, rx=90, rz=90)),
        Part("rear cheek", cheek(w, True), w.board).at(along(w, rear)),
        Part("spacer", spacer(w), w.spacer_sheet).at(along(w, rear + t - w.pocket)),
        Part("front cheek", cheek(w, False), w.board).at(along(w, front)),
        Part("crank", crank(w), w.board, grain="x").at(along(w, arm)),
        Part("axle", rod, at.shop.bar("threaded-rod-m10"), grain="z").at(along(w, left)),
        *placed(_pieces(w, rear, front, arm)),
        Bought("DIN 7997", "5x50").at(*(Pose.at(x, y, 0, rx=180) for x, y in screws(w))),
        name="coil winder",
    )


def along(w: Winder, x: float, z: float = 0.0) -> Pose:
    """Something that lies on z = 0, stood up on the axle: its z along x, its x upwards."""
    return Pose.at(x, 0, w.height + z, ry=-90, rx=180)


def _pieces(w: Winder, rear: float, front: float, arm: float) -> list[Piece]:
    t, washer, nut = w.board.thickness, AXLE.washer, AXLE.nut
    size = AXLE.name
    inner = [(WASHER, t), (NUT, t + washer), (WASHER, rear - washer)]
    outer = [(WASHER, front + t), (NUT, front + t + washer)]
    left = [(WASHER, -washer), (NUT, -washer - nut), (WASHER, -2 * washer - nut)]
    end = [(WASHER, arm - washer), (NUT, arm - washer - nut)]
    pieces = [Piece(standard, size, along(w, x)) for standard, x in (*inner, *outer, *left, *end)]
    handle = w.height + CRANK
    head = Pose.at(arm + t + 1.6, 0, handle, ry=90)
    return [
        *pieces,
        Piece("ISO 4014", HANDLE, head),
        Piece(WASHER, "M8", Pose.at(arm + t, 0, handle, ry=90)),
        Piece(WASHER, "M8", Pose.at(arm - 1.6, 0, handle, ry=90)),
        Piece(NUT, "M8", Pose.at(arm - 1.6 - 6.8, 0, handle, ry=90)),
    ]
