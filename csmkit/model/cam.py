# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Machining: what is cut in one clamping, the way of the cutter, and the proof of a written program.

Frame of all coordinates: x and y from the sheet's lower left corner, z = 0 at the top of the stock, down is
negative; mm, mm/min, s.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from csmkit.model.machine import Machine, Tool, ToolChange
from csmkit.model.outline import Outline, Point, Region
from csmkit.model.pose import Vector

CutKind = Literal["engrave", "drill", "pocket", "inside", "outside", "surface"]
Box = tuple[float, float, float, float, float, float]  # x, y, z at least, x, y, z at most


@dataclass(frozen=True)
class Cut:
    """One thing to cut.

    Args:
        kind: `drill` is a round hole or pocket, `inside` a hole that is cut round, `outside` a contour.
        part: whose it is: "bike-trailer/side 2".
        region: drill: a circle; pocket: what is cleared, with the islands that stay; inside, outside: the
            contour as drawn, true size; engrave: see `strokes`.
        depth: below the top of the stock; the thickness where it goes through.
        through: it goes through.
        strokes: open lines of an engraving, mm.
    """

    kind: CutKind
    part: str
    region: Region
    depth: float
    through: bool
    strokes: tuple[tuple[Point, ...], ...] = ()


@dataclass(frozen=True)
class Setup:
    """One clamping of one sheet: everything that is cut from one side of it."""

    name: str  # names files: "birch-ply-12-2440x1220-1"
    stock: Outline  # lower left at (0, 0)
    thickness: float  # what it really is
    material: str  # key of the Material
    side: Literal[
        "top", "bottom"
    ]  # bottom: the sheet is turned over left to right, coordinates as it then lies
    cuts: tuple[Cut, ...]
    keep_out: tuple[Outline, ...] = ()  # clamps and screws: no move below the safe height over them
    contours: tuple[tuple[str, Outline], ...] = ()  # parts that another clamping cuts out: part, contour
    pins: tuple[Point, ...] | None = None  # hold the sheet either way; None: it is not turned over


@dataclass(frozen=True)
class Move:
    """One straight or circular move to `end`.

    An arc turns about `center` in the plane z = constant; where z changes it is a helix. Full circles are two
    halves.
    """

    kind: Literal["rapid", "line", "arc"]
    end: Vector
    feed: float = 0.0  # mm/min; 0 for a rapid
    center: Point | None = None  # of an arc
    clockwise: bool = False

    def sweep(self, start: Vector) -> float:
        """Turned angle of an arc from `start`, radians; positive counter-clockwise, 0 for a line."""
        if self.center is None:
            return 0.0
        cx, cy = self.center
        turned = math.atan2(self.end[1] - cy, self.end[0] - cx) - math.atan2(start[1] - cy, start[0] - cx)
        return -((-turned) % math.tau) if self.clockwise else turned % math.tau

    def length(self, start: Vector) -> float:
        """Length from `start` along the line, arc or helix, mm."""
        if self.center is None:
            return math.dist(start, self.end)
        return math.hypot(math.dist(start[:2], self.center) * self.sweep(start), self.end[2] - start[2])

    def extremes(self, start: Vector) -> Iterator[Vector]:
        """Points at which the box of the move from `start` is reached, mm: its end, and an arc's quarters."""
        yield self.end
        if self.center is None:
            return
        (cx, cy), sweep = self.center, self.sweep(start)
        r, begin = math.dist(start[:2], self.center), math.atan2(start[1] - cy, start[0] - cx)
        for quarter in range(4):
            turn = (quarter * math.pi / 2 - begin) % math.tau
            if sweep < 0:
                turn -= math.tau
            if sweep and 0 < turn / sweep < 1:
                z = start[2] + turn / sweep * (self.end[2] - start[2])
                yield (cx + r * math.cos(begin + turn), cy + r * math.sin(begin + turn), z)


