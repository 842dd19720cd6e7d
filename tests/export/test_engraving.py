# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Engraved names: on the part, clear of what is cut, not through it, the same in drawing and program."""

from dataclasses import replace
from decimal import Decimal

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.cam.lettering import TALL, lettering
from csmkit.cam.prove import prove
from csmkit.cam.setups import setups
from csmkit.catalog.workshop import default_workshop
from csmkit.export.dxf.write import sheet_dxf
from csmkit.export.engraving import AIR, LOWEST, TALLEST, engraved_names, name_strokes
from csmkit.export.nested import NestedSheet
from csmkit.model import (
    CutItem,
    Feature,
    FlatPattern,
    Layout,
    Nesting,
    Outline,
    Placement,
    Pose,
    Region,
    StockSheet,
)
from csmkit.pipeline.gcode import make
from csmkit.pipeline.gcode_drawing import drawn_setups

T = 12.0
PLAIN = default_workshop()
SHOP = replace(PLAIN, cam=replace(PLAIN.cam, engrave="names"))
GOOD = replace(SHOP.sheet("birch-ply-12"), thickness=T)
SHOP = replace(SHOP, sheets=tuple(GOOD if s.key == GOOD.key else s for s in SHOP.sheets))
SIZE = Outline.rectangle(0, 0, 600, 400)
STOCK = StockSheet("ply-600x400", GOOD.key, SIZE, Decimal(9), 1, "sheet", None, (), "t")
SLOT = Feature("hole", "top", T, Region(Outline.rectangle(60, 35, 90, 65)), True)
BELOW = Feature("pocket", "bottom", 11.0, Region(Outline.rectangle(0, 0, 150, 40)), False)
PLACES = (Placement("kit/side", 1, 20, 20, 0), Placement("kit/side", 2, 350, 60, 90))


def pattern(*features, outline=None):
    return FlatPattern(outline or Outline.rectangle(0, 0, 150, 100), features, T, None, Pose())


def items(*features):
    return {"kit/side": CutItem("kit", "side", GOOD.key, pattern(*features), 2)}


def lines(strokes):
    return shapely.multilinestrings([shapely.linestrings(s) for s in strokes])


LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./", min_size=1, max_size=8)


@given(LETTERS, st.floats(1, 40))
def test_letters_fill_their_height_and_no_more_than_their_width(text, height):
    strokes, wide = lettering(text, height)
    x0, y0, x1, y1 = lines(strokes).bounds
    assert x0 >= 0
    assert x1 == pytest.approx(wide)
    assert 0 <= y0 <= y1 <= height + 1e-9


