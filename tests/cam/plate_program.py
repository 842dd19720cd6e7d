# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A plate with rounded corners, a hole, a pocket and a drilled hole, and a program for it made by hand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from csmkit.model.cam import Cut, CutKind, Move, Program, Setup, Tab, Toolpath
from csmkit.model.machine import Machine, Tool
from csmkit.model.outline import Outline, Region
from csmkit.model.pose import Vector
from csmkit.model.workshop import CamRules

EM6 = Tool("em6", "end mill 6 mm, two flutes", "flat", 6.0, 2, 25.0, "test")
EM3 = Tool("em3", "end mill 3 mm, two flutes", "flat", 3.0, 2, 14.0, "test")
RULES = CamRules()
THICKNESS = 12.0
PART = "kit/plate 1"
BOTTOM = -THICKNESS - RULES.through
FEED, PLUNGE, RPM, SAFE = 3000.0, 600.0, 18000.0, 5.0
QUARTER = math.tan(math.pi / 8)  # bulge of a quarter circle
PLATE, CORNER = (50.0, 50.0, 150.0, 110.0), 10.0
HOLE, HOLE_R = (75.0, 80.0), 10.0
POCKET = (95.0, 70.0, 125.0, 90.0)
POCKET_DEPTH = 4.0
DRILLED = (137.0, 97.0)
TABS = (
    Tab(PART, 100.0, 50.0, 0.0, 8.0, RULES.tab_height),
    Tab(PART, 100.0, 110.0, 180.0, 8.0, RULES.tab_height),
)


def machine(post: str = "linuxcnc", **more: object) -> Machine:
    return Machine("test", "test router", "router", (600.0, 900.0, 80.0), post, 6000.0, "test", **more)  # type: ignore[arg-type]


def rounded(x0: float, y0: float, x1: float, y1: float, r: float) -> Outline:
    """Counter-clockwise from the lower edge's left end."""
    b = QUARTER
    return Outline(
        (
            (x0 + r, y0, 0.0), (x1 - r, y0, b), (x1, y0 + r, 0.0), (x1, y1 - r, b),
            (x1 - r, y1, 0.0), (x0 + r, y1, b), (x0, y1 - r, 0.0), (x0, y0 + r, b),
        )
    )  # fmt: skip


def setup(keep_out: tuple[Outline, ...] = (), cuts: Sequence[Cut] | None = None) -> Setup:
    return Setup(
        "birch-ply-12-300x200-1",
        Outline.rectangle(0, 0, 300, 200),
        THICKNESS,
        "birch-ply",
        "top",
        tuple(cuts) if cuts is not None else all_cuts(),
        keep_out,
    )


def all_cuts() -> tuple[Cut, ...]:
    return (
        Cut("drill", PART, Region(Outline.circle(*DRILLED, 6.0)), THICKNESS, True),
        Cut("pocket", PART, Region(Outline.rectangle(*POCKET)), POCKET_DEPTH, False),
        Cut("inside", PART, Region(Outline.circle(*HOLE, 2 * HOLE_R)), THICKNESS, True),
        Cut("outside", PART, Region(rounded(*PLATE, CORNER)), THICKNESS, True),
    )


def drilled(tool: Tool = EM6) -> Toolpath:
    x, y = DRILLED
    moves = (
        Move("rapid", (x, y, 1.0)),
        Move("line", (x, y, BOTTOM), PLUNGE),
        Move("rapid", (x, y, SAFE)),
    )
    return _path("drill", (x, y, SAFE), moves, tool)


