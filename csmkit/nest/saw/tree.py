# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Boxes on a sheet as strips within strips: which through cuts part them, and the cuts in their order.

Where boxes can be parted by edge-to-edge cuts at all, any through cut that touches none of them is a right
one: what it leaves can be parted again. So the strips follow from the boxes alone, whoever has placed them,
and only the first direction is a choice. Strips are then pushed together, widest first: equal measures of the
fence follow each other, and what remains is in one piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from csmkit.nest.saw.micrometres import Box

Axis = Literal["x", "y"]
SHAVING = 1  # µm; what is thinner than that is a rounding, not a rest


@dataclass(frozen=True)
class Leaf:
    """One box; size in x and y, µm."""

    index: int
    size: tuple[int, int]


@dataclass(frozen=True)
class Stack:
    """Strips one after the other along an axis, a kerf between them."""

    axis: Axis
    strips: tuple[Leaf | Stack, ...]
    size: tuple[int, int]


Node = Leaf | Stack


@dataclass(frozen=True)
class Cut:
    """One cut before it has its number: where, through which piece, with which measure at the fence; µm."""

    stage: int
    axis: Axis
    at: int
    piece: Box

    @property
    def measure(self) -> int:
        """What comes off: from the lower edge of the piece to the cut."""
        return self.at - self.piece[_low(self.axis)]


@dataclass(frozen=True)
class Sawing:
    """What sawing a sheet gives, µm: each box's lower left corner, the cuts in order, what remains."""

    corners: dict[int, tuple[int, int]]
    cuts: tuple[Cut, ...]
    rests: tuple[Box, ...]


def strips_of(boxes: Sequence[Box], kerf: int) -> tuple[Node, ...]:
    """Ways to cut boxes apart: one for each first direction that parts them all; none if they can't be."""
    everything = list(range(len(boxes)))
    if len(boxes) == 1:
        leaf = _leaf(0, boxes)
        return (Stack("x", (leaf,), leaf.size), Stack("y", (leaf,), leaf.size))
    found = (_parted(everything, boxes, kerf, axis) for axis in AXES)
    return tuple(node for node in found if node is not None)


def sawing(node: Node, sheet: Box, area: Box, kerf: int, rest_first: bool) -> Sawing:
    """Saw strips out of the lower left corner of a sheet's usable area.

    Args:
        node: the strips; they fit into the area.
        sheet: the whole sheet, µm.
        area: what lies clear of edges and defects.
        kerf: what a cut takes.
        rest_first: cut what remains beside all strips off first, in one piece, before the strips.
    """
    if rest_first and isinstance(node, Stack):
        node = Stack(_other(node.axis), (node,), node.size)
    first: Axis = node.axis if isinstance(node, Stack) else "x"
    job = _Job(kerf, {}, [], [])
    piece = sheet
    for axis in (_other(first), first):
        piece = job.trim(piece, area, axis)
    job.divide(node, piece, None, 1)
    trims = [replace(c, stage=1) for c in job.cuts if not c.stage]
    rest = sorted((c for c in job.cuts if c.stage), key=lambda c: (c.stage, -c.measure))
    skipped = min((c.stage for c in rest), default=1) - 1  # strips as long as the sheet need no first cut
    ordered = [*trims, *(replace(c, stage=c.stage - skipped) for c in rest)]
    return Sawing(job.corners, tuple(ordered), tuple(job.rests))


