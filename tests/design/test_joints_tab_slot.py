# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
import math
from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joint_shapes import PLY, area, cleared, cutters, free_space, left_over, measured, reliefs, thicknesses
from shapely.affinity import translate
from shapely.geometry import LineString, box

from csmkit.design.joints import GLUE, LOOSE, TIGHT, TabSlot, on_edge, relief_radius, thickest, with_edge
from csmkit.errors import CsmError
from csmkit.model import Outline

fits = st.sampled_from([TIGHT, GLUE, LOOSE])
BOARD = Outline.rectangle(0, 0, 400, 120)
TOP = ((0.0, 120.0), (400.0, 120.0))


def joint(thickness=18.0, **changes) -> TabSlot:
    given_ = {"length": 400.0, "tabbed": measured(thickness), "slotted": PLY, "cutter": 6.0}
    return TabSlot(**{**given_, **changes})


@given(t=thicknesses, cutter=cutters, fit=fits, relief=reliefs, count=st.integers(1, 4))
def test_tab_enters_its_slot_with_exactly_the_stated_clearance(t, cutter, fit, relief, count):
    j = joint(t, cutter=cutter, fit=fit, relief=relief, count=count)
    assert j.clearance == fit.clearance
    for (x0, x1), slot in zip(j.spans, j.slots, strict=True):
        air = box(x0 - fit.clearance, -t / 2 - fit.clearance, x1 + fit.clearance, t / 2 + fit.clearance)
        assert air.difference(area(slot)).area < 1e-6
        across = area(slot).intersection(LineString([((x0 + x1) / 2, -99), ((x0 + x1) / 2, 99)]))
        assert (across.length - t) / 2 == pytest.approx(fit.clearance, abs=1e-6)
        along = area(slot).intersection(LineString([(x0 - 99, 0), (x1 + 99, 0)]))
        steps_back = 2 * relief_radius(cutter) if relief == "side" else 0
        assert (along.length - steps_back - j.tab_width) / 2 == pytest.approx(fit.clearance, abs=2e-4)


@given(t=thicknesses, cutter=cutters, relief=reliefs)
def test_cutter_clears_all_that_the_tab_needs(t, cutter, relief):
    j = joint(t, cutter=cutter, relief=relief)
    for (x0, x1), slot in zip(j.spans, j.slots, strict=True):
        assert left_over(box(x0, -t / 2, x1, t / 2), cleared(area(slot), cutter)) < 2e-4


@given(t=thicknesses, cutter=cutters, count=st.integers(1, 4))
def test_cutter_clears_the_shoulders_so_that_the_slotted_part_lies_on_them(t, cutter, count):
    j = joint(t, cutter=cutter, count=count)
    part = area(with_edge(BOARD, *TOP, j.edge))
    slotted = box(0, 0, 400, PLY.thickness)
    for x0, x1 in j.spans:  # the slotted part in the plane of the tabs
        slotted = slotted.difference(box(x0 - GLUE.clearance, -1, x1 + GLUE.clearance, 99))
    in_place = translate(slotted, 0, 120)
    assert part.intersection(in_place).area < 1e-6
    assert left_over(in_place, cleared(free_space(part), cutter)) < 2e-4


@given(t=thicknesses, cutter=cutters, count=st.integers(1, 4))
def test_edge_adds_the_tabs_and_loses_half_a_circle_a_root(t, cutter, count):
    j = joint(t, cutter=cutter, count=count)
    part = with_edge(BOARD, *TOP, j.edge)
    tabs = count * j.tab_width * PLY.thickness
    bites = 2 * count * math.pi * relief_radius(cutter) ** 2 / 2
    assert part.area == pytest.approx(400 * 120 + tabs - bites, rel=1e-9)
    assert part.bounds[3] == pytest.approx(120 + PLY.thickness)


@given(cutter=cutters, count=st.integers(1, 4))
def test_edge_and_tabs_with_cuts_make_the_same_part(cutter, count):
    j = joint(cutter=cutter, count=count)
    spliced = area(with_edge(BOARD, *TOP, j.edge))
    added = reduce(lambda s, o: s.union(area(on_edge(o, *TOP))), j.tabs, area(BOARD))
    cut = reduce(lambda s, o: s.difference(area(on_edge(o, *TOP))), j.tab_cuts, added)
    assert cut.symmetric_difference(spliced).area < 0.05


@pytest.mark.parametrize(
    ("p", "q"),
    [
        ((0, 120), (400, 120)),
        ((400, 0), (0, 0)),
        ((400, 120), (400, 0)),
        ((0, 0), (0, 120)),
    ],
)
def test_tabs_point_away_from_the_part_on_every_edge(p, q):
    j = joint(length=math.dist(p, q), count=1)
    part = with_edge(BOARD, p, q, j.edge)
    x0, y0, x1, y1 = part.bounds
    assert (x1 - x0) * (y1 - y0) == pytest.approx(
        (400 + (p[0] == q[0]) * 17.7) * (120 + (p[1] == q[1]) * 17.7)
    )
    assert part.area > 0


def test_flush_tabs_have_no_root_at_the_ends():
    j = joint(ends=0.0, width=60.0)
    assert j.spans == ((0.0, 60.0), (340.0, 400.0))
    assert sum(1 for v in j.edge if v[2] != 0) == 2
    assert with_edge(BOARD, *TOP, j.edge).area == pytest.approx(
        48000 + 120 * PLY.thickness - math.pi * relief_radius(6.0) ** 2
    )


def test_an_unmeasured_sheet_gets_slots_for_the_thickest_that_its_tolerance_allows():
    loose, sure = joint(tabbed=PLY), joint(tabbed=replace(PLY, measured=True))
    assert thickest(PLY) == pytest.approx(PLY.nominal + PLY.plus)
    assert loose.slot_width == pytest.approx(18.1 + 0.2)
    assert sure.slot_width == pytest.approx(17.7 + 0.2)
    assert loose.clearance == pytest.approx(0.1 + 0.2)


def test_blind_tabs_stop_short_of_the_pocket_s_bottom():
    j = joint(depth=9.0)
    assert j.reach == pytest.approx(8.5)
    assert joint().reach == PLY.thickness
    with pytest.raises(CsmError, match="pocket depth 18 mm is outside"):
        joint(depth=18.0)


def test_tabs_that_leave_no_shoulder_for_the_cutter_are_refused():
    with pytest.raises(
        CsmError, match=r"leave a shoulder of 10.0 mm; a 6 mm cutter needs 6.2 mm at the ends"
    ):
        joint(count=4, width=92.5, ends=0.0)


def test_a_joint_of_another_length_than_the_edge_is_refused():
    with pytest.raises(CsmError, match=r"a joint of 400.00 mm does not fit an edge of 120.00 mm"):
        with_edge(BOARD, (0, 0), (0, 120), joint().edge)
    with pytest.raises(CsmError, match="no straight edge"):
        with_edge(BOARD, *reversed(TOP), joint().edge)
