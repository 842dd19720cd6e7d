# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Programs of a kit's nested sheets, and the setup sheet that goes with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from csmkit.build import Files
from csmkit.export.book.words import Words
from csmkit.export.language.kit import in_language
from csmkit.export.language.language import load_language
from csmkit.export.paths import SETUP_SHEET, told_path
from csmkit.export.setup.page import SetupPage
from csmkit.export.setup.sheet import setup_sheet_pdf
from csmkit.model import CutPlan, NestInstance, Workshop
from csmkit.model.data import load
from csmkit.pipeline.programmed import heading
from csmkit.pipeline.sheet_programs import programmed


def programs(kit: str, sheet: str, said: Sequence[str], cut: Files, plan: Files, workshop: Files) -> Files:
    """gcode/<machine>/…: programs, proofs and pictures of all sheets of one good, moves/<machine>/…: their
    moves with times; findings.json; pages.json.

    A program that does not hold is an error in findings.json, its picture is faults/<setup>.fault.svg;
    pages.json is for the setup sheet.

    Args:
        kit: for the findings.
        sheet: key of the good.
        said: lines for the header: kit and version, preset.
    """
    nesting = next(n for n in load(CutPlan, plan["plan.json"]).nestings if n.sheet == sheet)
    task = load(NestInstance, cut[f"sheets/{sheet}.json"])
    shop = load(Workshop, workshop["machining.json"])
    return programmed(kit, nesting, task, shop, heading(said)).as_files()


def written(**sheets: Files) -> Files:
    """The programs that hold, of all goods, and their moves."""
    return {
        name: data
        for files in sheets.values()
        for name, data in files.items()
        if name.startswith(("gcode/", "moves/"))
    }


def setup_sheet(kit: str, **sheets: Files) -> Files:
    """setup-sheet.pdf, a page a clamping; nothing where there is no program.

    Args:
        kit: for its title.
        sheets: pages.json of each good.
    """
    pages = _pages(sheets)
    return {SETUP_SHEET: setup_sheet_pdf(pages, kit)} if pages else {}


def told_setup_sheet(kit: str, code: str, data: Files, **sheets: Files) -> Files:
    """The same in another language: setup-sheet.es.pdf.

    Args:
        code: of the language.
        data: kit.json.
    """
    pages, language = _pages(sheets), load_language(code)
    if not pages:
        return {}
    words = Words.of(in_language(json.loads(data["kit.json"]), language), language)
    return {told_path(SETUP_SHEET, code): setup_sheet_pdf(pages, kit, words)}


def _pages(sheets: Mapping[str, Files]) -> list[SetupPage]:
    return [page for files in sheets.values() for page in load(tuple[SetupPage, ...], files["pages.json"])]
