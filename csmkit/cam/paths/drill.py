# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Round holes: straight down with a tool of their size, else round and round with a smaller one."""

from __future__ import annotations

import math
from collections.abc import Iterator

from csmkit.cam.curves.piece import arc
from csmkit.cam.curves.reach import choose
from csmkit.cam.curves.way import Way, follow, levels
from csmkit.cam.cutter import ABOVE, APPROACH, Cutter, toolpath
from csmkit.model.cam import Cut, Move, Toolpath
from csmkit.model.machine import Tool
from csmkit.model.outline import Point
from csmkit.model.workshop import Workshop

CLEARED = 4.0  # cutter diameters: a hole up to this size is cleared whole, so that no core falls about
FITS = 0.02  # mm between a hole and the tool that makes it straight down: less than either is true to
PECK = 3.0  # diameters; a deeper hole is drilled in bites of one diameter, and cleared of chips in between
PITCH = 1 / 6  # diameters a turn at least: in a hole little wider than the cutter a ramp's angle says nothing
POINT = math.tan(math.radians(90 - 118 / 2)) / 2  # height of a drill's point of 118°, of its diameter


def circle(cut: Cut) -> tuple[Point, float]:
    """Middle and diameter of a cut that is a circle."""
    found = cut.region.outline.circle_of
    assert found is not None
    x, y, diameter = found
    return (x, y), diameter


def plunges(tool: Tool, diameter: float) -> bool:
    """Whether a tool makes a hole of this size straight down."""
    return tool.kind in ("drill", "flat") and abs(tool.diameter - diameter) <= FITS + 1e-6


def drill_tool(cut: Cut, workshop: Workshop) -> Tool | None:
    """A tool of the hole's size that makes it in one go; None where a cutter goes round.

    A drill leaves its point at the bottom, so it makes through holes only. Where changing tools takes
    hands, the cutter that does the contours goes round instead if it can.
    """
    _, diameter = circle(cut)
    usual = workshop.tool(workshop.cutting.tool)
    if plunges(usual, diameter):
        return usual
    stays = workshop.machine.tool_change != "auto" and diameter > usual.diameter + FITS
    if stays and cut.depth + workshop.cam.through <= usual.flute_length:
        return None
    kinds = ("drill", "flat") if cut.through else ("flat",)
    fitting = [t for t in workshop.tools if t.kind in kinds and plunges(t, diameter)]
    return min(fitting, key=lambda t: (kinds.index(t.kind), t.flute_length), default=None)


def hole_tool(cut: Cut, workshop: Workshop) -> Tool:
    """The tool that makes a hole: straight down where one has its size, else the cutter that goes round.

    Raises: CsmError: no cutter reaches all of it.
    """
    straight = drill_tool(cut, workshop) if cut.kind == "drill" else None
    return straight or choose(cut, workshop)[0]


def drill(cut: Cut, cutter: Cutter) -> Toolpath:
    """Straight down, in bites where it is deep.

    Raises: CsmError: the flutes are too short.
    """
    point, _ = circle(cut)
    depth = cutter.depth(cut)
    if cut.through and cutter.tool.kind == "drill":
        depth += POINT * cutter.tool.diameter
    return toolpath(cutter, cut, point, _bites(point, depth, cutter))


def _bites(point: Point, depth: float, cutter: Cutter) -> Iterator[Move]:
    diameter, plunge = cutter.tool.diameter, cutter.feed.plunge
    if depth <= PECK * diameter:
        yield Move("line", (*point, -depth), plunge)
        return
    rules = cutter.rules
    done = 0.0
    for level in levels(depth, diameter):
        if done:
            yield Move("rapid", (*point, rules.safe_z))
            yield Move("rapid", (*point, APPROACH))
            yield Move("line", (*point, ABOVE - done), cutter.feed.lower)
        yield Move("line", (*point, level), plunge)
        done = -level


def helix(cut: Cut, cutter: Cutter) -> Toolpath:
    """Down in a helix that leaves no core: the hole is at most two cutters wide.

    Raises: CsmError: the flutes are too short.
    """
    (x, y), diameter = circle(cut)
    r = diameter / 2 - cutter.radius
    right = (x + r, y)
    way = Way((arc(right, (x - r, y), (x, y), math.pi), arc((x - r, y), right, (x, y), math.pi)))
    depth = cutter.depth(cut)
    pitch = min(max(cutter.slope * way.length, PITCH * cutter.tool.diameter), cutter.step)
    down = depth / pitch * way.length
    heights = [(0.0, 0.0), (down, -depth), (down + way.length, -depth)]
    back = Move("line", (x, y, -depth), cutter.feed.feed)  # away from the wall before it goes up
    return toolpath(cutter, cut, right, [*follow(way, heights, cutter.feed), back])
