# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts as they lie on a sheet, measured from the true arcs: spacing, edges, defects.

Distances are right to less than a micrometre: where two outlines come near the limit, they are measured again
with chords that leave their arcs by at most 0.1 µm.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely import Polygon, STRtree
from shapely.geometry.base import BaseGeometry

from csmkit.model import Finding, NestInstance, Outline, StockSheet

ALLOWED = 1e-3  # mm that a distance may be short: 1 µm, far below what a router can do
COARSE, FINE = 0.02, 1e-4  # mm between an arc and its chords


@dataclass(frozen=True)
class Shape:
    """An outline with its through holes, as polygons whose borders are within a distance of the true one."""

    outline: Outline
    holes: tuple[Outline, ...] = ()

    @cached_property
    def coarse(self) -> BaseGeometry:
        """Within COARSE."""
        return _polygon(self.outline, self.holes, COARSE)

    @cached_property
    def fine(self) -> BaseGeometry:
        """Within FINE."""
        return _polygon(self.outline, self.holes, FINE)


@dataclass(frozen=True)
class Body:
    """A part as it lies on the sheet: its shape, turned about (0, 0) by `angle` degrees, then shifted, mm."""

    name: str
    shape: Shape
    x: float = 0.0
    y: float = 0.0
    angle: float = 0.0

    @cached_property
    def coarse(self) -> BaseGeometry:
        """Its coarse polygon, prepared."""
        return _placed(self.shape.coarse, self.x, self.y, self.angle)

    @cached_property
    def fine(self) -> BaseGeometry:
        """Its fine polygon, prepared."""
        return _placed(self.shape.fine, self.x, self.y, self.angle)


def check_bodies(
    bodies: Sequence[Body], stock: StockSheet, instance: NestInstance, place: str
) -> Iterator[Finding]:
    """Spacing between parts, their distance from the sheet's edge and from its defects.

    Args:
        bodies: outlines in the sheet's frame, mm, as planned or as read back from a file.
        place: how findings call the sheet.
    """
    sheet = Body("the sheet", Shape(stock.outline))
    defects = [Body("defect", Shape(d)) for d in stock.defects]
    rules = instance.rules
    for body in bodies:
        if problem := _at_edge(body, sheet, rules.edge):
            yield _finding(instance, "edge", body.name, f"{problem} on {place}")
        for defect in defects:
            if (gap := _short_gap(body, defect, rules.edge)) is not None:
                problem = f"{gap:.4f} mm from a defect, needs {rules.edge:g} mm, on {place}"
                yield _finding(instance, "defect", body.name, problem)
    if not bodies:
        return
    tree = STRtree([b.coarse for b in bodies])
    pairs = tree.query([b.coarse for b in bodies], predicate="dwithin", distance=rules.spacing + 2 * COARSE)
    for i, j in sorted((int(i), int(j)) for i, j in pairs.T if i < j):
        if (gap := _short_gap(bodies[i], bodies[j], rules.spacing)) is not None:
            problem = f"{gap:.4f} mm from {bodies[j].name}, needs {rules.spacing:g} mm, on {place}"
            yield _finding(instance, "spacing", bodies[i].name, problem)


def _polygon(outline: Outline, holes: Sequence[Outline], chord: float) -> BaseGeometry:
    polygon = shapely.make_valid(Polygon(outline.points(chord)))
    if not holes:
        return polygon
    return polygon.difference(shapely.union_all([Polygon(h.points(chord)) for h in holes]))


def _placed(shape: BaseGeometry, x: float, y: float, angle: float) -> BaseGeometry:
    """A shape turned, then shifted; exact at quarter turns."""
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    if angle % 90 == 0:
        c, s = round(c), round(s)
    turned = np.array([[c, s], [-s, c]], dtype=float)
    placed: BaseGeometry = shapely.transform(shape, lambda points: points @ turned + (x, y))
    shapely.prepare(placed)
    return placed


def _short_gap(one: Body, other: Body, needed: float) -> float | None:
    """The distance between two bodies where it is less than needed, mm; None where it is enough.

    Measured finely only where it is near what is needed. Where none is needed, bodies may touch, and share
    no more than a strip of a micrometre.
    """
    least = needed - ALLOWED
    if not shapely.dwithin(one.coarse, other.coarse, max(least, 0.0) + 2 * COARSE):
        return None
    if least > 0 and shapely.dwithin(one.fine, other.fine, least):
        gap = float(shapely.distance(one.fine, other.fine))
        return gap if gap < least else None
    overlaps = shapely.intersects(one.coarse, other.coarse) and shapely.intersects(
        one.fine.buffer(-ALLOWED), other.fine
    )
    return 0.0 if overlaps else None


def _at_edge(body: Body, sheet: Body, edge: float) -> str:
    """What is wrong between a body and the edge of its sheet, "" if nothing."""
    border = sheet.coarse.boundary
    if shapely.covers(sheet.coarse, body.coarse) and not shapely.dwithin(
        body.coarse, border, edge + 2 * COARSE
    ):
        return ""
    outside = body.fine.difference(sheet.fine)
    if outside.area > 0:
        by = max(shapely.distance(shapely.points(c), sheet.fine) for c in shapely.get_coordinates(outside))
        if by > ALLOWED:
            return f"{by:.4f} mm outside of the sheet"
    if not shapely.dwithin(body.fine, sheet.fine.boundary, edge - ALLOWED):
        return ""
    gap = float(shapely.distance(body.fine, sheet.fine.boundary))
    return f"{gap:.4f} mm from the edge, needs {edge:g} mm," if gap < edge - ALLOWED else ""


def _finding(instance: NestInstance, check: str, part: str, problem: str) -> Finding:
    return Finding(instance.sheet, check, part, problem, "plan again with --replan")
