# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Proof that parts hang on the tabs that were planned, and on nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from csmkit.cam.proof.leftover import Bridge
from csmkit.cam.proof.sweep import Level
from csmkit.model.cam import Fault, Tab

PLACE = 1.0  # mm between a planned tab and its bridge
HIGH = 0.1  # mm that a tab may be higher or lower than planned
BESIDE = 0.5  # mm beyond the cutter's radius in which its way over a tab is sought
STEP = 0.25  # mm between the points at which that way's height is taken


def tab_faults(
    bridges: Sequence[Bridge], tabs: Sequence[Tab], moves: Level, thickness: float
) -> Iterator[Fault]:
    """Bridges must be the tabs: as many, in their places, as high. One tab may hold two neighbours.

    Args:
        bridges: what the program leaves.
        tabs: what was planned.
        moves: all moves below the top of the stock.
        thickness: of the stock, mm.
    """
    held: list[BaseGeometry] = []
    for tab in dict.fromkeys(tabs):
        spot, where = shapely.Point(tab.x, tab.y), (tab.x, tab.y, -thickness)
        near = [b.area for b in bridges if b.part == tab.part and shapely.distance(b.area, spot) <= PLACE]
        if not near:
            yield Fault("tab", f"the tab of {tab.part} at ({tab.x:.1f}, {tab.y:.1f}) is cut away", where)
            continue
        held += near
        yield from _height(tab, moves, thickness)
    planned = shapely.union_all(held)
    for bridge in bridges:
        if bridge.area.intersects(planned):
            continue
        x, y = bridge.where
        problem = f"{bridge.part} still hangs on the sheet at ({x:.1f}, {y:.1f}), where no tab is planned"
        yield Fault("tab", problem, (x, y, -thickness))


def _height(tab: Tab, moves: Level, thickness: float) -> Iterator[Fault]:
    """The cutter passes over a tab at its height."""
    reach = moves.widest + BESIDE
    spot = shapely.buffer(shapely.Point(tab.x, tab.y), reach)
    lowest, number = 0.0, None
    for i in moves.near(spot, 0.0):
        way = moves.ways[i]
        line = shapely.linestrings(way.points)
        dense = shapely.segmentize(line, STEP) if line.length else line  # GEOS measures from above
        points = shapely.get_coordinates(dense, include_z=True)
        inside = points[np.hypot(points[:, 0] - tab.x, points[:, 1] - tab.y) <= reach]
        least = min(inside[:, 2].tolist(), default=0.0)
        if least < lowest:
            lowest, number = least, way.step.line
    high = lowest + thickness
    if abs(high - tab.height) > HIGH:
        problem = f"the tab of {tab.part} at ({tab.x:.1f}, {tab.y:.1f}) is {high:.2f} mm high"
        yield Fault("tab", f"{problem}, planned {tab.height:g} mm", (tab.x, tab.y, lowest), number)
