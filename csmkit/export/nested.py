# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""One sheet of a plan with all that a drawing of it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from csmkit.model.cutting import CutItem, Layout, Nesting, NestInstance
from csmkit.model.stock import StockSheet


@dataclass(frozen=True)
class NestedSheet:
    """One layout of a nesting or saw plan, the items that it places and the stock that it cuts."""

    nesting: Nesting
    number: int  # of the layout, from 1
    items: Mapping[str, CutItem]  # what the placements name
    stock: StockSheet

    @property
    def layout(self) -> Layout:
        """Where its parts lie."""
        return self.nesting.layouts[self.number - 1]

    @property
    def place(self) -> str:
        """Which of the nesting's sheets: "sheet 2 of 3"."""
        return f"sheet {self.number} of {len(self.nesting.layouts)}"

    @property
    def yield_(self) -> float:
        """Area of its parts over its own area, 0 to 1."""
        area = sum(self.items[p.item].pattern.area for p in self.layout.placements)
        return area / abs(self.stock.outline.area)


def nested_sheets(
    nesting: Nesting, task: NestInstance, items: Mapping[str, CutItem] | None = None
) -> Iterator[NestedSheet]:
    """All sheets of a plan.

    Args:
        items: by name, where drawings call them otherwise than the task does.
    """
    named = {item.name: item for item in task.items} if items is None else items
    stocks = {stock.key: stock for stock in task.stock}
    for number, layout in enumerate(nesting.layouts, 1):
        yield NestedSheet(nesting, number, named, stocks[layout.stock])
