# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""An instance as engines take it: polygons with the angles they may be turned by, sheets with one grain."""

from __future__ import annotations

import random
from dataclasses import dataclass

from shapely import Polygon
from shapely.affinity import rotate, translate

from csmkit.model import CutItem, NestInstance, Point, StockSheet
from csmkit.nest.area import CHORD, covering, free_holes, is_plain, sheet_polygon
from csmkit.nest.candidate import Placed
from csmkit.nest.turns import Grain, turns


@dataclass(frozen=True)
class Blank:
    """A kind of sheet in the engine's frame: lower left of its box at (0, 0), grain as all others' grain."""

    stock: StockSheet
    turned: bool  # by -90 degrees against the sheet's own frame
    outline: Polygon
    defects: tuple[Polygon, ...]

    @property
    def size(self) -> tuple[float, float]:
        """Length in x and y of the box in the engine's frame, mm."""
        return self.stock.size[::-1] if self.turned else self.stock.size

    @property
    def is_plain(self) -> bool:
        """A rectangle without defects."""
        return is_plain(self.stock)

    @property
    def is_new(self) -> bool:
        """A sheet to buy, not an offcut."""
        return self.stock.kind == "sheet"

    def back(self, name: str, x: float, y: float, angle: float) -> Placed:
        """A placement of the engine's frame, in the sheet's own frame."""
        if not self.turned:
            return (name, x, y, angle % 360)
        return (name, self.stock.size[0] - y, x, (angle + 90) % 360)


@dataclass(frozen=True)
class Piece:
    """A part for an engine: polygons around the true arcs."""

    name: str
    quantity: int
    angles: tuple[float, ...]
    outer: tuple[Point, ...]
    holes: tuple[tuple[Point, ...], ...]


def blanks(instance: NestInstance) -> tuple[Blank, ...]:
    """The instance's sheets; where some have the grain in x and some in y, the latter are turned."""
    mixed = {"x", "y"} <= {s.grain for s in instance.stock}
    return tuple(_blank(s, mixed and s.grain == "y") for s in instance.stock)


def pieces(instance: NestInstance, seed: int) -> tuple[Piece, ...]:
    """The instance's parts, in an order that the seed shuffles (0: as they come)."""
    grains: set[Grain] = {s.grain for s in instance.stock} - {None}
    grain: Grain = None if not grains else "x" if "x" in grains else "y"
    result = [_piece(item, grain, instance.rules.spacing) for item in instance.items]
    if seed:
        random.Random(seed).shuffle(result)
    return tuple(result)


def _blank(stock: StockSheet, turned: bool) -> Blank:
    outline = Polygon(stock.outline.points(CHORD, "inside"))
    defects = tuple(Polygon(d.points(CHORD, "outside")) for d in stock.defects)
    if turned:
        width = stock.size[0]
        outline = translate(rotate(outline, -90, origin=(0, 0)), 0, width)
        defects = tuple(translate(rotate(d, -90, origin=(0, 0)), 0, width) for d in defects)
    return Blank(stock, turned, outline, defects)


def _piece(item: CutItem, grain: Grain, spacing: float) -> Piece:
    outer = covering(item.pattern.outline, spacing)
    holes = tuple(tuple(h.exterior.coords[:-1]) for h in free_holes(item.pattern))
    return Piece(
        item.name,
        item.quantity,
        turns(item.pattern.grain, grain),
        ring(outer),
        tuple(tuple((float(x), float(y)) for x, y in h) for h in holes),
    )


def ring(polygon: Polygon) -> tuple[Point, ...]:
    """Outer corners of a polygon, counter-clockwise, the first not repeated."""
    points = [(float(x), float(y)) for x, y in polygon.exterior.coords[:-1]]
    return tuple(points if polygon.exterior.is_ccw else points[::-1])


def usable(blank: Blank, edge: float) -> Polygon:
    """Where parts may lie on a blank, in the engine's frame."""
    area = sheet_polygon(blank.stock).buffer(-edge, join_style="mitre")
    if blank.turned:
        area = translate(rotate(area, -90, origin=(0, 0)), 0, blank.stock.size[0])
    return area if isinstance(area, Polygon) else max(area.geoms, key=lambda p: p.area)
