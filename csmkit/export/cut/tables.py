# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables of a cut order: the lists of single kits with the kit in the first column, and what is left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from csmkit.export.csv_tables import CUT_LIST, DRILL_TABLE, Cell, csv_table, cut_row, drill_rows
from csmkit.model import Workshop
from csmkit.model.cut_order import OrderedKit


def cut_lists_csv(
    kits: Sequence[OrderedKit], workshop: Workshop, remaining: Mapping[str, Sequence[str]]
) -> bytes:
    """cut-list.csv of several kits.

    Args:
        remaining: of sawn parts, by "kit/part": what is left for jigsaw, drill or router.
    """
    rows = []
    for kit in kits:
        for part in kit.facts.parts:
            if part.is_cut:
                left = "; ".join(remaining.get(f"{kit.name}/{part.name}", ()))
                rows.append([kit.name, *cut_row(part, workshop, kit.steps), *([left] if remaining else [])])
    return csv_table(["kit", *CUT_LIST, *(["remaining_work"] if remaining else [])], rows)


def drill_tables_csv(kits: Sequence[OrderedKit]) -> bytes:
    """drill-table.csv of several kits."""
    rows = [[kit.name, *row] for kit in kits for part in kit.facts.parts for row in drill_rows(part)]
    return csv_table(["kit", *DRILL_TABLE], rows)


def shopping_list_csv(plan: Mapping[str, Any]) -> bytes:
    """shopping.csv of several kits, from plan.json: which kits need it comes first."""
    header = ["kit", "item", "title", "units", "unit", f"price_{plan['currency']}", "source"]
    names = ("item", "title", "units", "unit", "price", "source")
    return csv_table(header, [[" ".join(r["kits"]), *(r[n] for n in names)] for r in plan["shopping"]])


def offcuts_csv(plan: Mapping[str, Any]) -> bytes:
    """offcuts.csv, from plan.json: what is worth keeping of sheets and bars."""
    header = ["from", "sheet", "stock", "length_mm", "width_mm", "grain", "area_m2", "mass_kg"]
    rows: list[list[Cell]] = [
        [
            sheet["stock"],
            sheet["number"],
            sheet["sheet"],
            round(offcut["size"][0], 1),
            round(offcut["size"][1], 1),
            {"x": "length", "y": "width", None: ""}[offcut["grain"]],
            round(offcut["area"] / 1e6, 4),
            round(offcut["mass"], 3),
        ]
        for sheet in plan["sheets"]
        for offcut in sheet["offcuts"]
    ]
    rows += [
        [
            bar["stock"],
            bar["number"],
            bar["bar"],
            round(bar["rest"], 1),
            "",
            "length",
            "",
            round(bar["rest_mass"], 3),
        ]
        for bar in plan["bars"]
        if bar["keep"]
    ]
    return csv_table(header, rows)
