# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A saw plan on paper: every cut with its number and measure, in pictures and in the table."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from csmkit.export.saw_list import saw_csv
from csmkit.export.saw_steps import saw_stages, saw_steps
from csmkit.export.svg_saw import saw_svgs
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


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(saw_csv(PLAN, ITEMS, KERF).decode())))


def texts(svg: bytes) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_the_fence_stands_as_far_from_the_blade_as_what_comes_off_is_wide() -> None:
    assert [(s.is_trim, s.measure) for s in saw_steps(LAYOUT, ITEMS, KERF)] == [
        (True, 5.0),
        (True, 5.0),
        (False, 300.0),
        (False, 100.0),
        (False, 200.0),
        (False, 200.0),
        (False, 60.0),
    ]


def test_each_cut_says_what_comes_off_and_what_remains() -> None:
    found = rows()
    assert [r["comes_off"] for r in found][:5] == [
        "trim",
        "trim",
        "piece 300 × 495",
        "piece 100 × 495",
        "side 1: 300 × 200",
    ]
    assert found[3]["remains"] == "offcut 589 × 495"
    assert found[5]["remains"] == "waste 300 × 89"


def test_each_piece_names_the_cut_that_made_it() -> None:
    assert [r["piece_from_cut"] for r in rows()] == ["0", "1", "2", "3", "3", "5", "4"]


def test_the_bench_before_a_stage_holds_what_earlier_stages_have_left() -> None:
    first, second = saw_stages(LAYOUT, ITEMS, KERF)
    assert first.bench == ()
    assert [o.kind for o in second.bench] == ["waste", "waste", "offcut"]


def test_there_is_an_overview_and_a_picture_for_each_stage() -> None:
    pictures = saw_svgs(PLAN, 1, ITEMS, STOCK, KERF)
    assert len(pictures) == 3
    overview, first, second = (texts(p) for p in pictures)
    assert {"1", "2", "3", "4", "5", "6", "7"} <= set(overview)
    assert {"1 · trim 5", "2 · trim 5", "3 · 300", "4 · 100", "offcut 589 × 495"} <= set(first)
    assert {"5 · 200", "6 · 200", "7 · 60", "side 1", "side 2"} <= set(second)
    assert any("200 mm: cuts 5–6 · 60 mm: cut 7" in line for line in second)


def test_a_part_that_is_too_small_for_its_name_gets_a_letter_and_a_legend() -> None:
    _, _, second = (texts(p) for p in saw_svgs(PLAN, 1, ITEMS, STOCK, KERF))
    assert "A1" in second
    assert "A = a <very> long & winding name" in second


def test_marks_do_not_cover_one_another() -> None:
    for picture in saw_svgs(PLAN, 1, ITEMS, STOCK, KERF):
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
    assert saw_svgs(PLAN, 1, ITEMS, STOCK, KERF)[number] == saw_svgs(PLAN, 1, ITEMS, STOCK, KERF)[number]
