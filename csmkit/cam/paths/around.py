# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What lies around a contour on its sheet: other parts, their kerfs, waste that is firm, clamps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from csmkit.cam.curves.piece import Piece, pieces_of
from csmkit.cam.curves.reach import CHORD, outline_polygon
from csmkit.cam.paths.runs import is_face, runs, tips
from csmkit.model.cam import Setup
from csmkit.model.outline import Outline, Point

TOUCH = 0.007  # mm by which a cutter may seem to touch what it runs along: chords of arcs


class Around:
    """The sheet as the tabs and lead-outs of one setup see it."""

    def __init__(self, setup: Setup, kerf: float) -> None:
        outside = [(cut.part, cut.region.outline) for cut in setup.cuts if cut.kind == "outside"]
        self.kerf = kerf
        self._thickness = setup.thickness
        self._contours = (*outside, *setup.contours)
        self.parts = [(part, outline_polygon(outline)) for part, outline in self._contours]
        self.stock = outline_polygon(setup.stock)
        self._bodies = self._with_holes(setup)
        self._solids = [*self._bodies, *(outline_polygon(zone) for zone in setup.keep_out)]
        self._tree = STRtree(self._solids)
        self._kerfs = [polygon.buffer(kerf, quad_segs=8) for _, polygon in self.parts]
        self._kerf_tree = STRtree(self._kerfs)

    def _with_holes(self, setup: Setup) -> list[BaseGeometry]:
        holes: dict[str, list[Outline]] = {}
        for cut in setup.cuts:
            if cut.through and cut.kind in ("inside", "drill"):
                holes.setdefault(cut.part, []).append(cut.region.outline)
        return [
            shapely.Polygon(polygon.exterior, [hole.points(CHORD) for hole in holes.get(part, [])])
            for part, polygon in self.parts
        ]

    def too_near(self, distance: float) -> tuple[str, str, float, Point] | None:
        """Two parts that lie nearer to one another than a cutter is wide: who, how near, and where; mm."""
        if len(self._bodies) < 2:
            return None
        tree = STRtree(self._bodies)
        for i, k in sorted(map(tuple, tree.query(self._bodies, "dwithin", distance - TOUCH).T.tolist())):
            if i < k:
                line = shapely.shortest_line(self._bodies[i], self._bodies[k])
                x, y = line.interpolate(0.5, normalized=True).coords[0]
                return self.parts[i][0], self.parts[k][0], float(line.length), (x, y)
        return None

    @cached_property
    def firm(self) -> BaseGeometry:
        """Waste that stays joined with the edge of the sheet."""
        waste = self.stock.difference(shapely.union_all(self._kerfs))
        border = self.stock.exterior
        whole = [p for p in shapely.get_parts(waste) if p.distance(border) < TOUCH]
        firm = shapely.union_all(whole)
        shapely.prepare(firm)
        return firm

    @cached_property
    def _faces(self) -> list[tuple[str, BaseGeometry]]:
        """Faces of joints and sharp tips, with the parts that have them."""
        found: list[tuple[str, BaseGeometry]] = []
        for part, outline in self._contours:
            contour = pieces_of(outline.counter_clockwise().reversed())
            hull = outline_polygon(outline).convex_hull.boundary
            faces = (r for r in runs(contour, self.kerf) if is_face(r, hull, self._thickness, self.kerf))
            found += [(part, trace(run.pieces)) for run in faces]
            found += [(part, shapely.Point(tip)) for tip in tips(contour)]
        return found

    @cached_property
    def _face_tree(self) -> STRtree:
        return STRtree([line for _, line in self._faces])

    def is_at_face(self, part: str, shape: BaseGeometry) -> bool:
        """Whether a bridge of a part would reach to a neighbour's face of a joint, or to a tip of it.

        A cutter that goes round a tip cuts away from both sides what was to stay there.
        """
        near = self._face_tree.query(shape, predicate="dwithin", distance=self.kerf)
        return any(self._faces[i][0] != part for i in near)

    def in_kerf(self, part: str, shape: BaseGeometry) -> bool:
        """Whether another part, or what the cutter takes away around it, covers some of a shape."""
        near = self._kerf_tree.query(shape, predicate="intersects")
        return any(self.parts[i][0] != part for i in near)

    def neighbours(self, part: str, shape: BaseGeometry) -> list[str]:
        """Other parts whose kerf reaches a shape."""
        near = self._kerf_tree.query(shape, predicate="intersects")
        return sorted({self.parts[i][0] for i in near} - {part})

    def is_clear(self, way: Sequence[Piece], radius: float, besides: Iterable[BaseGeometry] = ()) -> bool:
        """Whether a cutter can run along a way without touching a part, a clamp or what else is given."""
        line = trace(way)
        within = radius - TOUCH
        if len(self._tree.query(line, predicate="dwithin", distance=within)):
            return False
        return self.stock.contains(line) and all(line.distance(shape) > within for shape in besides)


def trace(way: Sequence[Piece], chord: float = 0.15) -> shapely.LineString:
    """A way as a line of chords about as long as given, mm."""
    points = [way[0].start]
    for piece in way:
        n = 1 if piece.center is None else max(2, int(piece.length / chord))
        points += [piece.point((i + 1) / n) for i in range(n)]
    return shapely.LineString(points)
