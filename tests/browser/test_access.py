# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Everybody can read the pages: axe-core finds nothing serious, in light and dark, on desk and phone."""

import json
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

GRAVE = {"serious", "critical"}
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


FIRST = ["", "kits/", "makers/workshop/"]


@pytest.fixture(scope="session")
def pages(site_folder):
    kits = [kit["url"] for kit in json.loads((site_folder / "catalog.json").read_text())["kits"]]
    return [*FIRST, *kits]


def grave(page):
    """What axe holds against a page, a line each: rule, element, reason."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['target']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
        if rule["impact"] in GRAVE
    ]


def faults(page, pages):
    found = {}
    for url in pages:
        page.goto(url, wait_until="networkidle")
        found[url] = grave(page)
    return {url: lines for url, lines in found.items() if lines}


def test_axe_finds_nothing_serious_on_a_desk(new_page, pages):
    assert not faults(new_page(**DESK, color_scheme="light", reduced_motion="reduce"), pages)


def test_axe_finds_nothing_serious_in_the_dark(new_page, unlike_kits):
    assert not faults(new_page(**DESK, color_scheme="dark", reduced_motion="reduce"), [*FIRST, *unlike_kits])


def test_axe_finds_nothing_serious_on_a_phone(new_page, unlike_kits):
    assert not faults(new_page(**PHONE, reduced_motion="reduce"), [*FIRST, *unlike_kits])


def test_headings_go_down_by_one_level_at_a_time(page, pages):
    for url in pages:
        page.goto(url)
        levels = page.locator("article").evaluate(
            "article => [...article.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(h => +h.tagName[1])"
        )
        assert levels.count(1) == 1, url
        assert all(after <= before + 1 for before, after in pairwise(levels)), url


def test_every_picture_says_what_it_shows_or_that_it_is_decoration(page, pages):
    for url in pages:
        page.goto(url)
        silent = page.locator("article img:not([alt]), article svg:not([aria-label]):not([aria-hidden])")
        assert silent.evaluate_all("all => all.map(one => one.outerHTML.slice(0, 120))") == [], url


def test_the_keyboard_shows_where_it_is(page, pages):
    """The first twenty stops of the Tab key on a kit's page: each can be seen and looks different."""
    page.goto(pages[-1])
    for _ in range(20):
        page.keyboard.press("Tab")
        said = page.evaluate(
            """() => {
              const focused = document.activeElement;
              const here = focused.matches(".md-option") ? focused.nextElementSibling : focused;
              const style = getComputedStyle(here);
              const box = here.getBoundingClientRect();
              return { html: here.outerHTML.slice(0, 120), width: box.width,
                       shown: style.outlineStyle !== "none" || style.boxShadow !== "none" };
            }"""
        )
        assert said["width"] > 0, said
        assert said["shown"], said
