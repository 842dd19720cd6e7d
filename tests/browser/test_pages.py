# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages on a desk, on a phone and without scripts."""

import json

import pytest

BEYOND = """(picture) => {
  document.body.innerHTML = picture;
  const svg = document.querySelector("svg");
  svg.style.width = "1000px";
  svg.style.height = "auto";
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    const across = Math.max(frame.left - box.left, box.right - frame.right);
    return box.width > 0 && Math.max(across, frame.top - box.top, box.bottom - frame.bottom) > 1;
  }).map((text) => text.textContent);
}"""

IN_SIGHT = """(id) => {  // in the upper half of the window, once it has scrolled there
  const { top, height } = document.getElementById(id).getBoundingClientRect();
  return height > 0 && top >= 0 && top < 400;
}"""


@pytest.fixture(scope="session")
def kits(site_folder):
    return [kit["url"] for kit in json.loads((site_folder / "catalog.json").read_text())["kits"]]


def test_no_page_scrolls_sideways_on_a_phone(new_page, kits):
    page = new_page(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    wide = {}
    for url in ["", "kits/", *kits]:
        page.goto(url)
        wide[url] = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert not {url: over for url, over in wide.items() if over > 0}


def test_without_scripts_a_kit_still_gives_text_pictures_and_downloads(new_page, kits):
    page = new_page(java_script_enabled=False)
    for url in kits:
        page.goto(url)
        assert page.locator("h1").inner_text()
        assert page.locator(".csm-steps li h3").count() > 0
        assert page.locator("a[download]").count() > 5
        picture = page.locator(".csm-picture img").first
        assert picture.evaluate("image => image.complete && image.naturalWidth > 100")


def test_the_way_back_to_the_top_covers_no_text(new_page, kits):
    """The theme offers it where one scrolls up; its own style must not stretch ours over the page."""
    page = new_page(viewport={"width": 390, "height": 800})
    page.goto(kits[0])
    page.evaluate("scrollTo({ top: 3000, behavior: 'instant' })")
    page.wait_for_timeout(200)
    page.evaluate("scrollTo({ top: 2500, behavior: 'instant' })")
    button = page.locator(".md-top")
    button.wait_for(state="visible")
    assert button.bounding_box()["height"] < 60


def test_no_text_of_sheets_bars_and_curves_reaches_beyond_them(new_page, site_folder):
    page = new_page()
    drawn = sorted(
        p for kind in ("sheets", "bars", "figures") for p in site_folder.glob(f"kits/**/{kind}/*.svg")
    )
    over = {path.name: page.evaluate(BEYOND, path.read_text(encoding="utf-8")) for path in drawn}
    assert drawn
    assert not {name: texts for name, texts in over.items() if texts}


def test_a_link_opens_the_fold_that_holds_its_target(page):
    page.goto("kits/turbine/#step-16", wait_until="networkidle")  # the theme's own start may scroll back
    page.wait_for_function(IN_SIGHT, arg="step-16")
    assert not page.locator("#step-4 h3").is_visible()
    page.locator(".csm-sections [aria-current]", has_text="Steps").wait_for()
    page.evaluate("document.querySelector('.csm-cut-list').closest('details').open = true")
    page.locator(".csm-cut-list a[href$='#step-4']").first.click()
    page.wait_for_function(IN_SIGHT, arg="step-4")


def test_what_is_folded_away_is_printed_and_opens_without_scripts(new_page):
    page = new_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto("kits/turbine/")
    row = page.locator(".csm-bill tr[data-item] th").first
    assert not row.is_visible()
    page.locator(".csm-fold:has(.csm-bill) > summary").first.click()
    assert row.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".csm-steps > li > h3").all()[20].is_visible()
    assert page.locator(".csm-bill tr[data-item] th").last.is_visible()


def test_a_long_kit_is_read_in_forty_screens_of_a_phone_and_a_short_one_is_not_folded(new_page):
    page = new_page(viewport={"width": 390, "height": 844})
    for url in ("kits/turbine/", "es/kits/turbine/"):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollHeight") < 40 * 844
    page.goto("kits/step-stool/")
    assert page.locator(".csm-fold").count() == 0
