# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How well and how fast bars are planned, on the instances of a folder given as argument.

    python benchmarks/bars.py FOLDER [--seconds 5]

FOLDER holds linear10.json. Each instance is planned on bars of its one length, then with some offcuts beside
them, then with offcuts and a second length. Cost is mm of new bars and a hundredth of mm of offcuts.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from csmkit.model import BarInstance, BarPiece, BarPlan, StockBar
from csmkit.nest.bars.lengths import first_fit, lengths_of
from csmkit.nest.linear import plan_bars

OFFCUTS = 8  # a rack of a small workshop
SHORTER = 2 / 3  # the second length against the first


def bar_instance(data: dict[str, Any]) -> BarInstance:
    """One instance of linear10.json."""
    pieces = tuple(
        BarPiece("linear10", f"p{k}", "bar", float(length), count)
        for k, (length, count) in enumerate(zip(data["lengths"], data["qty"], strict=True))
    )
    stock = StockBar("bar", "bar", float(data["stock"]), Decimal(10), None, "bar", "benchmark")
    return BarInstance("bar", pieces, (stock,), float(data["kerf"]), 0.0)


def kinds_of_stock(instance: BarInstance, seed: int) -> Iterator[tuple[str, BarInstance]]:
    """The instance as it is, with offcuts, and with offcuts and two lengths."""
    draw = random.Random(seed)
    bar = instance.stock[0]
    offcuts = tuple(
        replace(bar, key=f"offcut-{k}", length=float(draw.randint(300, 3500)), quantity=1, kind="offcut")
        for k in range(OFFCUTS)
    )
    shorter = replace(bar, key="shorter", length=bar.length * SHORTER, price=bar.price * 2 / 3)
    yield "one length", instance
    yield "offcuts", replace(instance, stock=(bar, *offcuts))
    yield "offcuts, two lengths", replace(instance, stock=(bar, shorter, *offcuts))


def cost_of(instance: BarInstance, plan: BarPlan) -> float:
    """What the plan's bars cost together."""
    cost = dict(zip((s.key for s in instance.stock), lengths_of(instance).cost, strict=True))
    return sum(cost[layout.stock] for layout in plan.layouts)


def main() -> None:
    """Print one line an instance, and sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    args = parser.parse_args()
    data = json.loads((args.folder / "linear10.json").read_text(encoding="utf-8"))["instances"]
    print(
        f"{'stock':22} {'no':>2} {'pieces':>6} {'bars':>5} {'ours':>9} {'bound':>9} {'gap':>8} {'s':>6}"
        f" {'first fit':>10}"
    )
    for number in range(len(data)):
        for name, instance in kinds_of_stock(bar_instance(data[number]), number):
            begin = time.perf_counter()
            plan = plan_bars(instance, seed=0, time_limit_s=args.seconds, say=print)
            took = time.perf_counter() - begin
            numbers = lengths_of(instance)
            ours = cost_of(instance, plan)
            simple = numbers.cost_of(first_fit(numbers).cuts) / ours - 1
            bound, gap = "", ""
            if plan.gap is not None:
                bound, gap = f"{ours / (1 + plan.gap):.2f}", "proven" if plan.gap == 0 else f"{plan.gap:.4%}"
            count = sum(p.quantity for p in instance.pieces)
            print(
                f"{name:22} {number:>2} {count:>6} {len(plan.layouts):>5} {ours:>9.2f} {bound:>9} {gap:>8} "
                f"{took:>6.2f} {simple:>+10.1%}",
                flush=True,
            )


if __name__ == "__main__":
    main()
