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
    """A line of a template, closed if it ends where it begins; mm."""

    points: tuple[Point, ...]
    kind: Literal["cut", "mark", "fold", "help"] = "cut"  # help: thin, for the eye alone


@dataclass(frozen=True)
class Label:
    """A text on a template, its baseline's left end at (x, y), turned about it by `angle`."""

    x: float
    y: float
    text: str
    height: float = 4.0  # mm
    angle: float = 0.0  # degrees


@dataclass(frozen=True)
class Template:
    """A drawing at 1:1 that is laid on the work: printed on several pages if it is large.

    Args:
        name: names files.
        title: stands on each page.
        strokes, labels: mm, y upwards, anywhere in the plane.
        note: how it is used, one or two sentences.
    """

    name: str
    title: str
    strokes: tuple[Stroke, ...]
    labels: tuple[Label, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One line of a curve."""

    title: str
    points: tuple[Point, ...]  # in the units of the axes


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
    """Figures that a maker reads off: drop and width at each station of a blade."""

    name: str
    title: str
    columns: tuple[str, ...]  # with units: "width, mm"
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
