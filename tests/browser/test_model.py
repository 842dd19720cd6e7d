# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The 3D viewer on the pages of all kits; each is opened once: drawing without a graphics card is slow."""

import io
import json
import re

import pytest
from PIL import Image

SLOW = 90_000  # ms that a model may take to appear on a busy machine without a graphics card
PICK = "item => document.dispatchEvent(new CustomEvent('csm:pick', { detail: { item, source: 'viewer' } }))"
TONES = 40  # different colours at least where a model is seen: its faces, edges and their soft rims


@pytest.fixture(scope="session")
def kits(site_folder):
    return [kit["url"] for kit in json.loads((site_folder / "catalog.json").read_text())["kits"]]


def opened(page, url):
    page.goto(url)
    page.locator(".csm-3d-open").click()
    page.locator(".csm-3d canvas").wait_for(timeout=SLOW)
    page.wait_for_function("!document.querySelector('.csm-3d-open').disabled", timeout=SLOW)
    return page.locator(".csm-3d")


def seen(page):
    """How many colours the canvas shows, and the share of it that is not its ground."""
    shot = Image.open(io.BytesIO(page.locator(".csm-3d-view").screenshot())).convert("RGB")
    colours = sorted(shot.getcolors(shot.width * shot.height), reverse=True)
    return len(colours), 1 - colours[0][0] / (shot.width * shot.height)


def told(page):
    return page.locator(".csm-told").inner_text()


@pytest.mark.parametrize("which", ["unlike_kits", pytest.param("kits", marks=pytest.mark.slow)])
def test_every_kit_opens_its_model_with_all_its_steps(new_page, request, which, site_folder):
    for url in request.getfixturevalue(which):
        page = new_page()
        opened(page, url)
        colours, share = seen(page)
        assert colours > TONES, url
        assert 0.04 < share < 0.9, url  # three blades with their templates are slender
        kit = json.loads((site_folder / url / "default/files/kit.json").read_text())
        listed = set(page.locator("[data-picks]").evaluate_all("all => all.map((b) => b.dataset.picks)"))
        assert {part["name"] for part in kit["parts"]} <= listed, url
        page.context.close()


def test_before_it_is_opened_nothing_of_it_is_fetched(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("kits/step-stool/", wait_until="networkidle")
    assert not [url for url in asked if "viewer.json" in url or "three-cad-viewer" in url]
    assert page.locator(".csm-3d").count() == 0


def test_a_part_picked_in_the_model_is_found_in_the_tables_and_back_and_a_cut_takes_its_front(page):
    opened(page, "kits/step-stool/")
    box = page.locator(".csm-3d canvas").bounding_box()
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.25 * box["height"])
    assert "seat, 1 ×, step" in told(page)
    picked = page.locator(".csm-picked")
    assert {*picked.evaluate_all("rows => rows.map((row) => row.dataset.item)")} == {"seat"}
    assert picked.count() >= 3  # bill, cut list, step
    assert page.locator("[data-picks=seat]").get_attribute("aria-pressed") == "true"

    page.locator("[data-do=cut]").click()
    cut = seen(page)[1]
    page.locator("[data-do=cut]").click()
    assert 0 < cut < seen(page)[1]  # its front half was away

    page.locator("tr[data-item=side]").first.locator("td").first.click()
    assert "side, 2 ×, step" in told(page)
    assert page.locator("[data-picks=side]").first.get_attribute("aria-pressed") == "true"
    assert page.locator("[data-picks=seat]").get_attribute("aria-pressed") == "false"


def test_a_part_picked_in_the_model_opens_its_lists_and_closes_those_of_the_part_before(page):
    page.goto("kits/turbine/")
    page.locator(".csm-in-model").first.wait_for(state="attached")  # rows listen from then on
    page.evaluate(PICK, "turbine-frame-and-tail tail vane")
    rows = page.locator("tr.csm-picked")
    assert rows.count() == 2  # bill, cut list
    assert all(row.is_visible() for row in rows.all())
    page.evaluate(PICK, None)
    assert not any(fold.get_attribute("open") is not None for fold in page.locator(".csm-fold").all())


