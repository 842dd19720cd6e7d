# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""The bed and the end walls. Frame of the bed: x, y; of a wall: y, and z as y."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csmkit import Outline, Pose, joints

from .beams import cheek_span, cheek_y
from .fits import POCKET, POCKET_DIAMETER, Fits
from .hardware import Piece, cross_bolted
from .layout import MID_X, Layout
from .outlines import board, obround

Line = tuple[tuple[float, float], tuple[float, float]]
HAND_HOLE = (120.0, 34.0)  # mm; four fingers in a glove


def bed(at: Layout, fits: Fits) -> Any:
    """The load floor; tabs along both sides enter the rails."""
    outline = Outline.rectangle(at.rear_x, -at.half, at.front_x, at.half)
    for line in _sides(at):
        outline = joints.with_edge(outline, *line, fits.rail_bed.edge)
    cuts = [joints.on_edge(o, *line) for line in _sides(at) for o in fits.rail_bed.hardware_cuts]
    beams = [_across(at, x) for x in (-at.beam_x, at.beam_x, MID_X, *at.end_beams)]
    holes = [joints.on_edge(o, *b) for b in beams for o in (*fits.beam_bed.slots, *fits.beam_bed.slot_holes)]
    holes += [joints.on_edge(o, *line) for line in _cheek_lines(at) for o in fits.cheek_bed.slots]
    if at.has_walls:
        walls = [_across(at, x + at.bed.thickness / 2) for x in at.wall_x]
        joint = fits.wall_bed
        holes += [joints.on_edge(o, *w) for w in walls for o in (*joint.slots, *joint.slot_holes)]
    sunk = [joints.on_edge(o, *b) for b in beams for o in fits.beam_bed.slot_holes]
    pockets = [(_wider(o), POCKET, True) for o in sunk]
    return board(outline, at.bed.thickness, holes, cuts, pockets)


def wall(at: Layout, fits: Fits) -> Any:
    """An end of the box, with a hand hole."""
    top = at.floor_z + at.p.side_height
    outline = Outline.rectangle(-at.half, at.floor_z, at.half, top)
    lines = [(_foot(at), fits.wall_bed), *((line, fits.wall_rail) for line in _uprights(at))]
    cuts = []
    for line, joint in lines:
        outline = joints.with_edge(outline, *line, joint.edge)
        cuts += [joints.on_edge(o, *line) for o in joint.hardware_cuts]
    holes = [obround(0.0, top - 42.0, *HAND_HOLE)] if at.p.side_height >= 150 else []
    return board(outline, at.bed.thickness, holes, cuts)


def bed_pose(at: Layout) -> Pose:
    """Where the bed lies."""
    return Pose.at(0, 0, at.bed_z)


def wall_poses(at: Layout) -> tuple[Pose, ...]:
    """Rear and front wall."""
    return tuple(Pose.at(x, 0, 0, rx=90, rz=90) for x in at.wall_x)


def panel_hardware(at: Layout, fits: Fits) -> Iterator[Piece]:
    """Bolts from the rails into the bed, and all bolts of the end walls."""
    for line in _sides(at):
        yield from cross_bolted(fits.rail_bed, bed_pose(at), *line)
    if not at.has_walls:
        return
    for pose in wall_poses(at):
        yield from cross_bolted(fits.wall_bed, pose, *_foot(at))
        for line in _uprights(at):
            yield from cross_bolted(fits.wall_rail, pose, *line)


def _sides(at: Layout) -> tuple[Line, Line]:
    left = (at.rear_x, at.half), (at.front_x, at.half)
    right = (at.front_x, -at.half), (at.rear_x, -at.half)
    return left, right


def _across(at: Layout, x: float) -> Line:
    return (x, -at.half), (x, at.half)


def _cheek_lines(at: Layout) -> list[Line]:
    x0, x1 = cheek_span(at)
    right, left = cheek_y(at)
    half = at.frame.thickness / 2
    return [((x0, y), (x1, y)) for y in (right - half, left + half)]


def _foot(at: Layout) -> Line:
    return (at.half, at.floor_z), (-at.half, at.floor_z)


def _uprights(at: Layout) -> tuple[Line, Line]:
    top = at.floor_z + at.p.side_height
    return ((at.half, top), (at.half, at.floor_z)), ((-at.half, at.floor_z), (-at.half, top))


def _wider(hole: Outline) -> Outline:
    x0, y0, x1, y1 = hole.bounds
    return Outline.circle((x0 + x1) / 2, (y0 + y1) / 2, POCKET_DIAMETER)
