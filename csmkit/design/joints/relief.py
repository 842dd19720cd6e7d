# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Inside corners that a round cutter can clear, as true arcs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

from csmkit.errors import CsmError
from csmkit.model import Outline, Point, Vertex

Relief = Literal["dogbone", "tbone-long", "tbone-short", "side", "none"]
"""How a slot's corners are relieved.

"dogbone": a circle over the corner, on the diagonal: least to see.
"tbone-long": a circle into the long sides: the short ends stay straight.
"tbone-short": a circle into the short sides: the long sides, which guide the mating part, stay straight.
"side": the short sides step back by the cutter's radius: a slot with round ends, for slots as narrow as the
cutter.
"none": sharp corners on paper, which the cutter leaves round: the maker squares them with a chisel, or the
mating part is rounded.
"""

Corner = Literal["diagonal", "before", "after"]
"""Where a corner's circle bites: both sides, the side walked before the corner, or the one after it."""

Bites = tuple[Corner, Corner] | None
"""Where the circles at the left and the right root of a tooth bite; None: no relief."""

FLUSH = 1e-6  # mm; a tooth this near to the end of its edge is flush with it
ALLOWANCE = (
    0.2  # mm on the diameter: the cutter enters the relief even with some run-out, and CAM keeps an arc
)
_SMALL = 1e-9  # mm; edges shorter than this are left out


def relief_radius(cutter: float) -> float:
    """Radius of a relief for a cutter, mm: a little more than the cutter's, so that run-out does not count.

    Args:
        cutter: diameter, mm.
    """
    return (cutter + ALLOWANCE) / 2


def relieve(
    points: Sequence[Point], corners: Mapping[int, Corner], radius: float, closed: bool = True
) -> tuple[Vertex, ...]:
    """Replace square corners by half circles that pass through them.

    Args:
        points: a path of right-angled turns, free space on its left, mm.
        corners: index of a point → where its circle bites; points that are not named stay as they are.
        radius: of the circles, mm.
        closed: the path returns to its first point.
    Returns: the path with bulges; the last bulge of an open path is 0.
    Raises: CsmError: two circles on one side run into each other.
    """
    n = len(points)
    _check_room(points, corners, radius, closed)
    result: list[Vertex] = []
    for i, (x, y) in enumerate(points):
        if i not in corners:
            result.append((x, y, 0.0))
            continue
        (ux, uy), (vx, vy) = _unit(points[i - 1], points[i]), _unit(points[i], points[(i + 1) % n])
        back, ahead = _reach(corners[i], radius)
        result += [(x - back * ux, y - back * uy, 1.0), (x + ahead * vx, y + ahead * vy, 0.0)]
    keep = [
        v
        for i, v in enumerate(result)
        if (not closed and i == n - 1) or math.dist(v[:2], result[(i + 1) % len(result)][:2]) > _SMALL
    ]
    return tuple(keep)


def toothed(
    length: float, spans: Sequence[tuple[float, float]], reach: float, bites: Bites, radius: float
) -> tuple[Vertex, ...]:
    """An edge along x with teeth (tabs, fingers), the part below it, its roots relieved.

    Args:
        length: of the edge, mm.
        spans: start and end of each tooth in order, mm; at the ends of the edge a tooth has no root.
        reach: of the teeth from y = 0, mm.
        bites: of the circles at the roots.
        radius: of the circles, mm.
    Returns: open path from (0, 0) to (length, 0).
    Raises: CsmError: two circles run into each other.
    """
    points: list[Point] = [(0.0, 0.0)]
    corners: dict[int, Corner] = {}
    for x0, x1 in spans:
        if x0 > FLUSH:
            if bites:
                corners[len(points)] = bites[0]
            points.append((x0, 0.0))
        points += [(x0, reach), (x1, reach)]
        if x1 < length - FLUSH:
            if bites:
                corners[len(points)] = bites[1]
            points.append((x1, 0.0))
    points.append((length, 0.0))
    return relieve(points, corners, radius, closed=False)


def _check_room(points: Sequence[Point], corners: Mapping[int, Corner], radius: float, closed: bool) -> None:
    n = len(points)
    for i in range(n if closed else n - 1):
        j = (i + 1) % n
        need = (_reach(corners[i], radius)[1] if i in corners else 0.0) + (
            _reach(corners[j], radius)[0] if j in corners else 0.0
        )
        have = math.dist(points[i], points[j])
        if have < need - _SMALL:
            raise CsmError(
                f"a side of {have:.2f} mm is below the {need:.2f} mm that its corner reliefs take",
                remedy="choose another relief, a smaller cutter, or lengthen the side",
                where=(points[i], points[j]),
            )


def _reach(corner: Corner, radius: float) -> tuple[float, float]:
    """How far a relief reaches along the sides before and after its corner, mm."""
    return {
        "diagonal": (math.sqrt(2) * radius, math.sqrt(2) * radius),
        "before": (2 * radius, 0.0),
        "after": (0.0, 2 * radius),
    }[corner]


def _unit(a: Point, b: Point) -> Point:
    d = math.dist(a, b)
    return ((b[0] - a[0]) / d, (b[1] - a[1]) / d)


