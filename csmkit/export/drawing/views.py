# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Drawing of a part that is no sheet: three views in first-angle projection, all sizes, its round holes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from shapely import MultiPoint

from csmkit.export.drawing.ink import Ink, Place, joined, leading, lines, span, value
from csmkit.export.drawing.layout import ENLARGED, SMALLEST_A4
from csmkit.export.drawing.marks import on_circle
from csmkit.export.drawing.ordinates import Ordinates, Side, drawn, ordinates
from csmkit.export.drawing.page import A3, A4, SCALES, Block, Heading, Page, drawing_svg, weight
from csmkit.export.drawing.tags import Tag, place_tags
from csmkit.geometry.views import Hole, View, Views
from csmkit.model.facts import BarEnd, PartFacts
from csmkit.model.outline import Point

GAP = 16.0  # mm between views: room for a dimension and its text
DIMENSION = 7.0  # mm of paper for an overall dimension
BESIDE = 14.0  # mm by which numbers below a view may stand beside it
BEYOND = 4.0  # mm by which numbers stand beside a view, at its corner of 0
MOST = 16  # numbers along a view's side; of a free form with more of them only the holes are told
FLAT = 2.0  # times as wide as high: what is cast or printed and flat is told from above
ROUND = 0.01  # mm, and share of the area, by which the border of a disc may miss its circle: it has facets
CUTS = {"carve": "carved", "mill": "milled", "saw": "sawn", "print": "printed", "hand": "by hand"}


@dataclass(frozen=True)
class Shown:
    """A view with its numbers below and at its left."""

    view: View
    has_corners: bool  # its corners are told, not only its holes
    is_disc: bool = False  # numbers count from its middle

    @cached_property
    def numbers(self) -> dict[Side, Ordinates]:
        """What stands below and at the left."""
        low, high = self.view.low, self.view.high
        holes = [(h.middle[0] - low[0], h.middle[1] - low[1]) for h in self.view.holes]
        corners = [(x - low[0], y - low[1]) for x, y in self.view.corners] if self.has_corners else []
        size = (high[0] - low[0], high[1] - low[1])
        if not holes and not corners:
            return {}
        zero = self.middle if self.is_disc else (0.0, 0.0)
        told = ordinates([zero, *holes, *corners], (0.0, 0.0), size, one_sided=True)
        if corners and max(len(o.points) for o in told.values()) > MOST:
            told = ordinates([zero, *holes], (0.0, 0.0), size, one_sided=True) if holes else {}
        many = {side: o for side, o in told.items() if len(o.points) > 1}
        return {side: replace(o, zero=zero[0] if o.is_across else zero[1]) for side, o in many.items()}

    @property
    def middle(self) -> Point:
        """The middle of its box, mm from its lower left corner."""
        return (self.size[0] / 2, self.size[1] / 2)

    @property
    def size(self) -> Point:
        """Width and height, mm of the part."""
        return (self.view.high[0] - self.view.low[0], self.view.high[1] - self.view.low[1])

    def depth(self, side: Side) -> float:
        """Paper for the numbers of a side, mm."""
        return self.numbers[side].depth if side in self.numbers else 0.0

    def reach(self, side: Side) -> float:
        """Paper along a side that its numbers need from a little before the view's corner of 0, mm."""
        return self.numbers[side].room - BEYOND if side in self.numbers else 0.0


@dataclass(frozen=True)
class Placed:
    """A view on the paper: the place of its lower left corner."""

    shown: Shown
    place: Place


def views_drawing(part: PartFacts, seen: Views, heading: Heading, is_round: bool = False) -> bytes:
    """The drawing of a part that is printed, cast, carved, milled or cut from a bar.

    Args:
        part: its measures, with its quantity.
        seen: its three views.
        heading: kit and stock.
        is_round: its section is round: a rod or a pipe.
    Returns: an SVG on A4 or A3.
    """
    is_flat = part.length is None and FLAT * seen.size[2] < min(seen.size[:2])
    notes = _notes(part, is_flat and _is_disc(seen.above) and len({h.middle for h in seen.above.holes}) > 1)
    page, placed = _laid_out(seen, len(notes), is_flat)
    ink = joined([_view(p) for p in placed] + [_numbers(p, page, len(notes)) for p in placed])
    ink += _overall(placed, "Ø" if is_round else "", "Ø" if _is_disc(seen.above) else "")
    chains = [_on_paper(p, c) for p in placed for c in (*p.shown.view.visible, *p.shown.view.hidden)]
    tags = [tag for p in placed for tag in _tags(p, is_round and p is placed[-1])]
    ink += place_tags(tags, [t.box for t in ink.texts], [*chains, *ink.shy], page.area(len(notes)))
    return drawing_svg(
        page, _block(part, seen, placed[0].place.scale, heading), ink, notes, _desc(part, seen)
    )


