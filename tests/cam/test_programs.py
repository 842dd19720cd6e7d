# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Whole sheets: every program is proven by code that planned nothing; mistakes are one line with a place."""

import math
import random
import time
from dataclasses import replace

import pytest
from cam_shapes import outlines, polygon
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sheets import (
    SHOP,
    SHOPS,
    THICKNESS,
    cut_length,
    hole,
    inside,
    legs,
    outside,
    recess,
    setup,
    with_rules,
    with_tools,
)

from csmkit.cam.curves.reach import rest_of
from csmkit.cam.feeds import feed_of
from csmkit.cam.paths.profile import contour_ways
from csmkit.cam.plan import toolpaths
from csmkit.cam.post import write
from csmkit.cam.promise import promised
from csmkit.cam.prove import prove
from csmkit.cam.time_estimate import moving_seconds
from csmkit.errors import CsmError
from csmkit.model.outline import Outline, Region

RAPID = 10_000.0  # mm/min


def proof(program, shop):
    return prove(write(program, ()), program.setup, program.machine, shop.cam, promised(program))


def board(x, y, part):
    """A part as kits have them: dogbones, a slot, a pocket, an open housing, holes to drill."""
    r = 3.2
    k = r * 2**0.5
    contour = Outline.polygon(
        [(0, 0), (180, 0), (180, 60), (168, 60), (168, 100), (180, 100), (180, 150), (0, 150)]
    ).moved(x, y)
    slot = Outline(((k, 0, 0), (40, 0, 0), (40, 13, 0), (0, 13, 0), (0, k, 1.0))).moved(x + 20, y + 30)
    island = Outline.circle(x + 110, y + 40, 12)
    ringed = Region(Outline.rectangle(x + 80, y + 20, x + 150, y + 60), (island,))
    return [
        outside(contour, part),
        inside(slot, part),
        inside(Outline.circle(x + 120, y + 110, 30), part),
        recess(Outline.rectangle(x, y + 60, x + 60, y + 78), 4.0, part),
        recess(ringed, 5.0, part),
        hole(x + 30, y + 120, 8, part),
        hole(x + 60, y + 120, 5, part, 6.0, False),
        hole(x + 90, y + 140, 6, part),
    ]


