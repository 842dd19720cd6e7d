# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The order of work: what holds a part is cut last, tools change seldom, ways between are short."""

import math
import random
from itertools import pairwise, permutations

import pytest
from sheets import SHOP, hole, inside, outside, recess, setup, with_tools

from csmkit.cam.paths.order import STAGES, ordered, short_tour
from csmkit.cam.plan import toolpaths
from csmkit.model.cam import Cut, Move, Toolpath
from csmkit.model.outline import Outline, Region

STROKE = ((30.0, 30.0), (60.0, 30.0))


def path(kind, tool="em6", x=0.0, y=0.0, part="p"):
    return Toolpath(tool, kind, part, 18000, (x, y, 5), (Move("rapid", (x, y, 1)), Move("rapid", (x, y, 5))))


def way(points, order, home=(0.0, 0.0)):
    tour = [home, *(points[i] for i in order)]
    return sum(math.dist(a, b) for a, b in pairwise(tour))


def test_stages_come_in_their_order():
    paths = [path(kind) for kind in ("outside", "inside", "pocket", "drill", "engrave")]
    kinds = [p.kind for p in ordered(paths, [1.0] * 5)]
    assert kinds == list(STAGES[:5])


def test_a_parts_contour_is_never_cut_before_its_holes():
    cuts = []
    for i in range(4):
        x, part = 20 + i * 140, f"kit/p {i}"
        cuts += [
            outside(Outline.rectangle(x, 20, x + 120, 200), part),
            inside(Outline.rectangle(x + 20, 40, x + 60, 80), part),
            recess(Outline.rectangle(x + 20, 100, x + 60, 140), part=part),
            hole(x + 90, 100, 8, part),
        ]
    kinds = [p.kind for p in toolpaths(setup(*cuts), SHOP).toolpaths]
    assert kinds == sorted(kinds, key=STAGES.index)
    assert len(kinds) == 16


def test_a_tool_does_all_its_work_before_the_next_and_goes_on_in_the_next_stage():
    paths = [
        path("pocket", "em6"), path("pocket", "em3"), path("pocket", "em6"),
        path("inside", "em3"), path("inside", "em6"), path("outside", "em6"),
    ]  # fmt: skip
    tools = [p.tool for p in ordered(paths, [1.0] * 6)]
    assert tools == ["em6", "em6", "em3", "em3", "em6", "em6"]


def test_small_contours_come_before_large_ones():
    paths = [path("outside", x=0, part="large"), path("outside", x=500, part="small")]
    assert [p.part for p in ordered(paths, [5e5, 5e3])] == ["small", "large"]


@pytest.mark.parametrize("seed", range(5))
def test_the_tour_is_at_most_a_tenth_longer_than_the_best_of_many(seed):
    rng = random.Random(seed)
    points = [(rng.uniform(0, 1000), rng.uniform(0, 500)) for _ in range(7)]
    found = short_tour(points, points, (0.0, 0.0))
    assert sorted(found) == list(range(7))
    best = min(way(points, order) for order in permutations(range(7)))
    assert way(points, found) <= best * 1.1


def test_a_grid_of_holes_is_visited_in_rows():
    points = [(x * 50.0, y * 50.0) for x in range(10) for y in range(10)]
    random.Random(3).shuffle(points)
    assert way(points, short_tour(points, points, (0.0, 0.0))) < 99 * 50 * 1.12


def test_the_same_setup_gives_the_same_program():
    cuts = [
        outside(Outline.rectangle(20, 20, 220, 200)),
        inside(Outline.circle(100, 100, 40)),
        recess(Outline.rectangle(140, 40, 200, 90)),
        Cut(
            "engrave",
            "kit/a 1",
            Region(Outline.rectangle(0, 0, 9, 9)),
            0.3,
            False,
            (((30.0, 30.0), (60.0, 30.0)),),
        ),
    ]
    shop = with_tools("em6", "em3")
    assert toolpaths(setup(*cuts), shop) == toolpaths(setup(*cuts), shop)
