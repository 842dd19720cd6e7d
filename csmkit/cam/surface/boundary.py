# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Where the cutter's middle may be, and lines clipped to it."""

from __future__ import annotations

import numpy as np
import shapely

from csmkit.cam.surface.mesh import Floats, Indices
from csmkit.errors import CsmError
from csmkit.model.outline import Outline, Region

CHORD = 0.005  # mm between an arc of the boundary and its chords, which stay inside
SHORT = 0.05  # mm; a shorter rest of a line is left out
INSET = 1e-6  # mm; lines on the very border would come and go with rounding


def area(boundary: Region, part: str = "") -> shapely.Polygon:
    """A boundary as a polygon that never leaves it.

    Raises: CsmError: the boundary crosses itself or has no area.
    """
    outer = boundary.outline.counter_clockwise().points(CHORD, "inside")
    holes = [island.counter_clockwise().points(CHORD, "outside") for island in boundary.islands]
    polygon = shapely.Polygon(outer, holes) if len(outer) > 2 else shapely.Polygon()
    if polygon.is_empty or not polygon.is_valid or polygon.area < SHORT**2:
        x, y = boundary.outline.vertices[0][:2] if boundary.outline.vertices else (0.0, 0.0)
        raise CsmError(
            f"the boundary at ({x:.1f}, {y:.1f}) mm crosses itself or has no area",
            part=part,
            remedy="draw it as one closed line",
            where=((x, y),),
        )
    return polygon


def beyond(outline: Outline, distance: float) -> Outline:
    """An outline grown by a distance, as chords: where a cutter's middle runs about a part.

    Args:
        distance: mm, the cutter's radius where the whole part up to its edge is wanted.
    """
    grown = shapely.Polygon(outline.points(CHORD)).buffer(distance, quad_segs=32)
    corners = shapely.get_coordinates(shapely.simplify(grown, CHORD).exterior)[:-1]
    return Outline.polygon([(x, y) for x, y in corners.tolist()]).counter_clockwise()


def clipped(lines: Floats, polygon: shapely.Polygon) -> tuple[Floats, Indices]:
    """What of lines lies in a polygon.

    Args:
        lines: (k, 4), x, y of start and end, mm.
    Returns: (m, 4) pieces in the sense of their lines, in their order, and (m,) numbers of the lines.
    """
    shapely.prepare(polygon)
    found = shapely.intersection(shapely.linestrings(lines.reshape(-1, 2, 2)), polygon)
    parts, owner = shapely.get_parts(found, return_index=True)
    is_long = shapely.length(parts) >= SHORT
    parts, owner = parts[is_long], owner[is_long]
    ends = np.hstack([shapely.get_coordinates(shapely.get_point(parts, k)) for k in (0, -1)])
    return _in_order(lines, ends, owner)


def _in_order(lines: Floats, ends: Floats, owner: Indices) -> tuple[Floats, Indices]:
    way = lines[owner, 2:] - lines[owner, :2]
    size = np.hypot(way[:, 0], way[:, 1])
    along = [np.sum((ends[:, k : k + 2] - lines[owner, :2]) * way, axis=1) / size for k in (0, 2)]
    back = along[0] > along[1]
    ends[back] = ends[back][:, [2, 3, 0, 1]]
    order = np.lexsort([np.minimum(*along), owner])
    return ends[order], owner[order]
