# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a design computes beside its solids, for paper and page: templates at 1:1, curves, tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from csmkit.errors import CsmError
from csmkit.model.outline import Point


@dataclass(frozen=True)
class Stroke:
    """A line of a template, closed if it ends where it begins.

    Args:
        points: that it runs through, mm.
        kind: what is done along it; "help" is thin, for the eye alone.
    """

    points: tuple[Point, ...]
    kind: Literal["cut", "mark", "fold", "help"] = "cut"


@dataclass(frozen=True)
class Label:
    """A text on a template.

    Args:
        x, y: left end of its baseline, mm.
        text: one line.
        height: of its letters, mm.
        angle: that it is turned by about its left end, degrees.
    """

    x: float
    y: float
    text: str
    height: float = 4.0
    angle: float = 0.0


@dataclass(frozen=True)
class Template:
    """A drawing at 1:1 that is laid on the work: printed on several pages if it is large.

    Args:
        name: names files.
        title: stands on each page.
        strokes, labels: mm, y upwards, anywhere in the plane.
        note: how it is used, one or two sentences.
    Example:
        ring = [(20 * cos(a / 8 * pi), 20 * sin(a / 8 * pi)) for a in range(17)]
        Template("drill-ring", "Holes of the flange", (Stroke(tuple(ring), "mark"),), note="Tape it on.")
    """

    name: str
    title: str
    strokes: tuple[Stroke, ...]
    labels: tuple[Label, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One line of a curve.

    Args:
        title: beside the line.
        points: in the units of the axes.
    """

    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Curve:
    """A limit or a yield that is no single number: power against wind speed.

    Args:
        name: names files.
        title: above the plot.
        x, y: what the axes show, with units: "wind speed, m/s".
        series: one line each.
        marks: level lines across the plot, with their text: (3000.0, "rated current").
        source: where formula and figures come from.
    Raises: CsmError: it has no points, or some that are not finite.
    Example:
        bent = Series("18 mm", tuple((l, 5e-9 * l**4) for l in range(200, 1001, 100)))
        Curve("sag", "How far a shelf sags", "length, mm", "sag, mm", (bent,), source="beam on two supports")
    """

    name: str
    title: str
    x: str
    y: str
    series: tuple[Series, ...]
    marks: tuple[tuple[float, str], ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        numbers = [v for s in self.series for p in s.points for v in p]
        if not numbers or not all(map(math.isfinite, numbers)):
            raise CsmError(f"the curve {self.name!r} has no points, or some that are not finite")


@dataclass(frozen=True)
class Table:
    """Figures that a maker reads off: drop and width at each station of a blade.

    Args:
        name: names files.
        title: above the table.
        columns: headings, with units: "width, mm".
        rows: texts and numbers, as many as there are columns.
        source: where formula and figures come from.
    Raises: CsmError: a row of another length than the columns.
    Example:
        Table("screws", "Screws by sheet", ("sheet, mm", "screw"), ((12.0, "4x40"), (18.0, "5x50")))
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]
    source: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise CsmError(
                f"the table {self.name!r} has rows of other lengths than its {len(self.columns)} columns"
            )


Figure = Template | Curve | Table


def unique_names(figures: Sequence[Figure]) -> None:
    """Check that no two figures would write one file. Raises: CsmError: two have one name."""
    names = [f.name for f in figures]
    twice = next((n for n in names if names.count(n) > 1), None)
    if twice is not None:
        raise CsmError(f"two figures are called {twice!r}", remedy="rename one: names become files")
