# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Proof of the moves themselves: rapids, reach, clamps, feed, spindle, what each cutter may do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from csmkit.cam.proof.blank import polygon
from csmkit.cam.proof.interpret import HOME_Z, Step
from csmkit.cam.proof.sweep import chain
from csmkit.model.cam import Box, Fault, Setup
from csmkit.model.machine import Machine, Tool
from csmkit.model.workshop import CamRules

DRILL_POINT = 0.301  # height of a twist drill's point, of its diameter: 118°, ISO 235; it has to come through
FINE = 1e-3  # mm: the last decimal of a program
Cutting = tuple[Step, Tool]


def move_faults(steps: Sequence[Cutting], setup: Setup, machine: Machine, rules: CamRules) -> Iterator[Fault]:
    """What is wrong with single moves, each kind once for each line."""
    yield from _rapids(steps)
    for step, tool in steps:
        if step.move.kind != "rapid":
            yield from _cutting(step, tool, machine)
        yield from _depth(step, tool, setup, rules)
    yield from _reach([step for step, _ in steps], machine)
    yield from _clamps(steps, setup, rules)


def box_of(steps: Sequence[Step]) -> Box:
    """Box of moves, mm; zeros where there are none."""
    points = np.array([p for s in steps for p in (s.start, *s.move.extremes(s.start))] or [(0.0, 0.0, 0.0)])
    low, high = points.min(axis=0), points.max(axis=0)
    return (float(low[0]), float(low[1]), float(low[2]), float(high[0]), float(high[1]), float(high[2]))


def _rapids(steps: Sequence[Cutting]) -> Iterator[Fault]:
    """Below the top of the stock a rapid goes straight up, or back down its own hole."""
    drilled: dict[tuple[float, float], float] = {}
    for step, _ in steps:
        start, end = step.start, step.move.end
        is_upright = start[:2] == end[:2]
        hole = (round(end[0], 3), round(end[1], 3))
        if step.move.kind != "rapid":
            if is_upright:
                drilled[hole] = min(drilled.get(hole, 0.0), end[2])
            continue
        low = min(start[2], end[2])
        if low >= -FINE / 2:
            continue
        if is_upright and (end[2] >= start[2] or end[2] >= drilled.get(hole, 0.0)):
            continue
        way = "down" if is_upright else "sideways"
        yield Fault(
            "low rapid", f"rapid {way} at z = {low:.3f} mm, below the top of the stock", end, step.line
        )


def _cutting(step: Step, tool: Tool, machine: Machine) -> Iterator[Fault]:
    """A cutting move has a feed, and below the top of the stock a turning spindle."""
    move, line = step.move, step.line
    if move.feed <= 0:
        yield Fault("feed", "a cutting move before any feed (F) is set", move.end, line)
    elif move.feed > machine.feed_mm_min + 0.5:
        problem = f"feed {move.feed:.0f} mm/min is above the machine's {machine.feed_mm_min:.0f}"
        yield Fault("feed", problem, move.end, line)
    low = min(step.start[2], move.end[2])
    if low >= -FINE / 2:
        return
    if step.rpm <= 0:
        yield Fault("spindle", f"cuts at z = {low:.3f} mm while the spindle stands", move.end, line)
    elif not machine.rpm_min - 1 <= step.rpm <= machine.rpm_max + 1:
        limits = f"{machine.rpm_min:.0f} to {machine.rpm_max:.0f}"
        yield Fault("spindle", f"{step.rpm:.0f} rpm is outside {limits}", move.end, line)
    is_upright = step.start[:2] == move.end[:2]
    if is_upright and move.end[2] < step.start[2] and move.feed > machine.plunge_mm_min + 0.5:
        problem = f"plunges with {move.feed:.0f} mm/min, the machine's limit is {machine.plunge_mm_min:.0f}"
        yield Fault("feed", problem, move.end, line)
    if tool.kind == "drill" and not is_upright:
        yield Fault("tool", f"{tool.key} is a drill and cannot cut sideways", move.end, line)


def _depth(step: Step, tool: Tool, setup: Setup, rules: CamRules) -> Iterator[Fault]:
    depth = -step.move.end[2]
    deepest = setup.thickness + rules.through + (DRILL_POINT * tool.diameter if tool.kind == "drill" else 0)
    if depth > deepest + FINE:
        deepest += _beyond(step, setup)
    if depth > deepest + FINE:
        problem = (
            f"{depth:.3f} mm deep, at most {deepest:.3f} mm (thickness and {rules.through:g} mm through)"
        )
        yield Fault("depth", problem, step.move.end, step.line)
    if depth > tool.flute_length + FINE:
        problem = f"{depth:.3f} mm deep with {tool.key}, whose flutes are {tool.flute_length:g} mm long"
        yield Fault("tool", problem, step.move.end, step.line)


def _beyond(step: Step, setup: Setup) -> float:
    """How far below the stock a hole is asked for in which a move stays, mm: that of a pin."""
    for cut in setup.cuts:
        found = cut.region.outline.circle_of if cut.kind == "drill" else None
        if found is not None and cut.depth > setup.thickness:
            ends = (step.start[:2], step.move.end[:2])
            if all(math.dist(end, found[:2]) < found[2] / 2 for end in ends):
                return cut.depth - setup.thickness
    return 0.0


def _reach(steps: Sequence[Step], machine: Machine) -> Iterator[Fault]:
    """The moves must fit the machine's travel, wherever its zero is put."""
    known = [s for s in steps if s.move.end[2] < HOME_Z]
    for i, axis in enumerate("xyz"):
        moving = [s for s in known if s.is_sure or s.move.end[i] != s.start[i]]
        places = [p[i] for s in moving for p in s.move.extremes(s.start)]
        size, limit = max(places, default=0.0) - min(places, default=0.0), machine.envelope[i]
        if size > limit + FINE:
            far = max(known, key=lambda s: abs(s.move.end[i]))
            problem = f"needs {size:.1f} mm of travel in {axis}, the machine has {limit:g} mm"
            yield Fault("envelope", problem, far.move.end, far.line)


def _clamps(steps: Sequence[Cutting], setup: Setup, rules: CamRules) -> Iterator[Fault]:
    """No move below the safe height over clamps and screws."""
    if not setup.keep_out:
        return
    zones = [polygon(zone) for zone in setup.keep_out]
    low = [(s, t) for s, t in steps if min(s.start[2], s.move.end[2]) < rules.safe_z - FINE]
    lines = np.array([shapely.linestrings(chain(step)[:, :2]) for step, _ in low], dtype=object)
    for zone in zones:
        gaps = shapely.distance(zone, lines)
        for (step, tool), gap in zip(low, gaps, strict=True):
            if gap < tool.diameter / 2:
                x0, y0, x1, y1 = zone.bounds
                place = f"the clamp at ({(x0 + x1) / 2:.0f}, {(y0 + y1) / 2:.0f})"
                low_z = min(step.start[2], step.move.end[2])
                problem = f"{tool.key} at z = {low_z:.2f} mm over {place}, below the safe {rules.safe_z:g} mm"
                yield Fault("clamp", problem, step.move.end, step.line)
                break
