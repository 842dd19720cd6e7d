# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Viewer data and line pictures: every instance is there, what is hidden is not."""

import base64
import itertools
import json
import struct

import pytest
from build123d import Box, Cylinder

from csmkit.geometry.hidden_lines import visible_lines
from csmkit.geometry.shape import topods
from csmkit.geometry.step import Item
from csmkit.geometry.viewer import viewer_data
from csmkit.model import Pose

CUBE = topods(Box(100, 100, 100))
PIN = topods(Cylinder(5, 20))
GREY = (0.5, 0.5, 0.5)


def leaves(node):
    return [leaf for part in node["parts"] for leaf in leaves(part)] if "parts" in node else [node]


def test_viewer_data_has_each_shape_once_and_every_instance_in_its_place():
    items = [
        Item("cube", CUBE, (Pose(), Pose.at(200, 0, 0)), GREY),
        Item("pin", PIN, (Pose.at(0, 0, 60),), GREY),
    ]
    data = json.loads(viewer_data("kit", items))
    found = leaves(data["shapes"])
    assert [leaf["id"] for leaf in found] == ["/kit/cube/cube 1", "/kit/cube/cube 2", "/kit/pin"]
    first, second, _ = (leaf["loc"][0][0] for leaf in found)
    assert second - first == 200
    assert found[2]["loc"][0][2] == 60 - 20 / 2
    assert len(data["instances"]) == 2
    raw = base64.b64decode(data["instances"][0]["vertices"]["buffer"])
    corners = struct.unpack(f"<{len(raw) // 4}f", raw)
    assert max(corners) - min(corners) == 100
    assert viewer_data("kit", items) == viewer_data("kit", items)


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
