# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What parts are made from and held together with: goods, and the pieces of them that can be had."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from csmkit.errors import CsmError
from csmkit.model.machine import Process
from csmkit.model.outline import Outline


@dataclass(frozen=True)
class Material:
    """What a stock consists of; strengths in N/mm² (characteristic, along the grain where it has one)."""

    key: str
    title: str
    density: float  # kg/m³
    has_grain: bool
    bending: float | None  # f_m, along the face grain
    bending_across: float | None
    modulus: float | None  # E, mean, along the face grain
    bearing: float | None  # embedment or bearing strength of a 6 to 10 mm bolt
    shear: float | None  # panel shear through the thickness
    source: str
    machining: str = ""  # class in the table of chip loads: plywood, mdf, …; "" where no router cuts it


@dataclass(frozen=True)
class Sheet:
    """A sheet good of one nominal thickness, as `shop.sheet` finds it.

    Args:
        key: "birch-ply-18".
        title: for pages and lists.
        material: with density and strengths.
        nominal: thickness as sold, mm.
        thickness: what it really is, mm: measured by the workshop, else the table's typical value.
        minus, plus: tolerance of the thickness below and above `nominal`, mm.
        processes: that can cut it; the first one is the default.
        measured: the workshop has measured it.
        source: of these figures.
    """

    key: str
    title: str
    material: Material
    nominal: float
    thickness: float
    minus: float
    plus: float
    processes: tuple[Process, ...]
    measured: bool
    source: str

    @property
    def form(self) -> Literal["sheet"]:
        """Form of the stock."""
        return "sheet"


@dataclass(frozen=True)
class Bar:
    """A bar, tube or pipe sold by length, as `shop.bar` finds it.

    Args:
        key: "spruce-45x45", "steel-tube-25x25x2".
        title: for pages and lists.
        material: with density and strengths.
        shape: of its section.
        width: across, mm; diameter if round.
        height: mm; equals width if round.
        wall: mm; 0 if solid.
        source: of these figures.
    """

    key: str
    title: str
    material: Material
    shape: Literal["rectangle", "round", "tube", "pipe"]
    width: float
    height: float
    wall: float
    source: str

    @property
    def form(self) -> Literal["bar"]:
        """Form of the stock."""
        return "bar"

    @property
    def section(self) -> float:
        """Area of its section, mm²; corners reckoned sharp."""
        hollow = (self.width - 2 * self.wall) * (self.height - 2 * self.wall) if self.wall else 0.0
        area = self.width * self.height - hollow
        return area * math.pi / 4 if self.shape in ("round", "pipe") else area


@dataclass(frozen=True)
class Filament:
    """A printing filament: "petg"."""

    key: str
    title: str
    material: Material
    infill: float  # share of the volume that is filled, 0 to 1, walls included
    source: str

    @property
    def form(self) -> Literal["print"]:
        """Form of the stock."""
        return "print"


@dataclass(frozen=True)
class Casting:
    """What is cast in a mould: "filled-resin". It has no cut list, and its bulk goods carry its price."""

    key: str
    title: str
    material: Material  # of the usual mix
    source: str

    @property
    def form(self) -> Literal["cast"]:
        """Form of the stock."""
        return "cast"

    def mixed(self, density: float) -> Casting:
        """The same, as heavy as the mix of one design: kg/m³."""
        return replace(self, material=replace(self.material, density=density))


Stock = Sheet | Bar | Filament | Casting
Form = Literal["sheet", "bar", "print", "cast"]


@dataclass(frozen=True)
class StockSheet:
    """Sheets or offcuts of one size that a workshop has or can buy."""

    key: str  # names files: "birch-ply-18-2440x1220"
    sheet: str  # key of the Sheet
    outline: Outline  # mm, lower left at (0, 0); a rectangle or any polygon
    price: Decimal  # for one, workshop's currency
    quantity: int | None  # so many stand in the workshop; None: bought, as many as wanted
    kind: Literal["sheet", "offcut"]
    grain: Literal["x", "y"] | None  # the face grain runs along x or y of the outline
    defects: tuple[Outline, ...]  # no part may touch them; clamp zones too
    source: str
    panels: tuple[Outline, ...] = ()  # into which it can be sawn where the router does not take the whole

    @property
    def is_at_hand(self) -> bool:
        """It stands in the workshop and need not be bought."""
        return self.quantity is not None

    @property
    def size(self) -> tuple[float, float]:
        """Length and width of its box, mm."""
        x0, y0, x1, y1 = self.outline.bounds
        return (x1 - x0, y1 - y0)


@dataclass(frozen=True)
class StockBar:
    """Bars or offcuts of one length that a workshop has or can buy."""

    key: str
    bar: str  # key of the Bar
    length: float  # mm
    price: Decimal  # for one
    quantity: int | None  # as of sheets
    kind: Literal["bar", "offcut"]
    source: str

    @property
    def is_at_hand(self) -> bool:
        """It stands in the workshop and need not be bought."""
        return self.quantity is not None


@dataclass(frozen=True)
class BoughtRow:
    """A thing that is bought: its row in the tables, with prices and sizes."""

    standard: str  # "ISO 4017", or a supplier-neutral name: "bicycle wheel"
    size: str  # "M8x40"
    title: str  # "hexagon head screw, full thread"
    kind: str  # bolt, screw, nut, washer, barrel-nut, wheel, …
    mass: float  # kg each
    price: Decimal  # each, at the pack's price
    pack: int  # pieces in the purchasable unit
    sizes: tuple[tuple[str, float], ...]  # named sizes in mm: d, length, head_diameter, head_height, …
    assumed: bool  # the price is a judgement, not a quote
    source: str

    def dimension(self, name: str) -> float:
        """A named size, mm.

        Raises: CsmError: the row has no such size.
        """
        for key, value in self.sizes:
            if key == name:
                return value
        have = ", ".join(k for k, _ in self.sizes)
        raise CsmError(f"{self.standard} {self.size} has no size {name!r}", remedy=f"it has {have}")
