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

from csmkit.catalog.nearest import nearest
from csmkit.errors import CsmError
from csmkit.export.lengths import MM, UNITS, Unit, decimal_mark, find_unit, split_length

Grain = Literal["length", "width"]

LEAST = 1.0  # mm; a part below this is a wrong unit, not a part
MOST = 10_000  # copies of one row; more is a slip of the keyboard

LENGTHS = ("length", "width", "thickness")
DERIVED = ("area", "mass", "steps")  # columns of our own cut list that follow from the others

_SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "length": ("l", "len"),
        "width": ("w", "breadth"),
        "thickness": ("t", "thk", "thick"),
        "quantity": ("qty", "count", "number", "pieces", "pcs"),
        "material": ("mat", "sheet", "bar", "board"),
        "stock": (),
        "grain": ("grain direction", "grain along"),
        "label": ("name", "part", "part name"),
        "edges": ("edge", "edging", "banding", "edge banding"),
        "note": ("notes", "remark", "remarks", "comment", "comments", "description"),
        "kit": ("project",),
        "file": ("filename", "file name", "dxf", "drawing"),
        "unit": ("units",),
    }
)
_COLUMNS: Mapping[str, str] = MappingProxyType(
    {word: column for column, words in _SYNONYMS.items() for word in (column, *words)}
    | {word: word for word in DERIVED}
)
_GRAINS: Mapping[str, Grain | None] = MappingProxyType(
    {
        **dict.fromkeys(("length", "l", "long", "along", "lengthwise", "x", "yes"), "length"),
        **dict.fromkeys(("width", "w", "across", "crosswise", "y"), "width"),
        **dict.fromkeys(("", "none", "no", "-", "free", "any"), None),
    }
)
_BRACKETED = re.compile(r"(?P<name>.+?)\s*[(\[]\s*(?P<unit>[^()\[\]]*?)\s*[)\]]")
_TRAILING = re.compile(r"(?P<name>.+?)(?:\s*[,/_]\s*|\s+in\s+|\s+)(?P<unit>[^\s,/_]+)")


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
    written = lines[start]
    columns = _columns(written, name, start + 1, (*required, *optional))
    _check_complete(columns, name, start + 1, required)
    headers = {column: written[i] for i, (column, _) in columns.items()}
    units = _units(columns, written, name, start + 1)
    rows = []
    for number, cells in enumerate(lines[start + 1 :], start + 2):
        if any(cells):
            found = {columns[i][0]: cell for i, cell in enumerate(cells) if i in columns}
            rows.append(Row(name, number, found, headers, units, delimiter != ","))
            _check_length(rows[-1], cells, columns, delimiter)
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


def _columns(
    written: Sequence[str], name: str, number: int, known: Sequence[str]
) -> dict[int, tuple[str, str]]:
    """Place -> column and its unit's word."""
    columns: dict[int, tuple[str, str]] = {}
    for place, header in enumerate(written):
        if not header:
            continue
        column, unit = _column(header)
        if column not in known and column not in DERIVED:
            raise CsmError(
                f"unknown column {header!r}",
                kit=name,
                part=f"row {number}",
                remedy=nearest(header.lower(), [w for w, c in _COLUMNS.items() if c in known and len(w) > 2]),
            )
        twin = next((i for i, (c, _) in columns.items() if c == column), None)
        if twin is not None:
            raise CsmError(
                f"columns {written[twin]!r} and {header!r} both give the {column}",
                kit=name,
                part=f"row {number}",
                remedy="keep one of them",
            )
        columns[place] = column, unit
    return columns


def _column(header: str) -> tuple[str, str]:
    """Column that a header means, "" if none, and the word of its unit."""
    plain = " ".join(re.sub(r"[_-]+", " ", header.lower()).split())
    if plain in _COLUMNS:
        return _COLUMNS[plain], ""
    for form in (_BRACKETED, _TRAILING):
        found = form.fullmatch(plain)
        if found and _COLUMNS.get(found["name"]) in (*LENGTHS, "area", "mass"):
            return _COLUMNS[found["name"]], found["unit"]
    return "", ""


def _check_complete(
    columns: Mapping[int, tuple[str, str]], name: str, number: int, required: Collection[str]
) -> None:
    have = {column for column, _ in columns.values()}
    missing = [column for column in required if column not in have]
    if missing:
        raise CsmError(
            f"the header lacks {', '.join(missing)}",
            kit=name,
            part=f"row {number}",
            remedy="the first row names the columns, with a comma, semicolon or tab between them",
        )


def _units(
    columns: Mapping[int, tuple[str, str]], written: Sequence[str], name: str, number: int
) -> dict[str, Unit]:
    """Units of the columns with lengths; those that say none take the one that the others agree on."""
    units: dict[str, Unit] = {}
    for place, (column, word) in columns.items():
        unit = find_unit(word)
        if column in LENGTHS and word and unit is None:
            raise CsmError(
                f"unknown unit {word!r} in column {written[place]!r}",
                kit=name,
                part=f"row {number}",
                remedy=f"known: {', '.join(UNITS)}",
            )
        if column in LENGTHS and unit:
            units[column] = unit
    silent = {c for c, _ in columns.values() if c in LENGTHS and c not in units}
    if silent and len(set(units.values())) > 1:
        raise CsmError(
            f"columns have different units, and {' and '.join(sorted(silent))} has none",
            kit=name,
            part=f"row {number}",
            remedy="write a unit to each, such as width_mm",
        )
    return units | dict.fromkeys(silent, next(iter(units.values()), "mm"))


def _check_length(row: Row, cells: Sequence[str], columns: Mapping[int, object], delimiter: str) -> None:
    beyond = [cell for i, cell in enumerate(cells) if cell and i not in columns]
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
