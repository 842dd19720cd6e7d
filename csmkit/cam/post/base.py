# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""From toolpaths to text: what all dialects of G-code share.

A dialect is data: see `Dialect`. Words are modal (a word is written where it changes), x, y and z have three
decimals (a micrometre is finer than any router stands), i and j four, so that the radius of an arc differs by
less than 0.5 µm between its two ends; trailing zeros are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from csmkit.cam.post.comment import comment, comment_lines
from csmkit.cam.time_estimate import Leg, moving_seconds
from csmkit.model.cam import Move, Program, ProgramText, Toolpath
from csmkit.model.machine import Tool
from csmkit.model.outline import Point
from csmkit.model.pose import Vector

SPIN_UP_S = 3.0  # a router's spindle is at speed after 2 to 3 s
HALF_TURN = math.pi * 1.001
FLAT = 0.0005  # mm between an arc and its chord: below the last decimal they are the same


@dataclass(frozen=True)
class Dialect:
    """How one controller wants its programs.

    Args:
        key: name in the machine's row.
        ending: of the file's name.
        opening, closing: lines before the first comment and after the spindle has stopped.
        preamble: units, plane, modes: everything that the program relies on.
        tool_change: lines for the tool number {tool}; none: the controller has no tool change, each tool has
            a file of its own.
        remarks: what the operator must know of this controller.
    """

    key: str
    ending: str
    opening: tuple[str, ...]
    preamble: tuple[str, ...]
    tool_change: tuple[str, ...]
    closing: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def write_program(dialect: Dialect, program: Program, header: Sequence[str]) -> tuple[ProgramText, ...]:
    """A program in a dialect, as one text or as one for each tool.

    Args:
        header: lines that say what this is: kit, version, sheet; the rest of the header is derived.
    """
    numbered = tuple(enumerate(program.tools, start=1))
    if dialect.tool_change and program.machine.tool_change != "none":
        return (ProgramText("", dialect.ending, numbered, _text(dialect, program, numbered, header)),)
    last = {path.tool: place for place, path in enumerate(program.toolpaths)}
    in_turn = sorted(program.tools, key=lambda tool: last[tool.key])  # what cuts the contours comes last
    numbered = tuple(enumerate(in_turn, start=1))
    texts = []
    for number, tool in numbered:
        paths = tuple(path for path in program.toolpaths if path.tool == tool.key)
        one = replace(program, tools=(tool,), toolpaths=paths)
        suffix = f"-{number}-{tool.key}" if len(numbered) > 1 else ""
        text = _text(replace(dialect, tool_change=()), one, ((1, tool),), header)
        texts.append(ProgramText(suffix, dialect.ending, ((1, tool),), text))
    return tuple(texts)


def legs(program: Program) -> Iterator[tuple[Toolpath, Vector | None, Move]]:
    """Every move with its start, None for the first, and those from toolpath to toolpath."""
    at: Vector | None = None
    for path in program.toolpaths:
        for move in (*_approach(at, path.start, program.safe_z), *path.moves):
            yield path, at, move
            at = move.end
    if at is not None and at[2] < program.safe_z:
        yield program.toolpaths[-1], at, Move("rapid", (at[0], at[1], program.safe_z))


def _approach(at: Vector | None, start: Vector, safe_z: float) -> Iterator[Move]:
    """Up, across, down."""
    height = max(safe_z, start[2])
    if at is not None and at[2] < height:
        yield Move("rapid", (at[0], at[1], height))
    if at is None or at[:2] != start[:2]:
        yield Move("rapid", (start[0], start[1], height))
    if start[2] < height:
        yield Move("rapid", start)


def _text(
    dialect: Dialect, program: Program, numbered: Sequence[tuple[int, Tool]], header: Sequence[str]
) -> str:
    writer = _Writer()
    writer.lines += dialect.opening
    writer.lines += comment_lines([*header, *_derived(program, numbered, bool(dialect.tool_change))])
    writer.lines += comment_lines(dialect.remarks)
    writer.lines += dialect.preamble
    numbers = {tool.key: number for number, tool in numbered}
    tool, rpm, path = "", 0.0, None
    for of, start, move in legs(program):
        if of is not path:
            changed = of.tool != tool
            if changed:
                writer.change_tool(dialect, numbers[of.tool], program.safe_z, first=not tool)
            if changed or of.rpm != rpm:
                writer.spindle(of.rpm)
            writer.lines.append(comment(f"{of.kind} {of.part}"))
            tool, rpm, path = of.tool, of.rpm, of
        writer.move(start, move)
    writer.lines += ("M5", *dialect.closing)
    return "\n".join([*writer.lines, ""])


def _derived(program: Program, numbered: Sequence[tuple[int, Tool]], is_numbered: bool) -> list[str]:
    """Header lines that follow from the program."""
    setup, moves = program.setup, list(legs(program))
    x0, y0, x1, y1 = setup.stock.bounds
    points = [p for _, at, m in moves if at and m.kind != "rapid" for p in (at, *m.extremes(at))]
    box = [(min(p[i] for p in points), max(p[i] for p in points)) for i in range(3)] if points else []
    known: list[Leg] = [(at, move) for _, at, move in moves if at is not None]
    seconds = round(moving_seconds(known, program.machine) + _standing_seconds(program))
    return [
        *(f"tool{f' T{n}' if is_numbered else ''}: {tool.key}, {tool.title}" for n, tool in numbered),
        f"stock: {x1 - x0:g} x {y1 - y0:g} x {setup.thickness:g} mm, {setup.material}, {setup.side} side up",
        "zero: x and y at the lower left corner of the stock, z at its top",
        *(f"{axis}: {low:.3f} to {high:.3f} mm" for axis, (low, high) in zip("xyz", box, strict=False)),
        f"safe height: {program.safe_z:g} mm",
        f"time: {seconds // 60} min {seconds % 60} s",
    ]


