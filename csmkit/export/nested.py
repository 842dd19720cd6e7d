# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""One sheet of a plan with all that a drawing of it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from csmkit.model.cutting import CutItem, Layout, Nesting, NestInstance
from csmkit.model.stock import StockSheet
from csmkit.nest.panels.clamped import ClampedPanel, clamped_panels


@dataclass(frozen=True)
class NestedSheet:
    """One layout of a nesting or saw plan, the items that it places and the stock that it cuts.

    Args:
        number: of the layout, from 1.
        items: what the placements name.
        stock: that the layout cuts.
        panel: one of the layout's, as it lies on the machine, where only that is meant.
        kerf: mm of the saw that makes the panels.
    """

    nesting: Nesting
    number: int
    items: Mapping[str, CutItem]
    stock: StockSheet
    panel: ClampedPanel | None = None
    kerf: float = 0.0

    @property
    def layout(self) -> Layout:
        """Where its parts lie."""
        return self.panel.layout if self.panel else self.nesting.layouts[self.number - 1]

    @property
    def place(self) -> str:
        """Which of the nesting's sheets: "sheet 2 of 3", "sheet 2 of 3, panel 1"."""
        panel = f", panel {self.panel.number}" if self.panel else ""
        return f"sheet {self.number} of {len(self.nesting.layouts)}{panel}"

    @property
    def yield_(self) -> float:
        """Area of its parts over its own area, 0 to 1."""
        area = sum(self.items[p.item].pattern.area for p in self.layout.placements)
        return area / abs(self.stock.outline.area)

    def panels(self, task: NestInstance) -> Iterator[NestedSheet]:
        """Its panels as they lie on the machine; none where it is not sawn first."""
        for panel in clamped_panels(self.layout, self.number, self.stock, task):
            yield replace(self, stock=panel.stock, panel=panel)


def short_names(parts: Iterable[str], within: Sequence[str]) -> dict[str, str]:
    """What drawings call parts of kits within the kit: without that kit's key, if no other is called so.

    Args:
        parts: names of all parts of the kit.
        within: keys of the kits within it.
    """
    names = dict.fromkeys(parts)
    starts = {name: next((f"{k} " for k in within if name.startswith(f"{k} ")), "") for name in names}
    bare = {name: name.removeprefix(start) for name, start in starts.items()}
    counts = Counter(bare.values())
    return {name: bare[name] if counts[bare[name]] == 1 else name for name in names}


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
        yield NestedSheet(nesting, number, named, stocks[layout.stock], kerf=task.rules.kerf)
