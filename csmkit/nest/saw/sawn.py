# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""From boxes on sheets to a saw plan: numbered cuts, copies as they come off, what remains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from shapely import Polygon, box, get_parts

from csmkit.model import Layout, Nesting, NestInstance, Outline, Placement, SawCut, StockSheet
from csmkit.nest.area import CHORD, is_plain, net_area, reference_area, sheet_polygon
from csmkit.nest.candidate import Candidate, CutSheet
from csmkit.nest.offcuts import KEEP, rests_within
from csmkit.nest.saw.micrometres import PER_MM, Box
from csmkit.nest.saw.rectangles import parted, together
from csmkit.nest.saw.task import SawBlank, SawTask, box_of, placement
from csmkit.nest.saw.tree import Sawing, sawing, strips_of
from csmkit.nest.score import DIGITS

PUSHES = 12  # mostly the second moves nothing
NOISE = 1e-3  # µm, of sums of floats


@dataclass(frozen=True)
class SawnSheet:
    """One sheet of an answer, sawn: names and angles of its boxes, and how they come off."""

    blank: SawBlank
    names: tuple[tuple[str, float], ...]
    boxes: tuple[Box, ...]
    sawing: Sawing

    @property
    def spared(self) -> float:
        """Area right of all parts, or above them all, whichever is larger, mm²."""
        xs, ys = max(b[2] for b in self.boxes) / PER_MM, max(b[3] for b in self.boxes) / PER_MM
        x0, y0, x1, y1 = self.blank.stock.outline.bounds
        if is_plain(self.blank.stock):
            return max((x1 - xs) * (y1 - y0), (y1 - ys) * (x1 - x0))
        outline = Polygon(self.blank.stock.outline.points(CHORD, "inside"))
        sides = (box(min(xs, x1), y0, x1, y1), box(x0, min(ys, y1), x1, y1))
        return max(float(outline.intersection(side).area) for side in sides)


def sawn(instance: NestInstance, task: SawTask, candidate: Candidate, engine: str) -> Nesting | None:
    """The saw plan of an answer, the sheet with most left last; None if its boxes can't be sawn apart.

    Raises: KeyError: the answer names an unknown part or sheet.
    """
    sheets = []
    for sheet in candidate:
        if not sheet.placed:
            continue
        done = _sawn_sheet(task, sheet)
        if done is None:
            return None
        sheets.append(done)
    ordered = _last_least(sheets)
    items = {i.name: i for i in instance.items}
    counts = Counter(name for s in ordered for name, _ in s.names)
    numbers: Counter[str] = Counter()
    layouts = tuple(_layout(task, s, numbers) for s in ordered)
    opened = sum(s.blank.stock.outline.area for s in ordered)
    spared = ordered[-1].spared if ordered else 0.0
    unplaced = sorted(n for n, i in items.items() for _ in range(i.quantity - counts[n]))
    equivalent = (opened - spared) / reference_area(instance)
    bound = saw_bound(instance, task)
    return Nesting(
        sheet=instance.sheet,
        layouts=layouts,
        unplaced=tuple(unplaced),
        yield_=sum(net_area(items[n].pattern) * c for n, c in counts.items()) / opened if opened else 0.0,
        equivalent_sheets=equivalent,
        lower_bound=bound,
        engine=engine,
        proven_optimal=not unplaced and equivalent <= bound + 1e-6,
    )


