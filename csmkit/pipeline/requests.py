# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a user asks of a kit: show it, check it, build it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from csmkit.build import Builder, Result, Source, Task, publish
from csmkit.design.find import LOCK
from csmkit.errors import CsmError
from csmkit.geometry.opengl import REMEDY, can_draw
from csmkit.model import Finding, Param
from csmkit.pipeline import flow, outputs
from csmkit.pipeline.fault_pictures import leave_pictures
from csmkit.pipeline.flow import Designed, Request
from csmkit.pipeline.locks import stale_presets
from csmkit.pipeline.stage_tasks import step_pictures

FAULTS = "faults/"  # folder of a task's pictures of what is wrong
FORMATS = (
    "step",
    "stl",
    "dxf",
    "svg",
    "drawing",
    "gcode",
    "glb",
    "viewer",
    "picture",
    "bom",
    "instructions",
    "steps",
    "figures",
    "book",
)
STEPPED = frozenset({"steps", "book", "viewer"})  # formats that need the plan of the steps' pictures
TOLD = frozenset({"svg", "drawing", "figures", "steps", "gcode"})  # formats with files in other languages
PROGRAMMED = frozenset({"gcode", "bom", "book"})  # formats that need programs: the price counts their time


class Refused(CsmError):
    """A kit that cannot be made, with all that was found."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first = findings[0]
        more = f" (and {len(findings) - 1} more: csm check)" if len(findings) > 1 else ""
        super().__init__(first.problem + more, kit=first.kit, part=first.part, remedy=first.remedy)
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Built:
    """A kit's outputs on the disk."""

    folder: Path
    kit: Mapping[str, Any]  # kit.json
    is_new: bool  # False: the folder held exactly these bytes
    warnings: tuple[Finding, ...]
    lock: bytes  # layouts.lock.json with what is better now


def show_kit(builder: Builder, request: Request) -> list[Param]:
    """The parameters of a kit."""
    files = flow.Sources.of(request.manifest)
    schema = flow.schema_task(builder, request, files, flow.workshop_task(request.workshop))
    return flow.read_schema(builder, schema)


def check_kit(builder: Builder, request: Request) -> list[Finding]:
    """Everything that stands in the way of making a kit; empty if nothing does.

    Raises: CsmError: the parameters, the workshop or the design itself are refused.
    """
    made = flow.design(builder, request)
    facts, findings = checked(builder, made)
    if facts is None or any(finding.level == "error" for finding in findings):
        return findings
    sawn_first = _findings(builder.run([flow.instances(made, facts)]))
    return [*findings, *sawn_first, *stale_presets(builder, request)]


def build_kit(builder: Builder, request: Request, out: Path, only: Sequence[str] = ()) -> Built:
    """Write a kit's outputs to `out`/<kit>/<preset>, whole or not at all.

    Args:
        builder: runs the tasks.
        request: the kit, its parameters, the workshop.
        out: the outputs' root.
        only: formats of `FORMATS`; empty: everything.
    Raises: CsmError: something is refused; Refused: the kit cannot be made as it stands.
    """
    _check_formats(only)
    made = flow.design(builder, request)
    facts, findings = checked(builder, made)
    errors = [f for f in findings if f.level == "error"]
    if errors or facts is None:
        raise Refused(errors)
    cut = flow.instances(made, facts)
    planned = flow.plan(made, cut)
    programmed = flow.programs(made, cut, planned) if not only or PROGRAMMED & {*only} else []
    drawn = step_pictures(builder, made, facts) if not only or STEPPED & {*only} else None
    by_format = outputs.files(made, facts, cut, planned, programmed, drawn.looks if drawn else {})
    pictured: Source = {}
    if drawn and (not only or {"steps", "book"} & {*only}):
        by_format["steps"], pictured = [drawn.written], drawn.said
    data: dict[str, Source] = {
        "facts": facts,
        "plan": planned.pick("plan.json"),
        "steps": flow.steps(made, facts),
        "money": outputs.money(made, facts, planned, programmed),
        "extent": outputs.extent(made),
        "workshop": made.workshop.pick("workshop.json"),
        "pictured": pictured,
    }
    asked = {name: tasks for name, tasks in by_format.items() if not only or name in only}
    if asked.keys() & TOLD:
        known = outputs.shown(made, data, asked, programmed)
        asked["told"] = outputs.told(made, known, asked.get("gcode", []), programmed)
    if not only or "book" in only:
        asked["book"] = outputs.book(made, outputs.shown(made, data, by_format, programmed))
    written = [task for tasks in asked.values() for task in tasks]
    packed = outputs.pack(made, data, written, is_whole=not only)
    results = builder.run([planned, packed, *written, *programmed])
    laid, whole, *_ = results
    folder = out / request.kit / (request.folder or request.preset)
    proofs = results[2 + len(written) :]
    _refuse_faults(proofs, folder)
    files = {n: blob.sha256 for result in results[1 : 2 + len(written)] for n, blob in result.files.items()}
    is_new = publish(files, folder, builder.store)
    warnings = [f for f in [*findings, *_findings([laid, *proofs])] if f.level == "warning"]
    if not can_draw() and (not only or "picture" in only):
        problem = "no shaded pictures: this machine has neither EGL nor OSMesa"
        warnings.append(Finding(request.kit, "picture", "", problem, REMEDY, "warning"))
    kit: Any = whole.json("kit.json")
    return Built(folder, kit, is_new, tuple(warnings), laid.read(LOCK))


def _refuse_faults(proofs: Sequence[Result], folder: Path) -> None:
    """Stop where a written program does not hold; its picture is left beside the folder, no older one is.

    Raises: Refused: with the first fault.
    """
    pictures = {
        name.removeprefix(FAULTS): result.read(name)
        for result in proofs
        for name in result.files
        if name.startswith(FAULTS)
    }
    leave_pictures(folder, pictures)
    if errors := [f for f in _findings(proofs) if f.level == "error"]:
        raise Refused(errors)


def checked(builder: Builder, made: Designed) -> tuple[Task | None, list[Finding]]:
    """Run all checks: the task of the measured kit (None if a part has no measures), and all findings."""
    findings = _findings(builder.run(made.examined))
    if findings:
        return None, findings
    facts = flow.gather(made)
    results = builder.run([*flow.checks(made, facts), facts])
    findings = _findings(results[:-1])
    try:
        builder.run([flow.instances(made, facts)])
    except CsmError as error:
        if not any(f.check == "machine" and f.part == error.part for f in findings):  # says the same
            findings.append(Finding(made.request.kit, "stock", error.part, error.problem, error.remedy))
    return facts, findings


def _findings(results: Sequence[Result]) -> list[Finding]:
    rows: list[Any] = [row for result in results for row in result.json("findings.json")]
    return [Finding(**row) for row in rows]


def _check_formats(only: Sequence[str]) -> None:
    for name in only:
        if name not in FORMATS:
            near = get_close_matches(name, FORMATS, n=1)
            guess = f"did you mean {near[0]}? " if near else ""
            raise CsmError(f"unknown output {name!r}", remedy=f"{guess}choose from {', '.join(FORMATS)}")
