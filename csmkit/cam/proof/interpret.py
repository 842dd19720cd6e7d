# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a controller does with a program's text: moves in mm, with line, tool, spindle and feed.

Reads what GRBL, LinuxCNC, Mach3 and the posts of common CAM programs write: modal G0 to G3 with centres or
radii, inches, increments, drilling cycles. It shares nothing with our own posts.

Source: NIST RS274NGC version 3 (Kramer, Proctor, Messina 2000); LinuxCNC 2.9 manual for G73, G90.1, G43.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from csmkit.cam.proof.arcs import full_turn, read_center
from csmkit.cam.proof.cycles import cycle_legs
from csmkit.cam.proof.words import Block, blocks
from csmkit.model.cam import Fault, Move
from csmkit.model.outline import Point
from csmkit.model.pose import Vector

Arc = tuple[Point, bool]  # centre, clockwise

HOME_Z = 1000.0  # mm above the stock: where a machine is before its first move and after G28, G30, G53
INCH = 25.4
MOST = 1000  # pecks of a hole, repeats of a cycle
ARC_LIMIT = 0.002  # mm between the radii at both ends of an arc

MOTIONS = frozenset({0.0, 1.0, 2.0, 3.0, 73.0, 80.0, 81.0, 82.0, 83.0})
CYCLES = frozenset({73.0, 81.0, 82.0, 83.0})
SILENT = frozenset({40.0, 49.0, 54.0, 61.0, 61.1, 64.0, 94.0})  # G words that change no move of ours
ZEROS = frozenset({54.0, 55.0, 56.0, 57.0, 58.0, 59.0, 59.1, 59.2, 59.3})
HOMES = frozenset({28.0, 30.0, 53.0})
MODES = frozenset({4.0, 17.0, 18.0, 19.0, 20.0, 21.0, 43.0, 43.1, 90.0, 90.1, 91.0, 91.1, 98.0, 99.0})
KNOWN = MOTIONS | SILENT | ZEROS | HOMES | MODES
M_WORDS = frozenset({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 48, 49})


@dataclass(frozen=True)
class Step:
    """A move as the controller makes it.

    Args:
        start, move: where it begins, and the move.
        line: of the text.
        tool: number of the T word in force, 0 if there was none.
        rpm: of the turning spindle, 0 while it stands.
        is_sure: where it begins is known.
        dwelt_s: sum of all G4 before it, s.
        stops: M0, M1 and M6 between the first move and it.
    """

    start: Vector
    move: Move
    line: int
    tool: int
    rpm: float
    is_sure: bool = True
    dwelt_s: float = 0.0
    stops: int = 0


@dataclass(frozen=True)
class Reading:
    """A program as a controller reads it."""

    steps: tuple[Step, ...]
    faults: tuple[Fault, ...]
    dwell_s: float  # sum of all G4
    stops: int  # M0, M1 and M6 after the first move
    ends: bool  # with M2 or M30
    units: str  # "mm", "inch", or "" where the program doesn't say


def interpret(text: str, arc_limit: float = ARC_LIMIT, first_line: int = 1) -> Reading:
    """Read a program.

    Args:
        text: the whole file.
        arc_limit: largest difference between the radii at both ends of an arc, mm.
        first_line: number of the text's first line.
    Returns: moves and what is wrong with the text: words that no one knows, arcs that don't close.
    """
    controller = _Controller(arc_limit)
    for block in blocks(text, first_line):
        controller.obey(block)
        if controller.ended:
            break
    return Reading(
        tuple(controller.steps),
        tuple(controller.faults),
        controller.dwell_s,
        controller.stops,
        controller.ended,
        controller.units,
    )


