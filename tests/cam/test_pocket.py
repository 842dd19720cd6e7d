# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pockets: all that a cutter can reach is cleared, nothing else is touched."""

import math

import pytest
import shapely
from cam_shapes import outlines, polygon
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sheets import SHOP, cutting, legs, outside, recess, setup, slope, swept, with_rules, with_tools

from csmkit.cam.curves.reach import rest_of
from csmkit.cam.paths.open_pocket import opened
from csmkit.cam.plan import toolpaths
from csmkit.model.outline import Outline, Region

DEPTH = 5.0


def cleared(region, shop=SHOP, depth=DEPTH):
    """The pocket's path, and what is swept at its bottom."""
    program = toolpaths(setup(recess(region, depth)), shop)
    (path,) = program.toolpaths
    return path, swept(program, depth)


def area(region):
    if isinstance(region, Outline):
        return polygon(region)
    return shapely.Polygon(region.outline.points(1e-4), [i.points(1e-4) for i in region.islands])


def left(region, gone, radius=3.0):
    """What a cutter could reach and has left."""
    shape = area(region)
    reachable = shape.buffer(-radius + 1e-4, quad_segs=200).buffer(radius - 1e-4, quad_segs=200)
    return reachable.difference(gone.buffer(0.01))


REGIONS = {
    "rectangle": Outline.rectangle(100, 100, 180, 140),
    "round": Outline.circle(200, 200, 50),
    "slot 12.2": Outline.rectangle(100, 100, 200, 112.2),
    "slot 6.5": Outline.rectangle(100, 100, 200, 106.5),
    "slot 6.0": Outline.rectangle(100, 100, 200, 106.0),
    "slot 8.4": Outline.rectangle(100, 100, 200, 108.4),
    "ring": Region(Outline.circle(200, 200, 90), (Outline.circle(200, 200, 40),)),
    "two islands": Region(
        Outline.rectangle(100, 100, 260, 200),
        (Outline.circle(140, 150, 20), Outline.rectangle(180, 130, 220, 170)),
    ),
    "neck": Outline.polygon(
        [
            (0, 0),
            (40, 0),
            (40, 17),
            (80, 17),
            (80, 0),
            (120, 0),
            (120, 40),
            (80, 40),
            (80, 23.2),
            (40, 23.2),
            (40, 40),
            (0, 40),
        ]
    ).moved(100, 100),
    "wedge": Outline.polygon([(100, 100), (220, 100), (100, 150)]),
}


@pytest.mark.parametrize("name", REGIONS)
@pytest.mark.parametrize("finish", [0.3, 0.0])
def test_all_that_the_cutter_reaches_is_cleared_and_no_wall_is_touched(name, finish):
    region = REGIONS[name]
    _, gone = cleared(region, with_rules(finish=finish))
    assert left(region, gone).area < 0.01
    assert gone.difference(area(region).buffer(0.01)).area < 1e-3


@settings(max_examples=30, deadline=None)
@given(outlines(low=20, high=90), st.sampled_from([0.25, 0.4, 0.45]), st.sampled_from([0.0, 0.3]))
def test_random_pockets_are_cleared(outline, stepover, finish):
    outline = outline.moved(200, 200)
    assume(not rest_of(recess(outline), 3.0).narrow)
    _, gone = cleared(outline, with_rules(stepover=stepover, finish=finish))
    assert left(outline, gone).area < 0.01
    assert gone.difference(polygon(outline).buffer(0.01)).area < 1e-3


@pytest.mark.parametrize("width", [5.99, 6.0, 6.004])
def test_a_slot_or_neck_as_wide_as_the_cutter_up_to_rounding_is_cut(width):
    neck = 20 + width / 2
    dumbbell = Outline.polygon(
        [
            *((0, 0), (40, 0), (40, 20 - width / 2), (80, 20 - width / 2), (80, 0), (120, 0)),
            *((120, 40), (80, 40), (80, neck), (40, neck), (40, 40), (0, 40)),
        ]
    ).moved(100, 100)
    for region in (dumbbell, Outline.rectangle(100, 100, 200, 100 + width)):
        _, gone = cleared(region)
        assert left(region, gone, width / 2).area < 0.01
        assert gone.difference(polygon(region).buffer(0.01)).area < 1e-3


