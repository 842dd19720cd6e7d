# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Steps of a parametric kit: items that it may not have, sizes that vary, and what is left over."""

import pytest

from csmkit.design.assembly import check_assembly, load_assembly
from csmkit.errors import CsmError
from csmkit.model import Assembly

ITEMS = {"side": 2, "ISO 4017 M6x40": 6, "ISO 4017 M6x45": 4, "ISO 7089 M6": 10}


def load(*headings: str) -> Assembly:
    return load_assembly("box", "\n".join(f"## {h}" for h in headings), ITEMS)


def test_an_optional_item_is_left_out_where_the_kit_has_none() -> None:
    (step,) = load('Sides { adds="side?, lid?" }').steps
    assert step.adds == (("side", 2),)


def test_a_star_stands_for_every_size() -> None:
    (step,) = load('Bolts { adds="ISO 4017 M6x*" }').steps
    assert step.adds == (("ISO 4017 M6x40", 6), ("ISO 4017 M6x45", 4))


def test_rest_is_what_no_other_step_adds() -> None:
    first, second = load('A { adds="ISO 7089 M6 *rest" }', 'B { adds="ISO 7089 M6 *4" }').steps
    assert first.adds == (("ISO 7089 M6", 6),)
    assert second.adds == (("ISO 7089 M6", 4),)


def test_what_a_step_names_twice_is_counted_together() -> None:
    first, second = load(
        'A { adds="side *1, ISO 7089 M6 *rest, side *1" }', 'B { adds="ISO 7089 M6 *4" }'
    ).steps
    assert first.adds == (("side", 2), ("ISO 7089 M6", 6))
    assert second.adds == (("ISO 7089 M6", 4),)


def test_too_many_are_found_beside_a_rest() -> None:
    assembly = load('A { adds="ISO 7089 M6 *rest" }', 'B { adds="ISO 7089 M6 *11" }')
    found = [f for f in check_assembly("box", assembly, ITEMS) if f.part == "ISO 7089 M6"]
    assert len(found) == 1
    assert "add 11" in found[0].problem


def test_a_step_for_what_the_kit_lacks_is_left_out() -> None:
    steps = load('Lid { adds="lid" if="lid" }', 'Sides { adds="side" if="side" }').steps
    assert [s.title for s in steps] == ["Sides"]


@pytest.mark.parametrize("adds", ["lid", "ISO 4018 *", "ISO 4017 M6x* *3"])
def test_unknown_items_and_ambiguous_counts_are_named_with_their_line(adds: str) -> None:
    with pytest.raises(CsmError, match=r"assembly\.md line 1"):
        load(f'A {{ adds="{adds}" }}')
