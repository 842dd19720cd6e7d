# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Setup sheet: a page a clamping, true to the program; screws are kept off the cutter's way."""

import ast
import re
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import shapely

import csmkit
from csmkit.cam.setups import setups
from csmkit.catalog.workshop import default_workshop, find_machine
from csmkit.errors import CsmError
from csmkit.export.book.words import Words
from csmkit.export.language.kit import finder
from csmkit.export.language.language import load_language
from csmkit.export.language.phrases import Phrase
from csmkit.export.language.said import PROGRAMS
from csmkit.export.setup.page import setup_page
from csmkit.export.setup.sheet import setup_sheet_pdf
from csmkit.export.svg.setup import HEAD
from csmkit.model import CutItem, Feature, FlatPattern, Layout, Outline, Placement, Pose, Region, StockSheet
from csmkit.pipeline.gcode import make, report

pytestmark = pytest.mark.needs("pdftotext", package="poppler-utils")

T = 12.0
SHOP = default_workshop()
HOBBY = replace(SHOP, machines=(find_machine("router-600x900"),))
GOOD = replace(SHOP.sheet("birch-ply-12"), thickness=T, measured=False)
STOCK = StockSheet(
    "ply-600x400", GOOD.key, Outline.rectangle(0, 0, 600, 400), Decimal(9), None, "sheet", None, (), "t"
)
HOLE = Feature("drill", "top", T, Region(Outline.circle(30, 30, 8)), True)
NARROW = Feature("pocket", "top", 6.0, Region(Outline.rectangle(110, 10, 118, 14.2)), False)
BELOW = Feature("pocket", "bottom", 5.0, Region(Outline.rectangle(80, 55, 130, 85)), False)
HEADER = ("csmkit 1: Plate, plate 2.0.0", "preset wide", "sheet 1 of 1: ply-600x400-1", "birch")


def made_of(*features, shop=SHOP):
    pattern = FlatPattern(Outline.rectangle(0, 0, 150, 100), features, T, None, Pose())
    item = CutItem("kit", "plate", GOOD.key, pattern, 2)
    places = (Placement("kit/plate", 1, 20, 20, 0), Placement("kit/plate", 2, 350, 60, 90))
    layout = Layout(STOCK.key, places, ())
    return [make(s, shop, HEADER) for s in setups(layout, 1, {"kit/plate": item}, STOCK, GOOD, shop)]


def pages_of(*features, shop=SHOP, good=GOOD):
    made = made_of(*features, shop=shop)
    return [setup_page(report(one, good), one.program, shop.cam.through, "gcode/mine") for one in made]


def printed(pages, tmp_path, **more):
    file = tmp_path / "sheet.pdf"
    file.write_bytes(setup_sheet_pdf(pages, "plate", **more))
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    return done.stdout.replace("\u200b", "")


def words(pages, tmp_path):
    return [re.sub(r"\s+", " ", page) for page in printed(pages, tmp_path).split("\f") if page.strip()]


def test_a_page_says_what_the_program_does(tmp_path):
    [page] = pages_of(HOLE, NARROW)
    [said] = words([page], tmp_path)
    for use in page.report.cutters:
        assert re.search(rf"T{use.number} {use.tool.title} .* {use.rpm:.0f} {use.feed_mm_min:.0f}", said)
    for word in ("Plate, plate 2.0.0", "preset wide", "sheet 1 of 1", "600 × 400 mm", *page.report.files):
        assert word in said
    assert f"{page.report.tabs} tabs hold the parts" in said


@pytest.mark.parametrize("is_measured", [True, False])
def test_it_says_whether_the_thickness_was_measured(tmp_path, is_measured):
    [said] = words(pages_of(HOLE, good=replace(GOOD, measured=is_measured)), tmp_path)
    assert ("as your workshop measured it" in said) == is_measured
    assert ("is the usual value" in said) != is_measured


def test_a_turned_sheet_has_two_pages_the_underside_first_with_its_pins(tmp_path):
    below, top = words(pages_of(HOLE, BELOW), tmp_path)
    assert "underside up" in below
    assert "Turn the sheet over left to right" in below
    assert "the pins' holes go 8.3 mm into it" in below
    assert "by hand" not in below
    assert "top up" in top
    assert "Sheet turned over left to right" in top
    [single] = words(pages_of(HOLE), tmp_path)
    assert "pin" not in single.replace("spindle", "")


