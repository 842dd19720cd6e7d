# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Cut planning: what has to be cut, how it lies on sheets and bars, and the sheets as files."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from csmkit.build import Files
from csmkit.design.find import LOCK
from csmkit.errors import CsmError
from csmkit.export.dxf.read import read_outlines
from csmkit.export.dxf.write import flat_dxf, sheet_dxf
from csmkit.export.engraving import engraved_names
from csmkit.export.nested import NestedSheet, nested_sheets, short_names
from csmkit.export.paths import bars_path, flat_path, sheet_path
from csmkit.export.svg.bars import bars_svg
from csmkit.export.svg.flat import flat_svg
from csmkit.export.svg.sheet import sheet_svg
from csmkit.model import (
    BarInstance,
    BarPlan,
    CutItem,
    CutPlan,
    Finding,
    KitFacts,
    Layout,
    Nesting,
    NestInstance,
    PartFacts,
    Sheet,
    Workshop,
)
from csmkit.model.data import dump, load, plain
from csmkit.nest.cut_list import bar_instances, nest_instances
from csmkit.nest.linear import plan_bars
from csmkit.nest.lock import Lock, read_lock, updated, write_lock
from csmkit.nest.planned import planned
from csmkit.nest.proof.written import verify_written
from csmkit.nest.shortage import no_room, no_room_on_bars

PANELS = "panels"  # what findings call the check that a router takes the sheets
OUTSIDE, INSIDE = "CUT-OUTSIDE-", "CUT-INSIDE-"  # layers of what goes through


def instances(facts: Files, workshop: Files) -> Files:
    """sheets/<sheet>.json and bars/<bar>.json: one instance for each good; findings.json: sheets that are
    larger than the router.

    Raises: CsmError: no stock for a good, or a part that is larger than all of it.
    """
    kit, shop = load(KitFacts, facts["facts.json"]), load(Workshop, workshop["workshop.json"])
    sheets = nest_instances(kit, shop)
    files = {f"sheets/{i.sheet}.json": dump(i) for i in sheets}
    beyond = [f for i in sheets for f in sheets_beyond_machine(i, shop, {s.key for s in i.stock})]
    files["findings.json"] = dump(tuple(beyond), tuple[Finding, ...])
    return files | {f"bars/{i.bar}.json": dump(i) for i in bar_instances(kit, shop)}


def nest(sheet: str, seed: int, time_limit_s: float, replan: bool, instance: Files, locked: Files) -> Files:
    """nesting.json of one sheet good, from the layout lock if it serves; warnings in findings.json.

    Args:
        replan: plan by the clock even where the lock serves; the better of the two plans is taken.
    """
    task = load(NestInstance, instance[f"sheets/{sheet}.json"])
    said: list[str] = []
    nesting, refused = planned(
        task,
        _lock(locked),
        seed=seed,
        time_limit_s=time_limit_s,
        replan=replan,
        repeatable=not replan,
        say=said.append,
    )
    if nesting.unplaced:
        raise no_room(nesting, task)
    warnings = [str(finding) for finding in refused] + said
    return {"nesting.json": dump(nesting), **_warnings(task.items[0].kit, warnings)}


def bars(seed: int, time_limit_s: float, cut: Files) -> Files:
    """bars.json: a plan for each bar good; warnings in findings.json."""
    said: list[str] = []
    plans, kit = [], ""
    for data in cut.values():
        task = load(BarInstance, data)
        kit = task.pieces[0].kit
        plan = plan_bars(task, seed=seed, time_limit_s=time_limit_s, say=said.append)
        if plan.unplaced:
            raise no_room_on_bars(plan, task)
        plans.append(plan)
    return {"bars.json": dump(tuple(plans), tuple[BarPlan, ...]), **_warnings(kit, said)}


def gather(bars: Files, cut: Files, locked: Files, workshop: Files, **sheets: Files) -> Files:
    """plan.json: all plans together; layouts.lock.json: the lock with what is better now; findings.json."""
    nestings = tuple(load(Nesting, files["nesting.json"]) for files in sheets.values())
    plan = CutPlan(nestings, load(tuple[BarPlan, ...], bars["bars.json"]))
    lock = _lock(locked)
    for nesting in nestings:
        lock = updated(lock, load(NestInstance, cut[f"sheets/{nesting.sheet}.json"]), nesting)
    rows = [row for files in (*sheets.values(), bars) for row in json.loads(files["findings.json"])]
    shop = load(Workshop, workshop["design.json"])
    for nesting, task in _tasks(nestings, cut):
        opened = {layout.stock for layout in nesting.layouts}
        rows += [plain(finding) for finding in sheets_beyond_machine(task, shop, opened)]
    return {
        "plan.json": dump(plan),
        LOCK: write_lock(lock).encode(),
        "findings.json": json.dumps(rows).encode(),
    }


def flat_dxfs(quantity: int, facts: Files, workshop: Files) -> Files:
    """flat/<material>-<thickness>/<part>_x<quantity>.dxf, and a second one if it is cut from both sides."""
    part, sheet = _flat(quantity, facts, workshop)
    files = {flat_path(part, sheet): flat_dxf(part)}
    if part.flat_pattern and part.flat_pattern.is_two_sided:
        files[flat_path(part, sheet, turned=True)] = flat_dxf(part, turned=True)
    return files


