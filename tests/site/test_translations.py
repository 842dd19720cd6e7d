# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Catalogs are whole and up to date; pages in Spanish say everything in Spanish, or mark what is English."""

import json
import re
from collections import defaultdict

import pytest
import sample_kits
from bs4 import BeautifulSoup
from sample_kits import ROOT, write_kit

from csmkit.design.translations import mark
from csmkit.export.language.language import LOCALE, Foreign, codes, is_translated, load_catalog, load_language
from csmkit.export.language.phrases import Phrase, Translation, table, translated, translation
from csmkit.export.svg.document import document
from csmkit.site import write_site
from csmkit.site.catalogs import messages, script_texts, updated
from csmkit.site.kit import in_language, load_built
from csmkit.site.kit_page import kit_page

SPANISH = load_language("es")
PLACES = re.compile(r"%\(\w+\)s|%%|#")
TOO_LONG = 3  # words that two languages may have in common by chance
KEYS = re.compile(r"[\w./@-]*[./-][\w./@-]*(, [\w./@-]+)*")  # paths, and lists of keys
TRANSLATIONS = {
    "es": {
        "texts": {
            "A stool to stand on, from one sheet of plywood.": "Un taburete al que subirse, de un tablero.",
            "0.23 of a sheet at 92.00": "0,23 de un tablero a 92,00",
            "thicker sheet": "un tablero más grueso",
        },
        "parts": {"side": "costado"},
        "intro": None,
        "steps": [{"title": "Atorníllalo", "text": "Taladra primero **agujeros guía**."}],
    }
}
STEP = {"width": 170.0, "height": 139.4}
DRAWN = document((0, 0, 170, 139.4), "1: Screw it together", ['<text x="1" y="9">side × 2</text>']).decode()


@pytest.fixture(scope="module")
def stool(tmp_path_factory):
    """The English presets of a kit that is partly translated."""
    kit = write_kit(tmp_path_factory.mktemp("stool"), translations=TRANSLATIONS)
    return load_built(kit.key, kit.presets)


@pytest.fixture(scope="module")
def spanish(stool):
    """The Spanish page of its default preset."""
    presets = [in_language(built, SPANISH) for built in stool]
    return BeautifulSoup(kit_page(presets[0], presets).split("---", 2)[2], "html.parser")


def is_words(text):
    return len(re.findall(r"[^\W\d_]{2,}", text)) > TOO_LONG and not KEYS.fullmatch(text)


def said(page):
    return " ".join(page.get_text(" ").split()).replace("\xa0", " ")


@pytest.mark.parametrize("code", codes())
def test_a_catalog_has_the_texts_of_today(code):
    """If not: make messages."""
    assert (LOCALE / f"{code}.po").read_text(encoding="utf-8") == updated(code)


def test_spanish_is_complete():
    assert [m.id for m in load_catalog("es") if m.id and not is_translated(m)] == []


def test_a_translation_keeps_what_is_put_into_it():
    for message in load_catalog("es"):
        if not message.id:
            continue
        given = [message.id] if isinstance(message.id, str) else list(message.id)
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        for form in forms:
            assert sorted(PLACES.findall(form)) == sorted(PLACES.findall(given[-1])), message.id


def test_every_text_of_a_template_can_be_filled():
    """A per cent sign of a template's text is written %%."""
    for message in messages():
        if message.id and any(name.endswith(".j2") for name, _ in message.locations):
            for text in [message.id] if isinstance(message.id, str) else message.id:
                assert text % defaultdict(str) is not None


def test_scripts_get_their_texts_with_all_forms():
    texts = script_texts("es")
    assert texts["%(shown)s of %(all)s kits"] == "%(shown)s de %(all)s kits"
    assert all(isinstance(forms, str) or len(forms) == 2 for forms in texts.values())


@pytest.mark.parametrize(
    ("text", "words", "figures"),
    [
        ("15 parts × 1.5 min", "# parts × # min", ("15", "1.5")),
        ("sheet 2440 × 1220", "sheet #", ("2440 × 1220",)),
        ("hexagon key 4 mm", "hexagon key # mm", ("4",)),
        (
            "2 × birch-ply-12-2440x1220 at 89.50, less",
            "# at #, less",
            ("2 × birch-ply-12-2440x1220", "89.50"),
        ),
        ("tables 3.1 and 2.3.", "tables # and #.", ("3.1", "2.3")),
        ("h₁² + h₂²", "h₁² + h₂²", ()),
    ],
)
def test_a_phrase_is_a_text_without_its_figures(text, words, figures):
    assert Phrase.of(text) == Phrase(words, figures)


def test_one_translation_serves_at_all_figures():
    known = table({"own mass 23.4 kg": "masa propia 23,4 kg"}).get
    assert translated("own mass 26 kg", known) == "masa propia 26 kg"
    assert translated("own mass 16.8 kg", known) == "masa propia 16,8 kg"


def test_who_keeps_a_point_keeps_it():
    known = table({"tables 3.1 and 2.3, k 0.70": "tablas 3.1 y 2.3, k 0,70"}).get
    assert translated("tables 4.2 and 1.1, k 0.90", known) == "tablas 4.2 y 1.1, k 0,90"


