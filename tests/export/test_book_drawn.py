# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures in a book of another language: their words are told, names stay clear, lines stay."""

from __future__ import annotations

import re
from html import unescape
from itertools import combinations
from xml.etree import ElementTree

import book_sample as sample
import drawn_texts
import export_samples as samples
import pytest

from csmkit.export.book.drawn import drawn_text, in_words
from csmkit.export.book.spoken import spoken_words
from csmkit.export.book.words import Words
from csmkit.export.drawing.page import Heading
from csmkit.export.drawing.sheet import sheet_drawing
from csmkit.export.language.kit import in_language
from csmkit.export.language.language import ENGLISH, load_language
from csmkit.export.nested import NestedSheet
from csmkit.export.svg.bars import bars_svg
from csmkit.export.svg.sheet import sheet_svg
from csmkit.model.facts import FlatPattern
from csmkit.model.pose import Pose

SPANISH = load_language("es")
HEADING = Heading("Garden bench", "1.2.0", "CERN-OHL-S-2.0", "birch plywood 12 mm")
PATTERNS = {
    "few holes": FlatPattern(
        samples.rounded(0, 0, 400.5, 250, 20),
        (
            samples.drill(30, 31.5, 8.4),
            samples.drill(370, 31, 8.4),
            samples.pocket(samples.rounded(260, 150, 360, 200, 5), 4.5),
        ),
        12.0,
        "x",
        Pose(),
    ),
    "many": samples.side_pattern(two_sided=True),
    "a corner askew": samples.brace_pattern(),
}


@pytest.fixture
def words() -> Words:
    return Words.of(in_language(sample.kit(translations={"es": sample.SPANISH}), SPANISH), SPANISH)


def texts(svg: bytes) -> list[str]:
    return [read.text for read in drawn_texts.texts(svg)]


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_every_word_of_a_drawing_is_told(words, pattern):
    drawn = sheet_drawing(samples.part(pattern=pattern), pattern, HEADING)
    told = in_words(drawn, words, is_step=False)
    english = {text for text in texts(drawn) if re.search(r"[a-z]{4}", text)} - words.items
    assert english & {*texts(told)} == set()
    assert {"material", "tamaño", "Banco de jardín, versión 1.2.0", "CERN-OHL-S-2.0"} <= {*texts(told)}
    sizes = [text for text in texts(told) if not re.search("CERN|versión|:", text)]
    assert [text for text in sizes if re.search(r"\d\.\d", text)] == []


def test_captions_keep_clear_of_what_stands_beside_them(words):
    pattern = PATTERNS["few holes"]
    told = in_words(sheet_drawing(samples.part(pattern=pattern), pattern, HEADING), words, is_step=False)
    block = [read for read in drawn_texts.texts(told) if read.y > 180]
    for a, b in combinations(block, 2):
        overlap = min(a.box[2], b.box[2]) - max(a.box[0], b.box[0])
        assert overlap < 0 or min(a.box[3], b.box[3]) <= max(a.box[1], b.box[1]), (a.text, b.text)


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("3 × Ø6.6 through", "3 × Ø6,6 pasante"),
        ("B: 6 × Ø6.6 through + Ø20 5.5 deep", "B: 6 × Ø6,6 pasante + Ø20 prof. 5,5"),
        ("x 849.6 to 862.4", "x 849,6 a 862,4"),
        ("64.4", "64,4"),
        ("R5.1", "R5,1"),
        ("1:2 on A4", "1:2 en A4"),
        (
            "ply-12-2440x1220 · sheet 1 of 2 · yield 66 %",
            "ply-12-2440x1220 · tablero 1 de 2 · aprovechado el 66 %",
        ),
        ("CERN-OHL-S-2.0", "CERN-OHL-S-2.0"),
        ("a word that nobody knows", "a word that nobody knows"),
    ],
)
def test_words_are_told_and_figures_have_the_sign_of_the_language(words, english, spanish):
    assert drawn_text(english, words, is_step=False) == spanish


