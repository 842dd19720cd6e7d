# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Data for the 3D viewer on a page: each shape once, an instance for each of its poses."""

from __future__ import annotations

import json
from collections.abc import Sequence

from OCP.TopAbs import TopAbs_ShapeEnum

from csmkit.geometry.shape import moved
from csmkit.geometry.step import Item

# Chords of a picture that a browser turns in real time: radians between facets, share of a shape's size.
COARSE = {"angular_tolerance": 0.5, "deviation": 0.3}


def viewer_data(name: str, items: Sequence[Item]) -> bytes:
    """JSON as three-cad-viewer's `decodeInstancedFormat` reads it; the same bytes for the same assembly.

    Args:
        name: of the root of the tree.
        items: shapes in their places; several poses make a branch of their own: "/kit/side/side 2".
    """
    from build123d import Color, Compound, Solid
    from ocp_tessellate.convert import tessellate_group, to_ocpgroup
    from ocp_tessellate.utils import numpy_to_buffer_json

    branches = []
    for item in items:
        leaves = []
        for n, pose in enumerate(item.poses, 1):
            leaf = Solid(moved(item.shape, pose)) if _is_solid(item) else Compound(moved(item.shape, pose))
            leaf.label = f"{item.name} {n}" if len(item.poses) > 1 else item.name
            leaf.color = Color(*item.colour)
            leaves.append(leaf)
        branches.append(leaves[0] if len(leaves) == 1 else Compound(label=item.name, children=leaves))
    root = Compound(label=name, children=branches)
    group, instances = to_ocpgroup(root)
    meshes, shapes, _ = tessellate_group(group, instances, COARSE)
    data = numpy_to_buffer_json({"instances": meshes, "shapes": shapes})
    return json.dumps(data, separators=(",", ":"), sort_keys=True).encode()


def _is_solid(item: Item) -> bool:
    return bool(item.shape.ShapeType() == TopAbs_ShapeEnum.TopAbs_SOLID)
