# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Programs for a router: planned, written, proven from what was written; and programs of others, proven."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from csmkit.build import Files
from csmkit.cam.plan import toolpaths
from csmkit.cam.post import dialect, write
from csmkit.cam.promise import promised
from csmkit.cam.proof.interpret import Step, interpret
from csmkit.cam.prove import prove
from csmkit.cam.report import cutters, operations
from csmkit.cam.timeline import timeline
from csmkit.errors import CsmError
from csmkit.export.moves_json import moves_json
from csmkit.export.paths import file_stem
from csmkit.export.svg.fault import fault_svg
from csmkit.export.svg.surface import surface_svg
from csmkit.export.svg.toolpath import toolpath_svg
from csmkit.model import Workshop
from csmkit.model.cam import Fault, Program, ProgramText, Proof, Report, Setup
from csmkit.model.data import as_json, plain
from csmkit.model.machine import Tool
from csmkit.model.stock import Bar, Sheet

Good = Sheet | Bar  # what a router cuts

FORMAT = 1  # of the proof's file; raised when a reader of the older one would be misled
FOREIGN_ARC = 0.005  # mm between the radii of an arc's ends in programs of others: what GRBL takes


@dataclass(frozen=True)
class Made:
    """A program of one clamping, as written, with its proof."""

    program: Program
    texts: tuple[ProgramText, ...]
    proof: Proof
    header: tuple[str, ...]
    remarks: tuple[str, ...] = ()  # of whoever laid out what is cut

    @property
    def setup(self) -> Setup:
        """The clamping."""
        return self.program.setup

    @property
    def notes(self) -> tuple[str, ...]:
        """What the maker should know."""
        return tuple(dict.fromkeys((*self.remarks, *self.program.notes, *self.proof.notes)))


def make(setup: Setup, workshop: Workshop, header: Sequence[str], remarks: Sequence[str] = ()) -> Made:
    """Plan, write and prove the program of one clamping.

    Args:
        header: lines that say what this is: kit, version, sheet.
        remarks: notes that come before the program's own.
    Returns: the program; it may be written to the disk where its proof has no faults.
    Raises: CsmError: the clamping cannot be cut with this workshop's cutters and machine.
    """
    program = toolpaths(setup, workshop)
    texts = write(program, header)
    proof = prove(texts, setup, program.machine, workshop.cam, promised(program))
    return Made(program, texts, proof, tuple(header), tuple(remarks))


def made_files(made: Made, good: Good) -> Files:
    """Programs, proof and picture, by file name.

    Args:
        good: what is cut.
    Raises: CsmError: the proof has faults.
    """
    refuse(made)
    stem = file_stem(made.setup.name)
    files: Files = {f"{stem}{one.suffix}{one.ending}": one.text.encode("ascii") for one in made.texts}
    files[f"{stem}.json"] = as_json(plain(report(made, good)))
    if any(path.kind == "surface" for path in made.program.toolpaths):
        files[f"{stem}.svg"] = surface_svg(made.program)
    else:
        files[f"{stem}.svg"] = toolpath_svg(made.program, made.proof.seconds)
    return files


def made_moves(made: Made) -> bytes:
    """The moves of a program with their times, to play on a page."""
    return moves_json(made.setup, timeline(made.program, made.texts), made.proof.seconds)


def report(made: Made, good: Good) -> Report:
    """A program and its proof as data."""
    program, setup, stem = made.program, made.setup, file_stem(made.setup.name)
    x0, y0, x1, y1 = setup.stock.bounds
    said = {field.name: getattr(made.proof, field.name) for field in fields(Proof)}
    return Report(
        format=FORMAT,
        setup=setup.name,
        header=made.header,
        side=setup.side,
        size=(x1 - x0, y1 - y0),
        thickness=setup.thickness,
        is_measured=isinstance(good, Sheet) and good.measured,
        good=good.title,
        machine=program.machine.key,
        machine_title=program.machine.title,
        post=program.machine.post,
        tool_change=program.machine.tool_change if dialect(program.machine.post).tool_change else "none",
        safe_z=program.safe_z,
        files=tuple(f"{stem}{one.suffix}{one.ending}" for one in made.texts),
        cutters=cutters(program, made.texts),
        operations=operations(program),
        bridges=promised(program).tabs,
        skins=tuple(dict.fromkeys(path.part for path in program.toolpaths if path.skin > 0)),
        **{**said, "notes": made.notes},
    )


def refuse(made: Made) -> None:
    """A program that its proof does not bear out is no program.

    Raises: CsmError: with the first fault.
    """
    if made.proof.faults:
        raise not_held(made)


def not_held(made: Made) -> CsmError:
    """The first of the faults of a program as an error."""
    fault = made.proof.faults[0]
    more = f" (and {len(made.proof.faults) - 1} more)" if len(made.proof.faults) > 1 else ""
    return CsmError(
        f"the written program does not hold: {fault.kind}: {fault.problem}{more}",
        kit=made.setup.name,
        part="" if fault.line is None else f"line {fault.line}",
        remedy="this is a defect of csmkit: report it with the picture of the fault",
        where=() if fault.where is None else (fault.where[:2],),
    )


def fault_picture(texts: Sequence[ProgramText], setup: Setup, fault: Fault, name: str = "") -> bytes:
    """A fault of written programs as a picture."""
    steps: list[tuple[Step, Tool]] = []
    for number, one in enumerate(texts):
        tools = dict(one.tools)
        any_tool = next(iter(tools.values()))
        for step in interpret(one.text).steps:
            line = step.line if number == fault.text else 0  # no line of another text is the faulty one
            steps.append((replace(step, line=line), tools.get(step.tool, any_tool)))
    return fault_svg(setup, steps, fault, name)


def verify(texts: Sequence[ProgramText], setup: Setup, workshop: Workshop) -> Proof:
    """Prove programs of anybody's against a clamping, one after the other."""
    return prove(texts, setup, workshop.machine, workshop.cam, arc_limit=FOREIGN_ARC)
