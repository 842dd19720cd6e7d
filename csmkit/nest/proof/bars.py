# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Proof of a bar plan: every sum and count again, by code that plans nothing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from csmkit.model import BarInstance, BarLayout, BarPlan, Finding, StockBar

ALLOWED = 0.005  # mm; lengths are planned in hundredths


def verify_bars(plan: BarPlan, instance: BarInstance) -> tuple[Finding, ...]:
    """What is wrong with a bar plan: counts, sums with kerf and trim, rests, bars that don't exist."""
    findings = [*_counts(plan, instance)]
    stock = {s.key: s for s in instance.stock}
    opened = Counter(layout.stock for layout in plan.layouts)
    for key, times in sorted(opened.items()):
        if key not in stock:
            findings.append(_finding(plan, f"the plan opens {key}, which the workshop doesn't have"))
        elif (quantity := stock[key].quantity) is not None and times > quantity:
            findings.append(_finding(plan, f"the plan opens {times} of {key}, there are {quantity}"))
    for layout in plan.layouts:
        if layout.stock in stock:
            findings += _sums(plan, instance, layout, stock[layout.stock])
    if plan.lower_bound is not None and not plan.unplaced and plan.lower_bound > len(plan.layouts):
        findings.append(
            _finding(plan, f"{len(plan.layouts)} bars are fewer than the bound {plan.lower_bound}")
        )
    if plan.gap is not None and (plan.gap < 0 or (plan.proven_optimal and plan.gap > 0)):
        findings.append(_finding(plan, f"a gap of {plan.gap:g} to the bound can't be"))
    return tuple(findings)


def _counts(plan: BarPlan, instance: BarInstance) -> Iterator[Finding]:
    wanted: Counter[tuple[str, float]] = Counter()
    for piece in instance.pieces:
        wanted[(f"{piece.kit}/{piece.part}", piece.length)] += piece.quantity
    found = Counter(p for layout in plan.layouts for p in layout.pieces) + Counter(plan.unplaced)
    for name, length in sorted(wanted.keys() | found.keys()):
        have, want = found[(name, length)], wanted[(name, length)]
        if have != want:
            yield _finding(plan, f"{have} pieces of {length:g} mm in the plan, {want} in the cut list", name)


def _sums(plan: BarPlan, instance: BarInstance, layout: BarLayout, stock: StockBar) -> Iterator[Finding]:
    """Pieces, and a kerf between each two, fit behind the trim; the rest is what a last cut leaves."""
    room = stock.length - instance.trim if stock.kind == "bar" else stock.length
    lengths = math.fsum(length for _, length in layout.pieces)
    used = lengths + instance.kerf * max(0, len(layout.pieces) - 1)
    if used > room + ALLOWED:
        yield _finding(plan, f"{used:.3f} mm with kerf are cut from {layout.stock}, which gives {room:g} mm")
    rest = max(0.0, room - lengths - instance.kerf * len(layout.pieces))
    if abs(rest - layout.rest) > ALLOWED:
        yield _finding(plan, f"rest of {layout.stock} is given as {layout.rest:g} mm, it is {rest:g} mm")


def _finding(plan: BarPlan, problem: str, part: str = "") -> Finding:
    return Finding(plan.bar, "bar plan", part, problem, "plan again with --replan")
