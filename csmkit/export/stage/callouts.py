# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Where the names of added things stand beside them: clear of one another, of what is drawn, of leaders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csmkit.export.drawing.ink import Box
from csmkit.model.outline import Point

Array = NDArray[np.float64]
CELL = 1.0  # mm: grid of what is drawn
PACE = 2.0  # mm between the places that are tried
ALONG = 24  # points of a leader at which it is looked what it crosses
AIR = 1.2  # mm around a name that others keep clear of
COVERS, CROSSES, FAR, NEAR = (
    1.5,
    1.6,
    0.22,
    6.0,
)  # cost of a mm² covered, of a mm crossed, of a mm away; least mm


@dataclass(frozen=True)
class Tag:
    """A name that wants a place.

    Args:
        width, height: of its box, mm.
        anchors: points on the thing that it may lead to, the best first; paper's mm, y down.
    """

    width: float
    height: float
    anchors: tuple[Point, ...]


@dataclass(frozen=True)
class Callout:
    """A name in its place; the leader runs from the box's side to the thing."""

    box: Box
    start: Point
    end: Point


def callouts(tags: Sequence[Tag], drawn: Array, page: tuple[float, float]) -> list[Callout]:
    """Places for names.

    Args:
        tags: the more important first.
        drawn: what covering each cell of `CELL` costs, row 0 at the top: 0 where the paper is free.
        page: width and height in which boxes may stand, mm.
    Returns: boxes that overlap neither one another nor the page's border.
    """
    sums = np.zeros((drawn.shape[0] + 1, drawn.shape[1] + 1))
    sums[1:, 1:] = drawn.cumsum(axis=0).cumsum(axis=1)
    placed: list[Callout] = []
    for tag in tags:
        placed.append(_place(tag, drawn, sums, page, placed))
    return placed


def _place(
    tag: Tag, drawn: Array, sums: Array, page: tuple[float, float], placed: Sequence[Callout]
) -> Callout:
    x, y = np.meshgrid(
        np.arange(AIR, max(page[0] - tag.width - AIR, AIR) + 1e-9, PACE),
        np.arange(AIR, max(page[1] - tag.height - AIR, AIR) + 1e-9, PACE),
    )
    boxes = np.stack([x.ravel(), y.ravel(), x.ravel() + tag.width, y.ravel() + tag.height], axis=1)
    for other in placed:
        boxes = boxes[~_overlap(boxes, other.box)]
    if not len(boxes):
        boxes = np.array([[AIR, AIR, AIR + tag.width, AIR + tag.height]])
    best: tuple[float, Callout] | None = None
    for anchor in tag.anchors:
        starts = _starts(boxes, anchor)
        cost = COVERS * _covered(sums, boxes) + _leader_cost(drawn, starts, anchor, placed)
        n = int(np.argmin(cost.round(6)))
        if best is None or float(cost[n]) < best[0] - 1e-6:
            a, b, c, d = (round(float(v), 2) for v in boxes[n])
            best = (float(cost[n]), Callout((a, b, c, d), (float(starts[n, 0]), float(starts[n, 1])), anchor))
    assert best is not None
    return best[1]


def _overlap(boxes: Array, other: Box) -> NDArray[np.bool_]:
    a, b, c, d = other
    across = (boxes[:, 0] < c + AIR) & (boxes[:, 2] > a - AIR)
    return np.asarray(across & (boxes[:, 1] < d + AIR) & (boxes[:, 3] > b - AIR))


def _covered(sums: Array, boxes: Array) -> Array:
    """Sum of what boxes cover."""
    rows, columns = sums.shape
    x0, y0 = (
        np.clip(np.floor(boxes[:, n] / CELL).astype(int), 0, limit - 1)
        for n, limit in ((0, columns), (1, rows))
    )
    x1, y1 = (
        np.clip(np.ceil(boxes[:, n] / CELL).astype(int), 0, limit - 1)
        for n, limit in ((2, columns), (3, rows))
    )
    return np.asarray(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]) * CELL**2


def _starts(boxes: Array, anchor: Point) -> Array:
    """The middle of the side of each box that looks to the anchor: left or right, else above or below."""
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    is_beside = (anchor[0] < boxes[:, 0]) | (anchor[0] > boxes[:, 2])
    x = np.where(is_beside, np.where(anchor[0] < boxes[:, 0], boxes[:, 0], boxes[:, 2]), middle[:, 0])
    y = np.where(is_beside, middle[:, 1], np.where(anchor[1] < middle[:, 1], boxes[:, 1], boxes[:, 3]))
    return np.stack([x, y], axis=1)


def _leader_cost(drawn: Array, starts: Array, anchor: Point, placed: Sequence[Callout]) -> Array:
    """Length, what is crossed on the way, and other names and leaders in the way."""
    way = np.array(anchor) - starts
    length = np.linalg.norm(way, axis=1)
    shares = (np.arange(ALONG) + 0.5) / ALONG
    points = starts[:, None] + way[:, None] * shares[None, :, None]
    column = np.clip((points[:, :, 0] / CELL).astype(int), 0, drawn.shape[1] - 1)
    row = np.clip((points[:, :, 1] / CELL).astype(int), 0, drawn.shape[0] - 1)
    cost = FAR * np.abs(length - NEAR) + CROSSES * (drawn[row, column] * length[:, None] / ALONG).sum(axis=1)
    for other in placed:
        a, b, c, d = other.box
        inside = (points[:, :, 0] > a) & (points[:, :, 0] < c) & (points[:, :, 1] > b) & (points[:, :, 1] < d)
        cost += 200.0 * inside.any(axis=1)
        cost += 60.0 * _cross(starts, np.array(anchor), np.array(other.start), np.array(other.end))
    return np.asarray(cost)


def _cross(starts: Array, end: Array, a: Array, b: Array) -> NDArray[np.bool_]:
    """Whether the segments from starts to end cross the one from a to b."""

    def side(p: Array, q: Array, r: Array) -> Array:
        return np.asarray(
            (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1])
            - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])
        )

    return np.asarray(
        (side(starts, end, a) * side(starts, end, b) < 0) & (side(a, b, starts) * side(a, b, end) < 0)
    )
