# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a cutter can't reach of a region, and which cutter reaches it.

A corner drawn sharp stays round whatever the tool: that is told, not refused. All else that a cutter leaves
(a rounded corner below its radius, a slot below its diameter) needs a smaller one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from csmkit.cam.curves.piece import Piece, pieces_of, turn
from csmkit.errors import CsmError
from csmkit.model.cam import Cut
from csmkit.model.machine import Tool
from csmkit.model.outline import Outline, Point, Region
from csmkit.model.workshop import Workshop

CHORD = 0.001  # mm between arcs and their chords here
SLACK = 0.006  # mm by which a radius may be drawn too small: far below what a router holds
SHARP = math.radians(8)  # a smaller turn between two edges is no corner
ACUTE = math.radians(10)  # sharper corners, cusps between arcs too, keep no more than such a one
TIP = 1.0  # mm between a corner and what stays in it: the thin tip of a cusp is no leftover
CUSP = 1e-3  # radians between edges that turn back along one another
NOTHING = shapely.Polygon()
QUADRANT = 48  # chords of a quarter circle: 0.0004 mm at a radius of 3 mm
NEAR = 0.2  # mm between a tight corner and what stays in it
CRUMB = 0.01  # mm; what is thinner is rounding


@dataclass(frozen=True)
class Rest:
    """What stays: in corners drawn sharp, and what a smaller tool could reach."""

    corners: tuple[Point, ...]
    narrow: tuple[shapely.Polygon, ...]


def rest_of(cut: Cut, radius: float) -> Rest:
    """What a cutter of this radius leaves of a cut.

    Args:
        cut: a pocket, an inside or an outside contour.
    """
    loops = sides(cut)
    shape = _polygon(cut.region)
    r = radius - SLACK
    if cut.kind == "outside":
        shape = shapely.Polygon(shape.exterior)
        whole = shape.buffer(r, quad_segs=QUADRANT).buffer(-r, quad_segs=QUADRANT)
        left = whole.difference(shape) if not shape.buffer(CRUMB).covers(whole) else NOTHING
    else:
        swept = shape.buffer(-r, quad_segs=QUADRANT).buffer(r, quad_segs=QUADRANT)
        left = shape.difference(swept) if not swept.buffer(CRUMB).covers(shape) else NOTHING
    left = left.buffer(-CRUMB / 2)
    sharp = [corner for loop in loops for corner in _corners(loop)]
    corners, narrow = [], []
    for piece in _polygons(left):
        corner = next((p for p, angle in sharp if _is_in_corner(piece, p, angle, radius)), None)
        if corner is None:
            narrow.append(piece)
        else:
            corners.append(corner)
    return Rest(tuple(corners), tuple(narrow))


def choose(cut: Cut, workshop: Workshop) -> tuple[Tool, Rest]:
    """The workshop's usual cutter if it reaches all of a cut, else the largest smaller one that does.

    Raises: CsmError: none does, with the place; or none has flutes long enough.
    """
    usual = workshop.tool(workshop.cutting.tool)
    flat = [t for t in workshop.tools if t.kind == "flat" and t.diameter <= usual.diameter and t != usual]
    flat.sort(key=lambda t: (-t.diameter, t.flute_length))
    depth = cut.depth + (workshop.cam.through if cut.through else 0.0)
    first: tuple[Tool, Rest] | None = None
    rests: dict[float, Rest] = {}
    reaching: list[tuple[Tool, Rest]] = []
    for tool in (usual, *flat):
        rest = rests.setdefault(tool.diameter, rest_of(cut, tool.diameter / 2))
        first = first or (tool, rest)
        if not rest.narrow:
            if depth <= tool.flute_length + 1e-9:
                return tool, rest
            reaching.append((tool, rest))
    if reaching:
        return reaching[0]
    assert first is not None
    raise _too_narrow(cut, *first, smallest=(usual, *flat)[-1])


def _too_narrow(cut: Cut, tool: Tool, rest: Rest, smallest: Tool) -> CsmError:
    piece = max(rest.narrow, key=lambda p: p.area)
    widest = shapely.maximum_inscribed_circle(piece)  # from its middle to its rim
    place = (float(widest.coords[0][0]), float(widest.coords[0][1]))
    is_circle = cut.region.outline.circle_of is not None
    tight = [
        p
        for loop in sides(cut)
        for p in loop
        if p.center is not None
        and p.sweep > 0
        and p.radius < tool.diameter / 2 - SLACK
        and shapely.Point(p.point(0.5)).distance(piece) < NEAR
    ]
    what = {"inside": "hole", "drill": "hole", "outside": "contour"}.get(cut.kind, cut.kind)
    if tight and not is_circle:
        corner = min(tight, key=lambda p: p.radius)
        place = corner.point(0.5)
        problem = (
            f"{what} corner radius {corner.radius:.1f} mm at ({place[0]:.1f}, {place[1]:.1f}) mm is below"
            f" the {tool.diameter / 2:g} mm of tool {tool.key}"
        )
        remedy = "widen the corner or give the workshop a smaller end mill"
    else:
        problem = (
            f"{what} is {2 * widest.length:.1f} mm wide at ({place[0]:.1f}, {place[1]:.1f}) mm, less than"
            f" the {tool.diameter:g} mm of tool {tool.key}"
        )
        remedy = "widen it or give the workshop a smaller end mill"
    if smallest.key != tool.key:
        remedy += f" (its smallest is {smallest.key})"
    return CsmError(problem, part=cut.part, remedy=remedy, where=(place,))


def region_loops(region: Region) -> list[list[Piece]]:
    """Edges of a region with the region on the left."""
    return [
        pieces_of(region.outline.counter_clockwise()),
        *(pieces_of(island.counter_clockwise().reversed()) for island in region.islands),
    ]


def sides(cut: Cut) -> list[list[Piece]]:
    """Edges of a cut with what is cut away on their left."""
    if cut.kind == "outside":
        return [pieces_of(cut.region.outline.counter_clockwise().reversed())]
    return region_loops(cut.region)


def _corners(loop: Sequence[Piece]) -> Iterable[tuple[Point, float]]:
    """Corners drawn sharp on the left side, with the angle between their edges."""
    for a, b in zip(loop, (*loop[1:], loop[0]), strict=True):
        angle = turn(a, b)
        if angle > SHARP or angle < CUSP - math.pi:  # of a full turn back, rounding tells the side
            yield b.start, math.pi - abs(angle)


def _is_in_corner(piece: shapely.Polygon, corner: Point, angle: float, radius: float) -> bool:
    """It is what a round cutter leaves of this one sharp corner, and nothing else."""
    if piece.distance(shapely.Point(corner)) > TIP:
        return False
    angle = max(angle, ACUTE)
    tangent = radius / math.tan(angle / 2)
    fan = radius * tangent - radius**2 * (math.pi - angle) / 2
    reach = tangent * 1.1 + 0.1
    far = shapely.hausdorff_distance(piece, shapely.Point(corner))
    return bool(far <= reach and piece.area <= fan * 1.2 + 0.05)


def _polygon(region: Region) -> shapely.Polygon:
    return shapely.Polygon(region.outline.points(CHORD), [island.points(CHORD) for island in region.islands])


def _polygons(shape: BaseGeometry) -> list[shapely.Polygon]:
    return [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area > CRUMB**2]


def outline_polygon(outline: Outline) -> shapely.Polygon:
    """An outline as a polygon with fine chords."""
    return shapely.Polygon(outline.points(CHORD))
