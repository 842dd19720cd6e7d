# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""An old plan carried over to an instance that has changed a little: parts stay near their places.

The parts of a sheet are drawn apart until none is too near another, and then pushed back towards where they
lay, one after the other, so that order and neighbourhood stay. What lies in a hole goes with its host. New
parts, and those that found no place, are laid where they fit, leftmost first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import shapely
from shapely import STRtree
from shapely.affinity import translate

from csmkit.model import NestInstance, StockSheet
from csmkit.nest.candidate import Candidate, Placed
from csmkit.nest.slide import DOWN, LEFT, RIGHT, SHY, UP, Array, Bench, Loose, groups
from csmkit.nest.turns import turns

SPREAD = (0.0, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)  # share by which parts are drawn apart
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


def _is_legal(placed: Placed, instance: NestInstance, stock: StockSheet) -> bool:
    """The part is turned as its grain allows today; where it has none, to any angle."""
    grain = next(i.pattern.grain for i in instance.items if i.name == placed[0])
    return grain is None or stock.grain is None or placed[3] in turns(grain, stock.grain)


def _settled(bench: Bench, compact: bool) -> list[Placed]:
    """Bring a sheet in order; parts that find no place on it are taken off and returned."""
    off = _freed_from_hosts(bench)
    together = groups(bench)
    for group in together:
        _into_sheet(bench, group)
    aims = [place.copy() for place in bench.places]
    for share in SPREAD:
        bench.places = _drawn_apart(bench, together, aims, share)
        if not bench.crowded():
            break
    for _ in range(ROUNDS):
        if not _push_back(bench, together, aims, compact):
            break
    wrong = {k for k in range(len(bench.parts)) if not bench.is_inside(k)}
    for i, j in bench.crowded():
        if not wrong & {i, j}:
            wrong.add(min(i, j, key=lambda k: bench.parts[k].polygon.area))
    hosts = {k: group for group in together for k in group}
    gone = {j for k in wrong for j in (hosts[k] if hosts[k][0] == k else [k])}
    return off + [bench.take(k) for k in sorted(gone, reverse=True)]


def _freed_from_hosts(bench: Bench) -> list[Placed]:
    """Take off what lies too near its host or a neighbour in the same hole: it moves with the host."""
    inner = {k: group for group in groups(bench) for k in group[1:]}
    wrong = {
        (j if j in inner else i)
        for i, j in bench.crowded()
        if (i in inner and j in inner[i]) or (j in inner and i in inner[j])
    }
    return [bench.take(k) for k in sorted(wrong, reverse=True)]


def _into_sheet(bench: Bench, group: list[int]) -> None:
    """Shift parts so that their box lies on the sheet's box, as far as it has room."""
    x0, y0, x1, y1 = bench.stock.outline.bounds
    edge = bench.instance.rules.edge
    bench.push(group, LEFT, max(0.0, bench.box(group[0])[2] - (x1 - edge)))
    bench.push(group, RIGHT, max(0.0, x0 + edge - bench.box(group[0])[0]))
    bench.push(group, DOWN, max(0.0, bench.box(group[0])[3] - (y1 - edge)))
    bench.push(group, UP, max(0.0, y0 + edge - bench.box(group[0])[1]))


def _drawn_apart(bench: Bench, together: list[list[int]], aims: list[Array], share: float) -> list[Array]:
    """Places at which the groups' middles are farther from the sheet's corner by a share."""
    places = list(aims)
    x0, y0, *_ = bench.stock.outline.bounds
    for group in together:
        a, b, c, d = bench.parts[group[0]].box
        x, y = aims[group[0]]
        by = share * np.array([(a + c) / 2 + x - x0, (b + d) / 2 + y - y0])
        for k in group:
            places[k] = aims[k] + by
    return places


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
