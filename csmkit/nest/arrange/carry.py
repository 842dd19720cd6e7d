# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""An old plan carried over to an instance that has changed a little: parts stay near their places.

Where two parts have come too near each other, the one that is farther to the right, or up, gives way by as
little as it has to, and so on until none is too near; then all are pushed back towards where they lay, so
that order and neighbourhood stay. What lies in a hole goes with its host. New parts, and those that found no
place, are laid where they fit, leftmost first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import shapely
from shapely import Polygon, STRtree
from shapely.affinity import translate

from csmkit.model import CutRules, NestInstance, Outline, StockSheet
from csmkit.nest.arrange.slide import DOWN, LEFT, RIGHT, SHORT, SHY, UP, Array, Bench, Loose, groups
from csmkit.nest.candidate import Candidate, Placed
from csmkit.nest.turns import turns

FAR = 1000.0  # mm
GIVE = 80.0  # mm that a part gives way at once; who needs more lies elsewhere in a new plan too
STEPS = 40  # rounds of giving way; a change runs through a row of that many parts
ROUNDS = 4  # of pushing; most parts are at rest after two
MOST_PLACES = 4000  # places to try for a part; beyond that a sheet is full of small parts


def carried(old: Candidate, instance: NestInstance, *, compact: bool) -> Candidate | None:
    """The old plan's parts on the same sheets, with the shapes, quantities and rules of today.

    Args:
        old: a plan for an instance with much the same names.
        instance: what has to be cut now.
        compact: push parts to the left and down as far as they go, not only back to where they were.
    Returns: a plan with all parts; not proven. None where some find no room on the sheets.
    """
    shapes: dict[tuple[str, float], Loose] = {}
    left = Counter({i.name: i.quantity for i in instance.items})
    stock = {s.key: s for s in instance.stock}
    free = {s.key: s.quantity for s in instance.stock}
    benches = []
    for sheet in old:
        count = free.get(sheet.stock, 0)
        if count == 0:
            continue
        free[sheet.stock] = None if count is None else count - 1
        bench = Bench(stock[sheet.stock], instance, shapes)
        for placed in sheet.placed:
            if left[placed[0]] > 0 and _is_legal(placed, instance, bench.stock):
                left[placed[0]] -= 1
                bench.put(placed)
        benches.append(bench)
    for bench in benches:
        left.update(name for name, *_ in _settled(bench, compact))
    return _completed(benches, left, instance, free)


def moved(old: Candidate, new: Candidate) -> float:
    """How far parts lie from where they lay, added up, mm; one on another sheet, or turned, counts as FAR."""
    total = 0.0
    for k, sheet in enumerate(new):
        before = list(old[k].placed) if k < len(old) and old[k].stock == sheet.stock else []
        for name, x, y, angle in sheet.placed:
            ways = [(math.dist((x, y), p[1:3]), p) for p in before if (p[0], p[3]) == (name, angle)]
            way, nearest = min(ways, default=(FAR, None))
            if nearest:
                before.remove(nearest)
            total += min(way, FAR)
    return total


def _is_legal(placed: Placed, instance: NestInstance, stock: StockSheet) -> bool:
    """The part is turned as its grain allows today; where it has none, to any angle."""
    grain = next(i.pattern.grain for i in instance.items if i.name == placed[0])
    return grain is None or stock.grain is None or placed[3] in turns(grain, stock.grain)


def _settled(bench: Bench, compact: bool) -> list[Placed]:
    """Bring a sheet in order; parts that find no place on it are taken off and returned."""
    off = [bench.take(k) for k in sorted(_arranged_in_holes(bench), reverse=True)]
    together = groups(bench)
    hosts = {k: group for group in together for k in group}
    wrong = _arranged(bench, together, compact)
    gone = {j for k in wrong for j in (hosts[k] if hosts[k][0] == k else [k])}
    return off + [bench.take(k) for k in sorted(gone, reverse=True)]


def _arranged_in_holes(bench: Bench) -> set[int]:
    """Bring what lies in holes in order, each hole for itself; parts that find no place in theirs."""
    rules = bench.instance.rules
    instance = replace(bench.instance, rules=CutRules(rules.spacing, rules.spacing))
    wrong: set[int] = set()
    for host, *inner in groups(bench):
        for hole in bench.parts[host].at(bench.places[host]).interiors if inner else ():
            area = Polygon(hole)
            outline = Outline.polygon((x, y) for x, y, *_ in area.exterior.coords[:-1]).counter_clockwise()
            held = [k for k in inner if area.intersects(bench.parts[k].at(bench.places[k]))]
            room = Bench(replace(bench.stock, outline=outline, defects=()), instance, {})
            room.lay((bench.parts[k].name, *bench.places[k], bench.parts[k].angle) for k in held)
            off = _arranged(room, groups(room), compact=False) if held else set()
            wrong |= {held[i] for i in off}
            for k, place in zip(held, room.places, strict=True):
                bench.places[k] = place
    return wrong


def _arranged(bench: Bench, together: list[list[int]], compact: bool) -> set[int]:
    """Move groups of parts until all hold; the parts that don't."""
    for group in together:
        _into_sheet(bench, group)
    aims = [place.copy() for place in bench.places]
    _give_way(bench, together)
    for _ in range(ROUNDS):
        if not _push_back(bench, together, aims, compact):
            break
    wrong = {k for k in range(len(bench.parts)) if not bench.is_inside(k)}
    for i, j in bench.crowded():
        if not wrong & {i, j}:
            wrong.add(min(i, j, key=lambda k: bench.parts[k].polygon.area))
    return wrong


