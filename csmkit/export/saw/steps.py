# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A saw plan as its steps: which piece goes onto the saw, where the fence stands, what comes off.

Between fence and blade lies what is to have the measure: what comes off, or of a trim, what it leaves. So a
trim has its piece's opposite edge on the fence; it may take less than the blade's width, which no fence on
its own side could do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shapely import Polygon, box, prepare

from csmkit.model.cutting import CutItem, Layout, Placement, SawCut
from csmkit.model.stock import StockSheet

Rectangle = tuple[float, float, float, float]  # x0, y0, x1, y1, mm, in the sheet's frame
Kind = Literal["part", "offcut", "waste", "piece"]
Edge = Literal["left", "right", "lower", "upper"]
NEAR = 0.01  # mm within which two edges are one
THIN = 0.05  # mm; what is thinner is dust
CHORD = 0.01  # mm between an arc and its polygon
_EDGES: dict[str, tuple[Edge, Edge]] = {"x": ("left", "right"), "y": ("lower", "upper")}


@dataclass(frozen=True)
class Outcome:
    """What a cut leaves on one of its sides."""

    kind: Kind
    box: Rectangle
    placement: Placement | None = None  # of a part
    is_box: bool = True  # False where the sheet doesn't fill the box: its size is no one's
    holds: tuple[Rectangle, ...] = ()  # offcuts within what is no offcut as a whole

    @property
    def size(self) -> tuple[float, float]:
        """Length in x and y of the sheet, mm."""
        return (self.box[2] - self.box[0], self.box[3] - self.box[1])


@dataclass(frozen=True)
class SawStep:
    """One cut as a person makes it."""

    cut: SawCut
    is_trim: bool
    edge: Edge  # of the piece: lies on the fence
    fence: float  # mm from that edge to the blade
    off: Outcome | None  # left of the cut or below it
    rest: Outcome | None  # right of it or above
    is_whole: bool  # the piece that goes onto the saw is a rectangle

    @property
    def takes(self) -> float:
        """Of a trim: what it takes off the piece's left or lower edge, blade included, mm."""
        low = "xy".index(self.cut.axis)
        return self.cut.piece[low + 2] - self.cut.piece[low] - self.fence


@dataclass(frozen=True)
class SawStage:
    """All cuts of one stage and all that lies on the bench before it."""

    number: int
    steps: tuple[SawStep, ...]
    bench: tuple[Outcome, ...]  # what this stage doesn't touch


@dataclass(frozen=True)
class _Sheet:
    """What a sheet's pieces are told by."""

    room: Polygon
    parts: tuple[tuple[Placement, Rectangle], ...]
    offcuts: tuple[Rectangle, ...]

    def is_filled(self, piece: Rectangle) -> bool:
        """The sheet reaches into all corners of a piece."""
        return bool(self.room.covers(box(*piece)))

    def outcome(self, piece: Rectangle | None, ahead: Sequence[Rectangle]) -> Outcome | None:
        """What a piece is, with the pieces of the cuts that follow; None where the sheet has nothing."""
        if piece is None or self.room.intersection(box(*piece)).area < THIN:
            return None
        if any(is_same(piece, p) for p in ahead):
            return Outcome("piece", piece, None, self.is_filled(piece))
        for placement, place in self.parts:
            if is_same(piece, place):
                return Outcome("part", piece, placement)
        if any(is_same(piece, o) for o in self.offcuts):
            return Outcome("offcut", piece)
        holds = tuple(o for o in self.offcuts if _is_within(o, piece))
        return Outcome("waste", piece, None, self.is_filled(piece), holds)


def saw_steps(
    layout: Layout, items: Mapping[str, CutItem], stock: StockSheet, kerf: float
) -> tuple[SawStep, ...]:
    """The steps of a sheet's cuts, in their order.

    Args:
        layout: with its cuts.
        items: what the placements name.
        stock: the sheet that the layout cuts.
        kerf: mm that each cut takes.
    """
    room = Polygon(stock.outline.points(CHORD)).buffer(NEAR)
    prepare(room)
    parts = tuple((p, _box(p, items)) for p in layout.placements)
    sheet = _Sheet(room, parts, tuple(o.bounds for o in layout.offcuts))
    pieces = [c.piece for c in layout.cuts]
    return tuple(_step(cut, sheet, pieces[n + 1 :], kerf) for n, cut in enumerate(layout.cuts))


def _step(cut: SawCut, sheet: _Sheet, ahead: Sequence[Rectangle], kerf: float) -> SawStep:
    off, rest = (sheet.outcome(side, ahead) for side in sides(cut, kerf))
    is_waste = off is None or off.kind == "waste"
    is_trim = off is None or (off.kind == "waste" and not off.holds)
    low = "xy".index(cut.axis)
    near, far = _EDGES[cut.axis]
    whole = sheet.is_filled(cut.piece)
    if is_waste and rest is not None:
        return SawStep(cut, is_trim, far, cut.piece[low + 2] - cut.at - kerf, off, rest, whole)
    return SawStep(cut, is_trim, near, cut.at - cut.piece[low], off, rest, whole)


def saw_stages(
    layout: Layout, items: Mapping[str, CutItem], stock: StockSheet, kerf: float
) -> tuple[SawStage, ...]:
    """The steps by stage, each with what lies beside it untouched."""
    steps = saw_steps(layout, items, stock, kerf)
    stages = []
    done: list[Outcome] = []
    for number in sorted({s.cut.stage for s in steps}):
        own = tuple(s for s in steps if s.cut.stage == number)
        stages.append(SawStage(number, own, tuple(done)))
        done += [o for s in own for o in (s.off, s.rest) if o is not None and o.kind != "piece"]
    return tuple(stages)


def sides(cut: SawCut, kerf: float) -> tuple[Rectangle | None, Rectangle | None]:
    """The pieces below and above a cut; None where the blade takes it all."""
    x0, y0, x1, y1 = cut.piece
    if cut.axis == "x":
        lower, upper = (x0, y0, cut.at, y1), (cut.at + kerf, y0, x1, y1)
        return (lower if cut.at - x0 > THIN else None, upper if x1 - cut.at - kerf > THIN else None)
    lower, upper = (x0, y0, x1, cut.at), (x0, cut.at + kerf, x1, y1)
    return (lower if cut.at - y0 > THIN else None, upper if y1 - cut.at - kerf > THIN else None)


def _is_within(inner: Rectangle, outer: Rectangle) -> bool:
    """A rectangle lies in another."""
    return all(inner[k] > outer[k] - NEAR and inner[k + 2] < outer[k + 2] + NEAR for k in (0, 1))


def _box(placement: Placement, items: Mapping[str, CutItem]) -> Rectangle:
    outline = items[placement.item].pattern.outline
    return outline.moved(placement.x, placement.y, placement.angle).bounds


def is_same(a: Rectangle, b: Rectangle) -> bool:
    """Two rectangles lie on each other."""
    return all(abs(p - q) < NEAR for p, q in zip(a, b, strict=True))
