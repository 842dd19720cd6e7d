# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How long programs of layered drawings take to plan, to write and to prove, and how well they spend time.

Warm, in processor time. Air: the time of rapids and of feeds above the wood, as a share of the program's.
Contours: how much longer the cuts along contours are than these, a cutter's radius away, times passes; and
the same without the ramps, each of which has to be cut level once at the end.

    .venv/bin/python benchmarks/gcode.py SHEET.dxf …
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeVar

import shapely

from csmkit.cam.plan import toolpaths
from csmkit.cam.post import write
from csmkit.cam.promise import promised
from csmkit.cam.proof.interpret import Step, interpret
from csmkit.cam.prove import prove
from csmkit.cam.time_estimate import moving_seconds
from csmkit.catalog.workshop import default_workshop
from csmkit.model import Machine, Workshop
from csmkit.model.cam import Cut, Program, ProgramText, Setup
from csmkit.pipeline.gcode_drawing import drawn_setups

ROUNDS = 3  # the fastest counts: the others were disturbed
CHORD = 0.005  # mm between an arc and its chords
Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What comes out, and seconds of the processor."""
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        result = work()
        times.append(time.process_time() - begin)
    return result, min(times)


def measure(setup: Setup, shop: Workshop) -> None:
    """Print what the program of one clamping takes."""
    program, plan_s = timed(lambda: toolpaths(setup, shop))
    texts, write_s = timed(lambda: write(program, ()))
    planned = promised(program)
    proof, prove_s = timed(lambda: prove(texts, setup, shop.machine, shop.cam, planned))
    parts = sum(cut.kind == "outside" for cut in setup.cuts)
    lines = sum(text.text.count("\n") for text in texts)
    air, (longer, beyond_ramps) = air_seconds(texts, shop.machine) / proof.seconds, contours(program, shop)
    print(
        f"{setup.name}: {parts} parts, {len(setup.cuts)} cuts, {lines} lines;"
        f" generate {plan_s + write_s:.2f} s, prove {prove_s:.2f} s, {len(proof.faults)} faults;"
        f" runs {proof.seconds:.0f} s, air {air:.1%},"
        f" contours {longer:+.1%}, without ramps {beyond_ramps:+.1%}"
    )


def air_seconds(texts: Sequence[ProgramText], machine: Machine) -> float:
    """Seconds in which no cutter touches wood: rapids, and feeds that end above it."""
    steps = [s for one in texts for s in interpret(one.text).steps if s.is_sure]
    runs = [list(run) for _, run in groupby(steps, key=is_air)]
    return sum(moving_seconds(((s.start, s.move) for s in run), machine) for run in runs if is_air(run[0]))


def is_air(step: Step) -> bool:
    """A rapid, or a move that stays above the wood."""
    return step.move.kind == "rapid" or min(step.start[2], step.move.end[2]) >= 0


def contours(program: Program, shop: Workshop) -> tuple[float, float]:
    """How much longer toolpaths of contours are than contours times passes, as a share; and without ramps."""
    tools = {tool.key: tool for tool in program.tools}
    way = wanted = ramps = 0.0
    cuts = [cut for cut in program.setup.cuts if cut.kind in ("inside", "outside")]
    for path in (path for path in program.toolpaths if path.kind in ("inside", "outside")):
        tool, at = tools[path.tool], path.start
        own = [cut for cut in cuts if cut.part == path.part and cut.kind == path.kind]
        cut = min(
            own, key=lambda cut: shapely.Point(path.start[:2]).distance(shapely.LinearRing(points(cut)))
        )
        grown = shapely.Polygon(points(cut)).buffer(
            math.copysign(tool.diameter / 2, cut.kind == "outside" or -1)
        )
        passes = math.ceil(
            (cut.depth + shop.cam.through) / (shop.cam.depth_per_diameter * tool.diameter) - 1e-9
        )
        wanted += passes * grown.length
        ramps += (cut.depth + shop.cam.through) / passes / math.tan(math.radians(shop.cam.ramp_deg))
        for move in path.moves:
            way += move.length(at) if move.kind != "rapid" else 0.0
            at = move.end
    return way / wanted - 1, (way - ramps) / wanted - 1


def points(cut: Cut) -> Sequence[tuple[float, float]]:
    """A contour as a polygon's corners."""
    return cut.region.outline.points(CHORD)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", type=Path, nargs="+")
    shop = default_workshop()
    for file in parser.parse_args().file:
        for setup in drawn_setups(file.read_bytes(), file.name, shop, to_zero=True).setups:
            measure(setup, shop)


if __name__ == "__main__":
    main()
