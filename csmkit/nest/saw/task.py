# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""An instance as a saw takes it: boxes and rectangles in whole micrometres, so that sums are exact."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from csmkit.model import CutItem, NestInstance, Outline, StockSheet
from csmkit.nest.candidate import CutSheet, Placed
from csmkit.nest.engines.blanks import Blank, blanks, usable
from csmkit.nest.offcuts import largest_rectangle
from csmkit.nest.turns import Grain, turns

PER_MM = 1000
NOISE = 1e-6  # mm that sums of floats may be off

Box = tuple[int, int, int, int]  # x0, y0, x1, y1, µm


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
    """A kind of sheet: the rectangle of it from which parts are cut."""

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
    sheets = (_blank(b, instance.rules.edge, count) for b in blanks(instance))
    return SawTask(
        tuple(_part(item, grain) for item in instance.items),
        tuple(s for s in sheets if s is not None),
        _up(instance.rules.spacing),
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


def placement(task: SawTask, name: str, corner: tuple[int, int], angle: float) -> Placed:
    """A pattern turned by 0 or 90 degrees whose box has its lower left corner there, µm."""
    x0, y0, _, y1 = task.boxes[name]
    left, low = (x0, y0) if angle == 0 else (-y1, x0)
    return (name, corner[0] / PER_MM - left, corner[1] / PER_MM - low, angle)


def box_of(task: SawTask, placed: Placed) -> Box:
    """The box of a placement that is turned by a multiple of 90 degrees, rounded outward to µm."""
    name, x, y, angle = placed
    x0, y0, x1, y1 = Outline.rectangle(*task.boxes[name]).moved(x, y, angle).bounds
    return (_down(x0), _down(y0), _up(x1), _up(y1))


def _blank(blank: Blank, edge: float, count: int) -> SawBlank | None:
    free = largest_rectangle(usable(replace(blank, turned=False), edge))
    if free is None:
        return None
    x0, y0, x1, y1 = blank.stock.outline.bounds
    return SawBlank(
        blank.stock,
        blank.turned,
        (round(x0 * PER_MM), round(y0 * PER_MM), round(x1 * PER_MM), round(y1 * PER_MM)),
        (_up(free[0]), _up(free[1]), _down(free[2]), _down(free[3])),
        count if blank.stock.quantity is None else min(blank.stock.quantity, count),
    )


def _part(item: CutItem, grain: Grain) -> SawPart:
    angles = turns(item.pattern.grain, grain)
    x0, y0, x1, y1 = item.pattern.outline.bounds
    size = (_up(x1 - x0), _up(y1 - y0))
    upright = 0.0 in angles
    return SawPart(
        item.name, item.quantity, size if upright else size[::-1], 0.0 if upright else 90.0, len(angles) == 4
    )


def _up(value: float) -> int:
    return math.ceil((value - NOISE) * PER_MM)


def _down(value: float) -> int:
    return math.floor((value + NOISE) * PER_MM)