def _laid_out(seen: Views, notes: int, is_flat: bool) -> tuple[Page, list[Placed]]:
    """The smallest paper, then the largest scale on which the three views have room.

    What is flat tells its corners from above, all else from the front.
    """
    shown = (
        Shown(seen.front, not is_flat),
        Shown(seen.above, is_flat, is_flat and _is_disc(seen.above)),
        Shown(seen.left, False),
    )
    for page, least in ((A4, SMALLEST_A4), (A3, min(SCALES))):
        for scale in SCALES:
            if scale >= least and max(seen.size) <= ENLARGED.get(scale, max(seen.size)):
                placed = _placed(shown, page, scale, notes)
                if placed:
                    return page, placed
    raise ValueError(f"{max(seen.size):.0f} mm have no room on {A3.name} at {SCALES[min(SCALES)]}")


def _placed(shown: Sequence[Shown], page: Page, scale: float, notes: int) -> list[Placed]:
    """Front view, below it the one from above, at its right the one from the left; none without room."""
    front, above, left = shown
    x0, y0, x1, y1 = page.area(notes)
    (length, height), deep = (s * scale for s in front.size), above.size[1] * scale
    beside = max(front.depth("left"), above.depth("left"))
    aside = max(DIMENSION + 3 + left.depth("left"), GAP)
    over = max(front.reach("left") - height, DIMENSION)  # what stands higher than the front view
    between = max(front.depth("bottom") + 3, above.reach("left") - deep, GAP / 2)
    free_x = x1 - x0 - (beside + length + aside + left.size[0] * scale + GAP)
    free_y = y1 - y0 - (over + height + between + deep + above.depth("bottom"))
    is_crowded = any(s.reach("bottom") > s.size[0] * scale + BESIDE for s in shown)
    if free_x < 0 or free_y < 0 or is_crowded:
        return []
    x, y = x0 + beside + free_x / 2, y0 + over + height + free_y / 2
    return [
        Placed(front, Place(x, y, scale)),
        Placed(above, Place(x, y + between + deep, scale)),
        Placed(left, Place(x + length + aside, y, scale)),
    ]


def _on_paper(placed: Placed, chain: Sequence[Point]) -> list[Point]:
    low = placed.shown.view.low
    return [placed.place.point((x - low[0], y - low[1])) for x, y in chain]


def _view(placed: Placed) -> Ink:
    view = placed.shown.view
    hidden = [_on_paper(placed, c) for c in view.hidden]
    visible = [_on_paper(placed, c) for c in view.visible]
    strokes = ([lines("hidden", hidden)] if hidden else []) + [lines("edge", visible)]
    crosses = []
    for hole in view.holes:
        [(x, y)] = _on_paper(placed, [hole.middle])
        far = hole.diameter / 2 * placed.place.scale + 1
        crosses += [[(x - far, y), (x + far, y)], [(x, y - far), (x, y + far)]]
    return Ink((*strokes, *([lines("reach", crosses)] if crosses else [])))


def _numbers(placed: Placed, page: Page, notes: int) -> Ink:
    """Ordinates below a view and at its left."""
    place, (wide, high) = placed.place, placed.shown.size
    _, y0, _, _ = page.area(notes)
    top, right = place.y - high * place.scale, place.x + wide * place.scale
    edges = {"bottom": place.y, "left": place.x}
    rooms = {"bottom": (place.x - BEYOND, right + BESIDE), "left": (max(y0 + 2, top - 60), place.y + BEYOND)}
    found = placed.shown.numbers.items()
    return joined([drawn(o, place, edges[side], rooms[side]) for side, o in found])


