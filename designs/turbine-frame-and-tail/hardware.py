# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Bolts, nuts and washers."""

from __future__ import annotations

from collections.abc import Iterator

from csmkit import Pose
from csmkit.model import BoughtRow

from ..turbine_family.hardware import Piece
from .layout import Layout
from .tail_parts import bolt_places, level

BOLT, WASHER, LARGE, NUT, LOCK_NUT = "ISO 4017", "ISO 7089", "ISO 7093-1", "ISO 4032", "ISO 10511"
PLAY = 0.5  # mm between the hinge's cap and the washer under its nut
SPARE = 1.0  # mm of thread beyond a lock nut, at least


def stator_pieces(at: Layout) -> Iterator[Piece]:
    """On both sides of the face plate, on studs that belong to the alternator."""
    thread, rear = at.stack.stator_thread, at.at.plate_rear
    front = rear + at.bracket.thickness
    for x, y in at.stack.stator_points:
        for standard, z in (
            (NUT, rear - thread.washer - thread.nut),
            (WASHER, rear - thread.washer),
            (WASHER, front),
            (NUT, front + thread.washer),
        ):
            yield Piece(standard, thread.name, at.at.alternator * Pose.at(x, y, z))


def retaining_bolt(at: Layout) -> Piece:
    """Under the inner cap, welded to it, its thread up: the tail can't jump off the hinge."""
    washer = _height(at, LARGE, "M10")
    bolt = _long_enough(
        at, 10.0, 2 * at.thin.thickness + PLAY + washer + _height(at, LOCK_NUT, "M10") + SPARE
    )
    return Piece(BOLT, bolt.size, at.at.hinge * Pose.at(z=at.at.hinge_length, rx=180))


def retaining_nut(at: Layout) -> Iterator[Piece]:
    """Washer and lock nut over the outer cap, in the tail's frame."""
    top = at.tail.outer_end + at.thin.thickness + PLAY
    yield Piece(LARGE, "M10", Pose.at(z=top))
    yield Piece(LOCK_NUT, "M10", Pose.at(z=top + _height(at, LARGE, "M10")))


def vane_pieces(at: Layout) -> Iterator[Piece]:
    """Heads with large washers on the ply, lock nuts on the bars; in the tail's frame."""
    tail = at.tail
    inside = tail.boom_pipe / 2
    face = inside + tail.bar_thickness + at.vane.thickness
    large, washer = _height(at, LARGE, "M8"), _height(at, WASHER, "M8")
    grip = face - inside + large + washer
    bolt = _long_enough(at, 8.0, grip + _height(at, LOCK_NUT, "M8") + SPARE)
    for x, z in bolt_places(at):
        here = level(at) * Pose.at(x, 0, z)
        yield Piece(LARGE, "M8", here * Pose.at(y=face, rx=-90))
        yield Piece(BOLT, bolt.size, here * Pose.at(y=face + large, rx=-90))
        yield Piece(WASHER, "M8", here * Pose.at(y=inside, rx=90))
        yield Piece(LOCK_NUT, "M8", here * Pose.at(y=inside - washer, rx=90))


def _height(at: Layout, standard: str, size: str) -> float:
    row = at.shop.bought_row(standard, size)
    return row.dimension("height" if standard in (NUT, LOCK_NUT) else "thickness")


def _long_enough(at: Layout, d: float, least: float) -> BoughtRow:
    rows = [b for b in at.shop.bought if b.standard == BOLT and b.dimension("d") == d]
    return min((b for b in rows if b.dimension("length") >= least), key=lambda b: b.dimension("length"))
