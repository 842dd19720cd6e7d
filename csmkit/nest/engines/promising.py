# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Plans that are worth it to lay their last sheet anew."""

from __future__ import annotations

from collections.abc import Iterable

from csmkit.model import NestInstance
from csmkit.nest.area import covering
from csmkit.nest.candidate import Candidate, CutSheet
from csmkit.nest.engines.regroup import part_of, regrouped
from csmkit.nest.score import candidate_rank, in_order


def promising(plans: Iterable[Candidate], instance: NestInstance) -> list[Candidate]:
    """Plans by the area of the parts on their last sheet, the least first, each set of parts there once.

    A last sheet that is laid anew gets about as dense as any other: the fuller the sheets before it, the
    better in the end, whatever the plan is now. Plans that leave parts over or cost more are left out.
    """
    ranks = [(candidate_rank(p, instance), p) for p in plans]
    least = min((rank[:2] for rank, _ in ranks), default=None)
    found: dict[tuple[str, ...], Candidate] = {}
    for _, plan in sorted((r for r in ranks if r[0][:2] == least), key=lambda r: r[0]):
        if sheets := in_order(plan, instance):
            found.setdefault(tuple(sorted(name for name, *_ in sheets[-1].placed)), plan)
    return sorted(found.values(), key=lambda p: _area(in_order(p, instance)[-1], instance))


def _area(sheet: CutSheet, instance: NestInstance) -> float:
    """What the parts of a sheet take that lie in no hole, mm²."""
    outside = regrouped(part_of(instance, [sheet]), [sheet]).instance
    spacing = instance.rules.spacing
    return sum(
        i.quantity * covering(i.pattern.outline, spacing).buffer(spacing / 2).area for i in outside.items
    )
