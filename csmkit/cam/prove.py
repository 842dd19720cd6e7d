# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Proof of a written program: what it does to the stock, measured from its text.

Nothing here knows how toolpaths are planned or written: the text is interpreted, the cutter is swept along
it, and what goes and what stays is compared with the setup.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from csmkit.cam.promise import Promise
from csmkit.cam.proof.area import gouges, unengraved
from csmkit.cam.proof.blank import Blank, blank
from csmkit.cam.proof.dialect import dialect_faults
from csmkit.cam.proof.interpret import ARC_LIMIT, HOME_Z, Reading, Step, interpret
from csmkit.cam.proof.leftover import Left, count_bridges, leftovers
from csmkit.cam.proof.moves import Cutting, box_of, move_faults
from csmkit.cam.proof.sweep import sweep
from csmkit.cam.proof.tabs import tab_faults
from csmkit.cam.time_estimate import moving_seconds
from csmkit.model.cam import Fault, ProgramText, Proof, Setup
from csmkit.model.machine import Machine, Tool
from csmkit.model.workshop import CamRules


def prove(
    texts: Sequence[ProgramText],
    setup: Setup,
    machine: Machine,
    rules: CamRules,
    promise: Promise | None = None,
    arc_limit: float = ARC_LIMIT,
) -> Proof:
    """Interpret programs and measure what they do, one after the other in one clamping.

    Args:
        texts: written programs, with the cutter of each tool number.
        setup: what is to be cut, true size.
        machine: its reach, speeds and dialect.
        rules: how deep through, how high is safe, how parts are held.
        promise: what was planned to hold the parts; None where nobody knows: then all bridges count as tabs.
        arc_limit: largest difference between the radii at both ends of an arc, mm.
    """
    first_lines = _first_lines(texts)
    readings = [interpret(t.text, arc_limit, first) for t, first in zip(texts, first_lines, strict=True)]
    faults: list[Fault] = []
    steps: list[Cutting] = []
    for one, reading, first in zip(texts, readings, first_lines, strict=True):
        faults += _text_faults(one, reading, machine, first)
        tools, unknown = _tools(one, reading)
        faults += unknown
        these = [(s, tools[s.tool]) for s in reading.steps if s.tool in tools]
        faults += move_faults(these, setup, machine, rules)
        steps += these
    low, areas = sweep(steps), blank(setup)
    faults += gouges(areas, low)
    left = leftovers(areas, low, _skins(areas, rules, promise))
    faults += [*left.faults, *unengraved(areas, low)]
    if promise is not None:
        faults += tab_faults(left.bridges, promise.tabs, low.level(0.0), setup.thickness)
    return _proof(_by_text(faults, first_lines), left, readings, [s for s, _ in steps], (texts, machine))


def _skins(areas: Blank, rules: CamRules, promise: Promise | None) -> dict[int, float]:
    """What may stay below contours, by the place of the cut."""
    contours = {
        i: p for i, p in enumerate(areas.pieces) if p.cut.through and p.cut.kind in ("inside", "outside")
    }
    if promise is None:
        return dict.fromkeys(contours, rules.onion) if rules.hold == "onion" else {}
    return {i: promise.skin(piece, tuple(contours.values())) for i, piece in contours.items()}


def _first_lines(texts: Sequence[ProgramText]) -> list[int]:
    """Numbers of the texts' first lines, as if they were one text."""
    counts = [len(one.text.splitlines()) for one in texts]
    return [1 + sum(counts[:i]) for i in range(len(counts))]


def _by_text(faults: Sequence[Fault], first_lines: Sequence[int]) -> list[Fault]:
    """Faults in the order of texts and lines, each with the line of its own text."""
    placed = []
    for fault in sorted(faults, key=lambda f: (f.line is None, f.line or 0, f.kind)):
        text = 0 if fault.line is None else bisect_right(first_lines, fault.line) - 1
        line = None if fault.line is None else fault.line - first_lines[text] + 1
        placed.append(replace(fault, line=line, text=text))
    return placed


def _text_faults(one: ProgramText, reading: Reading, machine: Machine, first: int) -> list[Fault]:
    found = [
        replace(f, line=None if f.line is None else f.line + first - 1)
        for f in dialect_faults(one.text, machine.post)
    ]
    if not reading.ends and machine.post != "grbl":
        line = first + max(len(one.text.splitlines()) - 1, 0)
        found.append(Fault("dialect", "the program does not end with M2 or M30", line=line))
    return [*found, *reading.faults]


def _tools(one: ProgramText, reading: Reading) -> tuple[Mapping[int, Tool], list[Fault]]:
    """Cutters by the number that the text gives them."""
    tools = dict(one.tools)
    if len(tools) == 1:
        tools.setdefault(0, next(iter(tools.values())))
    faults = []
    for step in reading.steps:
        if step.tool not in tools and (step.move.kind != "rapid" or step.move.end[2] < 0):
            name = f"T{step.tool}" if step.tool else "a move before the first T"
            faults.append(Fault("tool", f"no cutter is known for {name}", step.move.end, step.line))
            break
    return tools, faults


def _proof(
    faults: Sequence[Fault],
    left: Left,
    readings: Sequence[Reading],
    steps: Sequence[Step],
    of: tuple[Sequence[ProgramText], Machine],
) -> Proof:
    texts, machine = of
    known = [s for s in steps if s.is_sure and s.move.end[2] < HOME_Z]
    cuts = [s for s in known if s.move.kind != "rapid"]
    tools = [tool.key for one in texts for _, tool in one.tools]
    notes = list(left.notes)
    changes = sum(r.stops for r in readings) + len(texts) - 1
    if changes:
        words = "a stop or tool change" if changes == 1 else f"{changes} stops or tool changes"
        notes.append(f"{words} on the way, reckoned with {machine.tool_change_s:g} s each")
    if any(not r.units for r in readings):
        notes.append("the program does not say its units (G20, G21): read as mm")
    moving_s = moving_seconds(((s.start, s.move) for s in known), machine)
    return Proof(
        faults=tuple(faults),
        notes=tuple(dict.fromkeys(notes)),
        box=box_of(cuts),
        cut_mm=sum(s.move.length(s.start) for s in cuts),
        rapid_mm=sum(s.move.length(s.start) for s in known if s.move.kind == "rapid"),
        seconds=moving_s + sum(r.dwell_s for r in readings) + changes * machine.tool_change_s,
        tabs=count_bridges(left.bridges),
        tools=tuple(dict.fromkeys(tools)),
    )
