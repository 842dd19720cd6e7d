# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Roughing: level by level, each no deeper than the cutter may, down to the surface with some stock left.

A level is a slice of the height map: the cutter goes along rows where the surface lies below the level
before, at the level or on the surface, whichever is higher; so no steps stay for the finishing. First it
goes round the border, so that none of it stays between the ends of the rows.
"""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import shapely

from csmkit.cam.curves.way import levels
from csmkit.cam.cutter import Cutter
from csmkit.cam.surface.boundary import INSET, clipped
from csmkit.cam.surface.follow import Height, follow, joined, sample_step
from csmkit.cam.surface.mesh import Floats
from csmkit.cam.surface.runs import LINK, ramped, runs

CHORD = 0.05  # mm; far less than the stock that is left
BITE = 0.02  # mm; where less than this is left above the surface, nothing is cut


def roughing(height: Height, polygon: shapely.Polygon, cutter: Cutter) -> list[Floats]:
    """Runs of the cutter's tip, level after level.

    Args:
        height: of the tip with the stock that is left below it, mm.
        polygon: in which the cutter's middle stays.
    Returns: (n, 3) each, mm; each begins at the top of what is there, on a ramp.
    """
    on_surface = partial(follow, height=height, step=sample_step(cutter.radius, CHORD), chord=CHORD)
    rows = [*_border(polygon, on_surface), *on_surface(_rows(polygon, cutter))]
    lowest = min(float(np.min(row[:, 2])) for row in rows)
    result: list[Floats] = []
    top = 0.0
    for level in levels(-lowest, cutter.step) if lowest < -BITE else []:
        ways = [way for row in rows for way in sliced(row, top, level)]
        at_level = partial(_lifted, on_surface=on_surface, level=level)
        reach = LINK * cutter.tool.diameter
        result += [ramped(run, top, cutter.slope) for run in runs(ways, polygon, reach, at_level)]
        top = level
    return result


def sliced(row: Floats, top: float, level: float) -> list[Floats]:
    """The parts of a way (n, 3) that lie below a height, none of them below a level."""
    row = _crossed(_crossed(row, top), level)
    low = row[:, 2] < top - 1e-9
    inner = low[1:] | low[:-1]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inner.astype(np.int8), [0]])))
    parts = [row[a : b + 1].copy() for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)]
    for part in parts:
        part[:, 2] = np.maximum(part[:, 2], level)
    return [part for part in parts if np.min(part[:, 2]) < top - BITE]


def _crossed(row: Floats, z: float) -> Floats:
    """With points where a way crosses a height."""
    over = row[:, 2] - z
    at = np.flatnonzero(over[1:] * over[:-1] < -1e-18)
    share = (over[at] / (over[at] - over[at + 1]))[:, None]
    points = row[at] + share * (row[at + 1] - row[at])
    points[:, 2] = z
    return np.insert(row, at + 1, points, axis=0)


def _lifted(lines: Floats, on_surface: partial[list[Floats]], level: float) -> list[Floats]:
    """Links over the surface, at the level or higher."""
    ways = [_crossed(way, level) for way in on_surface(lines)]
    for way in ways:
        way[:, 2] = np.maximum(way[:, 2], level)
    return ways


def _rows(polygon: shapely.Polygon, cutter: Cutter) -> Floats:
    """Lines along the longer side, a stepover apart."""
    x0, y0, x1, y1 = polygon.bounds
    axis = 0 if x1 - x0 >= y1 - y0 else 1
    low, high = ((y0, y1), (x0, x1))[axis]
    n = max(math.ceil((high - low) / (cutter.rules.stepover * cutter.tool.diameter)), 1)
    places = np.linspace(low + INSET, high - INSET, n + 1).tolist()
    lines = [(x0, c, x1, c) if axis == 0 else (c, y0, c, y1) for c in places]
    return clipped(np.array(lines), polygon)[0]


def _border(polygon: shapely.Polygon, on_surface: partial[list[Floats]]) -> list[Floats]:
    """The borders of a polygon as closed ways."""
    result = []
    for ring in (polygon.exterior, *polygon.interiors):
        points = shapely.get_coordinates(ring)
        edges = np.hstack([points[:-1], points[1:]])
        result.append(joined(on_surface(edges[np.any(edges[:, :2] != edges[:, 2:], axis=1)])))
    return result
