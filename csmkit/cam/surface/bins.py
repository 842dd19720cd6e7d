# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Which of many boxes a point may lie in, by square cells."""

from __future__ import annotations

import numpy as np

from csmkit.cam.surface.mesh import Floats, Indices

MOST = 4_000_000  # entries of all cells together: 32 MB


class Bins:
    """Boxes sorted into cells.

    Args:
        boxes: (n, 4), least x, y and greatest x, y, mm.
    """

    def __init__(self, boxes: Floats) -> None:
        self.boxes = boxes
        if not len(boxes):
            return
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        sides = np.max(boxes[:, 2:] - boxes[:, :2], axis=1)
        self.low = low
        self.cell = max(float(np.median(sides)), float(np.max(high - low)) / 2000, 1e-6)
        while (counts := self._counts()).sum() > MOST:
            self.cell *= 2
        columns, rows = (np.floor((high - low) / self.cell).astype(np.int64) + 1).tolist()
        self.columns, self.rows = columns, rows
        owner, inner = expand(counts)
        first, last = self._cell(boxes[:, :2]), self._cell(boxes[:, 2:])
        wide = (last - first + 1)[owner, 0]
        cells = (first[owner, 1] + inner // wide) * columns + first[owner, 0] + inner % wide
        self.members = owner[np.argsort(cells, kind="stable")]
        self.starts = np.concatenate([[0], np.cumsum(np.bincount(cells, minlength=columns * rows))])

    def pairs(self, points: Floats) -> tuple[Indices, Indices]:
        """Points (n, 2) with the boxes that they lie in: (k,) indices of points, ascending, and of boxes."""
        if not len(self.boxes):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        cell = self._cell(points)
        inside = np.all((cell >= 0) & (cell < (self.columns, self.rows)), axis=1)
        which = np.flatnonzero(inside)
        at = cell[which, 1] * self.columns + cell[which, 0]
        owner, inner = expand(self.starts[at + 1] - self.starts[at])
        box = self.members[self.starts[at][owner] + inner]
        point = which[owner]
        x, y = points[point, 0], points[point, 1]
        x0, y0, x1, y1 = (self.boxes[box, i] for i in range(4))
        hit = (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)
        return point[hit], box[hit]

    def _cell(self, points: Floats) -> Indices:
        return np.floor((points - self.low) / self.cell).astype(np.int64)

    def _counts(self) -> Indices:
        """Number of cells that each box lies in."""
        spans = self._cell(self.boxes[:, 2:]) - self._cell(self.boxes[:, :2]) + 1
        return spans[:, 0] * spans[:, 1]


def expand(counts: Indices) -> tuple[Indices, Indices]:
    """Each index as often as it counts, and a running number within each."""
    owner = np.repeat(np.arange(len(counts)), counts)
    inner = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return owner, inner
