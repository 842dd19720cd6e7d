# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm gcode and csm verify: programs for a router from a drawing, and the proof of anybody's program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from csmkit.catalog.workshop import default_workshop
from csmkit.cli.group import Settings, csm, say_json
from csmkit.cli.options import json_option, out_option, workshop_option
from csmkit.errors import CsmError

if TYPE_CHECKING:
    from csmkit.model import Workshop
    from csmkit.model.cam import Fault, ProgramText, Proof
    from csmkit.model.machine import Tool
    from csmkit.pipeline.gcode import Made

FAULTY = 1  # exit code: the program does not hold
OF_A_KIND = 5  # faults of one kind that are told one by one: a wrong depth is in every line of a program
SHEET = "Sheet good that it is cut from. Default: what a note in the drawing says."
_OWN_TOOL = re.compile(r"^\(tool(?: T(?P<number>\d+))?: (?P<key>[^,]+),", re.MULTILINE)


@csm.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.dxf")
@workshop_option
@click.option("--sheet", metavar="KEY", help=SHEET)
@out_option("build/gcode", "Folder of the programs; each drawing has a folder of its own there.")
@json_option
@click.pass_obj
def gcode(
    settings: Settings, /, file: Path, workshop: Path | None, sheet: str | None, out: Path, as_json: bool
) -> None:
    """Programs for your router from a layered drawing, proven before they are written.

    Layers tell what is cut and how deep: CUT-OUTSIDE-12.0MM, CUT-INSIDE-12.0MM, POCKET-6.0MM,
    DRILL-D8.0-12.0MM, ENGRAVE-0.5MM, or the names of OpenDesk and WikiHouse.
    """
    from csmkit.build import Store
    from csmkit.pipeline.gcode_files import program_drawing

    done = program_drawing(
        file, read_drawing_file(file), _workshop(workshop), sheet, out, Store(settings.cache)
    )
    if as_json:
        rows = [{"name": m.setup.name, "seconds": m.proof.seconds, "notes": list(m.notes)} for m in done.made]
        files = {"folder": str(done.folder), "is_new": done.is_new, "files": list(done.files)}
        say_json({**files, "setups": rows, "remarks": list(done.remarks)})
        return
    for line in dict.fromkeys((*done.remarks, *(note for m in done.made for note in m.notes))):
        click.echo(f"note: {line}", err=True)
    for made in done.made:
        click.echo(f"{done.folder}: {summary(made)}{'' if done.is_new else ' (up to date)'}")


