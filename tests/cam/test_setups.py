# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""From a nested sheet to its clampings: what lies where, from which side, turned over how."""

import math
from dataclasses import replace
from decimal import Decimal

import pytest
from cam_shapes import polygon
from sheets import SHOP, with_rules

from csmkit.cam.plan import toolpaths
from csmkit.cam.post import write
from csmkit.cam.promise import promised
from csmkit.cam.prove import prove
from csmkit.cam.setups import setups
from csmkit.model import CutItem, Feature, FlatPattern, Layout, Outline, Placement, Pose, Region, StockSheet

T = 12.0
SHEET = replace(SHOP.sheet("birch-ply-12"), thickness=T)
STOCK = StockSheet(
    "birch-ply-12-600x400",
    "birch-ply-12",
    Outline.rectangle(0, 0, 600, 400),
    Decimal(9),
    None,
    "sheet",
    "x",
    (),
    "t",
)
HOLE = Feature("drill", "top", T, Region(Outline.circle(30, 30, 8)), True)
SLOT = Feature("hole", "top", T, Region(Outline.rectangle(60, 20, 100, 40)), True)
TOP = Feature("pocket", "top", 4.0, Region(Outline.rectangle(20, 60, 60, 80)), False)
BELOW = Feature("pocket", "bottom", 5.0, Region(Outline.rectangle(80, 55, 130, 85)), False)


def pattern(*features):
    return FlatPattern(Outline.rectangle(0, 0, 150, 100), features, T, None, Pose())


def sheet_of(*features, placements=((20.0, 20.0, 0.0), (350.0, 60.0, 90.0)), shop=SHOP):
    item = CutItem("kit", "plate", "birch-ply-12", pattern(*features), len(placements))
    places = tuple(Placement("kit/plate", i, *p) for i, p in enumerate(placements, 1))
    return setups(Layout(STOCK.key, places, ()), 1, {"kit/plate": item}, STOCK, SHEET, shop)


def proof(setup, shop=SHOP):
    program = toolpaths(setup, shop)
    return prove(write(program, ()), setup, program.machine, shop.cam, promised(program))


def test_a_pocket_is_cut_as_deep_as_its_layer_says_never_deeper_than_the_sheet():
    third, nearly = (replace(TOP, depth=depth) for depth in (14.6 / 3, T - 0.02))
    (top,) = sheet_of(third, placements=((20.0, 20.0, 0.0),))
    assert [c.depth for c in top.cuts if c.kind == "pocket"] == [4.9]
    (top,) = sheet_of(nearly, placements=((20.0, 20.0, 0.0),))
    assert [c.depth for c in top.cuts if c.kind == "pocket"] == [T]


def test_each_feature_of_each_copy_becomes_a_cut():
    (top,) = sheet_of(HOLE, SLOT, TOP)
    assert top.name == "birch-ply-12-600x400-1"
    kinds = [(c.part, c.kind, c.through, c.depth) for c in top.cuts]
    for copy in ("kit/plate 1", "kit/plate 2"):
        assert [k[1:] for k in kinds if k[0] == copy] == [
            ("drill", True, T), ("inside", True, T), ("pocket", False, 4.0), ("outside", True, T)
        ]  # fmt: skip


def test_cuts_lie_where_the_layout_puts_the_part():
    (top,) = sheet_of(HOLE)
    first, second = (c.region.outline.circle_of for c in top.cuts if c.kind == "drill")
    assert first == pytest.approx((50, 50, 8))
    assert second == pytest.approx((320, 90, 8))


def test_a_wide_round_hole_is_cut_round_not_drilled():
    (top,) = sheet_of(Feature("drill", "top", T, Region(Outline.circle(60, 50, 40)), True))
    assert [c.kind for c in top.cuts] == ["inside", "outside"] * 2
    assert proof(top).faults == ()


def test_what_is_cut_from_below_comes_first_and_mirrored():
    bottom, top = sheet_of(HOLE, BELOW)
    assert (bottom.side, bottom.name) == ("bottom", "birch-ply-12-600x400-1-bottom")
    assert top.side == "top"
    pockets = [c for c in bottom.cuts if c.kind == "pocket"]
    assert pockets[0].region.outline.bounds == pytest.approx((600 - 150, 75, 600 - 100, 105))
    assert pockets[0].region.outline.area > 0
    assert not [c for c in top.cuts if c.kind == "pocket"]
    assert not [c for c in bottom.cuts if c.kind in ("outside", "inside")]
    assert [part for part, _ in bottom.contours] == ["kit/plate 1", "kit/plate 2"]


def test_two_dowels_in_the_waste_find_the_sheet_again():
    bottom, top = sheet_of(HOLE, BELOW)
    (x0, y0, d), (x1, y1, _) = sorted(c.region.outline.circle_of for c in bottom.cuts if c.part == "dowel")
    for (x, y), turned in zip(sorted(bottom.pins), sorted(top.pins, reverse=True), strict=True):
        assert turned == pytest.approx((600 - x, y))
    assert sorted(bottom.pins)[0] == pytest.approx((x0, y0))
    assert (y0, x0 + x1) == pytest.approx((y1, 600))
    parts = [polygon(c.region.outline) for c in top.cuts if c.kind == "outside"]
    for x, y in ((x0, y0), (x1, y1)):
        spot = polygon(Outline.circle(x, y, d))
        assert min(spot.distance(p) for p in parts) >= 6.0
        assert x - d / 2 > 0
        assert x + d / 2 < 600


def deepest(setup, part):
    paths = [p for p in toolpaths(setup, SHOP).toolpaths if p.part == part]
    return -min(m.end[2] for p in paths for m in p.moves)