@dataclass
class _Controller:
    """State of the controller, in mm."""

    arc_limit: float
    at: list[float] = field(default_factory=lambda: [0.0, 0.0, HOME_Z])
    known: set[str] = field(default_factory=set)  # axes whose place is known
    motion: float = 80.0
    unit: float = 1.0
    units: str = ""
    is_absolute: bool = True
    is_center_absolute: bool = False
    plane: float = 17.0
    zero: float = 54.0
    feed: float = 0.0
    rpm: float = 0.0
    is_turning: bool = False
    tool: int = 0
    next_tool: int = 0
    to_initial: bool = True  # G98
    cycle: dict[str, float] = field(default_factory=dict)
    dwell_s: float = 0.0
    stops: int = 0
    ended: bool = False
    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    line: int = 0

    def fault(self, kind: str, problem: str) -> None:
        self.faults.append(Fault(kind, problem, (self.at[0], self.at[1], self.at[2]), self.line))

    def obey(self, block: Block) -> None:
        """Do what a line says, in the controllers' order: modes, feed, tool, spindle, dwell, motion, stop."""
        self.line = block.line
        if block.problem:
            self.fault("dialect", block.problem)
        values = {letter: number for letter, number in block.words if letter not in "GM"}
        codes = [number for letter, number in block.words if letter == "G"]
        orders = [number for letter, number in block.words if letter == "M"]
        self._unknown(values, codes, orders)
        self._modes(codes)
        if "F" in values:
            self.feed = values["F"] * self.unit
        if "S" in values:
            self.rpm = values["S"]
        if "T" in values:
            self.next_tool = int(values["T"])
            if not self.tool and 6 not in orders:
                self.tool = self.next_tool  # a controller without tool change
        self._orders(orders)
        if 4.0 in codes:
            self.dwell_s += values.get("P", values.get("X", 0.0))
            return
        self._moves(values, codes)
        self.ended = 2 in orders or 30 in orders

    def _unknown(self, values: dict[str, float], codes: Sequence[float], orders: Sequence[float]) -> None:
        for code in codes:
            if code not in KNOWN:
                self.fault("dialect", f"G{code:g} is not understood")
        for order in orders:
            if order not in M_WORDS:
                self.fault("dialect", f"M{order:g} is not understood")
        for letter in values:
            if letter not in "FHIJKLPQRSTXYZD":
                self.fault("dialect", f"{letter}{values[letter]:g} is not understood")

    def _modes(self, codes: Sequence[float]) -> None:
        for code in codes:
            if code in (20.0, 21.0):
                self.unit, self.units = (INCH, "inch") if code == 20.0 else (1.0, "mm")
            elif code in (90.0, 91.0):
                self.is_absolute = code == 90.0
            elif code in (90.1, 91.1):
                self.is_center_absolute = code == 90.1
            elif code in (17.0, 18.0, 19.0):
                self.plane = code
            elif code in (98.0, 99.0):
                self.to_initial = code == 98.0
            elif code in ZEROS:
                if code != self.zero and self.steps:
                    self.fault("dialect", f"G{code:g} after G{self.zero:g}: two zeros in one program")
                self.zero = code

    def _orders(self, orders: Sequence[float]) -> None:
        for order in orders:
            if order in (3, 4, 5):
                self.is_turning = order != 5
            elif order == 6:
                self.tool, self.is_turning = self.next_tool, False
            if order in (0, 1, 6) and self.steps:
                self.stops += 1

    def _moves(self, values: dict[str, float], codes: Sequence[float]) -> None:
        axes = {axis: values[axis] * self.unit for axis in "XYZ" if axis in values}
        motions = [code for code in codes if code in MOTIONS]
        if len(motions) > 1:
            self.fault("dialect", f"G{motions[0]:g} and G{motions[1]:g} in one line")
        if motions:
            self.motion, self.cycle = motions[0], {}
        if any(code in HOMES for code in codes):
            self._home(axes, is_machine=53.0 in codes)
        elif self.motion in CYCLES:
            if axes:
                self._drill(values)
        elif self.motion == 80.0:
            if axes:
                self.fault("dialect", "axis words without G0 to G3 before them")
        elif self.motion in (2.0, 3.0):
            if axes or {"I", "J", "R"} & values.keys():
                self._arc(axes, values)
        elif axes:
            self._go("rapid" if self.motion == 0.0 else "line", self._target(axes))
            self.known |= axes.keys()

    def _target(self, axes: dict[str, float]) -> Vector:
        if self.is_absolute:
            x, y, z = (axes.get(axis, self.at[i]) for i, axis in enumerate("XYZ"))
        else:
            x, y, z = (self.at[i] + axes.get(axis, 0.0) for i, axis in enumerate("XYZ"))
        return (x, y, z)

    def _go(self, kind: Literal["rapid", "line", "arc"], end: Vector, arc: Arc | None = None) -> None:
        start = (self.at[0], self.at[1], self.at[2])
        feed = 0.0 if kind == "rapid" else self.feed
        move = Move(kind, end, feed, *arc) if arc else Move(kind, end, feed)
        rpm = self.rpm if self.is_turning else 0.0
        is_sure = len(self.known) == 3
        self.steps.append(Step(start, move, self.line, self.tool, rpm, is_sure, self.dwell_s, self.stops))
        self.at = list(end)

    def _home(self, axes: dict[str, float], is_machine: bool) -> None:
        """To a place of the machine: nobody but it knows where that is; z is above everything."""
        moved = set(axes) or ({"X", "Y", "Z"} if not is_machine else set())
        if "Z" in moved:
            self.known.discard("Z")
            self._go("rapid", (self.at[0], self.at[1], HOME_Z))
        elif moved and self.at[2] < 0:
            self.fault("low rapid", f"goes to a place of the machine at z = {self.at[2]:.3f} mm")
        self.known -= moved

    def _arc(self, axes: dict[str, float], values: dict[str, float]) -> None:
        end, start = self._target(axes), (self.at[0], self.at[1], self.at[2])
        if self.plane != 17.0:
            self.fault("dialect", f"an arc in the plane of G{self.plane:g} is not understood")
            return self._go("line", end)
        clockwise = self.motion == 2.0
        words = {letter: values[letter] * self.unit for letter in "IJR" if letter in values}
        center, problem = read_center(start, end, words, clockwise, self.is_center_absolute, self.arc_limit)
        if problem:
            self.fault("arc", problem)
        if center is None:
            return self._go("line", end)
        if start[:2] == end[:2]:
            self._go("arc", full_turn(start, end, center), (center, clockwise))
        self._go("arc", end, (center, clockwise))
        self.known |= axes.keys()

    def _drill(self, values: dict[str, float]) -> None:
        """A drilling cycle at a place; its words stay in force until the next motion."""
        lengths = {k: v * self.unit for k, v in values.items() if k in "XYZRQ"}
        sticky = {k: v for k, v in lengths.items() if k in "ZRQ"} | {
            k: v for k, v in values.items() if k == "P"
        }
        self.cycle |= sticky
        if not {"Z", "R"} <= self.cycle.keys():
            return self.fault("dialect", f"G{self.motion:g} without Z and R")
        z, r, peck = self.cycle["Z"], self.cycle["R"], self.cycle.get("Q", 0.0)
        if not self.is_absolute:
            r += self.at[2]
            z += r
        if peck < 0 or r - z > peck * MOST > 0:
            return self.fault("dialect", f"G{self.motion:g} with pecks of {peck:g} mm")
        if self.at[2] < r:
            self._go("rapid", (self.at[0], self.at[1], r))
        repeats = max(int(values.get("L", values.get("K", 1))), 1)
        if repeats > MOST:
            return self.fault("dialect", f"G{self.motion:g} with {repeats} repeats")
        for _ in range(repeats):
            x, y, _ = self._target({k: v for k, v in lengths.items() if k in "XY"})
            back = max(self.at[2], r) if self.to_initial else r
            for kind, end in cycle_legs(self.motion, (x, y), self.at[2], r, z, back, peck):
                self._go(kind, end)
        self.dwell_s += self.cycle.get("P", 0.0) * repeats if self.motion == 82.0 else 0.0
        self.known |= values.keys() & {"X", "Y"}
        return None
