# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Both sides of each joint as solids in their places: they share no wood and touch no hardware."""

from functools import reduce

import pytest
from joint_shapes import measured
from OCP.BRepAlgoAPI import BRepAlgoAPI_Common, BRepAlgoAPI_Cut, BRepAlgoAPI_Fuse

from csmkit.catalog.workshop import default_workshop
from csmkit.design.joints import CrossBolt, FingerJoint, HalfLap, TabSlot, WedgedTab, with_edge
from csmkit.geometry.fasteners import fastener_shape
from csmkit.geometry.measure import volume
from csmkit.geometry.prism import extruded
from csmkit.geometry.shape import moved
from csmkit.model import Outline, Pose

SHOP = default_workshop()
BOLT, NUT = SHOP.bought_row("ISO 4762", "M6x60"), SHOP.bought_row("barrel nut", "M6x10x16")
T, LONG, HIGH = 18.0, 300.0, 120.0
PLY = measured(T)
SIZES = {"length": LONG, "tabbed": PLY, "slotted": PLY, "cutter": 6.0}
ON_SLOTTED = Pose.at(rx=-90)  # the slot's frame in the tab's: y across the slot is the tab's thickness


def plate(outline, *cuts, thickness=T, z=0.0):
    """A plate with cuts through it, from z up."""
    whole = extruded(outline, thickness)
    holed = reduce(lambda s, c: BRepAlgoAPI_Cut(s, extruded(c, thickness)).Shape(), cuts, whole)
    return moved(holed, Pose.at(z=z))


def tabbed(joint):
    board = with_edge(Outline.rectangle(0, -HIGH, LONG, 0), (0, 0), (LONG, 0), joint.edge)
    return plate(board, *joint.hardware_cuts, z=-T / 2)


def slotted(joint):
    board = Outline.rectangle(-20, -60, LONG + 20, 60)
    return moved(plate(board, *joint.slots, *joint.slot_holes), ON_SLOTTED)


def shared(a, b) -> float:
    return volume(BRepAlgoAPI_Common(a, b).Shape())


@pytest.mark.parametrize(
    "joint",
    [
        TabSlot(**SIZES),
        TabSlot(**SIZES, count=3, ends=0.0, relief="tbone-short"),
        CrossBolt(**SIZES, count=3, bolt=BOLT, nut=NUT),
        WedgedTab(**SIZES, wedge=PLY),
    ],
    ids=lambda j: f"{type(j).__name__}-{j.count}",
)
def test_tab_part_and_slotted_part_share_no_wood_and_meet_at_the_shoulder(joint):
    a, b = tabbed(joint), slotted(joint)
    assert shared(a, b) < 1e-6
    pressed = moved(b, Pose.at(y=-0.1))  # a tenth further, and the shoulders are in the way
    shoulders = LONG - sum(x1 - x0 for x0, x1 in joint.spans)
    assert 0.05 * shoulders * T < shared(a, pressed) < 0.1 * shoulders * T + 1e-6


def test_edge_and_added_tabs_make_the_same_solid():
    joint = CrossBolt(**SIZES, count=2, bolt=BOLT, nut=NUT)
    board = extruded(Outline.rectangle(0, -HIGH, LONG, 0), T)
    added = reduce(lambda s, o: BRepAlgoAPI_Fuse(s, extruded(o, T)).Shape(), joint.tabs, board)
    cut = reduce(lambda s, o: BRepAlgoAPI_Cut(s, extruded(o, T)).Shape(), joint.tab_cuts, added)
    assert volume(cut) == pytest.approx(volume(tabbed(joint)), rel=1e-9)


def test_bolts_and_barrel_nuts_stand_in_their_holes_without_touching_wood():
    joint = CrossBolt(**SIZES, count=3, bolt=BOLT, nut=NUT)
    a, b = tabbed(joint), slotted(joint)
    for (hx, hy), (nx, ny) in zip(joint.head_points, joint.nut_points, strict=True):
        bolt = moved(fastener_shape(BOLT), Pose.at(hx, hy, 0, rx=-90))
        nut = moved(fastener_shape(NUT), Pose.at(nx, ny, -NUT.dimension("center"), rz=90))
        assert shared(bolt, a) == pytest.approx(0, abs=1e-6)
        assert shared(bolt, b) == pytest.approx(0, abs=1e-6)
        assert shared(nut, a) == pytest.approx(0, abs=1e-6)
        through = moved(bolt, Pose.at(y=-1))  # a millimetre deeper, the head is in the way
        assert shared(through, b) > 10


def test_wedges_driven_home_touch_without_sharing_wood():
    joint = WedgedTab(**SIZES, wedge=PLY)
    a, b = tabbed(joint), slotted(joint)
    x = sum(joint.spans[0]) / 2
    wedge = moved(extruded(joint.wedge_outline, T), Pose.at(x + T / 2, T, -joint.wedge_length / 2, ry=-90))
    assert shared(wedge, a) < 1e-6
    assert shared(wedge, b) < 1e-6
    driven = moved(wedge, Pose.at(z=-1.0))  # a millimetre further, the thick end meets the far wall
    assert shared(driven, a) > 0.1


@pytest.mark.parametrize("relief", ["dogbone", "tbone"])
def test_finger_jointed_panels_share_no_wood_and_close_the_corner(relief):
    a_ply, b_ply = measured(18.0), measured(12.0)
    joint = FingerJoint(length=LONG, a=a_ply, b=b_ply, cutter=6.0, count=7, relief=relief)
    board = Outline.rectangle(0, -HIGH, LONG, 0)
    ends = ((0, 0), (LONG, 0))
    a = plate(with_edge(board, *ends, joint.edge_a), thickness=18.0)
    b = moved(plate(with_edge(board, *ends, joint.edge_b), thickness=12.0), Pose.at(y=12.0, rx=90))
    assert shared(a, b) < 1e-6
    corner = extruded(Outline.rectangle(0, 0, LONG, 12.0), 18.0)
    filled = shared(a, corner) + shared(b, corner)
    bites = 0.03 if relief == "tbone" else 0.06
    assert 1 - bites < filled / volume(corner) < 1


@pytest.mark.parametrize("share", [0.4, 0.5])
def test_half_lapped_panels_share_no_wood_with_their_edges_flush(share):
    a_ply, b_ply = measured(18.0), measured(12.0)
    joint = HalfLap(height=100.0, a=a_ply, b=b_ply, cutter=6.0, share=share)
    board = Outline.rectangle(-80, 0, 80, 100)
    a = plate(board, joint.slot_a, thickness=18.0, z=-9.0)
    b = plate(board, joint.slot_b, thickness=12.0, z=-6.0)
    b = moved(b, Pose.at(y=100.0, rx=180, ry=-90))
    assert shared(a, b) < 1e-6
    assert shared(a, moved(b, Pose.at(y=0.3))) > 2  # pushed beyond flush, the slots' bottoms meet
