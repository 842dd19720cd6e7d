# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Plans on panels: how many sheets are sawn, their panels as stock, and the way back to whole sheets."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from csmkit.model import CutItem, Nesting, NestInstance, Outline, StockSheet
from csmkit.nest.area import net_area
from csmkit.nest.candidate import Candidate, CutSheet, Effort
from csmkit.nest.engines.attempt import in_process
from csmkit.nest.irregular import ENGINES
from csmkit.nest.panels.divide import blanks, fits, panel_of
from csmkit.nest.score import is_complete

FULL = 0.9  # of the stock's area becomes parts, at most: fewer sheets than that asks for are not tried
CLAMPING = Decimal(5)  # that setting up a panel costs, its sheet being opened: about ten minutes of work
MARK = "#panel-"  # between a sheet's key and the number of a kind of panels


@dataclass(frozen=True)
class Kind:
    """Equal panels of one stock: key as a stock of its own, lower left corners on the sheet, mm."""

    key: str
    stock: StockSheet
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Panelled:
    """An instance whose sheets have been sawn into panels.

    Args:
        task: with panels as stock, which cost no more than a clamping, since their sheet has been opened.
        kinds: of panels.
        is_tight: boxes around the parts have no room, so perhaps no plan holds them all.
    """

    task: NestInstance
    kinds: tuple[Kind, ...]
    is_tight: bool = False

    def back(self, nesting: Nesting) -> Candidate:
        """A plan of the panels as one of the sheets: as few as the panels come from."""
        kinds = {kind.key: kind for kind in self.kinds}
        taken: Counter[str] = Counter()
        sheets: dict[tuple[str, int], list[tuple[str, float, float, float]]] = {}
        untouched = []
        for layout in nesting.layouts:
            placed = [(p.item, p.x, p.y, p.angle) for p in layout.placements]
            kind = kinds.get(layout.stock)
            if kind is None:
                untouched.append(CutSheet(layout.stock, tuple(placed)))
                continue
            number, panel = divmod(taken[kind.key], len(kind.corners))
            taken[kind.key] += 1
            x0, y0 = kind.corners[panel]
            own = sheets.setdefault((kind.stock.key, number), [])
            own += [(name, x + x0, y + y0, angle) for name, x, y, angle in placed]
        return (*untouched, *(CutSheet(key, tuple(placed)) for (key, _), placed in sheets.items()))


def is_sawn_first(instance: NestInstance) -> bool:
    """Some of its sheets are sawn before the router takes them."""
    return any(stock.panels for stock in instance.stock)


def panelled(instance: NestInstance) -> Iterator[Panelled]:
    """The instance with more and more sheets sawn into panels, from as few on as may do.

    All panels of the opened sheets serve before another sheet is opened: offcuts first, then sheets that are
    there, then sheets to buy. As few as may do: one fewer than boxes around the parts need.
    """
    queue = _queue(instance)
    least = _least(instance, queue)
    enough = _enough(instance, queue, least)
    for count in range(max(enough - 1, least), len(queue) + 1):
        yield replace(_sawn(instance, queue[:count]), is_tight=count < enough)


def _enough(instance: NestInstance, queue: Sequence[StockSheet], least: int) -> int:
    """So many sheets that boxes around all parts have room: looked for by halves; all there are, if not."""
    short, enough = least - 1, least
    while not _boxes_fit(_sawn(instance, queue[:enough]).task):
        if enough == len(queue):
            return enough
        short, enough = enough, min(2 * enough + 1, len(queue))
    while enough - short > 1:
        middle = (short + enough) // 2
        if _boxes_fit(_sawn(instance, queue[:middle]).task):
            enough = middle
        else:
            short = middle
    return enough


def _boxes_fit(task: NestInstance) -> bool:
    """All parts have room as boxes, packed in no time."""
    tried = in_process(ENGINES["rectpack"], task, Effort(0, 1.0))
    return any(is_complete(candidate, task) for candidate in tried.candidates)


def _queue(instance: NestInstance) -> list[StockSheet]:
    """Sheets that can be sawn, one entry each, in the order in which they are opened."""
    sawn = [stock for stock in instance.stock if stock.panels]
    at_hand = sorted((s for s in sawn if s.quantity is not None), key=lambda s: s.kind != "offcut")
    queue = [stock for stock in at_hand for _ in range(stock.quantity or 0)]
    endless = sorted((s for s in sawn if s.quantity is None), key=lambda s: _rate(s, instance))
    parts = sum(item.quantity for item in instance.items)
    return queue + _needed(instance, endless) * parts


def _rate(stock: StockSheet, instance: NestInstance) -> tuple[int, float]:
    """The sheet that most kinds of parts have room on comes first, then the cheapest."""
    homeless = sum(not fits(item.pattern, stock, instance.rules.edge) for item in instance.items)
    return homeless, float(stock.price) / stock.outline.area


def _needed(instance: NestInstance, endless: Sequence[StockSheet]) -> list[StockSheet]:
    """The first sheet, and each other one that some part has no room without."""
    needed: list[StockSheet] = []
    for stock in endless:
        homeless = [i for i in instance.items if not _has_room(i, needed, instance)]
        if any(fits(item.pattern, stock, instance.rules.edge) for item in homeless):
            needed.append(stock)
    return needed


def _has_room(item: CutItem, stock: Sequence[StockSheet], instance: NestInstance) -> bool:
    return any(fits(item.pattern, one, instance.rules.edge) for one in stock)


def _least(instance: NestInstance, queue: Sequence[StockSheet]) -> int:
    """So many sheets that each part has room somewhere, and all are not larger than what there is."""
    whole = [stock for stock in instance.stock if not stock.panels]
    homeless = {item.name for item in instance.items if not _has_room(item, whole, instance)}
    have = sum(math.inf if s.quantity is None else s.outline.area * s.quantity for s in whole)
    need = sum(net_area(item.pattern) * item.quantity for item in instance.items) / FULL
    homes = {
        stock.key: {item.name for item in instance.items if _has_room(item, [stock], instance)}
        for stock in instance.stock
    }
    areas = {s.key: sum(blank.outline.area for blank in blanks(s)) for s in instance.stock}
    for count, stock in enumerate(queue):
        if not homeless and have >= need:
            return count
        homeless -= homes[stock.key]
        have += areas[stock.key]
    return len(queue)


def _sawn(instance: NestInstance, opened: Sequence[StockSheet]) -> Panelled:
    whole = tuple(stock for stock in instance.stock if not stock.panels)
    times = Counter(stock.key for stock in opened)
    kinds, stock = [], list(whole)
    for sheet in (s for s in instance.stock if times[s.key]):
        for number, alike in enumerate(_alike(sheet), 1):
            one = panel_of(sheet, alike[0])
            key = f"{sheet.key}{MARK}{number}"
            corners = tuple((panel.bounds[0], panel.bounds[1]) for panel in alike)
            kinds.append(Kind(key, sheet, corners))
            quantity = len(alike) * times[sheet.key]
            stock.append(replace(one, key=key, price=CLAMPING, quantity=quantity))
    return Panelled(replace(instance, stock=tuple(stock)), tuple(kinds))


def _alike(sheet: StockSheet) -> list[list[Outline]]:
    """Panels of a sheet, equal ones together."""
    groups: dict[str, list[Outline]] = {}
    for panel in sheet.panels:
        one = panel_of(sheet, panel)
        shape = [
            [(round(x, 3), round(y, 3), b) for x, y, b in o.vertices] for o in (one.outline, *one.defects)
        ]
        groups.setdefault(repr(shape), []).append(panel)
    return list(groups.values())