def test_no_two_letters_look_alike():
    drawn = {c: lines(lettering(c, TALL)[0]) for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"}
    for a, one in drawn.items():
        for b, other in drawn.items():
            assert a == b or shapely.hausdorff_distance(one, other, densify=0.05) >= 0.5


def test_small_letters_and_accents_are_written_as_capitals():
    assert lettering("Füße  2", 6) == lettering("FUSSE 2", 6)
    assert lettering("бок", 6) == ((), 0.0)


@settings(max_examples=60, deadline=None)
@given(LETTERS, st.floats(30, 300), st.floats(15, 200), st.floats(0.2, 2.5))
def test_a_name_lies_on_its_part_clear_of_edges_and_holes(text, length, width, line):
    plate = Outline.rectangle(0, 0, length, width)
    hole = Feature("drill", "top", T, Region(Outline.circle(length / 3, width / 2, 9)), True)
    below = Feature("pocket", "bottom", 6, Region(Outline.rectangle(0, 0, length / 4, width)), False)
    strokes = name_strokes(pattern(hole, below, outline=plate), text, line)
    if not strokes:
        return
    swept = lines(strokes).buffer(line / 2)
    free = shapely.box(0, 0, length, width).buffer(-AIR + 0.01)
    for feature in (hole, below):
        free = free.difference(shapely.Polygon(feature.region.outline.points(0.01)).buffer(AIR - 0.1))
    assert free.covers(swept)


def test_letters_are_as_large_as_there_is_room_and_none_where_there_is_none():
    heights = []
    for width in (100, 14.0, 10.5, 9.0):
        strokes = name_strokes(pattern(outline=Outline.rectangle(0, 0, 150, width)), "SIDE", 0.6)
        if strokes:
            _, y0, _, y1 = lines(strokes).bounds
            heights.append(y1 - y0)
    assert heights[0] == pytest.approx(TALLEST)
    assert len(heights) == 3
    assert heights == sorted(heights, reverse=True)
    assert min(heights) >= LOWEST - 1e-9


def test_by_default_nothing_is_engraved():
    assert engraved_names(Layout(STOCK.key, PLACES, ()), items(SLOT), PLAIN).cuts == ()


def test_equal_parts_are_numbered_and_a_part_without_room_is_told_once():
    layout = Layout(STOCK.key, PLACES, ())
    names = engraved_names(layout, items(SLOT), SHOP)
    assert [cut.part for cut in names.cuts] == ["kit/side 1", "kit/side 2"]
    tiny = {"kit/side": replace(items()["kit/side"], pattern=pattern(outline=Outline.rectangle(0, 0, 9, 9)))}
    assert engraved_names(layout, tiny, SHOP).notes == ("kit/side: no room to engrave its name",)


def test_a_cutter_too_thick_for_letters_is_told():
    thick = replace(SHOP, tools=(SHOP.tool("em6"),))
    names = engraved_names(Layout(STOCK.key, PLACES, ()), items(SLOT), thick)
    assert names.cuts == ()
    assert "lines of em6 are 6 mm wide, at most 3" in names.notes[0]


def engraved(*features, shop=SHOP):
    layout = Layout(STOCK.key, PLACES, ())
    *_, top = setups(layout, 1, items(*features), STOCK, GOOD, shop)
    names = engraved_names(layout, items(*features), shop)
    return replace(top, cuts=(*names.cuts, *top.cuts))


def depths(made, kind="engrave"):
    return {-m.end[2] for p in made.program.toolpaths if p.kind == kind for m in p.moves if m.kind == "line"}


def test_names_are_cut_as_deep_as_asked_and_the_program_holds():
    made = make(engraved(SLOT), SHOP, ("t",))
    assert made.proof.faults == ()
    assert max(depths(made)) == 0.5
    assert "vbit60" in made.proof.tools


def test_the_proof_refuses_a_name_that_is_cut_deeper_than_asked_or_beside_its_place():
    task = engraved(SLOT)
    deep = replace(task, cuts=tuple(replace(c, depth=0.8) if c.kind == "engrave" else c for c in task.cuts))
    moved = replace(task, cuts=tuple(_moved(c) if c.kind == "engrave" else c for c in task.cuts))
    for wrong in (deep, moved):
        made = make(wrong, SHOP, ("t",))
        kinds = {f.kind for f in prove(made.texts, task, SHOP.machine, SHOP.cam).faults}
        assert "gouge" in kinds


def _moved(cut):
    strokes = tuple(tuple((x + 2, y) for x, y in s) for s in cut.strokes)
    return replace(cut, strokes=strokes)


@pytest.mark.parametrize("features", [(SLOT,), (SLOT, BELOW)])
def test_a_sheets_drawing_gives_the_names_of_its_program(features):
    nesting = Nesting(GOOD.key, (Layout(STOCK.key, PLACES, ()),), (), 0.1, 1.0, 1.0, "t", False)
    task = engraved(*features)
    marks = [c for c in task.cuts if c.kind == "engrave"]
    nested = NestedSheet(nesting, 1, items(*features), STOCK)
    drawn = drawn_setups(sheet_dxf(nested, GOOD, engraved=marks), "sheet.dxf", SHOP)
    again = [c for c in drawn.setups[-1].cuts if c.kind == "engrave"]
    assert [c.part.rpartition("/")[2] for c in again] == ["side 1", "side 2"]
    for one, other in zip(marks, again, strict=True):
        assert other.depth == one.depth
        assert shapely.hausdorff_distance(lines(one.strokes), lines(other.strokes)) < 1e-5
        assert lines(other.strokes).length == pytest.approx(lines(one.strokes).length)