def sheet(n=10):
    columns = 5
    cuts = [
        cut
        for i in range(n)
        for cut in board(15 + i % columns * 188, 15 + i // columns * 158, f"kit/board {i + 1}")
    ]
    return setup(*cuts, width=960, height=30 + -(-n // columns) * 160)


@pytest.mark.parametrize("shop", SHOPS, ids=lambda s: s.machine.post)
def test_a_sheet_of_parts_is_proven_on_every_machine(shop):
    wide = replace(shop, machines=(replace(shop.machine, envelope=(2500, 1250, 150)),))
    program = toolpaths(sheet(4), wide)
    found = proof(program, wide)
    assert found.faults == ()
    assert found.tabs > 0


@pytest.mark.parametrize("tool", ["em4", "em6", "em8"])
def test_other_cutters_are_proven(tool):
    shop = replace(SHOP, cutting=replace(SHOP.cutting, tool=tool))
    program = toolpaths(setup(*board(40, 40, "kit/board 1")), with_rules(shop, depth_per_diameter=1.0))
    assert proof(program, shop).faults == ()


@pytest.mark.parametrize("shop", SHOPS, ids=lambda s: s.machine.post)
def test_the_way_down_is_never_faster_than_the_machine_allows(shop):
    task = setup(hole(100, 100, 4, depth=16), recess(Outline.rectangle(150, 100, 260, 190), 11.0))
    shop = with_tools("em6", "em4", shop=shop)
    for path in toolpaths(task, shop).toolpaths:
        for start, move in legs(path):
            if move.kind == "line" and move.end[2] < start[2] and start[:2] == move.end[:2]:
                assert move.feed <= shop.machine.plunge_mm_min


@pytest.mark.parametrize("hold", ["tabs", "onion", "none"])
def test_every_way_of_holding_is_proven(hold):
    shop = with_rules(hold=hold)
    assert proof(toolpaths(setup(*board(40, 40, "kit/board 1")), shop), shop).faults == ()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(outlines(low=40, high=110), st.floats(0, 360), st.sampled_from(["tabs", "onion"]))
def test_random_parts_are_proven(outline, angle, hold):
    cut = outside(outline.moved(250, 200, angle))
    assume(not rest_of(cut, 3.0).narrow)
    shop = with_rules(hold=hold)
    assert proof(toolpaths(setup(cut), shop), shop).faults == ()


def packed(seed, count=12, spacing=8.02):
    """Random parts pushed to the left until they lie a cutter and a margin apart."""
    rng, placed = random.Random(seed), []
    while len(placed) < count:
        n = rng.randint(3, 8)
        corners = [(rng.uniform(25, 80), math.tau * (i + rng.uniform(-0.1, 0.1)) / n) for i in range(n)]
        outline = Outline(
            tuple(
                (r * math.cos(a), r * math.sin(a), rng.choice([0.0, 0.0, rng.uniform(-0.4, 0.8)]))
                for r, a in corners
            )
        ).moved(rng.uniform(100, 700), rng.uniform(100, 400), rng.uniform(0, 360))
        if not _lies(outline, placed, spacing):
            continue
        for step in (40, 5, 0.5, 0.05):
            while _lies(outline.moved(-step), placed, spacing):
                outline = outline.moved(-step)
        placed.append(outline)
    return [outside(outline, f"kit/p {i}") for i, outline in enumerate(placed)]


def _lies(outline, others, spacing):
    shape, (x0, y0, x1, y1) = polygon(outline, 0.005), outline.bounds
    inside_sheet = x0 > 10 and y0 > 10 and x1 < 790 and y1 < 490
    return (
        inside_sheet and shape.is_valid and all(shape.distance(polygon(o, 0.005)) >= spacing for o in others)
    )


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("hold", ["tabs", "onion"])
def test_parts_that_lie_a_cutter_apart_are_proven(seed, hold):
    shop = with_rules(hold=hold)
    task = setup(*packed(seed), width=800, height=500)
    found = proof(toolpaths(task, shop), shop)
    assert found.faults == ()
    assert (found.tabs > 20) == (hold == "tabs")


def joined_by_tongues():
    """A stool's side and rails: the end of a kerf crosses another's beside a bridge from rail to rail."""
    rail = Outline(
        (
            (0, 20, 0), (17.7, 20, -1), (17.7, 13.8, 0), (17.7, 0, 0), (318.05, 0, 0), (318.05, 13.8, -1),
            (318.05, 20, 0), (335.75, 20, 0), (335.75, 60, 0), (318.05, 60, -1), (318.05, 66.2, 0),
            (318.05, 80, 0), (17.7, 80, 0), (17.7, 66.2, -1), (17.7, 60, 0), (0, 60, 0),
        )
    )  # fmt: skip
    side = Outline(
        (
            (0, 0, 0), (42, 0, -0.511364), (218, 0, 0), (260, 0, 0),
            (237.875, 222.3, 0), (217.10625, 222.3, -1), (210.90625, 222.3, 0), (210.90625, 240, 0),
            (156.96875, 240, 0), (156.96875, 222.3, -1), (150.76875, 222.3, 0), (109.23125, 222.3, -1),
            (103.03125, 222.3, 0), (103.03125, 240, 0), (49.09375, 240, 0), (49.09375, 222.3, -1),
            (42.89375, 222.3, 0), (22.125, 222.3, 0),
        )
    )  # fmt: skip
    door = Outline.rectangle(10, 10, 410, 710)
    outlines = (rail.moved(418, 613.75, 270), rail.moved(506, 861.75, 270), door, side.moved(506, 278))
    return [outside(outline, f"kit/p {i}") for i, outline in enumerate(outlines)]


def test_a_tip_of_waste_between_two_kerfs_is_no_leftover():
    task = setup(*joined_by_tongues(), width=800, height=900)
    assert proof(toolpaths(task, SHOP), SHOP).faults == ()


def test_ten_parts_are_planned_within_a_second():
    task = sheet(10)
    toolpaths(task, SHOP)
    start = time.process_time()
    program = toolpaths(task, SHOP)
    assert time.process_time() - start < 1.5  # 1.0 on a quiet core
    assert len({p.part for p in program.toolpaths}) == 10


def test_less_than_a_seventh_of_the_time_is_spent_in_the_air():
    program = toolpaths(sheet(20), SHOP)
    air, all_moves = [], []
    here = None
    for path in program.toolpaths:
        if here is not None:
            air.append((here, replace(path.moves[0], kind="rapid", end=path.start, center=None)))
        for start, move in legs(path):
            all_moves.append((start, move))
            if move.kind == "rapid":
                air.append((start, move))
            here = move.end
    share = moving_seconds(air, SHOP.machine) / moving_seconds(all_moves + air, SHOP.machine)
    assert share <= 0.15


def test_contours_are_cut_little_longer_than_contour_times_passes():
    program = toolpaths(sheet(5), SHOP)
    wanted = cut = 0.0
    for path in program.toolpaths:
        if path.kind == "outside":
            row = next(c for c in program.setup.cuts if c.part == path.part and c.kind == "outside")
            (way,) = contour_ways(row.region.outline, False, 3.0)
            wanted += 3 * way.length
            cut += cut_length(path)
    assert cut <= wanted * 1.06  # small parts; ramps and tabs are a fixed length each


def test_a_smaller_cutter_takes_over_where_the_usual_one_does_not_fit():
    program = toolpaths(setup(*board(40, 40, "kit/a 1"), inside(Outline.rectangle(60, 48, 90, 52.5))), SHOP)
    assert {p.tool for p in program.toolpaths} >= {"em6", "em4"}
    assert proof(program, SHOP).faults == ()


def one_line(error):
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_corner_below_every_cutter_is_refused():
    tight = Outline(((100, 100, 0), (199, 100, 0.41421356), (200, 101, 0), (200, 160, 0), (100, 160, 0)))
    with pytest.raises(CsmError) as error:
        toolpaths(setup(recess(tight)), with_tools("em6", "em4"))
    assert (
        "kit/a 1: pocket corner radius 1.0 mm at (199.7, 100.3) mm is below the 3 mm of tool em6"
        in one_line(error)
    )


@pytest.mark.parametrize(("cut", "what"), [(inside, "hole"), (recess, "pocket")])
def test_a_slot_below_every_cutter_is_refused(cut, what):
    with pytest.raises(CsmError) as error:
        toolpaths(setup(cut(Outline.rectangle(100, 100, 160, 102.5))), SHOP)
    assert f"kit/a 1: {what} is 2.5 mm wide at" in one_line(error)
    assert error.value.where


def test_a_notch_below_every_cutter_is_refused():
    notched = Outline.polygon(
        [(100, 100), (300, 100), (300, 200), (202, 200), (202, 170), (200, 170), (200, 200), (100, 200)]
    )
    with pytest.raises(CsmError) as error:
        toolpaths(setup(outside(notched)), SHOP)
    assert "contour is 2.0 mm wide at (201.0, " in one_line(error)


def test_flutes_shorter_than_the_depth_are_refused():
    with pytest.raises(CsmError) as error:
        toolpaths(setup(outside(Outline.rectangle(100, 100, 200, 200), depth=30.0)), SHOP)
    assert "depth 30.3 mm at (150.0, 150.0) mm is more than the flutes of em6, 25 mm" in one_line(error)


def test_a_longer_cutter_is_taken_if_there_is_one():
    shop = replace(SHOP, tools=(*SHOP.tools, replace(SHOP.tool("em6"), key="em6-long", flute_length=42.0)))
    program = toolpaths(setup(outside(Outline.rectangle(100, 100, 200, 200), depth=30.0)), shop)
    assert [t.key for t in program.tools] == ["em6-long"]


def test_a_part_beyond_the_reach_is_refused():
    small = replace(SHOP, machines=(replace(SHOP.machine, envelope=(300, 300, 80)),))
    with pytest.raises(CsmError) as error:
        toolpaths(setup(outside(Outline.rectangle(200, 100, 400, 200))), small)
    assert "mm is beyond the reach of router-2500x1250, 0 to 300 × 0 to 300 mm" in one_line(error)
    low = replace(SHOP, machines=(replace(SHOP.machine, envelope=(900, 900, 10)),))
    with pytest.raises(CsmError, match="travels, 10 mm"):
        toolpaths(setup(outside(Outline.rectangle(200, 100, 400, 200))), low)


def test_a_clamp_in_the_way_is_refused():
    clamp = Outline.rectangle(195, 140, 210, 160)
    with pytest.raises(CsmError) as error:
        toolpaths(setup(outside(Outline.rectangle(100, 100, 190, 200)), keep_out=(clamp,)), SHOP)
    assert "would come within 2.0 mm of a clamp at (193.0, " in one_line(error)
    beside = Outline.rectangle(197, 140, 210, 160)
    toolpaths(setup(outside(Outline.rectangle(100, 100, 190, 200)), keep_out=(beside,)), SHOP)


def test_an_unknown_tool_or_material_is_refused():
    lost = replace(SHOP, cutting=replace(SHOP.cutting, tool="em7"))
    task = setup(outside(Outline.rectangle(100, 100, 200, 200)))
    with pytest.raises(CsmError, match="unknown tool 'em7'"):
        toolpaths(task, lost)
    with pytest.raises(CsmError, match="unknown material 'cheese'"):
        toolpaths(replace(task, material="cheese"), SHOP)


def test_thin_chips_are_told():
    slow = replace(SHOP, machines=(replace(SHOP.machine, feed_mm_min=200.0),))
    program = toolpaths(setup(recess(Outline.rectangle(100, 100, 160, 140))), slow)
    assert any("the cutter rubs" in note for note in program.notes)


@pytest.mark.parametrize("size", [6.0, 6.004, 6.5])
def test_a_square_hole_as_wide_as_the_cutter_is_cut(size):
    program = toolpaths(setup(inside(Outline.rectangle(100, 100, 100 + size, 100 + size))), SHOP)
    assert [t.key for t in program.tools] == ["em6"]
    assert proof(program, SHOP).faults == ()


def test_a_surface_is_not_left_out_silently():
    with pytest.raises(CsmError, match="no toolpath in the plane for a surface"):
        toolpaths(setup(replace(recess(Outline.rectangle(10, 10, 90, 90)), kind="surface")), SHOP)


def test_a_setup_without_cuts_is_an_empty_program():
    program = toolpaths(setup(), SHOP)
    assert (program.toolpaths, program.tools) == ((), ())


def test_speeds_are_those_of_the_feeds():
    program = toolpaths(setup(*board(40, 40, "kit/a 1")), SHOP)
    for path in program.toolpaths:
        feed = feed_of(SHOP.tool(path.tool), "birch-ply", SHOP)
        assert path.rpm == feed.rpm
        assert max(m.feed for m in path.moves) <= feed.feed
        assert -min(m.end[2] for m in path.moves) <= THICKNESS + 3
