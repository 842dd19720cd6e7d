# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Stretches of a contour without corners, and which of them are faces of a joint."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from csmkit.cam.curves.piece import Piece, turn
from csmkit.cam.curves.reach import SHARP
from csmkit.model.outline import Point

ACROSS = math.radians(60)  # by which the flank of a finger turns away from its end, at least
TIP = math.radians(115)  # by which a contour turns at a tip, at least: it is sharper than 65°
FINGER = 2.5  # thicknesses: an edge between two notches this deep or less is the end of a finger
WIDE = 6.0  # thicknesses: a longer edge with a notch at one of its ends is no finger's end
WIDEST = 12.0  # thicknesses: nor is a longer one between two notches, it is a side with its corners cut out
HULL = 0.1  # mm from the convex hull


@dataclass(frozen=True)
class Run:
    """Edges that follow one another without a corner, with all others in their order after them."""

    pieces: tuple[Piece, ...]
    others: tuple[Piece, ...]

    @property
    def length(self) -> float:
        """Of the stretch, mm."""
        return sum(p.length for p in self.pieces)

    def at(self, s: float) -> tuple[Point, Point]:
        """Point and direction at a length from the start."""
        for piece in self.pieces[:-1]:
            if s <= piece.length:
                return piece.point(s / piece.length), piece.direction(s / piece.length)
            s -= piece.length
        piece = self.pieces[-1]
        return piece.point(s / piece.length), piece.direction(min(s / piece.length, 1.0))


def runs(contour: Sequence[Piece], tightest: float) -> Iterator[Run]:
    """Stretches without corners and tight curves."""
    n = len(contour)
    is_gentle = [p.center is None or p.radius >= tightest for p in contour]
    joined = [
        is_gentle[i] and is_gentle[(i + 1) % n] and abs(turn(contour[i], contour[(i + 1) % n])) < SHARP
        for i in range(n)
    ]
    if all(joined):
        yield Run(tuple(contour), ())
        return
    first = joined.index(False) + 1
    order = [(first + k) % n for k in range(n)]
    begin = 0
    for k, i in enumerate(order):
        if joined[i]:
            continue
        if is_gentle[i]:
            cycle = [contour[j] for j in (*order[begin:], *order[:begin])]
            size = k + 1 - begin
            yield Run(tuple(cycle[:size]), tuple(cycle[size:]))
        begin = k + 1


def tips(contour: Sequence[Piece]) -> Iterator[Point]:
    """Corners at which a part ends in a point, the part on the right of its contour."""
    for before, after in zip([contour[-1], *contour[:-1]], contour, strict=True):
        if turn(before, after) < -TIP:
            yield after.start


def is_face(run: Run, hull: BaseGeometry, thickness: float, diameter: float) -> bool:
    """A face of a joint, which has to stay as it is cut: end, flank or floor of fingers, tenons and notches.

    The end of a finger is a short edge; around its corners the contour goes in, and soon turns back in a
    notch. Every other short edge that lies off the part's hull is taken for a notch's flank or floor, or a
    tenon's shoulder.

    Args:
        hull: border of the part's convex hull.
        thickness: of the sheet, mm.
        diameter: of the cutter, mm; dogbones make notches deeper by some of it.
    """
    if run.length > WIDEST * thickness:
        return False
    if run.length <= WIDE * thickness and hull.distance(shapely.Point(run.at(run.length / 2)[0])) > HULL:
        return True
    deep = FINGER * thickness + diameter
    after = _steps_in(run.pieces[-1], run.others, deep, 1.0)
    back = [p.reversed() for p in reversed(run.others)]
    before = _steps_in(run.pieces[0].reversed(), back, deep, -1.0)
    return (before or after) if run.length <= WIDE * thickness else (before and after)


def _steps_in(end: Piece, others: Sequence[Piece], deep: float, waste: float) -> bool:
    """Whether the contour turns across the run's end and back again within a short way.

    Args:
        waste: 1 where the waste is on the left of the way, -1 where it is on the right.
    """
    turned, way, before = 0.0, 0.0, end
    for piece in others:
        turned += turn(before, piece) * waste
        if way == 0.0 and turned > -ACROSS:
            return False
        if turned > -ACROSS / 2:
            return True
        turned += piece.sweep * waste
        way += piece.length
        if way > deep:
            return False
        before = piece
    return False