def test_without_a_tool_change_each_cutter_has_its_file_and_the_contours_come_last(tmp_path):
    [page] = pages_of(HOLE, NARROW, shop=HOBBY)
    [said] = words([page], tmp_path)
    files = page.report.files
    assert len(files) == 2
    assert 0 < said.index(f"load {files[0]}") < said.index(f"load {files[1]}") < said.index("outer contours")
    assert said.count("set Z to 0 again") == 1


def test_many_notes_still_make_one_page(tmp_path):
    [page] = pages_of(HOLE, NARROW)
    long = tuple(f"kit/plate {n}: " + "inside corners stay round with 3 mm " * 6 for n in range(40))
    uses = page.report.cutters * 4
    full = replace(page, report=replace(page.report, notes=long, cutters=uses))
    [said] = words([full], tmp_path)
    assert "36 more in ply-600x400-1.json" in said


def test_in_spanish_all_is_told_but_the_engraved_names_and_those_of_files(tmp_path):
    """A word that both languages print is a name, a figure or a unit."""
    below, top = pages_of(HOLE, BELOW)
    held = replace(top.report, tool_change="none", skins=("kit/plate 1",), is_measured=True)
    shallow = replace(below, pin_depth=2.0)
    pages = [below, top, shallow, replace(top, report=held, pins=None), replace(below, pins=())]
    spanish = load_language("es")
    told = Words(spanish, {"plate": "placa"}, frozenset({"plate"}), find=finder({}, spanish))
    here, there = printed(pages, tmp_path), printed(pages, tmp_path, words=told)
    assert "Nombres grabados: plate: placa" in there
    assert "placa (plate 1)" in there
    assert "8,3 mm" in there
    both = {w for w in re.findall(r"[^\W\d_]{3,}", here) if re.search(rf"\b{w}\b", there)}
    names = {"Plate", "plate", "preset", "wide", "ply", "gcode", "mine", "ngc", "bottom", "long", "CNC"}
    assert both - names == {"min", "rpm"}


def test_what_is_told_of_notes_is_what_programs_say():
    """A phrase of the catalogs whose English has changed would find no note any more."""
    package = Path(csmkit.__file__).parent
    others = ("pipeline/sheet_programs.py", "pipeline/milling.py", "export/engraving.py")
    files = [*package.glob("cam/**/*.py"), *(package / name for name in others)]
    trees = [ast.parse(file.read_text("utf-8")) for file in files]
    said = {sentence(node) for tree in trees for node in ast.walk(tree)} - {""}
    whole = re.compile("|".join(re.escape(text).replace(r"\#", ".*") for text in said))
    lost = [p for p in PROGRAMS if not any(map(whole.fullmatch, (p, f"x: {p}", f"x (x): {p}", f"{p}: x")))]
    assert lost == []


def sentence(node):
    """What a text in the source says, a # for each of its values; "" for texts of a word or two."""
    if isinstance(node, ast.JoinedStr):
        text = "".join(v.value if isinstance(v, ast.Constant) else "7" for v in node.values)
    else:
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return Phrase.of(text).words if sum(map(str.isalpha, text)) > 8 else ""


def test_where_screws_may_go_no_cutter_comes():
    [one] = made_of(HOLE, NARROW)
    [page] = pages_of(HOLE, NARROW)
    data = re.search(r'd="(M[^"]*)" fill="#d4d4d4"/>', page.plan.svg)[1]
    rings = [[tuple(map(float, p.split())) for p in ring[1:].split("L")] for ring in data.split("Z")[:-1]]
    busy = shapely.Polygon()
    for ring in rings:
        busy = busy.symmetric_difference(shapely.Polygon([(x, -y) for x, y in ring]))
    stock = shapely.box(0, 0, 600, 400)
    widths = {tool.key: tool.diameter for tool in one.program.tools}
    for path in one.program.toolpaths:
        cuts = [m.end[:2] for m in path.moves if m.kind != "rapid"]
        swept = shapely.MultiPoint(cuts).buffer(widths[path.tool] / 2 + HEAD - 0.7)
        assert swept.intersection(stock).difference(busy).area < 1


def test_the_same_pages_give_the_same_bytes():
    pages = pages_of(HOLE, BELOW)
    assert setup_sheet_pdf(pages) == setup_sheet_pdf(pages_of(HOLE, BELOW))


def test_no_pages_are_refused():
    with pytest.raises(CsmError):
        setup_sheet_pdf([])
