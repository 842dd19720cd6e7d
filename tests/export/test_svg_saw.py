# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A saw plan on paper: every cut with its number and measure, in pictures and in the table."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal

import pytest

from csmkit.export.nested import NestedSheet
from csmkit.export.saw.list import saw_csv, saw_rows
from csmkit.export.saw.steps import saw_stages, saw_steps
from csmkit.export.svg.saw import saw_svgs
from csmkit.model.cutting import CutItem, Layout, Nesting, Placement, SawCut
from csmkit.model.facts import Feature, FlatPattern
from csmkit.model.outline import Outline, Region
from csmkit.model.pose import Pose
from csmkit.model.stock import StockSheet

KERF = 3.0
WHOLE = (0.0, 0.0, 1000.0, 500.0)


def _item(name: str, outline: Outline, *features: Feature) -> CutItem:
    return CutItem("stool", name, "ply-18", FlatPattern(outline, features, 18.0, None, Pose()), 2)


HOLE = Feature("hole", "top", 18.0, Region(Outline.circle(50, 50, 10)), True)
ITEMS = {
    i.name: i
    for i in (
        _item("side", Outline.rectangle(0, 0, 300, 200), HOLE),
        _item("a <very> long & winding name", Outline.rectangle(0, 0, 100, 60)),
    )
}
STOCK = StockSheet("ply", "ply-18", Outline.rectangle(*WHOLE), Decimal(50), None, "sheet", "x", (), "test")
# Two sides in a strip of 300, a small part from the second strip, an offcut right of both.
CUTS = (
    SawCut(1, 1, "y", 2.0, WHOLE),
    SawCut(2, 1, "x", 2.0, (0.0, 5.0, 1000.0, 500.0)),
    SawCut(3, 1, "x", 305.0, (5.0, 5.0, 1000.0, 500.0)),
    SawCut(4, 1, "x", 408.0, (308.0, 5.0, 1000.0, 500.0)),
    SawCut(5, 2, "y", 205.0, (5.0, 5.0, 305.0, 500.0)),
    SawCut(6, 2, "y", 408.0, (5.0, 208.0, 305.0, 500.0)),
    SawCut(7, 2, "y", 65.0, (308.0, 5.0, 408.0, 500.0)),
)
LONG = "stool/a <very> long & winding name"
PLACED = (
    Placement("stool/side", 1, 5.0, 5.0, 0.0),
    Placement("stool/side", 2, 5.0, 208.0, 0.0),
    Placement(LONG, 1, 308.0, 5.0, 0.0),
)
LAYOUT = Layout("ply", PLACED, (Outline.rectangle(411, 5, 1000, 500),), CUTS)
PLAN = Nesting("ply-18", (LAYOUT,), (), 0.2, 0.4, 0.2, "hand", False)
SHEET = NestedSheet(PLAN, 1, ITEMS, STOCK)


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(saw_csv(PLAN, ITEMS, {"ply": STOCK}, KERF).decode())))


def texts(svg: bytes) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_between_fence_and_blade_lies_what_comes_off_and_of_a_trim_what_remains() -> None:
    assert [(s.is_trim, s.edge, s.fence) for s in saw_steps(LAYOUT, ITEMS, STOCK, KERF)] == [
        (True, "upper", 495.0),
        (True, "right", 995.0),
        (False, "left", 300.0),
        (False, "left", 100.0),
        (False, "lower", 200.0),
        (False, "lower", 200.0),
        (False, "lower", 60.0),
    ]


def one_side(trim: float, kerf: float) -> Layout:
    """A side from a sheet whose left and lower edges are trimmed, trim and blade as told."""
    low, x, y = trim - kerf, trim + 300, trim + 200
    cuts = (
        SawCut(1, 1, "y", low, WHOLE),
        SawCut(2, 1, "x", low, (0.0, trim, 1000.0, 500.0)),
        SawCut(3, 1, "x", x, (trim, trim, 1000.0, 500.0)),
        SawCut(4, 2, "y", y, (trim, trim, x, 500.0)),
    )
    return Layout("ply", (Placement("stool/side", 1, trim, trim, 0.0),), (), cuts)


@pytest.mark.parametrize(("trim", "kerf"), [(2.0, 3.2), (3.2, 3.2), (5.0, 3.2), (0.5, 4.0)])
def test_whoever_saws_by_edge_and_fence_gets_the_pieces_of_the_plan(trim: float, kerf: float) -> None:
    """Sizes alone: what lies between fence and blade, and beyond it the rest less the blade."""
    for step in saw_steps(one_side(trim, kerf), ITEMS, STOCK, kerf):
        low = "xy".index(step.cut.axis)
        whole = step.cut.piece[low + 2] - step.cut.piece[low]
        kept, beyond = (step.off, step.rest) if step.edge in ("left", "lower") else (step.rest, step.off)
        assert kept is not None
        assert kept.size[low] == pytest.approx(step.fence)
        left = max(whole - step.fence - kerf, 0.0)
        assert (beyond.size[low] if beyond else 0.0) == pytest.approx(left)


def test_a_trim_narrower_than_the_blade_is_told_by_what_remains_everywhere() -> None:
    layout = one_side(2.0, 3.2)
    first, second, *_ = saw_rows(layout, ITEMS, STOCK, 3.2)
    assert (first["edge_on_fence"], first["fence_mm"], first["remains"]) == ("upper", 498, "piece 1000 × 498")
    assert first["comes_off"] == "trim: 2 off the lower edge, blade included"
    assert (second["edge_on_fence"], second["fence_mm"]) == ("right", 998)
    sheet = replace(SHEET, nesting=replace(PLAN, layouts=(layout,)))
    _, picture, _ = (texts(p) for p in saw_svgs(sheet, 3.2))
    assert {"1 · trim to 498", "2 · trim to 998", "3 · 300"} <= set(picture)


