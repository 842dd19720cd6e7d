# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a workshop's TOML file may say, as pydantic models; unknown keys are refused.

An entry of `material`, `sheet`, `bar`, `machine`, `tool` or `bought` whose key is in the tables changes
what it gives; a new one has to be complete. mm, kg, degrees; money in the workshop's currency.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

LARGEST = 20_000  # mm; longer than any sheet or bar that a lorry brings


def _number(value: Any) -> Any:
    """Numbers only: pydantic would take "12" and true for one."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError("has to be a number")
    return value


def _printable(value: str) -> str:
    """Text that fits on a line."""
    if not value.isprintable():
        raise ValueError("has to be one line of printable letters")
    return value


Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]
Length = Annotated[Number, Field(gt=0, le=LARGEST)]
Margin = Annotated[Number, Field(ge=0, le=1000)]
Strength = Annotated[Number, Field(gt=0, le=1_000_000)]
Share = Annotated[Decimal, BeforeValidator(_number), Field(ge=0, le=1, allow_inf_nan=False)]
Money = Annotated[Decimal, BeforeValidator(_number), Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Positive = Annotated[Decimal, BeforeValidator(_number), Field(gt=0, le=10_000_000, allow_inf_nan=False)]
Count = Annotated[int, Field(strict=True, ge=1, le=100_000)]
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_printable)
]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=60)]  # names files
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]  # names an offcut
Speed = Annotated[Number, Field(gt=0, le=200_000)]  # turns a minute
Coordinate = Annotated[Number, Field(ge=-LARGEST, le=LARGEST)]
Corner = tuple[Coordinate, Coordinate]


class Entry(BaseModel):
    """Base: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class MachineCostEntry(Entry):
    """[rates.machine]: the hourly rate by the formula of `rates.MachineCost`."""

    purchase: Money
    residual: Money
    life_h: Positive
    maintenance_year: Money
    hours_year: Positive
    kw: Annotated[Money, Field(le=1000)]
    tariff: Money


class RatesEntry(Entry):
    """[rates]"""

    labour_h: Money | None = None
    machine_h: Money | None = None
    machine: MachineCostEntry | None = None
    consumables: Money | None = None
    maintenance: Share | None = None
    reserve: Share | None = None


class CuttingEntry(Entry):
    """[cutting]"""

    tool: Key | None = None
    spacing_margin: Margin | None = None
    edge_margin: Margin | None = None
    saw_kerf: Margin | None = None
    bar_trim: Margin | None = None
    saw_trim: Margin | None = None


class CamEntry(Entry):
    """[cam]: how toolpaths are laid."""

    through: Annotated[Margin, Field(le=5)] | None = None
    safe_z: Annotated[Length, Field(ge=1, le=100)] | None = None
    hold: Literal["tabs", "onion", "none"] | None = None
    tab_height: Annotated[Length, Field(le=50)] | None = None
    tab_length: Annotated[Length, Field(le=100)] | None = None
    onion: Annotated[Length, Field(le=5)] | None = None
    ramp_deg: Annotated[Number, Field(ge=0.5, le=30)] | None = None
    depth_per_diameter: Annotated[Number, Field(ge=0.05, le=3)] | None = None
    stepover: Annotated[Number, Field(ge=0.05, le=0.45)] | None = None
    finish: Annotated[Margin, Field(le=2)] | None = None
    plunge_share: Annotated[Number, Field(ge=0.05, le=1)] | None = None
    pin_depth: Annotated[Margin, Field(le=30)] | None = None
    engrave: Literal["none", "names"] | None = None
    engrave_depth: Annotated[Number, Field(ge=0.1, le=3)] | None = None


class ChipLoadEntry(Entry):
    """[[chip_load]]: what a tooth of one cutter takes off in one material."""

    tool: Key
    material: Key | None = None
    mm_tooth: Annotated[Number, Field(gt=0, le=2)]
    rpm: Speed | None = None


class LayerEntry(Entry):
    """[[layers]]: what a layer means in drawings that follow no known scheme."""

    name: Text
    operation: Literal[
        "cut-outside", "cut-inside", "cut", "pocket", "drill", "engrave", "sheet", "labels", "ignore"
    ]
    depth: Annotated[Length, Field(le=200)] | None = None
    side: Literal["top", "bottom"] | None = None


class MachineEntry(Entry):
    """[[machine]]"""

    key: Key
    title: Text | None = None
    process: Literal["router", "laser", "plasma", "saw", "print", "hand"] | None = None
    envelope: tuple[Length, Length, Length] | None = None
    post: Literal["grbl", "linuxcnc", "mach3", ""] | None = None
    feed_mm_min: Annotated[Number, Field(ge=0, le=200_000)] | None = None
    rpm_min: Speed | None = None
    rpm_max: Speed | None = None
    plunge_mm_min: Annotated[Number, Field(gt=0, le=200_000)] | None = None
    acceleration: Annotated[Number, Field(gt=0, le=100_000)] | None = None
    junction_deviation: Annotated[Number, Field(gt=0, le=10)] | None = None
    tool_change: Literal["auto", "manual", "none"] | None = None
    tool_change_s: Annotated[Number, Field(ge=0, le=3600)] | None = None


