# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Ways over a surface joined to long runs, and runs as moves: down, along, up."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import shapely

from csmkit.cam.cutter import APPROACH, Cutter
from csmkit.cam.surface.follow import joined
from csmkit.cam.surface.mesh import Floats
from csmkit.model.cam import Move, Toolpath
from csmkit.model.pose import Vector

LINK = 2.0  # cutter diameters: a shorter way to the next line goes over the surface, a longer one above it
LAPS = 10  # forth and back on a ramp at most
Follow = Callable[[Floats], list[Floats]]  # lines (k, 4) -> points over the surface, as `follow`


def runs(ways: Sequence[Floats], polygon: shapely.Polygon, reach: float, follow: Follow) -> list[Floats]:
    """Ways in the order of the nearest end, joined over the surface where that stays in a polygon.

    Args:
        ways: (n, 3) each, mm; any of them may be walked from its end.
        reach: longest link, mm.
        follow: what a link becomes on the surface.
    """
    order = _nearest(ways)
    if not order:
        return []
    ends = np.array([[*a[-1, :2], *b[0, :2]] for a, b in pairwise(order)]).reshape(-1, 4)
    length = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    shapely.prepare(polygon)
    lines = shapely.linestrings(ends.reshape(-1, 2, 2))
    is_link = (length <= reach) & shapely.covers(polygon.buffer(1e-6), lines)
    links = iter(follow(ends[is_link]))
    result, run = [], [order[0]]
    for way, near in zip(order[1:], is_link.tolist(), strict=True):
        if near:
            run += [next(links), way]
        else:
            result.append(joined(run))
            run = [way]
    return [*result, joined(run)]


def toolpath(cutter: Cutter, part: str, entered: Sequence[Floats]) -> Toolpath:
    """Runs as one toolpath: between them the cutter goes up to the safe height.

    Args:
        entered: (n, 3) each; where a run begins the cutter goes straight down.
    """
    x, y, _ = entered[0][0].tolist()
    start = (x, y, cutter.rules.safe_z)
    moves = tuple(move for run in entered for move in _moves(run, cutter))
    return Toolpath(cutter.tool.key, "surface", part, cutter.feed.rpm, start, moves)


def ramped(run: Floats, top: float, slope: float) -> Floats:
    """A run whose begin is reached on a ramp along itself: forth and back until it is down, then all along.

    Where the run rises at once, or is too short for a ramp, it begins straight down.

    Args:
        run: (n, 3), mm.
        top: height at which the material begins, mm.
        slope: tangent of the steepest way down.
    """
    deep = top - float(run[0, 2])
    way = _open(run, top, slope)
    if deep < 1e-9 or _length(way) * slope * 2 * LAPS < deep:
        return run
    pieces, z = [], top
    for _ in range(LAPS + 1):
        for leg in (way, way[::-1]):
            pieces.append(_sinking(leg, z, slope))
            z = float(pieces[-1][-1, 2])
        if z <= run[0, 2] + 1e-9:
            return joined([*pieces, run])
    return run


def _open(run: Floats, top: float, slope: float) -> Floats:
    """The begin of a run that a ramp back to its first point can pass over, as long as a ramp needs."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(run[:, :2], axis=0).T))])
    rises = run[:, 2] > run[0, 2] + slope * along + 1e-9
    needed = int(np.searchsorted(along, (top - float(np.min(run[:, 2]))) / slope)) + 1
    return run[: min(needed, int(np.argmax(rises)) if np.any(rises) else len(run))]


def _length(way: Floats) -> float:
    return float(np.sum(np.hypot(*np.diff(way[:, :2], axis=0).T)))


def _sinking(way: Floats, z: float, slope: float) -> Floats:
    """A way from a height above its begin, no steeper than a slope, until it meets the way."""
    points = [(*way[0, :2].tolist(), z)]
    for (x0, y0, z0), (x1, y1, z1) in zip(way[:-1].tolist(), way[1:].tolist(), strict=True):
        run, over = math.hypot(x1 - x0, y1 - y0), z - z0
        sunk = z - slope * run
        if sunk < z1 and over > 0:
            t = over / (over + z1 - sunk)
            points.append((x0 + t * (x1 - x0), y0 + t * (y1 - y0), z0 + t * (z1 - z0)))
        z = max(sunk, z1)
        points.append((x1, y1, z))
    return np.array(points)


def _nearest(ways: Sequence[Floats]) -> list[Floats]:
    """Ways one after the other, each from its end that is nearer to where the last one ends."""
    if not ways:
        return []
    heads = np.array([w[0, :2] for w in ways])
    tails = np.array([w[-1, :2] for w in ways])
    left = np.ones(len(ways), dtype=bool)
    order, now = [ways[0]], tails[0]
    left[0] = False
    for _ in range(len(ways) - 1):
        far = np.concatenate([np.hypot(*(heads - now).T), np.hypot(*(tails - now).T)])
        far[~np.tile(left, 2)] = np.inf
        side, which = divmod(int(np.argmin(far)), len(ways))
        left[which] = False
        order.append(ways[which][::-1] if side else ways[which])
        now = order[-1][-1, :2]
    return order


def _moves(run: Floats, cutter: Cutter) -> Iterator[Move]:
    points: list[Vector] = [(x, y, z) for x, y, z in run.tolist()]
    (x, y, z), safe = points[0], cutter.rules.safe_z
    yield Move("rapid", (x, y, safe))
    if z < APPROACH:
        yield Move("rapid", (x, y, APPROACH))
    yield Move("line", (x, y, z), cutter.feed.plunge)
    for a, b in pairwise(points):
        yield Move("line", b, cutter.feed.along(b[2] - a[2], math.dist(a[:2], b[:2])))
    x, y, _ = points[-1]
    yield Move("rapid", (x, y, safe))