@csm.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE.ngc…")
@click.option(
    "--part",
    "drawing",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE.dxf",
    help="What it should cut, with the program's zero at the drawing's.",
)
@workshop_option
@click.option("--sheet", metavar="KEY", help=SHEET)
@click.option(
    "--tool", "given", multiple=True, metavar="NUMBER=KEY", help="Cutter of a T number: --tool 1=em6."
)
@click.option(
    "--side",
    type=click.Choice(["top", "bottom"]),
    default="top",
    show_default=True,
    help="Which clamping of a part that is cut from both sides.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="Picture of the fault. Default: FILE.fault.svg beside it."
)
@json_option
def verify(
    files: tuple[Path, ...],
    drawing: Path,
    workshop: Path | None,
    sheet: str | None,
    given: tuple[str, ...],
    side: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """Prove anybody's program against a drawing: gouges, leftovers, rapids, reach, tabs, time.

    Several files are proven together, as they run one after the other: one for each tool, say. Ends with 1
    and a picture of the first fault if the program does not hold.
    """
    from csmkit.export.whole_file import write_whole
    from csmkit.pipeline.fault_pictures import ENDING
    from csmkit.pipeline.gcode_files import verify_files

    shop = _workshop(workshop)
    texts = [_program(file, given, shop) for file in files]
    proof, picture = verify_files(texts, (drawing.name, read_drawing_file(drawing)), shop, sheet, side)
    usual = files[0].with_name(f"{files[0].name}{ENDING}")
    if picture is not None:
        write_whole(out or usual, picture)
    elif out is None:
        usual.unlink(missing_ok=True)  # of an earlier run
    out = out or usual
    if as_json:
        from csmkit.model.data import plain

        names = [str(file) for file in files]
        say_json({"files": names, **plain(proof), "picture": str(out) if picture else None})
    else:
        _tell(files, proof, out)
    if proof.faults:
        raise click.exceptions.Exit(FAULTY)


def summary(made: Made) -> str:
    """A program in a line."""
    names = ", ".join(f"{made.setup.name}{one.suffix}{one.ending}" for one in made.texts)
    return f"{names}: {_figures(made.proof)}"


def read_drawing_file(file: Path) -> bytes:
    """Bytes of a drawing. Raises: CsmError: it can't be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise CsmError(f"cannot read {file}: {error.strerror}") from None


def _figures(proof: Proof) -> str:
    tabs = f"{proof.tabs} tab{'' if proof.tabs == 1 else 's'}"
    return (
        f"{proof.seconds // 60:.0f} min {proof.seconds % 60:02.0f} s, {proof.cut_mm / 1000:.1f} m of cuts,"
        f" {tabs}, {', '.join(proof.tools)}"
    )


def _tell(files: Sequence[Path], proof: Proof, picture: Path) -> None:
    for note in proof.notes:
        click.echo(f"note: {note}", err=True)
    told: Counter[str] = Counter()
    for fault in proof.faults:
        told[fault.kind] += 1
        if told[fault.kind] <= OF_A_KIND:
            click.echo(f"{files[fault.text]}{_place(fault)}: {fault.kind}: {fault.problem}")
    for kind, number in told.items():
        if number > OF_A_KIND:
            click.echo(f"{kind}: {number - OF_A_KIND} more; --json lists them all")
    name = ", ".join(map(str, files))
    if proof.faults:
        count = "a fault, shown" if len(proof.faults) == 1 else f"{len(proof.faults)} faults, the first shown"
        click.echo(f"{name}: does not hold: {count} in {picture}")
    else:
        click.echo(f"{name}: holds: {_figures(proof)}")


def _place(fault: Fault) -> str:
    line = "" if fault.line is None else f":{fault.line}"
    if fault.where is None:
        return line
    return f"{line} at ({', '.join(f'{v:.2f}' for v in fault.where)}) mm"


def _workshop(file: Path | None) -> Workshop:
    if file is None:
        return default_workshop()
    from csmkit.catalog.workshop_file import read_workshop  # brings pydantic: only who has a file pays for it

    return read_workshop(file)


def _program(file: Path, given: Sequence[str], shop: Workshop) -> ProgramText:
    """A program with its cutters; comments may be in any code page."""
    from csmkit.model.cam import ProgramText

    try:
        text = file.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise CsmError(f"cannot read {file}: {error.strerror}") from None
    return ProgramText(file.stem, file.suffix, _tools(text, given, shop), text)


def _tools(text: str, given: Sequence[str], shop: Workshop) -> tuple[tuple[int, Tool], ...]:
    """Cutters by number: as told, else as our own header says, else the one that the workshop cuts with."""
    found = [_tool(word, shop) for word in given]
    if not found:
        known = {tool.key for tool in shop.tools}
        found = [
            (int(m["number"] or 0), shop.tool(m["key"]))
            for m in _OWN_TOOL.finditer(text)
            if m["key"] in known
        ]
    numbers = sorted(
        {int(n) for n in re.findall(r"(?i)(?<![A-Z(])T\s*(\d+)", re.sub(r"\(.*?\)|;.*", "", text))}
    )
    if found:
        return tuple(found)
    if len(numbers) > 1:
        names = ", ".join(f"T{n}" for n in numbers)
        remedy = " ".join(f"--tool {n}=em6" for n in numbers)
        raise CsmError(f"the program uses {names}", remedy=f"tell the cutters: {remedy}")
    return ((numbers[0] if numbers else 0, shop.tool(shop.cutting.tool)),)


def _tool(word: str, shop: Workshop) -> tuple[int, Tool]:
    number, equals, key = word.partition("=")
    if not equals or not number.strip().isdecimal():
        raise CsmError(f"--tool {word} is not NUMBER=KEY", remedy="write --tool 1=em6")
    return int(number), shop.tool(key.strip())