def test_a_stage_tells_for_each_cut_which_edge_lies_on_the_fence() -> None:
    _, first, _ = (texts(p) for p in saw_svgs(SHEET, KERF))
    told = " · ".join(first)
    for line in (
        "cut 1: trim, upper edge on the fence, 495 mm",
        "cut 2: trim, right edge on the fence, 995 mm",
        "cut 3: left edge on the fence, 300 mm",
    ):
        assert line in told


def test_broad_lines_lie_on_the_edges_that_the_words_name() -> None:
    _, first, _ = saw_svgs(SHEET, KERF)
    lines = re.findall(r'class="csm-fence[^>]* d="([^"]+)"', first.decode())
    assert lines == ["M0 -500H1000", "M1000 -5V-500", "M5 -5V-500"]


ELL = Outline.polygon([(0, 0), (900, 0), (900, 300), (400, 300), (400, 700), (0, 700)])
ELL_STOCK = replace(STOCK, outline=ELL)
ELL_LAYOUT = Layout(
    "ply",
    (Placement("stool/side", 1, 0.0, 0.0, 0.0),),
    (Outline.rectangle(303, 0, 900, 300), Outline.rectangle(0, 203, 300, 700)),
    (SawCut(1, 1, "x", 300.0, (0, 0, 900, 700)), SawCut(2, 2, "y", 200.0, (0, 0, 300, 700))),
)


def test_only_rectangles_have_a_size() -> None:
    """The rest right of cut 1 is a leg of 597 × 300 with a strip of 97 × 700, never 597 × 700."""
    first, second = saw_rows(ELL_LAYOUT, ITEMS, ELL_STOCK, KERF)
    assert (first["piece_x_mm"], first["piece_y_mm"]) == ("", "")
    assert first["remains"] == "waste that is no rectangle; in it offcut 597 × 300"
    assert (second["piece_x_mm"], second["remains"]) == (300, "offcut 300 × 497")
    pictures = saw_svgs(NestedSheet(replace(PLAN, layouts=(ELL_LAYOUT,)), 1, ITEMS, ELL_STOCK), KERF)
    for words in map(texts, pictures):
        assert "offcut 597 × 300" in words
        assert not any("597 × 700" in w for w in words)


def test_what_lies_off_the_sheet_is_no_piece() -> None:
    corner = SawCut(1, 1, "y", 300.0, (500.0, 0.0, 900.0, 700.0))
    (step,) = saw_steps(Layout("ply", (), (), (corner,)), ITEMS, ELL_STOCK, KERF)
    assert step.rest is None


def test_each_cut_says_what_comes_off_and_what_remains() -> None:
    found = rows()
    assert [r["comes_off"] for r in found][:5] == [
        "trim: 5 off the lower edge, blade included",
        "trim: 5 off the left edge, blade included",
        "piece 300 × 495",
        "piece 100 × 495",
        "side 1: 300 × 200",
    ]
    assert found[3]["remains"] == "offcut 589 × 495"
    assert found[5]["remains"] == "waste 300 × 89"


def test_each_piece_names_the_cut_that_made_it() -> None:
    assert [r["piece_from_cut"] for r in rows()] == ["0", "1", "2", "3", "3", "5", "4"]


def test_the_bench_before_a_stage_holds_what_earlier_stages_have_left() -> None:
    first, second = saw_stages(LAYOUT, ITEMS, STOCK, KERF)
    assert first.bench == ()
    assert [o.kind for o in second.bench] == ["waste", "waste", "offcut"]


def test_there_is_an_overview_and_a_picture_for_each_stage() -> None:
    pictures = saw_svgs(SHEET, KERF)
    assert len(pictures) == 3
    overview, first, second = (texts(p) for p in pictures)
    assert {"1", "2", "3", "4", "5", "6", "7"} <= set(overview)
    assert {"1 · trim to 495", "2 · trim to 995", "3 · 300", "4 · 100", "offcut 589 × 495"} <= set(first)
    assert {"5 · 200", "6 · 200", "7 · 60", "side 1", "side 2"} <= set(second)
    told = " · ".join(second)
    assert "cuts 5–6: lower edge on the fence, 200 mm · cut 7: lower edge on the fence, 60 mm" in told


def test_a_part_that_is_too_small_for_its_name_gets_a_letter_and_a_legend() -> None:
    _, _, second = (texts(p) for p in saw_svgs(SHEET, KERF))
    assert "A1" in second
    assert "A = a <very> long & winding name" in second


def test_marks_do_not_cover_one_another() -> None:
    for picture in saw_svgs(SHEET, KERF):
        boxes = [
            tuple(float(v) for v in m)
            for m in re.findall(
                r'<rect x="([-.\d]+)" y="([-.\d]+)" width="([-.\d]+)" height="([-.\d]+)" rx', picture.decode()
            )
        ]
        assert len(boxes) >= 3
        for i, (x, y, w, h) in enumerate(boxes):
            for x2, y2, w2, h2 in boxes[:i]:
                assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


@pytest.mark.parametrize("number", [0, 1, 2])
def test_pictures_repeat(number: int) -> None:
    assert saw_svgs(SHEET, KERF)[number] == saw_svgs(SHEET, KERF)[number]