def slot(
    x0: float, y0: float, x1: float, y1: float, cutter: float, relief: Relief = "dogbone", name: str = "slot"
) -> Outline:
    """A rectangle to be cleared by a cutter, its corners relieved.

    Dogbones need 1.42 × their diameter of each side; a slot that is narrower gets "tbone-long" instead.

    Args:
        x0, y0, x1, y1: the rectangle that the mating part needs, mm.
        cutter: diameter, mm.
        relief: see `Relief`.
        name: for the message.
    Returns: the outline, counter-clockwise; a cutter of that diameter reaches every point of the rectangle
        unless the relief is "none".
    Raises: CsmError: the slot is narrower than the cutter, or too small for its relief.
    Example:
        hand_hole = prism(slot(-50, -12, 50, 12, shop.cutter, "side"), ply.thickness)
    """
    width, height = x1 - x0, y1 - y0
    require_cutter(min(width, height), cutter, name)
    radius = relief_radius(cutter)
    points = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    if relief == "side":
        return _round_ended(x0, y0, x1, y1, radius)
    if relief == "none":
        return Outline.polygon(points)
    if relief == "dogbone" and min(width, height) < 2 * math.sqrt(2) * radius:
        relief = "tbone-long"
    wide = width >= height  # the long sides run along x: edges 0 and 2
    if relief == "dogbone":
        corners: dict[int, Corner] = dict.fromkeys(range(4), "diagonal")
    elif (relief == "tbone-long") == wide:
        corners = {0: "after", 1: "before", 2: "after", 3: "before"}
    else:
        corners = {0: "before", 1: "after", 2: "before", 3: "after"}
    try:
        return Outline(relieve(points, corners, radius))
    except CsmError as error:
        raise CsmError(error.problem, part=name, remedy=error.remedy, where=error.where) from None


def notch(
    width: float, depth: float, cutter: float, relief: Relief = "dogbone", name: str = "notch"
) -> Outline:
    """A slot that is open at y = 0, about x = 0, down to y = `depth`; its two inside corners are relieved.

    Args:
        width: across, mm.
        depth: from the open edge, mm.
        cutter: diameter, mm.
        relief: see `Relief`; "long" sides are those along y.
        name: for the message.
    Returns: counter-clockwise outline, mm.
    Raises: CsmError: the notch is narrower than the cutter, or too small for its relief.
    Example:
        panel = prism(Outline.rectangle(-100, 0, 100, 80), ply.thickness)
        panel -= prism(notch(slot_width(ply, GLUE), 40, shop.cutter), ply.thickness)
    """
    require_cutter(width, cutter, name)
    radius, half = relief_radius(cutter), width / 2
    points = [(-half, 0.0), (half, 0.0), (half, depth), (-half, depth)]
    if relief == "side":
        r, quarter = min(radius, half), math.tan(math.pi / 8)
        low = depth + r
        round_end = [(half, depth, quarter), (half - r, low, 0.0), (r - half, low, quarter)]
        path = [(-half, 0.0, 0.0), (half, 0.0, 0.0), *round_end, (-half, depth, 0.0)]
        return Outline(_apart(path))
    if relief == "none":
        return Outline.polygon(points)
    if relief == "dogbone" and width < 2 * math.sqrt(2) * radius:
        relief = "tbone-long"
    corners: dict[int, Corner] = {
        "dogbone": {2: "diagonal", 3: "diagonal"},
        "tbone-long": {2: "before", 3: "after"},
        "tbone-short": {2: "after", 3: "before"},
    }[relief]  # type: ignore[assignment]
    try:
        return Outline(relieve(points, corners, radius))
    except CsmError as error:
        raise CsmError(error.problem, part=name, remedy=error.remedy, where=error.where) from None


def require_cutter(width: float, cutter: float, name: str) -> None:
    """Raises: CsmError: a slot or hole of this width (mm) is narrower than the cutter (mm)."""
    if width < cutter - _SMALL:
        raise CsmError(
            f"width {width:.2f} mm is below the cutter's {cutter:.2f} mm",
            part=name,
            remedy=f"choose a cutter of {width:.1f} mm or less, or a thicker sheet",
        )


def _round_ended(x0: float, y0: float, x1: float, y1: float, radius: float) -> Outline:
    """The rectangle, its short sides moved out by the radius and rounded by it."""
    if y1 - y0 > x1 - x0:
        return _round_ended(y0, -x1, y1, -x0, radius).moved(angle=90)
    r = min(radius, (y1 - y0) / 2)
    quarter = math.tan(math.pi / 8)
    vertices = [
        (x0, y0, 0.0),
        (x1, y0, quarter),
        (x1 + r, y0 + r, 0.0),
        (x1 + r, y1 - r, quarter),
        (x1, y1, 0.0),
        (x0, y1, quarter),
        (x0 - r, y1 - r, 0.0),
        (x0 - r, y0 + r, quarter),
    ]
    return Outline(_apart(vertices))


def _apart(vertices: Sequence[Vertex]) -> tuple[Vertex, ...]:
    """Without edges of no length, which a slot as narrow as the cutter has between its round corners."""
    n = len(vertices)
    return tuple(v for i, v in enumerate(vertices) if math.dist(v[:2], vertices[(i + 1) % n][:2]) > _SMALL)
