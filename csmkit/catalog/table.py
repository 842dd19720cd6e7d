# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""One CSV table of this package: rows of text, and the cells' meaning.

A column in which money or a size was judged rather than read has `assumed` = yes in its row.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

Row = dict[str, str]
FOLDER = Path(__file__).parent / "data"


@cache
def read_rows(name: str) -> tuple[Row, ...]:
    """Rows of the table `name`.csv, in the file's order.

    Raises: FileNotFoundError: there is no such table; ValueError: a row is shorter or longer than the header.
    """
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = tuple(csv.DictReader(file, restval="\0", restkey="\0"))
    for number, row in enumerate(rows, 2):
        if "\0" in row or "\0" in row.values():
            raise ValueError(f"{name}.csv, line {number}: not as many cells as the header")
    return rows


def table_names() -> tuple[str, ...]:
    """All tables."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.csv")))


def number(text: str) -> float | None:
    """A cell's number; None if it is empty."""
    return float(text) if text else None


def sizes(text: str) -> tuple[tuple[str, float], ...]:
    """Named sizes in mm from a cell such as "d=8 head_height=5.3"."""
    pairs = (item.split("=") for item in text.split())
    return tuple((name, float(value)) for name, value in pairs)


def plain(value: float) -> str:
    """A number as keys write it: 18, 6.5."""
    return f"{value:g}"


def source(row: Row) -> str:
    """Source with its date."""
    return f"{row['source']} ({row['date']})"
