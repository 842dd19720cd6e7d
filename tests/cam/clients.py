# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Interpreters that others wrote: LinuxCNC's rs274 and gcode-toolpath; each gives moves of ours.

None of the functions that compare needs pytest's collection: the benchmark of all programs uses them too.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from csmkit.cam.proof.interpret import interpret
from csmkit.model.cam import Box, Move
from csmkit.model.pose import Vector

_CALL = re.compile(r"(STRAIGHT_TRAVERSE|STRAIGHT_FEED|ARC_FEED)\(([^)]*)\)")
Leg = tuple[Vector, Move]
CLIENTS = ("rs274", "gcode_toolpath")


@dataclass(frozen=True)
class Seen:
    """How an interpreter's reading of a program differs from ours.

    Args:
        moves: cutting moves that it has seen.
        ends: largest distance between where a cutting move ends, mm; infinite if there are more or fewer.
        box: largest difference between the boxes of the cutting moves, mm.
        radius: largest difference between the radii at both ends of an arc, mm.
        length: difference of the cutting moves' lengths, mm.
    """

    moves: int
    ends: float
    box: float
    radius: float
    length: float


def seen(client: str, text: str, folder: Path) -> Seen:
    """What a client (one of `CLIENTS`) sees in a program; an assertion fails where it refuses it."""
    theirs = (rs274 if client == "rs274" else gcode_toolpath)(text, folder)
    ours = [(step.start, step.move) for step in interpret(text).steps]
    cuts, their_cuts = (_cuts(legs) for legs in (ours, theirs))
    gaps = [math.dist(a.end, b.end) for (_, a), (_, b) in zip(cuts, their_cuts, strict=False)]
    lengths = [sum(move.length(start) for start, move in legs) for legs in (cuts, their_cuts)]
    return Seen(
        moves=len(their_cuts),
        ends=max(gaps, default=0.0) if len(cuts) == len(their_cuts) else math.inf,
        box=max(abs(a - b) for a, b in zip(box(ours), box(theirs), strict=True)),
        radius=radius_error(theirs),
        length=abs(lengths[0] - lengths[1]),
    )


def _cuts(legs: Sequence[Leg]) -> list[Leg]:
    return [(start, move) for start, move in legs if move.kind != "rapid"]


def rs274(text: str, folder: Path) -> list[Leg]:
    """What LinuxCNC makes of a program; fails where it refuses it.

    Two at a time share memory and die of a bus error, so they wait for each other.
    """
    (folder / "program.ngc").write_text(text)
    with (Path(tempfile.gettempdir()) / "csmkit-rs274.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        done = subprocess.run(
            ["rs274", "-g", "program.ngc"], cwd=folder, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stdout[-400:] + done.stderr[-400:]
    assert "PROGRAM_END()" in done.stdout
    at: Vector = (0.0, 0.0, 0.0)
    legs = []
    for kind, arguments in _CALL.findall(done.stdout):
        v = [float(word) for word in arguments.split(",")]
        if kind == "ARC_FEED":
            assert abs(v[4]) == 1  # no more than one turn
            move = Move("arc", (v[0], v[1], v[5]), 1.0, (v[2], v[3]), v[4] < 0)
        else:
            move = Move("rapid" if kind == "STRAIGHT_TRAVERSE" else "line", (v[0], v[1], v[2]))
        legs.append((at, move))
        at = move.end
    return legs


def gcode_toolpath(text: str, folder: Path) -> list[Leg]:
    """What gcode-toolpath on Node makes of a program."""
    script = Path(__file__).parent / "node" / "gcode_toolpath.js"
    if not (script.parent / "node_modules").exists() and os.environ.get("CSM_NEEDS") != "strict":
        pytest.skip("gcode-toolpath is not installed (npm ci --prefix tests/cam/node)")
    (folder / "program.nc").write_text(text)
    done = subprocess.run(
        ["node", str(script), str(folder / "program.nc")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-400:]
    legs: list[Leg] = []
    for motion, start, end, center in json.loads(done.stdout):
        kind = "arc" if center else "rapid" if motion == "G0" else "line"
        move = Move(kind, tuple(end), 1.0, tuple(center) if center else None, motion == "G2")  # type: ignore[arg-type]
        legs.append((tuple(start), move))
    return legs


def box(legs: list[Leg]) -> Box:
    """Box of the cutting moves, mm."""
    points = [p for start, m in legs if m.kind != "rapid" for p in (start, *m.extremes(start))]
    low, high = ([pick(p[i] for p in points) for i in range(3)] for pick in (min, max))
    return (low[0], low[1], low[2], high[0], high[1], high[2])


def radius_error(legs: list[Leg]) -> float:
    """Largest difference between the radii at both ends of an arc, mm."""
    errors = [0.0]
    for start, m in legs:
        if m.center is not None:
            a, b = (((p[0] - m.center[0]) ** 2 + (p[1] - m.center[1]) ** 2) ** 0.5 for p in (start, m.end))
            errors.append(abs(a - b))
    return max(errors)
