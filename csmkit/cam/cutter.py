# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A tool at work: what it is, how fast it goes, and by which rules; and a toolpath from its moves."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from csmkit.cam.feeds import Feed
from csmkit.errors import CsmError
from csmkit.model.cam import Cut, Move, Tab, Toolpath
from csmkit.model.machine import Tool
from csmkit.model.outline import Point
from csmkit.model.workshop import CamRules

ABOVE = 0.5  # mm above what was cut before at which the way down slows from air to wood
APPROACH = 1.0  # mm above the stock at which a rapid ends: sheets are never quite flat


@dataclass(frozen=True)
class Cutter:
    """A tool in one material on one machine."""

    tool: Tool
    feed: Feed
    rules: CamRules

    @property
    def radius(self) -> float:
        """Half of the diameter, mm."""
        return self.tool.diameter / 2

    @property
    def step(self) -> float:
        """Greatest depth of one pass, mm."""
        return self.rules.depth_per_diameter * self.tool.diameter

    @property
    def slope(self) -> float:
        """Tangent of the steepest way down."""
        return math.tan(math.radians(self.rules.ramp_deg))

    def depth(self, cut: Cut) -> float:
        """How deep it goes for a cut, mm: with the allowance where it goes through.

        Raises: CsmError: the flutes are too short.
        """
        return depth_of(cut, self.tool, self.rules)


def depth_of(cut: Cut, tool: Tool, rules: CamRules) -> float:
    """How deep a tool goes for a cut, mm: with the allowance where it goes through.

    Raises: CsmError: its flutes are too short.
    """
    depth = cut.depth + (rules.through if cut.through else 0.0)
    if depth > tool.flute_length + 1e-9:
        x0, y0, x1, y1 = cut.region.outline.bounds
        place = ((x0 + x1) / 2, (y0 + y1) / 2)
        raise CsmError(
            f"depth {depth:.1f} mm at ({place[0]:.1f}, {place[1]:.1f}) mm is more than the flutes of"
            f" {tool.key}, {tool.flute_length:g} mm",
            part=cut.part,
            remedy="choose a tool with longer flutes",
            where=(place,),
        )
    return depth


def toolpath(
    cutter: Cutter,
    cut: Cut,
    start: Point,
    moves: Iterable[Move],
    tabs: tuple[Tab, ...] = (),
    skin: float = 0.0,
) -> Toolpath:
    """Moves that begin at the stock's top, with the way down to them and up again."""
    safe = cutter.rules.safe_z
    way = [
        Move("rapid", (*start, APPROACH)),
        Move("line", (*start, 0.0), cutter.feed.plunge),
        *moves,
    ]
    x, y, z = way[-1].end
    if z < safe:
        way.append(Move("rapid", (x, y, safe)))
    return Toolpath(
        cutter.tool.key, cut.kind, cut.part, cutter.feed.rpm, (*start, safe), tuple(way), tabs, skin
    )
