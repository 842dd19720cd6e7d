# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joint_shapes import area, cleared, cutters, left_over, reliefs
from shapely.geometry import box

from csmkit.design.joints import notch, relief_radius, slot
from csmkit.errors import CsmError

NOTHING = 2e-4  # mm, from the chords of the arcs


@given(
    cutter=cutters,
    relief=reliefs,
    wide=st.floats(1.01, 4.0),
    long=st.floats(4.3, 20.0),
    upright=st.booleans(),
)
def test_cutter_reaches_every_corner_of_a_relieved_slot(cutter, relief, wide, long, upright):
    w, h = (wide * cutter, long * cutter) if upright else (long * cutter, wide * cutter)
    outline = slot(0, 0, w, h, cutter, relief)
    assert left_over(box(0, 0, w, h), cleared(area(outline), cutter)) < NOTHING
    assert outline.area > w * h - 1e-9


@given(cutter=cutters, side=st.floats(4.3, 20.0))
def test_cutter_reaches_every_corner_beside_short_sides(cutter, side):
    w, h = 1.5 * side * cutter, side * cutter
    outline = slot(0, 0, w, h, cutter, "tbone-short")
    assert left_over(box(0, 0, w, h), cleared(area(outline), cutter)) < NOTHING


@given(cutter=cutters)
def test_cutter_leaves_the_corners_of_an_unrelieved_slot(cutter):
    w, h = 10 * cutter, 3 * cutter
    rest = box(0, 0, w, h).difference(cleared(area(slot(0, 0, w, h, cutter, "none")), cutter))
    assert rest.area == pytest.approx((1 - math.pi / 4) * cutter**2, rel=1e-2)  # four round corners


@given(cutter=cutters)
def test_reliefs_take_half_circles_that_the_cutter_enters(cutter):
    radius = relief_radius(cutter)
    for relief, arcs in (("dogbone", 4), ("tbone-long", 4), ("tbone-short", 4), ("side", 4)):
        edges = slot(0, 0, 20 * cutter, 6 * cutter, cutter, relief).edges
        bows = [e for e in edges if e.bulge != 0]
        assert len(bows) == arcs
        assert all(e.radius == pytest.approx(radius) for e in bows)
        assert radius > cutter / 2


@given(cutter=cutters, relief=reliefs)
def test_t_bones_keep_the_sides_that_they_do_not_bite(cutter, relief):
    w, h = 20 * cutter, 6 * cutter
    bounds = slot(0, 0, w, h, cutter, relief).bounds
    r = relief_radius(cutter)
    reach = {"dogbone": r * (1 - math.sqrt(0.5)), "tbone-long": 0.0, "side": r}[relief]
    assert bounds[0] == pytest.approx(-reach)
    assert bounds[2] == pytest.approx(w + reach)


@given(cutter=cutters, relief=st.sampled_from(["dogbone", "tbone-long", "tbone-short", "side"]))
def test_cutter_reaches_the_bottom_of_a_notch(cutter, relief):
    w, d = 4.5 * cutter, 10 * cutter
    outline = notch(w, d, cutter, relief)
    open_above = area(outline).union(box(-w, -50, w, 0))
    assert left_over(box(-w / 2, 0, w / 2, d), cleared(open_above, cutter)) < NOTHING


def test_slot_narrower_than_the_cutter_names_both_widths():
    with pytest.raises(CsmError, match=r"slot: width 5.80 mm is below the cutter's 6.00 mm; choose a cutter"):
        slot(0, 0, 50, 5.8, 6.0)


def test_slot_too_short_for_its_reliefs_is_refused():
    with pytest.raises(CsmError, match=r"below the 12.40 mm that its corner reliefs take"):
        slot(0, 0, 12, 10, 6.0, "tbone-long")
