# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Things that lie far from one another brought near in a step's picture: a jig beside what it is for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from csmkit.export.bunches import bunch_numbers
from csmkit.export.stage.places import boxes, touching
from csmkit.export.stage.shown import Copy

Array = NDArray[np.float64]
NEAR = 1.0  # mm between faces of things that belong together
AIR = 0.1  # of the size of the largest group: between groups
TRIES = 40  # places on the way that are tried


def gathered(copies: Sequence[Copy], group: NDArray[np.int64], shifts: Array) -> Array:
    """How far each thing moves so that groups that don't touch lie side by side, mm.

    The largest group stays; each other one comes straight towards it as far as it stays clear of all that
    lie there already. Groups that lie within one another stay as they are.

    Args:
        copies: in their places.
        group: number of each one's group.
        shifts: (n, 3) how far each is pulled out, mm.
    """
    low, high = boxes(copies)
    low, high = low + shifts, high + shifts
    names = np.unique(group)
    lows = np.array([low[group == g].min(axis=0) for g in names])
    highs = np.array([high[group == g].max(axis=0) for g in names])
    main = int(np.argmax(np.round(np.linalg.norm(highs - lows, axis=1), 3)))
    air = AIR * float(np.linalg.norm(highs[main] - lows[main]))
    middle = (lows + highs) / 2
    away = np.linalg.norm(middle - middle[main], axis=1).round(3)
    moves = np.zeros((len(names), 3))
    placed = [main]
    for n in np.lexsort((np.arange(len(names)), away)):
        if n == main:
            continue
        for share in np.arange(TRIES, -1, -1) / TRIES:
            move = share * (middle[main] - middle[n])
            if share == 0 or not any(
                (
                    (lows[n] + move < highs[p] + moves[p] + air)
                    & (highs[n] + move > lows[p] + moves[p] - air)
                ).all()
                for p in placed
            ):
                moves[n] = move
                break
        placed.append(int(n))
    return np.asarray(moves[np.searchsorted(names, group)])


def groups(there: Sequence[Copy], added: Sequence[Copy], bunches: Sequence[int]) -> NDArray[np.int64]:
    """Number of each thing's group: the least among those that it touches, directly or through others.

    Args:
        there, added: in their places.
        bunches: which of those that are there hang together already: a number each.
    """
    first = len(there)
    meets = np.zeros((first + len(added), first + len(added)), bool)
    meets[:first, :first] = np.equal.outer(bunches, bunches)
    meets[first:] = touching(added, [*there, *added], NEAR)
    return bunch_numbers(meets | meets.T)
