# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a kit's page does for its visitor: inches, sizes from a book, whether the own workshop can make it."""

import json
import re

import pytest

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


@pytest.fixture(scope="session")
def kits(site_folder):
    return json.loads((site_folder / "catalog.json").read_text())["kits"]


@pytest.fixture(scope="session")
def kit(kits):
    """One with lengths to set."""
    return next(kit for kit in kits if kit["key"] == "step-stool")


def inches(page):
    return page.locator(".csm-inch")


def test_inches_stand_beside_millimetres_where_the_reader_wants_them(page, kit):
    page.goto(kit["url"])
    assert inches(page).count() == 0
    page.get_by_role("button", name="inches too").click()
    inches(page).first.wait_for()
    assert inches(page).count() == page.locator(".csm-mm").count() > 20
    for length in page.locator(".csm-mm").all()[:20]:
        sizes = [float(mm) for mm in length.get_attribute("data-mm").split()]
        shown = re.search(r"\(([^″,]+)", length.locator(".csm-inch").text_content())[1]
        assert [float(one) for one in shown.split(" × ")] == pytest.approx(
            [mm / 25.4 for mm in sizes], abs=0.006
        )


def test_fractions_are_the_nearest_marks_of_a_tape_measure(page, kit):
    page.goto(kit["url"])
    shown = page.evaluate(
        """async () => {
          const { fraction } = await import(new URL("assets/script/units.js", location.origin));
          return [12, 18, 25.4, 304.8, 600, 1220].map(fraction);
        }"""
    )
    assert shown == ["15/32", "23/32", "1", "12", "23 5/8", "48 1/16"]


def test_the_choice_of_inches_stays(page, kit, kits):
    page.goto(kit["url"])
    page.get_by_role("button", name="inches too").click()
    page.goto(kits[0]["url"])
    inches(page).first.wait_for()
    page.get_by_role("button", name="inches too").click()
    inches(page).first.wait_for(state="detached")
    page.reload(wait_until="networkidle")
    assert inches(page).count() == 0


def test_inches_do_not_widen_a_phone(new_page, kits):
    page = new_page(**PHONE)
    page.goto(kits[0]["url"])
    page.get_by_role("button", name="inches too").click()
    for kit in kits:
        page.goto(kit["url"])
        inches(page).first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), kit["key"]


def test_without_scripts_there_is_no_button_that_does_nothing(new_page, kit):
    page = new_page(java_script_enabled=False)
    page.goto(kit["url"])
    assert not page.locator(".csm-units").is_visible()
    assert not page.locator(".csm-sizes").is_visible()


def test_the_address_of_a_printed_book_says_how_to_build_its_sizes(page, kit):
    page.goto(kit["url"] + "?width=455&material=birch-ply-15")
    command = page.locator(".csm-sizes pre code")
    command.wait_for()
    assert command.inner_text() == "csm build step-stool --set width=455 --set material=birch-ply-15"


def test_sizes_that_the_page_has_anyway_are_not_repeated(page, kit):
    page.goto(kit["url"])
    own = page.locator("tr[data-param=width]").get_attribute("data-value")
    page.goto(kit["url"] + f"?width={own}", wait_until="networkidle")
    assert not page.locator(".csm-sizes").is_visible()


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "width=9000",
        "width=",
        "width=1e999",
        "width=420;rm -rf",
        "material=%3Cimg src=x onerror=alert(1)%3E",
        "material=gold",
    ],
)
def test_an_address_cannot_make_up_a_command(page, kit, query):
    page.goto(kit["url"] + "?" + query, wait_until="networkidle")
    assert not page.locator(".csm-sizes").is_visible()
    assert page.locator(".csm-sizes img").count() == 0


def test_a_page_says_whether_the_visitors_workshop_can_make_it(page, kit):
    page.goto(kit["url"])
    assert not page.locator(".csm-fit").is_visible()
    for shop, said in (("router-2500x1250", "Fits your workshop"), ("hand", "Needs a CNC router")):
        page.evaluate("shop => localStorage.setItem('csmkit:workshop', shop)", shop)
        page.reload()
        page.locator(".csm-fit").wait_for()
        assert said in page.locator(".csm-fit").inner_text()
