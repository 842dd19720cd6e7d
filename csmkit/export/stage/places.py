# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Which of several equal things each step adds: those whose joint is ready then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from csmkit.export.bunches import bunch_numbers
from csmkit.export.stage.shown import Copy
from csmkit.geometry.contact import contact
from csmkit.model.facts import Step

TOUCH = 0.5  # mm between faces of things that touch


def added_copies(steps: Sequence[Step], copies: Sequence[Copy], kits: Sequence[str] = ()) -> list[list[int]]:
    """Numbers of the copies that each step adds, in the order of what it names.

    Where several steps add some of one thing, each takes those that belong to a joint that this step can
    close: equal bolts are told apart by the parts that they hold.

    Args:
        steps: that together add every copy once.
        copies: all things in their places, those of one shape in the order of its poses.
        kits: the kit within the kit to which each belongs, "" for none; where that has steps of its own, they
            add its own things alone.
    """
    stepped = {step.kit for step in steps}
    whose = [kit if kit in stepped else "" for kit in kits] or [""] * len(copies)
    named = [dict(step.adds) for step in steps]
    times = {c.shape.name: [n for n, step in enumerate(named) if c.shape.name in step] for c in copies}
    ready = _ready(copies, times, len(steps))
    left: dict[str, list[int]] = {}
    for n, copy in enumerate(copies):
        left.setdefault(copy.shape.name, []).append(n)
    result = []
    for number, (step, adds) in enumerate(zip(steps, named, strict=True)):
        chosen: list[int] = []
        for item, count in adds.items():
            ranks = [(whose[n] != step.kit, *_urgency(int(ready[n]), number), n) for n in left.get(item, [])]
            waiting = [rank[-1] for rank in sorted(ranks)]
            taken = sorted(waiting[:count])
            left[item] = [n for n in left.get(item, []) if n not in taken]
            chosen += taken
        result.append(chosen)
    return result


def touching(copies: Sequence[Copy], others: Sequence[Copy], gap: float = TOUCH) -> NDArray[np.bool_]:
    """(n, m) which things touch, by their faces."""
    (low, high), (under, over) = boxes(copies), boxes(others)
    near = ((low[:, None] <= over[None] + gap) & (under[None] <= high[:, None] + gap)).all(axis=2)
    pairs: list[list[int]] = np.argwhere(near).tolist()
    for a, b in pairs:
        near[a, b] = contact(copies[a].facets, others[b].facets, gap, copies[a].pose) is not None
    return np.asarray(near)


def boxes(copies: Sequence[Copy]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n, 3) low and high corners."""
    found = [copy.facets.box for copy in copies]
    return np.array([low for low, _ in found]).reshape(-1, 3), np.array([high for _, high in found]).reshape(
        -1, 3
    )


def _urgency(ready: int, number: int) -> tuple[int, int]:
    """What is ready just now comes first, then what has been ready before, then what comes soonest."""
    return (0, number - ready) if ready <= number else (1, ready - number)


def _ready(copies: Sequence[Copy], times: Mapping[str, Sequence[int]], last: int) -> NDArray[np.int64]:
    """The step at which all that a copy's joint holds is there."""
    is_small = np.array([c.shape.is_hardware for c in copies], bool)
    small: list[int] = np.flatnonzero(is_small).tolist()
    meets = np.zeros((len(copies), len(copies)), bool)
    meets[small] = touching([copies[n] for n in small], copies)
    known = np.array([times[c.shape.name][0] if len(times[c.shape.name]) == 1 else -1 for c in copies])
    joint = bunch_numbers((meets | meets.T) & is_small[:, None] & is_small[None])
    told = np.where(is_small, known, -1)  # a bolt that only one step adds tells its joint's step
    held = np.where(meets & ~is_small[None], known[None], -1).max(axis=1, initial=-1)
    ready = np.empty(len(copies), np.int64)
    for n in range(len(copies)):
        members = joint == joint[n]
        ready[n] = told[members].max() if told[members].max() >= 0 else held[members].max()
    return np.where(ready < 0, last, ready)
