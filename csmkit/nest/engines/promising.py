# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Plans that are worth it to lay their last sheet anew."""

from __future__ import annotations

from collections.abc import Iterable

from csmkit.model import NestInstance
from csmkit.nest.area import covering, reference_area
from csmkit.nest.candidate import Candidate, CutSheet
from csmkit.nest.engines.regroup import part_of, regrouped
from csmkit.nest.score import candidate_rank, equivalent, in_order

DENSITY = 0.78  # of parts grown by half the spacing on a last sheet laid anew, up to the end of its parts


def promising(plans: Iterable[Candidate], instance: NestInstance) -> list[Candidate]:
    """Plans by what they may come to when their last sheet is laid anew, each set of parts there once.

    A last sheet that is laid anew gets about as dense as any other, so the fuller the sheets before it, the
    better; but its parts may not go well together, which tells in the plan as it is. The mean of both is
    nearer than either on the benchmark plykit60. Plans that leave parts over or cost more are left out.
    """
    ranks = [(candidate_rank(p, instance), p) for p in plans]
    least = min((rank[:2] for rank, _ in ranks), default=None)
    found: dict[tuple[str, ...], Candidate] = {}
    for _, plan in sorted((r for r in ranks if r[0][:2] == least), key=lambda r: r[0]):
        if sheets := in_order(plan, instance):
            found.setdefault(tuple(sorted(name for name, *_ in sheets[-1].placed)), plan)
    return sorted(found.values(), key=lambda p: _expected(p, instance))


def _expected(plan: Candidate, instance: NestInstance) -> float:
    """Equivalent sheets: the mean of what a plan has and what the usual density would give."""
    *others, last = in_order(plan, instance)
    full = sum(s.outline.area for s in instance.stock for o in others if o.stock == s.key)
    usual = (full + _area(last, instance) / DENSITY) / reference_area(instance)
    return (equivalent(plan, instance) + usual) / 2


def _area(sheet: CutSheet, instance: NestInstance) -> float:
    """What the parts of a sheet take that lie in no hole, mm²."""
    outside = regrouped(part_of(instance, [sheet]), [sheet]).instance
    spacing = instance.rules.spacing
    return sum(
        i.quantity * covering(i.pattern.outline, spacing).buffer(spacing / 2).area for i in outside.items
    )
