# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A cut plan in words, from plan.json: how much is opened, how good that is, what it costs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
TELLING_SHEETS = 0.25  # of a sheet; a larger gap tells of shapes that no bound knows, not of a poor plan
TELLING_GAP = 0.15  # of the bound; as above


def summary(plan: Row) -> str:
    """A plan in a line: parts, sheets and bars, how good each nest is, mass, money."""
    said = [f"{counted(sum(p['quantity'] for p in plan['parts']), 'part')} on {opened(plan)}"]
    said += [
        f"{good['sheet']} {good['equivalent_sheets']:.2f} sheets, {verdict(good)}" for good in plan["goods"]
    ]
    price = plan["price"]
    said.append(
        f"{plan['mass']:.1f} kg, material {price['total']} {price['currency']} ({price['to_buy']} to buy)"
    )
    return "; ".join(said)


def opened(plan: Row) -> str:
    """What is opened: "2 sheets, 1 offcut and 3 bars"."""
    counts = [
        (sum(s["kind"] == "sheet" for s in plan["sheets"]), "sheet"),
        (sum(s["kind"] == "offcut" for s in plan["sheets"]), "offcut"),
        (sum(b["kind"] == "bar" for b in plan["bars"]), "bar"),
        (sum(b["kind"] == "offcut" for b in plan["bars"]), "bar offcut"),
    ]
    return joined([counted(n, noun) for n, noun in counts if n])


def verdict(good: Row) -> str:
    """How near a nest is to what no plan can beat.

    The bound reckons with areas and knows no shapes: far below the plan, it says little about the plan.
    """
    if good["proven_optimal"]:
        return "proven: no plan needs less"
    need, bound = good["equivalent_sheets"], good["lower_bound"]
    if good["sheets"] == math.ceil(bound - 1e-9):
        saves = f", and none saves more than {need - bound:.2f} of a sheet"
        return "no plan opens fewer" + (saves if need - bound <= TELLING_SHEETS else "")
    gap = telling_gap(need, bound)
    above = "" if gap is None else f"; this is at most {gap} % above the best"
    return f"no plan can need less than {bound:.2f} sheets{above}"


def telling_gap(need: float, bound: float) -> int | None:
    """By how many per cent a plan may lie above the best one; None where that says nothing of the plan.

    Args:
        need: sheets that the plan needs.
        bound: sheets that no plan can beat.
    """
    if need > bound * (1 + TELLING_GAP):
        return None
    return math.ceil((need / bound - 1) * 100 - 1e-9)


def bar_verdict(good: Row) -> str:
    """How near a bar plan is to the best."""
    if good["proven_optimal"]:
        return "proven: no plan costs less"
    return "" if good["gap"] is None else f"at most {good['gap'] * 100:.1f} % above the best possible"


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}".replace(",", " ")


def joined(words: Sequence[str]) -> str:
    """A list as people say it: "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