class ToolEntry(Entry):
    """[[tool]]"""

    key: Key
    title: Text | None = None
    kind: Literal["flat", "ball", "vbit", "drill"] | None = None
    diameter: Annotated[Length, Field(le=100)] | None = None
    flutes: Annotated[Count, Field(le=12)] | None = None
    flute_length: Annotated[Length, Field(le=300)] | None = None


class MaterialEntry(Entry):
    """[[material]]; strengths that are not known stay out."""

    key: Key
    title: Text | None = None
    density: Annotated[Number, Field(ge=10, le=25_000)] | None = None
    has_grain: Annotated[bool, Field(strict=True)] | None = None
    bending: Strength | None = None
    bending_across: Strength | None = None
    modulus: Strength | None = None
    bearing: Strength | None = None
    shear: Strength | None = None
    machining: Literal["plywood", "mdf", "softwood", "hardwood", "aluminium"] | None = None


class SheetEntry(Entry):
    """[[sheet]]: a sheet good of one thickness."""

    key: Key
    title: Text | None = None
    material: Key | None = None
    nominal: Annotated[Length, Field(le=200)] | None = None
    thickness: Annotated[Length, Field(le=200)] | None = None
    minus: Annotated[Margin, Field(le=10)] | None = None
    plus: Annotated[Number, Field(ge=-10, le=10)] | None = None
    processes: (
        Annotated[
            tuple[Literal["router", "laser", "plasma", "saw", "hand"], ...],
            Field(min_length=1),
        ]
        | None
    ) = None


class BarEntry(Entry):
    """[[bar]]: a bar good of one section."""

    key: Key
    title: Text | None = None
    material: Key | None = None
    shape: Literal["rectangle", "round", "tube", "pipe"] | None = None
    width: Annotated[Length, Field(le=1000)] | None = None
    height: Annotated[Length, Field(le=1000)] | None = None
    wall: Annotated[Margin, Field(le=100)] | None = None


class Area(Entry):
    """A place on a sheet: two corners of a rectangle, or a polygon; mm from the sheet's lower left corner."""

    rectangle: tuple[Coordinate, Coordinate, Coordinate, Coordinate] | None = None
    polygon: Annotated[tuple[Corner, ...], Field(min_length=3, max_length=500)] | None = None


class StockSheetEntry(Entry):
    """[[stock_sheet]]: sheets of one size."""

    sheet: Key
    size: tuple[Length, Length] | None = None
    polygon: Annotated[tuple[Corner, ...], Field(min_length=3, max_length=500)] | None = None
    quantity: Count | None = None
    price: Money | None = None
    grain: Literal["x", "y"] | None = None
    defects: tuple[Area, ...] = ()


class OffcutEntry(StockSheetEntry):
    """[[offcut]]: pieces of sheet of one size or shape."""

    id: Id | None = None
    note: Text | None = None  # "rack 3"
    plan: Text | None = None  # name of the cut plan that left it


class StockBarEntry(Entry):
    """[[stock_bar]]: bars of one length."""

    bar: Key
    length: Length
    quantity: Count | None = None
    price: Money | None = None


class BarOffcutEntry(StockBarEntry):
    """[[bar_offcut]]: pieces of bar of one length."""

    id: Id | None = None
    note: Text | None = None
    plan: Text | None = None


class PlanEntry(Entry):
    """[[plan]]: what has been said of a cut plan, so that nobody says it twice."""

    id: Id  # from what it takes and leaves
    plan: Text  # its name
    used: Annotated[bool, Field(strict=True)] = False  # what it took is out of the stock
    added: Annotated[bool, Field(strict=True)] = False  # what it left is in the stock


class BoughtEntry(Entry):
    """[[bought]]: another price for a row of the tables, or a thing of the workshop's own."""

    standard: Text
    size: Text
    title: Text | None = None
    kind: Key | None = None
    mass: Annotated[Number, Field(ge=0, le=1000)] | None = None
    price: Money | None = None
    pack: Count | None = None
    sizes: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")], Number] | None = None


class WorkshopFile(Entry):
    """The whole file."""

    name: Text | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    per_euro: Annotated[Positive, Field(le=1_000_000)] | None = None
    machines: Annotated[tuple[Key, ...], Field(min_length=1)] | None = None
    tools: Annotated[tuple[Key, ...], Field(min_length=1)] | None = None
    rates: RatesEntry = RatesEntry()
    cutting: CuttingEntry = CuttingEntry()
    cam: CamEntry = CamEntry()
    thickness: dict[Key, Annotated[Length, Field(le=200)]] = {}
    machine: tuple[MachineEntry, ...] = ()
    tool: tuple[ToolEntry, ...] = ()
    chip_load: tuple[ChipLoadEntry, ...] = ()
    layers: tuple[LayerEntry, ...] = ()
    material: tuple[MaterialEntry, ...] = ()
    sheet: tuple[SheetEntry, ...] = ()
    bar: tuple[BarEntry, ...] = ()
    stock_sheet: tuple[StockSheetEntry, ...] = ()
    offcut: tuple[OffcutEntry, ...] = ()
    stock_bar: tuple[StockBarEntry, ...] = ()
    bar_offcut: tuple[BarOffcutEntry, ...] = ()
    bought: tuple[BoughtEntry, ...] = ()


class StockFile(Entry):
    """The file of leftovers beside it: my.stock.toml."""

    offcut: tuple[OffcutEntry, ...] = ()
    bar_offcut: tuple[BarOffcutEntry, ...] = ()
    plan: tuple[PlanEntry, ...] = ()
