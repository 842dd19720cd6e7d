# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Goods, machines and tools of a workshop's file laid over the tables.

An entry whose key the table has changes what it gives; a new key needs a complete entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar, cast

from csmkit.catalog.nearest import nearest
from csmkit.catalog.table import plain
from csmkit.catalog.workshop_schema import BarEntry, BoughtEntry, Entry, MaterialEntry, SheetEntry
from csmkit.catalog.workshop_stock import OWN
from csmkit.errors import CsmError
from csmkit.model.machine import Machine, Tool
from csmkit.model.stock import Bar, BoughtRow, Casting, Filament, Material, Sheet

Keyed = TypeVar("Keyed", Machine, Tool, Material, Sheet, Bar)
Made = TypeVar("Made", Sheet, Bar, Filament, Casting)
DEVIATION = 0.25  # share of the nominal thickness; a sheet farther off is another sheet, or a slip
NEEDED: Mapping[type, tuple[str, ...]] = {
    Machine: ("title", "process", "envelope", "feed_mm_min"),
    Tool: ("title", "kind", "diameter", "flutes", "flute_length"),
    Material: ("title", "density", "has_grain"),
    Sheet: ("title", "material", "nominal", "processes"),
    Bar: ("title", "material", "shape", "width"),
    BoughtRow: ("title", "kind", "mass", "price"),
}


def given(entry: Entry, *without: str) -> dict[str, Any]:
    """What an entry says, without its key."""
    return entry.model_dump(exclude_none=True, exclude={"key", "standard", "size", *without})


def laid_over(
    table: Iterable[Keyed], entries: Sequence[Any], noun: type[Keyed], **defaults: object
) -> tuple[Keyed, ...]:
    """The table's rows, changed where the file says so, and then the file's new ones.

    Raises: CsmError: a key twice, or a new entry that isn't complete.
    """
    rows = {row.key: row for row in table}
    seen: set[str] = set()
    name = noun.__name__.lower()
    for number, entry in enumerate(entries, 1):
        place = f"{name} {number}"
        if entry.key in seen:
            raise CsmError(f"{entry.key} is given twice", part=place, remedy="join the two entries")
        seen.add(entry.key)
        said = given(entry)
        if entry.key in rows:
            old = rows[entry.key]
            rows[entry.key] = replace(cast(Any, old), **said, source=f"{OWN}; else {old.source}")
        else:
            require(noun, said, entry.key, place, rows)
            rows[entry.key] = noun(key=entry.key, **{**defaults, **said}, source=OWN)
    return tuple(rows.values())


def require(noun: type, said: Mapping[str, object], key: str, place: str, known: Iterable[str]) -> None:
    """Raises: CsmError: a new entry lacks what the noun needs."""
    missing = [name for name in NEEDED[noun] if name not in said]
    if missing:
        raise CsmError(
            f"{key} is not in the tables and lacks {', '.join(missing)}",
            part=place,
            remedy=f"complete it, or mean another ({nearest(key, known)})",
        )


def chosen(
    usual: Sequence[Keyed], rows: Sequence[Keyed], own: Sequence[Any], keys: Sequence[str] | None, name: str
) -> tuple[Keyed, ...]:
    """Machines or tools that the workshop has: those listed, else its own before the usual ones.

    Raises: CsmError: a listed key that nobody knows, or one listed twice.
    """
    by_key = {row.key: row for row in rows}
    if keys is None:
        keys = list(dict.fromkeys([*(entry.key for entry in own), *(row.key for row in usual)]))
    for key in keys:
        if key not in by_key:
            raise CsmError(f"unknown {key!r}", part=name, remedy=nearest(key, by_key))
        if list(keys).count(key) > 1:
            raise CsmError(f"{key} is listed twice", part=name, remedy="list it once")
    return tuple(by_key[key] for key in keys)


def with_materials(goods: Iterable[Made], entries: Sequence[MaterialEntry]) -> tuple[Made, ...]:
    """Goods of the tables, with what the file says of their materials."""
    said = {entry.key: given(entry) for entry in entries}
    return tuple(
        replace(good, material=replace(good.material, **said[good.material.key], source=OWN))
        if good.material.key in said
        else good
        for good in goods
    )


def sheet_goods(
    table: Iterable[Sheet], entries: Sequence[SheetEntry], materials: Mapping[str, Material]
) -> tuple[Sheet, ...]:
    """Sheet goods of the tables and of the file.

    Raises: CsmError: see `laid_over`, an unknown material, or a thickness that can't be this sheet's.
    """
    rows = laid_over(table, entries, Sheet, thickness=0.0, minus=0.0, plus=0.0, measured=False)
    own = {entry.key: (number, entry) for number, entry in enumerate(entries, 1)}
    return tuple(_own_sheet(row, *own[row.key], materials) if row.key in own else row for row in rows)


