# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A workshop's leftovers as a table: those of its own file, and those of the stock file beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from csmkit.catalog.stock_file import read_leftovers
from csmkit.catalog.workshop_file import read_text
from csmkit.catalog.workshop_parse import parse
from csmkit.catalog.workshop_schema import BarOffcutEntry, OffcutEntry
from csmkit.catalog.workshop_text import parted, stock_name
from csmkit.model.stock import StockBar, StockSheet
from csmkit.model.workshop import Workshop


@dataclass(frozen=True)
class Leftover:
    """A row of the table."""

    id: str | None  # pieces of the workshop's own file may have none
    form: Literal["sheet", "bar"]
    good: str
    size: tuple[float, ...]  # length and width of its box, or length; mm
    is_rectangle: bool
    grain: Literal["x", "y"] | None
    quantity: int
    area: float | None  # mm², each; none of bars
    mass: float  # kg each
    note: str | None
    plan: str | None  # that left it
    file: str


def list_leftovers(text: str, name: str) -> tuple[Leftover, ...]:
    """All leftovers, sheets before bars, ordered by good, then the largest first.

    Args:
        text: of the workshop, joined with its stock file.
        name: what errors call the workshop's file.
    Raises: CsmError: one of the files says something that cannot be.
    """
    shop = read_text(text, name)
    rows = list(_rows(text, name, shop))
    return tuple(sorted(rows, key=lambda r: (r.form != "sheet", r.good, [-s for s in r.size], r.id or "")))


def _rows(text: str, name: str, shop: Workshop) -> Iterator[Leftover]:
    """In the order in which the workshop has them."""
    own, stock = parted(text)
    said, left = parse(own, name), read_leftovers(stock, stock_name(name))
    sheets = [sheet for sheet in shop.stock_sheets if sheet.kind == "offcut"]
    bars = [bar for bar in shop.stock_bars if bar.kind == "offcut"]
    for number, (offcut, sheet) in enumerate(zip((*said.offcut, *left.offcuts), sheets, strict=True)):
        yield _sheet(offcut, sheet, shop, name if number < len(said.offcut) else stock_name(name))
    for number, (rest, bar) in enumerate(zip((*said.bar_offcut, *left.bar_offcuts), bars, strict=True)):
        yield _bar(rest, bar, shop, name if number < len(said.bar_offcut) else stock_name(name))


def _sheet(entry: OffcutEntry, stock: StockSheet, shop: Workshop, file: str) -> Leftover:
    good, area = shop.sheet(stock.sheet), abs(stock.outline.area)
    written = (entry.size, entry.grain or "x") if entry.size else (stock.size, stock.grain)
    return Leftover(
        entry.id,
        "sheet",
        good.key,
        written[0],
        entry.size is not None,
        written[1] if stock.grain else None,
        stock.quantity or 1,
        area,
        area * good.thickness * good.material.density * 1e-9,
        entry.note,
        entry.plan,
        file,
    )


def _bar(entry: BarOffcutEntry, stock: StockBar, shop: Workshop, file: str) -> Leftover:
    good = shop.bar(stock.bar)
    return Leftover(
        entry.id,
        "bar",
        good.key,
        (stock.length,),
        True,
        None,
        stock.quantity or 1,
        None,
        stock.length * good.section * good.material.density * 1e-9,
        entry.note,
        entry.plan,
        file,
    )
