# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the picture of each step shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from csmkit.export.bunches import bunch_numbers
from csmkit.export.stage.places import added_copies, boxes, touching
from csmkit.export.stage.shown import Copy, Stage, grouped
from csmkit.model.facts import Step

NEAR = 1.0  # mm between faces of things that hang together


def drafts(steps: Sequence[Step], copies: Sequence[Copy], kits: Sequence[str] = ()) -> list[Stage | None]:
    """What each step's picture shows, nothing pulled out yet; None where that is nothing new.

    A step that adds something with a place in the kit shows it. One that adds nothing shows what stands so
    far, if the step before it has added something; the picture of a step after that one, say painting, would
    be the same again, and is left out. Of what is there, only what hangs together with what is added is
    shown: a kit that is built on the bench beside another kit stands alone until they meet. What stands is
    shown with all that is within it or around it: a rotor in its stator.

    Args:
        steps: of the assembly; they add each thing once.
        copies: all that has a place in the kit.
        kits: the kit within the kit to which each belongs, "" for none.
    """
    joined, beside = touching(copies, copies, NEAR), _beside(copies)
    result: list[Stage | None] = []
    there: list[int] = []
    last: list[int] = []
    for number, (step, new) in enumerate(zip(steps, added_copies(steps, copies, kits), strict=True), 1):
        if new or last:
            around = _by_shape(copies, _hanging_together(joined if new else beside, there, new or last))
            result.append(
                Stage(
                    number,
                    step.title,
                    "adds" if new else "state",
                    grouped([copies[n] for n in around]),
                    grouped([copies[n] for n in new]),
                    tuple(int(g) for g in bunch_numbers(joined[np.ix_(around, around)])),
                    kit=step.kit,
                )
            )
        else:
            result.append(None)
        there += new
        last = new
    return result


def _beside(copies: Sequence[Copy]) -> NDArray[np.bool_]:
    """(n, n) whose boxes reach into one another."""
    low, high = boxes(copies)
    return np.asarray(((low[:, None] <= high[None] + NEAR) & (low[None] <= high[:, None] + NEAR)).all(axis=2))


def _hanging_together(joined: NDArray[np.bool_], there: Sequence[int], new: Sequence[int]) -> list[int]:
    """Those that are there and touch what is new, directly or through others: no jig that lies about."""
    found, edge = set(new), set(new)
    while edge:
        edge = {n for n in there if n not in found and joined[n, list(edge)].any()}
        found |= edge
    return [n for n in there if n in found]


def _by_shape(copies: Sequence[Copy], numbers: Sequence[int]) -> list[int]:
    """In the order in which `grouped` has them."""
    shapes = list(dict.fromkeys(copies[n].shape for n in numbers))
    return sorted(numbers, key=lambda n: shapes.index(copies[n].shape))
