# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""All of a kit laid out in rows: parts flat as they come off the machine, what is bought before them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csmkit.export.render.picture import Model
from csmkit.model.pose import Pose, Vector

FROM_ABOVE: Vector = (0.0, -0.45, 1.0)  # high enough to see faces, low enough to see how thick they are
GAPS = (0.006, 0.022)  # of the width of the rows, between things: the smallest and the largest
BESIDE = 0.25  # of a row's depth is the gap, within these
SMALL = 0.25  # of the longest thing's length: what is bought and shorter lies across the rows in front
STEPS = 14  # widths of the rows that are tried, each a quarter of the longest thing wider


@dataclass(frozen=True)
class _Lying:
    """A thing as it lies: its number among the models, its place before it is moved, its size."""

    model: int
    pose: Pose
    size: tuple[float, float]


def laid_out(
    models: Sequence[Model], flat: Mapping[str, Pose], bought: Collection[str], aspect: float
) -> list[Model]:
    """Every copy of every model lying on the ground, the largest behind.

    Args:
        models: unique parts and bought things.
        flat: by name, from the part's own frame to how it lies on the machine; others lie on their broadest
            side.
        bought: names of what is bought: the small of it lies across the rows.
        aspect: width by height of the picture.
    """
    lying = [_lying(n, model, flat.get(model.name)) for n, model in enumerate(models)]
    longest = max(t.size[0] for t in lying)
    small = {n for n, t in enumerate(lying) if models[n].name in bought and t.size[0] < SMALL * longest}
    lying = [_across(t) if t.model in small else t for t in lying]
    things = [thing for thing in lying for _ in models[thing.model].poses]
    things.sort(key=lambda t: (t.model in small, -t.size[1], -t.size[0], models[t.model].name))
    large = sum(t.model not in small for t in things)
    tried = [_rows(things, large, longest * (1 + 0.25 * step)) for step in range(STEPS)]
    seen = FROM_ABOVE[2] / math.hypot(*FROM_ABOVE)  # of a depth on the ground
    best = min(tried, key=lambda rows: abs(math.log(rows.width / (rows.depth * seen) / aspect)))
    places: dict[int, list[Pose]] = {n: [] for n in range(len(models))}
    for thing, (x, y) in zip(things, best.places, strict=True):
        places[thing.model].append(Pose.at(x, y) * thing.pose)
    return [replace(model, poses=tuple(places[n])) for n, model in enumerate(models)]


@dataclass(frozen=True)
class _Rows:
    """Lower left corners of things in rows, mm."""

    places: tuple[tuple[float, float], ...]
    width: float
    depth: float


def _rows(things: Sequence[_Lying], large: int, width: float) -> _Rows:
    """Things side by side, row before row, each row as deep as its first and deepest thing, centred.

    After the first `large` ones a new row begins.
    """
    rows: list[list[_Lying]] = [[]]
    used = 0.0
    for n, thing in enumerate(things):
        if rows[-1] and (used + thing.size[0] > width or n == large):
            rows.append([])
            used = 0.0
        rows[-1].append(thing)
        used += thing.size[0] + _gap(rows[-1], width)
    places, y, widest = [], 0.0, 0.0
    for row in rows:
        deep, gap = row[0].size[1], _gap(row, width)
        y -= deep
        taken = sum(t.size[0] for t in row) + gap * (len(row) - 1)
        widest = max(widest, taken)
        x = (width - taken) / 2
        for thing in row:
            places.append((x, y + (deep - thing.size[1]) / 2))
            x += thing.size[0] + gap
        y -= gap
    return _Rows(tuple(places), widest, -y)


def _gap(row: Sequence[_Lying], width: float) -> float:
    """Between the things of a row: wide between panels, narrow between washers."""
    return min(max(BESIDE * row[0].size[1], GAPS[0] * width), GAPS[1] * width)


def _across(thing: _Lying) -> _Lying:
    """The same with its longer side along y."""
    length, depth = thing.size
    return replace(thing, pose=Pose.at(depth, rz=90) * thing.pose, size=(depth, length))


def _lying(number: int, model: Model, flat: Pose | None) -> _Lying:
    """A model on the ground with its box's lower left corner at the origin, its longer side along x."""
    pose = flat or _broadest(*model.box)
    low, high = _box(model, pose)
    if high[1] - low[1] > high[0] - low[0]:
        pose = Pose.at(rz=90) * pose
        low, high = _box(model, pose)
    x, y, z = (-float(c) for c in low)
    size = high - low
    return _Lying(number, Pose.at(x, y, z) * pose, (float(size[0]), float(size[1])))


def _broadest(low: NDArray[Any], high: NDArray[Any]) -> Pose:
    """The turn that brings the shortest side of a box upright."""
    return (Pose.at(ry=-90), Pose.at(rx=90), Pose())[int((high - low).argmin())]


def _box(model: Model, pose: Pose) -> tuple[NDArray[Any], NDArray[Any]]:
    """Low and high corner of what a turned model really takes up."""
    rows = np.array(pose.rows)
    points = np.concatenate([s.vertices for s in model.solids]) @ rows[:, :3].T + rows[:, 3]
    return points.min(axis=0), points.max(axis=0)