def test_a_translation_with_other_figures_is_none():
    assert translation("at least 3 screws", "al menos 4 tornillos") is None
    assert translation("from 3 to 4", "de 4 a 3") is None
    assert table({"at least 3 screws": "al menos 4 tornillos"}) == {}


def test_a_sentence_of_known_pieces_is_known():
    known = table({"3 g is assumed": "se suponen 3 g", "as before": "como antes"}).get
    assert translated("3 g is assumed; as before", known) == "se suponen 3 g; como antes"
    assert translated("3 g is assumed; guessed", known) is None


def test_a_formula_is_the_same_in_all_languages():
    assert translated("F L / 4 / (t h² / 6)", {}.get) == "F L / 4 / (t h² / 6)"
    assert translated("(1 + k_def) 5 q l⁴ / (384 E I)", {}.get) == "(1 + k_def) 5 q l⁴ / (384 E I)"
    assert translated("length over k_def", {}.get) is None


def test_figures_of_the_core_get_the_sign_of_the_language():
    assert Translation("# piezas", (True,)).filled(("1.5",)) == "1,5 piezas"
    assert SPANISH.decimals("880 × 383.5 mm") == "880 × 383,5 mm"


def test_a_mark_changes_with_the_words_and_not_with_the_line_breaks():
    assert mark("Glue it", "one\ntwo") == mark("Glue  it", "one two")
    assert mark("Glue it", "one two") != mark("Glue it", "one three")


def test_a_page_says_in_spanish_what_is_translated(spanish):
    text = said(spanish)
    for words in (
        "Un taburete al que subirse",
        "0,23 de un tablero a 92,00",
        "1,50 h × 22,00",
        "54,10 EUR",
        "contrachapado de abedul 18 mm",
        "costado side",
        "Atorníllalo",
        "agujeros guía",
        "un tablero más grueso",
        "corte de tableros",
        "de 150 a 450 mm",
    ):
        assert words in text


def test_what_is_not_translated_is_marked_as_english(spanish):
    for words in (
        "Step stool",
        "floor to the top of the seat",
        "Wear eye protection.",
        "Nobody has stood on it yet.",
    ):
        found = spanish.find_all(string=re.compile(re.escape(words)))
        assert found
        for node in found:
            assert any(parent.get("lang") == "en" for parent in node.parents) or node.parent.name in (
                "code",
                "script",
            ), words


def test_no_text_of_the_frame_stays_english(stool, spanish):
    """A text node that is the same in both languages is a name, a command, or was forgotten."""
    english = BeautifulSoup(kit_page(stool[0], stool).split("---", 2)[2], "html.parser")
    told = {" ".join(node.split()) for node in english.find_all(string=True)}
    left = set()
    for node in spanish.find_all(string=True):
        text = " ".join(node.split())
        in_english = any(parent.get("lang") == "en" or parent.name == "code" for parent in node.parents)
        if text in told and is_words(text) and not in_english:
            left.add(text)
    assert left == set()


def test_a_tag_that_says_the_skill_is_not_shown_beside_it(tmp_path):
    kit = write_kit(tmp_path, tags=["beginner", "furniture"])
    presets = [in_language(built, SPANISH) for built in load_built(kit.key, kit.presets)]
    page = BeautifulSoup(kit_page(presets[0], presets).split("---", 2)[2], "html.parser")
    assert said(page.select_one(".csm-badges")).count("principiante") == 1


def test_no_attribute_of_the_frame_stays_english(stool, spanish):
    english = BeautifulSoup(kit_page(stool[0], stool).split("---", 2)[2], "html.parser")
    for name in ("aria-label", "title", "data-label", "placeholder"):
        told = {element[name] for element in english.find_all(attrs={name: True})}
        left = {element[name] for element in spanish.find_all(attrs={name: True})} & told
        assert {text for text in left if re.search(r"[a-z]{4}", text)} == set(), name


def test_the_spanish_pages_lie_below_es_with_the_same_files(site):
    english = BeautifulSoup((site / "kits/step-stool/index.html").read_text(encoding="utf-8"), "html.parser")
    spanish = BeautifulSoup(
        (site / "es/kits/step-stool/index.html").read_text(encoding="utf-8"), "html.parser"
    )
    assert english.html["lang"] == "en"
    assert spanish.html["lang"] == "es"
    assert not list((site / "es").rglob("kit.json"))
    for page, path in ((english, "kits/step-stool"), (spanish, "es/kits/step-stool")):
        files = {(site / path / a["href"]).resolve() for a in page.select("a[download]")}
        assert {(site / "kits/step-stool/default/files/bom.csv").resolve()} <= files


def test_the_switch_leads_to_the_same_page(site):
    for path in ("", "kits/", "kits/step-stool/", "kits/step-stool/low/"):
        for here, other in (("", "es"), ("es/", "en")):
            page = site / here / path / "index.html"
            [link] = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select(
                f".csm-languages a[hreflang={other}]"
            )
            expected = site / ("es/" if other == "es" else "") / path / "index.html"
            assert (page.parent / link["href"] / "index.html").resolve() == expected.resolve()


