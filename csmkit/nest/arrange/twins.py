# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Equal parts of different kits change places where that keeps a kit's parts together; it costs nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from csmkit.model import CutItem, Nesting, NestInstance
from csmkit.nest.candidate import Candidate, CutSheet
from csmkit.nest.proof.nesting import verify
from csmkit.nest.score import candidate_of, finished, rank

Spot = tuple[int, int]  # index of the sheet, place on it


def kits_together(nesting: Nesting, instance: NestInstance) -> Nesting:
    """A plan in which no exchange of two equal parts would leave fewer kits on the sheets.

    Args:
        nesting: a proven plan.
        instance: what it is for.
    Returns: a plan that passes `verify`, with the same shapes in the same places; the plan itself where
        nothing is gained.
    """
    spots = _spots_of_twins(nesting, instance)
    kit_of = {i.name: i.kit for i in instance.items}
    names = [[p.item for p in layout.placements] for layout in nesting.layouts]
    on = Counter((kit_of[name], s) for s, row in enumerate(names) for name in row)
    while swap := next(_swaps(spots, names, kit_of, on), None):
        (s, i), (t, j) = swap
        for kit, leaves, comes in ((kit_of[names[s][i]], s, t), (kit_of[names[t][j]], t, s)):
            on[kit, leaves] -= 1
            on[kit, comes] += 1
        names[s][i], names[t][j] = names[t][j], names[s][i]
    candidate = _renamed(candidate_of(nesting), names)
    if candidate == candidate_of(nesting):
        return nesting
    better = finished(instance, candidate, nesting.engine)
    is_worse = rank(better, instance) > rank(nesting, instance) or verify(better, instance)
    return nesting if is_worse else better


def _spots_of_twins(nesting: Nesting, instance: NestInstance) -> list[list[Spot]]:
    """Where parts lie that are cut alike and belong to several kits."""
    alike: dict[object, list[CutItem]] = defaultdict(list)
    for item in instance.items:
        p = item.pattern
        alike[p.outline, p.features, p.thickness, p.grain].append(item)
    group_of = {
        item.name: number
        for number, items in enumerate(alike.values())
        for item in items
        if len({i.kit for i in items}) > 1
    }
    spots: dict[int, list[Spot]] = defaultdict(list)
    for s, layout in enumerate(nesting.layouts):
        for k, placement in enumerate(layout.placements):
            if placement.item in group_of:
                spots[group_of[placement.item]].append((s, k))
    return list(spots.values())


def _swaps(
    spots: list[list[Spot]], names: list[list[str]], kit_of: dict[str, str], on: Counter[tuple[str, int]]
) -> Iterator[tuple[Spot, Spot]]:
    """Pairs of parts after whose exchange kits lie on fewer sheets in all."""
    for group in spots:
        for (s, i), (t, j) in combinations(group, 2):
            one, other = kit_of[names[s][i]], kit_of[names[t][j]]
            if s == t or one == other:
                continue
            freed = (on[one, s] == 1) + (on[other, t] == 1)
            entered = (on[one, t] == 0) + (on[other, s] == 0)
            if freed > entered:
                yield (s, i), (t, j)


def _renamed(candidate: Candidate, names: list[list[str]]) -> Candidate:
    return tuple(
        CutSheet(sheet.stock, tuple((name, *p[1:]) for name, p in zip(row, sheet.placed, strict=True)))
        for sheet, row in zip(candidate, names, strict=True)
    )
