# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A sheet that is sawn into panels before the router takes it: the sawing as a saw plan of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from csmkit.export.labels import Label
from csmkit.export.saw.marks import Places, cut_line, cut_mark, mm, name_mark
from csmkit.export.saw.steps import Rectangle, SawStep, saw_steps
from csmkit.export.svg.document import ADVANCE, number, text
from csmkit.model.cutting import CutItem, Layout, Placement
from csmkit.model.facts import FlatPattern
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose
from csmkit.model.stock import StockSheet

MARKS = "<style>.csm-mark{fill:#fff}</style>"


def panel_plan(layout: Layout) -> tuple[Layout, dict[str, CutItem]]:
    """The panels as the parts of a saw plan, and what the placements name: part "panel", copies 1, 2, 3 …"""
    items, placed = {}, []
    for k, panel in enumerate(layout.panels, 1):
        x0, y0, x1, y1 = panel.bounds
        pattern = FlatPattern(Outline.rectangle(0, 0, x1 - x0, y1 - y0), (), 0.0, None, Pose())
        item = CutItem(str(k), "panel", layout.stock, pattern, 1)
        items[item.name] = item
        placed.append(Placement(item.name, k, x0, y0, 0.0))
    return replace(layout, placements=tuple(placed), cuts=layout.first_cuts, panels=(), first_cuts=()), items


def panel_steps(layout: Layout, stock: StockSheet, kerf: float) -> tuple[SawStep, ...]:
    """The cuts that make the panels, in their order.

    Args:
        layout: of a sheet that is sawn first.
        stock: the sheet.
        kerf: mm that each cut takes.
    """
    plan, items = panel_plan(layout)
    return saw_steps(plan, items, stock, kerf)


def panel_marks(
    layout: Layout, items: Mapping[str, CutItem], stock: StockSheet, kerf: float, unit: float
) -> list[str]:
    """The first cuts on a picture of the sheet, with their numbers and measures, and the panels' names.

    Args:
        items: what the layout's placements name.
        unit: capital height, mm.
    """
    steps = panel_steps(layout, stock, kerf)
    places = Places(
        [
            *(items[p.item].pattern.outline.moved(p.x, p.y, p.angle).bounds for p in layout.placements),
            *(_label(rest, unit) for rest in layout.offcuts),
        ]
    )
    marks = [
        cut_mark(step, f"{step.cut.number} · {mm(step.fence)}", unit, places, stock.size[0]) for step in steps
    ]
    names = [
        name_mark(((name := f"panel {k}",),), panel.bounds, unit, places, "csm-note")[0]
        or _badge(name, panel, unit)
        for k, panel in enumerate(layout.panels, 1)
    ]
    return [MARKS, *(cut_line(step, kerf) for step in steps), *names, *marks]


def _badge(name: str, panel: Outline, unit: float) -> str:
    """A name in the lower left corner of a panel that is full of parts."""
    x0, y0, *_ = panel.bounds
    wide, high = (len(name) + 1) * ADVANCE * unit, 1.8 * unit
    place = f'x="{number(x0, 1)}" y="{number(-y0 - high, 1)}"'
    size = f'width="{number(wide, 1)}" height="{number(high, 1)}" rx="{number(high / 2, 1)}"'
    label = text(Label(name, x0 + wide / 2, y0 + high / 2, unit, 0), "csm-mark")
    return f'<rect {place} {size} fill="#555"/>{label}'


def _label(rest: Outline, unit: float) -> Rectangle:
    """Where an offcut has its size written."""
    x0, y0, x1, y1 = rest.bounds
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return (x - 6 * unit, y - unit, x + 6 * unit, y + unit)
