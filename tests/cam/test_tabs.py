# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Tabs: enough of them, in good places, never cut away by a neighbour."""

import math

import pytest
import shapely
from cam_shapes import polygon
from sheets import SHOP, inside, outside, setup, with_rules

from csmkit.cam.plan import toolpaths
from csmkit.cam.post import write
from csmkit.cam.promise import promised
from csmkit.cam.prove import prove
from csmkit.model.outline import Outline

PLATE = Outline.rectangle(100, 100, 400, 300)


def tabs_of(program, part="kit/a 1"):
    return [tab for path in program.toolpaths for tab in path.tabs if tab.part == part]


def faults(program, shop=SHOP):
    return prove(write(program, ()), program.setup, program.machine, shop.cam, promised(program)).faults


def corners(outline):
    return [v[:2] for v in outline.vertices]


@pytest.mark.parametrize(
    ("size", "count"), [((60, 60), 2), ((200, 100), 3), ((300, 200), 4), ((500, 350), 5)]
)
def test_larger_parts_get_more_tabs(size, count):
    program = toolpaths(setup(outside(Outline.rectangle(20, 20, 20 + size[0], 20 + size[1]))), SHOP)
    assert len(tabs_of(program)) == count
    assert faults(program) == ()


def test_tabs_keep_away_from_corners_and_from_one_another():
    tabs = tabs_of(toolpaths(setup(outside(PLATE)), SHOP))
    for tab in tabs:
        assert min(math.dist((tab.x, tab.y), c) for c in corners(PLATE)) >= 4 + 6
    gaps = [math.dist((a.x, a.y), (b.x, b.y)) for a in tabs for b in tabs if a is not b]
    assert min(gaps) > 100


def fingered(x0, y0, width, depth, n=4, finger=30.0):
    """A board whose upper edge carries fingers."""
    points = [(x0, y0), (x0 + width, y0), (x0 + width, y0 + depth)]
    pitch = width / n
    for i in range(n):
        right = x0 + width - i * pitch - (pitch - finger) / 2
        points += [
            (right, y0 + depth),
            (right, y0 + depth + 12),
            (right - finger, y0 + depth + 12),
            (right - finger, y0 + depth),
        ]
    return Outline.polygon([*points, (x0, y0 + depth)])


def test_no_tab_stands_on_a_finger_or_in_a_notch():
    board = fingered(100, 100, 320, 120)
    program = toolpaths(setup(outside(board)), SHOP)
    tabs = tabs_of(program)
    assert len(tabs) == 4
    assert all(tab.y < 220 - 1 for tab in tabs)
    assert faults(program) == ()


def test_a_part_with_one_good_edge_is_held_on_the_far_side_by_fingers_not_by_their_notches():
    board = fingered(100, 100, 320, 24, n=4, finger=40.0)
    blocked = Outline.rectangle(20, 20, 580, 92)
    program = toolpaths(setup(outside(board), outside(blocked, "kit/b 1"), height=700), SHOP)
    tabs = tabs_of(program)
    assert all(abs(tab.y - 136) < 1e-6 or tab.y <= 124 for tab in tabs)
    notches = [tab for tab in tabs if abs(tab.y - 124) < 1e-6 and 105 < tab.x < 415]
    assert notches == []
    assert faults(program) == ()


def scalloped(x0, y0, width, depth, n=16):
    """A board whose upper edge is a row of half circles, too tight for good tabs."""
    pitch = width / n
    bumps = [(x0 + width - i * pitch, y0 + depth, 1.0) for i in range(n)]
    return Outline(((x0, y0, 0.0), (x0 + width, y0, 0.0), *bumps, (x0, y0 + depth, 0.0)))


def test_parts_that_hang_on_one_another_are_tied_to_the_sheet():
    """Two boards, their only long edges facing each other."""
    upper = scalloped(60, 160, 400, 14)
    lower = scalloped(0, 0, 400, 14).moved(460, 152, 180)
    program = toolpaths(setup(outside(upper, "kit/a 1"), outside(lower, "kit/b 1")), SHOP)
    assert faults(program) == ()
    assert all(p.skin == 0 for p in program.toolpaths)
    firm = [t for p in program.toolpaths for t in p.tabs if not 150 <= t.y <= 162]
    assert firm


def test_where_only_faces_of_joints_are_left_a_skin_holds_and_no_tab_stands_on_them():
    """Two boards with fingers on their outer sides, their only free edges facing each other."""
    upper = fingered(60, 160, 400, 60, n=5, finger=40.0)
    lower = fingered(0, 0, 400, 60, n=5, finger=40.0).moved(460, 152, 180)
    program = toolpaths(setup(outside(upper, "kit/a 1"), outside(lower, "kit/b 1")), SHOP)
    assert faults(program) == ()
    assert [p.skin > 0 for p in program.toolpaths] == [True, True]
    assert tabs_of(program) == []


def tenoned(x, y, length=300.0, width=60.0, tenon=18.0, shoulder=10.0):
    """A rail with a tenon at each end."""
    low, high = y + shoulder, y + width - shoulder
    right = [(x + length, y), (x + length, low), (x + length + tenon, low), (x + length + tenon, high)]
    left = [(x, y + width), (x, high), (x - tenon, high), (x - tenon, low), (x, low)]
    return Outline.polygon([(x, y), *right, (x + length, high), (x + length, y + width), *left])


