# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""plan.json: an order's plan as data, for the page, for csm stock and for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from csmkit.build import Files
from csmkit.cost.material import KEPT_REST
from csmkit.export.csv_tables import grain_along
from csmkit.export.nested import nested_sheets
from csmkit.export.paths import bars_path, saw_path, sheet_path
from csmkit.export.saw.list import saw_rows
from csmkit.model import (
    BarPlan,
    CutItem,
    CutPlan,
    Layout,
    Nesting,
    NestInstance,
    Outline,
    PartFacts,
    StockSheet,
    Workshop,
)
from csmkit.model.cut_order import CutOrder, OrderedKit
from csmkit.model.data import as_json, plain
from csmkit.pipeline.cut_money import material_price, shopping_lines
from csmkit.pipeline.pack import stamp
from csmkit.pipeline.panel_rows import panel_rows

FORMAT = 1  # of plan.json; raised when a reader of the older one would be misled
CHORD = 0.5  # mm between the arc of an offcut's outline and the polygon that stock files hold


def plan_data(
    order: CutOrder, workshop: Workshop, plan: CutPlan, remaining: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """plan.json without its list of files: mm and kg, money as strings.

    Args:
        remaining: of sawn parts, by "kit/part": work that is left for other tools.
    """
    nestings = {nesting.sheet: nesting for nesting in plan.nestings}
    tasks = [(task, nestings[task.sheet]) for task in order.sheets]
    return {
        "format": FORMAT,
        "name": order.name,
        "for": order.process,
        "currency": workshop.rates.currency,
        "workshop": workshop.name,
        "kits": [_kit(kit) for kit in order.kits],
        "parts": [
            _part(kit, part, remaining) for kit in order.kits for part in kit.facts.parts if part.is_cut
        ],
        "goods": [_good(task, nesting, workshop) for task, nesting in tasks],
        "sheets": [row for task, nesting in tasks for row in _sheets(order, task, nesting, workshop)],
        "bar_goods": [_bar_good(bars, workshop) for bars in plan.bars],
        "bars": list(_bars(order, workshop, plan)),
        "shopping": [
            {"kits": list(kits), **plain(line)} for kits, line in shopping_lines(order, workshop, plan)
        ],
        "price": material_price(order, workshop, plan),
        "mass": sum(p.mass * p.quantity for p in order.facts.parts if p.is_cut),
    }


def plan_json(data: Mapping[str, Any], files: Files) -> bytes:
    """plan.json over the files beside it."""
    return as_json({**data, "files": [{"path": p, **stamp(files[p])} for p in sorted(files)]})


def labelled(order: CutOrder, task: NestInstance) -> Mapping[str, CutItem]:
    """The items by name; where there are several kits, each bears its kit's name too."""
    if len(order.kits) == 1:
        return {item.name: item for item in task.items}
    return {item.name: replace(item, part=f"{item.kit} {item.part}") for item in task.items}


def _kit(kit: OrderedKit) -> dict[str, Any]:
    return {
        "kit": kit.name,
        "title": kit.title or kit.name,
        "version": kit.version,
        "preset": kit.preset,
        "quantity": kit.quantity,
        "params": dict(kit.params),
    }


def _part(kit: OrderedKit, part: PartFacts, remaining: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    steps = [n for n, step in enumerate(kit.steps, 1) if part.name in dict(step.adds)]
    return {
        "name": f"{kit.name}/{part.name}",
        "kit": kit.name,
        "part": part.name,
        "form": part.form,
        "stock": part.stock,
        "quantity": part.quantity,
        "size": list(part.size),
        "grain": grain_along(part) or None,
        "mass": part.mass,
        "steps": steps,
        "edges": kit.edges.get(part.name, ""),
        "note": kit.notes.get(part.name, ""),
        "remaining": list(remaining.get(f"{kit.name}/{part.name}", ())),
    }


def _good(task: NestInstance, nesting: Nesting, workshop: Workshop) -> dict[str, Any]:
    return {
        "sheet": task.sheet,
        "title": workshop.sheet(task.sheet).title,
        "parts": sum(item.quantity for item in task.items),
        "sheets": len(nesting.layouts),
        "equivalent_sheets": nesting.equivalent_sheets,
        "lower_bound": nesting.lower_bound,
        "yield": nesting.yield_,
        "engine": nesting.engine,
        "proven_optimal": nesting.proven_optimal,
    }


def _sheets(
    order: CutOrder, task: NestInstance, nesting: Nesting, workshop: Workshop
) -> Iterator[dict[str, Any]]:
    good = workshop.sheet(task.sheet)
    weight = good.material.density * good.thickness * 1e-9  # kg/mm²
    is_sawn = task in order.sawn
    is_two_sided = not is_sawn and any(item.pattern.is_two_sided for item in task.items)
    for nested in nested_sheets(nesting, task):
        number, layout, stock = nested.number, nested.layout, nested.stock
        yield {
            "file": saw_path(layout.stock, number) if is_sawn else sheet_path(layout.stock, number),
            "turned": sheet_path(layout.stock, number, turned=True)
            if is_two_sided and not layout.panels
            else None,
            "picture": (
                saw_path(layout.stock, number) if is_sawn else sheet_path(layout.stock, number, "svg")
            ),
            "number": number,
            "sheet": task.sheet,
            "stock": stock.key,
            "kind": stock.kind,
            "at_hand": stock.is_at_hand,
            "size": list(stock.size),
            "area": abs(stock.outline.area),
            "price": f"{stock.price:.2f}",
            "parts": len(layout.placements),
            "items": _counts(order, layout),
            "yield": nested.yield_,
            "mass": abs(stock.outline.area) * weight,
            "stages": _stages(order, task, layout, stock, number),
            "offcuts": [_offcut(outline, stock, weight) for outline in layout.offcuts],
            **panel_rows(layout, number, stock, workshop),
        }


def _counts(order: CutOrder, layout: Layout) -> list[dict[str, Any]]:
    """Parts of a sheet in the order's order, with the numbers of their copies."""
    copies: dict[str, list[int]] = {}
    for placement in layout.placements:
        copies.setdefault(placement.item, []).append(placement.copy)
    return [
        {"name": name, "kit": kit.name, "part": part.name, "copies": sorted(copies[name])}
        for kit in order.kits
        for part in kit.facts.parts
        if (name := f"{kit.name}/{part.name}") in copies
    ]


def _stages(
    order: CutOrder, task: NestInstance, layout: Layout, stock: StockSheet, number: int
) -> list[dict[str, Any]]:
    """A saw plan's stages with their cuts in the order of the work."""
    stages: dict[int, list[dict[str, Any]]] = {}
    for row in saw_rows(layout, labelled(order, task), stock, task.rules.spacing):
        cut = {
            "number": row["cut"],
            "from": row["piece_from_cut"],
            "piece": [
                side for side in (row["piece_x_mm"], row["piece_y_mm"]) if side != ""
            ],  # none: no rectangle
            "edge": row["edge_on_fence"],
            "fence": row["fence_mm"],
            "off": row["comes_off"],
            "rest": row["remains"],
        }
        stages.setdefault(int(row["stage"]), []).append(cut)
    return [
        {"stage": stage, "picture": saw_path(layout.stock, number, stage), "cuts": cuts}
        for stage, cuts in sorted(stages.items())
    ]


def _offcut(outline: Outline, stock: StockSheet, weight: float) -> dict[str, Any]:
    """What is left of a sheet, in a frame of its own; `at` is its lower left corner on the sheet."""
    x0, y0, x1, y1 = outline.bounds
    area = abs(outline.area)
    return {
        "outline": [[x - x0, y - y0] for x, y in outline.points(CHORD, "inside")],
        "at": [x0, y0],
        "size": [x1 - x0, y1 - y0],
        "grain": stock.grain,
        "area": area,
        "mass": area * weight,
    }


def _bar_good(bars: BarPlan, workshop: Workshop) -> dict[str, Any]:
    return {
        "bar": bars.bar,
        "title": workshop.bar(bars.bar).title,
        "bars": len(bars.layouts),
        "lower_bound": bars.lower_bound,
        "gap": bars.gap,
        "proven_optimal": bars.proven_optimal,
    }


def _bars(order: CutOrder, workshop: Workshop, plan: CutPlan) -> Iterator[dict[str, Any]]:
    plans = {bars.bar: bars for bars in plan.bars}
    for task in order.bars:
        stocks = {stock.key: stock for stock in task.stock}
        good = workshop.bar(task.bar)
        weight = good.material.density * good.section * 1e-9  # kg/mm
        for number, layout in enumerate(plans[task.bar].layouts, 1):
            stock = stocks[layout.stock]
            yield {
                "number": number,
                "title": good.title,
                "bar": task.bar,
                "picture": bars_path(task.bar),
                "stock": stock.key,
                "kind": stock.kind,
                "at_hand": stock.is_at_hand,
                "length": stock.length,
                "price": f"{stock.price:.2f}",
                "pieces": [list(piece) for piece in layout.pieces],
                "rest": layout.rest,
                "rest_mass": layout.rest * weight,
                "keep": layout.rest >= KEPT_REST,
            }
