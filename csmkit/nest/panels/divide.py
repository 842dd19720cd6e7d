# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Into which panels a sheet is sawn that is larger than the router: the largest that serve the parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil, prod

from shapely import Polygon, box, get_parts
from shapely.geometry.base import BaseGeometry

from csmkit.model import CutItem, CutRules, FlatPattern, Outline, StockSheet
from csmkit.nest.area import CHORD, is_plain
from csmkit.nest.offcuts import KEEP, Box, worth
from csmkit.nest.turns import fits_box, turns

LEAST = min(KEEP)  # mm; what is narrower is no panel
DIGITS = 3  # of a panel's edges in mm: whole micrometres
ROUNDING = 1e-3  # mm that a part may be too large, as for whole sheets
NOISE = 1e-6  # mm, of sums of floats

Strip = tuple[float, float]  # from, to; mm
Size = tuple[float, float]


def takes(size: tuple[float, float], reach: tuple[float, float]) -> bool:
    """A machine takes a sheet of that size, as it lies or turned by 90°; mm."""
    return all(a <= b + NOISE for a, b in zip(sorted(size), sorted(reach), strict=True))


def panels(stock: StockSheet, items: Sequence[CutItem], rules: CutRules) -> tuple[Outline, ...]:
    """The panels of a sheet, in its frame; none where the machine takes it whole.

    Of all ways to saw it into strips and these into panels of the machine's length and width: the one with
    room for most kinds of parts, of such that which needs the fewest sheets, then the fewest clampings, then
    that with the largest panels. Straight through cuts make them all, a kerf lies between them, and their
    grain is the sheet's.

    Args:
        items: what is to be cut from it.
        rules: with the machine's reach, mm.
    """
    if rules.reach is None or takes(stock.size, rules.reach):
        return ()
    ways = [_within(stock, way) for way in _ways(stock.outline.bounds, rules.reach, rules.kerf)]
    return max(ways, key=lambda way: _serves(stock, way, items, rules))


def fits(pattern: FlatPattern, stock: StockSheet, edge: float) -> bool:
    """A part has room on a sheet, on one of its panels where there are any."""
    return any(
        fits_box(pattern, blank, edge, angle)
        for blank in blanks(stock)
        for angle in turns(pattern.grain, stock.grain)
    )


def blanks(stock: StockSheet) -> tuple[StockSheet, ...]:
    """What the router cuts parts from: the sheet's panels, each once and with its lower left at (0, 0); the
    sheet itself where it has none.
    """
    return tuple(panel_of(stock, panel) for panel in stock.panels) or (stock,)


def panel_of(stock: StockSheet, panel: Outline) -> StockSheet:
    """A panel as a sheet of its own, with what of the sheet's defects lies in it; its key is the sheet's."""
    x0, y0, *_ = panel.bounds
    own = Polygon(panel.points(CHORD, "inside"))
    shapes = [Polygon(d.points(CHORD, "outside")).intersection(own) for d in stock.defects]
    pieces = [piece for shape in shapes for piece in get_parts(shape) if isinstance(piece, Polygon)]
    return replace(
        stock,
        outline=panel.moved(-x0, -y0),
        defects=tuple(_outline(piece).moved(-x0, -y0) for piece in pieces if piece.area > 0),
        panels=(),
    )


def _serves(
    stock: StockSheet, way: tuple[Outline, ...], items: Sequence[CutItem], rules: CutRules
) -> tuple[int, int, int, float]:
    """How well a way to saw serves: kinds of parts with room; sheets and clampings (negative), reckoned from
    how many boxes of each part lie side by side on a panel; worth.
    """
    sizes = Counter(_size(panel) for panel in way)
    found, sheets, clampings = 0, 0.0, 0.0
    for item in items:
        size, angles = item.pattern.size, turns(item.pattern.grain, stock.grain)
        counts = {panel: _side_by_side(size, angles, panel, rules) for panel in sizes}
        if any(counts.values()):
            found += 1
            sheets += item.quantity / sum(count * sizes[panel] for panel, count in counts.items())
            clampings += item.quantity / max(counts.values())
    return found, -ceil(sheets), -ceil(clampings), worth([panel.bounds for panel in way])


