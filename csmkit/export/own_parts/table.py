# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A maker's table as spreadsheet programs save it: delimiter, columns and units found out, rows numbered."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from csmkit.errors import CsmError
from csmkit.export.own_parts.header import LENGTHS, Header, read_header
from csmkit.model.lengths import MM, UNITS, Unit, decimal_mark, find_unit, split_length

Grain = Literal["length", "width"]

LEAST = 1.0  # mm; a part below this is a wrong unit, not a part
MOST = 10_000  # copies of one row; more is a slip of the keyboard

_GRAINS: Mapping[str, Grain | None] = MappingProxyType(
    {
        **dict.fromkeys(("length", "l", "long", "along", "lengthwise", "x", "yes"), "length"),
        **dict.fromkeys(("width", "w", "across", "crosswise", "y"), "width"),
        **dict.fromkeys(("", "none", "no", "-", "free", "any"), None),
    }
)


@dataclass(frozen=True)
class Row:
    """One line of a table; `number` counts as a spreadsheet program does, the header is in row 1."""

    file: str
    number: int
    cells: Mapping[str, str]  # column -> text, stripped
    headers: Mapping[str, str]  # column -> its name as written
    units: Mapping[str, Unit]  # of the columns with lengths
    comma: bool  # a comma may be the decimal mark

    def error(self, column: str, problem: str, remedy: str) -> CsmError:
        """An error that names file, row and column."""
        place = f"row {self.number}"
        if column:
            place += f", column {self.headers.get(column, column)!r}"
        return CsmError(problem, kit=self.file, part=place, remedy=remedy)

    def text(self, column: str) -> str:
        """A cell's text in one line, "" where it is blank or the column isn't there."""
        text = " ".join(self.cells.get(column, "").split())
        # Our own tables keep spreadsheet programs from computing a text by an apostrophe before it.
        return text[1:] if re.match(r"'[=+\-@]", text) else text

    def length(self, column: str) -> float | None:
        """A length in mm; None where it is blank.

        Raises: CsmError: it is no length, has an unknown unit, or is not above 0.
        """
        text = self.cells.get(column, "")
        if not text:
            return None
        found = split_length(text)
        if found is None or (decimal_mark(text) == "," and not self.comma):
            raise self.error(column, f"{text!r} is no length", "write a number such as 400 or 12.5")
        if self.comma and self._unit(column) == "mm" and re.fullmatch(r"[1-9]\.\d{3}", text):
            remedy = f"write {text.replace('.', '')} or {float(text):g}"
            raise self.error(column, f"{text!r} may be a thousand or a decimal", remedy)
        number, word = found
        unit = find_unit(word) if word else self._unit(column)
        if unit is None:
            raise self.error(column, f"unknown unit {word!r} in {text!r}", f"known: {', '.join(UNITS)}")
        length = number * MM[unit]
        if length < LEAST:
            raise self.error(column, f"{text!r} is {length:g} mm, below {LEAST:g} mm", "check value and unit")
        return length

    def count(self, column: str = "quantity") -> int:
        """A whole number from 1.

        Raises: CsmError: it is blank, zero, negative, a fraction, a text or beyond all measure.
        """
        text = self.cells.get(column, "")
        if not text:
            raise self.error(column, "is blank", "write how many pieces, 1 or more")
        if not re.fullmatch(r"\+?\d{1,9}(?:[.,]0*)?", text) or int(re.split("[.,]", text)[0]) < 1:
            raise self.error(column, f"{text!r} is no whole number of 1 or more", "write 1, 2, 3 …")
        number = int(re.split("[.,]", text)[0])
        if number > MOST:
            raise self.error(column, f"{number} is above {MOST}", "plan it in batches")
        return number

    def grain(self) -> Grain | None:
        """Along which side the face grain runs; None where it may run as it likes.

        Raises: CsmError: it says something else.
        """
        text = self.text("grain").lower()
        if text not in _GRAINS:
            raise self.error("grain", f"unknown grain {text!r}", "write length, width or none")
        return _GRAINS[text]

    def unit(self) -> Unit | None:
        """The row's own unit. Raises: CsmError: it is unknown."""
        text = self.text("unit")
        unit = find_unit(text)
        if text and unit is None:
            raise self.error("unit", f"unknown unit {text!r}", f"known: {', '.join(UNITS)}")
        return unit

    def _unit(self, column: str) -> Unit:
        return self.unit() or self.units.get(column) or "mm"


