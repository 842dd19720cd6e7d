# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What turns is stopped by what is in its way, at the angle at which it comes there, and by nothing else."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from OCP.BRepPrimAPI import BRepPrimAPI_MakeBox, BRepPrimAPI_MakeCylinder
from OCP.gp import gp_Pnt
from solids import cut

from csmkit.geometry.motion import COARSEST, first_clash, ring
from csmkit.model.pose import Pose

Z = ((0.0, 0.0, 0.0), (0.0, 0.0, 1.0))


def box(x0, y0, z0, x1, y1, z1):
    return BRepPrimAPI_MakeBox(gp_Pnt(x0, y0, z0), gp_Pnt(x1, y1, z1)).Solid()


def disc(radius, bore, height):
    return cut(
        BRepPrimAPI_MakeCylinder(radius, height).Solid(), BRepPrimAPI_MakeCylinder(bore, height).Solid()
    )


def clash(moving, resting, span=(0.0, 360.0), allowed=lambda a, b: False):
    return first_clash(
        [("arm", moving, Pose())], [("post", shape, pose) for shape, pose in resting], Z, span, allowed
    )


ARM = box(0, -5, 0, 100, 5, 10)


@settings(max_examples=25, deadline=None)
@given(st.floats(20, 340))
def test_an_arm_meets_a_post_at_the_angle_at_which_it_stands(angle):
    post = box(80, -8, 0, 90, 8, 10)
    at, hit = clash(ARM, [(post, Pose.at(rz=angle))])
    assert (hit.a, hit.b) == ("arm", "post")
    assert abs(at - angle) <= COARSEST + math.degrees(13 / 80)


@settings(max_examples=25, deadline=None)
@given(st.floats(20, 340), st.floats(20, 95), st.floats(-3, 8), st.sampled_from([1.0, -1.0]))
def test_nothing_thicker_than_the_grid_is_jumped_over(angle, radius, z, sense):
    pin = box(radius - 1.1, -1.1, z, radius + 1.1, 1.1, z + 4.4)
    at, hit = clash(ARM, [(pin, Pose.at(rz=angle))], (0.0, sense * 360.0))
    ahead = (angle if sense > 0 else 360 - angle) - math.degrees(math.asin(5 / radius))
    assert hit.b == "post"
    assert ahead - math.degrees(1.6 / radius) <= abs(at) <= ahead + math.degrees(9 / radius)


def test_a_door_meets_the_button_before_it_though_wide_steps_would_pass_it():
    door, button = box(0, 0, 0, 300, 18, 600), box(270, -19, 400, 330, -1, 424)
    found = first_clash(
        [("door", door, Pose())], [("button", button, Pose())], Z, (0, -110), lambda a, b: False
    )
    assert found is not None
    assert -2 < found[0] < 0


def test_what_lies_beyond_its_reach_or_beside_its_plane_is_not_in_the_way():
    beyond, below = box(101, -200, 0, 120, 200, 10), box(0, -200, -9, 200, 200, -0.2)
    assert clash(ARM, [(beyond, Pose())]) is None
    assert clash(ARM, [(below, Pose())]) is None


def test_it_stops_where_it_ends():
    post = (box(80, -8, 0, 90, 8, 10), Pose.at(rz=180))
    assert clash(ARM, [post], (0.0, 160.0)) is None
    assert clash(ARM, [post], (0.0, 180.0)) is not None
    assert clash(ARM, [post], (0.0, -160.0)) is None


def test_a_hub_turns_within_a_stator_and_what_bites_may():
    stator = disc(150, 60, 13)
    hub = BRepPrimAPI_MakeCylinder(59.5, 40).Solid()
    assert clash(hub, [(stator, Pose())]) is None
    thick = BRepPrimAPI_MakeCylinder(61, 40).Solid()
    assert clash(thick, [(stator, Pose())]) is not None
    assert clash(thick, [(stator, Pose())], allowed=lambda a, b: True) is None


@settings(max_examples=25, deadline=None)
@given(st.floats(1, 80), st.floats(0, 359), st.floats(-50, 50))
def test_a_ring_encloses_what_it_is_of(bore, turned, z):
    found = ring(("disc", disc(100, bore, 20), Pose.at(z=z, rz=turned)), *Z, {})
    assert found.inner == pytest.approx(bore, abs=0.01)
    assert 100 <= found.outer <= 100.2
    assert found.low <= z <= found.low + 0.2
    assert z + 20 <= found.high <= z + 20.2