@pytest.mark.parametrize(("pin_depth", "deep"), [(8.0, 8.0), (3.0, 3.0), (20.0, 12.7)])
def test_holes_for_pins_go_into_the_spoil_board_as_deep_as_asked_or_as_the_flutes_reach(pin_depth, deep):
    shop = with_rules(pin_depth=pin_depth)
    bottom, _ = sheet_of(HOLE, BELOW, shop=shop)
    assert deepest(bottom, "dowel") == pytest.approx(T + deep + 0.3)
    assert deepest(bottom, "kit/plate 1") == pytest.approx(5.0)
    assert proof(bottom, shop).faults == ()


def test_only_the_pins_holes_may_go_so_deep():
    bottom, _ = sheet_of(HOLE, BELOW)
    shallow = replace(
        bottom, cuts=tuple(replace(c, depth=T) if c.part == "dowel" else c for c in bottom.cuts)
    )
    program = toolpaths(bottom, SHOP)
    found = prove(write(program, ()), shallow, program.machine, SHOP.cam, promised(program)).faults
    assert {f.kind for f in found} == {"depth"}


def test_without_room_for_pins_there_is_one_clear_note():
    places = ((6.0, 6.0, 0.0),)
    big = Feature("pocket", "bottom", 5.0, Region(Outline.rectangle(80, 55, 130, 85)), False)
    plate = FlatPattern(Outline.rectangle(0, 0, 588, 388), (big,), T, None, Pose())
    item = CutItem("kit", "plate", "birch-ply-12", plate, 1)
    layout = Layout(STOCK.key, (Placement("kit/plate", 1, *places[0]),), ())
    bottom, top = setups(layout, 1, {"kit/plate": item}, STOCK, SHEET, SHOP)
    assert bottom.pins == ()
    told = [note for setup in (bottom, top) for note in toolpaths(setup, SHOP).notes if "pins" in note]
    assert len(told) == 1
    assert "no room in the waste for two pins" in told[0]
    assert "16 mm" in told[0]


def test_too_short_flutes_for_the_pins_are_told():
    short = replace(SHOP, tools=tuple(replace(t, flute_length=13.5) for t in SHOP.tools))
    bottom, _ = sheet_of(HOLE, BELOW, shop=short)
    assert any("go only 1.2 mm into the spoil board" in note for note in toolpaths(bottom, short).notes)


def test_corners_that_no_cutter_reaches_are_told_once_for_all_copies():
    (top,) = sheet_of(HOLE, TOP)
    (note,) = [n for n in proof(top).notes if "cannot reach" in n]
    assert note.startswith("kit/plate (2 copies): pocket keeps 8 corners")


def test_nothing_is_drilled_where_the_pins_are():
    _, top = sheet_of(HOLE, BELOW)
    assert not [c for c in top.cuts if c.part == "dowel"]


def test_a_sheet_that_is_not_turned_has_no_pins():
    (top,) = sheet_of(HOLE)
    assert top.pins is None


def test_both_clampings_are_proven():
    for setup in sheet_of(HOLE, SLOT, TOP, BELOW):
        assert proof(setup).faults == ()


def test_a_rebate_below_runs_out_over_the_edge_of_its_part():
    rebate = Feature("pocket", "bottom", 5.0, Region(Outline.rectangle(0, 80, 150, 100)), False)
    bottom, top = sheet_of(HOLE, rebate)
    for setup in (bottom, top):
        assert proof(setup).faults == ()
    ends = [m.end[1] for p in toolpaths(bottom, SHOP).toolpaths if p.kind == "pocket" for m in p.moves]
    assert max(ends) > 20 + 100


def test_a_pocket_is_cleared_right_across_a_deeper_one():
    inner = Outline.circle(40, 70, 8)
    around = Feature("pocket", "top", 4.0, Region(Outline.rectangle(20, 60, 60, 80), (inner,)), False)
    through = Feature("drill", "top", T, Region(inner), True)
    (top,) = sheet_of(around, through)
    assert [c.region.islands for c in top.cuts if c.kind == "pocket"] == [(), ()]
    assert proof(top).faults == ()


def test_an_island_that_stays_is_kept():
    boss = Outline.rectangle(35, 65, 45, 75)
    (top,) = sheet_of(
        Feature("pocket", "top", 4.0, Region(Outline.rectangle(15, 50, 65, 90), (boss,)), False)
    )
    assert [len(c.region.islands) for c in top.cuts if c.kind == "pocket"] == [1, 1]
    assert proof(top).faults == ()


def test_clamps_turn_over_with_the_sheet():
    clamped = replace(STOCK, defects=(Outline.rectangle(0, 0, 30, 15),))
    item = CutItem("kit", "plate", "birch-ply-12", pattern(BELOW), 1)
    layout = Layout(STOCK.key, (Placement("kit/plate", 1, 100.0, 100.0, 0.0),), ())
    bottom, top = setups(layout, 1, {"kit/plate": item}, clamped, SHEET, SHOP)
    assert top.keep_out[0].bounds == (0, 0, 30, 15)
    assert bottom.keep_out[0].bounds == pytest.approx((570, 0, 600, 15))


def test_a_turned_part_is_the_same_part():
    (top,) = sheet_of(HOLE, TOP, placements=((300.0, 200.0, 37.0),))
    (contour,) = (c.region.outline for c in top.cuts if c.kind == "outside")
    assert contour.area == pytest.approx(150 * 100)
    (x, y, _) = next(c.region.outline.circle_of for c in top.cuts if c.kind == "drill")
    assert math.dist((x, y), (300, 200)) == pytest.approx(math.hypot(30, 30))
