# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Setups and workshops for tests of toolpaths, and measures of what a program does."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import shapely

from csmkit.catalog.workshop import default_workshop, find_machine
from csmkit.model.cam import Cut, Move, Program, Setup, Toolpath
from csmkit.model.outline import Outline, Region
from csmkit.model.pose import Vector
from csmkit.model.workshop import Workshop

THICKNESS = 12.0
CHORD = 5e-4  # mm between an arc and its chords
SHOP = default_workshop()
SHOPS = tuple(
    replace(SHOP, machines=(find_machine(key), *SHOP.machines[1:]))
    for key in ("router-2500x1250", "router-1300x900", "router-600x900")
)


def with_rules(shop: Workshop = SHOP, **rules: object) -> Workshop:
    return replace(shop, cam=replace(shop.cam, **rules))


def with_tools(*keys: str, shop: Workshop = SHOP) -> Workshop:
    return replace(shop, tools=tuple(shop.tool(key) for key in keys))


def outside(outline: Outline, part: str = "kit/a 1", depth: float = THICKNESS) -> Cut:
    return Cut("outside", part, Region(outline), depth, True)


def inside(outline: Outline, part: str = "kit/a 1", depth: float = THICKNESS) -> Cut:
    return Cut("inside", part, Region(outline), depth, True)


def hole(
    x: float, y: float, d: float, part: str = "kit/a 1", depth: float = THICKNESS, through: bool = True
) -> Cut:
    return Cut("drill", part, Region(Outline.circle(x, y, d)), depth, through)


def recess(region: Region | Outline, depth: float = 5.0, part: str = "kit/a 1") -> Cut:
    return Cut("pocket", part, Region(region) if isinstance(region, Outline) else region, depth, False)


def setup(*cuts: Cut, width: float = 600, height: float = 400, **more: object) -> Setup:
    stock = Outline.rectangle(0, 0, width, height)
    return Setup("ply-1", stock, THICKNESS, "birch-ply", "top", cuts, **more)


def legs(path: Toolpath) -> Iterator[tuple[Vector, Move]]:
    """Each move with its start."""
    here = path.start
    for move in path.moves:
        yield here, move
        here = move.end


def cutting(path: Toolpath) -> Iterator[tuple[Vector, Move]]:
    return ((start, move) for start, move in legs(path) if move.kind != "rapid")


def cut_length(path: Toolpath) -> float:
    return sum(move.length(start) for start, move in cutting(path))


def slope(start: Vector, move: Move) -> float:
    """Tangent of the way down; infinite straight down, 0 where it doesn't go down."""
    fall = start[2] - move.end[2]
    if fall <= 1e-9:
        return 0.0
    flat = move.length((start[0], start[1], move.end[2]))
    return fall / flat if flat > 1e-9 else math.inf


def swept(program: Program, below: float) -> shapely.Geometry:
    """What the cutters sweep at a depth, mm; fine chords for arcs."""
    tools = {tool.key: tool for tool in program.tools}
    shapes = []
    for path in program.toolpaths:
        radius = tools[path.tool].diameter / 2
        for start, move in cutting(path):
            upright = start[:2] == move.end[:2]
            if (move.end[2] if upright else max(start[2], move.end[2])) <= -below + 1e-9:
                shapes.append(trace(start, move).buffer(radius, quad_segs=32))
    return shapely.union_all(shapes)


def trace(start: Vector, move: Move) -> shapely.Geometry:
    if move.center is None:
        if start[:2] == move.end[:2]:
            return shapely.Point(start[:2])
        return shapely.LineString([start[:2], move.end[:2]])
    r, turn = math.dist(start[:2], move.center), move.sweep(start)
    n = max(math.ceil(abs(turn) / math.sqrt(8 * CHORD / r)), 1)
    begin = math.atan2(start[1] - move.center[1], start[0] - move.center[0])
    angles = [begin + turn * k / n for k in range(n + 1)]
    return shapely.LineString(
        [(move.center[0] + r * math.cos(a), move.center[1] + r * math.sin(a)) for a in angles]
    )
