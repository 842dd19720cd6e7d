# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Finishing: scan lines whose ridges stay below a height, along or across, as the surface has it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import shapely

from csmkit.cam.cutter import Cutter
from csmkit.cam.surface.boundary import INSET, clipped
from csmkit.cam.surface.follow import Height, follow, sample_step
from csmkit.cam.surface.mesh import Floats
from csmkit.cam.surface.runs import LINK, runs
from csmkit.cam.surface.spacing import Axis, between, positions, room

GAIN = 1.1  # lines along the shorter side must be this much cheaper: their moves are more and shorter
STEEPER = (
    6.0  # a flat cutter's rim climbs a spike as steeply as that is: an arc of its radius, so much steeper
)
TURN = 15.0  # mm: a line's end costs as much time as this way: the machine stops and starts


@dataclass(frozen=True, eq=False)
class Scan:
    """Scan lines of one direction.

    Args:
        axis: along which they run: 0 is x.
        lines: (k, 4), x, y of start and end, mm, clipped to the boundary; the long ones first.
    """

    axis: Axis
    lines: Floats

    @property
    def length(self) -> float:
        """Of all lines, mm."""
        return float(np.sum(np.hypot(*(self.lines[:, 2:] - self.lines[:, :2]).T)))

    @property
    def cost(self) -> float:
        """What it takes, as a length, mm."""
        return self.length + TURN * len(self.lines)


def finishing(
    height: Height, polygon: shapely.Polygon, cutter: Cutter, scallop: float, chord: float
) -> list[Floats]:
    """Runs of the cutter's tip over a surface.

    Args:
        height: of the tip, mm.
        polygon: in which the cutter's middle stays.
        scallop: height of the ridges between the lines, mm.
        chord: greatest distance of a straight move from the surface, mm.
    Returns: (n, 3) each, mm.
    """
    is_flat = cutter.tool.kind == "flat"
    on_surface = partial(
        follow,
        height=height,
        step=sample_step(cutter.radius, chord / STEEPER if is_flat else chord),
        chord=chord,
    )
    best = scan(height, polygon, cutter, scallop)
    return runs(on_surface(best.lines), polygon, LINK * cutter.tool.diameter, on_surface)


def scan(height: Height, polygon: shapely.Polygon, cutter: Cutter, scallop: float) -> Scan:
    """Lines in the direction that takes less time."""
    x0, y0, x1, y1 = polygon.bounds
    longer: Axis = 0 if x1 - x0 >= y1 - y0 else 1
    shorter: Axis = 1 if longer == 0 else 0
    first = _scan(height, polygon, longer, cutter, scallop)
    other = _scan(height, polygon, shorter, cutter, scallop)
    return other if other.cost * GAIN < first.cost else first


def _scan(height: Height, polygon: shapely.Polygon, axis: Axis, cutter: Cutter, scallop: float) -> Scan:
    x0, y0, x1, y1 = polygon.bounds
    box = (x0 + INSET, y0 + INSET, x1 - INSET, y1 - INSET)
    by_place = room(height, box, axis, cutter.tool, scallop)
    places = positions(by_place)
    rows = [(c, box[axis], box[axis + 2]) for c in places.tolist()]
    rows = sorted([*rows, *between(by_place, places)])
    lines = np.array([(a, c, b, c) if axis == 0 else (c, a, c, b) for c, a, b in rows])
    return Scan(axis, clipped(lines, polygon)[0])
