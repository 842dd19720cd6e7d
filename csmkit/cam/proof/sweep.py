# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Where cutters go below the top of the stock, and what they sweep at a level."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from csmkit.cam.proof.interpret import Step
from csmkit.model.machine import Tool

CHORD = 0.001  # mm between an arc and its chords: a tenth of what counts as a gouge
Points = NDArray[np.float64]
Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Way:
    """A step that goes below the top of the stock.

    Args:
        points: (n, 3), mm, arcs as chords; z changes evenly along it.
        bottom, top: lowest and highest z, mm.
    """

    step: Step
    tool: Tool
    points: Points
    bottom: float
    top: float


@dataclass(frozen=True)
class Level:
    """What lies below a level: centre lines and radii of the cutters there.

    Args:
        z: of the level, mm.
        ways, lines: the steps and their parts below the level, seen from above.
        radii: of each cutter at the level, mm: the largest along the way, and the smallest.
    """

    z: float
    ways: tuple[Way, ...]
    lines: Geometries
    radii: Points
    least_radii: Points

    @cached_property
    def widest(self) -> float:
        """Largest radius, mm; 0 where nothing lies below."""
        return max(self.radii.tolist(), default=0.0)

    @cached_property
    def tree(self) -> STRtree:
        """Index of the lines."""
        return STRtree(self.lines)

    def near(self, place: BaseGeometry, distance: float) -> NDArray[np.int64]:
        """Indices of the lines that come as near to a place, ascending."""
        return np.sort(self.tree.query(place, predicate="dwithin", distance=distance))

    def swept(self, indices: NDArray[np.int64]) -> BaseGeometry:
        """Area that cutters sweep along some of the lines; never more than they do."""
        radii, lines = self.least_radii[indices], self.lines[indices]
        parts = [
            shapely.buffer(lines[radii == radius], radius, quad_segs=quadrant(radius))
            for radius in np.unique(radii[radii > 0])
        ]
        return shapely.union_all(np.concatenate(parts) if parts else [])


@dataclass(frozen=True)
class Sweep:
    """All steps below the top of the stock, in their order."""

    ways: tuple[Way, ...]

    @property
    def widest(self) -> float:
        """Largest diameter of the cutters, mm; 0 where nothing lies below."""
        return max((way.tool.diameter for way in self.ways), default=0.0)

    @cached_property
    def lines(self) -> Geometries:
        """Centre lines seen from above: points where a way goes straight down."""
        lines = np.empty(len(self.ways), dtype=object)
        flat = [way.points[:, :2] for way in self.ways]
        upright = np.array([bool((p == p[0]).all()) for p in flat], dtype=bool)
        if len(flat) and not upright.all():
            lying = [p for p, is_upright in zip(flat, upright, strict=True) if not is_upright]
            counts = [len(p) for p in lying]
            lines[~upright] = shapely.linestrings(
                np.concatenate(lying), indices=np.repeat(np.arange(len(lying)), counts)
            )
        if upright.any():
            firsts = [p[0] for p, is_upright in zip(flat, upright, strict=True) if is_upright]
            lines[upright] = shapely.points(np.array(firsts))
        return lines

    @cached_property
    def bottoms(self) -> Points:
        """Lowest z of each way, mm."""
        return np.array([way.bottom for way in self.ways])

    def level(self, z: float) -> Level:
        """What lies below z, mm."""
        indices = np.flatnonzero(self.bottoms < z)
        below = tuple(self.ways[i] for i in indices)
        lines = self.lines[indices]
        for k, way in enumerate(below):
            if way.top > z:
                lines[k] = _line(_clipped(way, z))
        largest = np.array([radius_at(way.tool, z - way.bottom) for way in below])
        least = np.array(
            [
                radius_at(way.tool, z - min(way.top, z)) if way.tool.kind in ("ball", "vbit") else r
                for way, r in zip(below, largest, strict=True)
            ]
        )
        return Level(z, below, lines, largest, least)


def sweep(steps: Sequence[tuple[Step, Tool]]) -> Sweep:
    """The steps that go below the top of the stock."""
    found = []
    for step, tool in steps:
        first, last = step.start[2], step.move.end[2]
        if min(first, last) < 0:
            found.append(Way(step, tool, chain(step), min(first, last), max(first, last)))
    return Sweep(tuple(found))


def radius_at(tool: Tool, height: float) -> float:
    """Radius of a cutter at a height above its tip, mm; a drill counts as flat.

    A V-bit's flutes reach from its tip to its full diameter.
    """
    r = tool.diameter / 2
    if tool.kind == "ball":
        return math.sqrt(max(r**2 - (r - min(max(height, 0.0), r)) ** 2, 0.0))
    if tool.kind == "vbit":
        return r * min(max(height, 0.0) / tool.flute_length, 1.0)
    return r


def quadrant(radius: float) -> int:
    """Chords of a quarter of a circle, so that none leaves it by more than CHORD."""
    return max(math.ceil(math.pi / 4 / math.acos(1 - min(CHORD / radius, 0.5))), 2) if radius > 0 else 2


def chain(step: Step) -> Points:
    """A step as points (n, 3), mm; arcs as chords, z changes evenly."""
    start, move = step.start, step.move
    if move.center is None:
        return np.array([start, move.end])
    cx, cy = move.center
    radius, sweep = math.dist(start[:2], move.center), move.sweep(start)
    n = max(math.ceil(abs(sweep) / (math.pi / 2) * quadrant(radius)), 1)
    share = np.linspace(0.0, 1.0, n + 1)
    angle = math.atan2(start[1] - cy, start[0] - cx) + sweep * share
    z = start[2] + (move.end[2] - start[2]) * share
    points = np.column_stack([cx + radius * np.cos(angle), cy + radius * np.sin(angle), z])
    points[-1] = move.end
    return points


def _clipped(way: Way, z: float) -> Points:
    """The part of a way below z, which is its begin or its end."""
    points = way.points
    first, last = points[0, 2], points[-1, 2]
    if max(first, last) <= z:
        return points
    if first > last:
        points = points[::-1]
    heights = points[:, 2]
    inner = int(np.searchsorted(heights, z, side="right"))
    a, b = points[inner - 1], points[inner]
    cut = a + (z - a[2]) / (b[2] - a[2]) * (b - a)
    return np.vstack([points[:inner], cut])


def _line(points: Points) -> BaseGeometry:
    flat = points[:, :2]
    return shapely.Point(flat[0]) if bool((flat == flat[0]).all()) else shapely.LineString(flat)
