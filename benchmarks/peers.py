# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Our cut plans beside those of other open tools, on the same instances, in one run.

    python -m benchmarks.peers FOLDER [--only plykit kits mixed strips many] [--seconds 60]

FOLDER holds plykit60.json and esicup/. Scores are equivalent sheets (full sheets + used length of the last);
of strips, the density in percent. Each plan is proven by nest/verify; one that does not hold counts as none.
Methods run one after the other, so that each has the whole machine; `s` is what they took by the clock.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.nest import mixed_instance, mixed_line, sheet_instance
from csmkit.build import Builder, Store
from csmkit.design.find import find_kits
from csmkit.errors import CsmError
from csmkit.model import (
    CutItem,
    CutRules,
    FlatPattern,
    Nesting,
    NestInstance,
    Outline,
    Pose,
    StockSheet,
)
from csmkit.model.data import load
from csmkit.nest.candidate import Effort
from csmkit.nest.engines.attempt import isolated
from csmkit.nest.irregular import best_proven, plan
from csmkit.pipeline import Request, flow

ROOT = Path(__file__).parents[1]
PEERS = {
    "packingsolver as it is": "benchmarks.peer_engines:Packingsolver",
    "spyrrow by sheets": "benchmarks.peer_engines:Spyrrow",
    "rectpack (boxes)": "csmkit.nest.engines.rectpack:Rectpack",
    "first-fit decreasing": "benchmarks.peer_engines:Shelves",
}
Row = tuple[str, str, str, str, str]


def ours(instance: NestInstance, seconds: float) -> Nesting | None:
    """Our plan by the clock, as `csm cut --time` makes it."""
    try:
        return plan(instance, seed=0, time_limit_s=seconds, repeatable=False, say=print)
    except CsmError as error:
        print(f"csmkit: {error}")
        return None


def peer(place: str) -> Callable[[NestInstance, float], Nesting | None]:
    """A peer's best plan that holds."""

    def solve(instance: NestInstance, seconds: float) -> Nesting | None:
        attempt = isolated(place, instance, Effort(0, seconds, repeatable=False))
        return best_proven(instance, attempt.candidates, place.rpartition(":")[2])

    return solve


def compared(
    title: str, instance: NestInstance, seconds: float, show: Callable[[Nesting], str]
) -> Iterator[Row]:
    """One row a method: ours first, then the peers."""
    methods = {"csmkit": ours, **{name: peer(place) for name, place in PEERS.items()}}
    for name, solve in methods.items():
        begin = time.perf_counter()
        nesting = solve(instance, seconds)
        took = time.perf_counter() - begin
        if nesting is None or nesting.unplaced:
            yield (title, name, "none", "", f"{took:.0f}")
            continue
        yield (title, name, show(nesting), f"{len(nesting.layouts)}", f"{took:.0f}")


def equivalent(nesting: Nesting) -> str:
    """The score and the bound."""
    return f"{nesting.equivalent_sheets:.3f} (bound {nesting.lower_bound:.3f})"


def plykit(folder: Path, seconds: float) -> Iterator[Row]:
    """The plywood kit of 73 parts, once and twice."""
    data = json.loads((folder / "plykit60.json").read_text())
    for kits in (1, 2):
        yield from compared(f"plykit60 × {kits}", sheet_instance(data, kits), seconds, equivalent)


def kits(folder: Path, seconds: float) -> Iterator[Row]:
    """The repository's kits: every preset, every sheet good, 20 s at most."""
    for title, instance in kit_instances():
        yield from compared(title, instance, min(seconds, 20), equivalent)


def kit_instances() -> Iterator[tuple[str, NestInstance]]:
    """What has to be cut for each preset of each kit."""
    with tempfile.TemporaryDirectory() as cache, Builder(Store(Path(cache))) as builder:
        for manifest in find_kits([ROOT / "designs"]):
            for preset in manifest.presets:
                made = flow.design(builder, Request(manifest, preset.key))
                [cut] = builder.run([flow.instances(made, flow.gather(made))])
                for name in sorted(n for n in cut.files if n.startswith("sheets/")):
                    instance = load(NestInstance, cut.read(name))
                    yield f"{manifest.key} {preset.key}, {instance.sheet}", instance


