# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Signs beside what they name: where they cover no other text and as few lines as can be."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import shapely

from csmkit.export.drawing.ink import SLACK, SMALL, Box, Ink, Text, line, text_width
from csmkit.model.outline import Point

DIRECTIONS = ((1, 1), (-1, 1), (1, -1), (-1, -1), (1, 0), (0, 1), (-1, 0), (0, -1))  # y up
AT_CORNER = 0.75  # of its reach: where a round thing ends towards the corner of its box
FAR = (1.4, 3.0, 5.0, 8.0, 12.0, 17.0, 24.0)  # mm between what is named and its sign
LEADER = 2.0  # mm; nearer signs need no line
CROSSED = 3.5  # mm of distance that a sign rather takes than cover one line
FREE = 2.5  # mm: what costs no more stands well, and what gains no more stays at the first of those alike


@dataclass(frozen=True)
class Tag:
    """A sign to place.

    Args:
        text: what it says.
        at: the middle of what it names, paper's mm.
        reach: from there to its border, in x and in y.
        is_needed: it is set even far away; others are left out where there is no room near by.
        others: middles of further ones that are alike: the sign stands at one of them.
    """

    text: str
    at: Point
    reach: Point = (0.0, 0.0)
    is_needed: bool = False
    is_round: bool = True
    others: tuple[Point, ...] = ()

    @property
    def area(self) -> Box:
        """The box of what it names."""
        (x, y), (wide, high) = self.at, self.reach
        return (x - wide, y - high, x + wide, y + high)

    @property
    def surroundings(self) -> Box:
        """All of the paper where it may be placed."""
        x0, y0, x1, y1 = self.area
        long = FAR[-1] + text_width(self.text) + 1
        return (x0 - long, y0 - long, x1 + long, y1 + long)


def place_tags(tags: Iterable[Tag], taken: Sequence[Box], drawn: Sequence[Sequence[Point]], page: Box) -> Ink:
    """The signs in their places.

    Args:
        tags: in the order in which they choose.
        taken: boxes of the texts that stand already.
        drawn: lines that are better not covered, paper's mm.
        page: where signs may stand.
    """
    segments = [(a, b) for chain in drawn for a, b in itertools.pairwise(chain)]
    tree = shapely.STRtree([shapely.LineString(segment) for segment in segments])
    boxes, strokes, texts = list(taken), [], []
    tags = list(tags)
    for tag in tags:
        around = tag.surroundings
        smaller = [t.area for t in tags if max(t.reach) < max(tag.reach) and _overlap(t.area, around)]
        near = [box for box in boxes if _overlap(box, around)]
        found = _place(tag, near, smaller, tree, page)
        if found is None:
            continue
        for at in tag.others if found[0] > FREE else ():
            other = replace(tag, at=at)
            if (better := _place(other, boxes, smaller, tree, page)) and better[0] < found[0] - FREE:
                tag, found = other, better
        texts.append(found[1])
        boxes.append(found[1].box)
        leader = _leader(tag, found[1].box)
        strokes += [leader] if leader else []
    return Ink(tuple(strokes), tuple(texts))


def _place(
    tag: Tag, taken: Sequence[Box], smaller: Sequence[Box], tree: shapely.STRtree, page: Box
) -> tuple[float, Text] | None:
    """The cheapest free place and its cost: near, over few lines, on nothing smaller that it might mean."""
    half = text_width(tag.text) / 2
    best: tuple[float, Text] | None = None
    for cost, x, y in _candidates(tag, half):
        if best is not None and cost >= best[0]:
            continue
        text = Text(x, y, tag.text, "middle")
        box = text.box
        if not _is_within(box, page) or any(_overlap(box, other) for other in taken):
            continue
        crossed = len(tree.query(shapely.box(*box), predicate="intersects"))
        crossed += 2 * any(_overlap(box, other) for other in smaller)
        if not tag.is_needed and cost > FAR[4]:
            continue
        if best is None or cost + CROSSED * crossed < best[0]:
            best = (cost + CROSSED * crossed, text)
    return best


def _candidates(tag: Tag, half: float) -> Iterable[tuple[float, float, float]]:
    """Cost and middle of the places to try; within what is named first, if it is large."""
    x, y = tag.at
    wide, high = tag.reach
    if tag.is_round and wide > 2 * half + 3:
        yield 0.0, x + half + 1.2, y - SMALL  # beside its middle lines
    elif wide > half + 1 and high > SMALL:
        yield 0.0, x, y
    for far in FAR:
        for n, (right, up) in enumerate(DIRECTIONS):
            part = AT_CORNER if right and up and tag.is_round else 1.0
            share = AT_CORNER if right and up else 1.0
            out_x, out_y = part * wide + share * far + half, part * high + share * far + SMALL / 2
            yield far + n / 100, x + right * out_x, y - up * out_y


def _leader(tag: Tag, box: Box) -> str:
    """A line from the sign to the border of what it names; none where the sign is near or within."""
    x, y = tag.at
    nearest = (min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3]))
    away = math.dist(tag.at, nearest)
    if away == 0:
        return ""
    sides = [r / abs(n - m) for r, n, m in zip(tag.reach, nearest, tag.at, strict=True) if abs(n - m) > 1e-9]
    share = tag.reach[0] / away if tag.is_round else min(sides)
    if away * (1 - share) < LEADER:
        return ""
    tip = (x + (nearest[0] - x) * share, y + (nearest[1] - y) * share)
    return line("thin", tip, nearest)


def _is_within(box: Box, page: Box) -> bool:
    return page[0] <= box[0] and page[1] <= box[1] and box[2] <= page[2] and box[3] <= page[3]


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] + SLACK and b[0] < a[2] + SLACK and a[1] < b[3] + SLACK / 2 and b[1] < a[3] + SLACK / 2
