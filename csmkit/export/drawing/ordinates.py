# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Dimensions from one corner: every x below or above a view, every y beside it, no two on one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from csmkit.export.drawing.corners import NEAR
from csmkit.export.drawing.ink import TURNED_PITCH, Ink, Place, Text, leading, text_width, value
from csmkit.model.outline import Point

GAP = 0.8  # mm between what is measured and the line that leads away from it
STRAIGHT, JOG = 2.5, 3.5  # mm: away from the view, then aslant to where the number has room
Side = Literal["bottom", "top", "left", "right"]


@dataclass(frozen=True)
class Ordinates:
    """What is told along one side of a view.

    Args:
        side: where the numbers stand.
        points: for each number the point of the view that shows it, mm of the part.
        zero: from where the numbers count, mm.
    """

    side: Side
    points: tuple[Point, ...]
    zero: float = 0.0

    @property
    def is_across(self) -> bool:
        """They tell x."""
        return self.side in ("bottom", "top")

    @property
    def values(self) -> list[float]:
        """The numbers."""
        return [p[0 if self.is_across else 1] - self.zero for p in self.points]

    @property
    def room(self) -> float:
        """Paper that they need along the side, mm."""
        return TURNED_PITCH * max(len(self.points) - 1, 0)

    @property
    def depth(self) -> float:
        """Paper that they need away from the view, mm."""
        if not self.points:
            return 0.0
        return GAP + STRAIGHT + JOG + 1.2 + max(text_width(value(v)) for v in self.values)


def ordinates(
    points: Iterable[Point], low: Point, high: Point, one_sided: bool = False
) -> dict[Side, Ordinates]:
    """Which numbers stand on which side of a view: each x and y once, where the part shows it nearest.

    Args:
        points: what is measured, mm.
        low, high: corners of the view's box, mm; their own numbers are 0 and the overall dimension's.
        one_sided: all below and at the left.
    """
    found: dict[Side, list[Point]] = {"bottom": [], "top": [], "left": [], "right": []}
    points = list(points)
    sides: tuple[tuple[int, Side, Side], ...] = ((0, "bottom", "top"), (1, "left", "right"))
    for axis, near, far in sides:
        across = 1 - axis
        for same in _alike(points, axis):
            if high[axis] - same[0][axis] < NEAR:
                continue
            first = min(same, key=lambda p: p[across])
            last = max(same, key=lambda p: p[across])
            is_near = one_sided or first[across] - low[across] <= high[across] - last[across] + NEAR
            found[near if is_near else far].append(first if is_near else last)
    return {side: Ordinates(side, tuple(ps)) for side, ps in found.items()}


def _alike(points: Sequence[Point], axis: int) -> list[list[Point]]:
    """Points with the same coordinate, in rising order."""
    rows: list[list[Point]] = []
    for point in sorted(points, key=lambda p: (p[axis], p[1 - axis])):
        if rows and point[axis] - rows[-1][0][axis] < NEAR:
            rows[-1].append(point)
        else:
            rows.append([point])
    return rows


def drawn(told: Ordinates, place: Place, edge: float, room: tuple[float, float]) -> Ink:
    """The numbers with their lines.

    Args:
        told: what is told.
        place: where the view lies.
        edge: the view's own side on the paper: y of its lower or upper edge, x of its left or right one.
        room: between which places along the side the numbers may stand, paper's mm.
    """
    outward = 1.0 if told.side in ("bottom", "right") else -1.0
    at = [place.point(p) for p in told.points]
    along = 0 if told.is_across else 1
    order = sorted(range(len(at)), key=lambda i: at[i][along])
    spread = dict(zip(order, spaced([at[i][along] for i in order], TURNED_PITCH, *room), strict=True))
    chains, texts = [], []
    for i, number in enumerate(told.values):
        start = at[i][1 - along] + outward * GAP
        out = edge + outward * (GAP + STRAIGHT)
        end = out + outward * JOG
        way = [(at[i][along], start), (at[i][along], out), (spread[i], end)]
        chains.append(tuple(w if told.is_across else (w[1], w[0]) for w in way))
        texts.append(_number(told, number, spread[i], end + outward * 0.8))
    return leading(*chains) + Ink(texts=tuple(texts))


def _number(told: Ordinates, number: float, along: float, out: float) -> Text:
    text = value(number)
    if told.side == "bottom":
        return Text(along, out, text, "end", turned=True)
    if told.side == "top":
        return Text(along, out, text, turned=True)
    return Text(out, along, text, "end" if told.side == "left" else "start")


def spaced(wanted: Sequence[float], pitch: float, low: float, high: float) -> list[float]:
    """Places at least a pitch apart, in all as near to the wanted ones as can be.

    Args:
        wanted: rising.
        low, high: ends of the room; if it is too short for all, they reach beyond both ends.
    Source: isotonic regression by pooling adjacent violators, Ayer et al. 1955.
    """
    pools: list[tuple[float, int]] = []  # mean of wanted − i · pitch, and how many share it
    for i, w in enumerate(wanted):
        mean, count = w - i * pitch, 1
        while pools and pools[-1][0] > mean:
            before, n = pools.pop()
            mean, count = (before * n + mean * count) / (n + count), n + count
        pools.append((mean, count))
    last = max(high - (len(wanted) - 1) * pitch, low)
    if high - low < (len(wanted) - 1) * pitch:
        low = last = (low + high - (len(wanted) - 1) * pitch) / 2
    means = [min(max(mean, low), last) for mean, count in pools for _ in range(count)]
    return [mean + i * pitch for i, mean in enumerate(means)]
