# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How much of each thing is in sight, and what hides the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csmkit.export.stage.shown import Copy
from csmkit.geometry.blocking import Columns, columns
from csmkit.geometry.depth import look
from csmkit.model.pose import Vector

Array = NDArray[np.float64]
ACROSS = 250  # grid points along the longer side of all things in their places
NOBODY = -1


@dataclass(frozen=True)
class Sight:
    """Things as they are seen from a direction, wherever they are moved.

    Args:
        towards_eye: from the things to the eye.
        step: of the grid, mm.
        outlines: of each.
    """

    towards_eye: Vector
    step: float
    outlines: Sequence[Columns]

    @classmethod
    def of(cls, copies: Sequence[Copy], towards_eye: Vector) -> Sight:
        """Things in their places."""
        seen = look(towards_eye).seen(np.concatenate([c.facets.corners.reshape(-1, 3) for c in copies]))
        step = float(np.max(np.ptp(seen[:, :2], axis=0))) / ACROSS
        return cls(towards_eye, step, [columns(c.facets.corners, towards_eye, step) for c in copies])

    def shares(self, shifts: Array) -> tuple[Array, NDArray[np.int64]]:
        """How much of each is in sight, 0 to 1, and the number of what hides most of it, or `NOBODY`."""
        seen = look(self.towards_eye).seen(shifts)
        corner = np.array([(c.row, c.column) for c in self.outlines]) + np.round(seen[:, 1::-1] / self.step)
        corner = (corner - corner.min(axis=0)).astype(int)
        size = (corner + np.array([c.low.shape for c in self.outlines])).max(axis=0)
        depth, owner = np.full(size, -np.inf), np.full(size, NOBODY)
        places = [
            (slice(row, row + c.low.shape[0]), slice(column, column + c.low.shape[1]))
            for (row, column), c in zip(corner.tolist(), self.outlines, strict=True)
        ]
        for n, (place, outline) in enumerate(zip(places, self.outlines, strict=True)):
            front = outline.high + seen[n, 2]
            nearer = front > depth[place]
            depth[place][nearer], owner[place][nearer] = front[nearer], n
        shares, hiders = np.ones(len(places)), np.full(len(places), NOBODY)
        for n, (place, outline) in enumerate(zip(places, self.outlines, strict=True)):
            found = np.bincount(owner[place][np.isfinite(outline.high)], minlength=len(places))
            shares[n] = found[n] / max(int(found.sum()), 1)
            found[n] = 0
            hiders[n] = int(np.argmax(found)) if found.any() else NOBODY
        return shares, hiders
