# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The workshop that makes the parts: what it has, knows and charges."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from typing import Literal, TypeVar

from csmkit.errors import CsmError
from csmkit.model.machine import ChipLoad, Machine, ThermalRule, Tool
from csmkit.model.stock import Bar, BoughtRow, Casting, Filament, Form, Sheet, Stock, StockBar, StockSheet

Hold = Literal["tabs", "onion", "none"]
Engrave = Literal["none", "names"]


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
    pin_depth: float = 8.0  # mm into the spoil board: holes for the pins that a turned sheet is put on
    engrave: Engrave = "none"  # what is written on the parts
    engrave_depth: float = 0.5  # mm; legible through a coat of oil, gone with some sanding


@dataclass(frozen=True)
class LayerRule:
    """What a layer of other people's drawings means."""

    name: str  # in any case, * and ? stand for any letters
    operation: str  # as in our own layers' names: "cut-outside", "pocket", …
    side: Literal["top", "bottom"] = "top"
    depth: float | None = None  # mm; None: through the sheet


@dataclass(frozen=True)
class Workshop:
    """A workshop: what it has, what it knows of it, what it charges.

    A design sees no prices, rates and quantities, so that a new price rebuilds no solid.

    Args:
        name: of the workshop.
        machines: the first is the router.
        tools: its cutters and drills.
        sheets: all that it can get, with their measured thickness.
        bars, filaments, castings: all that it can get.
        stock_sheets, stock_bars: what stands there and what is bought, by size; a design sees none.
        bought: rows of bought things, without prices.
        cutting: how it lays out and cuts.
        rates: what work and machine cost; a design sees none.
        cam: how toolpaths are laid.
        chip_loads: of its cutters; its own come first.
        layers: what drawings from elsewhere mean by their layers; the first that fits.
        thermal: what laser and plasma shops can cut.
    Example:
        ply = shop.sheet("birch-ply-18")
        leg = shop.bar("spruce-45x45")
        head = shop.bought_row("ISO 4017", "M8x40").dimension("head_diameter")
        room = 2 * shop.cutter
    """

    name: str
    machines: tuple[Machine, ...]
    tools: tuple[Tool, ...]
    sheets: tuple[Sheet, ...]
    bars: tuple[Bar, ...]
    filaments: tuple[Filament, ...]
    stock_sheets: tuple[StockSheet, ...]
    stock_bars: tuple[StockBar, ...]
    bought: tuple[BoughtRow, ...]
    cutting: Cutting
    rates: Rates
    cam: CamRules = CamRules()
    chip_loads: tuple[ChipLoad, ...] = ()
    layers: tuple[LayerRule, ...] = ()
    castings: tuple[Casting, ...] = ()
    thermal: tuple[ThermalRule, ...] = ()

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

    def casting(self, key: str) -> Casting:
        """What is cast, by key. Raises: CsmError: unknown stock."""
        return _find(self.castings, key, "casting", lambda c: c.key)

    def stock(self, form: Form, key: str) -> Stock:
        """A good of any form by key. Raises: CsmError: unknown stock."""
        find: dict[Form, Callable[[str], Stock]] = {
            "sheet": self.sheet,
            "bar": self.bar,
            "print": self.filament,
            "cast": self.casting,
        }
        return find[form](key)

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
            layers=(),
        )


_Row = TypeVar("_Row")


def _find(rows: Iterable[_Row], key: str, noun: str, key_of: Callable[[_Row], str]) -> _Row:
    table = {key_of(row): row for row in rows}
    if key in table:
        return table[key]
    near = get_close_matches(key, table, n=3, cutoff=0.4)
    remedy = f"nearest: {', '.join(near)}" if near else f"known: {', '.join(sorted(table)[:12])}"
    raise CsmError(f"unknown {noun} {key!r}", remedy=remedy)
