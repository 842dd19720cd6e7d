# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Both sides of a part: how the stock finds its place again when it is turned over, and what holds the part.

The stock is turned over left to right. Two dowel holes in the waste lie mirrored to one another, so the same
two pins in the spoil board hold it either way. Bridges stay between the part and the stock around it: from
either side they are roofs that the cutter rides over, so no toolpath needs to know of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from csmkit.cam.setups import DOWEL, pin_depth
from csmkit.cam.surface.boundary import area, beyond
from csmkit.cam.surface.mesh import Floats, Mesh
from csmkit.cam.surface.program import DEFAULTS, SurfaceCut, SurfaceRules, surface_program
from csmkit.errors import CsmError
from csmkit.model.cam import Cut, Program, Setup
from csmkit.model.outline import Outline, Point, Region
from csmkit.model.workshop import Workshop

EDGE = 3.0  # mm of wood between a dowel and the edge of the stock
APART = 1.0  # mm of wood between a dowel and what the cutters sweep
GRID = 2.0  # mm between the places that are tried for dowels
ROOT = 3.0  # mm by which a bridge reaches into the part, so that it holds at a sloping end
OVERLAP = 0.2  # mm by which either side is cut below the lowest of its edge, so that no skin stays between
END = 0.01  # share of the length that counts as an end of the part


@dataclass(frozen=True)
class Bridge:
    """Wood that stays between a part and the stock around it.

    Args:
        start, end: its middle line seen from above, from within the part into the stock, mm.
        width: across that, mm.
        low, high: z of its underside and its top, mm.
    """

    start: Point
    end: Point
    width: float
    low: float
    high: float

    def outline(self) -> Outline:
        """Seen from above, mm."""
        return Outline.polygon([(float(x), float(y)) for x, y, _ in self.roof()])

    def roof(self) -> Floats:
        """(4, 3) Corners of its top, mm."""
        (x0, y0), (x1, y1) = self.start, self.end
        length = float(np.hypot(x1 - x0, y1 - y0))
        nx, ny = (y0 - y1) / length * self.width / 2, (x1 - x0) / length * self.width / 2
        places = [(x0 + nx, y0 + ny), (x0 - nx, y0 - ny), (x1 - nx, y1 - ny), (x1 + nx, y1 + ny)]
        return np.array([(x, y, self.high) for x, y in places])

    def turned_over(self, width: float, thickness: float) -> Bridge:
        """As it lies when the stock is turned over left to right."""
        (x0, y0), (x1, y1) = self.start, self.end
        low, high = -thickness - self.high, -thickness - self.low
        return Bridge((width - x0, y0), (width - x1, y1), self.width, low, high)


def end_bridges(mesh: Mesh, length: float, width: float, height: float) -> tuple[Bridge, Bridge]:
    """Bridges at both ends of a long part that lies along x, at the middle of its ends.

    Args:
        length: from the part's end into the stock, mm; more than the cutter's diameter.
        width, height: of their section, mm.
    """
    low, high = mesh.box
    span = high[0] - low[0]
    found = []
    for end, way in ((low[0], -1.0), (high[0], 1.0)):
        near = mesh.vertices[np.abs(mesh.vertices[:, 0] - end) <= END * span]
        _, y, z = ((near.min(axis=0) + near.max(axis=0)) / 2).tolist()
        start, stop = (float(end) - way * ROOT, y), (float(end) + way * length, y)
        found.append(Bridge(start, stop, width, z - height / 2, z + height / 2))
    return found[0], found[1]