def pocketed(tool: Tool = EM6, insets: Iterable[float] = (9.9, 7.8, 5.4, 3.0)) -> Toolpath:
    x0, y0, x1, y1 = POCKET
    moves: list[Move] = []
    start = None
    for inset in insets:
        ring = [
            (x0 + inset, y0 + inset),
            (x1 - inset, y0 + inset),
            (x1 - inset, y1 - inset),
            (x0 + inset, y1 - inset),
        ]
        if start is None:
            start = (*ring[0], SAFE)
            moves += [Move("rapid", (*ring[0], 1.0)), Move("line", (*ring[0], -POCKET_DEPTH), PLUNGE)]
        moves += [Move("line", (x, y, -POCKET_DEPTH), FEED) for x, y in (*ring, ring[0])]
    moves.append(Move("rapid", (*moves[-1].end[:2], SAFE)))
    assert start is not None
    return _path("pocket", start, moves, tool)


def holed(tool: Tool = EM6, radius: float | None = None) -> Toolpath:
    (cx, cy), r = HOLE, radius or HOLE_R - tool.diameter / 2
    moves = [Move("rapid", (cx + r, cy, 1.0)), Move("line", (cx + r, cy, 0.0), PLUNGE)]
    for z0, z1 in ((0.0, -4.0), (-4.0, -8.0), (-8.0, BOTTOM), (BOTTOM, BOTTOM)):
        moves.append(Move("arc", (cx - r, cy, (z0 + z1) / 2), FEED, (cx, cy)))
        moves.append(Move("arc", (cx + r, cy, z1), FEED, (cx, cy)))
    moves.append(Move("rapid", (cx + r, cy, SAFE)))
    return _path("inside", (cx + r, cy, SAFE), moves, tool)


def profiled(tool: Tool = EM6, tabs: Sequence[Tab] = TABS, away: float | None = None) -> Toolpath:
    """Round the plate, counter-clockwise, three passes, the last one over the tabs."""
    r = tool.diameter / 2 if away is None else away
    x0, y0, x1, y1 = PLATE
    outline = rounded(x0 - r, y0 - r, x1 + r, y1 + r, CORNER + r)
    begin = outline.vertices[0][:2]
    moves = [Move("rapid", (*begin, 1.0))]
    for z in (-4.0, -8.0, BOTTOM):
        moves.append(Move("line", (*begin, z), PLUNGE))
        for edge in outline.edges:
            if edge.bulge:
                moves.append(Move("arc", (*edge.end, z), FEED, edge.center))
                continue
            if z == BOTTOM:
                moves += _over_tabs(edge.start, edge.end, tabs, tool)
            moves.append(Move("line", (*edge.end, z), FEED))
    moves.append(Move("rapid", (*begin, SAFE)))
    return _path("outside", (*begin, SAFE), moves, tool, tuple(tabs))


def _over_tabs(
    start: tuple[float, float], end: tuple[float, float], tabs: Sequence[Tab], tool: Tool
) -> list[Move]:
    moves = []
    for tab in tabs:
        if start[1] != end[1] or abs(start[1] - tab.y) > tool.diameter:
            continue
        half = (tab.length + tool.diameter) / 2
        a, b = (tab.x - half, tab.x + half) if end[0] > start[0] else (tab.x + half, tab.x - half)
        top = tab.height - THICKNESS
        moves += [
            Move("line", (a, start[1], BOTTOM), FEED),
            Move("line", (a, start[1], top), FEED),
            Move("line", (b, start[1], top), FEED),
            Move("line", (b, start[1], BOTTOM), PLUNGE),
        ]
    return moves


def _path(
    kind: CutKind, start: Vector, moves: Sequence[Move], tool: Tool, tabs: tuple[Tab, ...] = ()
) -> Toolpath:
    return Toolpath(tool.key, kind, PART, RPM, start, tuple(moves), tabs)


def program(post: str = "linuxcnc", toolpaths: Sequence[Toolpath] | None = None, **more: object) -> Program:
    """The whole plate; the hole with its own cutter."""
    paths = tuple(toolpaths) if toolpaths is not None else (drilled(), pocketed(), holed(), profiled())
    used = dict.fromkeys(p.tool for p in paths)
    tools = tuple({"em6": EM6, "em3": EM3}[key] for key in used)
    return Program(setup(), machine(post, **more), tools, paths, SAFE)
