# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Contours: how deep, how steep, which way round, how near to the part."""

import math
from itertools import pairwise

import pytest
import shapely
from cam_shapes import outlines, polygon
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sheets import (
    SHOP,
    THICKNESS,
    cut_length,
    cutting,
    inside,
    legs,
    outside,
    setup,
    slope,
    swept,
    with_rules,
)

from csmkit.cam.curves.reach import rest_of
from csmkit.cam.curves.way import descent, levels, lifted
from csmkit.cam.plan import toolpaths
from csmkit.model.outline import Outline

PLATE = Outline.rectangle(100, 100, 400, 300)
NONE = with_rules(hold="none")
BOTTOM = THICKNESS + SHOP.cam.through


def only(program):
    (path,) = program.toolpaths
    return path


def signed_area(path):
    """Of the last lap; positive for counter-clockwise."""
    rows = list(cutting(path))
    points = [move.end[:2] for _, move in rows]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points)) / 2


def test_a_contour_climbs_clockwise_outside_and_counter_clockwise_inside():
    around = only(toolpaths(setup(outside(PLATE)), NONE))
    assert signed_area(around) < 0
    within = only(toolpaths(setup(inside(PLATE)), NONE))
    assert signed_area(within) > 0


@pytest.mark.parametrize("share", [0.3, 0.5, 1.0])
def test_no_pass_is_deeper_than_the_rules_allow(share):
    path = only(toolpaths(setup(outside(PLATE)), with_rules(depth_per_diameter=share, hold="none")))
    step = share * 6
    lap = 2 * (300 + 200) + math.pi * 6
    laps = math.ceil(BOTTOM / step - 1e-9)
    assert cut_length(path) == pytest.approx(laps * lap, rel=0.09)
    depths = sorted({round(m.end[2], 3) for s, m in cutting(path) if s[2] == m.end[2]}, reverse=True)
    falls = [a - b for a, b in zip((0.0, *depths), depths, strict=False)]
    assert len(depths) == laps
    assert max(falls) <= step + 1e-9


def test_the_way_down_is_never_steeper_than_the_ramp_except_over_tabs():
    for cut in (outside(PLATE), inside(Outline.circle(200, 200, 26))):
        path = only(toolpaths(setup(cut), NONE))
        slopes = [slope(start, move) for start, move in cutting(path)]
        assert max(slopes[1:]) <= math.tan(math.radians(5)) * 1.0001
        assert path.moves[1].end[2] == 0.0


def test_the_feed_downwards_is_kept_on_every_slope():
    path = only(toolpaths(setup(outside(PLATE)), SHOP))
    for start, move in cutting(path):
        length = move.length(start)
        if length > 1e-9:
            assert move.feed * (start[2] - move.end[2]) / length <= 900 * 1.001


def test_the_last_lap_leaves_nothing_of_the_ramp():
    program = toolpaths(setup(outside(PLATE)), NONE)
    ring = polygon(PLATE).buffer(6).difference(polygon(PLATE))
    assert ring.difference(swept(program, BOTTOM).buffer(0.02)).area < 0.01


def test_tabs_stay_and_the_cutter_is_ramped_over_them():
    path = only(toolpaths(setup(outside(PLATE)), SHOP))
    assert len(path.tabs) == 4
    for tab in path.tabs:
        near = [
            z
            for start, move in cutting(path)
            for x, y, z in (start, move.end)
            if math.dist((x, y), (tab.x, tab.y)) < 7.62
        ]
        assert min(near) >= 3.0 - THICKNESS - 1e-9
    steep = [slope(start, move) for start, move in cutting(path)]
    assert max(steep[1:]) <= 1.0 + 1e-6


def test_a_skin_stays_below_everything_with_onion():
    path = only(toolpaths(setup(outside(PLATE)), with_rules(hold="onion", onion=0.6)))
    assert min(move.end[2] for _, move in legs(path)) == pytest.approx(0.6 - THICKNESS)
    assert (path.tabs, path.skin) == ((), 0.6)


def test_the_lead_out_goes_away_from_the_part():
    path = only(toolpaths(setup(outside(PLATE)), NONE))
    end = path.moves[-1].end
    assert shapely.Point(end[:2]).distance(polygon(PLATE)) > 3.5


def test_the_way_in_curves_onto_the_contour():
    path = only(toolpaths(setup(outside(PLATE)), NONE))
    assert shapely.Point(path.start[:2]).distance(polygon(PLATE)) > 3.5
    first = path.moves[2]
    assert first.kind == "arc"
    assert shapely.Point(first.end[:2]).distance(polygon(PLATE)) == pytest.approx(3.0, abs=1e-3)


def test_without_room_there_is_no_lead_out():
    neighbour = Outline.rectangle(100, 306.3, 400, 380)
    program = toolpaths(setup(outside(PLATE), outside(neighbour, "kit/b 1")), NONE)
    for path in program.toolpaths:
        other = polygon(neighbour if path.part == "kit/a 1" else PLATE)
        for start, move in cutting(path):
            assert shapely.Point(move.end[:2]).distance(other) > 3 - 1e-3
            assert start[2] <= 5.0


@settings(max_examples=25, deadline=None)
@given(outlines(low=25, high=90), st.booleans())
def test_a_contour_is_never_cut_into_and_its_ring_is_cut_away(outline, is_inside):
    outline = outline.moved(200, 200)
    cut = inside(outline) if is_inside else outside(outline)
    assume(not rest_of(cut, 3.0).narrow)
    program = toolpaths(setup(cut), NONE)
    shape = polygon(outline)
    gone = swept(program, BOTTOM - 1e-6)
    stays = shapely.box(0, 0, 600, 400).difference(shape) if is_inside else shape
    assert gone.intersection(stays.buffer(-0.01)).area < 1e-3
    if is_inside:
        ring = shape.buffer(-2.99, quad_segs=64).boundary
    else:
        ring = shape.buffer(2.99, quad_segs=64).boundary
    assert ring.difference(gone).length < 0.05 * len(outline.vertices)


@given(st.floats(20, 3000), st.floats(1, 30), st.floats(1, 8))
def test_a_descent_reaches_the_bottom_and_goes_once_round_on_it(length, depth, step):
    slope_of = math.tan(math.radians(5))
    heights = descent(length, levels(depth, step), slope_of)
    assert heights[-1][1] == pytest.approx(-depth)
    at_bottom = [s for s, z in heights if z == pytest.approx(-depth, abs=1e-9)]
    assert at_bottom[-1] - at_bottom[0] >= length - 1e-6
    for (s0, z0), (s1, z1) in pairwise(heights):
        assert s1 > s0
        assert (z0 - z1) / (s1 - s0) <= slope_of * (1 + 1e-9)


def test_lifted_is_the_higher_of_two_courses():
    low, over = (
        [(0.0, 0.0), (10.0, -5.0), (20.0, -5.0)],
        [(0.0, -9.0), (12.0, -9.0), (16.0, -1.0), (20.0, -1.0)],
    )
    assert lifted(low, over) == [(0, 0), (10, -5), (14, -5), (16, -1), (20, -1)]
