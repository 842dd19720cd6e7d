# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A proven plan made tidy: parts pushed together on their sheets, so that what remains is of more use.

No part changes its sheet. Some orders of pushing are tried on each sheet, as it lies and turned by half a
turn; on the last sheet the one that frees most of it to the right is taken, on others the one whose rests
are worth most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from csmkit.model import Nesting, NestInstance
from csmkit.nest.area import is_plain
from csmkit.nest.arrange.slide import DOWN, LEFT, Bench, Direction, Loose, groups
from csmkit.nest.candidate import CutSheet
from csmkit.nest.offcuts import offcuts, worth
from csmkit.nest.proof.nesting import verify
from csmkit.nest.score import candidate_of, finished, rank

ORDERS: Sequence[tuple[Direction, Direction]] = ((LEFT, DOWN), (DOWN, LEFT))
ROUNDS = 4  # of pushing at most; most parts are at rest after two
REST = 0.05  # mm; a round that moves nothing farther is the last
MOST_PARTS = 160  # for which this takes some seconds; the last sheet, whose rest is the largest, comes first
LEAST_MM, LEAST_SHARE = 1.0, 0.01  # of the right end and of the rests' worth: less is no reason to move parts


def tidied(nesting: Nesting, instance: NestInstance) -> Nesting:
    """A plan on the same sheets whose rests are worth more, or the plan itself.

    Args:
        nesting: a proven plan.
        instance: what it is for.
    Returns: a plan that passes `verify` and ranks no worse.
    """
    sheets = list(candidate_of(nesting))
    stock = {s.key: s for s in instance.stock}
    shapes: dict[tuple[str, float], Loose] = {}
    left = MOST_PARTS
    for k in reversed(range(len(sheets))):
        left -= len(sheets[k].placed)
        if left >= 0:
            bench = Bench(stock[sheets[k].stock], instance, shapes)
            sheets[k] = _tidied_sheet(sheets[k], bench, is_last=k == len(sheets) - 1)
    if tuple(sheets) == candidate_of(nesting):
        return nesting
    better = finished(instance, tuple(sheets), nesting.engine)
    is_worse = rank(better, instance) > rank(nesting, instance) or verify(better, instance)
    return nesting if is_worse else better


def _tidied_sheet(sheet: CutSheet, bench: Bench, is_last: bool) -> CutSheet:
    """The best of some ways to push a sheet's parts that holds, or the sheet as it is."""
    bench.lay(sheet.placed)
    gain = _Gain(bench, is_last)
    ways = sorted(_ways(sheet, bench, gain), key=lambda way: way[0])
    for _, way in ways:
        alone = finished(bench.instance, (way,), "")
        if not verify(alone, bench.instance):
            return way
    return sheet


class _Gain:
    """What a sheet's parts leave, against what they left at first."""

    def __init__(self, bench: Bench, is_last: bool):
        self.is_last = is_last
        self.end, self.worth = _leaves(bench)

    def of(self, bench: Bench) -> tuple[float, float] | None:
        """Smaller is better; None where nothing is gained that is worth the change."""
        end, rest = _leaves(bench)
        nearer, more = self.end - end, rest - self.worth
        if self.is_last and nearer < -REST:
            return None
        is_nearer = self.is_last and nearer > LEAST_MM
        if not is_nearer and more <= LEAST_SHARE * self.worth:
            return None
        return (round(end) if self.is_last else 0.0, -rest)


def _leaves(bench: Bench) -> tuple[float, float]:
    """Right end of all parts, mm, and the worth of the offcuts."""
    boxes = [bench.box(k) for k in range(len(bench.parts))]
    rests = offcuts(bench.stock, boxes, bench.instance.rules.spacing)
    return max(b[2] for b in boxes), worth([rest.bounds for rest in rests])


def _ways(sheet: CutSheet, bench: Bench, gain: _Gain) -> Iterator[tuple[tuple[float, float], CutSheet]]:
    """Sheets that gain something, with what they gain."""
    width, height = bench.stock.size
    starts = [sheet.placed]
    if is_plain(bench.stock):
        starts.append(tuple((n, width - x, height - y, (a + 180) % 360) for n, x, y, a in sheet.placed))
    for start in starts:
        for order in ORDERS:
            bench.lay(start)
            _push_together(bench, order)
            if (gained := gain.of(bench)) is not None:
                yield gained, bench.cut_sheet()


def _push_together(bench: Bench, order: tuple[Direction, Direction]) -> None:
    """Push all parts one way and the other until they are at rest."""
    together = groups(bench)
    for _ in range(ROUNDS):
        farthest = 0.0
        for direction in order:
            axis = 0 if direction == LEFT else 1
            for group in sorted(together, key=lambda g: (bench.box(g[0])[axis], g)):
                way = bench.way(group, direction)
                if isfinite(way):
                    bench.push(group, direction, way)
                    farthest = max(farthest, way)
        if farthest < REST:
            break
