# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The site in Spanish: the switch, the search, scripts and what stays English."""

import contextlib
import re

import pytest
from playwright.sync_api import TimeoutError

TRAILER = "kits/bike-trailer/"
FALLBACK = "kits/fit-test/"  # has no Spanish of its own
TRIES = 6
WORDS = re.compile(r"[^\W\d_]{3,}")
LISTED = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const isText = !parent.closest("[lang=en], code, script, svg, template, [download]");
    if (isText) found.push(walker.currentNode.data.trim());
  }
  return found;
}"""


def type_until_seen(page, field, words, seen):
    """Type as a person does, again if the page was not ready to listen yet."""
    for _ in range(TRIES):
        field.fill("")
        field.press_sequentially(words)
        with contextlib.suppress(TimeoutError):
            return seen.wait_for(timeout=5000)
    raise AssertionError(f"{words!r} was typed {TRIES} times")


@pytest.mark.parametrize("path", ["", "kits/", TRAILER])
def test_the_switch_leads_to_the_same_page_and_back(page, path):
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator(".csm-languages a[hreflang=es]").click()
    page.wait_for_url(f"**/es/{path}")
    assert page.locator("html").get_attribute("lang") == "es"
    page.locator(".csm-languages a[hreflang=en]").click()
    page.wait_for_url(lambda url: url.endswith(f"/{path}") and "/es/" not in url)
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_switch_can_be_reached_by_keyboard_and_is_named(page):
    page.goto("es/")
    switch = page.locator(".csm-languages")
    assert switch.get_attribute("aria-label") == "Seleccionar idioma"
    switch.locator("a[hreflang=en]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/es/" not in url)


def test_the_trailer_is_spanish_from_title_to_last_step(page):
    page.goto("es/" + TRAILER)
    assert page.locator("h1").first.inner_text() == "Remolque de carga para bicicleta"
    assert page.locator(".csm-steps > li h3").last.text_content() == "Engánchalo y pruébalo"
    assert (
        page.locator("article [lang=en]").evaluate_all(
            "elements => elements.filter((e) => e.tagName !== 'SMALL').map((e) => e.textContent)"
        )
        == []
    )


def test_no_sentence_of_the_trailer_is_the_same_in_both_languages(page):
    page.goto(TRAILER)
    english = set(page.evaluate(LISTED))
    page.goto("es/" + TRAILER)
    left = {text for text in page.evaluate(LISTED) if text in english and len(WORDS.findall(text)) > 3}
    assert {text for text in left if not re.fullmatch(r"[\w.-]+(, [\w.-]+)*", text)} == set()


def test_what_is_not_translated_is_marked(page):
    page.goto("es/" + FALLBACK)
    title = page.locator("h1").first
    assert title.locator("[lang=en]").text_content() == title.text_content()
    assert page.locator(".csm-steps > li h3 [lang=en]").count() == page.locator(".csm-steps > li").count()
    assert page.locator("#get").text_content().startswith("Consíguelo")


def test_downloads_of_the_spanish_page_exist(page):
    page.goto("es/" + TRAILER)
    for link in page.locator("a[download]").all()[:8]:
        address = link.evaluate("a => a.href")
        assert "/es/" not in address
        assert page.request.head(address).ok, address


def test_step_pictures_of_the_spanish_page_speak_spanish(page):
    shown = {}
    for start in ("", "es/"):
        page.goto(start + TRAILER)
        picture = page.locator("#step-3 .csm-step-picture img").evaluate("img => img.src")
        shown[start] = page.request.get(picture).text()
    assert "travesaño delantero" in shown["es/"]
    assert "front-beam" in shown[""]


def test_the_search_finds_spanish_pages_by_spanish_words(page):
    page.goto("es/")
    first = page.locator(".md-search-result__link").first
    type_until_seen(page, page.locator(".md-search__input"), "remolque", first)
    assert "/es/kits/bike-trailer/" in first.evaluate("a => a.href")


def test_scripts_speak_spanish(page):
    page.goto("es/kits/")
    found = page.locator(".csm-found").filter(has_text=re.compile(r"\d+ de \d+ kits"))
    type_until_seen(page, page.locator(".csm-filter [name=text]"), "remolque", found)


def test_a_spanish_page_is_as_light(page):
    """Two more files than in English: what its search knows of Spanish."""
    asked = set()
    page.on("request", lambda request: asked.add(request.url))
    with page.expect_request("**/lunr.es.min.js"):
        page.goto("es/" + TRAILER)
    page.wait_for_load_state("networkidle")
    assert len(asked) <= 20, "\n".join(sorted(asked))


def test_parts_are_called_in_spanish_by_scripts_too(page):
    page.goto("es/" + TRAILER)
    button = page.locator("tr[data-item=bed] button").first
    button.wait_for(state="attached")
    assert button.get_attribute("title") == "Mostrar plataforma en 3D"


def test_no_spanish_page_scrolls_sideways_on_a_phone(new_page):
    page = new_page(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    for path in ("es/", "es/kits/", "es/" + TRAILER):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path