def saw_bound(instance: NestInstance, task: SawTask) -> float:
    """Equivalent sheets that no saw plan can beat.

    Boxes grown by a kerf on two sides don't overlap, and lie within the usable area grown as much. The last
    sheet counts up to the end of its parts, in the better direction. With several sizes the cheapest of
    them counts; with polygons or defects the bare area of the boxes.
    """
    reference, kerf = reference_area(instance), task.kerf / PER_MM
    sizes = [(p.size[0] / PER_MM, p.size[1] / PER_MM, p.quantity) for p in task.parts]
    if not all(is_plain(b.stock) for b in task.blanks):
        return sum(x * y * n for x, y, n in sizes) / reference
    grown = sum((x + kerf) * (y + kerf) * n for x, y, n in sizes)
    whole = {b.stock.size: tuple(v / PER_MM + kerf for v in _own_size(b.area)) for b in task.blanks}
    short = max(kerf - instance.rules.edge, 0.0)  # what the last sheet's used part lacks of grown boxes
    if len(whole) == 1:
        ((size, net),) = whole.items()
        share = grown / (net[0] * net[1])
        full = max(-int(-share // 1) - 1, 0)
        ends = [(share - full) * net[k] + instance.rules.edge - kerf for k in (0, 1)]
        last = min(max(end, 0.0) / size[k] for k, end in enumerate(ends))
        return (full + last) * size[0] * size[1] / reference
    costs = [min(1.0, s[k] / n[k]) * s[1 - k] / n[1 - k] for s, n in whole.items() for k in (0, 1)]
    loss = max((max(size) for size in whole), default=0.0) * short
    return max(grown * min(costs, default=1.0) - loss, 0.0) / reference


def _own_size(area: Box) -> tuple[int, int]:
    return (area[2] - area[0], area[3] - area[1])


def _last_least(sheets: Sequence[SawnSheet]) -> list[SawnSheet]:
    """Sheets by stock, the one with most left last."""
    if not sheets:
        return []
    k = max(range(len(sheets)), key=lambda i: (sheets[i].spared, i))
    rest = sorted([*sheets[:k], *sheets[k + 1 :]], key=lambda s: (s.blank.stock.key, s.names, s.boxes))
    return [*rest, sheets[k]]


def _sawn_sheet(task: SawTask, sheet: CutSheet) -> SawnSheet | None:
    """Of all ways to saw a sheet the one that leaves the largest rest, in the fewest stages and cuts.

    An offcut that is no rectangle is sawn into rectangles first, where several of them hold parts.
    """
    kinds = [b for b in task.blanks if b.stock.key == sheet.stock]
    placed = sorted(sheet.placed)
    boxes = [box_of(task, p) for p in placed]
    held = [[i for i, b in enumerate(boxes) if _lies_in(b, kind.area)] for kind in kinds]
    used = [(kind.area, own) for kind, own in zip(kinds, held, strict=True) if own]
    if len(used) < 2 or len(boxes) != sum(len(own) for _, own in used):
        used = [(kinds[0].area if not used else used[0][0], list(range(len(boxes))))]
    splits, pieces = parted(kinds[0].sheet, [area for area, _ in used], task.kerf)
    ways: list[tuple[list[int], Sawing]] = []
    for area, own in used:
        found = _best_way([boxes[i] for i in own], pieces[area], area, task.kerf)
        if found is None:
            return None
        ways.append((own, found[1]))
        for i, lying in zip(own, found[0], strict=True):
            boxes[i] = lying
    way = together(kinds[0].sheet, splits, ways, boxes, task.kerf) if splits else ways[0][1]
    return SawnSheet(kinds[0], tuple((name, angle % 180) for name, _, _, angle in placed), tuple(boxes), way)


def _best_way(boxes: list[Box], piece: Box, area: Box, kerf: int) -> tuple[list[Box], Sawing] | None:
    """The boxes where the best sawing of a piece has them, and that sawing; None if they can't be parted."""
    best: Sawing | None = None
    for _ in range(PUSHES):  # boxes that were pushed together may leave room to push them again
        ways = [
            sawing(node, piece, area, kerf, rest_first)
            for node in strips_of(boxes, kerf)
            for rest_first in (False, True)
        ]
        if not ways:
            return None
        best = min(ways, key=_effort)
        pushed = _at(boxes, best)
        if pushed == boxes:
            break
        boxes = pushed
    assert best is not None
    return boxes, best


def _lies_in(inner: Box, area: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return area[0] < x < area[2] and area[1] < y < area[3]


def _at(boxes: Sequence[Box], way: Sawing) -> list[Box]:
    """Boxes where a sawing has them."""
    corners = (way.corners[i] for i in range(len(boxes)))
    return [(x, y, x + b[2] - b[0], y + b[3] - b[1]) for (x, y), b in zip(corners, boxes, strict=True)]


def _effort(way: Sawing) -> tuple[int, int, int]:
    largest = max((_area(r) for r in way.rests if is_worth_keeping(r)), default=0)
    return (-largest, max((c.stage for c in way.cuts), default=0), len(way.cuts))


def is_worth_keeping(rest: Box) -> bool:
    """As large as the rack takes."""
    x, y = _own_size(rest)
    return min(x, y) >= min(KEEP) * PER_MM and max(x, y) >= max(KEEP) * PER_MM


def _area(rest: Box) -> int:
    x, y = _own_size(rest)
    return x * y


def _layout(task: SawTask, sheet: SawnSheet, numbers: Counter[str]) -> Layout:
    """Copies are numbered in the order in which they come off the saw."""
    cuts = sheet.sawing.cuts
    order = sorted(range(len(sheet.boxes)), key=lambda i: (_last_cut(sheet.boxes[i], sheet.sawing), i))
    placements = []
    for i in order:
        name, angle = sheet.names[i]
        numbers[name] += 1
        _, x, y, _ = placement(task, name, sheet.boxes[i][:2], angle)
        placements.append(
            Placement(name, numbers[name], round(x, DIGITS) + 0.0, round(y, DIGITS) + 0.0, angle)
        )
    return Layout(
        sheet.blank.stock.key,
        tuple(placements),
        _offcuts(sheet.blank.stock, sheet.sawing.rests),
        tuple(SawCut(n, c.stage, c.axis, c.at / PER_MM, _mm(c.piece)) for n, c in enumerate(cuts, start=1)),
    )


def _last_cut(part: Box, way: Sawing) -> int:
    """Number of the last cut through a piece that held the part."""
    numbers = [
        n
        for n, cut in enumerate(way.cuts)
        if cut.piece[0] <= part[0] < cut.piece[2] and cut.piece[1] <= part[1] < cut.piece[3]
    ]
    return max(numbers, default=-1)


def _offcuts(stock: StockSheet, rests: Sequence[Box]) -> tuple[Outline, ...]:
    """What is worth keeping, the largest first: rests that are whole, rectangles within those that aren't."""
    kept = [r for r in rests if is_worth_keeping(r)]
    if not is_plain(stock):
        room = sheet_polygon(stock)
        kept = [whole for r in kept for whole in _whole(room, r)]
    return tuple(Outline.rectangle(*_mm(r)) for r in sorted(kept, key=lambda r: (-_area(r), r)))


def _whole(room: Polygon, rest: Box) -> Iterator[Box]:
    """A rest, or what is worth keeping of it where the sheet's outline or a defect cuts into it."""
    shape = box(*_mm(rest))
    if room.covers(shape):
        yield rest
        return
    for part in get_parts(room.intersection(shape)):
        for x0, y0, x1, y1 in rests_within(part) if isinstance(part, Polygon) else ():
            low = (ceil(x0 * PER_MM - NOISE), ceil(y0 * PER_MM - NOISE))
            inner = (*low, floor(x1 * PER_MM + NOISE), floor(y1 * PER_MM + NOISE))
            if is_worth_keeping(inner):
                yield inner


def _mm(piece: Box) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (v / PER_MM for v in piece)
    return (x0, y0, x1, y1)
