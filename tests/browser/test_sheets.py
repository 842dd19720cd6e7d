# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Sheets on a kit's page: parts say what they are, what is picked is picked everywhere, programs play."""

import gzip
import json
import re

import pytest

from csmkit.cam.proof.interpret import HOME_Z, interpret

KIT = "bike-trailer"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
NUMBER = re.compile(r"[XYZ] (\u2212?[\d.]+)")
MOST_GZIP = 60_000  # bytes for one sheet: its drawing and its moves


@pytest.fixture(scope="session")
def files(site_folder):
    return site_folder / "kits" / KIT / "default" / "files"


@pytest.fixture(scope="session")
def kit(files):
    return json.loads((files / "kit.json").read_text())


@pytest.fixture(scope="session")
def cut(kit):
    """A part that lies on a sheet at least twice."""
    return next(p for p in kit["parts"] if p["form"] == "sheet" and p["quantity"] > 1 and p["steps"])


def opened(page):
    """The first sheet of the page, once its drawing is part of it."""
    page.set_default_timeout(10_000)
    page.goto(f"kits/{KIT}/")
    figure = page.locator(".csm-layout").first
    figure.scroll_into_view_if_needed()
    figure.locator(".csm-sheet-stage > svg").wait_for()
    return figure


def copies(figure, part):
    return figure.locator(f'svg [data-item="{part["name"]}"]')


def test_a_part_that_is_pointed_at_says_its_name_quantity_size_and_step(page, cut):
    figure = opened(page)
    copies(figure, cut).first.hover()
    said = figure.locator(".csm-tip").inner_text()
    assert cut["name"] in said
    assert str(cut["quantity"]) in said
    assert f"{cut['size'][0]:.0f}" in said
    assert str(cut["steps"][0]) in said.splitlines()[-1]


def test_all_copies_of_a_part_are_marked_and_nothing_else(page, cut):
    figure = opened(page)
    assert copies(figure, cut).count() == cut["quantity"]
    copies(figure, cut).first.hover()
    marked = page.locator(".csm-sheet-stage .csm-marked")
    assert marked.count() == cut["quantity"]
    assert {part.get_attribute("data-item") for part in marked.all()} == {cut["name"]}
    page.mouse.move(2, 2)
    assert page.locator(".csm-sheet-stage .csm-marked").count() == 0


def test_a_tap_on_a_phone_names_the_part_and_links_its_steps(new_page, cut):
    page = new_page(**PHONE)
    figure = opened(page)
    copies(figure, cut).first.tap()
    tip = figure.locator(".csm-tip.csm-kept")
    assert cut["name"] in tip.inner_text()
    box = tip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["viewport"]["width"]
    tip.locator("a").first.tap()
    assert page.url.endswith(f"#step-{cut['steps'][0]}")


def test_with_the_keyboard_one_goes_from_part_to_part_and_picks(page):
    figure = opened(page)
    parts = figure.locator("svg [data-item]")
    assert [p.get_attribute("tabindex") for p in parts.all()] == ["0"] + ["-1"] * (parts.count() - 1)
    parts.first.focus()
    page.keyboard.press("ArrowRight")
    second = parts.nth(1).get_attribute("data-item")
    assert page.evaluate("document.activeElement.dataset.item") == second
    assert second in figure.locator(".csm-tip").inner_text()
    page.keyboard.press("Enter")
    assert parts.nth(1).get_attribute("aria-pressed") == "true"
    page.keyboard.press("Escape")
    assert figure.locator(".csm-tip").count() == 0


def heard(page):
    """What is picked on the page from now on."""
    page.evaluate("window.heard = []; document.addEventListener('csm:pick', (e) => heard.push(e.detail))")
    return lambda: page.evaluate("window.heard")


def test_what_is_picked_on_a_sheet_is_picked_on_the_page(page, cut):
    figure, picks = opened(page), heard(page)
    copies(figure, cut).first.click()
    assert picks() == [{"item": cut["name"], "source": "sheets"}]


