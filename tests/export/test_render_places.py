# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Where things lie in the picture of all parts laid out."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from build123d import Box, Cylinder, Pos
from numpy.typing import NDArray

from csmkit.export.finish import BOUGHT, finish_of
from csmkit.export.paths import ASPECT
from csmkit.export.pieces import Piece
from csmkit.export.render.laid import FROM_ABOVE, laid_out
from csmkit.export.render.picture import Model, model
from csmkit.geometry.shape import topods
from csmkit.model.pose import Pose

PLY = finish_of("birch-ply")


def kit() -> list[Model]:
    """A floor, two walls and four bolts through the walls, heads outward."""
    side = (Pose.at(200, 0, 100, ry=90), Pose.at(-200, 0, 100, ry=-90))
    floor = Piece("floor", topods(Box(400, 300, 12)), (Pose(),), PLY, "x")
    wall = Piece("wall", topods(Box(200, 300, 12)), side, PLY, "x")
    bolt = Piece("bolt", topods(Pos(0, 0, -20) * Cylinder(4, 40)), tuple(bolts()), BOUGHT)
    return [model(floor), model(wall), model(bolt)]


def bolts() -> list[Pose]:
    return [Pose.at(s * 206, y, 100, ry=s * 90) for s in (1, -1) for y in (-100, 100)]


def boxes(models: list[Model]) -> list[tuple[NDArray[np.floating], NDArray[np.floating]]]:
    found = []
    for shown in models:
        points = np.concatenate([s.vertices for s in shown.solids]).astype(float)
        for pose in shown.poses:
            rows = np.array(pose.rows)
            placed = points @ rows[:, :3].T + rows[:, 3]
            found.append((placed.min(axis=0), placed.max(axis=0)))
    return found


def are_apart(a: tuple[NDArray, NDArray], b: tuple[NDArray, NDArray], axes: int) -> bool:
    return any(a[1][i] < b[0][i] + 1e-6 or b[1][i] < a[0][i] + 1e-6 for i in range(axes))


def test_laid_out_things_lie_on_the_ground_without_touching() -> None:
    after = laid_out(kit(), {}, {"bolt"}, ASPECT)
    assert [len(m.poses) for m in after] == [1, 2, 4]
    found = boxes(after)
    assert all(low[2] == pytest.approx(0, abs=1e-4) for low, _ in found)
    assert all(are_apart(a, b, 2) for a, b in itertools.combinations(found, 2))
    plates = found[:3]
    assert all(high[2] == pytest.approx(12, abs=1e-4) for _, high in plates)  # flat, not on edge


def test_parts_lie_as_on_the_machine_and_what_is_bought_in_front() -> None:
    upside_down = Pose.at(rx=180)
    after = laid_out(kit(), {"floor": upside_down, "wall": Pose()}, {"bolt"}, ASPECT)
    assert after[0].poses[0].direction((0, 0, 1)) == pytest.approx((0, 0, -1))
    found = boxes(after)
    front = max(high[1] for _, high in found[3:])
    assert front < min(low[1] for low, _ in found[:3])


def test_many_things_fill_the_picture() -> None:
    many = Piece("slat", topods(Box(200, 30, 12)), tuple(Pose.at(0, 0, 20 * n) for n in range(40)), PLY)
    found = boxes(laid_out([model(many)], {}, set(), ASPECT))
    low, high = np.min([b[0] for b in found], axis=0), np.max([b[1] for b in found], axis=0)
    seen = FROM_ABOVE[2] / np.linalg.norm(FROM_ABOVE)
    assert (high - low)[0] / ((high - low)[1] * seen) == pytest.approx(ASPECT, rel=0.25)
