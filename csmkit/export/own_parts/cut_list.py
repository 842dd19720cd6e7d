# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A maker's cut list: rectangles from sheets and pieces of bars, one row a part."""

from __future__ import annotations

from csmkit.catalog.nearest import nearest
from csmkit.export.own_parts.kit import (
    OwnPart,
    OwnParts,
    bar_facts,
    find_good,
    gathered,
    kit_key,
    sheet_facts,
)
from csmkit.export.own_parts.table import Row, read_rows
from csmkit.model import Bar, FlatPattern, Outline, PartFacts, Pose, Sheet, Workshop

REQUIRED = ("length", "quantity")
OPTIONAL = ("width", "material", "stock", "grain", "label", "thickness", "edges", "note", "kit", "unit")

SECTION = 0.5  # mm between a width in the list and the bar's own: lists name rounded sections
THICKNESS = 0.05  # mm between a thickness in the list and the sheet's nominal or real one


def read_parts_csv(data: bytes, name: str, workshop: Workshop, sheet: str | None = None) -> OwnParts:
    """Parts of a table with the columns length, width, quantity, material, grain, label.

    A blank width, or a bar good as material, makes a piece of a bar. Lengths are in mm unless the header
    (`length_in`), a column `unit` or the cell itself says otherwise; a grain of "length" or "width" says
    along which side the face grain runs, none lets the part turn freely.

    Args:
        data: the file: UTF-8, cells divided by comma, semicolon or tab.
        name: its name: names the kit, and errors.
        workshop: its goods are what `material` may name.
        sheet: good for rows that name none.
    Returns: one kit, or one for each name in a column `kit`; parts in the table's order.
    Raises: CsmError: one line that names file, row, column, value, limit and remedy.
    """
    parts = [_part(row, name, workshop, sheet) for row in read_rows(data, name, REQUIRED, OPTIONAL)]
    return gathered(parts)


def _part(row: Row, name: str, workshop: Workshop, sheet: str | None) -> OwnPart:
    length = row.length("length")
    if length is None:
        raise row.error("length", "is blank", "write the part's length")
    width, quantity = row.length("width"), row.count()
    good = _good(row, workshop, sheet, is_bar=width is None)
    label = row.text("label") or f"row-{row.number}"
    facts = (
        _sheet_part(row, label, (length, width), good, quantity)
        if isinstance(good, Sheet)
        else _bar_part(row, label, length, good, quantity)
    )
    kit = row.text("kit")
    return OwnPart(facts, kit_key(f"{kit}.csv" if kit else name), row.text("edges"), row.text("note"))


def _good(row: Row, workshop: Workshop, sheet: str | None, is_bar: bool) -> Sheet | Bar:
    """What a row's part is made from: a key, a title, or a material with the thickness beside it."""
    column = "stock" if row.text("stock") else "material"
    word = row.text(column) or sheet or ""
    if not word:
        raise row.error(column, "is blank", "write the key of a sheet or bar, such as birch-ply-18")
    thickness = row.length("thickness")
    for option in workshop.sheets if thickness else ():
        titles = (option.material.key.lower(), option.material.title.lower())
        if word.lower() in titles and _is_thick(option, thickness):
            return option
    good = find_good(workshop, word)
    if good is None:
        keys = [b.key for b in workshop.bars] + [s.key for s in workshop.sheets if not is_bar]
        raise row.error(
            column,
            f"unknown {'bar' if is_bar else 'sheet or bar'} {word!r}",
            nearest(word.lower(), keys),
        )
    if isinstance(good, Sheet) and thickness and not _is_thick(good, thickness):
        raise row.error(
            "thickness",
            f"{thickness:g} mm, but {good.key} is {good.nominal:g} mm (really {good.thickness:g} mm)",
            "correct it, or name the sheet of that thickness",
        )
    return good


def _is_thick(sheet: Sheet, thickness: float | None) -> bool:
    return thickness is not None and any(
        abs(thickness - t) <= THICKNESS for t in (sheet.nominal, sheet.thickness)
    )


def _sheet_part(
    row: Row, label: str, size: tuple[float, float | None], sheet: Sheet, quantity: int
) -> PartFacts:
    length, width = size
    if width is None:
        raise row.error("width", f"is blank, and {sheet.key} is a sheet", "write a width, or name a bar")
    grain = row.grain() if sheet.material.has_grain else None
    pattern = FlatPattern(
        Outline.rectangle(0, 0, length, width),
        (),
        sheet.thickness,
        None if grain is None else "x" if grain == "length" else "y",
        Pose(),
    )
    return sheet_facts(label, pattern, sheet, quantity)


def _bar_part(row: Row, label: str, length: float, bar: Bar, quantity: int) -> PartFacts:
    if row.grain() == "width":
        raise row.error("grain", f"the grain of {bar.key} runs along its length", "write length or none")
    for column in ("width", "thickness"):
        said = row.length(column)
        if said is not None and min(abs(said - bar.width), abs(said - bar.height)) > SECTION:
            raise row.error(
                column,
                f"{said:g} mm, but {bar.key} is {bar.width:g} × {bar.height:g} mm",
                "leave it blank, or name the bar of that section",
            )
    return bar_facts(label, length, bar, quantity)
