# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How far apart scan lines may lie so that the ridges between them stay below a height.

The middle of a ball runs on a surface that lies a radius outside; between two of its lines a ridge stays.
With d between the middles and a curvature k of their surface (positive where it is convex) the ridge is
h = d²/8 · (1/r - k), and seen from above d is d · cos of the slope. Worked out here from two circles that
cross; on a plane it is exact: d = 2 √(2rh - h²).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.ndimage import minimum_filter1d

from csmkit.cam.surface.follow import Height
from csmkit.cam.surface.mesh import Floats
from csmkit.model.machine import Tool

Axis = Literal[0, 1]  # along which lines run: 0 is x
STATIONS = 8.0  # mm between the places along the lines where the surface is looked at
CONVEX = 0.25  # 1 - r·k at least: over edges the ball rolls, and two flat steps are far enough
STEEP = math.cos(math.radians(75))  # steeper is a wall: no number of lines beside it makes it smooth
FLAT_MOST = 0.8  # of the diameter: rows of a flat cutter overlap
BASE = 0.2  # share of the places that may want closer lines than the long ones: they get short ones
ENOUGH = 1.05  # a gap this much too wide stays: the ridge grows by a tenth
DEEPEST = 3  # halvings of a gap


@dataclass(frozen=True, eq=False)
class Room:
    """Greatest distance of lines seen from above.

    Args:
        along: (a,) places along the lines, mm.
        across: (c,) places across them, mm.
        gap: (a, c), mm; infinite where it doesn't matter.
    """

    along: Floats
    across: Floats
    gap: Floats


def flat_gap(tool: Tool, scallop: float) -> float:
    """Distance of lines on a level plane, mm."""
    if tool.kind == "flat":
        return FLAT_MOST * tool.diameter
    return 2 * math.sqrt(max(tool.diameter * scallop - scallop**2, 0.0))


def room(
    height: Height, box: tuple[float, float, float, float], axis: Axis, tool: Tool, scallop: float
) -> Room:
    """Greatest distance of lines, by place.

    Args:
        height: of the cutter's tip, mm.
        box: least x, y, greatest x, y, mm.
        axis: along which the lines run: 0 is x.
        scallop: height of the ridges, mm.
    """
    level = flat_gap(tool, scallop)
    fine = min(level, tool.diameter / 4)
    along = _places(box[axis], box[axis + 2], STATIONS)
    across = _places(box[1 - axis], box[3 - axis], fine)
    grid = np.stack(np.meshgrid(along, across, indexing="ij"), axis=-1)
    z = height(grid.reshape(-1, 2)[:, [axis, 1 - axis]]).reshape(grid.shape[:2])
    step = across[1] - across[0]
    slope = np.gradient(z, step, axis=1)
    bend = np.zeros_like(z)
    bend[:, 1:-1] = (z[:, 2:] - 2 * z[:, 1:-1] + z[:, :-2]) / step**2
    cosine = 1 / np.sqrt(1 + slope**2)
    if tool.kind == "ball":
        convex = np.maximum(1 + tool.diameter / 2 * bend * cosine**3, CONVEX)
        gap = level * cosine / np.sqrt(convex)
    else:
        gap = np.minimum(scallop / np.maximum(np.sqrt(1 - cosine**2), 1e-9), level)
    return Room(along, across, np.where(cosine < STEEP, np.inf, gap))


def positions(room: Room) -> Floats:
    """Places across of the lines that run all along, from border to border, mm."""
    some = np.where(np.isfinite(room.gap), room.gap, np.nan)
    empty = np.all(np.isnan(some), axis=0)
    usual = np.nanmin(some) if not np.all(empty) else np.max(np.diff(room.across))
    base = np.full(len(room.across), usual)
    base[~empty] = np.nanquantile(some[:, ~empty], BASE, axis=0)
    middle = (1 / base[1:] + 1 / base[:-1]) / 2
    count = np.concatenate([[0.0], np.cumsum(middle * np.diff(room.across))])
    n = max(math.ceil(count[-1] - (ENOUGH - 1)), 1)
    return np.interp(np.linspace(0, count[-1], n + 1), count, room.across)


def between(room: Room, lines: Floats) -> list[tuple[float, float, float]]:
    """Short lines where the long ones lie too far apart: place across, start and end along, mm."""
    short: list[tuple[float, float, float]] = []
    least = np.where(np.isfinite(room.gap), room.gap, np.inf)
    half = (room.along[1] - room.along[0]) / 2
    for a, b in zip(lines[:-1].tolist(), lines[1:].tolist(), strict=True):
        i = max(int(np.searchsorted(room.across, a, side="right")) - 1, 0)
        j = min(int(np.searchsorted(room.across, b, side="left")) + 1, len(room.across))
        allowed = minimum_filter1d(least[:, i:j].min(axis=1), 3) * ENOUGH
        for depth in range(1, DEEPEST + 1):
            wanted = (b - a) / 2 ** (depth - 1) > allowed
            if not np.any(wanted):
                break
            edges = np.flatnonzero(np.diff(np.concatenate([[0], wanted.astype(np.int8), [0]])))
            for odd in range(1, 2**depth, 2):
                across = a + (b - a) * odd / 2**depth
                for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
                    start, end = room.along[first] - half, room.along[last - 1] + half
                    short.append((across, max(start, room.along[0]), min(end, room.along[-1])))
    return short


def _places(low: float, high: float, step: float) -> Floats:
    return np.linspace(low, high, max(math.ceil((high - low) / step), 4) + 1)
