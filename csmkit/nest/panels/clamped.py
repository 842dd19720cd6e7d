# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A panel of a planned sheet as it goes onto the router: a sheet of its own, turned if it needs to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from csmkit.model import Layout, NestInstance, Outline, Placement, StockSheet
from csmkit.nest.panels.divide import NOISE, panel_of

ACROSS: Mapping[str | None, Literal["x", "y"] | None] = {"x": "y", "y": "x"}


@dataclass(frozen=True)
class ClampedPanel:
    """What the router gets of a sheet at once.

    Args:
        number: of the panel on its sheet, from 1.
        at: its lower left corner on the sheet, mm.
        size: as it lies on the sheet, mm.
        is_turned: it lies on the machine turned by 90° against the sheet, counter-clockwise.
        stock, layout: the panel as a sheet of its own, in the machine's frame.
    """

    number: int
    at: tuple[float, float]
    size: tuple[float, float]
    is_turned: bool
    stock: StockSheet
    layout: Layout


def clamped_panels(
    layout: Layout, number: int, stock: StockSheet, task: NestInstance
) -> tuple[ClampedPanel, ...]:
    """The panels of a sheet in their order; none of a sheet that is not sawn first.

    Args:
        layout, number: of the sheet, and its number in the plan, which goes into the panels' keys.
        stock: of the layout.
        task: what the placements name, and the machine's reach.
    """
    key = f"{stock.key}-{number}-panel"
    outlines = {item.name: item.pattern.outline for item in task.items}
    homes = [layout.panel_of(p, outlines[p.item]) for p in layout.placements]
    result = []
    for k, panel in enumerate(layout.panels, 1):
        x0, y0, *_ = panel.bounds
        own = zip(layout.placements, homes, strict=True)
        placed = tuple(replace(p, x=p.x - x0, y=p.y - y0) for p, home in own if home == k)
        rests = tuple(rest.moved(-x0, -y0) for rest in layout.offcuts if _lies_in(rest, panel))
        laid = (replace(panel_of(stock, panel), key=key), Layout(key, placed, rests))
        result.append(_clamped(k, panel, laid, task.rules.reach))
    return tuple(result)


def _clamped(
    number: int, panel: Outline, laid: tuple[StockSheet, Layout], reach: tuple[float, float] | None
) -> ClampedPanel:
    """A panel as it lies on the machine: as on the sheet, if it has room so."""
    x0, y0, x1, y1 = panel.bounds
    wide, high = size = (x1 - x0, y1 - y0)
    is_turned = reach is not None and (wide > reach[0] + NOISE or high > reach[1] + NOISE)
    stock, layout = laid
    if is_turned:
        stock = replace(
            stock,
            outline=stock.outline.moved(high, 0, 90),
            defects=tuple(defect.moved(high, 0, 90) for defect in stock.defects),
            grain=ACROSS.get(stock.grain),
        )
        layout = replace(
            layout,
            placements=tuple(_turned(p, high) for p in layout.placements),
            offcuts=tuple(rest.moved(high, 0, 90) for rest in layout.offcuts),
        )
    return ClampedPanel(number, (x0, y0), size, is_turned, stock, layout)


def _turned(placement: Placement, high: float) -> Placement:
    """By 90° counter-clockwise, in a panel of that height whose lower left corner stays at (0, 0)."""
    return replace(placement, x=high - placement.y, y=placement.x, angle=(placement.angle + 90) % 360)


def _lies_in(rest: Outline, panel: Outline) -> bool:
    (a, b, c, d), (x0, y0, x1, y1) = rest.bounds, panel.bounds
    return x0 - NOISE <= a and y0 - NOISE <= b and c <= x1 + NOISE and d <= y1 + NOISE
