# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Sheets, offcuts and bars of a workshop's file as stock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, TypeVar

from csmkit.catalog.nearest import nearest
from csmkit.catalog.outlines import closed_outline, overlap
from csmkit.catalog.table import plain
from csmkit.catalog.workshop_schema import Area, BarOffcutEntry, OffcutEntry, StockBarEntry, StockSheetEntry
from csmkit.errors import CsmError
from csmkit.model.outline import Outline
from csmkit.model.stock import Bar, Sheet, StockBar, StockSheet

Good = TypeVar("Good")
Grain = Literal["x", "y"] | None
OWN = "the workshop's own data"


def sheet_stock(
    entries: Sequence[StockSheetEntry],
    sheets: Iterable[Sheet],
    usual: Iterable[StockSheet],
    sold: Iterable[StockSheet],
) -> tuple[StockSheet, ...]:
    """Whole sheets: the file's sizes where it lists any of a sheet good, else the usual ones.

    Args:
        entries: the file's [[stock_sheet]].
        sheets: all sheet goods.
        usual: what the workshop can buy of goods that the file doesn't list.
        sold: all sizes with a known price.
    Raises: CsmError: an unknown sheet good, a size twice, a price that nobody knows.
    """
    goods = {sheet.key: sheet for sheet in sheets}
    prices = {sheet.key: sheet.price for sheet in sold}
    own: dict[str, StockSheet] = {}
    for number, entry in enumerate(entries, 1):
        place = f"stock_sheet {number}"
        if entry.polygon is not None:
            raise CsmError(
                "a stock_sheet is a rectangle", part=place, remedy="list other shapes under [[offcut]]"
            )
        good = _good(goods, entry.sheet, place, "sheet")
        outline, defects = _shape(entry, place)
        length, width = (plain(side) for side in _size(outline))
        key = f"{good.key}-{length}x{width}"
        grain = _grain(entry, good, place)
        price = entry.price if entry.price is not None else prices.get(key)
        if price is None:
            raise CsmError(f"no price for {key}", part=place, remedy="give price = …")
        if grain == "y":
            key += "-cross"
        if key in own:
            raise CsmError(f"{key} is listed twice", part=place, remedy="list it once, with its quantity")
        own[key] = StockSheet(key, good.key, outline, price, entry.quantity, "sheet", grain, defects, OWN)
    listed = {sheet.sheet for sheet in own.values()}
    return (*own.values(), *(sheet for sheet in usual if sheet.sheet not in listed))


def offcut_stock(entries: Sequence[OffcutEntry], sheets: Iterable[Sheet]) -> tuple[StockSheet, ...]:
    """Offcuts, named by their id, else numbered within their sheet good; free unless the file gives a price.

    Raises: CsmError: an unknown sheet good, an offcut without a shape, the same offcut or id twice; only one
        with an id, from the stock file, and one without may be alike.
    """
    goods = {sheet.key: sheet for sheet in sheets}
    found: dict[tuple[object, ...], str] = {}
    counts: dict[str, int] = {}
    offcuts: dict[str, StockSheet] = {}
    for number, entry in enumerate(entries, 1):
        place = f"offcut {entry.id or number}"
        good = _good(goods, entry.sheet, place, "sheet")
        outline, defects = _shape(entry, place)
        grain = _grain(entry, good, place)
        same = (good.key, outline, grain, defects, entry.id is None)
        if same in found:
            raise CsmError(
                f"{good.key}: the same as {found[same]}",
                part=place,
                remedy="list it once, with quantity = 2",
            )
        found[same] = place
        counts[good.key] = counts.get(good.key, 0) + (entry.id is None)
        key = f"{good.key}-offcut-{entry.id or counts[good.key]}"
        _check_free(key, offcuts, place)
        price, quantity = entry.price or Decimal(0), entry.quantity or 1
        offcuts[key] = StockSheet(key, good.key, outline, price, quantity, "offcut", grain, defects, OWN)
    return tuple(offcuts.values())


