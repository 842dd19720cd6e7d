# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Programs of the nested sheets of one good, each proven from what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from csmkit.build import Files
from csmkit.cam.setups import pin_notes, setups
from csmkit.errors import CsmError
from csmkit.export.engraving import engraved_names
from csmkit.export.paths import file_stem, gcode_folder
from csmkit.export.setup_sheet import SetupPage, setup_page
from csmkit.model import CutItem, Finding, Nesting, NestInstance, Sheet, Workshop
from csmkit.model.cam import Setup
from csmkit.pipeline.gcode import Made, fault_picture, made_files, make, not_held, report

NO_TABS = "tabs found no good place on this sheet: a thin skin holds its parts, cut it with a knife"
Items = Mapping[str, CutItem]
Row = tuple[Setup, tuple[str, ...], tuple[str, ...]]  # a clamping, lines that say what it is, remarks


@dataclass
class Programmed:
    """The programs of a good.

    Args:
        files: programs, proofs and pictures of what holds, by path.
        pages: of the setup sheet, in the order of work.
        findings: an error for each program that does not hold; a warning for each clamping that this machine
            or its cutters can't do, for its sheet can be cut elsewhere.
        pictures: of the faults, by file name.
    """

    files: Files = field(default_factory=dict)
    pages: list[SetupPage] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    pictures: Files = field(default_factory=dict)


def programmed(
    name: str,
    nesting: Nesting,
    task: NestInstance,
    shop: Workshop,
    said: Sequence[str],
    named: Items | None = None,
) -> Programmed:
    """Plan, write and prove the programs of all sheets of a good.

    Args:
        name: of the kit or order, for the findings.
        nesting, task: how the parts lie, and what they are.
        said: lines for the header: kit and version, preset.
        named: items by name, where what is written on parts calls them otherwise than the task does.
    """
    good, folder, done = shop.sheet(nesting.sheet), gcode_folder(shop.machine.key), Programmed()
    items = {item.name: item for item in task.items}
    for row in _clampings(nesting, task, shop, items, items if named is None else named):
        setup = row[0]
        made = _made(name, (setup, (*said, *row[1]), row[2]), shop, done)
        if made is None:
            continue
        if made.proof.faults:
            done.findings.append(_fault(name, made))
            picture = fault_picture(made.texts, setup, made.proof.faults[0], setup.name)
            done.pictures[f"{file_stem(setup.name)}.fault.svg"] = picture
            continue
        done.files |= {f"{folder}/{path}": data for path, data in made_files(made, good).items()}
        done.pages.append(setup_page(report(made, good), made.program, shop.cam.through, folder))
    return done


def _clampings(
    nesting: Nesting, task: NestInstance, shop: Workshop, items: Items, named: Items
) -> Iterator[Row]:
    """Every clamping of every sheet, with the lines that say what it is."""
    good = shop.sheet(nesting.sheet)
    stocks = {stock.key: stock for stock in task.stock}
    for number, layout in enumerate(nesting.layouts, 1):
        names = engraved_names(layout, named, shop)
        for setup in setups(layout, number, items, stocks[layout.stock], good, shop):
            side = ", from below first" if setup.side == "bottom" else ""
            where = f"sheet {number} of {len(nesting.layouts)}: {setup.name}{side}"
            remarks: tuple[str, ...] = ()
            if setup.side == "top":
                setup, remarks = replace(setup, cuts=(*names.cuts, *setup.cuts)), names.notes
            yield setup, (where, thickness_line(good)), remarks


def thickness_line(good: Sheet) -> str:
    """The good with its real thickness, and who says so."""
    how = "measured" if good.measured else "as usual, not measured"
    return f"{good.title}, thickness {good.thickness:g} mm {how}"


def _made(name: str, row: Row, shop: Workshop, done: Programmed) -> Made | None:
    """The program of a clamping; None, and a warning, where this machine or its cutters can't make it."""
    setup, header, remarks = row
    try:
        made = make(setup, shop, header, remarks)
        if made.proof.faults and all(fault.kind == "tab" for fault in made.proof.faults):
            made = make(setup, _with_skin(shop), header, (*remarks, NO_TABS))
    except CsmError as error:
        (_, _, x1, y1), (wide, high, _) = setup.stock.bounds, shop.machine.envelope
        remedy = error.remedy
        if not (x1 <= wide and y1 <= high) and y1 <= wide and x1 <= high:
            remedy = f"give the sheet's size as [{y1:g}, {x1:g}]: so it lies along the machine's longer way"
        done.findings.append(
            Finding(name, "program", setup.name, f"no program: {error.problem}", remedy, "warning")
        )
        return None
    done.findings += [
        Finding(name, "program", setup.name, note, "", "warning") for note in pin_notes(setup, shop)
    ]
    return made


def _with_skin(shop: Workshop) -> Workshop:
    return replace(shop, cam=replace(shop.cam, hold="onion"))


def _fault(name: str, made: Made) -> Finding:
    error = not_held(made)
    return Finding(name, "program", made.setup.name, error.problem, error.remedy)
