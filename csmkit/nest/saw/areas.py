# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Rectangles of a sheet that is none, each to be sawn by itself."""

from __future__ import annotations

from shapely import Polygon, box, get_parts

from csmkit.nest.offcuts import largest_rectangle
from csmkit.nest.saw.micrometres import PER_MM, Box, down, up
from csmkit.nest.saw.tree import strips_of


def areas(free: Polygon, kerf: int, least: int, most: int) -> list[Box]:
    """Rectangles within a polygon, the largest first, a kerf between them, that through cuts can part.

    Args:
        free: mm.
        kerf, least: what a cut takes; sides of a rectangle that is worth it; µm.
        most: how many, at most.
    """
    found: list[Box] = []
    rooms = [free]
    while len(found) < most:
        inside = [r for room in rooms if (r := largest_rectangle(room))]
        if not inside:
            break
        x0, y0, x1, y1 = max(inside, key=lambda r: ((r[2] - r[0]) * (r[3] - r[1]), r))
        area = (up(x0), up(y0), down(x1), down(y1))
        is_small = min(area[2] - area[0], area[3] - area[1]) < least
        if found and (is_small or not strips_of([*found, area], kerf)):
            break
        found.append(area)
        taken = box(x0, y0, x1, y1).buffer(kerf / PER_MM, join_style="mitre")
        left = (p for room in rooms for p in get_parts(room.difference(taken)))
        rooms = [p for p in left if isinstance(p, Polygon)]
    return found
