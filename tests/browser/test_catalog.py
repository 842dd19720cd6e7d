# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The list of kits narrows truly, its address says what is chosen, a workshop is told what it can make."""

import json
import re
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SMALL = "router-600x900"  # a hobby router, nothing else


@pytest.fixture(scope="session")
def data(site_folder):
    return json.loads((site_folder / "catalog.json").read_text())


@pytest.fixture(scope="session")
def kit_json(site_folder):
    """kit.json of a preset of the catalog."""
    return lambda preset: json.loads((site_folder / preset["data"]).read_text())


def opened(page, **chosen):
    page.goto("kits/" + (f"?{urlencode(chosen, doseq=True)}" if chosen else ""))
    page.wait_for_selector("#csm-filter[data-ready]", state="attached")
    return page


def shown(page):
    return page.eval_on_selector_all(
        ".csm-cards > .csm-card", "cards => cards.filter(c => c.checkVisibility()).map(c => c.dataset.key)"
    )


def kits_with(data, holds):
    """Keys of the kits of which a preset passes."""
    return [kit["key"] for kit in data["kits"] if any(holds(kit, preset) for preset in kit["presets"])]


def tools(preset):
    return {*preset["needs"]["machines"], *preset["needs"]["tools"]}


HOLDS = {
    "material": lambda kit, preset, value: value in preset["needs"]["materials"],
    "machine": lambda kit, preset, value: value in preset["needs"]["machines"],
    "without": lambda kit, preset, value: value not in tools(preset),
    "skill": lambda kit, preset, value: kit["skill"] == value,
    "maturity": lambda kit, preset, value: kit["maturity"] == value,
    "tag": lambda kit, preset, value: value in kit["tags"],
}


def test_every_box_narrows_to_the_kits_that_are_it(page, data):
    opened(page)
    boxes = page.eval_on_selector_all(".csm-facet [type=checkbox]", "all => all.map(b => [b.name, b.value])")
    assert {name for name, _ in boxes} >= {"material", "without", "skill", "tag"}
    for name, value in boxes:
        box = page.locator(f'.csm-facet input[name="{name}"][value="{value}"]')
        count = int(box.locator("xpath=..").locator("small").inner_text())
        box.check()
        expected = kits_with(data, lambda kit, preset: HOLDS[name](kit, preset, value))  # noqa: B023
        assert shown(page) == expected
        assert count == len(expected)
        box.uncheck()
    assert len(shown(page)) == len(data["kits"])


def test_a_question_that_divides_nothing_is_not_asked(page, data):
    opened(page)
    for name, of in (("skill", "skill"), ("maturity", "maturity")):
        is_asked = page.locator(f'.csm-facet input[name="{name}"]').count() > 0
        assert is_asked == (len({kit[of] for kit in data["kits"]}) > 1)