def _own_sheet(row: Sheet, number: int, entry: SheetEntry, materials: Mapping[str, Material]) -> Sheet:
    material = _material(row.material, materials, f"sheet {number}")
    thickness = row.thickness or row.nominal
    row = replace(row, material=material, thickness=thickness, measured=entry.thickness is not None)
    return _plausible(row, f"sheet {number}, thickness")


def bar_goods(
    table: Iterable[Bar], entries: Sequence[BarEntry], materials: Mapping[str, Material]
) -> tuple[Bar, ...]:
    """Bar goods of the tables and of the file.

    Raises: CsmError: see `laid_over`, an unknown material, or a section that can't be.
    """
    rows = laid_over(table, entries, Bar, height=0.0, wall=0.0)
    numbers = {entry.key: number for number, entry in enumerate(entries, 1)}
    return tuple(_own_bar(row, numbers[row.key], materials) if row.key in numbers else row for row in rows)


def _own_bar(row: Bar, number: int, materials: Mapping[str, Material]) -> Bar:
    place = f"bar {number}"
    bar = replace(row, material=_material(row.material, materials, place), height=row.height or row.width)
    if bar.shape in ("round", "pipe") and bar.height != bar.width:
        raise CsmError(
            f"{bar.key} is {bar.shape}, but its width and height differ",
            part=place,
            remedy="leave height out",
        )
    hollow = bar.shape in ("tube", "pipe")
    if hollow != (bar.wall > 0) or 2 * bar.wall >= min(bar.width, bar.height):
        raise CsmError(
            f"{bar.key}: wall = {plain(bar.wall)} mm doesn't fit a {bar.shape} of "
            f"{plain(bar.width)} x {plain(bar.height)} mm",
            part=place,
            remedy="a tube or pipe has a wall of less than half its width, a rectangle or round has none",
        )
    return bar


def _material(material: Material | str, materials: Mapping[str, Material], place: str) -> Material:
    """The material of a row, whose entry may have named it by key."""
    if isinstance(material, Material):
        return material
    if material not in materials:
        raise CsmError(f"unknown material {material!r}", part=place, remedy=nearest(material, materials))
    return materials[material]


def measured(sheets: Iterable[Sheet], thickness: Mapping[str, float]) -> tuple[Sheet, ...]:
    """Sheets with the thickness that the workshop has measured.

    Raises: CsmError: an unknown sheet good, or a thickness that can't be this sheet's.
    """
    rows = {sheet.key: sheet for sheet in sheets}
    for key, value in thickness.items():
        if key not in rows:
            raise CsmError(f"unknown sheet {key!r}", part="thickness", remedy=nearest(key, rows))
        rows[key] = _plausible(replace(rows[key], thickness=value, measured=True), "thickness")
    return tuple(rows.values())


def _plausible(sheet: Sheet, place: str) -> Sheet:
    low, high = (sheet.nominal * (1 + sign * DEVIATION) for sign in (-1, 1))
    if not low <= sheet.thickness <= high:
        raise CsmError(
            f"{sheet.key} = {plain(sheet.thickness)} mm is outside {plain(low)} to {plain(high)} mm",
            part=place,
            remedy="measure again, or name the sheet that it is",
        )
    return sheet


def bought_goods(table: Iterable[BoughtRow], entries: Sequence[BoughtEntry]) -> tuple[BoughtRow, ...]:
    """Bought rows with the workshop's prices, and its own rows.

    Raises: CsmError: a row twice, or a new one that isn't complete.
    """
    rows = {f"{row.standard} {row.size}": row for row in table}
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        key, place = f"{entry.standard} {entry.size}", f"bought {number}"
        if key in seen:
            raise CsmError(f"{key} is given twice", part=place, remedy="join the two entries")
        seen.add(key)
        said = given(entry, "sizes")
        if key not in rows:
            require(BoughtRow, said, key, place, rows)
            empty = BoughtRow(entry.standard, entry.size, "", "", 0.0, Decimal(0), 1, (), False, OWN)
            rows[key] = empty
        old = rows[key]
        sizes = {**dict(old.sizes), **(entry.sizes or {})}
        assumed = old.assumed and entry.price is None
        rows[key] = replace(old, **said, sizes=tuple(sizes.items()), assumed=assumed, source=OWN)
    return tuple(rows.values())