def test_a_slot_of_twice_the_cutter_keeps_no_spine():
    _, gone = cleared(REGIONS["slot 12.2"])
    assert gone.contains(shapely.LineString([(104, 106.1), (196, 106.1)]))


@pytest.mark.parametrize("name", ["rectangle", "ring", "slot 6.0", "neck"])
def test_the_cutter_ramps_into_fresh_material_and_never_falls_into_it(name):
    region = REGIONS[name]
    path, _ = cleared(region, depth=9.0)
    done = shapely.Polygon()
    for start, move in cutting(path):
        end = shapely.Point(move.end[:2])
        if slope(start, move) > math.tan(math.radians(5)) * 1.001 and move.end[2] < -1e-9:
            assert start[:2] == move.end[:2]
            assert done.buffer(0.31).covers(end.buffer(2.6))
        line = shapely.LineString([start[:2], move.end[:2]]) if start[:2] != move.end[:2] else end
        done = done.union(line.buffer(3.0)) if move.center is None else done.union(ring_of(start, move))


def ring_of(start, move):
    from sheets import trace

    return trace(start, move).buffer(3.0)


def test_no_pass_is_deeper_than_a_diameter():
    path, _ = cleared(REGIONS["rectangle"], depth=11.0)
    floors = {round(m.end[2], 6) for s, m in cutting(path) if s[2] == m.end[2] < 0}
    assert sorted(floors) == pytest.approx([-11.0, -5.5])


def test_walls_are_finished_climbing():
    path, _ = cleared(Region(Outline.circle(200, 200, 90), (Outline.circle(200, 200, 40),)))
    arcs = [(math.dist(start[:2], move.center), move.clockwise) for start, move in legs(path) if move.center]
    outer, inner = max(arcs), min(arcs)
    assert outer == (pytest.approx(42, abs=1e-6), False)
    assert inner == (pytest.approx(23, abs=1e-6), True)


def test_a_housing_runs_out_over_the_edge_of_its_part():
    contour = Outline.rectangle(100, 100, 400, 300)
    housing = Outline.rectangle(100, 180, 400, 198)
    program = toolpaths(setup(outside(contour), recess(housing)), SHOP)
    gone = swept(program, DEPTH)
    assert polygon(housing).difference(gone.buffer(0.01)).area < 0.01
    pocket = next(p for p in program.toolpaths if p.kind == "pocket")
    xs = [move.end[0] for _, move in legs(pocket)]
    assert min(xs) < 100
    assert max(xs) > 400


def test_a_rebate_around_a_corner_clears_the_corner():
    contour = Outline.rectangle(100, 100, 400, 300)
    rebate = Outline.polygon([(100, 100), (400, 100), (400, 120), (120, 120), (120, 300), (100, 300)])
    gone = swept(toolpaths(setup(outside(contour), recess(rebate)), SHOP), DEPTH)
    shape = polygon(rebate)
    corner = shapely.box(120, 120, 123, 123)
    assert shape.difference(gone.buffer(0.01)).difference(corner).area < 0.01


def test_a_round_open_edge_is_run_out_over_too():
    contour = Outline(((100, 100, 0), (300, 100, 1.0), (300, 200, 0), (100, 200, 0)))
    pocket = Outline(((300, 100, 1.0), (300, 200, 0)))
    grown = opened(Region(pocket), contour, 3.4, 6.0)
    assert polygon(grown.outline).contains(shapely.Point(352, 150))
    assert polygon(grown.outline).intersection(polygon(contour)).area == pytest.approx(
        polygon(pocket).area, rel=1e-3
    )


def test_a_closed_pocket_stays_as_it_is():
    region = Region(Outline.rectangle(120, 120, 200, 160))
    assert opened(region, Outline.rectangle(100, 100, 400, 300), 3.4, 6.0) is region


def test_a_pocket_with_a_tight_corner_gets_a_smaller_cutter():
    outline = Outline(
        ((100, 100, 0), (178, 100, math.tan(math.pi / 8)), (180, 102, 0), (180, 140, 0), (100, 140, 0))
    )
    program = toolpaths(setup(recess(outline)), with_tools("em6", "em4", "em3"))
    assert [tool.key for tool in program.tools] == ["em4"]
