# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""When a written program makes which move: read from its text, timed as in its proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from csmkit.cam.post.comment import comment
from csmkit.cam.proof.interpret import HOME_Z, Step, interpret
from csmkit.cam.time_estimate import leg_seconds
from csmkit.model.cam import CutKind, Move, Program, ProgramText
from csmkit.model.machine import Machine, Tool
from csmkit.model.pose import Vector


@dataclass(frozen=True)
class Work:
    """What a stretch of a program does: which cutter cuts what."""

    tool: Tool
    kind: CutKind | None = None  # None: before the first cut
    part: str = ""


@dataclass(frozen=True)
class TimedMove:
    """A move with its time.

    Args:
        start, move: mm, in the frame of the program.
        begin_s: since the program's start; before it the machine may have stood.
        seconds: how long it takes.
    """

    start: Vector
    move: Move
    begin_s: float
    seconds: float
    work: Work


def timeline(program: Program, texts: Sequence[ProgramText]) -> tuple[TimedMove, ...]:
    """Every move of the texts, one text after the other, as their proof counts them.

    Args:
        program: what the texts were written from: its comments are known again by it.
        texts: as they run, with the cutter of each tool number.
    """
    machine = program.machine
    known = {comment(f"{path.kind} {path.part}"): path for path in program.toolpaths}
    rows: list[tuple[Step, float, Work]] = []  # a step, how long the machine has stood before it
    stood = 0.0
    for one in texts:
        reading = interpret(one.text)
        tools = dict(one.tools)
        works = _works(one.text, {words: (path.kind, path.part) for words, path in known.items()})
        for step in reading.steps:
            if step.is_sure and step.move.end[2] < HOME_Z:
                tool = tools.get(step.tool) or next(iter(tools.values()))
                rows.append(
                    (
                        step,
                        stood + _standing(step.dwelt_s, step.stops, machine),
                        Work(tool, *works[step.line]),
                    )
                )
        stood += _standing(reading.dwell_s, reading.stops + 1, machine)
    return tuple(_timed(rows, machine))


def _standing(dwelt_s: float, stops: int, machine: Machine) -> float:
    return dwelt_s + stops * machine.tool_change_s


def _works(
    text: str, known: Mapping[str, tuple[CutKind, str]]
) -> Mapping[int, tuple[CutKind, str] | tuple[()]]:
    """By line, what the comment before it says."""
    found: dict[int, tuple[CutKind, str] | tuple[()]] = {}
    work: tuple[CutKind, str] | tuple[()] = ()
    for line, words in enumerate(text.splitlines(), 1):
        work = known.get(words.strip(), work)
        found[line] = work
    return found


def _timed(rows: Sequence[tuple[Step, float, Work]], machine: Machine) -> Iterator[TimedMove]:
    moving = 0.0
    seconds = leg_seconds([(step.start, step.move) for step, _, _ in rows], machine)
    for (step, stood, work), takes in zip(rows, seconds, strict=True):
        yield TimedMove(step.start, step.move, moving + stood, takes, work)
        moving += takes
