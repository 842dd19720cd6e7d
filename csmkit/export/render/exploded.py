# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A kit pulled apart: parts away from the middle of what they touch, bought things along their own axis."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csmkit.export.bunches import bunch_numbers
from csmkit.export.render.picture import Model, placed_box
from csmkit.model.pose import Pose

APART = 0.55  # of a part's distance from the middle: how much farther out it goes, along the longest side
MOST = 4.0  # the same along a short side, at most: what is stacked flat is opened wider in height
PULLED = 0.035  # of the diagonal: a fastener's head stands so far above its place, beyond its length
SMALL = 0.35  # of the longest side: a bought thing that is larger moves as a part does
TOUCH = 1.0  # mm between boxes that belong together
STEP, STEPS = 0.15, 40  # by which groups are moved from one another, until they are as far apart as they were


@dataclass(frozen=True)
class _Copies:
    """All copies of all models: the model of each, low and high corners of its box; mm."""

    model: NDArray[np.int64]
    pose: tuple[Pose, ...]
    low: NDArray[Any]
    high: NDArray[Any]


def exploded(models: Sequence[Model], bought: Collection[str]) -> list[Model]:
    """The same models in places that show how they go together.

    Args:
        models: in their assembled places; bolts, nuts and washers point outward along z of their own frames,
            as `geometry.fasteners` has them.
        bought: names of those that are bought.
    """
    copies = _copies(models)
    groups = _touching(copies.low, copies.high)
    shift = np.zeros_like(copies.low)
    for group in groups:
        shift[group] = _pulled_apart(models, bought, copies, group)
    shift = _separated(copies, groups, shift)
    poses: list[list[Pose]] = [[] for _ in models]
    for model, pose, (x, y, z) in zip(copies.model, copies.pose, shift.tolist(), strict=True):
        poses[model].append(Pose.at(x, y, z) * pose)
    return [replace(model, poses=tuple(places)) for model, places in zip(models, poses, strict=True)]


def _pulled_apart(
    models: Sequence[Model], bought: Collection[str], copies: _Copies, group: NDArray[np.int64]
) -> NDArray[Any]:
    """How far each thing of a group moves from the group's middle, and out of its hole, mm."""
    low, high = copies.low[group].min(axis=0), copies.high[group].max(axis=0)
    size = np.maximum(high - low, 1.0)
    factor = np.minimum(APART * size.max() / size, MOST)
    centers = (copies.low[group] + copies.high[group]) / 2
    shift = factor * (centers - (low + high) / 2)
    for n, copy in enumerate(group):
        model = models[copies.model[copy]]
        below, above = model.box
        if model.name in bought and float(np.max(above - below)) < SMALL * size.max():
            out = PULLED * float(np.linalg.norm(size)) + max(-float(below[2]), 0.0)
            shift[n] += out * np.array(copies.pose[copy].direction((0.0, 0.0, 1.0)))
    return np.asarray(shift)


def _separated(copies: _Copies, groups: Sequence[NDArray[np.int64]], shift: NDArray[Any]) -> NDArray[Any]:
    """Groups moved away from the middle of all until none reaches into another."""
    middle = (copies.low.min(axis=0) + copies.high.max(axis=0)) / 2
    away = np.zeros_like(shift)
    for group in groups:
        away[group] = (copies.low[group].min(axis=0) + copies.high[group].max(axis=0)) / 2 - middle
    for step in range(STEPS):
        moved = shift + step * STEP * away
        lows = np.array([(copies.low + moved)[g].min(axis=0) for g in groups])
        highs = np.array([(copies.high + moved)[g].max(axis=0) for g in groups])
        if len(_touching(lows, highs)) == len(groups):
            return moved
    return moved


def _touching(low: NDArray[Any], high: NDArray[Any]) -> list[NDArray[np.int64]]:
    """Boxes that touch, directly or through others, as groups of their numbers."""
    meets = ((low[:, None] <= high[None] + TOUCH) & (low[None] <= high[:, None] + TOUCH)).all(axis=2)
    bunches = bunch_numbers(meets)
    return [np.flatnonzero(bunches == n) for n in np.unique(bunches)]


def _copies(models: Sequence[Model]) -> _Copies:
    places = [(n, model, pose) for n, model in enumerate(models) for pose in model.poses]
    boxes = [placed_box(model, pose) for _, model, pose in places]
    return _Copies(
        np.array([n for n, _, _ in places]),
        tuple(pose for _, _, pose in places),
        np.array([low for low, _ in boxes]),
        np.array([high for _, high in boxes]),
    )
