# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Small instances that several tests share."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from csmkit.model import (
    CutItem,
    CutRules,
    Feature,
    FlatPattern,
    Layout,
    Nesting,
    NestInstance,
    Outline,
    Placement,
    Pose,
    Region,
    StockSheet,
)

Grain = Literal["x", "y"] | None


def item(
    name: str, outline: Outline, quantity: int = 1, grain: Grain = None, holes: tuple[Outline, ...] = ()
) -> CutItem:
    features = tuple(Feature("hole", "top", 12.0, Region(h), True) for h in holes)
    return CutItem("kit", name, "ply-12", FlatPattern(outline, features, 12.0, grain, Pose()), quantity)


def rectangle(name: str, x: float, y: float, quantity: int = 1, grain: Grain = None) -> CutItem:
    return item(name, Outline.rectangle(0, 0, x, y), quantity, grain)


def sheet(
    x: float = 1000,
    y: float = 500,
    key: str = "full",
    kind: Literal["sheet", "offcut"] = "sheet",
    grain: Grain = "x",
    quantity: int | None = None,
    outline: Outline | None = None,
    defects: tuple[Outline, ...] = (),
) -> StockSheet:
    shape = outline or Outline.rectangle(0, 0, x, y)
    return StockSheet(key, "ply-12", shape, Decimal(50), quantity, kind, grain, defects, "test")


def instance(
    *items: CutItem, stock: tuple[StockSheet, ...] = (), spacing: float = 8.0, edge: float = 10.0
) -> NestInstance:
    return NestInstance("ply-12", items, stock or (sheet(),), CutRules(spacing, edge))


def planned(task: NestInstance, *sheets: tuple[str, list[tuple[str, int, float, float, float]]]) -> Nesting:
    """A plan with placements given by hand, and the yield that belongs to them."""
    layouts = tuple(
        Layout(stock, tuple(Placement(f"kit/{n}", c, x, y, a) for n, c, x, y, a in rows), ())
        for stock, rows in sheets
    )
    areas = {i.name: i.pattern.volume / i.pattern.thickness for i in task.items}
    parts = sum(areas[p.item] for layout in layouts for p in layout.placements)
    opened = sum(s.outline.area for layout in layouts for s in task.stock if s.key == layout.stock)
    return Nesting("ply-12", layouts, (), parts / opened, float(len(layouts)), 0.0, "hand", False)


def with_unplaced(nesting: Nesting, *names: str) -> Nesting:
    return replace(nesting, unplaced=tuple(f"kit/{n}" for n in names))
