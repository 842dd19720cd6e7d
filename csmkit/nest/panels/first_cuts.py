# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The cuts that take panels out of a sheet, and what of it stays whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shapely import Polygon, box, get_parts

from csmkit.model import Outline, SawCut, StockSheet
from csmkit.nest.area import is_plain, sheet_polygon
from csmkit.nest.offcuts import KEEP, Box, rests_within
from csmkit.nest.saw.micrometres import PER_MM
from csmkit.nest.saw.micrometres import Box as Whole
from csmkit.nest.saw.rectangles import staged
from csmkit.nest.saw.tree import AXES, Cut, halves


@dataclass(frozen=True)
class SawnFirst:
    """The cuts in the order of the work, and rectangles of the sheet that remain and are worth keeping."""

    cuts: tuple[SawCut, ...]
    offcuts: tuple[Outline, ...]


def sawn_first(stock: StockSheet, panels: Sequence[Outline], kerf: float) -> SawnFirst:
    """Saw panels out of a sheet with straight through cuts, no more than they need.

    Each cut is the one that leaves the largest piece without panels whole, so what is not needed stays large.

    Args:
        panels: with a kerf between them; through cuts can part them.
        kerf: mm that a cut takes.
    """
    boxes = [_whole(panel.bounds) for panel in panels]
    sheet, width = _whole(stock.outline.bounds), round(kerf * PER_MM)
    cuts: list[Cut] = []
    rests: list[Whole] = []
    _divide(sheet, boxes, width, cuts, rests)
    done = staged(sheet, cuts, boxes, width)
    return SawnFirst(
        tuple(SawCut(n, c.stage, c.axis, c.at / PER_MM, _mm(c.piece)) for n, c in enumerate(done, 1)),
        tuple(Outline.rectangle(*rest) for piece in rests for rest in _kept(stock, _mm(piece))),
    )


def _divide(piece: Whole, boxes: Sequence[Whole], kerf: int, cuts: list[Cut], rests: list[Whole]) -> None:
    """Cut a piece until each panel lies by itself."""
    if not boxes:
        rests.append(piece)
    elif len(boxes) > 1 or boxes[0] != piece:
        cut = max(_ways(piece, boxes, kerf), key=lambda c: (_spared(c, boxes, kerf), c.axis == "x", -c.at))
        cuts.append(cut)
        for side in halves(cut.piece, cut.axis, cut.at, kerf):
            if side is not None:
                _divide(side, [b for b in boxes if _holds(side, b)], kerf, cuts, rests)


def _ways(piece: Whole, boxes: Sequence[Whole], kerf: int) -> Iterator[Cut]:
    """Cuts along a panel's edge that go through no panel."""
    for low, axis in enumerate(AXES):
        places = {b[low + 2] for b in boxes} | {b[low] - kerf for b in boxes}
        for at in sorted(places):
            is_free = not any(b[low] < at + kerf and b[low + 2] > at for b in boxes)
            if is_free and piece[low] - kerf < at < piece[low + 2]:
                yield Cut(0, axis, at, piece)


def _spared(cut: Cut, boxes: Sequence[Whole], kerf: int) -> int:
    """Area of the larger side without panels, µm²."""
    sides = [s for s in halves(cut.piece, cut.axis, cut.at, kerf) if s is not None]
    return max(
        ((s[2] - s[0]) * (s[3] - s[1]) for s in sides if not any(_holds(s, b) for b in boxes)), default=0
    )


def _kept(stock: StockSheet, rest: Box) -> tuple[Box, ...]:
    """What of a rest is whole and worth keeping."""
    x0, y0, x1, y1 = rest
    if is_plain(stock):
        sides = sorted((x1 - x0, y1 - y0))
        return (rest,) if sides[0] >= min(KEEP) and sides[1] >= max(KEEP) else ()
    pieces = get_parts(sheet_polygon(stock).intersection(box(*rest)))
    return tuple(found for one in pieces if isinstance(one, Polygon) for found in rests_within(one))


def _holds(piece: Whole, inner: Whole) -> bool:
    return all(piece[k] <= inner[k] and inner[k + 2] <= piece[k + 2] for k in (0, 1))


def _whole(bounds: Box) -> Whole:
    x0, y0, x1, y1 = (round(v * PER_MM) for v in bounds)
    return (x0, y0, x1, y1)


def _mm(piece: Whole) -> Box:
    x0, y0, x1, y1 = (v / PER_MM for v in piece)
    return (x0, y0, x1, y1)