def read_rows(data: bytes, name: str, required: Collection[str], optional: Collection[str]) -> list[Row]:
    """The rows of a table that aren't empty.

    Args:
        data: UTF-8 (with or without byte-order mark) or UTF-16; comma, semicolon or tab between cells.
        name: what errors call the file.
        required, optional: columns that it must and may have.
    Raises: CsmError: it is no such table; a column is missing, unknown or there twice; a row is too long; the
        file mixes decimal points and commas.
    """
    lines, delimiter = _records(data, name)
    start = next((i for i, cells in enumerate(lines) if any(cells)), None)
    if start is None:
        raise CsmError("the table is empty", kit=name, remedy=f"begin with a header: {', '.join(required)}")
    header = read_header(lines[start], name, start + 1, required, optional)
    rows = []
    for number, cells in enumerate(lines[start + 1 :], start + 2):
        if any(cells):
            found = {header.columns[i]: cell for i, cell in enumerate(cells) if i in header.columns}
            rows.append(Row(name, number, found, header.written, header.units, delimiter != ","))
            _check_length(rows[-1], cells, header, delimiter)
    _check_marks(rows)
    if not rows:
        raise CsmError("the table has no rows below its header", kit=name, remedy="add one row a part")
    return rows


def _records(data: bytes, name: str) -> tuple[list[list[str]], str]:
    """Cells, stripped, line by line; empty lines stay, so that rows count as in a spreadsheet program."""
    text = _decoded(data, name)
    first, _, rest = text.partition("\n")
    if told := re.fullmatch(
        r"\ufeff?sep=(.)\s*", first, re.IGNORECASE
    ):  # a line for Excel, which it doesn't count
        text, delimiter = rest, told[1]
    else:
        delimiter = _delimiter(text)
    lines: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            lines.append([cell.strip() for cell in cells])
    except csv.Error as error:
        raise CsmError(
            f"the table can't be read on: {error}",
            kit=name,
            part=f"row {len(lines) + 1}",
            remedy="look for a quotation mark too many or too few",
        ) from None
    return lines, delimiter


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CsmError(
            "not UTF-8 text", kit=name, part=f"row {line}", remedy="save it as CSV UTF-8"
        ) from None


def _delimiter(text: str) -> str:
    """The one of tab, semicolon and comma that the header has most of, outside of quotation marks."""
    header = next((line for line in text.splitlines() if line.strip(" \t,;")), "")
    plain = re.sub(r'"[^"]*"', "", header)
    return max("\t;,", key=plain.count)


def _check_length(row: Row, cells: Sequence[str], header: Header, delimiter: str) -> None:
    beyond = [cell for i, cell in enumerate(cells) if cell and i not in header.columns]
    if beyond:
        raise row.error(
            "",
            f"has {beyond[0]!r} where the header names no column",
            "a decimal comma needs semicolons between cells: write 12.5, or save with semicolons"
            if delimiter == ","
            else "name the column or clear the cell",
        )


def _check_marks(rows: Sequence[Row]) -> None:
    """12,5 and 1.200 in one file: nobody knows whether the second is a thousand."""
    seen: dict[str, tuple[Row, str]] = {}
    for row in rows:
        for column in LENGTHS:
            text = row.cells.get(column, "")
            mark = decimal_mark(text)
            if mark:
                seen.setdefault(mark, (row, column))
    if len(seen) > 1 and seen["."][0].comma:
        (row, column), (other, _) = seen["."], seen[","]
        raise row.error(
            column,
            f"{row.cells[column]!r} has a decimal point, row {other.number} a decimal comma",
            "write all numbers in one way, without marks for thousands",
        )