@dataclass(frozen=True, eq=False)
class Body:
    """A part that is cut from both sides.

    Args:
        part: its name.
        mesh: closed, where it lies in the stock, top up: z = 0 at the top of the stock, mm.
        outline: of the part as seen from above, mm.
        bridges: that hold it.
    """

    part: str
    mesh: Mesh
    outline: Outline
    bridges: tuple[Bridge, ...]

    def turned_over(self, width: float, thickness: float) -> Body:
        """As it lies when the stock is turned over left to right."""
        outline = self.outline.mirrored().moved(x=width)
        bridges = tuple(b.turned_over(width, thickness) for b in self.bridges)
        return Body(self.part, self.mesh.turned_over(width, thickness), outline, bridges)

    def surface(self, radius: float, thickness: float) -> SurfaceCut:
        """What is cut of it from above: all that is seen, up to its outline, and below that by a radius.

        A ball that touches a steep rim has its tip lower than that, in the waste beside it.

        Args:
            radius: of the largest cutter, mm; its middle goes about the part at this distance.
            thickness: of the stock, mm; no deeper.
        """
        mesh = self.mesh.with_roofs(np.array([b.roof() for b in self.bridges]).reshape(-1, 4, 3))
        lowest = float(np.min(self.mesh.vertices[self.mesh.top.ravel(), 2]))
        floor = max(lowest - OVERLAP - radius, -thickness)
        return SurfaceCut(self.part, mesh, Region(beyond(self.outline, radius)), floor)


def both_sides(
    body: Body, stock: Setup, workshop: Workshop, rules: SurfaceRules = DEFAULTS
) -> tuple[Program, Program]:
    """Programs of both clampings in the order of work: underside first, then turned over, the top.

    Both setups name the pins, from which the setup sheet tells how to turn the stock over; they are as
    thick as the first cutter, which drills their holes.

    Args:
        stock: the clamping with the top up, without cuts.
    Raises: CsmError: no bridge, no room for dowels, and as `surface_program`.
    """
    if not body.bridges:
        raise CsmError("nothing holds the part once both sides are cut", part=body.part, remedy="add bridges")
    x0, _, x1, _ = stock.stock.bounds
    width, thickness = x0 + x1, stock.thickness
    radius = max(workshop.tool(key).diameter / 2 for key in rules.tools)
    top_cut = body.surface(radius, thickness)
    under_cut = body.turned_over(width, thickness).surface(radius, thickness)
    dowel = workshop.tool(rules.tools[0]).diameter
    deep = thickness + pin_depth(thickness, workshop, rules.tools[0])
    pins = dowel_places(stock.stock, top_cut.boundary, radius, dowel, body.part)
    holes = tuple(Cut("drill", DOWEL, Region(Outline.circle(x, y, dowel)), deep, True) for x, y in pins)
    over = replace(
        stock,
        name=f"{stock.name}-bottom",
        side="bottom",
        stock=stock.stock.mirrored().moved(x=width),
        cuts=holes,
        keep_out=tuple(zone.mirrored().moved(x=width) for zone in stock.keep_out),
        pins=pins,
    )
    return (
        surface_program(under_cut, over, workshop, rules),
        surface_program(top_cut, replace(stock, side="top", pins=pins), workshop, rules),
    )


def dowel_places(
    stock: Outline, boundary: Region, radius: float, diameter: float, part: str = ""
) -> tuple[Point, Point]:
    """Two places in the waste, mirrored to one another, as far apart as there is room.

    Args:
        boundary: of the cutters' middles, mm.
        radius: of the largest cutter, mm.
        diameter: of the dowels, mm.
    Raises: CsmError: there is no such place.
    """
    swept = area(boundary, part).buffer(radius + diameter / 2 + APART)
    free = shapely.Polygon(stock.points(0.01)).buffer(-diameter / 2 - EDGE).difference(swept)
    x0, y0, x1, y1 = stock.bounds
    xs = np.arange(x0, (x0 + x1) / 2 - diameter, GRID)
    ys = np.arange(y0, y1, GRID)
    x, y = (a.ravel() for a in np.meshgrid(xs, ys, indexing="ij"))
    shapely.prepare(free)
    fits = shapely.contains_xy(free, x, y) & shapely.contains_xy(free, x0 + x1 - x, y)
    if not np.any(fits):
        raise CsmError(
            f"no room for two dowels of {diameter:g} mm beside the part",
            part=part,
            remedy="take a larger piece of stock",
        )
    middle = (y0 + y1) / 2
    best = min(zip(x[fits].tolist(), y[fits].tolist(), strict=True), key=lambda p: (p[0], abs(p[1] - middle)))
    return best, (x0 + x1 - best[0], best[1])
