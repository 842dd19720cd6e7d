# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Programs of a cut order: of every nested sheet of a good that a router cuts, and their setup sheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import csmkit
from csmkit.build import Files
from csmkit.errors import CsmError
from csmkit.export.paths import SETUP_SHEET
from csmkit.export.setup.page import SetupPage
from csmkit.export.setup.sheet import setup_sheet_pdf
from csmkit.model import CutPlan, Finding, Workshop
from csmkit.model.cut_order import CutOrder
from csmkit.pipeline.cut_data import labelled
from csmkit.pipeline.fault_pictures import leave_pictures
from csmkit.pipeline.programmed import Programmed
from csmkit.pipeline.sheet_programs import programmed

TITLE = 60  # characters of a heading


@dataclass(frozen=True)
class Programs:
    """Programs, proofs, pictures and the setup sheet by path; and sheets that have none, with the reason."""

    files: Files
    warnings: tuple[Finding, ...]


def cut_programs(order: CutOrder, workshop: Workshop, plan: CutPlan, folder: Path) -> Programs:
    """All programs of an order.

    Args:
        folder: of the order; the picture of a fault is left beside it.
    Raises: CsmError: a program does not hold.
    """
    nestings = {nesting.sheet: nesting for nesting in plan.nestings}
    routed = {part.stock for part in order.facts.parts if part.form == "sheet" and part.process == "router"}
    said = (f"csmkit {csmkit.__version__}: {_title(order)}", "cut order")
    files: Files = {}
    pages: list[SetupPage] = []
    warnings: list[Finding] = []
    for task in order.nested:
        if task.sheet not in routed:
            continue
        made = programmed(order.name, nestings[task.sheet], task, workshop, said, labelled(order, task))
        _refuse_faults(made, folder)
        files |= made.files
        pages += made.pages
        warnings += made.findings
    if pages:
        files[SETUP_SHEET] = setup_sheet_pdf(pages, order.name)
    return Programs(files, tuple(warnings))


def _title(order: CutOrder) -> str:
    kits = ", ".join(f"{kit.quantity} × {kit.title or kit.name}" for kit in order.kits)
    return kits if len(kits) <= TITLE else order.name


def _refuse_faults(made: Programmed, folder: Path) -> None:
    leave_pictures(folder, made.pictures)
    for finding in made.findings:
        if finding.level == "error":
            raise CsmError(finding.problem, kit=finding.kit, part=finding.part, remedy=finding.remedy)
