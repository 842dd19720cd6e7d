# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What parts are made from, and the workshop that makes them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from typing import Literal, TypeVar

from csmkit.errors import CsmError
from csmkit.model.outline import Outline

Process = Literal["router", "laser", "plasma", "saw", "print", "hand"]
ToolChange = Literal["auto", "manual", "none"]
Hold = Literal["tabs", "onion", "none"]


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
    """A sheet good of one nominal thickness: "birch-ply-18"."""

    key: str
    title: str
    material: Material
    nominal: float  # mm, as sold
    thickness: float  # mm, what it really is: measured by the workshop, else the table's typical value
    minus: float  # thickness tolerance below and above, mm
    plus: float
    processes: tuple[Process, ...]  # first one is the default
    measured: bool
    source: str

    @property
    def form(self) -> Literal["sheet"]:
        """Form of the stock."""
        return "sheet"


@dataclass(frozen=True)
class Bar:
    """A bar, tube or pipe sold by length: "spruce-45x45", "steel-tube-25x25x2"."""

    key: str
    title: str
    material: Material
    shape: Literal["rectangle", "round", "tube", "pipe"]
    width: float  # mm, across; diameter if round
    height: float  # mm; equals width if round
    wall: float  # mm; 0 if solid
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


Stock = Sheet | Bar | Filament


@dataclass(frozen=True)
class StockSheet:
    """Sheets or offcuts of one size that a workshop has or can buy."""

    key: str  # names files: "birch-ply-18-2440x1220"
    sheet: str  # key of the Sheet
    outline: Outline  # mm, lower left at (0, 0); a rectangle or any polygon
    price: Decimal  # for one, workshop's currency
    quantity: int | None  # None: as many as wanted
    kind: Literal["sheet", "offcut"]
    grain: Literal["x", "y"] | None  # the face grain runs along x or y of the outline
    defects: tuple[Outline, ...]  # no part may touch them; clamp zones too
    source: str

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
    quantity: int | None
    kind: Literal["bar", "offcut"]
    source: str


@dataclass(frozen=True)
class Tool:
    """A router's cutter."""

    key: str  # "em6"
    title: str
    kind: Literal["flat", "ball", "vbit", "drill"]
    diameter: float  # mm
    flutes: int
    flute_length: float  # mm
    source: str


@dataclass(frozen=True)
class Machine:
    """A machine with its reach."""

    key: str
    title: str
    process: Process
    envelope: tuple[float, float, float]  # mm
    post: str  # dialect: grbl, linuxcnc, mach3
    feed_mm_min: float  # greatest feed in the plane
    source: str
    rpm_min: float = 8000.0  # of the spindle; usual for routers
    rpm_max: float = 24000.0
    plunge_mm_min: float = 1500.0  # greatest feed downwards
    acceleration: float = 500.0  # mm/s²
    junction_deviation: float = 0.02  # mm; how far a corner may be taken from its point, for times
    tool_change: ToolChange = "manual"  # none: one program for each tool


@dataclass(frozen=True)
class ChipLoad:
    """What a tooth takes off: a row of the table, or what a workshop says of its own cutter."""

    material: str  # class of the material, or key of one material
    kind: Literal["mill", "drill"]
    diameter: float  # mm; between two rows it is interpolated
    mm_tooth: float
    rpm: float  # usual speed, if the machine's spindle has it
    source: str
    tool: str = ""  # key of the one tool that it holds for


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


@dataclass(frozen=True)
class Rates:
    """What work and machine cost, in the workshop's currency."""

    labour_h: Decimal
    machine_h: Decimal
    consumables: Decimal  # for one kit: glue, sandpaper, cutter wear
    maintenance: Decimal  # share, 0.05
    reserve: Decimal  # share, 0.03
    currency: str


@dataclass(frozen=True)
class Cutting:
    """How the workshop lays out and cuts."""

    tool: str  # key of the cutter that designs and nests reckon with
    spacing_margin: float  # mm between parts beyond the cutter's diameter
    edge_margin: float  # mm from the edge of the sheet
    saw_kerf: float  # mm
    bar_trim: float  # mm lost at the end of a fresh bar
    saw_trim: float = 5.0  # mm taken off each edge of a sheet before sawing


