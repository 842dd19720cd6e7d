# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the drawing of a flat part tells, and where it has room for it: paper, scale, plan, table."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from csmkit.export.drawing.corners import Corners
from csmkit.export.drawing.ink import Place, value
from csmkit.export.drawing.marks import Group, Mark
from csmkit.export.drawing.ordinates import Ordinates, Side, ordinates
from csmkit.export.drawing.page import A3, A4, SCALES, Page
from csmkit.export.drawing.table import Row, Table, flat_table, kinds, listed, table
from csmkit.model.facts import FlatPattern, PartFacts
from csmkit.model.outline import Point

FEW = 6  # holes and pockets that are dimensioned in the view; more of them get letters and a table
DIMENSION = 7.0  # mm of paper for an overall dimension
THICKNESS = 14.0  # mm of paper for the thickness, which stands beside its arrows
GAP = 9.0  # mm between views and table
SMALLEST_A4 = 0.2  # scale below which a larger paper is taken
ENLARGED = {5.0: 12.0, 2.0: 45.0}  # mm, largest parts that are drawn larger than they are
BEYOND, FURTHER = 4.0, 20.0  # mm by which numbers stand beside the plan, at the corner of 0 and at the other
MOST_RADII = 8  # of an outline whose radii are told
LONGEST = 40  # letters that a hole's words in the view may have
LARGE = 10.0  # mm; of smaller arcs ends and radius say enough


@dataclass(frozen=True)
class Told:
    """What a drawing of a flat part tells, before it is laid on paper."""

    part: PartFacts
    pattern: FlatPattern
    outline: Corners
    groups: tuple[Group, ...]
    is_short: bool = False  # more than a page has room for: something is left out
    one_sided: bool = False  # all numbers stand below and at the left, where they may reach further

    @cached_property
    def by_letter(self) -> bool:
        """Holes are told in a table."""
        every = [m for g in self.groups for m in g.marks]
        return len(every) > FEW or any(m.points or len(m.what) > LONGEST for m in every)

    @property
    def zero(self) -> Point:
        """Where x and y count from: the lower left corner, of a disc the middle."""
        disc = self.pattern.outline.circle_of
        return (disc[0], disc[1]) if disc else (0.0, 0.0)

    @cached_property
    def ordinates(self) -> dict[Side, Ordinates]:
        """Numbers along the four sides."""
        wide, high = self.pattern.size
        points: list[Point] = [*([] if self.has_curves else self.outline.points), (0.0, 0.0)]
        if not self.has_curves:
            points += [p for arc in self.outline.arcs if arc.radius >= LARGE for p in arc.extremes()]
        if self.pattern.outline.circle_of:
            points = [self.zero]
        if not self.by_letter:
            points += [p for g in self.groups for m in g.marks for p in _measured(m)]
        x, y = self.zero
        found = ordinates(points, (0.0, 0.0), (wide, high), self.one_sided)
        return {side: replace(o, zero=x if o.is_across else y) for side, o in found.items()}

    @cached_property
    def rows(self) -> list[Row]:
        """The table: holes where they have letters, the outline where it is a curve."""
        groups = self.groups if self.by_letter else ()
        return listed(groups, self.outline.points if self.has_curves else (), self.zero)

    @property
    def overall(self) -> tuple[str, str]:
        """Length and width as they are written."""
        across, along = map(value, self.pattern.size)
        return (f"Ø{across}", f"Ø{along}") if self.pattern.outline.circle_of else (across, along)

    @property
    def has_curves(self) -> bool:
        """So many radii that none is told: the points tell the curve."""
        return len({value(r.radius) for r in self.outline.roundings}) > MOST_RADII

    @cached_property
    def notes(self) -> list[str]:
        """Lines above the title block."""
        reliefs = Counter(value(d) for d in self.outline.reliefs)
        reliefs.update(value(d) for g in self.groups for m in g.marks for d in m.reliefs)
        said = []
        if reliefs:
            sizes = ", ".join(f"{n} × Ø{d}" for d, n in sorted(reliefs.items()))
            said.append(
                f"Reliefs in inside corners for the router: {sizes}."
                " Sizes are told to the corner; cutting by hand, leave it square."
            )
        if self.pattern.outline.circle_of and self.groups:
            said.append("x and y count from the middle.")
        if self.has_curves:
            said.append("Free curve: draw it through the points told, or print the flat SVG at 1:1.")
        if self.is_short:
            said.append("Not all sizes have room here: the flat DXF has them all.")
        if self.pattern.is_two_sided:
            said.append("Dashed: from below; all positions are seen from above.")
        return said