def test_the_menu_says_where_english_pages_follow(site):
    page = BeautifulSoup((site / "es/index.html").read_text(encoding="utf-8"), "html.parser")
    docs = [a for a in page.select("nav a, article a") if "makers/" in a.get("href", "")]
    assert docs
    assert all("en inglés" in said(a.parent) for a in docs)


def test_a_page_without_a_translation_switches_to_the_other_home(site):
    page = site / "makers/index.html"
    [link] = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select(
        ".csm-languages a[hreflang=es]"
    )
    assert (page.parent / link["href"]).resolve() == (site / "es").resolve()


@pytest.mark.parametrize("has_own", [True, False])
def test_the_spanish_page_offers_the_spanish_book_first(tmp_path, monkeypatch, has_own):
    books = ["book.pdf", "book-letter.pdf", *(["book.es.pdf"] if has_own else [])]
    monkeypatch.setattr(sample_kits, "FILES", {**sample_kits.FILES, **dict.fromkeys(books, ("book", "%PDF"))})
    kit = write_kit(tmp_path, translations=TRANSLATIONS)
    english = load_built(kit.key, kit.presets)
    offered = []
    for presets in (english, [in_language(built, SPANISH) for built in english]):
        page = BeautifulSoup(kit_page(presets[0], presets).split("---", 2)[2], "html.parser")
        offered.append(page.select('a.md-button[href*="/book"]'))
    names = [[a["href"].rpartition("/")[2] for a in links] for links in offered]
    assert names == [books[:2], [*books[2:], *books[:2]]]
    assert ["en inglés" in said(a) for a in offered[1]] == [*[False] * has_own, True, True]
    assert offered[1][0]["class"] == ["md-button", "md-button--primary"]


@pytest.fixture
def drawn_stool(tmp_path, monkeypatch):
    """What writes a kit with a picture of its step, in both languages or in English alone, and loads it."""
    step = {**sample_kits.STOOL["assembly"]["steps"][0], "picture": {**STEP, "path": "steps/1.svg"}}

    def load(*pictures, **changes):
        extra = dict.fromkeys(pictures, ("instructions", DRAWN))
        monkeypatch.setattr(sample_kits, "FILES", {**sample_kits.FILES, **extra})
        kit = write_kit(tmp_path / "build", assembly={"intro": "", "steps": [step]}, **changes)
        return load_built(kit.key, kit.presets)

    return load


def test_a_page_leads_to_the_setup_sheet_in_its_language_and_the_player_names_cutters_in_it(drawn_stool):
    english = drawn_stool("setup-sheet.pdf", "setup-sheet.es.pdf", translations=TRANSLATIONS)
    found = []
    for presets in (english, [in_language(built, SPANISH) for built in english]):
        page = BeautifulSoup(kit_page(presets[0], presets).split("---", 2)[2], "html.parser")
        found.append(page.select_one('p.csm-note a[href*="setup-sheet"]')["href"].rpartition("/")[2])
    assert found == ["setup-sheet.pdf", "setup-sheet.es.pdf"]
    [titles] = re.findall("data-titles='([^']*)'", kit_page(presets[0], presets))
    assert json.loads(titles) == {"em6": "fresa recta de 6 mm, dos filos"}


@pytest.mark.parametrize("pictures", [("steps/1.svg",), ("steps/1.es.svg", "steps/1.svg")])
def test_a_page_shows_and_lists_the_pictures_that_speak_its_language(drawn_stool, pictures):
    english = drawn_stool(*pictures, translations=TRANSLATIONS)
    shown, listed = [], []
    for presets in (english, [in_language(built, SPANISH) for built in english]):
        page = BeautifulSoup(kit_page(presets[0], presets).split("---", 2)[2], "html.parser")
        shown += [img["src"] for img in page.select(".csm-step-picture img")]
        steps = [a["href"] for a in page.select('.csm-files a[href*="/steps/"]')]
        assert steps == shown[-1:]
        listed += steps
    assert [path.rpartition("/")[2] for path in shown] == ["1.svg", pictures[0].rpartition("/")[2]]
    assert all(path.startswith("../" * 3 + "kits/step-stool/default/files/") for path in shown[1:])


def test_a_text_in_english_stays_a_text():
    assert Foreign("Step stool") == "Step stool"


def test_with_an_address_languages_are_named_by_it(tmp_path, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://example.org/kits/")
    kit = write_kit(tmp_path / "build")
    write_site([kit], ROOT / "docs", ROOT / "mkdocs.yml", tmp_path / "site")
    page = BeautifulSoup((tmp_path / "site/es/kits/index.html").read_text(encoding="utf-8"), "html.parser")
    shown = {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")}
    assert shown == {"en": "https://example.org/kits/kits/", "es": "https://example.org/kits/es/kits/"}
    assert page.select_one("link[rel=canonical]")["href"] == shown["es"]
    sections = BeautifulSoup(
        (tmp_path / "site/es/kits/step-stool/index.html").read_text("utf-8"), "html.parser"
    )
    assert {link["title"] for link in sections.select(".headerlink")} == {"Enlace a esta sección"}