def test_what_is_picked_elsewhere_is_marked_on_the_sheets(page, cut):
    opened(page)
    page.evaluate(
        "item => document.dispatchEvent(new CustomEvent('csm:pick', {detail: {item, source: 'viewer'}}))",
        cut["name"],
    )
    marked = page.locator(".csm-sheet-stage .csm-marked")
    assert {part.get_attribute("data-item") for part in marked.all()} == {cut["name"]}


def test_the_drawing_takes_the_place_of_the_picture_without_a_shift(page):
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => { for (const e of list.getEntries())"
        " if (!e.hadRecentInput) window.shift += e.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(f"kits/{KIT}/")
    for figure in page.locator(".csm-layout").all():
        figure.scroll_into_view_if_needed()
        figure.locator(".csm-sheet-stage > svg").wait_for()
    page.wait_for_timeout(200)
    assert page.evaluate("window.shift") < 0.05


def test_without_scripts_sheets_are_pictures_and_no_button_is_dead(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(f"kits/{KIT}/")
    assert page.locator(".csm-layout a.csm-sheet img").count() > 0
    assert not any(button.is_visible() for button in page.locator(".csm-layout button").all())


def test_one_sheet_with_its_moves_is_light(files, kit):
    for nesting in kit["nestings"]:
        for layout in nesting["layouts"]:
            paths = [layout["svg"], *(p["moves"] for p in layout["programs"])]
            assert sum(len(gzip.compress((files / path).read_bytes(), 6)) for path in paths) < MOST_GZIP


def playing(figure):
    figure.locator("button[data-moves]").first.click()
    player = figure.locator(".csm-cut-player")
    player.locator("xpath=self::*[contains(@class,'csm-cut-playing')]").wait_for()
    return player


def seek(player, seconds):
    player.locator("input").evaluate(
        "(slider, to) => { slider.value = to; slider.dispatchEvent(new Event('input')); }", str(seconds)
    )


def place(player):
    words = player.locator("[data-says=place]").inner_text()
    return tuple(float(v.replace("\u2212", "-")) for v in NUMBER.findall(words))


def test_time_goes_on_while_it_plays_and_stands_when_it_is_paused(page):
    player = playing(opened(page))
    page.wait_for_timeout(600)
    now = int(player.locator("input").input_value())
    assert now > 5
    page.wait_for_timeout(400)
    assert int(player.locator("input").input_value()) > now
    player.locator("[data-act=play]").click()
    stands = player.locator("[data-says=elapsed]").inner_text()
    page.wait_for_timeout(300)
    assert player.locator("[data-says=elapsed]").inner_text() == stands


def test_the_cutter_is_where_the_program_says(page, files, kit):
    row = kit["nestings"][0]["layouts"][0]["programs"][0]
    data = json.loads((files / row["moves"]).read_text())
    steps = [
        step
        for step in interpret((files / row["files"][0]).read_text()).steps
        if step.is_sure and step.move.end[2] < HOME_Z
    ]
    waits, runs = data["rows"]["wait"], data["rows"]["run"]
    ends, time = [], 0
    for wait, run in zip(waits, runs, strict=True):
        time += wait + run
        ends.append(time / 1000)
    ends = ends[len(ends) - len(steps) :]  # the first row leads to where the program begins
    player = playing(opened(page))
    player.locator("[data-act=play]").click()
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        seconds = int(ends[-1] * share)
        seek(player, seconds)
        n = next(n for n, end in enumerate(ends) if end >= seconds)
        near = [p for s in steps[max(n - 1, 0) : n + 2] for p in (s.start, *s.move.extremes(s.start))]
        for at, low, high in zip(place(player), map(min, *near), map(max, *near), strict=True):
            assert low - 0.06 <= at <= high + 0.06, (seconds, place(player))


def test_at_the_end_all_is_cut_and_the_time_is_the_proof_s(page, kit):
    seconds = kit["nestings"][0]["layouts"][0]["programs"][0]["seconds"]
    player = playing(opened(page))
    player.locator("[data-act=play]").click()
    seek(player, 10**6)
    total = player.locator("[data-says=total]").inner_text()
    assert player.locator("[data-says=elapsed]").inner_text() == total
    assert total == f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def test_the_groove_lies_where_the_program_cuts(page, kit):
    """At the end every outline is cut: dark pixels lie along it on the canvas, none outside of the sheet."""
    figure = opened(page)
    player = playing(figure)
    player.locator("[data-act=play]").click()
    seek(player, 10**6)
    wide, high = kit["nestings"][0]["layouts"][0]["size"]
    box = figure.locator("canvas.csm-groove").evaluate(
        """(canvas) => {
          const pen = canvas.getContext("2d");
          const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
          const back = pen.getTransform().inverse();
          const box = [Infinity, Infinity, -Infinity, -Infinity];
          for (let n = 0; n < width * height; n++) {
            if (data[4 * n + 3] < 200) continue;
            const at = back.transformPoint({ x: n % width, y: Math.floor(n / width) });
            box[0] = Math.min(box[0], at.x); box[1] = Math.min(box[1], at.y);
            box[2] = Math.max(box[2], at.x); box[3] = Math.max(box[3], at.y);
          }
          return box;
        }"""
    )
    stage = figure.locator("svg [data-item]").evaluate_all(
        """(parts) => parts.map((part) => {
          const svg = part.ownerSVGElement.getScreenCTM().inverse();
          const { left, right, top, bottom } = part.querySelector("use").getBoundingClientRect();
          const a = new DOMPoint(left, bottom).matrixTransform(svg);
          const b = new DOMPoint(right, top).matrixTransform(svg);
          return [a.x, -a.y, b.x, -b.y];
        })"""
    )
    drawn = [f(part[i] for part in stage) for i, f in enumerate((min, min, max, max))]
    for cut, part, way in zip(box, drawn, (-1, -1, 1, 1), strict=True):
        assert 0 < (cut - part) * way < 10  # about a cutter's width outside of the parts
    assert 0 <= box[0] < box[2] <= wide
    assert 0 <= box[1] < box[3] <= high


def test_who_wants_no_motion_sees_it_cut_by_cut(new_page):
    page = new_page(reduced_motion="reduce")
    player = playing(opened(page))
    seen = set()
    for _ in range(12):
        seen.add(player.locator("[data-says=elapsed]").inner_text())
        page.wait_for_timeout(100)
    assert len(seen) <= 3


def test_a_seek_is_painted_within_a_frame_or_two(page):
    player = playing(opened(page))
    player.locator("[data-act=play]").click()
    slowest = player.locator("input").evaluate(
        """(slider) => Math.max(...[0.9, 0.5, 0.8, 0.2].map((share) => {
          const begin = performance.now();
          slider.value = slider.max * share;
          slider.dispatchEvent(new Event("input"));
          return performance.now() - begin;
        }))"""
    )
    assert slowest < 150, f"{slowest:.0f} ms"


def test_a_large_sheet_can_be_zoomed_and_goes_back(page):
    figure = opened(page)
    button = figure.locator("button[data-large]")
    button.click()
    dialog = page.locator("dialog.csm-sheet-large")
    before = dialog.locator("svg[viewBox]").first.bounding_box()["width"]
    dialog.locator("[data-zoom='1']").click()
    assert dialog.locator(".csm-sheet-stage > svg").bounding_box()["width"] > 1.3 * before
    page.keyboard.press("Escape")
    assert page.locator("dialog").count() == 0
    assert figure.locator(".csm-sheet-stage > svg").count() == 1
    assert button.evaluate("button => button === document.activeElement")
