# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""One page with a whole cut plan, for the phone in the workshop and for paper.

It is made from plan.json and the pictures alone, holds everything in itself and needs no script.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from csmkit.export.cut.words import Row, bar_verdict, counted, joined, opened, verdict

TEMPLATES = Path(__file__).parent / "templates"
PAPERS: Mapping[str, str] = MappingProxyType(
    {
        "setup-sheet.pdf": "for the machine: a page for each clamping; the programs lie in gcode/",
        "labels.pdf": "a label for each part, 24 of 70 × 37 mm on A4, in the order in which parts come off",
        "cut-list.csv": "the cut list as a table",
        "drill-table.csv": "round holes with their places, for a drill press or by hand",
        "shopping.csv": "what to buy, as a table",
        "offcuts.csv": "what is left and worth keeping, as a table",
        "plan.json": "everything on this page, as data",
    }
)


def cut_page(plan: Row, files: Mapping[str, bytes]) -> bytes:
    """index.html.

    Args:
        plan: plan.json.
        files: the pictures that the plan names, and all other files that the page should link to.
    """
    stocks = {row["stock"] for row in (*plan["sheets"], *plan["bars"])}
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    environment.filters |= {"mm": _mm, "counted": counted}
    page = environment.get_template("cut.html.j2").render(
        plan=plan,
        title=joined([_kit_title(kit) for kit in plan["kits"]]),
        css=Markup((TEMPLATES / "cut.css").read_text("utf-8")),
        stock=opened(plan),
        parts=sum(part["quantity"] for part in plan["parts"]),
        yield_=_yield(plan),
        several=len(plan["kits"]) > 1,
        goods=[_good(good, plan) for good in plan["goods"]],
        bars=_bars(plan),
        rests=_rests(plan),
        to_buy=[line for line in plan["shopping"] if line["item"] in stocks],
        bought=[line for line in plan["shopping"] if line["item"] not in stocks],
        at_hand=_at_hand(plan),
        has_steps=any(part["steps"] for part in plan["parts"]),
        has_edges=any(part["edges"] for part in plan["parts"]),
        has_notes=any(part["note"] for part in plan["parts"]),
        work=[part for part in plan["parts"] if part["remaining"]],
        kits_with_params=[kit for kit in plan["kits"] if kit["params"]],
        pictures={path: Markup(data.decode()) for path, data in files.items() if path.endswith(".svg")},
        lies=_lies(plan),
        papers=[(path, text) for path, text in PAPERS.items() if path in files],
        folders=[
            (folder, list(same)) for folder, same in groupby(sorted(files, key=_natural), _folder) if folder
        ],
    )
    return page.encode()


def _kit_title(kit: Row) -> str:
    times = f"{kit['quantity']} × " if kit["quantity"] > 1 else ""
    preset = f" ({kit['preset']})" if kit["preset"] not in ("", "default") else ""
    return f"{times}{kit['title']}{preset}"


def _yield(plan: Row) -> float | None:
    """Share of all opened sheets that becomes parts, offcuts to keep not counted; None without sheets."""
    areas = {s["file"]: s["area"] for s in plan["sheets"]}
    if not areas:
        return None
    return float(sum(s["yield"] * s["area"] for s in plan["sheets"]) / sum(areas.values()))


def _good(good: Row, plan: Row) -> dict[str, Any]:
    longest = max(max(sheet["size"]) for sheet in plan["sheets"])
    rows = [
        {**sheet, "share": round(100 * max(sheet["size"]) / longest)}
        for sheet in plan["sheets"]
        if sheet["sheet"] == good["sheet"]
    ]
    kept = [offcut for sheet in rows for offcut in sheet["offcuts"]]
    area = sum(offcut["area"] for offcut in kept) / 1e6
    return {
        **good,
        "rows": rows,
        "noun": lambda sheet: "Offcut" if sheet["kind"] == "offcut" else "Sheet",
        "opened": opened({"sheets": rows, "bars": ()}),
        "words": f"needs {good['equivalent_sheets']:.2f} sheets, {verdict(good)}",
        "offcuts": f"{counted(len(kept), 'offcut')} to keep, {area:.2f} m²" if kept else "",
    }


def _bars(plan: Row) -> list[dict[str, Any]]:
    goods = {good["bar"]: good for good in plan["bar_goods"]}
    return [
        {
            "title": rows[0]["title"],
            "picture": rows[0]["picture"],
            "rows": rows,
            "verdict": bar_verdict(goods[rows[0]["bar"]]),
        }
        for _, same in groupby(plan["bars"], key=lambda row: row["bar"])
        if (rows := list(same))
    ]


def _rests(plan: Row) -> list[dict[str, Any]]:
    """What to keep, of sheets and of bars."""
    rests = [
        {
            **offcut,
            "good": sheet["sheet"],
            "origin": f"sheet {sheet['number']}",
            "area": f"{offcut['area'] / 1e6:.2f}",
        }
        for sheet in plan["sheets"]
        for offcut in sheet["offcuts"]
    ]
    return rests + [
        {
            "good": bar["bar"],
            "origin": f"bar {bar['number']}",
            "size": [bar["rest"]],
            "grain": "x",
            "area": "",
            "mass": bar["rest_mass"],
        }
        for bar in plan["bars"]
        if bar["keep"]
    ]


def _at_hand(plan: Row) -> list[str]:
    """What the plan takes of the workshop's own stock."""
    taken: Sequence[Row] = [*plan["sheets"], *plan["bars"]]
    counts = Counter(row["stock"] for row in taken if row["at_hand"])
    return [f"{n} × {key}" for key, n in sorted(counts.items())]


def _lies(plan: Row) -> list[dict[str, str]]:
    """Which sheets hold the parts of each single kit; nothing where there is but one kit or one sheet."""
    names = {
        (kit["kit"], n): f"{kit['kit']} {n} of {kit['quantity']}"
        for kit in plan["kits"]
        for n in range(1, kit["quantity"] + 1)
    }
    if len(names) < 2 or len(plan["sheets"]) < 2:
        return []
    copies = {part["name"]: part["quantity"] for part in plan["parts"]}
    made = {kit["kit"]: kit["quantity"] for kit in plan["kits"]}
    found: dict[tuple[str, int], dict[str, set[int]]] = {key: {} for key in names}
    for sheet in plan["sheets"]:
        for item in sheet["items"]:
            each = copies[item["name"]] // made[item["kit"]]
            for copy in item["copies"]:
                goods = found[item["kit"], (copy - 1) // each + 1]
                goods.setdefault(sheet["sheet"], set()).add(sheet["number"])
    return [
        {"name": names[key] if made[key[0]] > 1 else key[0], "where": "; ".join(map(_where, goods.items()))}
        for key, goods in found.items()
        if goods
    ]


def _where(good: tuple[str, set[int]]) -> str:
    sheet, numbers = good
    return f"{sheet}: sheet{'s' if len(numbers) > 1 else ''} {', '.join(map(str, sorted(numbers)))}"


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _natural(path: str) -> list[tuple[bool, int, str]]:
    """Order in which sheet 2 comes before sheet 10."""
    return [(word.isdigit(), int(word) if word.isdigit() else 0, word) for word in re.split(r"(\d+)", path)]


def _mm(value: float) -> str:
    """A length to a tenth of a millimetre, as short as it can be."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
