# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
import math
from functools import reduce
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joint_shapes import PLY, area, cleared, cutters, free_space, left_over, measured, thicknesses
from shapely.affinity import translate
from shapely.geometry import LineString, Polygon, box

from csmkit.catalog.workshop import default_workshop
from csmkit.design.joints import (
    GLUE,
    BoltThrough,
    CrossBolt,
    FingerJoint,
    HalfLap,
    Housing,
    TeeNut,
    WedgedTab,
    clearance_hole,
    with_edge,
)
from csmkit.errors import CsmError
from csmkit.model import Outline

SHOP = default_workshop()
BOLT = SHOP.bought_row("ISO 4762", "M6x60")
NUT = SHOP.bought_row("barrel nut", "M6x10x16")
MEASURED = measured(17.7)


# Fingers


def panel(edge, length: float) -> Polygon:
    """A panel 100 mm high below y = 0 with the edge on top."""
    return area(with_edge(Outline.rectangle(0, -100, length, 0), (0, 0), (length, 0), edge))


@given(a=thicknesses, b=thicknesses, cutter=cutters, count=st.sampled_from([3, 5, 7, 9]))
def test_fingers_interleave_with_exactly_the_stated_clearance(a, b, cutter, count):
    j = FingerJoint(length=count * 40.0, a=measured(a), b=measured(b), cutter=cutter, count=count)
    spans = sorted([*j.spans_a, *j.spans_b])
    gaps = [after[0] - before[1] for before, after in pairwise(spans)]
    assert gaps == pytest.approx([GLUE.clearance] * (count - 1))
    assert (spans[0][0], spans[-1][1]) == (0.0, pytest.approx(j.length))


@given(
    t=thicknesses,
    cutter=cutters,
    count=st.sampled_from([3, 5, 7]),
    relief=st.sampled_from(["dogbone", "tbone"]),
)
def test_cutter_clears_the_roots_for_the_other_panel_s_fingers(t, cutter, count, relief):
    j = FingerJoint(
        length=count * 40.0, a=measured(t), b=measured(t), cutter=cutter, count=count, relief=relief
    )
    for edge, others in ((j.edge_a, j.spans_b), (j.edge_b, j.spans_a)):
        shape = panel(edge, j.length)
        for x0, x1 in others:
            finger = box(x0, 0, x1, t)  # the other panel's finger, in the plane of this one
            assert shape.intersection(finger).area < 1e-6
            assert left_over(finger, cleared(free_space(shape), cutter)) < 2e-4


def test_unrelieved_fingers_leave_round_corners():
    j = FingerJoint(length=200.0, a=PLY, b=PLY, cutter=6.0, relief="none")
    shape = panel(j.edge_a, 200.0)
    rest = box(*j.spans_b[0][:1], 0, j.spans_b[0][1], PLY.thickness).difference(
        cleared(free_space(shape), 6.0)
    )
    assert rest.area > 2.0


def test_an_even_count_of_fingers_is_refused():
    with pytest.raises(CsmError, match="count = 4 is not an odd number"):
        FingerJoint(length=200.0, a=PLY, b=PLY, cutter=6.0, count=4)
    with pytest.raises(CsmError, match=r"fingers of 6.7 mm: .* fewer fingers"):
        FingerJoint(length=100.0, a=PLY, b=PLY, cutter=6.0, count=15)


# Half lap


@given(a=thicknesses, b=thicknesses, cutter=cutters, share=st.floats(0.3, 0.7), height=st.floats(80, 300))
def test_half_lapped_panels_come_flush_without_touching_each_other_s_wood(a, b, cutter, share, height):
    j = HalfLap(height=height, a=measured(a), b=measured(b), cutter=cutter, share=share)
    slot_a, slot_b = area(j.slot_a), area(j.slot_b)
    across_b = box(-b / 2, 0, b / 2, height)  # B seen along its length, where it stands in A
    wood_of_a = box(-200, 0, 200, height).difference(slot_a)
    met = wood_of_a.intersection(across_b).bounds  # must be what B's slot, which opens opposite, has freed
    assert met[1] >= height - j.depths[1] - 1e-9 + 0.2 - 1e-9
    assert sum(j.depths) == pytest.approx(height + 0.2)
    for slot, other in ((slot_a, b), (slot_b, a)):
        line = slot.intersection(LineString([(-99, 10), (99, 10)]))
        assert (line.length - other) / 2 == pytest.approx(GLUE.clearance)


# Housing


