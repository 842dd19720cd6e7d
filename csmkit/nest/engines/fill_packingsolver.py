# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts into a hole by packingsolver: a knapsack whose bin is the hole."""

from __future__ import annotations

from collections.abc import Sequence

import packingsolver.irregular as ps
from shapely import Polygon

from csmkit.nest.candidate import Placed
from csmkit.nest.engines.blanks import ring
from csmkit.nest.engines.prefill import Small
from csmkit.nest.engines.task import parameters

QUEUE = 16  # nodes a level of the beam search: four times as many gained nothing


def fill_hole(hole: Polygon, smalls: Sequence[Small], spacing: float) -> tuple[Placed, ...]:
    """The most valuable parts that a hole takes, in the frame of its host."""
    builder = ps.InstanceBuilder()
    builder.set_objective(ps.Objective.Knapsack)
    builder.set_item_item_minimum_spacing(spacing)
    builder.add_bin_type(ps.build_shape(ring(hole)), copies=1, item_bin_minimum_spacing=spacing)
    for small in smalls:
        builder.add_item_type(
            ps.ShapeWithHoles(ps.build_shape(ring(small.outline)), []),
            copies=small.left,
            profit=small.value,
            allowed_rotations=[(a, a, False) for a in small.angles],
        )
    settings = parameters()
    settings.use_tree_search = True
    settings.tree_search_guides = [0]  # the other found nothing that is better
    settings.not_anytime_tree_search_queue_size = QUEUE
    solution = ps.optimize(builder.build(), settings).solution
    return tuple(
        (smalls[i.item_type_id].name, i.bl_corner.x, i.bl_corner.y, i.angle)
        for k in range(solution.number_of_different_bins())
        for i in solution.bin(k).items
    )
