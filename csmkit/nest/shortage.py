# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Too little stock: what finds no room, and what has to be bought at least."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from csmkit.errors import CsmError
from csmkit.model import BarInstance, BarPlan, Nesting, NestInstance, StockBar, StockSheet


def no_room(nesting: Nesting, instance: NestInstance) -> CsmError:
    """The error for a plan that leaves parts over: what to buy, and where it may help, to search longer.

    Args:
        nesting: a plan with parts in `unplaced`.
        instance: what it is for.
    """
    areas = {item.name: abs(item.pattern.outline.area) for item in instance.items}
    remedy = more_sheets(sum(areas[name] for name in nesting.unplaced), instance.stock)
    return CsmError(
        f"{_find(len(nesting.unplaced), 'part')} no room on the stock of {instance.sheet}:"
        f" {_counted(nesting.unplaced)}",
        kit=instance.items[0].kit,
        remedy=f"let the search run longer (--time 60), or {remedy}" if _has_area(instance) else remedy,
    )


def _has_area(instance: NestInstance) -> bool:
    """The stock is as large as the parts, so that another plan may hold them."""
    parts = sum(item.quantity * abs(item.pattern.outline.area) for item in instance.items)
    stock = sum(math.inf if s.quantity is None else s.quantity * s.outline.area for s in instance.stock)
    return parts < stock


def no_room_on_bars(plan: BarPlan, instance: BarInstance) -> CsmError:
    """The error for a bar plan that leaves pieces over."""
    missing = sum(length for _, length in plan.unplaced)
    return CsmError(
        f"{_find(len(plan.unplaced), 'piece')} no room on the stock of {instance.bar}:"
        f" {_counted(name for name, _ in plan.unplaced)}",
        kit=instance.pieces[0].kit,
        remedy=more_bars(missing, instance.stock),
    )


def more_sheets(area: float, stock: Sequence[StockSheet]) -> str:
    """What to buy for parts of an area, mm²: sheets of the largest size there is, as few as may do."""
    largest = max(stock, key=lambda s: (s.kind == "sheet", s.outline.area))
    length, width = largest.size
    count = max(1, math.ceil(area / largest.outline.area))
    if largest.kind == "sheet":
        return f"buy at least {count} more {largest.key} and raise its quantity in the workshop file"
    return (
        f"add a stock_sheet of {largest.sheet} to the workshop file: at least {count}"
        f" of {length:.0f} × {width:.0f} mm, or as much in another size"
    )


def more_bars(length: float, stock: Sequence[StockBar]) -> str:
    """What to buy for pieces of a length together, mm: bars of the longest kind there is."""
    longest = max(stock, key=lambda s: (s.kind == "bar", s.length))
    count = max(1, math.ceil(length / longest.length))
    if longest.kind == "bar":
        return f"buy at least {count} more {longest.key} and raise its quantity in the workshop file"
    return (
        f"add a stock_bar of {longest.bar} to the workshop file: at least {count} of {longest.length:.0f} mm,"
        " or as much in another length"
    )


def _find(count: int, noun: str) -> str:
    return f"{count} {noun} finds" if count == 1 else f"{count} {noun}s find"


def _counted(names: Iterable[str]) -> str:
    counts: Mapping[str, int] = Counter(names)
    return ", ".join(f"{n} × {name}" for name, n in sorted(counts.items()))