def test_a_measure_is_told_in_the_language_of_the_page(page):
    opened(page, "es/kits/step-stool/")
    page.locator("[data-do=measure]").click()
    box = page.locator(".csm-3d canvas").bounding_box()
    for x, y in ((0.62, 0.35), (0.82, 0.55)):  # the seat's upper face, the outside of a side
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        page.wait_for_timeout(500)  # it is marked as long as the mouse rests on it
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    panel = page.locator(".tcv_distance_measurement_panel")
    panel.get_by_text("distancia, mm").wait_for()
    apart, *_ = re.findall(r"\d+,\d", panel.inner_text())
    assert 0 < float(apart.replace(",", ".")) < 2  # a tenon's clearance in its slot


def test_steps_play_one_after_the_other(new_page):
    page = new_page(reduced_motion="reduce")
    page.goto("kits/step-stool/")
    link = page.locator(".csm-steps > li", has=page.locator("[data-item=seat]")).locator(".csm-3d-step")
    link.click()
    page.locator(".csm-3d-player").wait_for(timeout=SLOW)
    count = page.locator(".csm-3d-player-count")
    title = page.locator(".csm-steps > li", has=page.locator("[data-item=seat]")).locator("h3").inner_text()
    assert page.locator(".csm-3d-player-title").inner_text() in title
    whole = seen(page)[1]
    last = count.inner_text()
    page.get_by_label("Previous step").click()
    assert count.inner_text() != last
    assert seen(page)[1] < whole  # the seat is not there yet
    page.get_by_label("Next step").click()
    assert count.inner_text() == last
    page.locator("[data-do=steps]").click()
    assert page.locator(".csm-3d-player").is_hidden()


def test_with_the_keyboard_alone(page):
    page.goto("kits/step-stool/")
    button = page.locator(".csm-3d-open")
    button.wait_for()  # what is still hidden takes no focus
    button.focus()
    page.keyboard.press("Enter")
    page.locator(".csm-3d canvas").wait_for(timeout=SLOW)
    page.wait_for_function("document.activeElement.closest('.csm-3d')", timeout=SLOW)
    before = page.locator(".csm-3d-view").screenshot()
    page.locator(".csm-3d-view").focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator(".csm-3d-view").screenshot() != before
    page.keyboard.press("Escape")
    assert page.locator(".csm-3d").is_hidden()
    assert button.evaluate("button => button === document.activeElement")
    assert page.locator(".csm-3d-figure img").is_visible()


def test_the_box_of_the_picture_keeps_its_size(page):
    page.goto("kits/step-stool/")
    before = page.locator(".csm-3d-figure").bounding_box()
    opened(page, "kits/step-stool/")
    after = page.locator(".csm-3d-figure").bounding_box()
    assert (after["width"], after["height"]) == (before["width"], before["height"])


def test_view_in_your_room_is_offered_only_where_it_works(new_page):
    page = new_page(user_agent="Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile")
    page.goto("kits/step-stool/", wait_until="networkidle")
    assert page.locator(".csm-3d-room").is_hidden()  # this browser has no AR
    script = page.locator("script[src$='main.js']").evaluate("script => script.src")
    address = page.evaluate(
        """async (script) => (await import(new URL("viewer_room.js", script)))
            .address(new URL("https://kits.example/a b.glb"), "Stool & more", "https://kits.example/")""",
        script,
    )
    assert address.startswith(
        "intent://arvr.google.com/scene-viewer/1.0?file=https%3A%2F%2Fkits.example%2Fa%2520b.glb&"
    )
    assert "title=Stool+%26+more" in address
    assert address.endswith("S.browser_fallback_url=https%3A%2F%2Fkits.example%2F;end;")
