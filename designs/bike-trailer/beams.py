# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Cross members under the bed, and the cheeks that hold the drawbar. Frame of the beams: y, and z as y."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from csmkit import Outline, Pose, joints

from .fits import Fits
from .hardware import Piece, cross_bolted
from .layout import BAR_AIR, BEAM_END, LOCKNUTS, MID_X, Layout
from .outlines import Corner, board, rounded

CHEEK_LOW = 20.0  # mm of cheek below the drawbar
CHEEK_BOLTS = (0.27, 0.73)  # shares of the cheek's length
CHEEK_BOLT = 9.0  # mm, ISO 273 medium for M8


def wheel_beam(
    at: Layout,
    fits: Fits,
    window: bool,
    holes: Sequence[Outline] = (),
    pockets: Sequence[tuple[Outline, float, bool]] = (),
) -> Any:
    """Through both rails from fork plate to fork plate; its deeper middle is the rails' shoulder."""
    out, half = _reach(at), at.half
    low, high = at.beam_low, at.beam_low + BEAM_END
    outline = rounded(
        [
            *((-out, low), (-half, low), (-half, at.middle_low, 3.0)),
            *_belly(at, window),
            *((half, at.middle_low, 3.0), (half, low), (out, low), (out, high), (half, high)),
            *((half, at.bed_z), (-half, at.bed_z), (-half, high), (-out, high)),
        ]
    )
    outline = joints.with_edge(outline, *_top(at), fits.beam_bed.edge)
    for line in _fork_ends(at):
        outline = joints.with_edge(outline, *line, fits.beam_fork.edge)
    radius = joints.relief_radius(at.cutter)
    corners = [(side * half, z) for side in (-1, 1) for z in (low - radius, high + radius)]
    cuts = [Outline.circle(y, z, 2 * radius) for y, z in corners]
    cuts += [joints.on_edge(o, *_top(at)) for o in fits.beam_bed.hardware_cuts]
    cuts += [joints.on_edge(o, *line) for line in _fork_ends(at) for o in fits.beam_fork.hardware_cuts]
    return board(outline, at.frame.thickness, [*_window(at, window), *holes], cuts, pockets)


def inner_beam(
    at: Layout,
    fits: Fits,
    window: bool,
    holes: Sequence[Outline] = (),
    pockets: Sequence[tuple[Outline, float, bool]] = (),
) -> Any:
    """Between the rails, tabbed into both."""
    half = at.half
    outline = rounded(
        [
            (-half, at.middle_low),
            *_belly(at, window),
            (half, at.middle_low),
            (half, at.bed_z),
            (-half, at.bed_z),
        ]
    )
    outline = joints.with_edge(outline, *_top(at), fits.beam_bed.edge)
    ends = (((half, at.bed_z), (half, at.middle_low)), ((-half, at.middle_low), (-half, at.bed_z)))
    for line in ends:
        outline = joints.with_edge(outline, *line, fits.beam_rail.edge)
    cuts = [joints.on_edge(o, *_top(at)) for o in fits.beam_bed.hardware_cuts]
    return board(outline, at.frame.thickness, [*_window(at, window), *holes], cuts, pockets)


def cheek(at: Layout, fits: Fits) -> Any:
    """Beside the drawbar, trapped between two beams; frame: x, and z as y."""
    x0, x1 = cheek_span(at)
    t, half = at.frame.thickness, at.bar.height / 2
    low, high = at.bar_z - half, at.bar_z + half
    bottom = low - CHEEK_LOW
    outline = rounded(
        [
            *((x0, bottom, 8.0), (x1, bottom, 8.0), (x1, low), (x1 + t, low), (x1 + t, high), (x1, high)),
            *((x1, at.bed_z), (x0, at.bed_z), (x0, high), (x0 - t, high), (x0 - t, low), (x0, low)),
        ]
    )
    top = ((x0, at.bed_z), (x1, at.bed_z))
    outline = joints.with_edge(outline, *top, fits.cheek_bed.edge)
    radius = joints.relief_radius(at.cutter)
    cuts = [Outline.circle(x, z, 2 * radius) for x in (x0, x1) for z in (low - radius, high + radius)]
    holes = [Outline.circle(x, at.bar_z, CHEEK_BOLT) for x in cheek_bolts(at)]
    return board(outline, t, holes, cuts)


def cheek_span(at: Layout) -> tuple[float, float]:
    """Between the middle beam and the front wheel beam."""
    half = at.frame.thickness / 2
    return MID_X + half, at.beam_x - half


def cheek_bolts(at: Layout) -> list[float]:
    """Places of the drawbar's bolts, x."""
    x0, x1 = cheek_span(at)
    return [x0 + share * (x1 - x0) for share in CHEEK_BOLTS]


def cheek_y(at: Layout) -> tuple[float, float]:
    """Inner faces of the cheeks, right one first."""
    away = at.bar.width / 2 + BAR_AIR
    return at.bar_y - away, at.bar_y + away


def cheek_poses(at: Layout) -> tuple[Pose, Pose]:
    """Right and left cheek."""
    right, left = cheek_y(at)
    return Pose.at(0, right, 0, rx=90), Pose.at(0, left + at.frame.thickness, 0, rx=90)


def beam_pose(at: Layout, x: float) -> Pose:
    """A beam whose middle is at x; its modelled upper face looks forward."""
    return Pose.at(x - at.frame.thickness / 2, 0, 0, rx=90, rz=90)


def beam_hardware(at: Layout, fits: Fits) -> Iterator[Piece]:
    """Bolts of all beams into the bed, and of the wheel beams into the fork plates."""
    for x in (-at.beam_x, at.beam_x, MID_X, *at.end_beams):
        yield from cross_bolted(fits.beam_bed, beam_pose(at, x), *_top(at))
    for x in (-at.beam_x, at.beam_x):
        for line in _fork_ends(at):
            yield from cross_bolted(fits.beam_fork, beam_pose(at, x), *line)


def _reach(at: Layout) -> float:
    return at.half + at.frame.thickness + LOCKNUTS


def _top(at: Layout) -> tuple[tuple[float, float], tuple[float, float]]:
    return (-at.half, at.bed_z), (at.half, at.bed_z)


def _fork_ends(at: Layout) -> tuple[tuple[tuple[float, float], tuple[float, float]], ...]:
    out, low, high = _reach(at), at.beam_low, at.beam_low + BEAM_END
    return ((out, high), (out, low)), ((-out, low), (-out, high))


def _window(at: Layout, window: bool) -> list[Outline]:
    if not window:
        return []
    half = at.bar.height / 2 + BAR_AIR
    y, z, w = at.bar_y, at.bar_z, at.window
    return [joints.slot(y - w, z - half, y + w, z + half, at.cutter, name="drawbar's window")]


def _belly(at: Layout, window: bool) -> list[Corner]:
    """The lower edge dips below the window where the drawbar lies low."""
    fall = at.middle_low - at.belly_low
    if not window or fall == 0.0:
        return []
    right, left = at.bar_y - at.window - 28.0, at.bar_y + at.window + 28.0
    flank = min(fall, at.half - 8.0 - left)
    soft = min(6.0, fall)
    return [
        (right - fall, at.middle_low, soft),
        (right, at.belly_low, soft),
        (left, at.belly_low, min(soft, 4.0)),
        (left + flank, at.middle_low, 4.0),
    ]