def test_price_and_time_are_limits_that_one_preset_has_to_keep(page, data):
    prices = sorted(Decimal(p["price"]) for kit in data["kits"] for p in kit["presets"])
    hours = sorted(p["labour_minutes"] / 60 for kit in data["kits"] for p in kit["presets"])
    cost, time = prices[len(prices) // 2], round(hours[len(hours) // 2], 2)
    opened(page).get_by_label("Price, EUR").fill(str(cost))
    assert shown(page) == kits_with(data, lambda kit, preset: Decimal(preset["price"]) <= cost)
    page.get_by_label("Hours of work").fill(str(time))
    both = kits_with(
        data, lambda _, p: Decimal(p["price"]) <= cost and p["labour_minutes"] <= float(str(time)) * 60
    )
    assert shown(page) == both


def test_words_are_found_in_titles_and_summaries(page, data):
    opened(page).locator("#csm-filter [name=text]").fill("stool")
    expected = [
        kit["key"]
        for kit in data["kits"]
        if "stool" in json.dumps([kit["title"], kit["summary"], [p["title"] for p in kit["presets"]]]).lower()
    ]
    assert expected
    assert shown(page) == expected


def test_the_address_says_what_is_chosen_and_brings_it_back(page, new_page, data):
    opened(page)
    boxes = page.locator(".csm-facet [name=skill]")
    boxes.first.check()
    page.get_by_label("Sort by").select_option("price")
    page.locator("#csm-filter [name=text]").fill("o")
    kept, address = shown(page), page.url.partition("kits/")[2]
    assert set(re.findall(r"(\w+)=", address)) == {"skill", "sort", "text"}
    other = new_page()
    other.goto(f"kits/{address}")
    other.wait_for_selector("#csm-filter[data-ready]", state="attached")
    assert shown(other) == kept
    assert other.locator(".csm-facet [name=skill]").first.is_checked()
    assert other.get_by_label("Sort by").input_value() == "price"
    assert other.locator("#csm-filter [name=text]").input_value() == "o"
    assert other.url.partition("kits/")[2] == address


def settled(page, wanted):
    """What is shown once it is what is wanted, or after five seconds: the theme may lay the page out anew."""
    for _ in range(50):
        if shown(page) == wanted:
            break
        page.wait_for_timeout(100)
    return shown(page)


def test_back_takes_one_choice_away_without_a_new_page(page, data):
    opened(page)
    page.evaluate("window.stays = true")
    first = page.locator(".csm-facet [name=material]").nth(0)
    second = page.locator(".csm-facet [name=skill]").nth(0)
    first.check()
    one = shown(page)
    second.check()
    page.go_back()
    expect(second).not_to_be_checked()
    expect(first).to_be_checked()
    assert settled(page, one) == one
    page.go_back()
    expect(first).not_to_be_checked()
    every = [kit["key"] for kit in data["kits"]]
    assert settled(page, every) == every
    page.go_forward()
    expect(first).to_be_checked()
    assert page.evaluate("window.stays") is True


ORDERS = {
    "price": lambda kit: min(Decimal(p["price"]) for p in kit["presets"]),
    "time": lambda kit: min(p["labour_minutes"] for p in kit["presets"]),
    "sheets": lambda kit: min(p["sheets"] for p in kit["presets"]),
    "mass": lambda kit: min(p["mass"] for p in kit["presets"]),
    "skill": lambda kit: ["beginner", "intermediate", "advanced"].index(kit["skill"]),
    "title": lambda kit: kit["title"].lower(),
}


@pytest.mark.parametrize("order", ORDERS)
def test_cards_stand_in_the_chosen_order(page, data, order):
    opened(page).get_by_label("Sort by").select_option(order)
    assert shown(page) == [kit["key"] for kit in sorted(data["kits"], key=ORDERS[order])]
    page.get_by_label("Sort by").select_option("")
    assert shown(page) == [kit["key"] for kit in data["kits"]]


def test_chips_and_clear_take_choices_away(page, data):
    opened(page, skill="beginner", material="plywood", text="o")
    chips = page.locator(".csm-chosen button")
    assert chips.count() == 3
    page.get_by_role("button", name=re.compile("Remove the filter .*beginner")).click()
    assert "skill" not in page.url
    assert chips.count() == 2
    page.get_by_role("button", name="Clear all").click()
    assert chips.count() == 0
    assert page.url.endswith("kits/")
    assert len(shown(page)) == len(data["kits"])


def test_an_empty_list_tells_what_to_take_away(page, data):
    opened(page, skill="beginner", cost="0.01")
    assert shown(page) == []
    advice = page.locator(".csm-none li button")
    beginners = kits_with(data, lambda kit, _: kit["skill"] == "beginner")
    expect(advice.first).to_contain_text(f"{len(beginners)} kit")
    advice.first.click()
    assert shown(page) == beginners


def bed_takes(kit, long, short):
    """Whether each flat wooden part fits on a bed, from the parts' own sizes."""
    flat = [p for p in kit["parts"] if p["form"] == "sheet" and p["process"] == "router"]
    return all(max(p["size"][:2]) <= long and min(p["size"][:2]) <= short for p in flat)


def verdict(page, kit, preset):
    return page.locator(f'.csm-side tbody[data-key="{kit}"] tr[data-preset="{preset}"] .csm-own')


def test_a_workshop_learns_which_presets_its_bed_takes(page, data, kit_json):
    trailer = next(kit for kit in data["kits"] if kit["key"] == "bike-trailer")
    opened(page)
    page.locator(".csm-shop summary").click()
    page.get_by_label("CNC router", exact=True).check()
    page.get_by_label("Length of the router's bed, mm").fill("1200")
    page.get_by_label("Width of the router's bed, mm").fill("900")
    page.get_by_label("Width of the router's bed, mm").blur()
    told = {}
    for preset in trailer["presets"]:
        cell = verdict(page, "bike-trailer", preset["key"])
        told[preset["key"]] = cell.text_content() == "Fits your workshop"
        assert told[preset["key"]] == bed_takes(kit_json(preset), 1200, 900), cell.text_content()
    assert told["default"] is True
    assert "shop=router-1200x900" in page.url


def test_a_part_that_is_too_long_is_named_with_its_size(page, data, kit_json):
    trailer = next(kit for kit in data["kits"] if kit["key"] == "bike-trailer")
    opened(page, shop=SMALL)
    flat = [p for p in kit_json(trailer["presets"][0])["parts"] if p["form"] == "sheet"]
    longest = max(max(p["size"][:2]) for p in flat)
    widest = max(flat, key=lambda p: min(p["size"][:2]))
    cell = verdict(page, "bike-trailer", "default")
    if longest <= 900:
        name, size, limit = widest["name"], min(widest["size"][:2]), 600
    else:
        name, size, limit = max(flat, key=lambda p: max(p["size"][:2]))["name"], longest, 900
    expect(cell).to_have_text(f"Part {name}: {size:.0f} mm, the bed has {limit} mm")


def test_thickness_and_sheet_are_asked_of_wood_only(page):
    opened(page, shop="router-2500x1250_thick-18_sheet-2440x1220")
    expect(verdict(page, "step-stool", "default")).to_have_text("Fits your workshop")
    expect(verdict(page, "bike-trailer", "default")).to_contain_text("film-faced birch plywood")
    opened(page, shop="router-2500x1250_sheet-300x300")
    expect(verdict(page, "step-stool", "default")).to_contain_text("a sheet has 280 mm within its edges")


def test_a_thickness_that_a_parameter_offers_may_fit_and_is_no_refusal(page):
    opened(page, shop="router-600x900_thick-14.6", fits="1")  # measured: sold as 15 mm
    expect(verdict(page, "step-stool", "default")).to_have_text(
        "May fit, of birch plywood 15 mm: set material=birch-ply-15"
    )
    assert {"step-stool", "fit-test"} <= set(shown(page))
    expect(page.locator(".csm-shop-said")).to_contain_text("0 of")
    expect(page.locator(".csm-shop-said")).to_contain_text("2 more perhaps from another sheet")
    opened(page, shop="router-600x900_thick-5")
    expect(verdict(page, "step-stool", "default")).to_have_text("Needs birch plywood 18 mm")


def test_only_what_fits_remains(page, data):
    opened(page, shop=SMALL, fits="1")
    lacking = kits_with(data, lambda _, p: not {"metal", "welder", "printer"} & {*p["needs"]["machines"]})
    assert set(shown(page)) <= set(lacking)
    assert "step-stool" in shown(page)
    assert len(shown(page)) < len(data["kits"])
    page.get_by_role("button", name=re.compile("Remove the filter Show only")).click()
    assert len(shown(page)) == len(data["kits"])


WORKSHOP = """
name = "ours"                        # a comment with "quotes"
machines = ["our-router",            # over two lines
            "printer-250"]
[thickness]
birch-ply-18 = 17.6
[[machine]]
key = "our-router"
process = "router"
envelope = [1250, 1_000, 90]
[[stock_sheet]]
sheet = "birch-ply-18"
size = [1525, 1525]
[[stock_sheet]]
sheet = "steel-sheet-8"
size = [3000, 1500]
"""


def test_a_workshop_file_is_read_in_the_browser(page, data):
    asked = []
    opened(page)
    page.on("request", lambda request: asked.append(request.method))
    page.locator(".csm-shop summary").click()
    page.get_by_label("Or read your workshop.toml").set_input_files(
        {"name": "workshop.toml", "mimeType": "application/toml", "buffer": WORKSHOP.encode()}
    )
    expect(page.locator(".csm-shop-file")).to_have_text("Read. It stayed in your browser.")
    assert "shop=router-1250x1000_printer-250x220x210_thick-18_sheet-1525x1525" in page.url
    assert "POST" not in asked
    page.get_by_label("Or read your workshop.toml").set_input_files(
        {"name": "x.toml", "mimeType": "application/toml", "buffer": b"ok = 1\nthis is no TOML"}
    )
    expect(page.locator(".csm-shop-file")).to_contain_text("line 2")


def test_this_browser_remembers_the_workshop_until_it_is_forgotten(page):
    opened(page)
    page.locator(".csm-shop summary").click()
    page.get_by_label("Welder", exact=True).check()
    opened(page)
    assert page.get_by_label("Welder", exact=True).is_checked()
    assert page.locator(".csm-verdict:visible").count() > 0
    page.locator(".csm-shop summary").click()
    page.get_by_role("button", name="Forget my workshop").click()
    assert page.locator(".csm-verdict:visible").count() == 0
    opened(page)
    assert not page.get_by_label("Welder", exact=True).is_checked()


def test_compared_kits_stand_side_by_side(page, data):
    opened(page)
    for key in ("step-stool", "bike-trailer"):
        page.locator(f'.csm-card[data-key="{key}"] [name=compare]').check()
    bodies = page.locator(".csm-side tbody:visible")
    assert sorted(bodies.evaluate_all("all => all.map(b => b.dataset.key)")) == ["bike-trailer", "step-stool"]
    assert page.locator(".csm-comparing output").inner_text() == "2 kits to compare"
    page.get_by_role("button", name="Side by side").click()
    assert page.locator("#side-by-side").evaluate("h2 => h2.getBoundingClientRect().top < innerHeight")
    assert "compare=" in page.url
    rows = page.locator(".csm-side tbody:visible tr")
    compared = [kit for kit in data["kits"] if kit["key"] in ("step-stool", "bike-trailer")]
    assert rows.count() == sum(len(kit["presets"]) for kit in compared)
    page.get_by_role("button", name="Show all again").click()
    assert bodies.count() == len(data["kits"])


def test_coming_from_another_page_the_list_works_as_well(page):
    page.goto("")
    page.get_by_role("link", name="See the kits").click()
    page.wait_for_selector("#csm-filter[data-ready]", state="attached")
    page.locator(".csm-facet [name=skill]").first.check()
    assert "skill=" in page.url


def test_on_a_phone_the_questions_open_and_nothing_runs_off_the_side(new_page):
    page = opened(new_page(**PHONE), shop=SMALL)
    box = page.locator(".csm-facet [name=skill]").first
    assert not box.is_visible()
    page.get_by_role("button", name="Filter", exact=True).click()
    assert box.is_visible()
    page.locator(".csm-shop summary").click()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_without_scripts_all_cards_are_there_and_nothing_that_would_not_work(new_page, data):
    page = new_page(java_script_enabled=False)
    page.goto("kits/")
    assert page.locator(".csm-card").count() == len(data["kits"])
    assert page.locator(".csm-side tbody tr").count() == sum(len(k["presets"]) for k in data["kits"])
    assert not page.locator("#csm-filter").is_visible()
    assert not page.locator(".csm-shop").is_visible()
    assert not page.locator("[name=compare]").first.is_visible()
