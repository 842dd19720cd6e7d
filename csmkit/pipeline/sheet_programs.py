# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Programs of the nested sheets of one good, each proven from what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from csmkit.cam.setups import pin_notes, setups
from csmkit.errors import CsmError
from csmkit.export.engraving import engraved_names
from csmkit.model import CutItem, Layout, Nesting, NestInstance, Sheet, StockSheet, Workshop
from csmkit.model.cam import Setup
from csmkit.nest.panels.clamped import ClampedPanel, clamped_panels
from csmkit.pipeline.gcode import Made, make
from csmkit.pipeline.programmed import Programmed

NO_TABS = "tabs found no good place on this sheet: a thin skin holds its parts, cut it with a knife"
Items = Mapping[str, CutItem]
Row = tuple[Setup, tuple[str, ...], tuple[str, ...]]  # a clamping, lines that say what it is, remarks


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
    good, done = shop.sheet(nesting.sheet), Programmed(name)
    items = {item.name: item for item in task.items}
    for setup, where, remarks in _clampings(nesting, task, shop, items, items if named is None else named):
        if made := _made((setup, (*said, *where), remarks), shop, done):
            done.take(made, good, shop)
    return done


def _clampings(
    nesting: Nesting, task: NestInstance, shop: Workshop, items: Items, named: Items
) -> Iterator[Row]:
    """Every clamping of every sheet, or of each panel of one that is sawn first, with the lines that say what
    it is.
    """
    good = shop.sheet(nesting.sheet)
    for piece in _pieces(nesting, task):
        names = engraved_names(piece.layout, named, shop)
        before = piece.remarks
        for setup in setups(piece.layout, piece.number, items, piece.stock, good, shop):
            side = ", from below first" if setup.side == "bottom" else ""
            where = f"{piece.place}: {setup.name}{side}"
            remarks, before = before, ()
            if setup.side == "top":
                setup = replace(setup, cuts=(*names.cuts, *setup.cuts))
                remarks = (*remarks, *names.notes)
            yield setup, (where, thickness_line(good)), remarks


@dataclass(frozen=True)
class _Piece:
    """What is clamped at once: a sheet or a panel, with its number."""

    layout: Layout
    number: int
    stock: StockSheet
    place: str
    remarks: tuple[str, ...] = ()


def _pieces(nesting: Nesting, task: NestInstance) -> Iterator[_Piece]:
    stocks = {stock.key: stock for stock in task.stock}
    for number, layout in enumerate(nesting.layouts, 1):
        stock, place = stocks[layout.stock], f"sheet {number} of {len(nesting.layouts)}"
        panels = clamped_panels(layout, number, stock, task)
        if not panels:
            yield _Piece(layout, number, stock, place)
        for panel in panels:
            where = f"{place}, panel {panel.number} of {len(panels)}"
            yield _Piece(panel.layout, panel.number, panel.stock, where, (_sawn_out(panel),))


def _sawn_out(panel: ClampedPanel) -> str:
    """What to do before a panel can be clamped."""
    wide, high = panel.size
    x, y = panel.at
    turned = ", and lay it turned by 90° counter-clockwise" if panel.is_turned else ""
    return (
        f"saw this panel out of the sheet first, {wide:g} × {high:g} mm, its lower left corner at X {x:g}"
        f" Y {y:g} of the sheet{turned}"
    )


def thickness_line(good: Sheet) -> str:
    """The good with its real thickness, and who says so."""
    how = "measured" if good.measured else "as usual, not measured"
    return f"{good.title}, thickness {good.thickness:g} mm {how}"


def _made(row: Row, shop: Workshop, done: Programmed) -> Made | None:
    """The program of a clamping; None, and a warning, where this machine or its cutters can't make it."""
    setup, header, remarks = row
    try:
        made = make(setup, shop, header, remarks)
        if made.proof.faults and all(fault.kind == "tab" for fault in made.proof.faults):
            made = make(setup, _with_skin(shop), header, (*remarks, NO_TABS))
    except CsmError as error:
        done.warn(setup.name, f"no program: {error.problem}", error.remedy)
        return None
    for note in pin_notes(setup, shop):
        done.warn(setup.name, note)
    return made


def _with_skin(shop: Workshop) -> Workshop:
    return replace(shop, cam=replace(shop.cam, hold="onion"))
