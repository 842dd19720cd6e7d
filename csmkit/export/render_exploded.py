# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A kit pulled apart: parts away from its middle, what is bought out along its own axis."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csmkit.export.render import Model
from csmkit.model.pose import Pose

APART = (
    0.55  # of a part's distance from the middle: how much farther out it goes, along the kit's longest side
)
MOST = 1.3  # the same along a short side, at most: flat kits are opened wider in height
PULLED = 0.035  # of the kit's diagonal: a fastener's head stands so far above its place, beyond its length
SMALL = 0.35  # of the kit's longest side: a bought thing that is larger moves as a part does


def exploded(models: Sequence[Model], bought: Collection[str]) -> list[Model]:
    """The same models in places that show how they go together.

    Args:
        models: in their assembled places; bolts, nuts and washers point outward along z of their own frames,
            as `geometry.fasteners` has them.
        bought: names of those that are bought.
    """
    corners = np.concatenate([np.stack(_box(m, pose)) for m in models for pose in m.poses])
    low, high = corners.min(axis=0), corners.max(axis=0)
    middle, size = (low + high) / 2, np.maximum(high - low, 1.0)
    factor = np.minimum(APART * size.max() / size, MOST)
    pulled = PULLED * float(np.linalg.norm(size))
    result = []
    for model in models:
        is_small = float(np.ptp(np.stack(model.box), axis=0).max()) < SMALL * size.max()
        out = pulled + _below(model) if model.name in bought and is_small else 0.0
        result.append(replace(model, poses=tuple(_moved(model, p, middle, factor, out) for p in model.poses)))
    return result


def _moved(model: Model, pose: Pose, middle: NDArray[Any], factor: NDArray[Any], out: float) -> Pose:
    center = np.mean(_box(model, pose), axis=0)
    x, y, z = factor * (center - middle) + out * np.array(pose.direction((0.0, 0.0, 1.0)))
    return Pose.at(float(x), float(y), float(z)) * pose


def _below(model: Model) -> float:
    """How far it reaches below z = 0 of its own frame: a bolt's length."""
    return max(-float(model.box[0][2]), 0.0)


def _box(model: Model, pose: Pose) -> tuple[NDArray[Any], NDArray[Any]]:
    """Low and high corner of its box where it stands."""
    low, high = model.box
    rows = np.array(pose.rows)
    center = rows[:, :3] @ ((low + high) / 2) + rows[:, 3]
    half = np.abs(rows[:, :3]) @ ((high - low) / 2)
    return center - half, center + half