def _standing_seconds(program: Program) -> float:
    """Seconds of standstill: every cutter but the first is put in, spindles get to their speed."""
    tools = [tool for tool, _ in groupby(path.tool for path in program.toolpaths)]
    starts = [start for start, _ in groupby((path.tool, path.rpm) for path in program.toolpaths)]
    return max(len(tools) - 1, 0) * program.machine.tool_change_s + len(starts) * SPIN_UP_S


@dataclass
class _Writer:
    """Lines so far, and what the controller knows by now: positions in micrometres, the rest as words."""

    lines: list[str] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)
    motion: str = ""
    feed: str = ""

    def change_tool(self, dialect: Dialect, number: int, safe_z: float, first: bool) -> None:
        """Bring the spindle to its height, stop it and take the tool."""
        change = [line.format(tool=number) for line in dialect.tool_change]
        if not first:
            self.lift(safe_z)
            self.lines.append("M5")
        self.lines += change
        if first:
            self.lift(safe_z)

    def spindle(self, rpm: float) -> None:
        """Start the spindle and wait until it turns."""
        self.lines += [f"M3 S{rpm:.0f}", f"G4 P{SPIN_UP_S:g}"]

    def lift(self, z: float) -> None:
        """Straight up."""
        if self.at.get("Z", -1) < _micro(z):
            self.words("G0", {"Z": _micro(z)})

    def move(self, start: Vector | None, move: Move) -> None:
        """One move, in the fewest words; nothing where it rounds to nothing."""
        end = dict(zip("XYZ", map(_micro, move.end), strict=True))
        changed = {axis: value for axis, value in end.items() if self.at.get(axis) != value}
        if move.kind == "rapid":
            if changed:
                self.words("G0", changed)
            return
        if start is not None and move.center is not None:
            for begin, half in _halves(start, move):
                self.arc(begin, half)
        elif changed:
            self.words("G1", changed, move.feed)

    def arc(self, start: Vector, move: Move) -> None:
        """An arc of at most about half a turn; a line where it is as straight as the last decimal."""
        end = dict(zip("XYZ", map(_micro, move.end), strict=True))
        changed = {axis: value for axis, value in end.items() if self.at.get(axis) != value}
        here, there = (self.at["X"], self.at["Y"]), (end["X"], end["Y"])
        assert move.center is not None
        sagitta = math.dist(start[:2], move.center) * (1 - math.cos(move.sweep(start) / 2))
        if here == there or sagitta < FLAT:
            if changed:
                self.words("G1", changed, move.feed)
            return
        i, j = (_decimal(v, 4) for v in _center(here, there, move.center))
        changed = {"X": end["X"], "Y": end["Y"]} | changed
        self.words("G2" if move.clockwise else "G3", changed, move.feed, f"I{i} J{j}")

    def words(self, motion: str, axes: dict[str, int], feed: float = 0.0, more: str = "") -> None:
        """One line, without what the controller knows."""
        words = [] if motion == self.motion else [motion]
        words += [f"{axis}{_decimal(value)}" for axis, value in axes.items()]
        words += [more] if more else []
        if feed and (written := f"F{max(feed, 1):.0f}") != self.feed:
            words.append(written)
            self.feed = written
        self.lines.append(" ".join(words))
        self.motion = motion
        self.at.update(axes)


def _micro(value: float) -> int:
    return round(value * 1000)


def _decimal(value: float, digits: int = 3) -> str:
    text = f"{value / 1000:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _halves(start: Vector, move: Move) -> Iterator[tuple[Vector, Move]]:
    """The arc, or two of half its turn: where a long one ends near its start, no rounding is safe."""
    assert move.center is not None
    sweep = move.sweep(start)
    if start[:2] == move.end[:2]:
        sweep = -math.tau if move.clockwise else math.tau
    if abs(sweep) <= HALF_TURN:
        yield start, move
        return
    (cx, cy), z = move.center, (start[2] + move.end[2]) / 2
    x, y = start[0] - cx, start[1] - cy
    c, s = math.cos(sweep / 2), math.sin(sweep / 2)
    middle = (cx + c * x - s * y, cy + s * x + c * y, z)
    yield start, replace(move, end=middle)
    yield middle, move


def _center(here: tuple[int, int], there: tuple[int, int], center: Point) -> Point:
    """Centre as seen from the rounded start, micrometres: equally far from both rounded ends."""
    (x0, y0), (x1, y1) = here, there
    chord = math.dist(here, there)
    nx, ny = (y0 - y1) / chord, (x1 - x0) / chord
    mx, my = (x1 - x0) / 2, (y1 - y0) / 2
    t = (center[0] * 1000 - x0 - mx) * nx + (center[1] * 1000 - y0 - my) * ny
    return (mx + t * nx, my + t * ny)
