# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A maker's cut list: rectangles from sheets and pieces of bars, one row a part."""

from __future__ import annotations

from collections.abc import Sequence

from csmkit.catalog.nearest import nearest
from csmkit.errors import CsmError
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

MOST_ROWS = 12  # numbers of wrong rows that a line tells
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
    Raises: CsmError: one line that names file, row, column, value, limit and remedy of the first mistake, and
        the rows of the others.
    """
    if data.startswith(b"PK"):
        raise CsmError("is no CSV but a spreadsheet", kit=name, remedy="save it as CSV UTF-8")
    parts: list[OwnPart] = []
    wrong: list[tuple[int, CsmError]] = []
    for row in read_rows(data, name, REQUIRED, OPTIONAL):
        try:
            parts.append(_part(row, name, workshop, sheet))
        except CsmError as error:
            wrong.append((row.number, error))
    if wrong:
        raise _with_the_others(wrong)
    return gathered(parts)


def _with_the_others(wrong: Sequence[tuple[int, CsmError]]) -> CsmError:
    """The first mistake, with the numbers of the other rows in which there are some."""
    (_, first), *others = wrong
    if not others:
        return first
    numbers = ", ".join(str(number) for number, _ in others[:MOST_ROWS])
    more = ", …" if len(others) > MOST_ROWS else ""
    remedy = f"{first.remedy}; mistakes also in row{'s' if others[1:] else ''} {numbers}{more}"
    return CsmError(first.problem, kit=first.kit, part=first.part, remedy=remedy, where=first.where)


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
        if _is_of(option, word) and _is_thick(option, thickness):
            return option
    good = find_good(workshop, word)
    if good is None:
        if thick := [s.key for s in workshop.sheets if _is_of(s, word)]:
            problem = f"{word!r} alone doesn't say which of {len(thick)} thicknesses"
            raise row.error(
                column, problem, f"write its key, {' or '.join(thick[:3])} …, or a column thickness"
            )
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


def _is_of(sheet: Sheet, word: str) -> bool:
    return word.lower() in (sheet.material.key.lower(), sheet.material.title.lower())


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