def bar_stock(
    entries: Sequence[StockBarEntry], bars: Iterable[Bar], usual: Iterable[StockBar]
) -> tuple[StockBar, ...]:
    """Whole bars: the file's lengths where it lists any of a bar good, else the usual ones."""
    goods = {bar.key: bar for bar in bars}
    prices = {bar.key: bar.price for bar in usual}
    own: dict[str, StockBar] = {}
    for number, entry in enumerate(entries, 1):
        place = f"stock_bar {number}"
        good = _good(goods, entry.bar, place, "bar")
        key = f"{good.key}-{plain(entry.length)}"
        price = entry.price if entry.price is not None else prices.get(key)
        if price is None:
            raise CsmError(f"no price for {key}", part=place, remedy="give price = …")
        if key in own:
            raise CsmError(f"{key} is listed twice", part=place, remedy="list it once, with its quantity")
        own[key] = StockBar(key, good.key, entry.length, price, entry.quantity, "bar", OWN)
    listed = {bar.bar for bar in own.values()}
    return (*own.values(), *(bar for bar in usual if bar.bar not in listed))


def bar_offcuts(entries: Sequence[BarOffcutEntry], bars: Iterable[Bar]) -> tuple[StockBar, ...]:
    """Pieces of bar that are left, named by their id, else by their length; free unless a price is given.

    Raises: CsmError: an unknown bar good, the same length or id twice.
    """
    goods = {bar.key: bar for bar in bars}
    found: set[tuple[str, float, bool]] = set()
    offcuts: dict[str, StockBar] = {}
    for number, entry in enumerate(entries, 1):
        place = f"bar_offcut {entry.id or number}"
        good = _good(goods, entry.bar, place, "bar")
        same = (good.key, entry.length, entry.id is None)
        if same in found:
            raise CsmError(
                f"{good.key} of {plain(entry.length)} mm is listed twice",
                part=place,
                remedy="list it once, with its quantity",
            )
        found.add(same)
        key = f"{good.key}-offcut-{entry.id or plain(entry.length)}"
        _check_free(key, offcuts, place)
        price = entry.price or Decimal(0)
        offcuts[key] = StockBar(key, good.key, entry.length, price, entry.quantity or 1, "offcut", OWN)
    return tuple(offcuts.values())


def _check_free(key: str, offcuts: Mapping[str, object], place: str) -> None:
    if key in offcuts:
        raise CsmError(f"another offcut is called {key} too", part=place, remedy="give it another id")


def _good(goods: Mapping[str, Good], key: str, place: str, noun: str) -> Good:
    if key in goods:
        return goods[key]
    raise CsmError(f"unknown {noun} {key!r}", part=place, remedy=nearest(key, goods))


def _shape(entry: StockSheetEntry, place: str) -> tuple[Outline, tuple[Outline, ...]]:
    """Outline with its lower left corner at (0, 0), and the defects in the same frame."""
    if (entry.size is None) == (entry.polygon is None):
        raise CsmError(f"{entry.sheet} needs one shape", part=place, remedy="give either size or polygon")
    if entry.size is not None:
        outline = Outline.rectangle(0, 0, *entry.size)
    else:
        outline = closed_outline(entry.polygon or (), f"{place}, polygon")
    x0, y0, _, _ = outline.bounds
    places = (f"{place}, defects {n}" for n in range(1, len(entry.defects) + 1))
    defects = (_defect(area, outline, name) for area, name in zip(entry.defects, places, strict=True))
    return outline.moved(-x0, -y0), tuple(defect.moved(-x0, -y0) for defect in defects)


def _defect(area: Area, sheet: Outline, place: str) -> Outline:
    if (area.rectangle is None) == (area.polygon is None):
        raise CsmError("a defect needs one shape", part=place, remedy="give either rectangle or polygon")
    if area.rectangle is not None:
        x0, y0, x1, y1 = area.rectangle
        corners: Sequence[tuple[float, float]] = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    else:
        corners = area.polygon or ()
    outline = closed_outline(corners, place)
    if not overlap(outline, sheet):
        cx, cy, dx, dy = sheet.bounds
        raise CsmError(
            f"the defect lies outside of its sheet, which reaches from {plain(cx)}, {plain(cy)} to "
            f"{plain(dx)}, {plain(dy)} mm",
            part=place,
            remedy="measure in the frame of its size or polygon",
        )
    return outline


def _size(outline: Outline) -> tuple[float, float]:
    x0, y0, x1, y1 = outline.bounds
    return x1 - x0, y1 - y0


def _grain(entry: StockSheetEntry, good: Sheet, place: str) -> Grain:
    if good.material.has_grain:
        return entry.grain or "x"
    if entry.grain is not None:
        raise CsmError(f"{good.key} has no grain", part=place, remedy="leave grain out")
    return None