@given(t=thicknesses, cutter=cutters, ends=st.sampled_from(["none", "start", "end", "both"]))
def test_a_housing_takes_the_edge_with_the_stated_clearance_and_square_corners(t, cutter, ends):
    j = Housing(length=250.0, entering=measured(t), grooved=PLY, cutter=cutter, open_ends=ends)
    edge, groove = box(0, -t / 2, 250, t / 2), area(j.pocket)
    assert edge.difference(groove).area < 1e-9
    assert left_over(edge, cleared(groove, cutter)) < 2e-4
    across = groove.intersection(LineString([(125, -99), (125, 99)]))
    assert (across.length - t) / 2 == pytest.approx(j.clearance) == pytest.approx(GLUE.clearance)
    runs_out = [groove.bounds[0] <= -cutter, groove.bounds[2] >= 250 + cutter]
    assert runs_out == [ends in ("start", "both"), ends in ("end", "both")]


def test_a_housing_deeper_than_half_of_its_sheet_is_refused():
    with pytest.raises(CsmError, match=r"depth 10 mm is outside 0 to 8.8 mm"):
        Housing(length=250.0, entering=PLY, grooved=PLY, cutter=6.0, depth=10.0)


# Wedge


def wedged(**changes) -> WedgedTab:
    given_ = {"length": 300.0, "tabbed": MEASURED, "slotted": MEASURED, "wedge": MEASURED, "cutter": 6.0}
    return WedgedTab(**{**given_, **changes})


def test_a_wedge_fills_the_room_between_slotted_part_and_far_wall():
    j = wedged()
    wedge = area(j.wedge_outline)
    home = j.wedge_length / 2
    in_tab = wedge.intersection(box(home - 17.7 / 2, -1, home + 17.7 / 2, 99))
    middle = sum(j.spans[0]) / 2
    hole = area(j.hardware_cuts[0]).intersection(LineString([(middle, 0), (middle, 200)])).bounds
    far_wall, near_wall = hole[3], hole[1]
    assert in_tab.bounds[3] == pytest.approx(far_wall - 17.7)  # touches the far wall, doesn't enter it
    assert in_tab.bounds[1] == pytest.approx(0)  # bears on the slotted part
    assert near_wall == pytest.approx(17.7 - 1.0)  # the hole's near wall leaves the wedge free to pull


@given(cutter=cutters)
def test_the_wedge_s_hole_lets_its_thickness_pass_and_leaves_cheeks_and_tail(cutter):
    j = wedged(cutter=cutter)
    hole = area(j.hardware_cuts[0])
    x0, x1 = j.spans[0]
    tab = area(j.tabs[0])
    assert tab.contains(hole)
    assert tab.bounds[3] - hole.bounds[3] >= j.tail_length - 1.5 * cutter
    wedge = box((x0 + x1) / 2 - 17.7 / 2, 17.7, (x0 + x1) / 2 + 17.7 / 2, 17.7 + j.wedge_height)
    assert left_over(wedge, cleared(hole, cutter)) < 2e-4


def test_a_tab_too_narrow_for_its_wedge_is_refused():
    with pytest.raises(CsmError, match=r"cheeks of 5.9 mm.*make the tabs"):
        wedged(width=30.0)
    with pytest.raises(CsmError, match=r"taper 0.200 is outside"):
        wedged(taper=0.2)


# Cross bolt


def bolted(**changes) -> CrossBolt:
    given_ = {
        "length": 300.0,
        "tabbed": MEASURED,
        "slotted": MEASURED,
        "cutter": 6.0,
        "bolt": BOLT,
        "nut": NUT,
    }
    return CrossBolt(**{**given_, **changes})


def test_the_bolt_ends_at_the_far_side_of_its_nut():
    j = bolted(washer=1.6)
    assert 1.6 + 17.7 + j.setback + 10 / 2 == pytest.approx(60)
    assert j.head_points[0][1] - 60 == pytest.approx(j.nut_points[0][1] - 5)


