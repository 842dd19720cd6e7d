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
from csmkit.export.book.words import Words
from csmkit.export.language.language import N_

CLASSES = {
    "cut": N_("Cut from sheets"),
    "bar": N_("Sawn from bars"),
    "printed": N_("Printed"),
    "cast": N_("Cast"),
    "bought": N_("Bought"),
    "bulk": N_("By weight, volume or length"),
}
GRAINS = {"x": N_("along"), "y": N_("across")}
PROCESSES = {  # that a cut list names; router and saw are the usual ones
    "laser": N_("laser"),
    "plasma": N_("plasma"),
    "print": N_("print"),
    "cast": N_("cast"),
    "carve": N_("carve"),
    "mill": N_("mill"),
    "hand": N_("hand"),
}
SIDES = {"top": N_("top"), "bottom": N_("bottom")}  # from which a hole is drilled


def tools(kit: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """Every tool of the steps in the order in which it is first taken, with the steps' numbers."""
    steps: dict[str, list[int]] = {}
    for n, step in enumerate(kit["assembly"]["steps"], 1):
        for tool in step["tools"]:
            steps.setdefault(tool, []).append(n)
    return [
        {
            "tool": tool,
            "steps": words.ngettext("step %(numbers)s", "steps %(numbers)s", len({*found}))
            % {"numbers": runs(found)},
        }
        for tool, found in steps.items()
    ]


def runs(numbers: list[int]) -> str:
    """Numbers with their runs: "1, 3–6"."""
    found = []
    for _, run in groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        dash = ", " if len(members) == 2 else "–"
        found.append(f"{members[0]}" + (f"{dash}{members[-1]}" if len(members) > 1 else ""))
    return ", ".join(found)


def shopping(kit: Mapping[str, Any], thumbs: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """What to buy, in whole sheets, bars and packs, with the sum."""
    needed = {
        line["item"]: words.amount(line["quantity"], line["unit"]) for line in kit["bom"] if line["unit"]
    }
    rows = [
        {
            "title": line["title"],
            "item": words.name(line["item"]) if line["item"] != line["title"] else "",
            "units": words.figure(line["units"], ""),
            "unit": line["unit"],
            "needed": needed.get(line["item"], ""),
            "price": words.decimals(line["price"]),
            "picture": thumbs.get(line["item"]),
        }
        for line in kit["shopping"]
    ]
    total = sum((Decimal(line["price"]) for line in kit["shopping"]), Decimal(0))
    return {"rows": rows, "total": words.decimals(str(total)), "currency": kit["price"]["currency"]}


def bill(kit: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """The bill of materials by class."""
    groups = [
        {
            "title": words.word(CLASSES[subtotal["kind"]]),
            "mass": words.kg(subtotal["mass"]),
            "price": words.decimals(subtotal["price"]),
            "rows": [_billed(line, words) for line in kit["bom"] if line["kind"] == subtotal["kind"]],
        }
        for subtotal in kit["subtotals"]
    ]
    price = kit["price"]
    return {
        "groups": groups,
        "mass": words.kg(kit["mass"]),
        "assumed": any(line["assumed"] for line in kit["bom"]),
        "lines": [
            {"name": line["name"], "amount": words.decimals(line["amount"])} for line in price["lines"]
        ],
        "total": words.decimals(price["total"]),
        "currency": price["currency"],
    }


def _billed(line: Mapping[str, Any], words: Words) -> dict[str, str]:
    name = words.name(line["item"])
    return {
        "item": name,
        "original": words.original(line["item"]),
        "title": line["title"] if line["title"] != line["item"] else "",
        "quantity": words.amount(line["quantity"], line["unit"]),
        "size": "" if name.endswith(line["size"]) else words.size(line["size"]),
        "mass": words.kg(line["mass"]),
        "price": words.decimals(line["price"]) + ("*" if line["assumed"] else ""),
    }


def cut_list(kit: Mapping[str, Any], pages: Mapping[str, str], words: Words) -> list[dict[str, Any]]:
    """Every made part by the stock that it comes from.

    Args:
        pages: the label of each part's drawing.
    """
    goods = dict.fromkeys(part["stock"] for part in kit["parts"])
    return [_good([p for p in kit["parts"] if p["stock"] == stock], pages, words) for stock in goods]


def _good(parts: list[Mapping[str, Any]], pages: Mapping[str, str], words: Words) -> dict[str, Any]:
    return {
        "title": parts[0]["stock_title"],
        "stock": parts[0]["stock"],
        "rows": [
            {
                "part": words.name(part["name"]),
                "original": words.original(part["name"]),
                "quantity": part["quantity"],
                "size": words.mm(part["size"]),
                "grain": words.word(GRAINS[part["grain"]]) if part["grain"] else "",
                "how": _how(part, words),
                "steps": runs(part["steps"]),
                "label": pages.get(part["name"], ""),
            }
            for part in parts
        ],
    }


def _how(part: Mapping[str, Any], words: Words) -> str:
    """What the saw or the machine must know: sides, mitres, holes."""
    said = [
        words.gettext("from both sides") if part["is_two_sided"] else "",
        part["work"],
        words.word(PROCESSES.get(part["process"], "")),
    ]
    return ", ".join(filter(None, said))


def drill_tables(data: bytes, most: int, words: Words) -> dict[str, Any]:
    """Round holes by part, of drill-table.csv; with more rows than `most` only their number."""
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))
    if len(rows) > most:
        return {"count": len(rows), "parts": []}
    parts = [
        {
            "part": words.name(part),
            "original": words.original(part),
            "rows": [_drilled(row, words) for row in found],
        }
        for part, found in groupby(rows, key=lambda row: row["part"])
    ]
    return {"count": len(rows), "parts": parts}


def _drilled(row: Mapping[str, str], words: Words) -> dict[str, str]:
    if row["through"] == "yes":
        deep = words.gettext("through")
    else:
        deep = f"{words.decimals(row['depth_mm'])} {words.word(SIDES.get(row['side'], row['side']))}"
    return {
        "name": row["feature"],
        "x": words.decimals(f"{float(row['x_mm']):.1f}"),
        "y": words.decimals(f"{float(row['y_mm']):.1f}"),
        "diameter": words.decimals(row["diameter_mm"]),
        "deep": deep,
    }


def limit_rows(kit: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """Every limit with what it was computed from."""
    return [
        {
            "name": limit["name"],
            "value": words.figure(limit["value"], limit["unit"]),
            "bound": bound(limit, words),
            "formula": limit["formula"],
            "source": limit["source"],
        }
        for limit in kit["limits"]
    ]
