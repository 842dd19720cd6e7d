# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a page derives from kit.json for people who decide: needs, shares of the price, presets, lengths."""

import copy

import pytest
from sample_kits import STOOL, write_kit

from csmkit.site.kit import load_built
from csmkit.site.needs import needs
from csmkit.site.presets import ON_A_CARD, distinct, preset_links
from csmkit.site.price import largest, price_shares, shopping_total
from csmkit.site.prose import prose
from csmkit.site.repository import repository
from csmkit.site.units import marked, marked_setting, marked_size


@pytest.fixture
def stool():
    return copy.deepcopy(STOOL)


def part(name, process, size):
    return {**STOOL["parts"][0], "name": name, "process": process, "size": size}


def comma(text):
    return text.replace(".", ",")


def test_the_bed_takes_each_part_in_the_way_that_it_fits_best(stool):
    stool["parts"] = [part("a", "router", [200.0, 900.0, 12.0]), part("b", "router", [500.0, 400.0, 12.0])]
    [machine] = needs(stool).machines
    assert (machine.process, machine.parts, machine.size) == ("router", 2, (900.0, 400.0))


def test_hands_are_no_machine(stool):
    stool["parts"] = [part("a", "hand", [200.0, 100.0, 12.0])]
    assert needs(stool).machines == ()


def test_tools_of_most_steps_come_first_and_each_once(stool):
    steps = [{**STOOL["assembly"]["steps"][0], "tools": tools} for tools in (["saw", "clamp"], ["clamp"])]
    stool["assembly"]["steps"] = steps
    assert needs(stool).tools == ("clamp", "saw")


def test_cutters_are_those_of_the_programs_with_their_titles(stool):
    program = {"side": "top", "files": [], "svg": "", "tools": ["em6", "odd"], "seconds": 1.0}
    stool["nestings"][0]["layouts"][0]["programs"] = [program, program]
    stool["workshop"]["tools"] = {"em6": "end mill 6 mm"}
    assert needs(stool).cutters == ("end mill 6 mm", "odd")


def test_shares_of_a_price_fill_the_bar_without_gap():
    shares = price_shares(STOOL["price"])
    ends = [line["start"] + line["share"] for line in shares]
    assert [line["start"] for line in shares[1:]] == pytest.approx(ends[:-1])
    assert ends[-1] == pytest.approx(1.0, abs=1e-3)
    assert largest(shares, 1)[0]["name"] == "labour"


def test_what_costs_nothing_has_no_shares():
    price = {"lines": [{"name": "files", "amount": "0.00", "how": ""}], "total": "0.00", "currency": "EUR"}
    assert price_shares(price)[0]["share"] == 0.0


def test_the_counter_takes_whole_packs():
    assert str(shopping_total(STOOL)) == "92.00"


def test_presets_with_the_same_values_stand_once_that_of_the_page_first(tmp_path):
    kit = write_kit(tmp_path, presets=("default", "low", "twin"))
    default, low, twin = load_built(kit.key, kit.presets)
    assert distinct(default, [default, low, twin]) == [default, low]
    assert distinct(twin, [default, low, twin]) == [low, twin]


def test_a_card_names_what_a_preset_changes(tmp_path):
    kit = write_kit(tmp_path)
    presets = load_built(kit.key, kit.presets)
    default, low = preset_links(presets[0], presets)
    assert (default["changed"], default["more"]) == ([], 0)
    assert [p["name"] for p in low["changed"]] == ["height"]
    assert len(low["changed"]) <= ON_A_CARD


@pytest.mark.parametrize(
    ("address", "issues", "discussions", "design"),
    [
        (
            "https://github.com/a/b.git",
            "https://github.com/a/b/issues",
            "https://github.com/a/b/discussions",
            "https://github.com/a/b/tree/HEAD/designs/k%20t",
        ),
        (
            "https://codeberg.org/a/b/",
            "https://codeberg.org/a/b/issues",
            "",
            "https://codeberg.org/a/b/src/HEAD/designs/k%20t",
        ),
        ("https://example.org/b", "", "", ""),
    ],
)
def test_a_repository_has_the_pages_of_its_host(address, issues, discussions, design):
    found = repository(address, "k t")
    assert (found.issues, found.discussions, found.design) == (issues, discussions, design)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "mailto:a@example.org", "", "../x"])
def test_what_is_no_address_of_the_web_is_no_repository(address):
    assert repository(address, "kit") is None


def test_lengths_carry_their_millimetres_whatever_the_decimal_sign():
    assert str(marked([600.0, 12.5], 1, comma)) == (
        '<span class="csm-mm" data-mm="600 12.5">600 × 12,5\N{NO-BREAK SPACE}mm</span>'
    )


@pytest.mark.parametrize("text", ["M8x40", "12", "D3", "", "<b> × 2"])
def test_sizes_of_standards_are_no_lengths(text):
    assert "csm-mm" not in marked_size(text, str)
    assert "<b>" not in marked_size(text, str)


def test_a_size_of_a_bill_is_a_length():
    assert 'data-mm="880 644 12.5"' in marked_size("880 × 644 × 12.5", str)


def test_parameters_with_a_unit_of_length_are_lengths():
    assert 'data-mm="2400"' in marked_setting(2.4, "m", "2.4")
    assert 'data-mm="420"' in marked_setting(420.0, "mm", "420")
    assert "csm-mm" not in marked_setting(7.0, "°", "7")
    assert "csm-mm" not in marked_setting(True, "mm", "yes")
    assert "&lt;" in marked_setting("<b>", "", "<b>")


@pytest.mark.parametrize(("below", "tags"), [(2, ["h3", "h4"]), (3, ["h4", "h5"]), (6, ["h6", "h6"])])
def test_headings_in_a_text_come_one_level_below_the_one_above_it(below, tags):
    for text in ("# A\n\n## B", "### A\n\n#### B"):
        assert [line[1:3] for line in prose(text, below).splitlines()] == tags