@dataclass(frozen=True)
class Layout:
    """Where things lie on a page."""

    page: Page
    place: Place
    table: Table
    has_ordinates: bool
    is_below: bool  # the table stands below the plan instead of beside it


def _measured(mark: Mark) -> list[Point]:
    """Points that tell where a mark is."""
    return [(x, y) for _, x, y in mark.points] or [(x, y) for x in mark.xs for y in mark.ys]


def laid_out(part: Told) -> tuple[Told, Layout]:
    """The smallest paper, then the largest scale, on which all has room; rather fewer numbers than none."""
    aside = replace(part, one_sided=True)
    whole = ((part, True, True), (aside, True, True))
    short, short_aside = replace(part, is_short=True), replace(aside, is_short=True)
    less = ((short, False, True), (short_aside, False, True), (short, False, False))
    for page, least, ways in ((A4, SMALLEST_A4, whole), (A3, min(SCALES), whole + less)):
        for told, has_rows, has_ordinates in ways:
            tables = list(_tables(told, page, has_rows))
            for scale in SCALES:
                if scale < least or max(told.pattern.size) > ENLARGED.get(scale, math.inf):
                    continue
                for shown, is_below in tables:
                    laid = Layout(page, Place(0, 0, scale), shown, has_ordinates, is_below)
                    if found := _placed(told, laid):
                        return told, found
    raise ValueError(f"{part.part.name} has no room on {A3.name} at 1:50")


def _tables(told: Told, page: Page, has_rows: bool) -> Iterator[tuple[Table, bool]]:
    """Tables to try on a page, and whether they stand below the plan."""
    x0, y0, x1, y1 = page.area(len(told.notes))
    rows = told.rows
    if not rows:
        yield Table(()), False
        return
    yield (table(rows, y1 - y0) if has_rows else kinds(told.groups, y1 - y0)), False
    yield (flat_table(rows, x1 - x0), True) if has_rows else (Table(()), False)


def _placed(told: Told, laid: Layout) -> Layout | None:
    """The layout with its plan in place; None if there is no room."""
    scale, shown = laid.place.scale, laid.table
    x0, y0, x1, y1 = laid.page.area(len(told.notes))
    wide, high = (s * scale for s in told.pattern.size)
    numbers = told.ordinates if laid.has_ordinates else {}
    depth = {s: numbers[s].depth if s in numbers else 0.0 for s in told.ordinates}
    edge = told.pattern.thickness * scale + GAP + THICKNESS
    if shown.blocks and laid.is_below:
        y1 -= shown.height + GAP / 2
    elif shown.blocks:
        x1 -= shown.width + GAP
    free_x = x1 - x0 - (depth["left"] + wide + depth["right"] + DIMENSION + edge)
    free_y = y1 - y0 - (depth["top"] + DIMENSION + high + depth["bottom"])
    if free_x < 0 or free_y < 0:
        return None
    place = Place(x0 + depth["left"] + free_x / 2, y1 - depth["bottom"] - free_y / 2, scale)
    found = replace(laid, place=place)
    rooms = ((o.room, room_of(told, found, s)) for s, o in numbers.items())
    return None if any(need > b - a for need, (a, b) in rooms) else found


def room_of(told: Told, laid: Layout, side: Side) -> tuple[float, float]:
    """Between which places a side's numbers may stand; some may reach beyond the plan."""
    place, (wide, high) = laid.place, told.pattern.size
    _, y0, _, _ = laid.page.area(len(told.notes))
    left, right, top, foot = place.x, place.x + wide * place.scale, place.y - high * place.scale, place.y
    if side == "bottom":
        return (left - BEYOND, right + FURTHER)
    if side == "left":
        return (max(top - 5 * FURTHER, y0 + 2), foot + BEYOND)
    inside = 3.0  # mm that keep the numbers off the overall dimension's lines
    return (left + inside, right - inside) if side == "top" else (top + inside, foot - inside)
