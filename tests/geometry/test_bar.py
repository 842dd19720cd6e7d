# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A bar part needs its extent along the bar; a wrong section is told with its sizes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from OCP.TopoDS import TopoDS_Shape
from solids import cut, poses

from csmkit.errors import CsmError
from csmkit.geometry.bar import bar_length
from csmkit.geometry.prism import extruded
from csmkit.geometry.shape import moved
from csmkit.model.outline import Outline, Region
from csmkit.model.pose import Pose
from csmkit.model.stock import Bar, Material

SPRUCE = Material("spruce", "spruce", 450, True, 24, None, 11000, None, 4, "test")
STEEL = Material("steel", "steel", 7850, False, 235, 235, 210000, None, None, "test")
BATTEN = Bar("spruce-45x70", "batten", SPRUCE, "rectangle", 45, 70, 0, "test")
SQUARE = Bar("spruce-45x45", "post", SPRUCE, "rectangle", 45, 45, 0, "test")
ROD = Bar("beech-round-20", "dowel", SPRUCE, "round", 20, 20, 0, "test")
TUBE = Bar("steel-tube-25x25x2", "tube", STEEL, "tube", 25, 25, 2, "test")
PIPE = Bar("steel-pipe-26.9x2.3", "pipe", STEEL, "pipe", 26.9, 26.9, 2.3, "test")


def stick(bar: Bar, length: float) -> TopoDS_Shape:
    if bar.shape in ("round", "pipe"):
        outer, inner = Outline.circle(0, 0, bar.width), Outline.circle(0, 0, bar.width - 2 * bar.wall)
    else:
        w, h, t = bar.width, bar.height, bar.wall
        outer, inner = Outline.rectangle(0, 0, w, h), Outline.rectangle(t, t, w - t, h - t)
    return extruded(Region(outer, (inner,) if bar.wall else ()), length)


@settings(max_examples=60)
@given(st.sampled_from([BATTEN, SQUARE, ROD, TUBE, PIPE]), st.floats(100, 3000), poses)
def test_the_length_is_found_in_any_orientation(bar: Bar, length: float, pose: Pose) -> None:
    assert bar_length(moved(stick(bar, length), pose), bar) == pytest.approx(length, abs=1e-5)


@settings(max_examples=20)
@given(poses)
def test_mitres_and_holes_do_not_change_the_length(pose: Pose) -> None:
    wedge = moved(extruded(Outline.polygon([(0, 0), (45, 0), (0, 60)]), 200), Pose.at(rx=90, y=100))
    hole = moved(extruded(Outline.circle(20, 100, 8), 200), Pose.at(rx=90, y=150))
    part = moved(cut(stick(BATTEN, 500), wedge, hole), pose)
    assert bar_length(part, BATTEN) == pytest.approx(500, abs=1e-5)


def test_the_grain_names_the_way_of_the_bar() -> None:
    cube = stick(SQUARE, 45)
    assert bar_length(cube, SQUARE, "x") == pytest.approx(45)
    short = stick(BATTEN, 45)  # 45 x 70 x 45: along x it fits the section too
    assert bar_length(short, BATTEN, "z") == pytest.approx(45)
    with pytest.raises(CsmError, match=r"along its grain \(y\), over 70.0 mm"):
        bar_length(short, BATTEN, "y")


def test_either_side_of_the_section_may_stand_up() -> None:
    assert bar_length(moved(stick(BATTEN, 300), Pose.at(rz=90)), BATTEN, "z") == pytest.approx(300)


@pytest.mark.parametrize(
    ("solid", "bar", "says"),
    [
        (stick(BATTEN, 500), SQUARE, r"45.00 x 70.00 mm across, over 500.0 mm; spruce-45x45 has 45 x 45"),
        (stick(SQUARE, 500), ROD, "beech-round-20 has Ø20"),
        (extruded(Outline.rectangle(0, 0, 44.9, 70), 500), BATTEN, "44.90 x 70.00"),
        (extruded(Outline.rectangle(0, 0, 25, 25), 500), TUBE, "model it hollow, with a wall of 2 mm"),
        (extruded(Outline.circle(0, 0, 26.9), 500), PIPE, "model it hollow"),
    ],
)
def test_a_wrong_section_is_told_with_both_sizes(solid: TopoDS_Shape, bar: Bar, says: str) -> None:
    with pytest.raises(CsmError, match=says):
        bar_length(solid, bar)
