# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages are light and stand still: what a browser truly fetches, and what moves while one reads."""

import gzip
import json

import pytest

MOST_BYTES = 250_000  # of a kit's page before the viewer is opened, texts as gzip
MOST_CATALOG = 400_000
MOST_REQUESTS = 20
MOST_SHIFT = 0.05
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)))"
WATCH = """
  window.shifted = 0;
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      window.shifted += entry.value;
      for (const source of entry.sources)
        window.moved.push(source.node?.outerHTML?.slice(0, 100) ?? String(source.node?.nodeName));
    }
  }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="session")
def kits(site_folder):
    return [kit["url"] for kit in json.loads((site_folder / "catalog.json").read_text())["kits"]]


def fetched(page, url):
    """Bytes by address of all that a page asks for until it rests."""
    answers = {}
    page.on("response", lambda answer: answers.setdefault(answer.url, answer))
    page.goto(url, wait_until="networkidle")
    return {
        address: weight(answer.body(), answer.headers.get("content-type", ""))
        for address, answer in list(answers.items())
    }


def weight(body, kind):
    is_packed = kind.startswith("image/") and "svg" not in kind
    return len(body) if is_packed else len(gzip.compress(body, 6))


def test_a_kit_page_is_light_before_the_viewer_opens(new_page, kits):
    for url in kits:
        loads = fetched(new_page(), url)
        told = "\n".join(f"{size:8} {address}" for address, size in loads.items())
        assert sum(loads.values()) <= MOST_BYTES, told
        assert len(loads) <= MOST_REQUESTS, told


def test_the_catalog_is_light(new_page):
    assert sum(fetched(new_page(), "kits/").values()) <= MOST_CATALOG


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_one_reads(new_page, unlike_kits, width):
    page = new_page(viewport={"width": width, "height": 850})
    page.add_init_script(WATCH)
    for url in ["", "kits/", *unlike_kits]:
        page.goto(url, wait_until="load")
        height = page.evaluate("document.documentElement.scrollHeight")
        for _ in range(0, height, 700):
            page.mouse.wheel(0, 700)
            page.evaluate(DRAWN)
        shift, moved = page.evaluate("[window.shifted, window.moved]")
        assert shift < MOST_SHIFT, (url, shift, moved)