def mixed(folder: Path, seconds: float) -> Iterator[Row]:
    """Two offcuts, sheets of 1500 × 1500 and 2440 × 1220: area that is used against the bound."""
    instance = mixed_instance(json.loads((folder / "plykit60.json").read_text()))
    yield from compared("mixed stock", instance, seconds, lambda n: mixed_line(n, instance))


def strips(folder: Path, seconds: float) -> Iterator[Row]:
    """Strip packing of the literature: density in percent, at 30 s, beside the published mean of 1200 s."""
    published = _published(folder / "sparrow_paper_table.csv")
    for path in sorted((folder / "esicup").glob("*.json")):
        data = json.loads(path.read_text())
        instance, scale = strip_instance(data)
        area = sum(i.pattern.outline.area * i.quantity for i in instance.items)
        height = data["strip_height"] * scale
        length = instance.stock[0].size[0]

        def show(nesting: Nesting, area: float = area, height: float = height, length: float = length) -> str:
            return f"{area / (nesting.equivalent_sheets * length * height) * 100:.1f} %"

        name = "shapes1" if path.stem == "shapes0" else path.stem
        title = f"{name} (published mean {published[name]:.1f} %)"
        yield from compared(title, instance, min(seconds, 30), show)


def strip_instance(data: dict[str, Any]) -> tuple[NestInstance, float]:
    """A strip as one sheet that is long enough for all; scaled to about a metre of height.

    Grain is how our parts say which turns they may make: none, or 0 and 180 degrees. So shapes0, whose parts
    lie one way only, becomes the literature's shapes1, the same shapes with both ways.

    Returns: the instance, and mm for each unit of the file.
    """
    scale = 1000.0 / data["strip_height"]
    items, area = [], 0.0
    for row in data["items"]:
        points = [(x * scale, y * scale) for x, y in row["shape"]["data"]]
        x0, y0 = min(p[0] for p in points), min(p[1] for p in points)
        corners = [(x - x0, y - y0) for x, y in points]
        outline = Outline.polygon(corners[:-1] if corners[0] == corners[-1] else corners).counter_clockwise()
        grain = None if 90.0 in row["allowed_orientations"] else "x"
        pattern = FlatPattern(outline, (), 1.0, grain, Pose())  # type: ignore[arg-type]
        items.append(CutItem(data["name"], f"p{row['id']}", "strip", pattern, row.get("demand", 1)))
        area += outline.area * items[-1].quantity
    sheet = Outline.rectangle(0, 0, round(area / 1000.0 * 2.5), 1000.0)
    stock = StockSheet("strip", "strip", sheet, Decimal(1), None, "sheet", "x", (), "benchmark")
    return NestInstance("strip", tuple(items), (stock,), CutRules(0.0, 0.0)), scale


def _published(path: Path) -> dict[str, float]:
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {Path(r["Path"]).name.split(".")[0]: float(r["Sparrow E"].split("±")[0]) for r in rows}


def many(folder: Path, seconds: float) -> Iterator[Row]:
    """Twenty trailers at once: our plan, its time and its memory."""
    for title, instance in kit_instances():
        if not title.startswith("bike-trailer default"):
            continue
        items = tuple(replace(i, quantity=20 * i.quantity) for i in instance.items)
        large = replace(instance, items=items)
        begin = time.perf_counter()
        nesting = ours(large, seconds)
        took = time.perf_counter() - begin
        memory = max(
            resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        count = sum(i.quantity for i in items)
        score = equivalent(nesting) if nesting and not nesting.unplaced else "none"
        yield (f"20 × {title}: {count} parts", "csmkit", score, f"{memory / 1e6:.2f} GB", f"{took:.0f}")


SECTIONS = {"plykit": plykit, "kits": kits, "mixed": mixed, "strips": strips, "many": many}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=list(SECTIONS), default=list(SECTIONS))
    parser.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    print("| instance | method | result | sheets | s |\n|---|---|---|---|---|")
    for name in asked.only:
        for row in SECTIONS[name](asked.folder, asked.seconds):
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
