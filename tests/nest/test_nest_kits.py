# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Copies are numbered so that a kit's parts lie on as few sheets as possible."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st
from nest_instances import instance, rectangle

from csmkit.model import Nesting, NestInstance
from csmkit.nest.arrange.kits import copy_numbers
from csmkit.nest.arrange.twins import kits_together
from csmkit.nest.candidate import CutSheet
from csmkit.nest.proof.nesting import verify
from csmkit.nest.score import finished

Names = Sequence[Sequence[str]]


def task(needs: dict[str, int], kits: int) -> NestInstance:
    return instance(*(rectangle(name, 10, 10, n * kits) for name, n in needs.items()))


def pairs(numbers: Sequence[Sequence[int]], sheets: Names, needs: dict[str, int]) -> int:
    """How many kits have a part on how many sheets."""
    seen = set()
    for s, (names, row) in enumerate(zip(sheets, numbers, strict=True)):
        for name, copy in zip(names, row, strict=True):
            seen.add(((copy - 1) // needs[name.removeprefix("kit/")], s))
    return len(seen)


def in_turn(sheets: Names) -> list[list[int]]:
    seen: Counter[str] = Counter()
    rows = []
    for names in sheets:
        row = []
        for name in names:
            seen[name] += 1
            row.append(seen[name])
        rows.append(row)
    return rows


def ways(sheets: Names, name: str) -> Iterator[dict[tuple[int, int], int]]:
    places = [(s, k) for s, names in enumerate(sheets) for k, n in enumerate(names) if n == name]
    for order in permutations(range(1, len(places) + 1)):
        yield dict(zip(places, order, strict=True))


def fewest(sheets: Names, needs: dict[str, int]) -> int:
    """By trying all numberings."""
    names = [f"kit/{n}" for n in needs]
    least = math.inf
    for choice in product(*(list(ways(sheets, n)) for n in names)):
        number = {place: copy for part in choice for place, copy in part.items()}
        rows = [[number[(s, k)] for k in range(len(row))] for s, row in enumerate(sheets)]
        least = min(least, pairs(rows, sheets, needs))
    return int(least)


@st.composite
def plans(draw: st.DrawFn, most: int) -> tuple[Names, dict[str, int], int]:
    """Sheets with the parts of some kits in any order."""
    kits = draw(st.integers(2, 3 if most < 4 else 6))
    needs = {n: draw(st.integers(1, 2 if most > 3 else 1)) for n in "abc"[: draw(st.integers(1, 3))]}
    sheets: list[list[str]] = [[] for _ in range(draw(st.integers(2, most)))]
    for name, n in needs.items():
        for _ in range(n * kits):
            sheets[draw(st.integers(0, len(sheets) - 1))].append(f"kit/{name}")
    return sheets, needs, kits


@settings(max_examples=40, deadline=None)
@given(plans(3))
def test_the_pairs_of_kit_and_sheet_are_the_fewest_of_all_numberings(
    case: tuple[Names, dict[str, int], int],
) -> None:
    sheets, needs, kits = case
    numbers = copy_numbers(task(needs, kits), sheets)
    assert pairs(numbers, sheets, needs) == fewest(sheets, needs)


@settings(max_examples=40, deadline=None)
@given(plans(8))
def test_numbers_are_complete_and_the_pairs_never_grow(case: tuple[Names, dict[str, int], int]) -> None:
    sheets, needs, kits = case
    numbers = copy_numbers(task(needs, kits), sheets)
    given_to = defaultdict(list)
    for names, row in zip(sheets, numbers, strict=True):
        for name, copy in zip(names, row, strict=True):
            given_to[name].append(copy)
    assert {n: sorted(c) for n, c in given_to.items()} == {
        f"kit/{n}": list(range(1, kits * q + 1)) for n, q in needs.items()
    }
    assert pairs(numbers, sheets, needs) <= pairs(in_turn(sheets), sheets, needs)


def test_a_kit_that_one_sheet_holds_is_not_torn_apart() -> None:
    """In turn, the first a would go with the b of sheet 2, and the a beside it with the b of sheet 3."""
    sheets = [["kit/a"], ["kit/a", "kit/b"], ["kit/b"]]
    needs = {"a": 1, "b": 1}
    assert pairs(in_turn(sheets), sheets, needs) == 4
    assert pairs(copy_numbers(task(needs, 2), sheets), sheets, needs) == 3


def test_kits_of_several_designs_are_numbered_each_for_itself() -> None:
    mine = task({"a": 1, "b": 1}, 2)
    other = replace(rectangle("a", 10, 10, 1), kit="other")
    both = replace(mine, items=(*mine.items, other))
    sheets = [["kit/a", "other/a"], ["kit/b", "kit/a", "kit/b"]]
    assert copy_numbers(both, sheets)[0][1] == 1
    assert sorted(n for row in copy_numbers(both, sheets) for n in row) == [1, 1, 1, 2, 2]


def test_left_over_copies_have_the_numbers_that_no_placed_one_has() -> None:
    sheets = [["kit/a"], ["kit/b", "kit/a"]]
    numbers = copy_numbers(task({"a": 1, "b": 1}, 3), sheets)
    rows = zip(sheets, numbers, strict=True)
    placed = {(n, c) for names, row in rows for n, c in zip(names, row, strict=True)}
    assert len(placed) == 3
    assert all(1 <= c <= 3 for _, c in placed)
    assert pairs(numbers, sheets, {"a": 1, "b": 1}) == 2


def two_kits(sheets: Sequence[str]) -> tuple[Nesting, NestInstance]:
    """Two kits with a wall of their own and cheeks that are alike, laid on sheets as said by letters."""
    items = {
        "a": replace(rectangle("cheek", 100, 100, 2), kit="one"),
        "b": replace(rectangle("cheek", 100, 100, 2), kit="two"),
        "A": replace(rectangle("wall", 300, 100, 1), kit="one"),
        "B": replace(rectangle("wall", 320, 100, 1), kit="two"),
    }
    where = instance(*items.values())
    rows = []
    for letters in sheets:
        places = [
            (items[c].name, 10 + 330.0 * k % 990, 10.0 + 120 * (k // 3), 0.0) for k, c in enumerate(letters)
        ]
        rows.append(CutSheet("full", tuple(places)))
    nesting = finished(where, tuple(rows), "hand")
    assert verify(nesting, where) == ()
    return nesting, where


def test_equal_parts_of_two_kits_change_places_so_that_each_has_its_sheet() -> None:
    nesting, where = two_kits(["Aab", "Bab"])
    better = kits_together(nesting, where)
    kits = [{p.item.split("/")[0] for p in layout.placements} for layout in better.layouts]
    assert sorted(map(sorted, kits)) == [["one"], ["two"]]
    assert verify(better, where) == ()
    assert better.equivalent_sheets == nesting.equivalent_sheets


def test_where_nothing_is_gained_the_plan_is_left_as_it_is() -> None:
    for sheets in (["Aaa", "Bbb"], ["AaBbab"]):
        nesting, where = two_kits(sheets)
        assert kits_together(nesting, where) is nesting
