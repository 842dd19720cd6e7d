# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Proof in the plane, level by level: nothing of a part is cut, and what must go is gone.

What stays changes only at the depths of the cuts, and a deeper level is swept by fewer moves. So gouges are
sought at the upper end of each span of depths, and leftovers at the bottom of each cut: both hold for all
levels between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from csmkit.cam.proof.blank import Blank, farthest
from csmkit.cam.proof.sweep import Level, Sweep, Way
from csmkit.model.cam import Fault

GOUGE = 0.01  # mm that a cutter may go into a part
ON_STROKE = 0.05  # mm between an engraved line and the cutter's way


@dataclass(frozen=True)
class _Bite:
    """A way that cuts into a body."""

    deep: float  # mm
    where: tuple[float, float, float]
    way: Way


def gouges(blank: Blank, swept: Sweep) -> Iterator[Fault]:
    """Where cutters take from what must stay: the worst place of each part."""
    found: dict[str, list[_Bite]] = {}
    seen: set[tuple[str, int]] = set()
    for depth in blank.depths:
        below = swept.level(-depth - GOUGE)
        if not below.ways:
            break
        engraved = _engraving(blank, below)
        solids = shapely.buffer([b.kept(depth) for b in blank.bodies], -GOUGE, join_style="mitre")
        reach = below.widest
        pairs = below.tree.query(solids, predicate="dwithin", distance=reach).T
        for i, k in sorted((int(i), int(k)) for i, k in pairs):
            body, way = blank.bodies[i], below.ways[k]
            if engraved[k] or (body.name, id(way)) in seen:
                continue
            gap = float(shapely.distance(solids[i], below.lines[k]))
            if gap < below.radii[k]:
                seen.add((body.name, id(way)))
                bite = _bite(solids[i], below.lines[k], below.radii[k], gap, below.z, way)
                found.setdefault(body.name, []).append(bite)
    for name, bites in found.items():
        worst = max(bites, key=lambda b: b.deep)
        more = len(bites) - 1
        count = f" (and {more} more move{'' if more == 1 else 's'})" if more else ""
        problem = f"{worst.way.tool.key} cuts {worst.deep:.2f} mm into {name}{count}, at most {GOUGE} mm"
        yield Fault("gouge", problem, worst.where, worst.way.step.line)


def _engraving(blank: Blank, below: Level) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which ways follow an engraved line, no deeper than it is engraved."""
    result = np.zeros(len(below.ways), dtype=bool)
    for cut in blank.setup.cuts:
        if cut.kind != "engrave" or not cut.strokes:
            continue
        near = shapely.buffer(
            shapely.multilinestrings([shapely.linestrings(s) for s in cut.strokes]), ON_STROKE
        )
        shapely.prepare(near)
        shallow = np.array([way.bottom >= -cut.depth - GOUGE for way in below.ways], dtype=bool)
        result |= shallow & shapely.covers(near, below.lines)
    return result


def unengraved(blank: Blank, swept: Sweep) -> Iterator[Fault]:
    """Strokes that no cutter follows at their depth."""
    for cut in blank.setup.cuts:
        if cut.kind != "engrave" or not cut.strokes:
            continue
        below = swept.level(-cut.depth + GOUGE)
        strokes = shapely.multilinestrings([shapely.linestrings(s) for s in cut.strokes])
        drawn = shapely.union_all(shapely.buffer(below.lines[below.near(strokes, ON_STROKE)], ON_STROKE))
        rest = shapely.difference(strokes, drawn)
        if rest.length > ON_STROKE:
            x, y = shapely.get_coordinates(rest)[0]
            problem = f"engrave of {cut.part}: {rest.length:.1f} mm of its strokes are not cut"
            yield Fault("leftover", problem, (float(x), float(y), -cut.depth))


def _bite(solid: BaseGeometry, line: BaseGeometry, radius: float, gap: float, z: float, way: Way) -> _Bite:
    """How deep, and where it is deepest."""
    if gap > 0:
        x, y = shapely.get_coordinates(shapely.shortest_line(solid, line))[0]
        return _Bite(radius - gap + GOUGE, (float(x), float(y), z), way)
    inside = shapely.intersection(line, solid)
    dense = shapely.segmentize(inside, 0.5) if inside.length else inside
    (x, y), far = farthest(dense, shapely.boundary(solid))
    return _Bite(radius + far + GOUGE, (x, y, z), way)
