# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The order of toolpaths: stage by stage, tool by tool, small before large, short ways between."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from csmkit.model.cam import CutKind, Toolpath
from csmkit.model.outline import Point

Floats = NDArray[np.float64]
STAGES: tuple[CutKind, ...] = ("engrave", "drill", "pocket", "inside", "outside", "surface")
SMALL = (1e4, 1e5)  # mm²: small parts first, while the sheet around them is stiff; judgement
ROUNDS = 20  # of improvement; far more than a sheet ever needs
LITTLE = 1e-6  # mm; less is no improvement


def ordered(paths: Sequence[Toolpath], sizes: Sequence[float], home: Point = (0.0, 0.0)) -> list[Toolpath]:
    """Toolpaths in the order of work.

    Engravings, drills, pockets, insides, outsides: whatever holds a part in place is cut last. Within a stage
    one tool does all its work before the next, and the tool in the spindle goes first.

    Args:
        sizes: area of what each path cuts around, mm²; it puts small contours before large ones.
        home: where the first way begins.
    """
    result: list[Toolpath] = []
    here, tool = home, ""
    rows = sorted(zip(paths, sizes, strict=True), key=lambda row: STAGES.index(row[0].kind))
    stages = [list(group) for _, group in groupby(rows, key=lambda row: row[0].kind)]
    for i, stage in enumerate(stages):
        following = {row[0].tool for row in stages[i + 1]} if i + 1 < len(stages) else set()
        for key in _tools(stage, tool, following):
            tool = key
            mine = [row for row in stage if row[0].tool == key]
            for group in _by_size(mine):
                tour = _tour(group, here)
                result += tour
                here = tour[-1].moves[-1].end[:2]
    return result


def _tools(stage: Sequence[tuple[Toolpath, float]], current: str, following: set[str]) -> list[str]:
    """Tools of a stage: the one in the spindle first, one that the next stage wants last."""
    keys = sorted({row[0].tool for row in stage})
    shared = [k for k in keys if k in following and k != current]
    last = shared[:1] if len(keys) > 1 else []
    first = [k for k in keys if k == current]
    return [*first, *(k for k in keys if k not in first and k not in last), *last]


def _by_size(rows: Sequence[tuple[Toolpath, float]]) -> list[list[Toolpath]]:
    """Contours in classes of size, small ones first; everything else is one class."""
    classes: dict[int, list[Toolpath]] = {}
    for path, size in rows:
        rank = sum(size >= limit for limit in SMALL) if path.kind in ("inside", "outside") else 0
        classes.setdefault(rank, []).append(path)
    return [classes[rank] for rank in sorted(classes)]


def _tour(paths: Sequence[Toolpath], here: Point) -> list[Toolpath]:
    starts, ends = [p.start[:2] for p in paths], [p.moves[-1].end[:2] for p in paths]
    return [paths[i] for i in short_tour(starts, ends, here)]


def short_tour(starts: Sequence[Point], ends: Sequence[Point], here: Point) -> list[int]:
    """Order in which ways are gone: nearest neighbour, improved by 2-opt and or-opt.

    Args:
        starts, ends: of each way; it is gone in its own sense.
        here: where the tool is.
    """
    firsts, lasts = np.array(starts, dtype=float), np.array(ends, dtype=float)
    left = list(range(len(starts)))
    order: list[int] = []
    at = here
    while left:
        following = min(left, key=lambda i: (round(math.dist(starts[i], at), 3), i))
        left.remove(following)
        order.append(following)
        at = ends[following]
    return _improved(order, firsts, lasts, here)


def _improved(order: Sequence[int], starts: Floats, ends: Floats, here: Point) -> list[int]:
    """Turn stretches round and move short ones elsewhere as long as that shortens the way.

    Ways are taken between the middles of starts and ends, which lie nearby.
    """
    points = np.vstack([[here], (starts + ends) / 2])
    gaps = np.hypot(*np.moveaxis(points[:, None] - points[None], 2, 0))
    tour = [0, *(i + 1 for i in order)]
    for _ in range(ROUNDS):
        if not (_turn_stretches(tour, gaps) | _move_stretches(tour, gaps)):
            break
    return [i - 1 for i in tour[1:]]


def _turn_stretches(tour: list[int], gaps: Floats) -> bool:
    """2-opt: whether some stretch of the open tour was turned round."""
    better = False
    for i in range(1, len(tour) - 1):
        t = np.array(tour)
        before, first = t[i - 1], t[i]
        lasts, after = t[i + 1 :], t[i + 2 :]
        gain = gaps[before, first] - gaps[before, lasts]
        gain[:-1] += gaps[lasts[:-1], after] - gaps[first, after]
        best = int(np.argmax(gain))
        if gain[best] > LITTLE:
            tour[i : i + 2 + best] = tour[i : i + 2 + best][::-1]
            better = True
    return better


def _move_stretches(tour: list[int], gaps: Floats) -> bool:
    """Or-opt: whether some stretch of up to three was moved elsewhere."""
    better = False
    for size in (1, 2, 3):
        for i in range(1, len(tour) - size + 1):
            stretch = tour[i : i + size]
            rest = np.array(tour[:i] + tour[i + size :])
            saved = gaps[tour[i - 1], stretch[0]]
            if i + size < len(tour):
                saved += gaps[stretch[-1], tour[i + size]] - gaps[tour[i - 1], tour[i + size]]
            cost = gaps[rest, stretch[0]].copy()
            cost[:-1] += gaps[stretch[-1], rest[1:]] - gaps[rest[:-1], rest[1:]]
            best = int(np.argmin(cost))
            if saved - cost[best] > LITTLE:
                row = [int(k) for k in rest]
                tour[:] = row[: best + 1] + stretch + row[best + 1 :]
                better = True
    return better
