# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Viewer data and line pictures: every instance is there, what is hidden is not."""

import itertools
import math

import numpy as np
import pytest
from build123d import Box, Cylinder

from csmkit.geometry.hidden_lines import visible_lines
from csmkit.geometry.shape import topods
from csmkit.geometry.step import Item
from csmkit.geometry.viewer import facets, placement
from csmkit.model import Pose

CUBE = topods(Box(100, 100, 100))
PIN = topods(Cylinder(5, 20))
GREY = (0.5, 0.5, 0.5)


def test_a_browser_gets_each_face_and_edge_by_itself():
    cube = facets(CUBE)
    assert cube.face_triangles.tolist() == [2] * 6
    assert cube.edge_segments.tolist() == [1] * 12
    assert len(cube.corners) == 8
    assert np.ptp(cube.vertices, axis=0).tolist() == [100, 100, 100]
    pin = facets(PIN)
    assert len(pin.face_triangles) == 3
    assert len(facets(PIN, coarser=2).triangles) < len(pin.triangles)


def test_a_placement_is_a_shift_and_a_quaternion():
    x, y, z, *turn = placement(Pose.at(1, 2, 3, rz=90))
    assert (x, y, z) == (1, 2, 3)
    assert turn == pytest.approx([0, 0, math.sqrt(0.5), math.sqrt(0.5)])


def test_a_cube_shows_nine_edges_from_a_corner():
    lines = visible_lines([Item("cube", CUBE, (Pose(),), GREY)], (1, 1, 1))
    ends = {frozenset(pair) for chain in lines.outlines + lines.edges for pair in itertools.pairwise(chain)}
    assert len(ends) == 9
    # all edges of a cube are equally long in an isometric view: 100 · √(2/3)
    for a, b in ends:
        assert ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 == pytest.approx(81.65, abs=0.05)


def test_what_stands_behind_a_cube_leaves_no_line():
    alone = visible_lines([Item("cube", CUBE, (Pose(),), GREY)], (1, 1, 1))
    behind = Item("pin", PIN, (Pose.at(-100, -100, -100),), GREY)
    assert visible_lines([Item("cube", CUBE, (Pose(),), GREY), behind], (1, 1, 1)) == alone