def test_parts_have_their_names_in_steps_and_those_of_files_elsewhere(words):
    assert drawn_text("side × 2", words, is_step=True) == "costado × 2"
    assert drawn_text("side 1", words, is_step=False) == "side 1"


def test_a_part_that_is_called_like_a_word_keeps_its_name():
    kit = sample.kit(parts=[sample.part("bottom", 1)])
    assert drawn_text("bottom", Words.of(in_language(kit, SPANISH), SPANISH), is_step=False) == "bottom"


def test_names_on_leaders_do_not_run_into_one_another_or_off_the_picture(words):
    plates = [(2, 10), (30, 10), (118, 30)]
    body = "".join(
        f'<rect class="csm-plate" x="{x}" y="{y}" width="10" height="6" rx=".8"/>\n'
        f'<text x="{x}" y="{y + 4}" font-size="4.55">side</text>'
        for x, y in plates
    )
    told = in_words(f'<svg viewBox="0 0 130 60">{body}</svg>'.encode(), words, is_step=True).decode()
    found = [
        (float(x), float(y), float(x) + float(wide))
        for x, y, wide in re.findall(r'csm-plate" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', told)
    ]
    assert told.count(">costado<") == 3
    assert all(x0 > 0 and x1 < 130 for x0, _, x1 in found)
    assert found[0][2] <= found[1][0]


@pytest.mark.parametrize("about", ['x="2" y="9"', 'x="2" y="9" font-size="5"'])
def test_a_longer_name_beside_others_gets_smaller_letters(words, about):
    told = in_words(
        f'<svg viewBox="0 0 130 60"><text {about}>side</text></svg>'.encode(), words, is_step=True
    )
    [text] = ElementTree.fromstring(told).iter("text")
    size = text.attrib["font-size"]
    assert text.text == "costado"
    assert float(size.removesuffix("em")) < (1 if size.endswith("em") else 5)


def spoken(svg: bytes) -> set[str]:
    """Words of all titles and descriptions but the file's own title, which others tell."""
    said = re.findall(r"<(?:title|desc)>([^<]*)", svg.decode())[1:]
    return {*re.findall(r"[a-z]{3,}", unescape(" ".join(said)))}


def test_what_is_said_of_parts_offcuts_and_pieces_of_bars_is_told():
    names = ("side", "brace & strut <left>", "drawbar", "rail", "block <&>")
    kit = sample.kit(parts=[sample.part(name, 2) for name in names], translations={"es": sample.SPANISH})
    words = Words.of(in_language(kit, SPANISH), SPANISH)
    pattern = PATTERNS["many"]
    for drawn in (
        sheet_svg(NestedSheet(samples.nesting(), 1, samples.items(), samples.stock())),
        bars_svg(*samples.bars()),
        sheet_drawing(samples.part(pattern=pattern), pattern, HEADING),
    ):
        told = spoken_words(drawn, words)
        assert spoken(drawn) & spoken(told) <= {"side", "brace", "strut", "left", "drawbar", "rail", "block"}
        assert re.findall(rb">[^<]*</text>", told) == re.findall(rb">[^<]*</text>", drawn)


def test_a_part_is_called_and_bears_its_engraved_name_in_a_title(words):
    drawn = "<title>side 1 · 400 × 383.5 mm</title><title>inside contour of bench/side 2 with em6</title>"
    assert re.findall("<title>([^<]*)", spoken_words(drawn.encode(), words).decode()) == [
        "costado (side 1) · 400 × 383,5 mm",
        "contorno interior de costado (side 2) con em6",
    ]


def test_lines_stay_as_they_are_and_english_books_take_pictures_untouched(words):
    drawn = sheet_svg(NestedSheet(samples.nesting(), 1, samples.items(), samples.stock()))
    told = in_words(drawn, words, is_step=False)
    assert re.findall(rb' d="[^"]*"', told) == re.findall(rb' d="[^"]*"', drawn)
    assert in_words(drawn, Words(ENGLISH), is_step=False) is drawn
