# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Names and marks: lines cut shallow, in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from csmkit.cam.cutter import APPROACH, Cutter, toolpath
from csmkit.cam.paths.order import short_tour
from csmkit.errors import CsmError
from csmkit.model.cam import Cut, Move, Toolpath
from csmkit.model.machine import Tool
from csmkit.model.outline import Point
from csmkit.model.workshop import Workshop

HOP = 2.0  # mm above the stock between the strokes of one mark


def engraver(workshop: Workshop) -> Tool:
    """The most acute V-bit, else the thinnest end mill. Raises: CsmError: the workshop has neither."""
    bits = [t for t in workshop.tools if t.kind == "vbit"]
    mills = [t for t in workshop.tools if t.kind == "flat"]
    if bits:
        return max(bits, key=lambda t: (t.flute_length / t.diameter, t.key))
    if mills:
        return min(mills, key=lambda t: (t.diameter, t.key))
    raise CsmError("no tool to engrave with", remedy="list a V-bit under tools in the workshop file")


def line_width(tool: Tool, depth: float) -> float:
    """Width of a line that a tool cuts at a depth, mm; a V-bit's flutes reach from tip to full diameter."""
    if tool.kind != "vbit":
        return tool.diameter
    return tool.diameter * min(depth / tool.flute_length, 1.0)


def engrave(cut: Cut, cutter: Cutter) -> Toolpath | None:
    """All strokes of one mark; None if there are none.

    Raises: CsmError: the flutes are too short.
    """
    strokes = [stroke for stroke in cut.strokes if stroke]
    if not strokes:
        return None
    depth = cutter.depth(cut)
    order = short_tour([s[0] for s in strokes], [s[-1] for s in strokes], strokes[0][0])
    strokes = [strokes[i] for i in order]
    return toolpath(cutter, cut, strokes[0][0], _strokes(strokes, depth, cutter))


def _strokes(strokes: list[tuple[Point, ...]], depth: float, cutter: Cutter) -> Iterator[Move]:
    feed = cutter.feed
    last: Point | None = None
    for stroke in strokes:
        if last is not None:
            yield Move("rapid", (*last, HOP))
            yield Move("rapid", (*stroke[0], HOP))
            yield Move("rapid", (*stroke[0], min(APPROACH, HOP)))
        yield Move("line", (*stroke[0], -depth), feed.plunge)
        for before, point in pairwise(stroke):
            if point != before:
                yield Move("line", (*point, -depth), feed.feed)
        last = stroke[-1]
