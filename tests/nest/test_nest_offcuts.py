# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What remains of a sheet: free, whole, worth keeping, and rather one large piece than many."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nest_instances import sheet
from shapely import Polygon, box

from csmkit.model import Outline
from csmkit.nest.offcuts import KEEP, Box, largest_rectangle, offcuts, worth

EDGE = st.integers(0, 20).map(lambda v: v * 50.0)
BOXES = st.lists(
    st.tuples(EDGE, EDGE, st.integers(1, 8), st.integers(1, 8)).map(
        lambda b: (b[0], b[1], b[0] + 50 * b[2], b[1] + 50 * b[3])
    ),
    max_size=6,
)
SHEET = box(0, 0, 1000, 1000)


def largest_by_trying(taken: list[Box]) -> float:
    xs = sorted({0.0, 1000.0, *(min(v, 1000.0) for t in taken for v in (t[0], t[2]))})
    ys = sorted({0.0, 1000.0, *(min(v, 1000.0) for t in taken for v in (t[1], t[3]))})
    free = [
        (x1 - x0) * (y1 - y0)
        for x0, x1 in combinations(xs, 2)
        for y0, y1 in combinations(ys, 2)
        if all(t[2] <= x0 or t[0] >= x1 or t[3] <= y0 or t[1] >= y1 for t in taken)
    ]
    return max(free, default=0.0)


@given(BOXES)
def test_the_largest_rectangle_is_the_largest_of_all(taken: list[Box]) -> None:
    found = largest_rectangle(SHEET, taken)
    assert (found is None) == (largest_by_trying(taken) == 0)
    if found:
        assert (found[2] - found[0]) * (found[3] - found[1]) == pytest.approx(largest_by_trying(taken))
        assert all(box(*found).intersection(box(*t)).area == 0 for t in taken)


@settings(max_examples=50)
@given(BOXES, st.sampled_from([0.0, 8.0]))
def test_offcuts_are_free_apart_and_worth_keeping(taken: list[Box], spacing: float) -> None:
    found = [box(*o.bounds) for o in offcuts(sheet(1000, 1000), taken, spacing)]
    for rest in found:
        assert SHEET.buffer(0.1).covers(rest)
        sides = sorted((rest.bounds[2] - rest.bounds[0], rest.bounds[3] - rest.bounds[1]))
        assert sides[0] >= min(KEEP) - 0.1
        assert sides[1] >= max(KEEP) - 0.1
        assert all(rest.distance(box(*t)) >= spacing - 0.1 for t in taken)
        assert all(rest.intersection(box(*t)).area < 110 for t in taken)
    assert all(a.intersection(b).area < 110 for a, b in combinations(found, 2))


def test_the_more_valuable_of_two_ways_to_saw_an_ell_is_taken() -> None:
    """Parts at the lower left leave an ell: one wide strip and a short piece, or a piece as wide as high."""
    upper = offcuts(sheet(2000, 1000), [(0, 0, 1400, 600)], 0)
    assert [o.bounds for o in upper] == [(0, 600, 2000, 1000), (1400, 0, 2000, 600)]
    right = offcuts(sheet(2000, 1000), [(0, 0, 1000, 600)], 0)
    assert [o.bounds for o in right] == [(1000, 0, 2000, 1000), (0, 600, 1000, 1000)]


def test_one_rest_is_worth_more_than_its_halves() -> None:
    assert worth([(0, 0, 800, 500)]) > worth([(0, 0, 400, 500), (400, 0, 800, 500)])


def test_a_long_sliver_does_not_hide_a_rest_that_is_worth_keeping() -> None:
    """The free strip of 190 mm is the largest rectangle, and nobody keeps it."""
    taken = [(0.0, 0.0, 2000.0, 810.0), (2000.0, 400.0, 2440.0, 810.0)]
    assert [o.bounds for o in offcuts(sheet(2440, 1000), taken, 0)] == [(2000, 0, 2440, 400)]


def test_a_sheet_without_parts_is_kept_whole_and_a_covered_one_not_at_all() -> None:
    assert [o.bounds for o in offcuts(sheet(1000, 500), [], 8)] == [(0, 0, 1000, 500)]
    assert offcuts(sheet(1000, 500), [(0, 0, 1000, 500)], 8) == ()
    ruined = sheet(1000, 500, defects=(Outline.rectangle(-10, -10, 1010, 510),))
    assert offcuts(ruined, [], 8) == ()


def test_a_rest_of_a_polygon_lies_within_it_and_off_its_defects() -> None:
    corner = Outline.polygon([(0, 0), (1200, 0), (1200, 400), (500, 1000), (0, 1000)])
    knot = Outline.rectangle(300, 300, 340, 340)
    found = [box(*o.bounds) for o in offcuts(sheet(outline=corner, defects=(knot,)), [(0, 0, 200, 200)], 8)]
    area = Polygon(corner.points()).buffer(0.1)
    assert found
    assert all(area.covers(rest) and rest.intersection(box(*knot.bounds)).area < 10 for rest in found)
