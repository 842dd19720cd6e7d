# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The book's lists: tools, shopping, bill of materials, what to cut and drill, limits."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from io import StringIO
from itertools import groupby
from typing import Any

from csmkit.export.book.cover import bound
from csmkit.export.book.words import amount, figure, kg, mm

CLASSES = {
    "cut": "Cut from sheets",
    "bar": "Sawn from bars",
    "printed": "Printed",
    "cast": "Cast",
    "bought": "Bought",
    "bulk": "By weight, volume or length",
}
GRAINS = {"x": "along", "y": "across"}


def tools(kit: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every tool of the steps in the order in which it is first taken, with the steps' numbers."""
    steps: dict[str, list[int]] = {}
    for n, step in enumerate(kit["assembly"]["steps"], 1):
        for tool in step["tools"]:
            steps.setdefault(tool, []).append(n)
    return [{"tool": tool, "steps": runs(found)} for tool, found in steps.items()]


def runs(numbers: list[int]) -> str:
    """Numbers with their runs: "1, 3–6"."""
    found = []
    for _, run in groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        dash = ", " if len(members) == 2 else "–"
        found.append(f"{members[0]}" + (f"{dash}{members[-1]}" if len(members) > 1 else ""))
    return ", ".join(found)


def shopping(kit: Mapping[str, Any], thumbs: Mapping[str, Any]) -> dict[str, Any]:
    """What to buy, in whole sheets, bars and packs, with the sum."""
    needed = {line["item"]: amount(line["quantity"], line["unit"]) for line in kit["bom"] if line["unit"]}
    rows = [
        {
            "title": line["title"],
            "item": line["item"] if line["item"] != line["title"] else "",
            "units": f"{line['units']:g}",
            "unit": line["unit"],
            "needed": needed.get(line["item"], ""),
            "price": line["price"],
            "picture": thumbs.get(line["item"]),
        }
        for line in kit["shopping"]
    ]
    total = sum((Decimal(line["price"]) for line in kit["shopping"]), Decimal(0))
    return {"rows": rows, "total": str(total), "currency": kit["price"]["currency"]}


def bill(kit: Mapping[str, Any]) -> dict[str, Any]:
    """The bill of materials by class."""
    groups = [
        {
            "title": CLASSES[subtotal["kind"]],
            "mass": kg(subtotal["mass"]),
            "price": subtotal["price"],
            "rows": [
                {
                    "item": line["item"],
                    "title": line["title"] if line["title"] != line["item"] else "",
                    "quantity": amount(line["quantity"], line["unit"]),
                    "size": "" if line["item"].endswith(line["size"]) else line["size"],
                    "mass": kg(line["mass"]),
                    "price": line["price"] + ("*" if line["assumed"] else ""),
                }
                for line in kit["bom"]
                if line["kind"] == subtotal["kind"]
            ],
        }
        for subtotal in kit["subtotals"]
    ]
    price = kit["price"]
    return {
        "groups": groups,
        "mass": kg(kit["mass"]),
        "assumed": any(line["assumed"] for line in kit["bom"]),
        "lines": [{"name": line["name"], "amount": line["amount"]} for line in price["lines"]],
        "total": price["total"],
        "currency": price["currency"],
    }


def cut_list(kit: Mapping[str, Any], pages: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every made part by the stock that it comes from.

    Args:
        pages: the label of each part's drawing.
    """
    goods = dict.fromkeys(part["stock"] for part in kit["parts"])
    return [_good([part for part in kit["parts"] if part["stock"] == stock], pages) for stock in goods]


def _good(parts: list[Mapping[str, Any]], pages: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": parts[0]["stock_title"],
        "stock": parts[0]["stock"],
        "rows": [
            {
                "part": part["name"],
                "quantity": part["quantity"],
                "size": mm(part["size"]),
                "grain": GRAINS[part["grain"]] if part["grain"] else "",
                "how": _how(part),
                "steps": runs(part["steps"]),
                "label": pages.get(part["name"], ""),
            }
            for part in parts
        ],
    }


def _how(part: Mapping[str, Any]) -> str:
    """What the saw or the machine must know: sides, mitres, holes."""
    said = [
        "from both sides" if part["is_two_sided"] else "",
        part["work"],
        part["process"] if part["process"] not in ("router", "saw") else "",
    ]
    return ", ".join(filter(None, said))


def drill_tables(data: bytes, most: int) -> dict[str, Any]:
    """Round holes by part, of drill-table.csv; with more rows than `most` only their number."""
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))
    if len(rows) > most:
        return {"count": len(rows), "parts": []}
    parts = [
        {
            "part": part,
            "rows": [
                {
                    "name": row["feature"],
                    "x": f"{float(row['x_mm']):.1f}",
                    "y": f"{float(row['y_mm']):.1f}",
                    "diameter": row["diameter_mm"],
                    "deep": "through" if row["through"] == "yes" else f"{row['depth_mm']} {row['side']}",
                }
                for row in found
            ],
        }
        for part, found in groupby(rows, key=lambda row: row["part"])
    ]
    return {"count": len(rows), "parts": parts}


def limit_rows(kit: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every limit with what it was computed from."""
    return [
        {
            "name": limit["name"],
            "value": figure(limit["value"], limit["unit"]),
            "bound": bound(limit),
            "formula": limit["formula"],
            "source": limit["source"],
        }
        for limit in kit["limits"]
    ]
