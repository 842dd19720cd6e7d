# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The built site: it is whole, harmless, light, and says what kit.json says."""

import json
import os
import shutil
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from sample_kits import ATTACK, HOSTILE, ROOT, STOOL, write_kit

from csmkit.errors import CsmError
from csmkit.site import SiteKit, write_site
from csmkit.site.check import MOST_BYTES, MOST_REQUESTS, Site
from csmkit.site.kit import load_built
from csmkit.site.kit_page import MOST_PICTURES, kit_page

pytestmark = pytest.mark.xdist_group("site")


def soup(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def words(element):
    return " ".join(element.get_text(" ").split())


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_checker_finds_no_fault(site):
    assert list(Site(site).faults()) == []


def test_every_internal_link_and_asset_exists(site):
    """Found by another parser than the checker's."""
    seen = 0
    for path in site.rglob("*.html"):
        for element in soup(path).select("[href], [src]"):
            url = urlsplit(element.get("href") or element.get("src"))
            if url.scheme or url.netloc or not url.path:
                continue
            start = site if url.path.startswith("/") else path.parent
            target = start / unquote(url.path).lstrip("/")
            assert (target / "index.html" if target.is_dir() else target).is_file(), (path, element)
            seen += 1
    assert seen > 500


def test_nothing_is_loaded_from_elsewhere(site):
    for path in site.rglob("*.html"):
        loaded = soup(path).select(
            "script[src], img, iframe, link[rel=stylesheet], link[rel=preconnect], source"
        )
        for element in loaded:
            assert not (element.get("src") or element.get("href")).startswith(("http:", "https:", "//"))


def test_a_guide_s_page_is_called_by_its_title_in_tabs_of_browsers_and_in_the_search(site):
    titles = {entry["title"] for entry in json.loads((site / "search/search_index.json").read_text())["docs"]}
    assert {"Make your first kit", "For communities", "0008: One page per preset"} <= titles
    assert soup(site / "makers/index.html").title.get_text().startswith("Make your first kit")


def test_a_kit_page_is_light(site):
    checked = Site(site)
    loaded = checked.loads(site / "kits/step-stool/index.html")
    assert any(f.name == "search_index.json" for f in loaded)
    assert sum(map(checked.weight, loaded)) < MOST_BYTES * 0.6
    assert len(loaded) < MOST_REQUESTS


def test_texts_of_a_kit_cannot_run(site):
    page = soup(site / f"kits/{HOSTILE}/index.html")
    content = page.select_one("article")
    told = [s for s in page.head.find_all("script") if s.get("type") == "application/ld+json"]
    assert [json.loads(s.string)["@graph"][0]["name"] for s in told] == [ATTACK], (
        "data, which no browser runs"
    )
    told[0].decompose()
    assert not content.find_all(["script", "b"], string=lambda text: text and "alert" in text)
    assert not page.find_all(onerror=True)
    assert not page.find_all("a", href=lambda href: href and "javascript" in href.lower())
    assert not [img for img in content.find_all("img") if "files/" not in img["src"]]
    assert all("alert" not in (script.string or "") for script in page.find_all("script"))


def test_texts_of_a_kit_are_shown_as_they_were_written(site):
    page = soup(site / f"kits/{HOSTILE}/index.html")
    assert page.find("h1").get_text() == ATTACK
    assert page.find("title").get_text().startswith(ATTACK)
    assert page.find("meta", attrs={"name": "description"})["content"] == ATTACK
    assert words(page.select_one(".csm-untested li")) == ATTACK
    assert page.select_one(".csm-steps h3").get_text().startswith(ATTACK)
    assert ATTACK in words(soup(site / "kits/index.html").select_one(".csm-cards"))


def test_prose_keeps_links_to_the_web_and_no_others(site):
    steps = soup(site / f"kits/{HOSTILE}/index.html").select_one(".csm-steps")
    assert [a["href"] for a in steps.find_all("a") if not a["href"].startswith("#")] == [
        "https://example.org/"
    ]
    assert "spy" in steps.get_text()


@pytest.mark.parametrize(
    "text",
    [
        "54.10 EUR",
        "1 h 30 min",
        "Nobody has stood on it yet.",
        "floor to the top of the seat",
        "150 to 450 mm",
        "260 × 240 × 18",
        "0.23 of a sheet at 92.00",
        "23 % used",
        "4 f_m W / L",
        "simply supported beam",
        "at least 1000 N",
        "Not in this build: printed book",
        "5.41 EUR below cost",
        "18.94 EUR above cost",
        "sheet 2440 × 1220",
        "8 × DIN 7997 5x50",
        "csm build step-stool",
        "Wear eye protection.",
    ],
)
def test_a_kit_page_says_what_kit_json_says(site, text):
    assert text in words(soup(site / "kits/step-stool/index.html").select_one("article")).replace("\xa0", " ")


def test_each_preset_has_a_page_with_its_own_values(site):
    page = soup(site / "kits/step-stool/low/index.html")
    assert page.select_one(".csm-command code").get_text() == "csm build step-stool --preset low"
    [row] = [r for r in page.select(".csm-compare tr") if "height" in r.get_text()]
    assert [words(cell) for cell in row.find_all("td")] == ["240 mm", "200 mm"]
    here = [words(a) for a in page.select(".csm-presets a") if a.get("aria-current")]
    assert here == ["Low"]


def test_every_file_of_a_build_can_be_fetched(site, kits):
    for preset, folder in kits[0].presets.items():
        assert tree(site / f"kits/step-stool/{preset}/files") == tree(folder)


def test_downloads_bear_the_hash_of_their_bytes(site, kits):
    data = json.loads((kits[0].presets["default"] / "kit.json").read_text())
    page = soup(site / "kits/step-stool/index.html")
    shown = {tier.select_one("code").get_text() for tier in page.select(".csm-tier")}
    assert shown == {b["sha256"] for b in data["bundles"]}


def test_the_catalog_is_data_too(site):
    data = json.loads((site / "catalog.json").read_text())
    [stool, hostile] = data["kits"]
    assert [p["key"] for p in stool["presets"]] == ["default", "low"]
    assert stool["presets"][0]["price"] == "54.10"
    assert hostile["title"] == ATTACK
    for preset in stool["presets"]:
        assert (site / preset["url"] / "index.html").is_file()
        assert (site / preset["data"]).is_file()


def test_bills_of_material_stay_out_of_the_search(site):
    index = (site / "search/search_index.json").read_text(encoding="utf-8")
    assert "A stool to stand on" in index
    assert "Screw it together" in index
    assert "drive the screws" not in index  # the index comes with every page, steps have up to 30 kB
    assert "countersunk wood screw" not in index


def test_search_finds_a_kit_once_and_shows_its_texts_as_text(site):
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    found = [doc for doc in index["docs"] if doc["location"].startswith("kits/")]
    assert any(doc["location"] == "kits/step-stool/" for doc in found)
    assert not any("low" in doc["location"] for doc in found)
    for doc in found:  # the theme puts both into the page as HTML
        assert "<script" not in doc["title"] + doc["text"]
        assert "<img" not in doc["title"] + doc["text"]


def test_two_sites_in_different_folders_and_at_different_times_are_the_same_bytes(
    site, kits, tmp_path, monkeypatch
):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setattr(time, "time", lambda: 4e9)
    out = tmp_path / "elsewhere/site"
    out.parent.mkdir()
    write_site(kits, ROOT / "docs", ROOT / "mkdocs.yml", out)
    one, other = tree(site), tree(out)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_no_path_of_the_machine_is_in_the_site(site, kits):
    for name, content in tree(site).items():
        for path in (ROOT, site.parent, kits[0].presets["default"]):
            assert os.fsencode(path) not in content, name


def test_a_fault_in_the_docs_leaves_the_earlier_site_alone(kits, site, tmp_path):
    out = tmp_path / "site"
    shutil.copytree(site, out)
    before = tree(out)
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", docs)
    (docs / "glossary.md").write_text("# Glossary\n\n[gone](nowhere.md)\n")
    with pytest.raises(CsmError, match=r"nowhere\.md"):
        write_site(kits, docs, ROOT / "mkdocs.yml", out)
    assert tree(out) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["docs", "site"]


def test_what_a_killed_run_left_is_removed_but_not_what_another_run_needs(kits, tmp_path):
    old, fresh = tmp_path / ".site.old.tmp", tmp_path / ".site.fresh.tmp"
    for folder in (old, fresh):
        (folder / "kits").mkdir(parents=True)
    os.utime(old, (0, 0))
    write_site(kits[:1], ROOT / "docs", ROOT / "mkdocs.yml", tmp_path / "site")
    assert not old.exists()
    assert fresh.exists()


def test_a_folder_of_somebody_else_is_not_replaced(kits, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/thesis.tex").write_text("years of work")
    with pytest.raises(CsmError, match="no earlier site"):
        write_site(kits, ROOT / "docs", ROOT / "mkdocs.yml", tmp_path / "site")
    assert (tmp_path / "site/thesis.tex").is_file()


@pytest.mark.parametrize(
    ("content", "problem"),
    [(None, "has no kit.json"), ('{"format": 0}', "another version"), ("[1", "damaged")],
)
def test_a_kit_that_was_not_built_is_named(tmp_path, content, problem):
    folder = tmp_path / "stool/default"
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "kit.json").write_text(content)
    with pytest.raises(CsmError, match=f"stool/default: .*{problem}"):
        write_site(
            [SiteKit("stool", {"default": folder})], ROOT / "docs", ROOT / "mkdocs.yml", tmp_path / "s"
        )


def test_many_sheets_do_not_make_a_page_heavy(tmp_path):
    [nesting] = STOOL["nestings"]
    kit = write_kit(tmp_path, nestings=[{**nesting, "layouts": nesting["layouts"] * 40}])
    presets = load_built(kit.key, kit.presets)
    text = kit_page(presets[0], presets)
    assert text.count("<img ") == MOST_PICTURES + 1 + len(presets)  # each preset's card has one
    assert text.count("sheets/birch-ply-18-2440x1220-1.dxf") >= 40


def test_the_generated_markdown_can_be_looked_at(site):
    source = site.with_name(".site-src")
    assert (source / "docs/kits/step-stool/index.md").is_file()
    copied = Path(source / "docs/glossary.md").read_text("utf-8")
    assert copied.startswith("# Glossary")  # the licence above it would keep mkdocs from its title
    assert (ROOT / "docs/glossary.md").read_text("utf-8").endswith(copied)
