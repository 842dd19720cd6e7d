# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts without a kit: tables and folders of drawings as kits of a cut order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from csmkit.errors import CsmError
from csmkit.export.own_parts.cut_list import read_parts_csv
from csmkit.export.own_parts.drawings import read_parts_folder
from csmkit.export.own_parts.kit import OwnParts
from csmkit.model import Finding, Workshop
from csmkit.model.cut_order import CutProcess, OrderedKit
from csmkit.model.lengths import Unit
from csmkit.pipeline.kit import beyond_the_machine


@dataclass(frozen=True)
class PartsFiles:
    """What `--parts` names, the sheet good of parts that name none, the unit that drawings are in."""

    paths: Sequence[Path] = ()
    sheet: str | None = None
    unit: Unit | None = None


def read_parts(
    files: PartsFiles, workshop: Workshop, process: CutProcess
) -> tuple[list[OrderedKit], list[Finding]]:
    """Every file's or folder's parts, and what was found: errors are parts beyond the machine.

    Raises: CsmError: a file cannot be read or says what cannot be; an unknown sheet good.
    """
    if files.sheet is not None:
        workshop.sheet(files.sheet)
    kits: list[OrderedKit] = []
    findings: list[Finding] = []
    for path in files.paths:
        read = _read(path, workshop, files)
        findings += read.findings
        for facts in read.kits:
            edges = {r.part: r.edges for r in read.remarks if r.kit == facts.kit and r.edges}
            notes = {r.part: r.note for r in read.remarks if r.kit == facts.kit and r.note}
            kits.append(OrderedKit(facts.kit, "", "", 1, {}, facts, (), edges, notes))
            findings += beyond_the_machine(facts.kit, facts, workshop) if process == "router" else ()
    return kits, findings


def _read(path: Path, workshop: Workshop, files: PartsFiles) -> OwnParts:
    if path.is_dir() or path.suffix.lower() == ".dxf":
        return read_parts_folder(path, workshop, files.sheet, files.unit)
    try:
        return read_parts_csv(path.read_bytes(), path.name, workshop, files.sheet)
    except OSError as error:
        raise CsmError(f"cannot read the parts {path}: {error.strerror}") from None