def _into_sheet(bench: Bench, group: list[int]) -> None:
    """Shift parts so that their box lies on the sheet's box, as far as it has room."""
    x0, y0, x1, y1 = bench.stock.outline.bounds
    edge = bench.instance.rules.edge
    for direction, side, sign, limit in (
        (LEFT, 2, 1, x1 - edge),
        (RIGHT, 0, -1, x0 + edge),
        (DOWN, 3, 1, y1 - edge),
        (UP, 1, -1, y0 + edge),
    ):
        over = sign * (bench.box(group[0])[side] - limit)
        bench.push(group, direction, over if over > SHORT else 0.0)


def _give_way(bench: Bench, together: list[list[int]]) -> None:
    """Move parts right and up until none is too near another, or for a number of rounds."""
    group_of = {k: group for group in together for k in group}
    for _ in range(STEPS):
        pairs = bench.crowded()
        if not pairs:
            return
        for i, j in pairs:
            if group_of[i] is group_of[j]:
                continue
            ways = []
            for direction, axis in ((RIGHT, 0), (UP, 1)):
                later, other = sorted((i, j), key=lambda k: (_middle(bench, k)[axis], k), reverse=True)
                ways.append((bench.apart(later, other, direction, GIVE), direction, later))
            by, direction, later = min(ways)
            if by < math.inf:
                bench.push(group_of[later], direction, by)


def _middle(bench: Bench, k: int) -> tuple[float, float]:
    x0, y0, x1, y1 = bench.box(k)
    return ((x0 + x1) / 2, (y0 + y1) / 2)


def _push_back(bench: Bench, together: list[list[int]], aims: list[Array], compact: bool) -> bool:
    """Push each group left and then down: to its aim, or as far as it goes. Whether any moved."""
    moved = False
    for direction, axis in ((LEFT, 0), (DOWN, 1)):
        for group in sorted(together, key=lambda g: (bench.box(g[0])[axis], g)):
            k = group[0]
            wanted = np.inf if compact else float(bench.places[k][axis] - aims[k][axis])
            if wanted > SHY:
                by = bench.way(group, direction, wanted)
                bench.push(group, direction, by if np.isfinite(by) else 0.0)
                moved |= 0.01 < by < np.inf
    return moved


def _completed(
    benches: list[Bench], left: Counter[str], instance: NestInstance, free: dict[str, int | None]
) -> Candidate | None:
    """All sheets, with what is left laid into their gaps, on a new sheet where there is none."""
    missing = [n for n, count in left.items() for _ in range(count)]
    shapes: dict[tuple[str, float], Loose] = benches[0].shapes if benches else {}
    area = {i.name: abs(i.pattern.outline.area) for i in instance.items}
    for name in sorted(missing, key=lambda n: (-area[n], n)):
        if any(_laid(bench, name) for bench in benches):
            continue
        new = next((s for s in _to_open(instance, free)), None)
        if new is None:
            return None
        bench = Bench(new, instance, shapes)
        if not _laid(bench, name):
            return None
        count = free[new.key]
        free[new.key] = None if count is None else count - 1
        benches.append(bench)
    return tuple(bench.cut_sheet() for bench in benches if bench.parts)


def _to_open(instance: NestInstance, free: dict[str, int | None]) -> Iterator[StockSheet]:
    """Sheets that are still there, offcuts first, then by falling size."""
    yield from sorted(
        (s for s in instance.stock if free[s.key] != 0),
        key=lambda s: (s.kind == "sheet", -s.outline.area, s.key),
    )


def _laid(bench: Bench, name: str) -> bool:
    """Lay a part at the leftmost place that is free for it, and push it into the corner there."""
    item = next(i for i in bench.instance.items if i.name == name)
    others = bench.polygons()
    tree = STRtree(others)
    best: tuple[float, float, float] | None = None
    for angle in turns(item.pattern.grain, bench.stock.grain):
        part = bench.shape(name, angle)
        for x, y in _places(bench, part):
            if best and (x + part.box[0], y + part.box[1]) >= best[:2]:
                break
            shape = translate(part.polygon, x, y)
            if _is_free(bench, shape, tree):
                best = (x + part.box[0], y + part.box[1], angle)
                break
    if best is None:
        return False
    left, low, angle = best
    x0, y0, *_ = bench.shape(name, angle).box
    bench.put((name, left - x0, low - y0, angle))
    _push_back(bench, [[len(bench.parts) - 1]], bench.places, compact=True)
    return True


def _places(bench: Bench, part: Loose) -> list[tuple[float, float]]:
    """Where the part's box would lie beside boxes of others, the leftmost first."""
    rules = bench.instance.rules
    x0, y0, x1, y1 = bench.stock.outline.bounds
    boxes = [bench.box(k) for k in range(len(bench.parts))]
    a, b, c, d = part.box
    xs = sorted({x0 + rules.edge, *(t[2] + rules.spacing for t in boxes)})
    ys = sorted({y0 + rules.edge, *(t[3] + rules.spacing for t in boxes)})
    fits = [
        (x - a, y - b)
        for x in xs
        for y in ys
        if x + c - a <= x1 - rules.edge + SHY and y + d - b <= y1 - rules.edge + SHY
    ]
    return fits[:MOST_PLACES]


def _is_free(bench: Bench, shape: shapely.Polygon, tree: STRtree) -> bool:
    rules = bench.instance.rules
    if len(tree.query(shape, predicate="dwithin", distance=max(rules.spacing - SHY, 0.0))):
        return False
    return not shapely.dwithin(shape, bench.closed, max(rules.edge - SHY, 0.0))
