# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Which sheets and offcuts to open."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from csmkit.model import NestInstance
from csmkit.nest.area import reference_area
from csmkit.nest.candidate import Candidate
from csmkit.nest.engines.blanks import Blank
from csmkit.nest.score import equivalent, money

Opening = tuple[Blank, ...]

MOST = 4  # openings to try: each takes its share of the time
TIGHTER = 1.2  # what a search gains on a first plan: as much on the benchmark plykit60


def openings(blanks: Sequence[Blank], instance: NestInstance, first: Candidate) -> tuple[Opening, ...]:
    """Ways to open sheets that may be better than a first plan: some with offcuts, some without.

    Offcuts come first in each and the largest new sheet last, because sheets are filled from the first to
    the last, and the last keeps its rest; so a way stands for all those that it begins with.
    """
    kinds = {b.stock.key: b for b in blanks}
    most = sum(kinds[s.stock].is_new for s in first if s.placed)
    fill = equivalent(first, instance) * reference_area(instance) / TIGHTER
    counts = [most] if all(b.is_plain for b in blanks) else [n for n in (most - 1, most) if n >= 0]
    if sum(b.is_new for b in blanks) > 1:
        counts = [*{*counts, max(most - 1, 0)}, most + 1]  # two small sheets may cost less than a large one
    ways = {
        tuple(b.stock.key for b in (*old, *new)): (*old, *new)
        for count in counts
        for new in _new_sheets([b for b in blanks if b.is_new], count)
        for old in _offcuts([b for b in blanks if not b.is_new])
        if sum(b.outline.area for b in (*old, *new)) >= fill
    }
    order = sorted(
        ways.values(),
        key=lambda w: (money(instance, [b.stock.key for b in begun(w, fill)]), _new_area(w, fill), len(w)),
    )
    with_offcuts = [w for w in order if not all(b.is_new for b in w)][: MOST // 2]
    return (*with_offcuts, *[w for w in order if all(b.is_new for b in w)][: MOST - len(with_offcuts)])


def begun(way: Opening, fill: float) -> Opening:
    """The sheets that are begun when so much area is filled in order, mm²."""
    result = []
    for blank in way:
        if fill > 0:
            result.append(blank)
        fill -= blank.outline.area
    return tuple(result)


def _new_area(way: Opening, fill: float) -> float:
    """Area of new sheets that is used once so much is filled in order."""
    used = 0.0
    for blank in way:
        share = min(fill, blank.outline.area)
        used += share if blank.is_new else 0.0
        fill -= share
    return used


def _new_sheets(kinds: Sequence[Blank], count: int) -> Iterator[Opening]:
    """That many new sheets: all of one kind, or one of a smaller kind before the others; the largest that
    there are, where no kind has so many.
    """
    if count == 0:
        yield ()
        return
    by_area = sorted(kinds, key=lambda b: -b.outline.area)
    ways: list[Opening] = []
    for i, large in enumerate(by_area):
        if count <= _available(large):
            ways.append((large,) * count)
        if 1 < count <= _available(large) + 1:
            ways += [(small, *(large,) * (count - 1)) for small in by_area[i + 1 :]]
    there = [blank for blank in by_area for _ in range(int(min(_available(blank), count)))]
    yield from ways or (
        [tuple(sorted(there[:count], key=lambda b: b.outline.area))] if len(there) >= count else []
    )


def _offcuts(kinds: Sequence[Blank]) -> Iterator[Opening]:
    """No offcut, each kind alone, and the largest two, three … of them."""
    each = [b for b in sorted(kinds, key=lambda b: -b.outline.area) for _ in range(int(_available(b)))]
    yield ()
    yield from ((blank,) for blank in kinds)
    yield from (tuple(each[:k]) for k in range(2, len(each) + 1))


def _available(blank: Blank) -> float:
    return math.inf if blank.stock.quantity is None else blank.stock.quantity
