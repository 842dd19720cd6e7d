# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Round holes: the right tool, all of the hole, chips cleared; and marks that are engraved."""

import math
from itertools import pairwise

import pytest
import shapely
from sheets import SHOP, SHOPS, THICKNESS, cutting, hole, inside, legs, setup, swept, with_rules, with_tools

from csmkit.cam.plan import toolpaths
from csmkit.errors import CsmError
from csmkit.model.cam import Cut
from csmkit.model.outline import Outline, Region

BOTTOM = THICKNESS + SHOP.cam.through


def drilled(cut, shop=SHOP):
    program = toolpaths(setup(cut), shop)
    (path,) = program.toolpaths
    return program, path


def test_the_cutters_own_size_is_plunged_straight():
    _, path = drilled(hole(100, 100, 6))
    assert path.tool == "em6"
    assert {m.end[:2] for m in path.moves} == {(100, 100)}
    assert min(m.end[2] for m in path.moves) == pytest.approx(-BOTTOM)


@pytest.mark.parametrize(("size", "tool"), [(5, "drill5"), (8, "drill8"), (4, "em4")])
def test_a_tool_of_the_holes_size_makes_it_where_tools_change_by_themselves(size, tool):
    assert drilled(hole(100, 100, size))[1].tool == tool


@pytest.mark.parametrize("size", [5.98, 6.0, 6.02, 6.03, 6.2])
def test_holes_about_as_wide_as_the_cutter_are_made_to_a_hundredth(size):
    program, _ = drilled(hole(100, 100, size), with_tools("em6", "em3"))
    gone, whole = swept(program, BOTTOM), shapely.Point(100, 100).buffer(size / 2, quad_segs=256)
    assert gone.difference(whole.buffer(0.012)).area < 1e-6
    assert whole.difference(gone.buffer(0.012)).area < 1e-6


def test_where_hands_change_tools_the_cutter_goes_round():
    for shop in SHOPS[1:]:
        assert drilled(hole(100, 100, 8), shop)[1].tool == "em6"


def test_a_drill_comes_through_with_its_whole_diameter():
    _, path = drilled(hole(100, 100, 8))
    point = 8 / 2 / math.tan(math.radians(59))
    assert -min(m.end[2] for m in path.moves) == pytest.approx(BOTTOM + point, abs=0.01)


def test_a_blind_hole_gets_a_flat_bottom():
    program, _ = drilled(hole(100, 100, 8, depth=5, through=False))
    assert program.tools[0].kind == "flat"
    assert swept(program, 5).symmetric_difference(shapely.Point(100, 100).buffer(4, 64)).area < 0.1


def test_a_deep_hole_is_drilled_in_bites():
    _, path = drilled(hole(100, 100, 4, depth=16), with_tools("em6", "em4"))
    assert 16.3 > 3 * 4
    lows = [m.end[2] for m in path.moves if m.kind != "rapid"]
    bottoms = [z for i, z in enumerate(lows) if z == min(lows[: i + 1]) and z < 0]
    falls = [a - b for a, b in zip((0.0, *bottoms), bottoms, strict=False)]
    assert max(falls) <= 4 + 1e-9
    for start, move in legs(path):
        if move.kind == "rapid" and move.end[2] < start[2]:
            assert move.end[2] > 0


@pytest.mark.parametrize("shop", SHOPS, ids=lambda s: s.machine.key)
def test_no_machine_is_sent_down_faster_than_it_goes(shop):
    _, path = drilled(hole(100, 100, 6, depth=20), shop)
    down = [m.feed for start, m in cutting(path) if m.end[2] < start[2]]
    assert max(down) <= shop.machine.plunge_mm_min


@pytest.mark.parametrize("size", [6.4, 7.0, 9.0, 11.3, 11.9, 12.0, 13.0, 18.0, 23.9])
@pytest.mark.parametrize("through", [True, False])
def test_no_ring_and_no_core_stays_in_a_hole_up_to_four_cutters_wide(size, through):
    depth = THICKNESS if through else 6.0
    program, _ = drilled(hole(100, 100, size, depth=depth, through=through), with_tools("em6"))
    whole = shapely.Point(100, 100).buffer(size / 2, quad_segs=256)
    gone = swept(program, BOTTOM if through else depth)
    assert whole.difference(gone.buffer(0.01)).area < 1e-6
    assert gone.difference(whole.buffer(0.01)).area < 1e-6


def test_a_large_round_hole_is_cut_round_and_a_small_one_cleared():
    _, large = drilled(inside(Outline.circle(200, 200, 60)))
    _, small = drilled(inside(Outline.circle(200, 200, 20)))
    assert min(math.dist(m.end[:2], (200, 200)) for _, m in cutting(large)) > 20
    assert min(math.dist(m.end[:2], (200, 200)) for _, m in cutting(small)) < 4


def test_a_hole_below_every_cutter_is_refused_with_its_place():
    with pytest.raises(CsmError, match=r"kit/a 1: hole is 2\.5 mm wide at \(100\.0, 100\.0\) mm"):
        drilled(hole(100, 100, 2.5))


def marked(*strokes):
    region = Region(Outline.rectangle(0, 0, 100, 100))
    return Cut("engrave", "kit/a 1", region, 0.4, False, strokes)


def test_marks_are_cut_in_one_pass_with_the_sharpest_bit():
    strokes = (((10.0, 10.0), (30.0, 10.0), (30.0, 20.0)), ((50.0, 50.0), (60.0, 60.0)))
    _, path = drilled(marked(*strokes))
    assert path.tool == "vbit60"
    drawn = [(s[:2], m.end[:2]) for s, m in cutting(path) if s[2] == m.end[2] == -0.4]
    assert sorted(drawn) == sorted((a, b) for s in strokes for a, b in pairwise(s))


def test_without_a_bit_the_thinnest_end_mill_engraves():
    _, path = drilled(marked(((10.0, 10.0), (30.0, 10.0))), with_tools("em6", "em3"))
    assert path.tool == "em3"


def test_a_mark_without_lines_is_no_path():
    assert toolpaths(setup(marked()), SHOP).toolpaths == ()


def test_all_rapids_below_the_top_go_straight_up():
    for cut in (
        hole(100, 100, 4, depth=16),
        hole(100, 100, 20),
        hole(100, 100, 7),
        marked(((1.0, 1.0), (9.0, 9.0))),
    ):
        _, path = drilled(cut, with_rules(safe_z=8))
        for start, move in legs(path):
            if move.kind == "rapid" and min(start[2], move.end[2]) < 0:
                assert start[:2] == move.end[:2]
                assert move.end[2] > start[2]
        assert path.moves[-1].end[2] == 8