def flat_svgs(quantity: int, facts: Files, workshop: Files) -> Files:
    """flat/<material>-<thickness>/<part>_x<quantity>.svg."""
    part, sheet = _flat(quantity, facts, workshop)
    return {flat_path(part, sheet, "svg"): flat_svg(part)}


def sheet_dxfs(cut: Files, plan: Files, workshop: Files) -> Files:
    """sheets/<stock>-<n>.dxf, each measured again from what was written.

    Raises: CsmError: a written sheet does not hold what was planned.
    """
    shop = load(Workshop, workshop["machining.json"])
    files: Files = {}
    for nesting, task in _nested(cut, plan):
        files |= nested_dxfs(nesting, task, shop)
    return files


def nested_dxfs(
    nesting: Nesting, task: NestInstance, shop: Workshop, items: Mapping[str, CutItem] | None = None
) -> Files:
    """sheets/<stock>-<n>.dxf of one sheet good, those of the second setup, and of panels that it is sawn into
    first sheets/<stock>-<n>-panel-<k>.dxf.

    Args:
        shop: its rules say whether the parts' names are engraved.
        items: by name, where the drawings call them otherwise than the task does.
    Raises: CsmError: a written sheet does not hold what was planned.
    """
    files: Files = {}
    for one in nested_sheets(nesting, task, items):
        panels = list(one.panels(task))
        if panels:
            files[sheet_path(one.stock.key, one.number)] = _proven_dxf(one, task, shop)
        for panel in panels or [one]:
            number = panel.panel.number if panel.panel else one.number
            own = (
                replace(task, stock=(panel.stock,), rules=replace(task.rules, reach=None)) if panels else task
            )
            files[sheet_path(panel.stock.key, number)] = _proven_dxf(panel, own, shop)
            if any(item.pattern.is_two_sided for item in task.items):
                turned = sheet_path(panel.stock.key, number, turned=True)
                files[turned] = sheet_dxf(panel, shop.sheet(nesting.sheet), turned=True)
    return files


def _proven_dxf(one: NestedSheet, task: NestInstance, shop: Workshop) -> bytes:
    names = engraved_names(one.layout, one.items, shop).cuts
    data = sheet_dxf(one, shop.sheet(one.nesting.sheet), engraved=names)
    prove_written(data, one.layout, task)
    return data


def sheet_svgs(cut: Files, plan: Files, parts: Sequence[str], within: Sequence[str]) -> Files:
    """sheets/<stock>-<n>.svg and bars/<bar>.svg; `within` are the keys of the kits within the kit."""
    files: Files = {}
    called = short_names(parts, within)
    for nesting, task in _nested(cut, plan):
        for one in nested_sheets(nesting, task):
            files[sheet_path(one.stock.key, one.number, "svg")] = sheet_svg(one, called)
    for plan_of_bar in load(CutPlan, plan["plan.json"]).bars:
        task_of_bar = load(BarInstance, cut[f"bars/{plan_of_bar.bar}.json"])
        files[bars_path(plan_of_bar.bar)] = bars_svg(plan_of_bar, task_of_bar, called)
    return files


def _nested(cut: Files, plan: Files) -> list[tuple[Nesting, NestInstance]]:
    return _tasks(load(CutPlan, plan["plan.json"]).nestings, cut)


def _tasks(nestings: Sequence[Nesting], cut: Files) -> list[tuple[Nesting, NestInstance]]:
    return [(n, load(NestInstance, cut[f"sheets/{n.sheet}.json"])) for n in nestings]


def sheets_beyond_machine(task: NestInstance, shop: Workshop, opened: Collection[str]) -> list[Finding]:
    """Sheets that the router cannot take whole: a warning, for they are sawn into panels first.

    Args:
        opened: keys of the sheets that are meant.
    """
    x, y, _ = shop.machine.envelope
    return [
        Finding(
            task.items[0].kit,
            PANELS,
            stock.key,
            f"the sheet of {stock.size[0]:.0f} × {stock.size[1]:.0f} mm is larger than the reach of"
            f" {shop.machine.key}, {x:.0f} × {y:.0f} mm",
            "saw it into panels first, as its plan shows; all parts and programs lie on these",
            "warning",
        )
        for stock in task.stock
        if stock.panels and stock.key in opened
    ]


def _flat(quantity: int, facts: Files, workshop: Files) -> tuple[PartFacts, Sheet]:
    part = replace(load(PartFacts, facts["facts.json"]), quantity=quantity)
    return part, load(Workshop, workshop["design.json"]).sheet(part.stock)


def prove_written(data: bytes, layout: Layout, task: NestInstance) -> None:
    """Measure a written sheet against its plan.

    Raises: CsmError: the file does not hold what was planned.
    """
    by_layer = read_outlines(data)
    outer = [o for name, found in by_layer.items() if name.startswith(OUTSIDE) for o in found]
    holes = [o for name, found in by_layer.items() if name.startswith(INSIDE) for o in found]
    wrong = verify_written(outer, layout, task, holes)
    if wrong:
        first = wrong[0]
        raise CsmError(
            f"written sheet: {first.problem}", kit=task.items[0].kit, part=first.part, remedy=first.remedy
        )


def _lock(locked: Files) -> Lock:
    return read_lock(locked.get(LOCK, b"").decode("utf-8", "replace"))


def _warnings(kit: str, said: list[str]) -> Files:
    findings = tuple(Finding(kit, "nest", "", line, "", "warning") for line in said)
    return {"findings.json": dump(findings, tuple[Finding, ...])}
