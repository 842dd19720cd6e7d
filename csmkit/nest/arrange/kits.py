# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Which copy of a part is which: one kit's parts on as few sheets as possible.

Equal parts may change their numbers, so this costs no material. A kit that takes its parts from the sheets T
and no others needs them there: of all kits, those within any set U of sheets can be at most as many as the
parts on U make up, m(U). By Hall's theorem (Hall 1935, "On representatives of subsets") that is also
enough, so the fewest pairs of kit and sheet are an integer program over sets of sheets. Where there are too
many sets, the program sees the small ones alone, and exchanges of single copies mend what it misses.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from csmkit.model import NestInstance

LARGEST_SET = ((6, 6), (12, 3), (40, 2))  # sheets up to which sets of that many are looked at: a few hundred
MOST_PARTS = 1500  # of a kit; with more, single exchanges would take some seconds
NODES = 200  # of the search; a bound on work and not on time, so that numbers repeat

Sheets = frozenset[int]


def copy_numbers(instance: NestInstance, sheets: Sequence[Sequence[str]]) -> list[list[int]]:
    """A number from 1 for each placed part.

    Copies 1 … q of a part that a kit needs q times belong to its first kit, the next q to the second.
    How many kits there are is the greatest common divisor of a kit's quantities: where it is a multiple
    of their true number, each stands for some consecutive ones.

    Args:
        instance: quantities by kit.
        sheets: names of the parts on each sheet.
    Returns: numbers in the order of the names.
    """
    numbers = [[0] * len(names) for names in sheets]
    by_kit: dict[str, dict[str, int]] = defaultdict(dict)
    for item in instance.items:
        by_kit[item.kit][item.name] = item.quantity
    for quantities in by_kit.values():
        places = _places(quantities, sheets)
        order = _in_turn(quantities, places)
        kits = math.gcd(*quantities.values())
        if kits > 1 and all(len(places[name]) <= n for name, n in quantities.items()):
            better = _by_sets(quantities, places, kits, len(sheets))
            order = min(order, better, key=lambda o: _pairs(quantities, o, kits)) if better else order
            _exchange(quantities, order, kits)
        for copies in order.values():
            for number, place in enumerate(copies, 1):
                if place:
                    sheet, k = place
                    numbers[sheet][k] = number
    return numbers


Place = tuple[int, int]  # index of the sheet, place on it
Order = dict[str, list[Place | None]]  # by name, in the order of their numbers; None: left over


def _places(quantities: dict[str, int], sheets: Sequence[Sequence[str]]) -> dict[str, list[Place]]:
    places: dict[str, list[Place]] = {name: [] for name in quantities}
    for s, names in enumerate(sheets):
        for k, name in enumerate(names):
            if name in places:
                places[name].append((s, k))
    return places


def _in_turn(quantities: dict[str, int], places: dict[str, list[Place]]) -> Order:
    """Numbers as copies come, sheet after sheet."""
    return {name: [*places[name], *[None] * (n - len(places[name]))] for name, n in quantities.items()}


def _pairs(quantities: dict[str, int], order: Order, kits: int) -> int:
    """How many kits lie on how many sheets, added up."""
    seen = {
        (number // (n // kits), place[0])
        for name, n in quantities.items()
        for number, place in enumerate(order[name])
        if place
    }
    return len(seen)


def _exchange(quantities: dict[str, int], order: Order, kits: int) -> None:
    """Change the numbers of two copies wherever a kit needs fewer sheets for it, until no change helps."""
    if sum(quantities.values()) > MOST_PARTS:
        return
    needs = {name: n // kits for name, n in quantities.items()}
    on = Counter(
        (k // needs[name], place[0])
        for name, found in order.items()
        for k, place in enumerate(found)
        if place
    )
    is_better = True
    while is_better:
        is_better = False
        for name, found in order.items():
            for i, j in combinations(range(len(found)), 2):
                here, there = found[i], found[j]
                one, other = i // needs[name], j // needs[name]
                if not here or not there or one == other or here[0] == there[0]:
                    continue
                freed = (on[one, here[0]] == 1) + (on[other, there[0]] == 1)
                entered = (on[one, there[0]] == 0) + (on[other, here[0]] == 0)
                if freed > entered:
                    on.update({(one, there[0]): 1, (other, here[0]): 1})
                    on.subtract({(one, here[0]): 1, (other, there[0]): 1})
                    found[i], found[j] = there, here
                    is_better = True


def _by_sets(
    quantities: dict[str, int], places: dict[str, list[Place]], kits: int, count: int
) -> Order | None:
    """Numbers by the sets of sheets from which kits are taken; None where there is nothing to choose."""
    on = {name: Counter(s for s, _ in found) for name, found in places.items()}
    for name, n in quantities.items():
        if missing := n - len(places[name]):
            on[name][count] = missing  # what is left over counts as a sheet of its own
    used = sorted({s for counts in on.values() for s in counts})
    size = next((k for most, k in LARGEST_SET if len(used) <= most), 0)
    if len(used) < 2 or not size:
        return None
    needs = {name: n // kits for name, n in quantities.items()}
    chosen = _fewest(used, size, on, needs, kits)
    return {name: _assigned(chosen, on[name], places[name], needs[name]) for name in quantities}


def _fewest(
    used: Sequence[int], size: int, on: dict[str, Counter[int]], needs: dict[str, int], kits: int
) -> list[Sheets]:
    """A set of sheets for each kit, as few sheets as possible in all."""
    from scipy.optimize import LinearConstraint, milp  # takes a while to load and is rarely needed

    family = [frozenset(c) for k in range(1, size + 1) for c in combinations(used, k)]
    family += [frozenset(used)] if len(used) > size else []
    whole = [min(sum(on[name][s] for s in u) // n for name, n in needs.items()) for u in family]
    within = np.array([[float(t <= u) for t in family] for u in family])
    result = milp(
        np.array([float(len(t)) for t in family]),
        constraints=[
            LinearConstraint(within, ub=np.array(whole, dtype=float)),
            LinearConstraint(np.ones((1, len(family))), lb=kits, ub=kits),
        ],
        integrality=np.ones(len(family), dtype=int),
        options={"node_limit": NODES},
    )
    if result.x is None:
        return [frozenset(used)] * kits
    chosen = [t for t, n in zip(family, result.x, strict=True) for _ in range(round(n))]
    return sorted(chosen, key=lambda t: (min(t), sorted(t)))


def _assigned(
    chosen: Sequence[Sheets], on: Counter[int], places: Sequence[Place], need: int
) -> list[Place | None]:
    """Copies of one part for kit after kit, each from the kit's own sheets wherever that is possible."""
    from scipy.optimize import linear_sum_assignment

    supply = [s for s in sorted(on) for _ in range(on[s])]
    rows = [t for t in chosen for _ in range(need)]
    costs = np.array([[float(s not in t) for s in supply] for t in rows])
    _, columns = linear_sum_assignment(costs)
    left: dict[int, list[Place]] = defaultdict(list)
    for place in reversed(places):
        left[place[0]].append(place)
    return [left[supply[c]].pop() if left[supply[c]] else None for c in columns]
