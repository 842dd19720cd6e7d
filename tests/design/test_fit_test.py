# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joint_shapes import PLY, area, cutters, measured
from shapely import unary_union
from shapely.geometry import LineString, Polygon, box

from csmkit.catalog.workshop import default_workshop
from csmkit.design.fit_test import FitTest
from csmkit.design.joints import TIGHT
from csmkit.errors import CsmError

SHEETS = [s for s in default_workshop().sheets if "router" in s.processes and s.nominal >= 12]
sheets = st.sampled_from(SHEETS)
STEP = 0.05


def width(shape, y: float) -> float:
    """Width of a shape at a height, mm."""
    x0, _, x1, _ = shape.bounds
    return shape.intersection(LineString([(x0 - 1, y), (x1 + 1, y)])).length


@given(t=st.floats(9, 30).map(lambda t: round(t, 2)), cutter=cutters)
def test_slots_of_a_measured_sheet_run_from_minus_a_tenth_to_four_tenths_a_side(t, cutter):
    test = FitTest(sheet=measured(t), cutter=cutter)
    widths = [test.slot_width(n) for n in range(1, len(test.slots) + 1)]
    assert widths[0] == pytest.approx(t - 0.2)
    assert widths[-1] == pytest.approx(t + 0.8)
    assert [b - a for a, b in pairwise(widths)] == pytest.approx([0.1] * 10)


@given(sheet=sheets, share=st.floats(0, 1), cutter=st.sampled_from([3.0, 6.0, 8.0]))
def test_the_tight_slot_tells_the_thickness_of_any_sheet_within_its_tolerance(sheet, share, cutter):
    truth = sheet.nominal - sheet.minus + share * (sheet.minus + sheet.plus)
    test = FitTest(sheet=sheet, cutter=cutter)
    enters = [
        n for n in range(1, len(test.slots) + 1) if test.slot_width(n) >= truth + 2 * TIGHT.clearance - 1e-9
    ]
    assert enters
    read = test.thickness(enters[0])
    assert truth - 1e-6 <= read < truth + 2 * STEP + 1e-6
    assert enters[0] > 1  # one slot tighter than the tight one, so that tight can be felt


@given(cutter=st.sampled_from([4.0, 6.0, 8.0]), worn=st.floats(0.0, 0.3))
def test_the_tight_tooth_tells_the_diameter_of_a_worn_cutter(cutter, worn):
    """A program offsets by half of the cutter's diameter; a smaller cutter leaves worn / 2 on every side."""
    test = FitTest(sheet=PLY, cutter=cutter)
    left = worn / 2
    stick = area(test.stick).buffer(left, join_style="mitre")
    comb = area(test.finger_comb).buffer(left, join_style="mitre")
    top = test.stick.bounds[3] - 1
    notch = width(
        box(*stick.bounds).difference(stick).intersection(box(test.finger, 0, 2 * test.finger, 99)), top
    )
    tight = None
    for n in range(1, len(test.tooth_clearances) + 1):
        x = test.tooth_at(n)
        near = comb.intersection(box(x - 0.8 * test.finger, 0, x + 0.8 * test.finger, 999))
        tooth = width(near, test.finger_root + PLY.thickness - 1)
        if notch - tooth >= 2 * TIGHT.clearance - 1e-6:
            tight = n
            break
    assert tight is not None
    assert test.cutter_in_truth(tight) == pytest.approx(cutter - worn, abs=STEP + 1e-6)


@settings(max_examples=30)
@given(sheet=sheets, cutter=st.sampled_from([3.0, 4.0, 6.0, 8.0]), is_measured=st.booleans())
def test_openings_of_the_combs_keep_wood_between_them_and_to_the_edge(sheet, cutter, is_measured):
    test = FitTest(sheet=replace(sheet, measured=is_measured), cutter=cutter)
    for board, holes in (
        (test.slot_comb, (*test.slots, *test.slot_marks, test.groove)),
        (test.finger_comb, test.tooth_marks),
    ):
        grown = [Polygon(h.points(0.01)).buffer(1.25) for h in holes]
        assert unary_union(grown).area == pytest.approx(sum(g.area for g in grown))  # 2.5 mm apart
        assert Polygon(board.points(0.01)).buffer(-1.25).covers(unary_union(grown))


@given(
    sheet=sheets, share=st.floats(0, 1), cutter=st.sampled_from([3.0, 6.0, 8.0]), is_measured=st.booleans()
)
def test_the_whole_long_edge_of_the_stick_lies_in_the_groove(sheet, share, cutter, is_measured):
    truth = (
        sheet.thickness if is_measured else sheet.nominal - sheet.minus + share * (sheet.minus + sheet.plus)
    )
    test = FitTest(sheet=replace(sheet, measured=is_measured), cutter=cutter)
    low, high = test.stick.bounds[1], test.stick.bounds[3]
    x, y = test.groove_at
    edge = box(x, y - truth / 2, x + high - low, y + truth / 2)
    groove = Polygon(test.groove.points(0.01))
    assert groove.covers(edge.buffer(0.2, join_style="mitre"))  # air all round, square corners included


@pytest.mark.parametrize("is_measured", [False, True])
def test_a_comb_of_few_slots_is_long_enough_for_its_groove(is_measured):
    test = FitTest(sheet=replace(PLY, measured=is_measured), cutter=6.0, tightest=0.0, loosest=0.2, step=0.2)
    assert Polygon(test.slot_comb.points()).buffer(-12).covers(Polygon(test.groove.points(0.01)))


def test_marks_count_ones_up_to_five_and_fives():
    test = FitTest(sheet=PLY, cutter=6.0)
    holes = [len(test._marks(n, 0, 0)) for n in (1, 5, 6, 8, 11)]
    assert holes == [1, 5, 2, 4, 3]
    left = [m for m in test._marks(8, 0, 0) if m.circle_of[0] < 0]
    assert len(left) == 3


def test_the_stick_tab_and_notch_are_those_of_the_joints():
    test = FitTest(sheet=measured(12.0), cutter=6.0)
    stick = area(test.stick)
    assert width(stick, -6.0) == pytest.approx(test.width)
    assert all(s.bounds[3] - s.bounds[1] > test.width + 1 for s in test.slots)  # only thickness counts there
    assert width(stick, 60 + 6.0) == pytest.approx(2 * test.finger, abs=1e-6)
    assert test.stick.bounds[1] == pytest.approx(-12.0)
    assert test.stick.bounds[3] == pytest.approx(72.0)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"sheet": default_workshop().sheet("birch-ply-4")},
            r"narrowest slot, .* is below the cutter's 6.00 mm",
        ),
        ({"sheet": default_workshop().sheet("steel-sheet-3")}, "steel-sheet-3 is not cut by a router"),
        ({"loosest": 0.05}, "which the test is about"),
    ],
)
def test_a_test_that_cannot_be_cut_is_refused(values, words):
    with pytest.raises(CsmError, match=words):
        FitTest(**{"sheet": PLY, "cutter": 6.0, **values})