def _is_disc(view: View) -> bool:
    """Its border is a circle."""
    (x0, y0), (x1, y1) = view.low, view.high
    hull = MultiPoint([p for chain in view.visible for p in chain]).convex_hull
    return abs((x1 - x0) - (y1 - y0)) < ROUND and abs(hull.area / (math.pi / 4 * (x1 - x0) ** 2) - 1) < ROUND


def _overall(placed: Sequence[Placed], sign: str, disc: str) -> Ink:
    """Length above the front view, height at its right, width above the view from the left.

    Args:
        sign: before the section's sizes.
        disc: before length and width.
    """
    front, _, left = placed
    (length, height), (width, _) = front.shown.size, left.shown.size
    place, other = front.place, left.place
    x1, y0 = place.x + length * place.scale, place.y - height * place.scale
    across = (other.x, other.x + width * place.scale)
    at = y0 - 3.0
    ways = [((x, y0 - 0.8), (x, at - 1)) for x in (place.x, x1, *across)]
    ways += [((x1 + 0.8, y), (x1 + DIMENSION, y)) for y in (y0, place.y)]
    return (
        leading(*ways)
        + span(place.x, x1, at, disc + value(length))
        + span(*across, at, (sign or disc) + value(width))
        + span(y0, place.y, x1 + DIMENSION - 1, sign + value(height), upright=True)
    )


def _tags(placed: Placed, is_bore: bool) -> Iterator[Tag]:
    """Count, diameter and depth of a view's holes, at the first of each kind; of a pipe's bore no depth."""
    kinds: dict[str, list[Hole]] = {}
    for hole in placed.shown.view.holes:
        depth = "through" if hole.depth is None else f"{value(hole.depth)} deep"
        kinds.setdefault(f"Ø{value(hole.diameter)} {'bore' if is_bore else depth}", []).append(hole)
    for kind, holes in kinds.items():
        at, *others = _on_paper(placed, [hole.middle for hole in holes])
        reach = holes[0].diameter / 2 * placed.place.scale
        text = f"{len(holes)} × {kind}" if len(holes) > 1 else kind
        if placed.shown.is_disc:
            low, middle = placed.shown.view.low, placed.shown.middle
            text += on_circle([h.middle for h in holes], (low[0] + middle[0], low[1] + middle[1]))
        yield Tag(text, at, (reach, reach), is_needed=True, others=tuple(others))


def _notes(part: PartFacts, is_from_middle: bool) -> list[str]:
    """What is done at a bar's ends; from where the numbers of a disc count."""
    if part.work is None:
        return ["x and y count from the middle."] if is_from_middle else []
    said = [_end(name, end) for name, end in zip(("Start", "End"), part.work.ends, strict=True)]
    return [" ".join(filter(None, said))] if any(said) else []


def _end(name: str, end: BarEnd) -> str:
    where = "at the left" if name == "Start" else "at the right"
    if end.kind == "mitre":
        return f"{name} ({where}): mitre, {value(end.angle)}° off square."
    return f"{name} ({where}): notched; mark it with the paper template." if end.kind == "shaped" else ""


def _block(part: PartFacts, seen: Views, scale: float, heading: Heading) -> Block:
    size = " × ".join(map(value, seen.size))
    length = (
        ("cut to length", value(part.length)) if part.length else ("volume", f"{part.volume / 1e3:.0f} cm³")
    )
    return Block(
        part.name,
        f"{heading.kit}, version {heading.version}",
        (
            ("stock", heading.stock),
            ("size", size),
            length,
            ("quantity", str(part.quantity)),
            ("mass each", weight(part.mass)),
            ("made", CUTS.get(part.process, part.process)),
        ),
        scale,
        heading.license,
    )


def _desc(part: PartFacts, seen: Views) -> str:
    holes = Counter(value(h.diameter) for v in (seen.front, seen.above, seen.left) for h in v.holes)
    said = ", ".join(f"{n} × Ø{d}" for d, n in holes.items())
    return f"{part.name}: {' × '.join(map(value, seen.size))} mm; {said or 'no round holes'}."