def test_the_ends_and_shoulders_of_tenons_stay_free_even_if_a_rail_is_then_held_on_one_side():
    rail = tenoned(100, 100)
    beside = Outline.rectangle(40, 20, 560, 92.5)
    program = toolpaths(setup(outside(rail), outside(beside, "kit/b 1"), height=700), SHOP)
    assert faults(program) == ()
    assert len(tabs_of(program)) >= 2
    for tab in tabs_of(program):
        assert min(abs(tab.y - 100), abs(tab.y - 160)) < 1e-6
        assert 100 < tab.x < 400


@pytest.mark.parametrize("gap", [7.0, 8.0, 11.9])
def test_a_bridge_does_not_end_on_the_tenon_of_a_neighbour(gap):
    """A narrow board stands between the sheet's edge and two rails, whose tenons look at it."""
    board = Outline.rectangle(200, 30, 216, 370)
    rails = [tenoned(216 + gap + 18, 60), tenoned(216 + gap + 18, 240)]
    post = Outline.rectangle(200 - gap - 120, 30, 200 - gap, 370)
    cuts = [outside(board), outside(post, "kit/c 1")]
    cuts += [outside(r, f"kit/b {i}") for i, r in enumerate(rails, 1)]
    program = toolpaths(setup(*cuts, width=800), SHOP)
    assert faults(program) == ()
    ends = [shapely.LineString([(216 + gap, y + 10), (216 + gap, y + 50)]) for y in (60, 240)]
    for path in program.toolpaths:
        for tab in path.tabs:
            assert min(end.distance(shapely.Point(tab.x, tab.y)) for end in ends) > 4 or tab.x < 217
            if tab.part.startswith("kit/b"):
                assert min(end.distance(shapely.Point(tab.x, tab.y)) for end in ends) > 4


def test_a_tab_lies_on_the_contour_and_looks_along_it():
    for tab in tabs_of(toolpaths(setup(outside(Outline.circle(300, 200, 150))), SHOP)):
        assert shapely.Point(tab.x, tab.y).distance(polygon(Outline.circle(300, 200, 150)).exterior) < 1e-3
        radial = math.degrees(math.atan2(tab.y - 200, tab.x - 300))
        assert abs(math.cos(math.radians(radial - tab.angle))) < 1e-6


def test_parts_a_kerf_apart_share_their_tabs():
    """Neither has waste to hold on to between them; in the middle of a row there is none at all."""
    row = [Outline.rectangle(20 + i * 48, 20, 60 + i * 48, 380) for i in range(5)]
    program = toolpaths(setup(*(outside(o, f"kit/p {i}") for i, o in enumerate(row))), SHOP)
    assert faults(program) == ()
    for path in program.toolpaths:
        assert path.skin == 0
        assert len(path.tabs) >= 2


def test_a_bridge_to_a_neighbour_is_cut_over_by_both():
    a, b = Outline.rectangle(20, 20, 220, 32), Outline.rectangle(20, 40, 220, 52)
    program = toolpaths(setup(outside(a, "kit/a 1"), outside(b, "kit/b 1")), SHOP)
    assert faults(program) == ()


def test_a_small_piece_falls_out_of_its_hole_and_a_large_one_is_held():
    small, large = Outline.rectangle(150, 150, 190, 190), Outline.rectangle(150, 150, 250, 250)
    assert [len(p.tabs) for p in toolpaths(setup(inside(small)), SHOP).toolpaths] == [0]
    program = toolpaths(setup(inside(large)), SHOP)
    assert [len(p.tabs) for p in program.toolpaths] == [3]
    assert faults(program) == ()


def test_a_part_nested_in_a_hole_is_held_by_the_piece_that_the_tabs_of_the_hole_hold():
    frame, opening = Outline.rectangle(20, 20, 420, 320), Outline.rectangle(60, 60, 380, 280)
    inner = Outline.rectangle(100, 100, 340, 240)
    cuts = (outside(frame), inside(opening), outside(inner, "kit/b 1"))
    program = toolpaths(setup(*cuts), SHOP)
    assert len(tabs_of(program, "kit/b 1")) >= 3
    assert {p.kind for p in program.toolpaths if p.tabs} == {"inside", "outside"}
    assert faults(program) == ()


def test_a_part_too_small_for_good_places_gets_second_best_ones():
    program = toolpaths(setup(outside(Outline.circle(100, 100, 24))), SHOP)
    assert len(tabs_of(program)) == 2
    assert faults(program) == ()


def test_a_part_without_any_place_keeps_a_skin_and_says_so():
    program = toolpaths(setup(outside(Outline.rectangle(100, 100, 107, 107))), SHOP)
    (path,) = program.toolpaths
    assert path.skin == 0.5
    assert any("a skin of 0.5 mm holds it" in note for note in program.notes)
    assert faults(program) == ()


def test_with_none_nothing_stays():
    shop = with_rules(hold="none")
    program = toolpaths(setup(outside(PLATE)), shop)
    assert tabs_of(program) == []
    assert prove(write(program, ()), program.setup, program.machine, shop.cam).tabs == 0


@pytest.mark.parametrize("share", [0.2, 0.5])
def test_tabs_hold_through_several_passes_below_their_top(share):
    shop = with_rules(depth_per_diameter=share, tab_height=6.0)
    program = toolpaths(setup(outside(PLATE), inside(Outline.circle(250, 200, 40))), shop)
    assert faults(program, shop) == ()
