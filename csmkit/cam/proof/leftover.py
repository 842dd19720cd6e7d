# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Proof that everything is gone which a cutter can reach and must remove, and that parts hang on their tabs.

A pocket must be clear at its bottom. Of a contour, the ring that one turn of the cutter round it sweeps must
be gone; what is left of it from the part's side to the other is a bridge, and bridges must be the tabs. A
neighbour's kerf that ends beside a bridge can cut a tip of the waste off from it: that one holds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from csmkit.cam.copies import named, without_number
from csmkit.cam.proof.blank import SAME, Blank, Piece, farthest
from csmkit.cam.proof.sweep import Level, Sweep, quadrant
from csmkit.model.cam import Cut, Fault, Setup
from csmkit.model.outline import Point

THIN = 0.01  # mm: half the width of what counts as left over
SNUG = 0.005  # mm that a cutter may be wider than its slot: rounding
TOUCH = 0.05  # mm between a bridge and what it connects
LONGEST_TAB = 40.0  # mm along the contour: what is longer was forgotten
SKIN = 0.05  # mm that a skin may be thinner
ROUND = 0.1  # mm: corners that stay rounded by less are not worth a note


@dataclass(frozen=True)
class Bridge:
    """What is left of a contour's ring, from side to side."""

    part: str
    area: BaseGeometry

    @property
    def where(self) -> tuple[float, float]:
        """Its middle, mm."""
        middle = shapely.point_on_surface(self.area)
        return (float(middle.x), float(middle.y))


@dataclass(frozen=True)
class Unreached:
    """Corners of one cut that its cutter can't reach: places, and how far in, mm."""

    cut: Cut
    diameter: float  # of the cutter
    corners: tuple[tuple[Point, float], ...]


