# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A program in the words of the person at the machine: which cutters at which speeds, what in which order."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from csmkit.cam.post.base import SPIN_UP_S, legs
from csmkit.cam.time_estimate import Leg, moving_seconds
from csmkit.model.cam import CutterUse, Move, Operation, Program, ProgramText, Toolpath
from csmkit.model.pose import Vector

LEVEL = 1e-6  # mm between two heights that are the same
_Row = tuple[Toolpath, Vector | None, Move]


def operations(program: Program) -> tuple[Operation, ...]:
    """What is done, in its order; cuts of one kind with one tool that follow one another are one row."""
    rows: list[tuple[Toolpath, float]] = []
    for _, moves in groupby(legs(program), key=lambda row: id(row[0])):
        found = list(moves)
        rows.append((found[0][0], moving_seconds(_known(found), program.machine)))
    return tuple(_operation(list(group)) for _, group in groupby(rows, key=lambda row: _stage(row[0])))


def cutters(program: Program, texts: Sequence[ProgramText]) -> tuple[CutterUse, ...]:
    """Each cutter in the order in which it is put in, with the number that the texts give it."""
    numbers = {tool.key: (number, one.suffix) for one in texts for number, tool in one.tools}
    done = operations(program)
    uses = []
    for tool in (tool for one in texts for _, tool in one.tools):
        paths = [path for path in program.toolpaths if path.tool == tool.key]
        number, suffix = numbers[tool.key]
        flat, down = _feeds(paths)
        uses.append(
            CutterUse(
                tool=tool,
                number=number,
                suffix=suffix,
                rpm=max(path.rpm for path in paths),
                feed_mm_min=flat or down,
                plunge_mm_min=down or flat,
                depth=max(-move.end[2] for path in paths for move in path.moves),
                seconds=SPIN_UP_S + sum(row.seconds for row in done if row.tool == tool.key),
            )
        )
    return tuple(uses)


def _stage(path: Toolpath) -> tuple[str, str]:
    return path.tool, path.kind


def _operation(rows: Sequence[tuple[Toolpath, float]]) -> Operation:
    first = rows[0][0]
    parts = tuple(dict.fromkeys(path.part for path, _ in rows))
    return Operation(first.kind, first.tool, parts, len(rows), sum(seconds for _, seconds in rows))


def _known(rows: Sequence[_Row]) -> Iterator[Leg]:
    return ((start, move) for _, start, move in rows if start is not None)


def _feeds(paths: Sequence[Toolpath]) -> tuple[float, float]:
    """Fastest feed in the plane and slowest straight down, mm/min; 0 where there is no such move.

    Straight down a cutter goes faster only where it has cut before.
    """
    flat, down = 0.0, math.inf
    for path in paths:
        at = path.start
        for move in path.moves:
            if move.kind != "rapid" and abs(move.end[2] - at[2]) < LEVEL:
                flat = max(flat, move.feed)
            elif move.kind != "rapid" and move.end[2] < at[2] and move.end[:2] == at[:2]:
                down = min(down, move.feed)
            at = move.end
    return flat, down if math.isfinite(down) else 0.0
