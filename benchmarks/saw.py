# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How well sheets are sawn, on the instances of guillotine6.json in a folder given as argument.

    python benchmarks/saw.py FOLDER [--seconds 20] [--methods ours shelves packingsolver rectpack opcut]

Scores are equivalent sheets, full ones and the used share of the last: lower is better. The bound is that of
areas with kerf. Every plan of ours is sawn again by verify_saw; every peer's is cut into strips as ours are,
so that each counts up to its last through cut in its better direction. opcut is installed into an environment
of its own for the run. Ours runs two seeds side by side, each with as many seconds of work.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from csmkit.model import CutItem, CutRules, FlatPattern, Nesting, NestInstance, Outline, Pose, StockSheet
from csmkit.nest.candidate import Candidate, Effort
from csmkit.nest.engines.attempt import in_process
from csmkit.nest.guillotine import SHELVES, plan_saw
from csmkit.nest.proof.saw import verify_saw
from csmkit.nest.saw.sawn import sawn
from csmkit.nest.saw.task import SawTask, cut_sheet, saw_task
from csmkit.nest.score import rank

Solve = Callable[[NestInstance, float], Nesting]
THICKNESS = 18.0
OPCUT = ("opcut==0.4.16", "hat-json==0.6.8")  # opcut's other needs are for its pages and pictures


def saw_instance(data: dict[str, Any], number: int) -> NestInstance:
    """One instance of a file in the form of guillotine6.json."""
    items = []
    for k, (x, y, quantity, keeps) in enumerate(data["instances"][number]):
        grain: Literal["x"] | None = "x" if keeps else None
        pattern = FlatPattern(Outline.rectangle(0, 0, x, y), (), THICKNESS, grain, Pose())
        items.append(CutItem("guillotine6", f"p{k}", "ply-18", pattern, quantity))
    outline = Outline.rectangle(0, 0, *data["sheet"])
    stock = StockSheet("ply-18-sheet", "ply-18", outline, Decimal(60), None, "sheet", "x", (), "benchmark")
    return NestInstance("ply-18", tuple(items), (stock,), CutRules(data["kerf"], data["trim"]))


def kerf_area(instance: NestInstance) -> float:
    """Boxes grown by the kerf over a trimmed sheet grown by it: what the scores are held against."""
    kerf, trim = instance.rules.spacing, instance.rules.edge
    length, width = (v - 2 * trim + kerf for v in instance.stock[0].size)
    sizes = ((*i.pattern.size, i.quantity) for i in instance.items)
    return sum((x + kerf) * (y + kerf) * n for x, y, n in sizes) / (length * width)


def ours(instance: NestInstance, seconds: float) -> Nesting:
    return plan_saw(instance, seed=0, time_limit_s=seconds, say=print)


def shelves(instance: NestInstance, seconds: float) -> Nesting:
    return _best(instance, in_process(SHELVES, instance, Effort(0, seconds)).candidates, "shelves")


def packingsolver(instance: NestInstance, seconds: float) -> Nesting:
    """As it is: bin packing with leftovers, three stages and unlimited, half of the time each."""
    import packingsolver.rectangleguillotine as ps

    task = saw_task(instance)
    blank = task.blanks[0]
    found = []
    for stages in (3, None):
        builder = ps.InstanceBuilder()
        builder.set_objective(ps.Objective.BinPackingWithLeftovers)
        builder.set_cut_thickness(task.kerf)
        if stages is None:
            builder.set_number_of_stages_unlimited()
        else:
            builder.set_number_of_stages(stages)
            builder.set_cut_type(ps.CutType.NonExact)
        builder.add_bin_type(*blank.size, copies=blank.copies)
        for p in task.parts:
            builder.add_item_type(*p.size, copies=p.quantity, oriented=not p.may_turn)
        parameters = ps.OptimizeParameters()
        parameters.verbosity_level = 0
        parameters.time_limit = seconds / 2
        found.append(_answer(task, ps.optimize(builder.build(), parameters).solution))
    return _best(instance, tuple(found), "packingsolver")


def _answer(task: SawTask, solution: Any) -> Candidate:
    sheets = []
    for k in range(solution.number_of_different_bins()):
        bin_ = solution.bin(k)
        spots = []
        for node in bin_.nodes:
            if node.item_type_id >= 0 and not node.children:
                turned = (node.r - node.l, node.t - node.b) != task.parts[node.item_type_id].size
                spots.append((node.item_type_id, node.l, node.b, turned))
        sheets += [cut_sheet(task, task.blanks[bin_.bin_type_id], spots)] * bin_.copies
    return tuple(sheets)


