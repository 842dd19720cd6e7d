# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Proof of a written sheet: the outlines that were read back from its file are measured, not the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely import LinearRing

from csmkit.model import Finding, Layout, NestInstance, Outline
from csmkit.nest.verify import ALLOWED, COARSE, Body, check_bodies

REMEDY = "the writer is at fault: please report it"


def verify_written(
    written: Sequence[Outline], layout: Layout, instance: NestInstance, holes: Sequence[Outline] = ()
) -> tuple[Finding, ...]:
    """Measure a sheet's file against its layout and rules.

    Args:
        written: outer outlines of the parts as read back from the file, mm, in any order.
        layout: what the file should show.
        holes: through holes as read back; parts that lie in holes of others need them.
    Returns: what is wrong: a part of the layout that isn't in the file (moved, mirrored, misshapen or
        missing), an outline too many, and the written outlines' spacing, edges and defects.
    """
    patterns = {i.name: i.pattern for i in instance.items}
    left = list(written)
    open_areas = [(h, Body("", h).coarse) for h in holes]
    bodies: list[Body] = []
    findings: list[Finding] = []
    for p in layout.placements:
        name = f"{p.item} copy {p.copy}"
        planned = patterns[p.item].outline.moved(p.x, p.y, p.angle)
        match = next((o for o in left if _same(o, planned)), None)
        if match is None:
            problem = "is not in the file as it was planned (moved, mirrored, misshapen or missing)"
            findings.append(_finding(instance, name, problem))
            continue
        left.remove(match)
        room = Body("", match).coarse.buffer(COARSE)
        shapely.prepare(room)
        own = tuple(h for h, area in open_areas if shapely.covers(room, area))
        bodies.append(Body(name, match, own))
    for outline in left:
        x0, y0, x1, y1 = outline.bounds
        problem = f"the file has an outline too many, x {x0:.1f} to {x1:.1f}, y {y0:.1f} to {y1:.1f}"
        findings.append(_finding(instance, "", problem))
        bodies.append(Body("an outline too many", outline))
    stock = next(s for s in instance.stock if s.key == layout.stock)
    found = check_bodies(bodies, stock, instance, f"the file of {layout.stock}")
    findings += (replace(f, remedy=REMEDY) for f in found)
    return tuple(findings)


def _same(written: Outline, planned: Outline) -> bool:
    """No point of either is further than a micrometre or two from the other."""
    if any(abs(a - b) > ALLOWED for a, b in zip(written.bounds, planned.bounds, strict=True)):
        return False
    one, other = (LinearRing(o.points(ALLOWED / 10)) for o in (written, planned))
    is_as_large = abs(written.area - planned.area) <= ALLOWED * planned.length
    return is_as_large and _lies_on(one, other) and _lies_on(other, one)


def _lies_on(one: LinearRing, other: LinearRing) -> bool:
    """All corners of one, and the points of its arcs, are on the other."""
    shapely.prepare(other)
    return bool(shapely.dwithin(other, shapely.points(one.coords), 2 * ALLOWED).all())


def _finding(instance: NestInstance, part: str, problem: str) -> Finding:
    return Finding(instance.sheet, "written sheet", part, problem, REMEDY)