def _side_by_side(part: Size, angles: Sequence[float], panel: Size, rules: CutRules) -> int:
    """How many of a part's boxes have room on a panel, all turned alike."""
    room = [v - 2 * rules.edge + rules.spacing + ROUNDING for v in panel]
    return max(
        prod(max(int(r // (v + rules.spacing)), 0) for r, v in zip(room, size, strict=True))
        for size in {part if angle % 180 == 0 else part[::-1] for angle in angles}
    )


def _size(panel: Outline) -> Size:
    x0, y0, x1, y1 = panel.bounds
    return (round(x1 - x0, DIGITS), round(y1 - y0, DIGITS))


def _ways(sheet: Box, reach: tuple[float, float], kerf: float) -> Iterator[list[Box]]:
    """Ways to saw a box into strips along y or along x, and each strip across into panels."""
    x0, y0, x1, y1 = (round(v, DIGITS) for v in sheet)
    short, long = sorted(reach)
    for first, last, low, high, is_along_x in ((x0, x1, y0, y1, True), (y0, y1, x0, x1, False)):
        for strips in _strips(first, last, short, long, kerf):
            yield [
                (a, c, b, d) if is_along_x else (c, a, d, b)
                for a, b in strips
                for c, d in _along(low, high, long if b - a <= short + NOISE else short, kerf)
            ]


def _strips(first: float, last: float, short: float, long: float, kerf: float) -> Iterator[list[Strip]]:
    """Strips as wide as the machine's long side, then such of its short side, then what remains."""
    width = last - first
    for wide in range(_times(width, long, kerf) + 1):
        left = width - wide * (long + kerf)
        for narrow in range(_times(left, short, kerf) + 1):
            rest = left - narrow * (short + kerf)
            if rest > long + NOISE:
                continue
            sizes = [long] * wide + [short] * narrow + ([rest] if rest >= LEAST else [])
            yield list(_laid(first, sizes, kerf))


def _along(first: float, last: float, length: float, kerf: float) -> list[Strip]:
    """Panels of a length one after the other, and what remains."""
    count = _times(last - first, length, kerf)
    rest = last - first - count * (length + kerf)
    return list(_laid(first, [length] * count + ([rest] if rest >= LEAST else []), kerf))


def _times(room: float, length: float, kerf: float) -> int:
    """How often a length goes into a room with a kerf between."""
    return max(int((room + kerf + NOISE) // (length + kerf)), 0)


def _laid(first: float, sizes: Sequence[float], kerf: float) -> Iterator[Strip]:
    for size in sizes:
        yield round(first, DIGITS), round(first + size, DIGITS)
        first += size + kerf


def _within(stock: StockSheet, way: Sequence[Box]) -> tuple[Outline, ...]:
    """The panels as far as the sheet fills them."""
    if is_plain(replace(stock, defects=())):
        return tuple(Outline.rectangle(*panel) for panel in way)
    sheet = Polygon(stock.outline.points(CHORD, "inside"))
    pieces = [_largest(sheet.intersection(box(*panel))) for panel in way]
    return tuple(_outline(piece) for piece in pieces if piece is not None)


def _largest(shape: BaseGeometry) -> Polygon | None:
    """The largest polygon of a shape that is wide enough for a panel."""
    found = [p for p in get_parts(shape) if isinstance(p, Polygon) and not p.buffer(-LEAST / 2).is_empty]
    return max(found, key=lambda p: float(p.area), default=None)


def _outline(polygon: Polygon) -> Outline:
    ring = polygon.exterior.coords[:-1]
    points = [(round(x, DIGITS), round(y, DIGITS)) for x, y in ring]
    return Outline.polygon(points if polygon.exterior.is_ccw else points[::-1])
