# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What must stay and what must go: the true regions of a setup, at any depth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely import Polygon, STRtree
from shapely.geometry.base import BaseGeometry

from csmkit.model.cam import Cut, Setup
from csmkit.model.outline import Outline, Point, Region

CHORD = 0.001  # mm between an arc and its chords
SAME = 1e-3  # mm: two depths are one


@dataclass(frozen=True)
class Piece:
    """A cut with the area of its region, and what of it goes."""

    cut: Cut
    area: BaseGeometry


@dataclass(frozen=True)
class Body:
    """What stays: a part, or the whole stock where no part is known."""

    name: str
    area: BaseGeometry
    pieces: tuple[Piece, ...]  # that take something of it

    def kept(self, depth: float) -> BaseGeometry:
        """What of it stays just below a depth, mm."""
        gone = [p.area for p in self.pieces if p.cut.kind == "surface" or p.cut.depth > depth + SAME]
        if len(gone) not in self._known:
            taken = shapely.union_all(gone)
            self._known[len(gone)] = shapely.difference(self.area, taken) if gone else self.area
        return self._known[len(gone)]

    @cached_property
    def _known(self) -> dict[int, BaseGeometry]:
        """What stays by how many pieces are gone: the deeper, the fewer."""
        return {}


@dataclass(frozen=True)
class Blank:
    """A setup as areas."""

    setup: Setup
    stock: BaseGeometry
    bodies: tuple[Body, ...]
    pieces: tuple[Piece, ...]  # without engravings

    @property
    def depths(self) -> tuple[float, ...]:
        """Depths at which what stays changes, ascending from 0, without the thickness."""
        depths = sorted({0.0, *(p.cut.depth for p in self.pieces if p.cut.kind != "surface")})
        apart = [b for a, b in zip([-1.0, *depths], depths, strict=False) if b - a > SAME]
        return tuple(d for d in apart if d < self.setup.thickness - SAME)


def blank(setup: Setup) -> Blank:
    """The areas of a setup."""
    stock = polygon(setup.stock)
    pieces = tuple(Piece(cut, region(cut.region)) for cut in setup.cuts if cut.kind != "engrave")
    inner = [p for p in pieces if p.cut.kind != "outside"]
    wholes = [(p.cut.part, p.area) for p in pieces if p.cut.kind == "outside"]
    wholes += [(part, polygon(outline)) for part, outline in setup.contours]
    wholes = wholes or [("the stock", stock)]
    return Blank(setup, stock, tuple(_bodies(wholes, inner)), pieces)


def _bodies(wholes: Sequence[tuple[str, BaseGeometry]], inner: Sequence[Piece]) -> list[Body]:
    tree = STRtree([p.area for p in inner])
    return [
        Body(name, area, tuple(inner[i] for i in sorted(tree.query(area, predicate="intersects"))))
        for name, area in wholes
    ]


def farthest(of: BaseGeometry, area: BaseGeometry) -> tuple[Point, float]:
    """The corner of a geometry that is farthest from an area, and how far that is, mm."""
    corners = shapely.get_coordinates(of)
    gaps: list[float] = shapely.distance(shapely.points(corners), area).tolist()
    gap = max(gaps)
    x, y = corners[gaps.index(gap)].tolist()
    return (x, y), gap


def polygon(outline: Outline) -> BaseGeometry:
    """The area of an outline."""
    return shapely.make_valid(Polygon(outline.points(CHORD)))


def region(of: Region) -> BaseGeometry:
    """The area of a region, its islands left out."""
    area = polygon(of.outline)
    return (
        shapely.difference(area, shapely.union_all([polygon(i) for i in of.islands])) if of.islands else area
    )
