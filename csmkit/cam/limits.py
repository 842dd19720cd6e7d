# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a program may not leave: the machine's envelope; and what it may not touch: clamps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import shapely

from csmkit.cam.curves.piece import arc
from csmkit.cam.curves.reach import outline_polygon
from csmkit.errors import CsmError
from csmkit.model.cam import Setup, Toolpath
from csmkit.model.machine import Machine, Tool
from csmkit.model.outline import Point
from csmkit.model.pose import Vector
from csmkit.model.workshop import CamRules


def check_reach(
    setup: Setup, machine: Machine, rules: CamRules, paths: Sequence[Toolpath], tools: Mapping[str, Tool]
) -> None:
    """See that the machine reaches all, from zero at the stock's lower left corner, and clamps stay whole.

    Raises: CsmError: with the place in mm.
    """
    x1, y1, z1 = machine.envelope
    clamps = shapely.union_all([outline_polygon(zone) for zone in setup.keep_out])
    for path in paths:
        for point in _points(path):
            if not (-1e-6 <= point[0] <= x1 + 1e-6 and -1e-6 <= point[1] <= y1 + 1e-6):
                raise CsmError(
                    f"({point[0]:.1f}, {point[1]:.1f}) mm is beyond the reach of {machine.key},"
                    f" 0 to {x1:g} × 0 to {y1:g} mm",
                    part=path.part,
                    remedy="nest on a smaller piece or farther from the edge",
                    where=(point[:2],),
                )
            if rules.safe_z - point[2] > z1:
                raise CsmError(
                    f"from {rules.safe_z:g} mm above to {-point[2]:.1f} mm below the sheet's top is more than"
                    f" {machine.key} travels, {z1:g} mm",
                    part=path.part,
                    remedy="lower safe_z in the workshop file",
                    where=(point[:2],),
                )
        if not clamps.is_empty:
            _check_clamps(path, clamps, tools[path.tool].diameter / 2)


def _check_clamps(path: Toolpath, clamps: shapely.Geometry, radius: float) -> None:
    line = shapely.MultiLineString([run for run in _low_runs(path) if len(run) > 1])
    gap = float(shapely.distance(line, clamps))
    if gap < radius:
        near = shapely.shortest_line(line, clamps).coords[0]
        raise CsmError(
            f"the cutter would come within {gap:.1f} mm of a clamp at"
            f" ({near[0]:.1f}, {near[1]:.1f}) mm, needs {radius:g} mm",
            part=path.part,
            remedy="move the clamp or mark it as a defect of the sheet and nest again",
            where=((near[0], near[1]),),
        )


def _low_runs(path: Toolpath) -> list[list[Point]]:
    """Where the tool goes below the safe height, each time from its way down to its way up."""
    runs: list[list[Point]] = [[path.start[:2]]]
    here = path.start
    for move in path.moves:
        if here[2] >= path.start[2] and move.end[2] >= path.start[2]:
            runs.append([move.end[:2]])
        elif move.center is None:
            runs[-1].append(move.end[:2])
        else:
            way = arc(here[:2], move.end[:2], move.center, move.sweep(here))
            runs[-1] += [way.point(k / 16) for k in range(1, 17)]
        here = move.end
    return runs


def _points(path: Toolpath) -> list[Vector]:
    """Ends of all moves, and the points in between at which an arc's box is reached."""
    points: list[Vector] = []
    here = path.start
    for move in path.moves:
        points += move.extremes(here) if move.center is not None else (move.end,)
        here = move.end
    return points
