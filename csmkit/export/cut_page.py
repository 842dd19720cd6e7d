# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""One page with a whole cut plan, for the phone in the workshop and for paper.

It is made from plan.json and the pictures alone, holds everything in itself and needs no script.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from csmkit.export.cut_words import Row, counted, joined, opened, verdict

TEMPLATES = Path(__file__).parent / "templates"


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
        offcuts_used=_used(plan),
        has_steps=any(part["steps"] for part in plan["parts"]),
        has_edges=any(part["edges"] for part in plan["parts"]),
        has_notes=any(part["note"] for part in plan["parts"]),
        has_work=plan["for"] == "saw",
        kits_with_params=[kit for kit in plan["kits"] if kit["params"]],
        pictures={path: Markup(data.decode()) for path, data in files.items() if path.endswith(".svg")},
        paths=sorted(files),
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
    rows = [sheet for sheet in plan["sheets"] if sheet["sheet"] == good["sheet"]]
    kept = [offcut for sheet in rows for offcut in sheet["offcuts"]]
    area = sum(offcut["area"] for offcut in kept) / 1e6
    return {
        **good,
        "rows": rows,
        "noun": lambda sheet: "Offcut" if sheet["kind"] == "offcut" else "Sheet",
        "opened": opened({"sheets": rows, "bars": ()}),
        "words": verdict(good),
        "offcuts": f"{counted(len(kept), 'offcut')} to keep, {area:.2f} m²" if kept else "",
    }


def _bars(plan: Row) -> list[dict[str, Any]]:
    return [
        {"title": rows[0]["title"], "picture": rows[0]["picture"], "rows": rows}
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


def _used(plan: Row) -> list[str]:
    """Offcuts of the shelf that the plan uses up."""
    taken: Sequence[Row] = [*plan["sheets"], *plan["bars"]]
    counts = Counter(row["stock"] for row in taken if row["kind"] == "offcut")
    return [f"{n} × {key}" for key, n in sorted(counts.items())]


def _mm(value: float) -> str:
    """A length to a tenth of a millimetre, as short as it can be."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
