# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Cut planning: instance → plan → solution, shared by every planner."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from csmkit.model.facts import FlatPattern
from csmkit.model.outline import Outline
from csmkit.model.stock import StockBar, StockSheet


@dataclass(frozen=True)
class CutItem:
    """Equal parts to be cut from one sheet good."""

    kit: str
    part: str
    sheet: str  # key of the Sheet
    pattern: FlatPattern
    quantity: int

    @property
    def name(self) -> str:
        """Unique in an instance: "bike-trailer/side"."""
        return f"{self.kit}/{self.part}"


@dataclass(frozen=True)
class CutRules:
    """Distances that a plan keeps, mm."""

    spacing: float  # between parts: cutter + margin
    edge: float  # from the stock's edge and its defects
    reach: tuple[float, float] | None = None  # x and y of the machine, where a sheet is larger; else None
    kerf: float = 0.0  # of the saw that such a sheet is sawn with first


@dataclass(frozen=True)
class NestInstance:
    """All sheet parts of one sheet good, the stock for them, and the rules."""

    sheet: str
    items: tuple[CutItem, ...]
    stock: tuple[StockSheet, ...]
    rules: CutRules


@dataclass(frozen=True)
class Placement:
    """One part on a sheet: its pattern turned about (0, 0) by `angle` degrees, then shifted, mm."""

    item: str  # CutItem.name
    copy: int  # 1 … quantity
    x: float
    y: float
    angle: float


@dataclass(frozen=True)
class SawCut:
    """One straight cut of a saw plan, from edge to edge of the piece that it divides.

    It takes the strip from `at` to `at` + kerf and leaves a piece on either side, none where the strip
    reaches the edge of the piece.
    """

    number: int  # order in which a person makes them, from 1, on each sheet
    stage: int  # 1 trims and first cuts; each change of direction within a piece begins another
    axis: Literal["x", "y"]  # what stays the same along the cut: "x" cuts at a certain x, and runs in y
    at: float  # mm
    piece: tuple[float, float, float, float]  # x0, y0, x1, y1 of what is cut, mm, in the sheet's frame


@dataclass(frozen=True)
class Layout:
    """One sheet with its parts."""

    stock: str  # StockSheet.key
    placements: tuple[Placement, ...]
    offcuts: tuple[Outline, ...]  # what remains and is large enough to keep, in the sheet's frame
    cuts: tuple[SawCut, ...] = ()  # of a saw plan: parts come out as the boxes of their patterns
    # No part of repr, of which ids in pictures are made: those of sheets that are not sawn first stay.
    panels: tuple[Outline, ...] = field(default=(), repr=False)  # with parts, of a sheet sawn into such first
    first_cuts: tuple[SawCut, ...] = field(default=(), repr=False)  # that saw the panels out of the sheet

    def panel_of(self, placement: Placement, outline: Outline) -> int:
        """Number of the panel on which a part lies, from 1; 0 if on none.

        Args:
            outline: of the part's pattern.
        """
        a, b, c, d = outline.moved(placement.x, placement.y, placement.angle).bounds
        x, y = (a + c) / 2, (b + d) / 2
        boxes = enumerate((panel.bounds for panel in self.panels), 1)
        return next((k for k, (x0, y0, x1, y1) in boxes if x0 < x < x1 and y0 < y < y1), 0)


@dataclass(frozen=True)
class Nesting:
    """A plan for one instance."""

    sheet: str
    layouts: tuple[Layout, ...]
    unplaced: tuple[str, ...]  # CutItem.name, one entry a copy
    yield_: float  # area of parts / area of opened sheets, 0 to 1
    equivalent_sheets: float  # full sheets + used share of the last
    lower_bound: float  # equivalent sheets that no plan can beat
    engine: str
    proven_optimal: bool


@dataclass(frozen=True)
class BarPiece:
    """Equal pieces to be cut from one bar good."""

    kit: str
    part: str
    bar: str  # key of the Bar
    length: float  # mm
    quantity: int


@dataclass(frozen=True)
class BarInstance:
    """All pieces of one bar good, the stock for them, and what the saw takes."""

    bar: str
    pieces: tuple[BarPiece, ...]
    stock: tuple[StockBar, ...]
    kerf: float
    trim: float


@dataclass(frozen=True)
class BarLayout:
    """One bar with its cuts: names of the pieces with their lengths, in order from the left end."""

    stock: str  # StockBar.key
    pieces: tuple[tuple[str, float], ...]
    rest: float  # mm


@dataclass(frozen=True)
class BarPlan:
    """A plan for one bar good."""

    bar: str
    layouts: tuple[BarLayout, ...]
    unplaced: tuple[tuple[str, float], ...]
    lower_bound: int | None  # bars
    proven_optimal: bool
    gap: float | None = None  # share by which it may cost more than the best; 0 if proven, None if unknown


@dataclass(frozen=True)
class CutPlan:
    """Everything that has to be cut for a kit."""

    nestings: tuple[Nesting, ...]
    bars: tuple[BarPlan, ...]
