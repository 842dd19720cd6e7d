# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Contours: around a part, or around the inside of a hole; climbing, in several ramped passes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from csmkit.cam.curves.offset import snug_offset
from csmkit.cam.curves.piece import Piece, arc, pieces_of
from csmkit.cam.curves.reach import SLACK
from csmkit.cam.curves.way import Height, Way, descent, follow, levels, lifted, moves_of
from csmkit.cam.cutter import Cutter, toolpath
from csmkit.model.cam import Cut, Tab, Toolpath
from csmkit.model.outline import Outline

TAB_SLOPE = 1.0  # tangent of the way up to a tab and down again: steep, or the bridge grows long; judgement
LEADS = (
    0.5,
    0.25,
    0.125,
)  # radii of lead-in and lead-out that are tried, of the cutter's diameter; judgement

Room = Callable[[Sequence[Piece]], bool]  # whether the cutter may run there


@dataclass(frozen=True)
class Bridge:
    """Where a cutter is lifted over a tab: place on its way, length there at full height, height; mm."""

    place: float
    length: float
    top: float
    tab: Tab


def contour_ways(outline: Outline, inside: bool, radius: float) -> tuple[Way, ...]:
    """Ways of the cutter's middle along a contour, climbing: the part is on the right.

    Args:
        outline: as drawn.
        inside: the cutter runs within it.
        radius: of the cutter, mm; with 0 it runs on the line.
    Returns: closed ways, the longest first.
    """
    source = outline.counter_clockwise()
    loops = snug_offset([pieces_of(source if inside else source.reversed())], radius, SLACK)
    ways = (Way(tuple(loop)) for loop in loops)
    return tuple(sorted(ways, key=lambda way: -way.length))


def profile(
    cut: Cut, way: Way, cutter: Cutter, bridges: Sequence[Bridge], skin: float, room: Room
) -> Toolpath:
    """One contour, from the lead-in to the lead-out.

    Args:
        bridges: tabs to go over.
        skin: left below the part, mm.
        room: tells whether a lead-in or lead-out may run somewhere.
    Raises: CsmError: the flutes are too short.
    """
    depth = cut.depth - skin if skin else cutter.depth(cut)
    lead = _lead(way, 0.0, cutter, room)
    first = -lead.length * cutter.slope if lead else 0.0
    heights = descent(way.length, levels(depth, cutter.step), cutter.slope, first)
    for bridge in bridges:
        heights = lifted(heights, _over(way, heights, bridge))
    moves = [*follow(way, heights, cutter.feed)]
    if lead:
        moves[:0] = moves_of(lead, 0.0, first, cutter.feed.along(first, lead.length))
    s, z = heights[-1]
    if lead_out := _lead(way, s, cutter, room, out=True):
        moves += moves_of(lead_out, z, z, cutter.feed.feed)
    start = lead.start if lead else way.at(0.0)
    return toolpath(cutter, cut, start, moves, tuple(b.tab for b in bridges), skin)


def _over(way: Way, heights: Sequence[Height], bridge: Bridge) -> list[Height]:
    """Course over a tab in all laps; between them it lies below the bottom."""
    last = heights[-1][0]
    ground = min(z for _, z in heights) - 1.0
    half, run = bridge.length / 2, (bridge.top - ground) / TAB_SLOPE
    course: list[Height] = [(-2 * way.length, ground)]
    for lap in range(-1, math.ceil(last / way.length) + 1):
        middle = lap * way.length + bridge.place
        course += [
            (middle - half - run, ground),
            (middle - half, bridge.top),
            (middle + half, bridge.top),
            (middle + half + run, ground),
        ]
    return [*course, (last + 2 * way.length, ground)]


def _lead(way: Way, place: float, cutter: Cutter, room: Room, out: bool = False) -> Piece | None:
    """A quarter circle beside the part onto the way or off it, so that no mark stays; None without room."""
    (x, y), (ux, uy) = way.at(place), way.direction(place)
    for share in LEADS:
        r = share * cutter.tool.diameter
        center = (x - r * uy, y + r * ux)
        before, after = (center[0] - r * ux, center[1] - r * uy), (center[0] + r * ux, center[1] + r * uy)
        quarter = math.pi / 2
        lead = arc((x, y), after, center, quarter) if out else arc(before, (x, y), center, quarter)
        if room([lead]):
            return lead
    return None


def started(way: Way) -> Way:
    """The way begun in the middle of its longest straight, away from corners."""
    order = [(piece.center is None, piece.length) for piece in way.pieces]
    longest = order.index(max(order))
    piece = way.pieces[longest]
    rest = (*way.pieces[longest + 1 :], *way.pieces[:longest])
    return Way((piece.cut(0.5, 1.0), *rest, piece.cut(0.0, 0.5)))