@dataclass(frozen=True)
class Tab:
    """A bridge that holds a part: middle, the contour's direction there in degrees, its length along it."""

    part: str
    x: float
    y: float
    angle: float
    length: float
    height: float  # above the bottom of the stock


@dataclass(frozen=True)
class Toolpath:
    """The way of one tool for one cut, from above the stock to above the stock."""

    tool: str  # Tool.key
    kind: CutKind
    part: str
    rpm: float
    start: Vector  # at the safe height
    moves: tuple[Move, ...]
    tabs: tuple[Tab, ...] = ()
    skin: float = 0.0  # left uncut below a through cut on purpose (onion skin), mm


@dataclass(frozen=True)
class Program:
    """Toolpaths in their order, for one machine and one setup."""

    setup: Setup
    machine: Machine
    tools: tuple[Tool, ...]  # in the order of their first use
    toolpaths: tuple[Toolpath, ...]
    safe_z: float
    notes: tuple[str, ...] = ()  # what the maker should know: thin chips, corners that stay round, …


@dataclass(frozen=True)
class ProgramText:
    """A written program: one file."""

    suffix: (
        str  # goes between the name of the setup and the ending: "", or "-2-em3" where each tool has a file
    )
    ending: str  # ".ngc"
    tools: tuple[tuple[int, Tool], ...]  # number in the text (T1), cutter; a text without T has one
    text: str


@dataclass(frozen=True)
class Operation:
    """Cuts of one kind with one tool that follow one another."""

    kind: CutKind
    tool: str  # Tool.key
    parts: tuple[str, ...]  # each once, in the order of work
    cuts: int
    seconds: float  # with the ways between


@dataclass(frozen=True)
class CutterUse:
    """A cutter in a program."""

    tool: Tool
    number: int  # T in the text
    suffix: str  # of the text that uses it: ProgramText.suffix
    rpm: float
    feed_mm_min: float  # fastest in the plane
    plunge_mm_min: float  # straight down into the wood
    depth: float  # deepest below the top of the stock, mm: it sticks out at least so far
    seconds: float


@dataclass(frozen=True)
class Fault:
    """What a proof has found, with the place in mm and the line of the file."""

    kind: str  # gouge, leftover, low rapid, envelope, clamp, feed, spindle, arc, tab, dialect
    problem: str  # with the value and the limit in it
    where: tuple[float, float, float] | None = None
    line: int | None = None
    text: int = 0  # which of several texts the line is of


@dataclass(frozen=True)
class Proof:
    """What the written program does, as measured by interpreting it."""

    faults: tuple[Fault, ...]  # none: the program holds
    notes: tuple[str, ...]  # what a cutter cannot reach and other things to know
    box: Box  # of all cutting moves
    cut_mm: float  # length of cutting moves
    rapid_mm: float
    seconds: float
    tabs: int  # bridges that stay
    tools: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What lies beside a program as data: what it is for, what it does, what its proof has found."""

    format: int  # raised when a reader of the older one would be misled
    setup: str  # Setup.name
    header: tuple[str, ...]  # kit, version, sheet
    side: Literal["top", "bottom"]
    size: Point  # of the stock, mm
    thickness: float  # mm
    is_measured: bool  # by the workshop; else it is the table's typical value
    good: str  # title of the sheet good
    machine: str  # key
    machine_title: str
    post: str
    tool_change: ToolChange  # none: a file for each cutter
    safe_z: float
    files: tuple[str, ...]  # in the order in which they run
    cutters: tuple[CutterUse, ...]
    operations: tuple[Operation, ...]
    bridges: tuple[Tab, ...]
    skins: tuple[str, ...]  # parts that a skin holds
    faults: tuple[Fault, ...]  # none, or there were no program
    notes: tuple[str, ...]
    box: Box  # of all cutting moves
    cut_mm: float
    rapid_mm: float
    seconds: float
    tabs: int  # bridges that stay
    tools: tuple[str, ...]
