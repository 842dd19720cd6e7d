# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Shaded pictures on pages: in two sizes, with a text, room kept for them, the line picture behind them."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from sample_kits import write_kit

from csmkit.pipeline.pictures_data import pictures_data
from csmkit.site.catalog import catalog, catalog_page
from csmkit.site.check import Site
from csmkit.site.kit import load_built
from csmkit.site.kit_page import kit_page

SCREW = "DIN 7997 5x50"
PATHS = [
    "pictures/assembly.svg",
    *(f"pictures/{name}-{width}.webp" for name in ("hero", "exploded") for width in (640, 1280)),
    "pictures/flat-pack-1280.webp",
    f"pictures/bought/{SCREW}.webp",
]


def page(folder: Path, preset: str = "default", paths: list[str] = PATHS) -> BeautifulSoup:
    pictures = pictures_data(paths, [SCREW])
    site_kit = write_kit(folder, pictures=pictures)
    for name, built in site_kit.presets.items():
        if name != "default":  # bought things are shown by the first preset alone
            data = json.loads((built / "kit.json").read_bytes())
            data["pictures"].pop("bought", None)
            (built / "kit.json").write_text(json.dumps(data))
    presets = load_built(site_kit.key, site_kit.presets)
    shown = next(b for b in presets if b.preset == preset)
    return BeautifulSoup(kit_page(shown, presets), "html.parser")


def pictures(soup: BeautifulSoup) -> list[Tag]:
    return soup.select("figure.csm-picture img")


def test_a_kit_page_shows_it_assembled_laid_out_and_pulled_apart(tmp_path: Path) -> None:
    hero, apart, laid = pictures(page(tmp_path))
    for image, name in ((hero, "hero"), (apart, "exploded"), (laid, "flat-pack")):
        assert image["alt"]
        assert image["width"]
        assert image["height"]
        choices = image["srcset"] if image.get("srcset") else image.find_previous("source")["srcset"]
        assert f"default/files/pictures/{name}-1280.webp 1280w" in choices
    assert hero["src"] == "default/files/pictures/assembly.svg"  # where a browser knows no WebP
    assert hero.find_previous("source")["type"] == "image/webp"
    assert "loading" not in hero.attrs  # it is seen first
    assert laid["loading"] == apart["loading"] == "lazy"


def test_without_shaded_pictures_the_line_picture_is_shown(tmp_path: Path) -> None:
    [only] = pictures(page(tmp_path, paths=["pictures/assembly.svg"]))
    assert only["src"] == "default/files/pictures/assembly.svg"
    assert not only.find_previous("source")
    assert pictures(page(tmp_path / "none", paths=[])) == []


@pytest.mark.parametrize(("preset", "base"), [("default", "default/files/"), ("low", "../default/files/")])
def test_a_bought_thing_has_its_small_picture_on_every_preset(tmp_path: Path, preset: str, base: str) -> None:
    [thumb] = page(tmp_path, preset).select("img.csm-thumb")
    assert thumb["src"] == f"{base}pictures/bought/DIN%207997%205x50.webp"
    assert thumb["width"] == thumb["height"] == "48"
    assert SCREW in thumb.find_parent("tr").text


def test_a_card_of_the_catalog_shows_the_kit(tmp_path: Path) -> None:
    site_kit = write_kit(tmp_path, pictures=pictures_data(PATHS, []))
    data = catalog([load_built(site_kit.key, site_kit.presets)])
    assert [s["width"] for s in data["kits"][0]["stills"]] == [640, 1280]
    soup = BeautifulSoup(catalog_page(data, data["kits"]), "html.parser")
    choices = soup.select_one(".csm-card source")["srcset"]
    assert choices.startswith("../kits/step-stool/default/files/pictures/hero-640.webp 640w, ")


def test_of_a_picture_the_largest_size_counts_and_lazy_ones_do_not(tmp_path: Path) -> None:
    noise = random.Random(1)
    for name, size in (("small.webp", 1000), ("large.webp", 5000), ("lines.svg", 9000), ("later.webp", 9000)):
        (tmp_path / name).write_bytes(noise.randbytes(size))
    html = (
        '<picture><source srcset="small.webp 640w, large.webp 1280w"><img src="lines.svg" alt=""></picture>'
        '<img src="later.webp" alt="" loading="lazy">'
    )
    (tmp_path / "index.html").write_text(f"<!doctype html><title>x</title>{html}")
    site = Site(tmp_path)
    assert {f.name for f in site.loads(tmp_path / "index.html")} == {"index.html", "large.webp"}
    assert list(site.faults()) == []
    (tmp_path / "later.webp").unlink()
    (tmp_path / "lines.svg").unlink()
    assert sorted(f.split()[1] for f in site.faults()) == ["later.webp", "lines.svg"]