@dataclass(frozen=True)
class _Job:
    """What one sawing collects."""

    kerf: int
    corners: dict[int, tuple[int, int]]
    cuts: list[Cut]
    rests: list[Box]

    def trim(self, piece: Box, area: Box, axis: Axis) -> Box:
        """Take the lower edge off; what remains begins where the area does."""
        low = _low(axis)
        if area[low] <= piece[low]:
            return piece
        self.cuts.append(Cut(0, axis, area[low] - self.kerf, piece))
        waste, kept = halves(piece, axis, area[low] - self.kerf, self.kerf)
        self.rests.extend([waste] if waste else [])
        return kept or piece

    def divide(self, node: Node, piece: Box, last: Axis | None, stage: int) -> None:
        """Cut a piece into what the node says; along its last cuts' axis it is as long as the node."""
        if isinstance(node, Leaf):
            axis: Axis = "y" if last == "x" else "x"
            self.corners[node.index] = piece[:2]
            self._take(axis, node, piece, stage)
            return
        remaining: Box | None = piece
        for strip in node.strips:
            assert remaining is not None
            low = remaining[_low(node.axis)]
            length = strip.size[_low(node.axis)]
            own, remaining = self._cut_off(node.axis, remaining, low + length, stage)
            self.divide(strip, own, node.axis, stage + 1)
        if remaining is not None:
            self.rests.append(remaining)

    def _take(self, axis: Axis, leaf: Leaf, piece: Box, stage: int) -> None:
        _, rest = self._cut_off(axis, piece, piece[_low(axis)] + leaf.size[_low(axis)], stage)
        self.rests.extend([rest] if rest else [])

    def _cut_off(self, axis: Axis, piece: Box, at: int, stage: int) -> tuple[Box, Box | None]:
        """The lower part of a piece up to a cut, and what remains above; no cut at the piece's own end."""
        if piece[_low(axis) + 2] - at <= SHAVING:
            return piece, None
        self.cuts.append(Cut(stage, axis, at, piece))
        lower, upper = halves(piece, axis, at, self.kerf)
        assert lower is not None
        return lower, upper


AXES: tuple[Axis, Axis] = ("x", "y")


def _low(axis: Axis) -> int:
    return 0 if axis == "x" else 1


def _other(axis: Axis) -> Axis:
    return "y" if axis == "x" else "x"


def halves(piece: Box, axis: Axis, at: int, kerf: int) -> tuple[Box | None, Box | None]:
    """What lies below a cut and what above; None where nothing is left."""
    x0, y0, x1, y1 = piece
    if axis == "x":
        return ((x0, y0, at, y1) if at > x0 else None, (at + kerf, y0, x1, y1) if at + kerf < x1 else None)
    return ((x0, y0, x1, at) if at > y0 else None, (x0, at + kerf, x1, y1) if at + kerf < y1 else None)


def _leaf(index: int, boxes: Sequence[Box]) -> Leaf:
    x0, y0, x1, y1 = boxes[index]
    return Leaf(index, (x1 - x0, y1 - y0))


def _parted(group: list[int], boxes: Sequence[Box], kerf: int, axis: Axis) -> Node | None:
    """The strips of a group along an axis, each parted along the other; None if that isn't possible."""
    strips: list[Node] = []
    groups = groups_along(group, boxes, kerf, _low(axis))
    if len(groups) == 1:
        return None
    for part in groups:
        if len(part) == 1:
            strips.append(_leaf(part[0], boxes))
            continue
        node = _parted(part, boxes, kerf, _other(axis))
        if node is None:
            return None
        strips.append(node)
    return _stack(axis, strips, kerf)


def _stack(axis: Axis, strips: list[Node], kerf: int) -> Stack:
    """Strips pushed together, widest first."""
    along, across = (0, 1) if axis == "x" else (1, 0)
    ordered = sorted(strips, key=lambda s: (-s.size[along], -s.size[across], _first(s)))
    long = sum(s.size[along] for s in ordered) + kerf * (len(ordered) - 1)
    wide = max(s.size[across] for s in ordered)
    return Stack(axis, tuple(ordered), (long, wide) if axis == "x" else (wide, long))


def _first(node: Node) -> int:
    return node.index if isinstance(node, Leaf) else min(_first(s) for s in node.strips)


def groups_along(group: Sequence[int], boxes: Sequence[Box], kerf: int, low: int) -> list[list[int]]:
    """A group split wherever a cut across the axis passes between its boxes."""
    ordered = sorted(group, key=lambda i: (boxes[i][low], i))
    result: list[list[int]] = []
    end = 0
    for i in ordered:
        if result and boxes[i][low] < end + kerf:
            result[-1].append(i)
            end = max(end, boxes[i][low + 2])
        else:
            result.append([i])
            end = boxes[i][low + 2]
    return result
