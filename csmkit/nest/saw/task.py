# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""An instance as a saw takes it: boxes and rectangles in whole micrometres, so that sums are exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from csmkit.model import CutItem, NestInstance, Outline, StockSheet
from csmkit.nest.candidate import Candidate, CutSheet, Placed
from csmkit.nest.engines.blanks import Blank, blanks, usable
from csmkit.nest.saw.areas import areas
from csmkit.nest.saw.micrometres import PER_MM, Box, down, up
from csmkit.nest.turns import Grain, turns

AREAS = 3  # rectangles of an offcut that is none, at most


@dataclass(frozen=True)
class SawPart:
    """Equal parts as boxes: lengths in x and y as they lie at `angle`, µm."""

    name: str
    quantity: int
    size: tuple[int, int]
    angle: float  # degrees
    may_turn: bool  # by a quarter more

    @property
    def area(self) -> int:
        """Area of the box, µm²."""
        return self.size[0] * self.size[1]


@dataclass(frozen=True)
class SawBlank:
    """A rectangle of a kind of sheet from which parts are cut; an offcut that is none may have several."""

    stock: StockSheet
    turned: bool  # engines see it turned, so that its grain runs as all others' grain
    sheet: Box  # the whole sheet's box, in its own frame
    area: Box  # clear of edges and defects, in its own frame
    copies: int  # no more than there are parts

    @property
    def size(self) -> tuple[int, int]:
        """Length of the area in the engines' x and y, µm."""
        x, y = self.area[2] - self.area[0], self.area[3] - self.area[1]
        return (y, x) if self.turned else (x, y)


@dataclass(frozen=True)
class SawTask:
    """Parts, sheets that take at least one of them, and what a cut takes."""

    parts: tuple[SawPart, ...]
    blanks: tuple[SawBlank, ...]
    kerf: int  # µm
    boxes: dict[str, tuple[float, float, float, float]]  # of the patterns at (0, 0, 0), mm


Spot = tuple[int, int, int, bool]  # part, x, y of its lower left corner in µm from the area's, turned


def saw_task(instance: NestInstance) -> SawTask:
    """The instance in whole numbers; sizes and kerf are rounded up, sheets down."""
    grains: set[Grain] = {s.grain for s in instance.stock} - {None}
    grain: Grain = None if not grains else "x" if "x" in grains else "y"
    count = sum(i.quantity for i in instance.items)
    parts, kerf = tuple(_part(item, grain) for item in instance.items), up(instance.rules.spacing)
    least = min((min(p.size) for p in parts), default=1)
    return SawTask(
        parts,
        tuple(s for b in blanks(instance) for s in _blanks(b, instance.rules.edge, kerf, least, count)),
        kerf,
        {i.name: i.pattern.outline.bounds for i in instance.items},
    )


def cut_sheet(task: SawTask, blank: SawBlank, spots: Sequence[Spot]) -> CutSheet:
    """Boxes as an engine has placed them, as placements of the patterns in the sheet's own frame."""
    placed: list[Placed] = []
    for part_index, x, y, turned in spots:
        part = task.parts[part_index]
        own = (blank.area[0] + x, blank.area[1] + y)
        if blank.turned:
            wide = part.size[0] if turned else part.size[1]
            own = (blank.area[2] - y - wide, blank.area[1] + x)
        placed.append(placement(task, part.name, own, (part.angle + 90 * (turned + blank.turned)) % 180))
    return CutSheet(blank.stock.key, tuple(placed))


def cut_sheets(task: SawTask, used: Sequence[tuple[SawBlank, Sequence[Spot]]]) -> Candidate:
    """Boxes on several rectangles as sheets: those of one offcut together."""
    sheets: list[CutSheet] = []
    counts: Counter[tuple[str, Box]] = Counter()
    whole: dict[tuple[str, int], int] = {}  # which copy of an offcut is which sheet
    for blank, spots in used:
        if not spots:
            continue
        made, copy = cut_sheet(task, blank, spots), counts[blank.stock.key, blank.area]
        counts[blank.stock.key, blank.area] += 1
        place = whole.setdefault((made.stock, copy), len(sheets))
        if place < len(sheets):
            made = CutSheet(made.stock, (*sheets[place].placed, *made.placed))
        sheets[place : place + 1] = [made]
    return tuple(sheets)


def placement(task: SawTask, name: str, corner: tuple[int, int], angle: float) -> Placed:
    """A pattern turned by 0 or 90 degrees whose box has its lower left corner there, µm."""
    x0, y0, _, y1 = task.boxes[name]
    left, low = (x0, y0) if angle == 0 else (-y1, x0)
    return (name, corner[0] / PER_MM - left, corner[1] / PER_MM - low, angle)


def box_of(task: SawTask, placed: Placed) -> Box:
    """The box of a placement that is turned by a multiple of 90 degrees, rounded outward to µm."""
    name, x, y, angle = placed
    x0, y0, x1, y1 = Outline.rectangle(*task.boxes[name]).moved(x, y, angle).bounds
    return (down(x0), down(y0), up(x1), up(y1))


def _blanks(blank: Blank, edge: float, kerf: int, least: int, count: int) -> Iterator[SawBlank]:
    free = usable(replace(blank, turned=False), edge)
    x0, y0, x1, y1 = blank.stock.outline.bounds
    sheet = (round(x0 * PER_MM), round(y0 * PER_MM), round(x1 * PER_MM), round(y1 * PER_MM))
    copies = count if blank.stock.quantity is None else min(blank.stock.quantity, count)
    most = 1 if blank.is_new else AREAS
    for area in areas(free, kerf, least, most):
        yield SawBlank(blank.stock, blank.turned, sheet, area, copies)


def _part(item: CutItem, grain: Grain) -> SawPart:
    angles = turns(item.pattern.grain, grain)
    x0, y0, x1, y1 = item.pattern.outline.bounds
    size = (up(x1 - x0), up(y1 - y0))
    upright = 0.0 in angles
    return SawPart(
        item.name, item.quantity, size if upright else size[::-1], 0.0 if upright else 90.0, len(angles) == 4
    )
