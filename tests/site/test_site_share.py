# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What others show when they link to a page."""

import io

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from sample_kits import ROOT, write_kit

from csmkit.site import write_site
from csmkit.site.share import GROUND

ADDRESS = "https://example.org/kits-of-ours/"
HERO = "pictures/hero-640.webp"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A site with an address, its kit with a transparent picture."""
    folder = tmp_path_factory.mktemp("share")
    shot = {"path": HERO, "width": 64, "height": 48}
    kit = write_kit(folder / "build", pictures={"lines": "pictures/assembly.svg", "hero": [shot]})
    stream = io.BytesIO()
    Image.new("RGBA", (64, 48), (0, 0, 0, 0)).save(stream, "WEBP", lossless=True)
    for built in kit.presets.values():
        (built / HERO).write_bytes(stream.getvalue())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", ADDRESS)
        write_site([kit], ROOT / "docs", ROOT / "mkdocs.yml", folder / "site")
    return folder / "site"


def said(page):
    tags = BeautifulSoup(page.read_bytes(), "html.parser").head.find_all("meta", property=True)
    return {tag["property"]: tag["content"] for tag in tags}


def test_a_kit_tells_its_title_sentence_and_picture(published):
    told = said(published / "kits/step-stool/low/index.html")
    assert told["og:title"] == "Step stool, Low"
    assert told["og:description"] == "A stool to stand on, from one sheet of plywood."
    assert told["og:url"] == f"{ADDRESS}kits/step-stool/low/"
    assert told["og:image"] == f"{ADDRESS}kits/step-stool/low/share.jpg"


def test_the_picture_is_a_jpeg_on_the_ground_of_the_page(published):
    for place in ("default", "low"):
        with Image.open(published / f"kits/step-stool/{place}/share.jpg") as picture:
            assert picture.format == "JPEG"
            assert picture.size == (64, 48)
            assert all(abs(a - b) < 6 for a, b in zip(picture.getpixel((5, 5)), GROUND, strict=True))


def test_other_pages_tell_their_title_too(published):
    assert said(published / "glossary/index.html")["og:title"] == "Glossary"


def test_a_site_without_an_address_names_none(site):
    told = said(site / "kits/step-stool/index.html")
    assert "og:url" not in told
    assert "og:image" not in told
    assert told["og:title"] == "Step stool"
