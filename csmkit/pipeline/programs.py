# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Programs of nested sheets, each proven from what was written, and the setup sheet that goes with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import csmkit
from csmkit.build import Files
from csmkit.cam.setups import setups
from csmkit.errors import CsmError
from csmkit.export.paths import file_stem, gcode_folder
from csmkit.export.setup_sheet import SetupPage, setup_page, setup_sheet_pdf
from csmkit.model import CutPlan, Finding, Nesting, NestInstance, Sheet, Workshop
from csmkit.model.cam import Setup
from csmkit.model.data import dump, load
from csmkit.pipeline.gcode import Made, fault_picture, made_files, make, not_held, report

Row = tuple[Setup, tuple[str, ...]]  # a clamping, and lines that say what it is


def programs(kit: str, sheet: str, said: Sequence[str], cut: Files, plan: Files, workshop: Files) -> Files:
    """gcode/<machine>/…: programs, proofs and pictures of all sheets of one good; findings.json;
    pages.json for the setup sheet.

    A program that does not hold is an error in findings.json, its picture is faults/<setup>.fault.svg. A
    sheet that the machine cannot reach all over is a warning: it can be sawn down first.

    Args:
        kit: for the findings.
        sheet: key of the good.
        said: lines for the header: kit, version.
    Raises: CsmError: something cannot be cut with this workshop's cutters.
    """
    shop = load(Workshop, workshop["machining.json"])
    good, folder = shop.sheet(sheet), gcode_folder(shop.machine.key)
    files: Files = {}
    findings: list[Finding] = []
    pages: list[SetupPage] = []
    for setup, header in clampings(sheet, said, cut, plan, shop):
        made = _made(kit, setup, header, shop, findings)
        if made is None:
            continue
        if made.proof.faults:
            findings.append(_fault(kit, made))
            picture = fault_picture(made.texts, setup, made.proof.faults[0], setup.name)
            files[f"faults/{file_stem(setup.name)}.fault.svg"] = picture
        else:
            files |= {f"{folder}/{name}": data for name, data in made_files(made, good).items()}
            pages.append(setup_page(report(made, good), made.program, shop.cam.through))
    return {
        **files,
        "findings.json": dump(tuple(findings), tuple[Finding, ...]),
        "pages.json": dump(tuple(pages), tuple[SetupPage, ...]),
    }


def written(**sheets: Files) -> Files:
    """The programs that hold, of all goods."""
    return {
        name: data for files in sheets.values() for name, data in files.items() if name.startswith("gcode/")
    }


def setup_sheet(title: str, **sheets: Files) -> Files:
    """setup-sheet.pdf, a page a clamping; nothing where there is no program.

    Args:
        title: of the document.
        sheets: pages.json of each good.
    """
    pages = [page for files in sheets.values() for page in load(tuple[SetupPage, ...], files["pages.json"])]
    return {"setup-sheet.pdf": setup_sheet_pdf(pages, title)} if pages else {}


def clampings(sheet: str, said: Sequence[str], cut: Files, plan: Files, shop: Workshop) -> Iterator[Row]:
    """Every clamping of every sheet of a good, with the lines that say what it is."""
    nesting = next(n for n in load(CutPlan, plan["plan.json"]).nestings if n.sheet == sheet)
    task, good = load(NestInstance, cut[f"sheets/{sheet}.json"]), shop.sheet(sheet)
    for number, setup in _setups(nesting, task, good, shop.cutter):
        side = ", from below first" if setup.side == "bottom" else ""
        where = f"sheet {number} of {len(nesting.layouts)}: {setup.name}{side}"
        yield setup, (f"csmkit {csmkit.__version__}: {said[0]}", *said[1:], where, thickness_words(good))


def thickness_words(good: Sheet) -> str:
    """The good with its real thickness, and who says so."""
    how = "measured" if good.measured else "as usual, not measured"
    return f"{good.title}, thickness {good.thickness:g} mm {how}"


def _setups(nesting: Nesting, task: NestInstance, good: Sheet, cutter: float) -> Iterator[tuple[int, Setup]]:
    items = {item.name: item for item in task.items}
    stocks = {stock.key: stock for stock in task.stock}
    for number, layout in enumerate(nesting.layouts, 1):
        for setup in setups(layout, number, items, stocks[layout.stock], good, cutter):
            yield number, setup


def _made(
    kit: str, setup: Setup, header: Sequence[str], shop: Workshop, findings: list[Finding]
) -> Made | None:
    """The program of a clamping; None, and a warning, where the sheet is larger than the machine's reach."""
    try:
        return make(setup, shop, header)
    except CsmError as error:
        _, _, x1, y1 = setup.stock.bounds
        if x1 <= shop.machine.envelope[0] and y1 <= shop.machine.envelope[1]:
            raise
        problem = f"no program: {error.problem}"
        findings.append(Finding(kit, "program", setup.name, problem, error.remedy, "warning"))
        return None


def _fault(kit: str, made: Made) -> Finding:
    error = not_held(made)
    return Finding(kit, "program", made.setup.name, error.problem, error.remedy)