@dataclass(frozen=True)
class Left:
    """What a program leaves."""

    faults: tuple[Fault, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    bridges: tuple[Bridge, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What no cutter in use can reach, once for all copies of a part."""
        alike: dict[tuple[str, str, float], list[Unreached]] = {}
        for one in self.unreached:
            alike.setdefault((without_number(one.cut.part), one.cut.kind, one.diameter), []).append(one)
        return tuple(_words(rows) for rows in alike.values())


def count_bridges(bridges: Sequence[Bridge]) -> int:
    """How many places hold parts; where two neighbours hang on one tab it counts once."""
    return len(shapely.get_parts(shapely.union_all([b.area for b in bridges])))


def leftovers(blank: Blank, swept: Sweep, skins: Mapping[int, float]) -> Left:
    """What is left in each cut, at its bottom.

    Args:
        skins: what may stay below contours: by the place of the cut among the blank's pieces, mm.
    """
    levels: dict[float, Level] = {}
    solids: dict[float, list[BaseGeometry]] = {}
    faults: list[Fault] = []
    unreached: list[Unreached] = []
    bridges: list[Bridge] = []
    tree, widest = STRtree([b.area for b in blank.bodies]), swept.widest
    for number, piece in enumerate(blank.pieces):
        if piece.cut.kind == "surface":
            continue
        skin = skins.get(number, 0.0)
        depth = _bottom(piece.cut, blank.setup) - skin
        if depth not in levels:
            levels[depth] = swept.level(-depth + THIN)
            solids[depth] = [b.kept(depth - 2 * SAME) for b in blank.bodies]
        indices = sorted(tree.query(piece.area, predicate="dwithin", distance=2 * widest))
        left = _left(piece, blank, levels[depth], [solids[depth][i] for i in indices])
        faults += left.faults
        faults += _broken_skin(piece, levels[depth], skin)
        unreached += left.unreached
        bridges += left.bridges
    return Left(tuple(faults), tuple(unreached), tuple(bridges))


def _bottom(cut: Cut, setup: Setup) -> float:
    """How deep a cut goes at least, mm."""
    return max(cut.depth, setup.thickness) if cut.through else cut.depth


def _left(piece: Piece, blank: Blank, below: Level, solids: Sequence[BaseGeometry]) -> Left:
    """What is left of one cut."""
    radius = _radius(piece, below)
    if radius is None:
        x, y = shapely.get_coordinates(shapely.point_on_surface(piece.area))[0]
        problem = f"{piece.cut.kind} of {piece.cut.part} is not cut to {-below.z + THIN:.2f} mm anywhere"
        return Left((Fault("leftover", problem, (float(x), float(y), below.z)),))
    wanted = _wanted(piece, radius)
    if not shapely.covers(blank.stock, wanted):
        wanted = shapely.intersection(wanted, blank.stock)
    swept = below.swept(below.near(wanted, radius))
    others: list[BaseGeometry] = []
    bridges, corners = [], []
    for rest in _sound_parts(shapely.difference(wanted, swept)):
        room = _room(rest, solids, radius)
        corners += [farthest(p, room) for p in _sound_parts(shapely.difference(rest, room))]
        for part in _sound_parts(shapely.intersection(rest, room)):
            if piece.cut.kind in ("inside", "outside") and _bridges(part, piece, radius):
                bridges.append(Bridge(piece.cut.part, part))
            else:
                others.append(part)
    if others and bridges and piece.cut.kind == "outside":
        around = shapely.difference(blank.stock, shapely.union(piece.area, wanted))
        spans = [b.area for b in bridges]
        others = [rest for rest in others if not _is_tip(rest, piece, spans, around, below, radius)]
    faults = [_fault(piece, rest, below.z) for rest in others]
    deep = tuple(corner for corner in corners if corner[1] >= ROUND)
    unreached = (Unreached(piece.cut, 2 * radius, deep),) if deep else ()
    return Left(tuple(faults), unreached, tuple(bridges))


def _sound_parts(area: BaseGeometry) -> list[BaseGeometry]:
    """Its parts, without what is thinner than 2 × THIN."""
    thick = shapely.buffer(area, -THIN, join_style="mitre")
    return [shapely.buffer(p, THIN, join_style="mitre") for p in shapely.get_parts(thick) if p.area > 0]


def _radius(piece: Piece, below: Level) -> float | None:
    """The smallest cutter that works in a cut at its bottom, None if none does."""
    indices = below.near(shapely.boundary(piece.area), below.widest + TOUCH)
    if piece.cut.kind in ("drill", "pocket"):
        indices = np.union1d(indices, below.near(piece.area, 0.0))
    sizes = [below.ways[i].tool.diameter / 2 for i in indices]
    return min(sizes, default=None)


def _wanted(piece: Piece, radius: float) -> BaseGeometry:
    """What must go: a pocket as a whole, of a contour the width of the cutter."""
    if piece.cut.kind == "outside":
        grown = shapely.buffer(piece.area, 2 * radius, quad_segs=quadrant(2 * radius))
        return shapely.difference(grown, piece.area)
    if piece.cut.kind == "inside":
        return shapely.difference(piece.area, shapely.buffer(piece.area, -2 * radius))
    return piece.area


def _room(wanted: BaseGeometry, solids: Sequence[BaseGeometry], radius: float) -> BaseGeometry:
    """Where a cutter of a radius can sweep without touching what stays, about a place."""
    inner, x = radius - SNUG, shapely.box(*wanted.bounds)
    window = shapely.buffer(x, 3 * radius, join_style="mitre")
    solid = shapely.intersection(shapely.union_all(solids), window)
    centers = shapely.difference(window, shapely.buffer(solid, inner, quad_segs=quadrant(radius)))
    return shapely.buffer(centers, inner, quad_segs=quadrant(radius))


def _broken_skin(piece: Piece, below: Level, skin: float) -> Iterator[Fault]:
    """A skin that holds a part must stay."""
    if skin <= 0:
        return
    for i in below.near(shapely.boundary(piece.area), below.widest + TOUCH):
        way = below.ways[i]
        if way.bottom < below.z - 2 * THIN - SKIN:
            problem = f"the skin of {skin:g} mm that holds {piece.cut.part} is cut to z = {way.bottom:.2f} mm"
            yield Fault("tab", problem, way.step.move.end, way.step.line)
            return


def _bridges(rest: BaseGeometry, piece: Piece, radius: float) -> bool:
    """A rest goes from one side of the ring to the other, and is no longer than a tab."""
    border = shapely.boundary(piece.area)
    _, far = farthest(rest, border)
    near = float(shapely.distance(rest, border))
    along = float(shapely.intersection(border, shapely.buffer(rest, TOUCH)).length)
    return near < TOUCH and far > 2 * radius - TOUCH and along < LONGEST_TAB


def _is_tip(
    rest: BaseGeometry,
    piece: Piece,
    bridges: Sequence[BaseGeometry],
    around: BaseGeometry,
    below: Level,
    radius: float,
) -> bool:
    """A rest beside a bridge is a tip of the waste: it hangs on what lies beyond the ring, not on the part.

    Where a cutter comes up to go over a tab its cut has a round end, and a neighbour's kerf may reach it:
    where they cross, the waste runs out in a tip; the bridge begins where they cross again, at most a
    cutter's width from there.

    Args:
        bridges: of the same ring.
        around: the stock without the part and its ring.
    """
    if float(shapely.distance(rest, piece.area)) < TOUCH:
        return False
    if all(float(shapely.distance(rest, bridge)) > 2 * radius for bridge in bridges):
        return False
    swept = below.swept(below.near(rest, below.widest + TOUCH))
    beyond = shapely.intersection(shapely.buffer(rest, TOUCH), around)
    return bool(_sound_parts(shapely.difference(beyond, swept)))


def _fault(piece: Piece, rest: BaseGeometry, z: float) -> Fault:
    x, y = shapely.get_coordinates(shapely.point_on_surface(rest))[0]
    x0, y0, x1, y1 = rest.bounds
    size = f"{rest.area:.2f} mm² in {x1 - x0:.2f} x {y1 - y0:.2f} mm"
    problem = f"{piece.cut.kind} of {piece.cut.part}: {size} stay at a depth of {-z:.2f} mm"
    return Fault("leftover", problem, (float(x), float(y), z))


def _words(rows: Sequence[Unreached]) -> str:
    """Cuts of one kind in the copies of one part, with the place that is reached worst."""
    corners = [corner for row in rows for corner in row.corners]
    (x, y), gap = max(corners, key=lambda corner: corner[1])
    places = f"{len(corners)} corners" if len(corners) > 1 else "a corner"
    kind = {"inside": "inner contour", "outside": "outer contour"}.get(rows[0].cut.kind, rows[0].cut.kind)
    return (
        f"{named(row.cut.part for row in rows)}: {kind} keeps {places} that a cutter of"
        f" {rows[0].diameter:g} mm cannot reach (up to {gap:.2f} mm, near x {x:.1f}, y {y:.1f});"
        " dogbones or a smaller cutter would"
    )
