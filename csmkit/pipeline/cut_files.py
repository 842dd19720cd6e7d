# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The files of a planned order: sheets, bars, lists, plan.json and the page over it all."""

from __future__ import annotations

from collections.abc import Sequence

from csmkit.build import Files
from csmkit.design.find import LOCK
from csmkit.export.cut.page import cut_page
from csmkit.export.cut.tables import cut_lists_csv, drill_tables_csv, offcuts_csv, shopping_list_csv
from csmkit.export.labels_pdf import labels_pdf
from csmkit.export.nested import nested_sheets
from csmkit.export.paths import bars_path, saw_list_path, saw_path, sheet_path
from csmkit.export.saw.list import saw_csv
from csmkit.export.svg.bars import bars_svg
from csmkit.export.svg.saw import saw_svgs
from csmkit.export.svg.sheet import sheet_svg
from csmkit.model import Nesting, NestInstance, Workshop
from csmkit.model.cut_order import CutOrder
from csmkit.nest.lock import write_lock
from csmkit.nest.remaining import remaining_work
from csmkit.pipeline.cut_data import labelled, plan_data, plan_json
from csmkit.pipeline.cut_labels import part_labels
from csmkit.pipeline.cut_plan import Planned
from csmkit.pipeline.plans import nested_dxfs
from csmkit.pipeline.program_rows import program_rows


def cut_files(
    order: CutOrder, workshop: Workshop, planned: Planned, programs: Files, warnings: Sequence[str]
) -> Files:
    """Everything that an order leaves, by path in its folder.

    Args:
        order, workshop, planned: what is cut, by whom, and how it lies.
        programs: with their setup sheet, by path.
        warnings: what who cuts has to know: a sheet that is larger than the machine, say.
    Raises: CsmError: a written sheet does not hold what was planned.
    """
    files = dict(programs)
    remaining = {item.name: remaining_work(item) for task in order.sawn for item in task.items}
    nestings = {nesting.sheet: nesting for nesting in planned.plan.nestings}
    for task in order.nested:
        files |= _sheet_files(order, task, nestings[task.sheet], workshop)
    for task in order.sawn:
        files |= _saw_files(order, task, nestings[task.sheet])
    plans = {plan.bar: plan for plan in planned.plan.bars}
    for bar in order.bars:
        files[bars_path(bar.bar)] = bars_svg(plans[bar.bar], bar)
    files["labels.pdf"] = labels_pdf(tuple(part_labels(order, workshop, planned.plan, remaining)), order.name)
    files[LOCK] = write_lock(planned.lock).encode()
    data = {**plan_data(order, workshop, planned.plan, remaining), "warnings": list(warnings)}
    for sheet in data["sheets"]:
        layout = nestings[sheet["sheet"]].layouts[sheet["number"] - 1]
        sheet["programs"] = program_rows(files, workshop.machine.key, layout, sheet["number"])
    files["cut-list.csv"] = cut_lists_csv(order.kits, workshop, remaining)
    files["drill-table.csv"] = drill_tables_csv(order.kits)
    files["shopping.csv"] = shopping_list_csv(data)
    files["offcuts.csv"] = offcuts_csv(data)
    files["plan.json"] = plan_json(data, files)
    files["index.html"] = cut_page(data, {path: file for path, file in files.items() if path != LOCK})
    return files


def _sheet_files(order: CutOrder, task: NestInstance, nesting: Nesting, workshop: Workshop) -> Files:
    """DXF and SVG of each sheet; the DXF is measured again from what was written."""
    items = labelled(order, task)
    files = nested_dxfs(nesting, task, workshop, items)
    for one in nested_sheets(nesting, task, items):
        files[sheet_path(one.stock.key, one.number, "svg")] = sheet_svg(one)
    return files


def _saw_files(order: CutOrder, task: NestInstance, nesting: Nesting) -> Files:
    """Pictures of each sheet that is sawn, one of the whole and one a stage.

    No DXF: a router would need more room between the parts.
    """
    items, stocks = labelled(order, task), {stock.key: stock for stock in task.stock}
    files: Files = {}
    for one in nested_sheets(nesting, task, items):
        pictures = saw_svgs(one, task.rules.spacing)
        files |= {saw_path(one.stock.key, one.number, stage): svg for stage, svg in enumerate(pictures)}
    files[saw_list_path(task.sheet)] = saw_csv(nesting, items, stocks, task.rules.spacing)
    return files
