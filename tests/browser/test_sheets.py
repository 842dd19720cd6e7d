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


def rows(page, part):
    """Its rows in the bill of materials and in the cut list."""
    return page.locator(f'tr[data-item="{part["name"]}"]')


def is_picked(locator):
    return locator.evaluate_all("all => all.map((one) => one.classList.contains('csm-picked'))")


def test_a_part_picked_on_a_sheet_is_picked_in_bill_and_cut_list_until_it_is_clicked_again(page, cut):
    figure = opened(page)
    assert rows(page, cut).count() == 2
    copies(figure, cut).first.click()
    assert all(is_picked(rows(page, cut)))
    assert page.locator("tr.csm-picked").count() == 2
    copies(figure, cut).first.click()
    assert page.locator("tr.csm-picked").count() == 0


def test_a_part_picked_in_the_bill_is_marked_on_the_sheets(page, cut):
    figure = opened(page)
    rows(page, cut).first.evaluate("row => row.closest('details')?.setAttribute('open', '')")
    rows(page, cut).first.locator("td").first.click()
    marked = page.locator(".csm-sheet-stage .csm-marked")
    assert marked.count() == copies(figure, cut).count()
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


def test_on_a_spanish_page_a_cut_is_told_in_spanish(page, kit):
    page.goto(f"es/kits/{KIT}/")
    figure = page.locator(".csm-layout").first
    figure.scroll_into_view_if_needed()
    player = playing(figure)
    player.locator("[data-act=play]").click()
    seek(player, 900)
    spots = ("work", "part", "tool", "place")
    said = {name: player.locator(f"[data-says={name}]").inner_text() for name in spots}
    parts = kit["translations"]["es"]["parts"]
    assert said["work"] in ("agujero", "rebaje", "contorno interior", "contorno exterior", "en camino")
    assert said["part"].rpartition(" ")[0] in parts.values()
    assert said["tool"] == "fresa recta de 6 mm, dos filos (⌀ 6 mm)"
    assert re.fullmatch(r"(?:[XYZ] .?[\d]+,\d\s*){3}", said["place"])


GROOVE = """(canvas) => {
  const pen = canvas.getContext("2d");
  const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let n = 0; n < width * height; n++) {
    if (data[4 * n + 3] < 200) continue;
    const [x, y] = [n % width, Math.floor(n / width)];
    box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
  }
  const { left, top } = canvas.getBoundingClientRect();
  const scale = canvas.getBoundingClientRect().width / width;
  return [left + box[0] * scale, top + box[1] * scale, left + box[2] * scale, top + box[3] * scale];
}"""
PARTS = """(parts) => parts.map((part) => {
  const { left, top, right, bottom } = part.querySelector("use").getBoundingClientRect();
  return [left, top, right, bottom];
})"""


def grooves(page):
    """Box of all that is cut at the end, and of all parts, in pixels of the window."""
    figure = opened(page)
    player = playing(figure)
    player.locator("[data-act=play]").click()
    seek(player, 10**6)
    parts = figure.locator("svg [data-item]").evaluate_all(PARTS)
    drawn = [f(part[i] for part in parts) for i, f in enumerate((min, min, max, max))]
    return figure.locator("canvas.csm-groove").evaluate(GROOVE), drawn


def test_at_the_end_grooves_go_round_all_parts_by_the_width_of_the_cutter(page, files, kit):
    cut, drawn = grooves(page)
    layout = kit["nestings"][0]["layouts"][0]
    cutter = json.loads((files / layout["programs"][0]["moves"]).read_text())["cutters"][0]
    width = page.locator(".csm-sheet-stage").first.bounding_box()["width"]
    pixels = cutter["diameter"] * width / layout["svg_size"][0]
    outside = [(c - d) * way for c, d, way in zip(cut, drawn, (-1, -1, 1, 1), strict=True)]
    assert outside == pytest.approx([pixels] * 4, abs=1.6)


def test_a_program_from_below_lies_over_the_sheet_as_it_is_seen_from_the_top(page, files, kit):
    path = kit["nestings"][0]["layouts"][0]["programs"][0]["moves"]

    def turned(route):
        """The same cuts, programmed for the sheet turned over left to right."""
        data = json.loads((files / path).read_text())
        steps = data["rows"]
        data["side"] = "bottom"
        steps["x"] = [round(data["size"][0] * 100) - steps["x"][0], *(-x for x in steps["x"][1:])]
        steps["i"] = [-i for i in steps["i"]]
        steps["kind"] = steps["kind"].translate(str.maketrans("AC", "CA"))
        route.fulfill(json=data)

    def beyond_parts():
        """How far grooves reach beyond all parts on each side, wherever the page is scrolled to."""
        return [c - d for c, d in zip(*grooves(page), strict=True)]

    usual = beyond_parts()
    page.route(f"**/{path.rpartition('/')[2]}", turned)
    assert beyond_parts() == pytest.approx(usual, abs=1.6)


def test_who_wants_no_motion_sees_it_cut_by_cut(new_page):
    page = new_page(reduced_motion="reduce")
    player = playing(opened(page))
    seen = set()
    for _ in range(12):
        seen.add(player.locator("[data-says=elapsed]").inner_text())
        page.wait_for_timeout(100)
    assert len(seen) <= 3


def test_a_seek_back_over_thousands_of_moves_is_painted_at_once(page):
    player = playing(opened(page))
    player.locator("[data-act=play]").click()
    fastest = player.locator("input").evaluate(
        """(slider) => Math.min(...[1, 2, 3, 4, 5].map((n) => {
          const to = (share) => {
            slider.value = slider.max * share;
            slider.dispatchEvent(new Event("input"));
          };
          to(1);
          const begin = performance.now();
          to(0.9);
          return performance.now() - begin;
        }))"""
    )
    assert fastest < 100, f"{fastest:.0f} ms"


def test_a_large_sheet_can_be_zoomed_and_goes_back(page):
    figure = opened(page)
    button = figure.locator("button[data-large]")
    button.click()
    dialog = page.locator("dialog.csm-sheet-large")
    before = dialog.locator("svg[viewBox]").first.bounding_box()["width"]
    dialog.locator("[data-zoom='1']").click()
    assert dialog.locator(".csm-sheet-stage > svg").bounding_box()["width"] > 1.3 * before
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")  # the browser tells of the end a moment later
    assert figure.locator(".csm-sheet-stage > svg").count() == 1
    assert button.evaluate("button => button === document.activeElement")


def test_on_a_phone_the_large_sheet_is_larger_and_nothing_else_scrolls_sideways(new_page):
    page = new_page(**PHONE)
    figure = opened(page)
    usual = figure.locator(".csm-sheet-stage > svg").bounding_box()["width"]
    figure.locator("button[data-large]").tap()
    view = page.locator(".csm-sheet-large-view")
    assert view.locator("svg[viewBox]").first.bounding_box()["width"] > 1.5 * usual
    assert view.evaluate("view => [view.scrollLeft, view.scrollTop]") == [0, 0]
    assert view.evaluate("view => view.scrollWidth > view.clientWidth")
    close = page.locator("[data-close]").bounding_box()
    assert min(close["width"], close["height"]) >= 40
    assert close["x"] + close["width"] <= PHONE["viewport"]["width"]
