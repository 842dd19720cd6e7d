# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The table of a drawing's holes and pockets: letter and kind, then a row for each with its x and y."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from csmkit.export.drawing.ink import LINE, Ink, Text, line, text_width, value
from csmkit.export.drawing.marks import Group
from csmkit.model.outline import Point

AIR = 3.0  # mm between columns
ABREAST = 6  # y on one line


@dataclass(frozen=True)
class Row:
    """A line of the table: a kind over all columns, or a mark's name with its x and y."""

    cells: tuple[str, ...]

    @property
    def is_kind(self) -> bool:
        """It heads the rows that follow."""
        return len(self.cells) == 1


@dataclass(frozen=True)
class Table:
    """Rows broken into blocks that stand beside one another.

    Args:
        blocks: rows from top to bottom, each block from left to right.
    """

    blocks: tuple[tuple[Row, ...], ...]

    @property
    def columns(self) -> tuple[float, float, float]:
        """Width of name, x and y, mm; the same in all blocks."""
        cells = [row.cells for block in self.blocks for row in block if len(row.cells) == 3]
        name, x, y = (max((text_width(c[i]) for c in cells), default=0.0) + AIR for i in range(3))
        rows = [row for block in self.blocks for row in block]
        whole = [text_width(row.cells[0]) for row in rows if len(row.cells) == 1]
        whole += [self.first + text_width(row.cells[1]) for row in rows if len(row.cells) == 2]
        return name, x, max(y, max(whole, default=0.0) + AIR - name - x)

    @property
    def first(self) -> float:
        """Width of x where y stand abreast, mm."""
        cells = [row.cells[0] for block in self.blocks for row in block if len(row.cells) == 2]
        return max(map(text_width, cells), default=0.0) + AIR

    @property
    def width(self) -> float:
        """Paper that it takes, mm."""
        return len(self.blocks) * (sum(self.columns) + AIR) if self.blocks else 0.0

    @property
    def height(self) -> float:
        """Paper that it takes, mm."""
        return (max(map(len, self.blocks), default=0) + 0.5) * LINE

    def drawn(self, x: float, y: float) -> Ink:
        """The table with its upper left corner at a place of the paper."""
        name, wide, last = self.columns
        strokes, texts = [], []
        for n, block in enumerate(self.blocks):
            left = x + n * (name + wide + last + AIR)
            for k, row in enumerate(block):
                at = y + (k + 0.5) * LINE
                if len(row.cells) == 1:
                    texts.append(Text(left, at, row.cells[0], weight="bold"))
                    strokes.append(
                        line("thin", (left, at + LINE / 2), (left + name + wide + last - AIR, at + LINE / 2))
                    )
                    continue
                starts = (left, left + name, left + name + wide)
                if len(row.cells) == 2:
                    starts = (left, left + self.first, 0.0)
                for cell, start in zip(row.cells, starts, strict=False):
                    texts.append(Text(start, at, cell))
        return Ink(tuple(strokes), tuple(texts))


def table(rows: Sequence[Row], room: float) -> Table:
    """Rows broken where the room's height (mm) ends; never right after a kind's line."""
    most = max(int(room / LINE), 4)
    blocks: list[list[Row]] = [[]]
    for row, after in itertools.zip_longest(rows, rows[1:]):
        needed = 2 if row.is_kind and after and not after.is_kind else 1
        if len(blocks[-1]) + needed > most:
            blocks.append([])
        blocks[-1].append(row)
    return Table(tuple(tuple(b) for b in blocks if b))


def flat_table(rows: Sequence[Row], width: float) -> Table:
    """The table as low as a width (mm) lets it be, blocks side by side; one block if none is so narrow."""
    one = Table((tuple(rows),))
    abreast = max(int(width / one.width), 1)
    least = max(math.ceil(len(rows) / abreast), 4)
    tables = (table(rows, count * LINE) for count in range(least, len(rows)))
    return next((found for found in tables if found.width <= width), one)


def listed(groups: Sequence[Group], curve: Sequence[Point], zero: Point) -> list[Row]:
    """All rows: the groups with their marks, then the points of a free curve.

    Args:
        groups: holes and pockets.
        curve: corners of an outline that is told by its points, mm; empty for any other.
        zero: where x and y count from, mm of the part.
    """
    rows = [row for group in groups for row in _rows(group, zero)]
    if curve:
        rows.append(Row(("outline through",)))
    for n, (x, y) in enumerate(curve, 1):
        rows.append(Row((str(n), _told("x", (x,), zero[0]), _told("y", (y,), zero[1]))))
    return rows


def kinds(groups: Sequence[Group], room: float) -> Table:
    """Only the kinds: where there are more marks than a page takes."""
    most = max(int(room / LINE), 4)
    rows = [Row((f"{g.letter}: {g.what}",)) for g in groups]
    return Table(tuple(tuple(rows[i : i + most]) for i in range(0, len(rows), most)))


def _rows(group: Group, zero: Point) -> Iterator[Row]:
    yield Row((f"{group.letter}: {group.what}",))
    if group.is_in_columns:
        yield from _columns(group, zero)
        return
    for n, mark in enumerate(group.marks):
        yield Row((group.tag(n), _told("x", mark.xs, zero[0]), _told("y", mark.ys, zero[1])))
        for what, x, y in mark.points:
            yield Row((what, _told("x", (x,), zero[0]), _told("y", (y,), zero[1])))


def _columns(group: Group, zero: Point) -> Iterator[Row]:
    """Round holes by their x, then all y of each."""
    by_x = itertools.groupby(group.marks, key=lambda m: value(m.middle[0] - zero[0]))
    for x, marks in by_x:
        ys = [value(m.middle[1] - zero[1]) for m in marks]
        for start in range(0, len(ys), ABREAST):
            yield Row((f"x {x}", f"y {', '.join(ys[start : start + ABREAST])}"))


def _told(axis: str, values: tuple[float, ...], zero: float) -> str:
    return f"{axis} {' to '.join(value(v - zero) for v in values)}"