@dataclass(frozen=True)
class CamRules:
    """How toolpaths are laid; the defaults are judgement of 2026, for plywood on a workshop's router."""

    through: float = 0.3  # mm below the stock, into the spoil board
    safe_z: float = 5.0  # mm above the stock, for rapids
    hold: Hold = "tabs"  # how parts stay in the sheet
    tab_height: float = 3.0  # mm above the bottom of the stock
    tab_length: float = 8.0  # mm of the bridge; the cutter's diameter comes on top along its path
    onion: float = 0.5  # mm of skin that stays below a part
    ramp_deg: float = 5.0  # steepest way down
    depth_per_diameter: float = 1.0  # of one pass
    stepover: float = 0.4  # between the rings of a pocket, share of the diameter
    finish: float = 0.3  # mm left in pockets for the last pass
    plunge_share: float = 0.25  # feed downwards, share of the feed in the plane


@dataclass(frozen=True)
class Workshop:
    """A workshop: what it has, what it knows of it, what it charges."""

    name: str
    machines: tuple[Machine, ...]  # the first is the router
    tools: tuple[Tool, ...]
    sheets: tuple[Sheet, ...]  # all that it can get, with its measured thickness
    bars: tuple[Bar, ...]
    filaments: tuple[Filament, ...]
    stock_sheets: tuple[StockSheet, ...]
    stock_bars: tuple[StockBar, ...]
    bought: tuple[BoughtRow, ...]
    cutting: Cutting
    rates: Rates
    cam: CamRules = CamRules()
    chip_loads: tuple[ChipLoad, ...] = ()  # its own come first

    @property
    def machine(self) -> Machine:
        """The machine that cuts sheets."""
        return self.machines[0]

    @property
    def cutter(self) -> float:
        """Diameter of the cutter in use, mm: what inside corners and slots must let pass."""
        return self.tool(self.cutting.tool).diameter

    def tool(self, key: str) -> Tool:
        """A tool by key. Raises: CsmError: the workshop has no such tool."""
        return _find(self.tools, key, "tool", lambda t: t.key)

    def sheet(self, key: str) -> Sheet:
        """A sheet good by key, with its real thickness. Raises: CsmError: unknown stock."""
        return _find(self.sheets, key, "sheet", lambda s: s.key)

    def bar(self, key: str) -> Bar:
        """A bar, tube or pipe by key. Raises: CsmError: unknown stock."""
        return _find(self.bars, key, "bar", lambda b: b.key)

    def filament(self, key: str) -> Filament:
        """A printing filament by key. Raises: CsmError: unknown stock."""
        return _find(self.filaments, key, "filament", lambda f: f.key)

    def stock(self, form: Literal["sheet", "bar", "print"], key: str) -> Stock:
        """A good of any form by key. Raises: CsmError: unknown stock."""
        if form == "sheet":
            return self.sheet(key)
        return self.bar(key) if form == "bar" else self.filament(key)

    def bought_row(self, standard: str, size: str) -> BoughtRow:
        """A bought thing by standard and size. Raises: CsmError: no such row, with the nearest that exist."""
        return _find(self.bought, f"{standard} {size}", "bought item", lambda b: f"{b.standard} {b.size}")

    def for_design(self) -> Workshop:
        """What a design may see: sizes without prices, rates and quantities.

        Designs depend on this alone, so a new price rebuilds no solid.
        """
        nothing = Decimal(0)
        return replace(
            self,
            name="",
            stock_sheets=(),
            stock_bars=(),
            bought=tuple(replace(b, price=nothing, pack=1, assumed=False, source="") for b in self.bought),
            rates=Rates(nothing, nothing, nothing, nothing, nothing, self.rates.currency),
            cam=CamRules(),
            chip_loads=(),
        )


_Row = TypeVar("_Row")


def _find(rows: Iterable[_Row], key: str, noun: str, key_of: Callable[[_Row], str]) -> _Row:
    table = {key_of(row): row for row in rows}
    if key in table:
        return table[key]
    near = get_close_matches(key, table, n=3, cutoff=0.4)
    remedy = f"nearest: {', '.join(near)}" if near else f"known: {', '.join(sorted(table)[:12])}"
    raise CsmError(f"unknown {noun} {key!r}", remedy=remedy)
