# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A cut plan in words, from plan.json: how much is opened, how good that is, what it costs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]


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
    """How near a nest is to what no plan can beat."""
    if good["proven_optimal"]:
        return "proven: no plan needs less"
    over = good["equivalent_sheets"] - good["lower_bound"]
    if good["sheets"] == math.ceil(good["lower_bound"] - 1e-9):
        return f"no plan opens fewer, and none saves more than {over:.2f} of a sheet"
    share = over / good["lower_bound"] * 100
    return f"at most {over:.2f} sheets ({share:.0f} %) above the best possible"


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
