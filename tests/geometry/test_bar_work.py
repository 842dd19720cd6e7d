# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What is done to a bar's ends and sides is found again from its solid, whichever way the part lies."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from OCP.BRepPrimAPI import BRepPrimAPI_MakeBox, BRepPrimAPI_MakeCylinder
from OCP.gp import gp_Ax2, gp_Dir, gp_Pnt
from solids import cut, poses

from csmkit.geometry.bar import bar_frame
from csmkit.geometry.bar_work import bar_work
from csmkit.geometry.prism import extruded
from csmkit.geometry.shape import moved
from csmkit.model.outline import Outline, Region
from csmkit.model.pose import Pose
from csmkit.model.stock import Bar, Material

STEEL = Material("steel", "steel", 7850, False, 235, 235, 210000, None, None, "test")
PIPE = Bar("pipe-60.3x3", "pipe", STEEL, "pipe", 60.3, 60.3, 3, "test")
FLAT = Bar("flat-40x8", "flat", STEEL, "rectangle", 40, 8, 0, "test")
RADIUS = 30.15


def pipe(length: float = 500):
    return extruded(Region(Outline.circle(0, 0, 60.3), (Outline.circle(0, 0, 54.3),)), length)


def cylinder(point, way, radius, length=400):
    """A cylinder with its middle at a point."""
    start = [p - w * length / 2 / math.hypot(*way) for p, w in zip(point, way, strict=True)]
    return BRepPrimAPI_MakeCylinder(gp_Ax2(gp_Pnt(*start), gp_Dir(*way)), radius, length).Solid()


def above(z: float, degrees: float, around: float = 0.0):
    """All that lies above a plane through (0, 0, z) that leans by some degrees."""
    block = BRepPrimAPI_MakeBox(gp_Pnt(-500, -500, 0), gp_Pnt(500, 500, 500)).Solid()
    return moved(block, Pose.at(z=z) * Pose.at(rz=around) * Pose.at(ry=-degrees))


def work(solid, bar=PIPE):
    return bar_work(solid, bar, bar_frame(solid, bar))


def rise(stroke):
    return max(p[1] for p in stroke) - min(p[1] for p in stroke)


def test_a_plain_pipe_is_plain_and_its_skin_unrolls_to_two_straight_edges():
    found = work(pipe())
    assert found.is_plain
    assert sorted({p[1] for stroke in found.wrap for p in stroke}) == [0.0, 500.0]
    for stroke in found.wrap:
        assert abs(stroke[-1][0] - stroke[0][0]) == pytest.approx(math.tau * RADIUS, abs=1e-3)


@settings(max_examples=25, deadline=None)
@given(st.floats(1, 60), st.floats(0, 359), poses)
def test_a_mitre_is_found_with_its_angle_and_unrolls_to_a_sine(degrees, around, pose):
    found = work(moved(cut(pipe(), above(300, degrees, around)), pose))
    square, mitre = sorted(found.ends, key=lambda e: e.kind, reverse=True)
    assert (square.kind, mitre.kind) == ("square", "mitre")
    assert mitre.angle == pytest.approx(degrees, abs=0.01)
    [edge] = [stroke for stroke in found.wrap if rise(stroke) > 0.1]
    assert rise(edge) == pytest.approx(2 * RADIUS * math.tan(math.radians(degrees)), rel=2e-3)
    middle = (max(p[1] for p in edge) + min(p[1] for p in edge)) / 2
    longest = math.radians(mitre.around)
    side = 1 if found.ends[1].kind == "mitre" else -1
    for u, v in edge:
        sine = side * RADIUS * math.tan(math.radians(degrees)) * math.cos(u / RADIUS - longest)
        assert v - middle == pytest.approx(sine, abs=0.05)


def test_a_fish_mouth_unrolls_to_the_saddle_of_two_cylinders():
    """A pipe of radius r meets one of radius R at right angles: z = z0 - sqrt(R² - (r sin t)²)."""
    big = 44.45
    found = work(cut(pipe(), cylinder((0, 0, 500), (0, 1, 0), big)))
    assert [e.kind for e in found.ends] == ["square", "shaped"]
    saddle = [p for stroke in found.wrap if rise(stroke) > 0.1 for p in stroke]
    assert len(saddle) > 100
    for u, v in saddle:
        assert v == pytest.approx(500 - math.sqrt(big**2 - (RADIUS * math.cos(u / RADIUS)) ** 2), abs=0.01)


def test_a_notch_that_is_open_at_the_end_shapes_it_though_the_rest_is_square():
    notch = BRepPrimAPI_MakeBox(gp_Pnt(0, -10, -1), gp_Pnt(50, 10, 40)).Solid()
    found = work(cut(pipe(), notch))
    assert sorted(end.kind for end in found.ends) == ["shaped", "square"]
    assert not found.is_plain


def test_holes_are_found_on_each_wall_and_in_a_solid_bar_once():
    found = work(cut(pipe(), cylinder((0, 0, 120), (1, 0, 0), 5), cylinder((0, 100, 300), (0, 1, 0), 4, 190)))
    assert [(h.at, h.around, h.diameter) for h in found.holes] == [(120, 0, 10), (120, 180, 10), (300, 90, 8)]
    flat = extruded(Outline.rectangle(-20, -4, 20, 4), 300)
    [hole] = work(cut(flat, cylinder((0, 0, 40), (0, 1, 0), 6)), FLAT).holes
    assert hole.diameter == 12
    assert hole.at in (pytest.approx(40), pytest.approx(260))
