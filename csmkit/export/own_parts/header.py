# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The first row of a maker's table: which column is meant by each name, and in which unit its lengths are."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from csmkit.catalog.nearest import nearest
from csmkit.errors import CsmError
from csmkit.model.lengths import UNITS, Unit, find_unit

LENGTHS = ("length", "width", "thickness")
DERIVED = ("area", "mass", "work", "steps")  # columns of our own cut list that follow from the others

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
_BRACKETED = re.compile(r"(?P<name>.+?)\s*[(\[]\s*(?P<unit>[^()\[\]]*?)\s*[)\]]")
_TRAILING = re.compile(r"(?P<name>.+?)(?:\s*[,/_]\s*|\s+in\s+|\s+)(?P<unit>[^\s,/_]+)")


@dataclass(frozen=True)
class Header:
    """Columns of a table by their place, with their names as written and the units of those with lengths."""

    columns: Mapping[int, str]
    written: Mapping[str, str]
    units: Mapping[str, Unit]


def read_header(
    cells: Sequence[str], name: str, number: int, required: Collection[str], optional: Collection[str]
) -> Header:
    """What the cells of a header mean.

    Args:
        cells: names of the columns, stripped; blank ones name none.
        name, number: file and row, for errors.
        required, optional: columns that the table must and may have.
    Raises: CsmError: a column is missing, unknown or there twice, or its unit is unknown.
    """
    columns = _columns(cells, name, number, (*required, *optional))
    _check_complete(columns, name, number, required)
    return Header(
        {place: column for place, (column, _) in columns.items()},
        {column: cells[place] for place, (column, _) in columns.items()},
        _units(columns, cells, name, number),
    )


def _columns(
    written: Sequence[str], name: str, number: int, known: Sequence[str]
) -> dict[int, tuple[str, str]]:
    """Place -> column and its unit's word."""
    if not any(_column(header)[0] for header in written):
        raise CsmError(
            f"names no column: {', '.join(header for header in written if header)[:60]!r}",
            kit=name,
            part=f"row {number}",
            remedy="begin with a header: length,width,quantity,material",
        )
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
