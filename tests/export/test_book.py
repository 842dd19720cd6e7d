# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The build book: all of the kit is in it, nothing of it is run, the code leads to the page."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import book_sample as sample
import pytest

from csmkit.export.book.address import page_address
from csmkit.export.book.lists import runs
from csmkit.export.book.pdf import book_pdf
from csmkit.export.book.pictures import for_paper, on_white
from csmkit.export.book.text import tree, words
from csmkit.export.book.words import Words
from csmkit.export.language.language import load_language
from csmkit.export.language.say import template_texts, templates

printer = pytest.mark.needs("pdftotext", package="poppler-utils")
ADDRESS = "https://example.org/kits/bench/?width=1300"
HOSTILE = (
    '#panic("run") #sys.version #read("/etc/passwd") $x^2$ \\#let <label> @ref = _under_ *star* `raw`'
    ' "quoted" // comment /* x */ #import "x.typ": * [content] {code}'
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "book.pdf"
    path.write_bytes(book_pdf(sample.kit(), sample.files(), "a4", ADDRESS))
    return path


@pytest.fixture(scope="module")
def spanish(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same kit, of which some is translated."""
    path = tmp_path_factory.mktemp("book") / "book.es.pdf"
    kit = sample.kit(translations={"es": sample.SPANISH})
    path.write_bytes(book_pdf(kit, sample.files(), "a4", ADDRESS, load_language("es")))
    return path


def read(pdf: Path) -> str:
    """Its text, one space between words."""
    said = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(said.replace("\u200b", "").split())


def lines(pdf: Path) -> set[str]:
    said = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return {" ".join(line.replace("\u200b", "").split()) for line in said.splitlines()}


def info(pdf: Path) -> str:
    return subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout


@printer
@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_pages_are_a4_or_letter_with_the_wide_ones_turned(tmp_path, paper, size):
    (tmp_path / "b.pdf").write_bytes(book_pdf(sample.kit(), sample.files(), paper, ADDRESS))
    said = subprocess.run(
        ["pdfinfo", "-l", "99", tmp_path / "b.pdf"], capture_output=True, text=True, check=True
    ).stdout
    found = {
        (round(float(w)), round(float(h))) for w, h in re.findall(r"size:\s+([\d.]+) x ([\d.]+) pts", said)
    }
    assert found == {size, size[::-1]}


@printer
def test_it_names_every_part_good_step_limit_and_danger(book):
    said, kit = read(book), sample.kit()
    wanted = [
        *(part["name"] for part in kit["parts"]),
        *(item["item"] for item in kit["bought"]),
        *(line["title"] for line in kit["shopping"]),
        *(step["title"] for step in kit["assembly"]["steps"]),
        *(limit["name"] for limit in kit["limits"]),
        *kit["untested"],
        "Wear gloves.",
        "mallet",
        "1 h 35 min",
        "0.2 kg",
        "25.00",  # the shopping list's sum
        "218.7",  # a hole
        "Curve of the back",
        "Ana Ñandú",
        "12 × leg 300 mm",
        "2 × side",
        "drawn side",
        "pictured step",
        "outside width",
        "usually 1200 mm",
    ]
    assert [text for text in wanted if text not in said] == []


@printer
def test_pages_are_numbered_and_the_contents_lead_to_them(book):
    pages = subprocess.run(["pdftotext", "-layout", book, "-"], capture_output=True, text=True, check=True)
    texts = pages.stdout.split("\f")[:-1]
    count = int(re.search(r"Pages:\s+(\d+)", info(book)).group(1))
    assert len(texts) == count
    assert all(f"page {n} of {count}" in text for n, text in enumerate(texts[1:], 2))
    for title in ("Cut list", "Drawings of the parts", "Limits", "Glue the legs"):
        listed = int(re.search(rf"{title}\D*(\d+)\n", texts[1]).group(1))
        assert title in texts[listed - 1]


@printer
def test_hostile_texts_are_printed_not_run(tmp_path):
    step = sample.step(HOSTILE, HOSTILE, [["side", 2]])
    kit = sample.kit(
        title=HOSTILE,
        summary=HOSTILE,
        untested=[HOSTILE],
        assembly={"intro": HOSTILE, "steps": [step]},
        parts=[sample.part(HOSTILE, 1)],
        limits=[sample.limit(HOSTILE, 1.0)],
    )
    (tmp_path / "b.pdf").write_bytes(book_pdf(kit, sample.files(), "a4", ADDRESS))
    said = read(tmp_path / "b.pdf")
    assert said.count('#panic("run") #sys.version') >= 6
    assert "root:x:" not in said


def test_the_same_kit_gives_the_same_bytes():
    first, second = (book_pdf(sample.kit(), sample.files(), "a4", ADDRESS) for _ in range(2))
    assert first == second
    assert first != book_pdf(sample.kit(version="1.2.1"), sample.files(), "a4", ADDRESS)


@printer
def test_a_kit_with_little_in_it_has_a_book(tmp_path):
    bare = {
        name: []
        for name in (
            "parts",
            "bought",
            "bulk",
            "bom",
            "subtotals",
            "shopping",
            "nestings",
            "bars",
            "figures",
            "limits",
        )
    }
    kit = sample.kit(**bare, assembly={"intro": "", "steps": []}, pictures={}, untested=[], repo="")
    (tmp_path / "b.pdf").write_bytes(book_pdf(kit, {}, "a4", ""))
    assert "nothing is known of what it can bear" in read(tmp_path / "b.pdf")


@pytest.mark.needs("pdftoppm", package="poppler-utils")
@pytest.mark.needs("zbarimg", package="zbar-tools")
def test_a_phone_reads_the_code_on_the_cover(book, tmp_path):
    args = ["pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", book, tmp_path / "cover"]
    subprocess.run(args, check=True, capture_output=True)
    said = subprocess.run(
        ["zbarimg", "-q", "--raw", tmp_path / "cover.png"], capture_output=True, text=True, check=True
    ).stdout
    assert said.strip() == ADDRESS


@pytest.mark.needs("pdfimages", package="poppler-utils")
def test_the_hero_is_on_the_cover_without_its_empty_border(book):
    said = subprocess.run(["pdfimages", "-list", book], capture_output=True, text=True, check=True).stdout
    rows = [row.split() for row in said.splitlines()[2:]]
    assert [(row[0], row[3], row[4], row[8]) for row in rows] == [("1", "160", "120", "jpeg")]


@pytest.mark.needs("pdftoppm", package="poppler-utils")
def test_no_page_is_blank(book, tmp_path):
    from PIL import Image

    subprocess.run(["pdftoppm", "-r", "30", "-gray", book, tmp_path / "p"], check=True, capture_output=True)
    for page in sorted(tmp_path.glob("p-*.pgm")):
        seen = Image.open(page).crop((0, 40, 9999, 300))  # below the running head
        assert seen.point(lambda v: 255 if v < 200 else 0).getbbox() is not None, page.name


@printer
def test_the_cover_is_one_page_however_much_was_changed(tmp_path):
    changed = [
        {"name": f"p{n}", "value": 2.0, "default": 1.0, "unit": "mm", "text": f"what parameter {n} is " * 3}
        for n in range(30)
    ]
    kit = sample.kit(params=changed, preset="wide", summary="A bench of many words. " * 12)
    (tmp_path / "b.pdf").write_bytes(book_pdf(kit, sample.files(), "us-letter", ADDRESS))
    said = subprocess.run(
        ["pdftotext", "-l", "2", tmp_path / "b.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    cover, contents = said.split("\f")[:2]
    assert "and 18 more" in cover
    assert "made with csmkit" in cover
    assert "What is in this book" in contents


@printer
def test_a_book_in_spanish_says_in_spanish_what_is_translated(spanish):
    said = read(spanish)
    wanted = [
        *("Lee esto primero", "Qué comprar", "Lista de corte", "Agujeros por taladrar", "Pasos", "Límites"),
        *("Banco de jardín", "página 2 de", "12,5 kg", "218,7", "paquete de 50", "como máximo 10 N", "25,00"),
        *("Atornilla los costados", "No fuerces nada.", "carga sobre el asiento", "ancho exterior"),
        *("costado side", "2 × costado (side)", "pasante", "sí"),
    ]
    assert [text for text in wanted if text not in said] == []


@printer
def test_what_nobody_has_translated_is_in_the_book_in_english(spanish):
    said = read(spanish)
    assert all(
        text in said for text in ("Glue the legs", "Wear gloves.", "Nobody has sat on it.", "12 × leg")
    )


@printer
def test_no_text_of_the_book_itself_stays_english(book, spanish):
    """A line that is the same in both languages has only words of the kit in it."""
    drawn = [data.decode() for path, data in sample.files().items() if path.endswith(".svg")]
    own = " ".join([json.dumps(sample.kit(), ensure_ascii=False), ADDRESS, *drawn])
    told = {*re.findall(r"[^\W\d_]{3,}", own)}
    left = {line for line in lines(book) & lines(spanish) if {*re.findall(r"[^\W\d_]{3,}", line)} - told}
    assert left == set()


def test_every_text_of_the_templates_can_be_found():
    """`say` without its text beside it would stay out of the catalogs."""
    calls = [n for path in templates() for n in re.findall(r"(?<!let )\bsay\(", path.read_text())]
    assert len(calls) == len(list(template_texts()))


def test_the_code_on_a_spanish_book_leads_to_the_spanish_page():
    address = page_address(sample.kit(), "https://example.org/", load_language("es"))
    assert address == "https://example.org/es/kits/bench/?width=1300"


@printer
def test_a_running_head_is_one_line_however_long_the_preset_s_title(tmp_path):
    presets = [{"key": "wide", "title": "For three people who sit side by side " * 3, "params": {}}]
    (tmp_path / "b.pdf").write_bytes(
        book_pdf(sample.kit(presets=presets, preset="wide"), sample.files(), "a4", ADDRESS)
    )
    said = subprocess.run(
        ["pdftotext", "-layout", "-f", "3", "-l", "3", tmp_path / "b.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert re.match(r"Garden bench +Read this first\n", said)


def test_the_address_holds_what_differs_from_the_page():
    kit = sample.kit()
    assert page_address(kit, "https://example.org/") == "https://example.org/kits/bench/?width=1300"
    wide = sample.kit(preset="wide")
    assert page_address(wide, "https://example.org") == "https://example.org/kits/bench/wide/?width=1300"
    unshown = sample.kit(preset="wide", shown=["tall"])
    assert page_address(unshown, "https://example.org") == "https://example.org/kits/bench/?width=1300"


def test_without_a_site_the_address_is_the_repository():
    assert page_address(sample.kit(), "") == "https://example.org/bench?kit=bench&preset=default&width=1300"
    assert page_address(sample.kit(repo=""), "") == ""


def test_markdown_becomes_nodes_with_nothing_lost():
    nodes = tree(sample.MARKDOWN)
    assert [node["kind"] for node in nodes] == ["paragraph", "numbers", "table"]
    said = "".join(words(nodes))
    assert all(word in said for word in ("Bold", "slanted", "code", "a page", "a picture", "inner", "three"))
    assert "y.png" not in said


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "other.md"])
def test_only_links_to_the_web_stay_links(address):
    [paragraph] = tree(f"[words]({address})")
    assert [node if isinstance(node, str) else node["kind"] for node in paragraph["body"]] in (
        ["words"],
        [f"[words]({address})"],
    )


def test_colours_and_faces_of_a_picture_are_told_outright():
    drawn = for_paper(sample.SVG.format("x").encode(), 10.0)
    assert b"fill:#e8c78f" in drawn.data
    assert b'font-family="Source Sans Pro"' in drawn.data
    assert b'viewBox="10 10 277 190"' in drawn.data
    assert (drawn.width, drawn.height) == (277.0, 190.0)


def test_an_empty_picture_is_white_paper():
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGBA", (20, 10)).save(out, "WEBP", lossless=True)
    assert (on_white(out.getvalue()).width, on_white(out.getvalue()).height) == (20, 10)


def test_figures_as_people_write_them():
    clock, kg = Words().clock, Words().kg
    assert (clock(25), clock(95), clock(120), clock(3650)) == ("25 min", "1 h 35 min", "2 h", "61 h")
    assert (kg(23.41), kg(0.2052), kg(0.0042), kg(0)) == ("23.4 kg", "205 g", "4.2 g", "")
    assert runs([3, 1, 4, 5, 9, 10]) == "1, 3–5, 9, 10"