@given(cutter=st.sampled_from([3.0, 4.0, 6.0]), count=st.integers(2, 4))
def test_bolt_channel_and_nut_hole_are_one_opening_that_leaves_the_tabs_whole(cutter, count):
    j = bolted(length=150.0 * count, count=count, cutter=cutter)
    cuts = [area(o) for o in j.hardware_cuts]
    assert len(cuts) == 2 * (count - 1)
    for x, channel, hole in zip(j.bolts, cuts[::2], cuts[1::2], strict=True):
        shank = box(x - 3, -(60 - 17.7), x + 3, 0)
        both = channel.union(hole)
        assert both.geom_type == "Polygon"
        assert both.contains(shank.buffer(-1e-6))
        assert channel.bounds[3] == pytest.approx(0)
        open_above = both.union(box(x - 50, 0, x + 50, 50))
        assert left_over(both, cleared(open_above, cutter)) < 2e-4
        assert all(channel.distance(area(tab)) > 10 for tab in j.tabs)
    assert len(j.slot_holes) == count - 1
    assert [h.circle_of[2] for h in j.slot_holes] == pytest.approx([6.6] * (count - 1))


def test_pull_out_is_bearing_beside_the_channel_or_shear_in_front_of_the_nut():
    j = bolted()
    bearing = (10 - 6.6) * 16 * MEASURED.material.bearing
    shear = 2 * j.setback * 17.7 * MEASURED.material.shear
    assert j.pull_out() == pytest.approx(min(bearing, shear))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"bolt": SHOP.bought_row("ISO 4762", "M6x40")}, "puts the nut 17.3 mm from the edge, not 20.0 mm"),
        ({"bolt": SHOP.bought_row("ISO 4762", "M8x60")}, "does not fit nut"),
        ({"nut": SHOP.bought_row("barrel nut", "M6x10x20")}, "is longer than the sheet's 17.7 mm"),
        ({"cutter": 8.0}, "bolt channel: width 6.60 mm is below the cutter's 8.00 mm"),
        ({"count": 1}, "a bolt stands between two tabs"),
        ({"width": 130.0}, "a shoulder of 20.0 mm is below"),
    ],
)
def test_a_cross_bolt_that_cannot_be_made_is_refused(changes, words):
    with pytest.raises(CsmError, match=words.replace(".", r"\.")):
        bolted(**changes)


# Bolts and tee nuts


@pytest.mark.parametrize(
    ("d", "holes"), [(6, (6.4, 6.6, 7.0)), (8, (8.4, 9.0, 10.0)), (12, (13.0, 13.5, 14.5))]
)
def test_clearance_holes_are_those_of_iso_273(d, holes):
    assert tuple(clearance_hole(d, s) for s in ("close", "medium", "coarse")) == holes
    assert BoltThrough(d=d, cutter=6.0).clearance == pytest.approx((holes[1] - d) / 2)


def test_holes_of_a_bolt_keep_their_washers_apart():
    j = BoltThrough(d=8.0, cutter=6.0)
    holes = j.holes([(0, 0), (40, 0)])
    assert [h.circle_of for h in holes] == [pytest.approx((0, 0, 9)), pytest.approx((40, 0, 9))]
    assert j.edge_distance == 24.0
    assert j.end_distance == 80.0
    with pytest.raises(CsmError, match=r"two bolts stand 20.0 mm apart, their washers are 24 mm wide"):
        j.holes([(0, 0), (20, 0)])


def test_a_hole_smaller_than_the_cutter_is_refused_unless_it_is_drilled():
    with pytest.raises(CsmError, match=r"bolt through M5: width 5.50 mm is below the cutter's 6.00 mm"):
        BoltThrough(d=5.0, cutter=6.0)
    assert BoltThrough(d=5.0, cutter=None).hole == 5.5


def test_a_tee_nut_s_holes_share_their_middle_and_take_barrel_and_bolt():
    j = TeeNut(nut=SHOP.bought_row("tee nut", "M8"), plate=PLY, cutter=6.0)
    assert j.barrel(10, 20).circle_of == pytest.approx((10, 20, 10.2))
    assert j.bolt(10, 20).circle_of == pytest.approx((10, 20, 9.0))
    assert j.edge_distance > 11
    with pytest.raises(CsmError, match=r"plate of 8.9 mm is thinner than the nut's barrel of 9.5 mm"):
        TeeNut(nut=SHOP.bought_row("tee nut", "M8"), plate=measured(8.9), cutter=6.0)


def test_reliefs_of_all_joints_stay_arcs():
    outlines = [*bolted().slots, *wedged().hardware_cuts, HalfLap(height=99, a=PLY, b=PLY, cutter=6.0).slot_a]
    edges = [e for o in outlines for e in o.edges]
    assert reduce(lambda n, e: n + (e.bulge != 0), edges, 0) == 4 * 2 + 4 * 2 + 2
    assert all(math.isclose(e.radius, 3.1) for e in edges if e.bulge != 0)
    assert translate(area(outlines[0]), 0, 0).is_valid
