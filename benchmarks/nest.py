# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How well and how fast sheets are planned, on the instances of a folder given as argument.

    python benchmarks/nest.py FOLDER [--seconds 10 20] [--engines packingsolver spyrrow rectpack] [--kits 1 2]

FOLDER holds plykit60.json. Scores are equivalent sheets: lower is better. Bars: benchmarks/bars.py.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from csmkit.model import (
    CutItem,
    CutRules,
    Feature,
    FlatPattern,
    Nesting,
    NestInstance,
    Outline,
    Pose,
    Region,
    StockSheet,
)
from csmkit.nest.candidate import Effort
from csmkit.nest.engines.attempt import isolated
from csmkit.nest.irregular import ENGINES, best_proven, installed, plan

THICKNESS = 12.0


def sheet_instance(data: dict[str, Any], kits: int) -> NestInstance:
    """The instance of a file in the form of plykit60.json."""
    items = []
    for part in data["parts"]:
        holes = tuple(
            Feature("hole", "top", THICKNESS, Region(Outline.polygon(h)), True) for h in part["holes"]
        )
        grain: Literal["x"] | None = "x" if part["grain"] == "along" else None
        pattern = FlatPattern(Outline.polygon(part["outer"]), holes, THICKNESS, grain, Pose())
        items.append(CutItem("plykit60", part["name"], "ply-12", pattern, part["qty"] * kits))
    outline = Outline.rectangle(0, 0, *data["sheet"])
    stock = StockSheet("ply-12-sheet", "ply-12", outline, Decimal(60), None, "sheet", "x", (), "benchmark")
    return NestInstance("ply-12", tuple(items), (stock,), CutRules(data["spacing"], data["border"]))


def mixed_instance(data: dict[str, Any]) -> NestInstance:
    """The parts of plykit60.json with two offcuts and two sizes of sheets in the rack."""
    plain = sheet_instance(data, 1)
    ell = Outline.polygon([(0, 0), (1400, 0), (1400, 450), (600, 450), (600, 1100), (0, 1100)])
    sheet = plain.stock[0]
    stock = (
        sheet,
        replace(sheet, key="ply-12-square", outline=Outline.rectangle(0, 0, 1500, 1500), price=Decimal(45)),
        replace(
            sheet,
            key="ply-12-offcut-1",
            outline=Outline.rectangle(0, 0, 1200, 800),
            kind="offcut",
            quantity=1,
            price=Decimal(0),
        ),
        replace(sheet, key="ply-12-offcut-2", outline=ell, kind="offcut", quantity=1, price=Decimal(0)),
    )
    return replace(plain, stock=stock)


def mixed_line(nesting: Nesting, instance: NestInstance) -> str:
    """Used area against the bound, in all and of new sheets alone."""
    reference = max(s.outline.area for s in instance.stock)
    stock = {s.key: s for s in instance.stock}
    offcuts = sum(stock[x.stock].outline.area for x in nesting.layouts if stock[x.stock].kind == "offcut")
    had = sum(s.outline.area for s in instance.stock if s.kind == "offcut")
    used, bound = nesting.equivalent_sheets * reference, nesting.lower_bound * reference
    return (
        f"mixed stock: {used / 1e6:.3f} m² used, {used / bound:.3f} x the bound; of new sheets "
        f"{(used - offcuts) / 1e6:.3f} m², {(used - offcuts) / (bound - had):.3f} x what the offcuts leave; "
        f"opened {', '.join(layout.stock for layout in nesting.layouts)}"
    )


def main() -> None:
    """Print one line a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, nargs="+", default=[10.0])
    parser.add_argument("--engines", nargs="+", default=list(installed()), choices=list(ENGINES))
    parser.add_argument("--kits", type=int, nargs="+", default=[1])
    parser.add_argument("--by-clock", action="store_true", help="stop by the clock instead of by work")
    args = parser.parse_args()
    data = json.loads((args.folder / "plykit60.json").read_text())
    for kits in args.kits:
        instance = sheet_instance(data, kits)
        for engine in args.engines:
            for seconds in args.seconds:
                begin, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
                attempt = isolated(ENGINES[engine], instance, Effort(0, seconds, not args.by_clock))
                took = time.perf_counter() - begin
                cpu = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - used
                best = best_proven(instance, attempt.candidates, engine, print)
                score = f"{best.equivalent_sheets:.3f}" if best else "none"
                bound = f"{best.lower_bound:.3f}" if best else ""
                print(
                    f"plykit60 x{kits} {engine:14} limit {seconds:4.0f} s: {score} (bound {bound}) "
                    f"in {took:.1f} s, {cpu:.1f} s of processor {attempt.trouble}",
                    flush=True,
                )
    for seconds in args.seconds:
        instance = mixed_instance(data)
        nesting = plan(instance, seed=0, time_limit_s=seconds, repeatable=not args.by_clock, say=print)
        print(f"limit {seconds:4.0f} s: {mixed_line(nesting, instance)}", flush=True)


if __name__ == "__main__":
    main()