def rectpack(instance: NestInstance, seconds: float) -> Nesting:
    """Its guillotine packers, the best of three."""
    import rectpack as rp

    task = saw_task(instance)
    blank = task.blanks[0]
    found: list[Candidate] = []
    for algorithm in (rp.GuillotineBssfSas, rp.GuillotineBafSas, rp.GuillotineBlsfLas):
        # rectpack turns every box or none: the more it may, the fewer sheets, but grain forbids it
        packer = rp.newPacker(mode=rp.PackingMode.Offline, pack_algo=algorithm, rotation=False)
        for k, part in enumerate(task.parts):
            for _ in range(part.quantity):
                packer.add_rect(part.size[0] + task.kerf, part.size[1] + task.kerf, rid=k)
        packer.add_bin(blank.size[0] + task.kerf, blank.size[1] + task.kerf, count=blank.copies)
        packer.pack()
        sheets = [[(r.rid, r.x, r.y, False) for r in b] for b in packer]
        found.append(tuple(cut_sheet(task, blank, spots) for spots in sheets))
    return _best(instance, tuple(found), "rectpack")


def opcut(instance: NestInstance, seconds: float) -> Nesting:
    """Its best method, forward greedy, on as few sheets as it can."""
    task = saw_task(instance)
    blank = task.blanks[0]
    parts = [(*p.size, p.quantity, p.may_turn) for p in task.parts]
    asked = json.dumps({"kerf": task.kerf, "sheet": blank.size, "parts": parts})
    peer = Path(__file__).with_name("opcut_peer.py")
    done = subprocess.run(
        [_opcut_python().name, peer], input=asked, capture_output=True, text=True, check=True
    )
    answers = [
        tuple(cut_sheet(task, blank, [(k, round(x), round(y), turned) for k, x, y, turned in s]) for s in a)
        for a in json.loads(done.stdout)
    ]
    return _best(instance, tuple(answers), "opcut")


@cache
def _opcut_python() -> OwnPython:
    return OwnPython(OPCUT)


class OwnPython:
    """A Python with some packages, the first of them without what it asks for; gone when the run ends."""

    def __init__(self, packages: tuple[str, ...]) -> None:
        self._folder = tempfile.TemporaryDirectory()
        subprocess.run([sys.executable, "-m", "venv", self._folder.name], check=True)
        self.name = str(Path(self._folder.name) / "bin" / "python")
        pip = [self.name, "-m", "pip", "install", "--quiet", "--only-binary", ":all:"]
        subprocess.run([*pip, "--no-deps", packages[0]], check=True)
        subprocess.run([*pip, *packages[1:]], check=True)


def _best(instance: NestInstance, candidates: tuple[Candidate, ...], engine: str) -> Nesting:
    """The best that can be sawn and holds."""
    task = saw_task(instance)
    plans = [p for c in candidates if (p := sawn(instance, task, c, engine)) and not verify_saw(p, instance)]
    return min(plans, key=lambda p: rank(p, instance))


METHODS: dict[str, Solve] = {
    "ours": ours,
    "shelves": shelves,
    "packingsolver": packingsolver,
    "rectpack": rectpack,
    "opcut": opcut,
}


def _rows(instances: list[NestInstance], method: str, seconds: float) -> Iterator[float]:
    for number, instance in enumerate(instances, start=1):
        begin, used = time.perf_counter(), _processor_s()
        plan = METHODS[method](instance, seconds)
        stages = max(c.stage for layout in plan.layouts for c in layout.cuts)
        cuts = sum(len(layout.cuts) for layout in plan.layouts)
        print(
            f"{method:14} {number}: {plan.equivalent_sheets:.3f} (bound {kerf_area(instance):.3f}), "
            f"{cuts} cuts in {stages} stages, {len(plan.unplaced)} left over, "
            f"{time.perf_counter() - begin:.1f} s, {_processor_s() - used:.1f} s of processor",
            flush=True,
        )
        yield plan.equivalent_sheets


def _processor_s() -> float:
    return sum(resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main() -> None:
    """Print one line a plan and one a method."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--methods", nargs="+", default=list(METHODS), choices=list(METHODS))
    args = parser.parse_args()
    data = json.loads((args.folder / "guillotine6.json").read_text())
    instances = [saw_instance(data, n) for n in range(len(data["instances"]))]
    bound = sum(kerf_area(i) for i in instances)
    for method in args.methods:
        total = sum(_rows(instances, method, args.seconds))
        print(f"{method:14} all: {total:.3f} equivalent sheets, {bound / total * 100:.1f} % of the bound")


if __name__ == "__main__":
    main()
