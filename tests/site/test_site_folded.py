# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a long page folds away is nothing that decides, and adds up to the whole."""

from decimal import Decimal

from csmkit.export.language.language import Foreign
from csmkit.site.folded import LONG, NEAR, SMALL, chapters, cut_list, introductions, limits, price_lines


def step(title, kit="", minutes=10.0):
    return {"title": title, "kit": kit, "minutes": minutes}


def limit(value, at_most=100.0, holds=True):
    return {"value": value, "at_least": None, "at_most": at_most, "holds": holds}


def line(share):
    return {"share": share, "cost": Decimal("1.00")}


def test_a_kit_of_its_own_is_one_chapter_with_its_titles_as_they_are():
    [one] = chapters([step("Oil: twice"), step("Dry")])
    assert [(n, s["title"]) for n, s in one.steps] == [(1, "Oil: twice"), (2, "Dry")]


def test_each_kit_within_is_a_chapter_and_its_name_is_said_once():
    told = [step("Tail: Weld", "tail"), step("Tail: Paint: twice", "tail", 5.0), step("Raise it")]
    tail, own = chapters(told)
    assert (tail.title, tail.minutes, own.title) == ("Tail", 15.0, "")
    assert [(n, s["title"]) for n, s in tail.steps] == [(1, "Weld"), (2, "Paint: twice")]
    assert [n for n, _ in own.steps] == [3]


def test_a_title_that_is_not_translated_is_marked_in_its_chapter_too():
    tail, _ = chapters([step(Foreign("Tail: Weld"), "tail"), step("Levántalo")])
    assert isinstance(tail.title, Foreign)
    assert isinstance(tail.steps[0][1]["title"], Foreign)


def test_what_a_kit_within_says_first_stands_before_its_own_steps():
    told = chapters([step("Tail: Weld", "tail"), step("Rotor: Carve", "rotor"), step("Raise it")])
    intro = "It can kill.\n\n### Tail\n\nZinc fumes.\n\n### Rotor\n\nTips fly.\n"
    own, (tail, rotor, last) = introductions(Foreign(intro), told)
    assert own == "It can kill.\n\n"
    assert isinstance(own, Foreign)
    assert (tail.intro.strip(), rotor.intro.strip(), last.intro) == ("Zinc fumes.", "Tips fly.", "")
    assert isinstance(tail.intro, Foreign)
    assert introductions("### Words\n\nA tab.", told) == ("### Words\n\nA tab.", told)  # nobody's title


def test_broken_limits_and_those_near_their_bound_stay_in_the_open():
    far = [limit(10.0)] * LONG
    near, folded = limits([*far, limit(100 * (1 - NEAR) + 1), limit(300.0, holds=False)])
    assert [n["value"] for n in near] == [76.0, 300.0]
    assert folded == far


def test_a_short_list_of_limits_is_not_folded_and_a_list_without_near_ones_neither():
    short = [limit(90.0), *[limit(10.0)] * (LONG - 1)]
    assert limits(short) == (short, [])
    even = [limit(10.0)] * (2 * LONG)
    assert limits(even) == (even, [])


def test_lines_of_a_price_are_all_there_large_or_small():
    shares = [line(0.5), *[line(SMALL / 2)] * LONG, line(SMALL)]
    main, small = price_lines(shares)
    assert [one["share"] for one in main] == [0.5, SMALL]
    assert len(small) == LONG
    assert price_lines(shares[:LONG]) == (shares[:LONG], [])


def test_the_cut_list_by_class_holds_every_part_once():
    parts = [
        {"name": name, "form": form, "quantity": 2, "mass": 1.5}
        for name, form in [("rod", "bar"), ("seat", "sheet"), ("foot", "print"), ("rotor", "cast")]
    ]
    groups = cut_list(parts)
    assert [p["name"] for group in groups for p in group["rows"]] == ["seat", "rod", "foot", "rotor"]
    assert sum(group["pieces"] for group in groups) == 8
    assert sum(group["mass"] for group in groups) == 12.0
