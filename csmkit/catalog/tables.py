# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The tables as nouns: what can be bought anywhere, before a workshop says what it has."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Literal, cast

from csmkit.catalog.fasteners import fastener_rows
from csmkit.catalog.table import Row, number, plain, read_rows, sizes, source
from csmkit.model.machine import ChipLoad, Machine, Process, ThermalRule, Tool, ToolChange
from csmkit.model.outline import Outline
from csmkit.model.stock import Bar, BoughtRow, Casting, Filament, Material, Sheet, StockBar, StockSheet

_BarShape = Literal["rectangle", "round", "tube", "pipe"]
_ToolKind = Literal["flat", "ball", "vbit", "drill"]


@cache
def materials() -> tuple[Material, ...]:
    """Materials; strengths are those that hold for every thickness of the table."""
    return tuple(
        Material(
            key=row["key"],
            title=row["title"],
            density=float(row["density"]),
            has_grain=row["has_grain"] == "yes",
            bending=number(row["bending"]),
            bending_across=number(row["bending_across"]),
            modulus=number(row["modulus"]),
            bearing=number(row["bearing"]),
            shear=number(row["shear"]),
            source=source(row),
            machining=row["machining"],
        )
        for row in read_rows("materials")
    )


@cache
def sheets() -> tuple[Sheet, ...]:
    """Sheet goods with their typical thickness, and the material with the strength of that thickness."""
    by_key = {material.key: material for material in materials()}
    return tuple(_sheet(row, by_key[row["material"]]) for row in read_rows("sheets"))


def _sheet(row: Row, material: Material) -> Sheet:
    if row["bending"]:
        material = replace(
            material,
            bending=number(row["bending"]),
            bending_across=number(row["bending_across"]),
            modulus=number(row["modulus"]),
        )
    return Sheet(
        key=row["key"],
        title=row["title"],
        material=material,
        nominal=float(row["nominal"]),
        thickness=float(row["thickness"]),
        minus=float(row["minus"]),
        plus=float(row["plus"]),
        processes=cast(tuple[Process, ...], tuple(row["processes"].split())),
        measured=False,
        source=source(row),
    )


@cache
def stock_sheets() -> tuple[StockSheet, ...]:
    """Sheets as they are sold, every size of every sheet good, the usual size first."""
    return tuple(
        StockSheet(
            key=f"{row['sheet']}-{row['length']}x{row['width']}",
            sheet=row["sheet"],
            outline=Outline.rectangle(0, 0, float(row["length"]), float(row["width"])),
            price=Decimal(row["price"]),
            quantity=None,
            kind="sheet",
            grain="x" if row["grain"] == "x" else None,
            defects=(),
            source=source(row),
        )
        for row in read_rows("sheet_sizes")
    )


@cache
def bars() -> tuple[Bar, ...]:
    """Bars, tubes (rectangular and hollow) and pipes (round and hollow)."""
    by_key = {material.key: material for material in materials()}
    return tuple(
        Bar(
            key=row["key"],
            title=row["title"],
            material=by_key[row["material"]],
            shape=cast("_BarShape", row["shape"]),
            width=float(row["width"]),
            height=float(row["height"]),
            wall=float(row["wall"]),
            source=source(row),
        )
        for row in read_rows("bars")
    )


@cache
def stock_bars() -> tuple[StockBar, ...]:
    """Bars as they are sold, every length of every bar."""
    return tuple(
        StockBar(
            key=f"{row['bar']}-{plain(float(row['length']))}",
            bar=row["bar"],
            length=float(row["length"]),
            price=Decimal(row["price"]),
            quantity=None,
            kind="bar",
            source=source(row),
        )
        for row in read_rows("bar_lengths")
    )


@cache
def filaments() -> tuple[Filament, ...]:
    """Printing filaments."""
    by_key = {material.key: material for material in materials()}
    return tuple(
        Filament(row["key"], row["title"], by_key[row["material"]], float(row["infill"]), source(row))
        for row in read_rows("filaments")
    )


@cache
def castings() -> tuple[Casting, ...]:
    """What is cast from bulk goods."""
    by_key = {material.key: material for material in materials()}
    return tuple(
        Casting(row["key"], row["title"], by_key[row["material"]], source(row))
        for row in read_rows("castings")
    )


@cache
def thermal_rules() -> tuple[ThermalRule, ...]:
    """What laser and plasma can cut of sheet metal."""
    return tuple(
        ThermalRule(
            process=cast("Process", row["process"]),
            hole_per_thickness=float(row["hole_per_thickness"]),
            hole_least=float(row["hole_least"]),
            web_per_thickness=float(row["web_per_thickness"]),
            web_least=float(row["web_least"]),
            thickest=float(row["thickest"]),
            source=source(row),
        )
        for row in read_rows("thermal_cutting")
    )


@cache
def bought_rows() -> tuple[BoughtRow, ...]:
    """Everything that is bought: fasteners, parts, and bulk goods by kilogram, litre, metre."""
    return (*fastener_rows(), *(_bought(row) for row in read_rows("bought")), *_filament_rows())


def _bought(row: Row) -> BoughtRow:
    return BoughtRow(
        standard=row["standard"],
        size=row["size"],
        title=row["title"],
        kind=row["kind"],
        mass=float(row["mass"]),
        price=Decimal(row["price"]),
        pack=int(row["pack"]),
        sizes=sizes(row["sizes"]),
        assumed=row["assumed"] == "yes",
        source=source(row),
    )


def _filament_rows() -> tuple[BoughtRow, ...]:
    """Filament by the kilogram, under the standard "filament"."""
    return tuple(
        BoughtRow(
            standard="filament",
            size=row["key"],
            title=row["title"],
            kind="bulk-kg",
            mass=1.0,
            price=Decimal(row["price_kg"]),
            pack=1,
            sizes=(),
            assumed=row["assumed"] == "yes",
            source=source(row),
        )
        for row in read_rows("filaments")
    )


@cache
def tools() -> tuple[Tool, ...]:
    """Cutters and drills."""
    return tuple(
        Tool(
            key=row["key"],
            title=row["title"],
            kind=cast("_ToolKind", row["kind"]),
            diameter=float(row["diameter"]),
            flutes=int(row["flutes"]),
            flute_length=float(row["flute_length"]),
            source=source(row),
        )
        for row in read_rows("tools")
    )


@cache
def machines() -> tuple[Machine, ...]:
    """Machines of common classes; what an hour costs is in `rates.machine_cost`."""
    return tuple(
        Machine(
            key=row["key"],
            title=row["title"],
            process=cast(Process, row["process"]),
            envelope=(float(row["x"]), float(row["y"]), float(row["z"])),
            post=row["post"],
            feed_mm_min=float(row["feed_mm_min"]),
            source=source(row),
            rpm_min=float(row["rpm_min"]),
            rpm_max=float(row["rpm_max"]),
            plunge_mm_min=float(row["plunge_mm_min"]),
            acceleration=float(row["acceleration"]),
            junction_deviation=float(row["junction_deviation"]),
            tool_change=cast("ToolChange", row["tool_change"]),
            tool_change_s=float(row["tool_change_s"]),
        )
        for row in read_rows("machines")
    )


@cache
def chip_loads() -> tuple[ChipLoad, ...]:
    """Chip loads by class of material and diameter."""
    return tuple(
        ChipLoad(
            material=row["material"],
            kind=cast(Literal["mill", "drill"], row["kind"]),
            diameter=float(row["diameter"]),
            mm_tooth=float(row["mm_tooth"]),
            rpm=float(row["rpm"]),
            source=source(row),
        )
        for row in read_rows("chip_loads")
    )
