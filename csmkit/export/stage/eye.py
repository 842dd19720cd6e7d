# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""From where each step is seen: so that what it adds is in sight, and with few turns from step to step."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from csmkit.export.stage.shown import Copy, Turn
from csmkit.geometry.depth import NOTHING, Eye, Window, facing, look, nearest
from csmkit.model.pose import Vector

Array = NDArray[np.float64]
Look = tuple[Vector, bool]  # towards the eye; whether the scene is turned over
QUARTERS: tuple[Vector, ...] = ((1.0, -1.4, 0.9), (1.4, 1.0, 0.9), (-1.0, 1.4, 0.9), (-1.4, -1.0, 0.9))
LOOKS: tuple[Look, ...] = (
    *((towards, False) for towards in QUARTERS),
    *(((x, y, -z), True) for x, y, z in QUARTERS),
)  # from the front right and on, each a quarter turn farther; then the same with the scene turned over
ACROSS = 150  # grid points along the longer side: enough to tell what hides what
TURNED, OVER = 0.08, 0.15  # of the score: what a turn, or turning over, has to gain
LYING, ENDS = 0.08, 0.3  # what a step loses while the scene is turned over; one that shows how it stands
BEST = 0.6  # of an item's score: its copy that is seen best; of a left and a right one, one suffices
UNSEEN, HIDDEN = 0.08, 0.25  # of an item, at most, if it counts as hidden; what each such costs the score
HIDES = 2.0  # times its outline's area that the faces of a solid have towards the eye, by and large
ALONG = 0.35  # of the score is lost where things come straight towards the eye
PLACE = 0.3  # of the score: that the place where a thing goes is in sight too


def scores(there: Sequence[Copy], added: Sequence[Copy], shifts: Sequence[Vector]) -> list[float]:
    """How well each of `LOOKS` shows what is added, 0 to 1."""
    return [round(_score(look(*one), there, added, shifts), 4) for one in LOOKS]


def chosen_looks(scored: Sequence[Sequence[float]]) -> list[tuple[Look, Turn]]:
    """The look of each picture, so that all are seen well with few turns; and how it has turned.

    Args:
        scored: what `scores` gives for each picture; empty for one that adds nothing and stays as it was.
    """
    kinds = range(len(LOOKS))
    best = [0.0 if n == 0 else -_cost(0, n) for n in kinds]
    came: list[list[int]] = []
    for n, values in enumerate(scored):
        lying = LYING if values else ENDS
        gained = [(values[k] if values else 0.0) - (lying if LOOKS[k][1] else 0.0) for k in kinds]
        if n:
            before = [max((round(best[b] - _cost(b, k), 6), -b, b) for b in kinds)[2] for k in kinds]
            best = [best[b] - _cost(b, k) for k, b in zip(kinds, before, strict=True)]
            came.append(before)
        best = [b + g for b, g in zip(best, gained, strict=True)]
    path = [max((round(best[k], 6), -k, k) for k in kinds)[2]]
    for before in reversed(came):
        path.append(before[path[-1]])
    path = path[::-1][: len(scored)]
    turns = ["" if n == 0 else _turn(path[n - 1], k) for n, k in enumerate(path)]
    return [(LOOKS[k], turn) for k, turn in zip(path, turns, strict=True)]


def _cost(before: int, after: int) -> float:
    return (TURNED if before % 4 != after % 4 else 0.0) + (OVER if before // 4 != after // 4 else 0.0)


def _score(eye: Eye, there: Sequence[Copy], added: Sequence[Copy], shifts: Sequence[Vector]) -> float:
    """How well the added things are seen, 0 to 1: the mean of what the step names."""
    home = [eye.seen(copy.facets.corners) for copy in added]
    away = [eye.seen(np.array(shift)) + corners for corners, shift in zip(home, shifts, strict=True)]
    window = Window.around(np.concatenate([*home, *away]).reshape(-1, 3), ACROSS)
    grey = [eye.seen(copy.facets.corners) for copy in there if not copy.shape.is_hardware]
    before = nearest(_fronts(grey)[0], window)[0] if grey else np.full((window.rows, window.columns), -np.inf)
    out, at_home = _shares(away, before, window), _shares(home, before, window)
    seen: dict[str, list[float]] = {}
    for copy, shift, far, near in zip(added, shifts, out, at_home, strict=True):
        length = math.hypot(*shift)
        straight = abs(float(np.array(shift) @ np.array(eye.back))) / length if length else 0.0
        value = (1 - PLACE) * far + PLACE * near
        seen.setdefault(copy.shape.name, []).append(value * (1 - ALONG * straight))
    items = [BEST * max(values) + (1 - BEST) * float(np.mean(values)) for values in seen.values()]
    hidden = sum(max(values) < UNSEEN for values in seen.values())
    return float(np.mean(items) - HIDDEN * hidden)


def _shares(things: Sequence[Array], before: Array, window: Window) -> Array:
    """How much of each thing is in sight, of what would be if it stood alone.

    Args:
        things: (m, 3, 3) each, as the picture has them.
        before: depth of what may hide them.
    """
    fronts, owner = _fronts(things)
    depth, number = nearest(fronts, window)
    clear = number[(number != NOTHING) & (depth >= before - window.step)]
    seen = np.bincount(owner[clear], minlength=len(things))
    own = np.array([_area(thing[facing(thing)]) for thing in things]) / window.step**2 / HIDES
    return np.asarray(np.minimum(seen / np.maximum(own, 1.0), 1.0))


def _fronts(things: Sequence[Array]) -> tuple[Array, NDArray[np.int64]]:
    """The triangles that face the eye, and whose they are."""
    fronts = [corners[facing(corners)] for corners in things]
    return np.concatenate(fronts), np.repeat(np.arange(len(fronts)), [len(f) for f in fronts])


def _area(fronts: Array) -> float:
    a, b, c = (fronts[:, n, :2] for n in range(3))
    u, v = b - a, c - a
    return float(np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]).sum() / 2)


def _turn(before: int, after: int) -> Turn:
    if before // 4 != after // 4:
        return "over"
    turns: tuple[Turn, ...] = ("", "right", "round", "left")
    return turns[(after - before) % 4]
