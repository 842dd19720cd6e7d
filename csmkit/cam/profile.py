# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Contours: around a part, or around the inside of a hole; climbing, in several ramped passes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from csmkit.cam.cutter import Cutter, toolpath
from csmkit.cam.offset import offset
from csmkit.cam.piece import Piece, arc, pieces_of
from csmkit.cam.way import Height, Way, descent, follow, levels, lifted, moves_of
from csmkit.model.cam import Cut, Move, Tab, Toolpath
from csmkit.model.outline import Outline

TAB_SLOPE = 1.0  # tangent of the way up to a tab and down again: steep, or the bridge grows long; judgement
LEADS = (0.5, 0.25, 0.125)  # radii of the lead-out that are tried, of the cutter's diameter; judgement

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
    loops = offset([pieces_of(source if inside else source.reversed())], radius)
    ways = (Way(tuple(loop)) for loop in loops)
    return tuple(sorted(ways, key=lambda way: -way.length))


def profile(
    cut: Cut, way: Way, cutter: Cutter, bridges: Sequence[Bridge], skin: float, room: Room
) -> Toolpath:
    """One contour, from its start (the way's first point) to the lead-out.

    Args:
        bridges: tabs to go over.
        skin: left below the part, mm.
        room: tells whether the lead-out may run somewhere.
    Raises: CsmError: the flutes are too short.
    """
    depth = cut.depth - skin if skin else cutter.depth(cut)
    heights = descent(way.length, levels(depth, cutter.step), cutter.slope)
    for bridge in bridges:
        heights = lifted(heights, _over(way, heights, bridge))
    moves = [*follow(way, heights, cutter.feed), *_lead_out(way, heights[-1], cutter, room)]
    return toolpath(cutter, cut, way.at(0.0), moves, tuple(b.tab for b in bridges), skin)


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


def _lead_out(way: Way, end: Height, cutter: Cutter, room: Room) -> Iterator[Move]:
    """A quarter circle away from the part: the cutter doesn't dwell at its edge; none without room."""
    s, z = end
    point, (ux, uy) = way.at(s), way.direction(s)
    for share in LEADS:
        r = share * cutter.tool.diameter
        center = (point[0] - r * uy, point[1] + r * ux)
        way_out = arc(point, (center[0] + r * ux, center[1] + r * uy), center, math.pi / 2)
        if room([way_out]):
            yield from moves_of(way_out, z, z, cutter.feed.feed)
            return


def started(way: Way) -> Way:
    """The way begun in the middle of its longest straight, away from corners."""
    order = [(piece.center is None, piece.length) for piece in way.pieces]
    longest = order.index(max(order))
    piece = way.pieces[longest]
    rest = (*way.pieces[longest + 1 :], *way.pieces[:longest])
    return Way((piece.cut(0.5, 1.0), *rest, piece.cut(0.0, 0.5)))
