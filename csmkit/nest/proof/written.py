# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Proof of a written sheet: the outlines that were read back from its file are measured, not the plan."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely import LinearRing

from csmkit.model import Finding, Layout, NestInstance, Outline
from csmkit.nest.proof.bodies import ALLOWED, COARSE, Body, Shape
from csmkit.nest.proof.panels import check_panels

Box = tuple[float, float, float, float]

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
    left = [(o, o.bounds) for o in written]
    open_areas = [(h, Shape(h).coarse) for h in _filled(holes, [box for _, box in left])]
    bodies: list[Body] = []
    findings: list[Finding] = []
    for p in layout.placements:
        name = f"{p.item} copy {p.copy}"
        planned = patterns[p.item].outline.moved(p.x, p.y, p.angle)
        bounds = planned.bounds
        match = next(
            (k for k, (o, box) in enumerate(left) if _is_at(box, bounds) and _same(o, planned)), None
        )
        if match is None:
            problem = "is not in the file as it was planned (moved, mirrored, misshapen or missing)"
            findings.append(_finding(instance, name, problem))
            continue
        outline, _ = left.pop(match)
        room = Shape(outline).coarse.buffer(COARSE)
        own = tuple(h for h, area in open_areas if shapely.covers(room, area))
        bodies.append(Body(name, Shape(outline, own)))
    for outline, (x0, y0, x1, y1) in left:
        problem = f"the file has an outline too many, x {x0:.1f} to {x1:.1f}, y {y0:.1f} to {y1:.1f}"
        findings.append(_finding(instance, "", problem))
        bodies.append(Body("an outline too many", Shape(outline)))
    stock = next(s for s in instance.stock if s.key == layout.stock)
    found = check_panels(bodies, layout, stock, instance, f"the file of {layout.stock}")
    findings += (replace(f, remedy=REMEDY) for f in found)
    return tuple(findings)


def _filled(holes: Sequence[Outline], boxes: Sequence[Box]) -> list[Outline]:
    """Holes in whose box some part lies; a hole without one counts as material, which is on the safe side."""
    found = []
    for hole in holes:
        x0, y0, x1, y1 = hole.bounds
        if any(b[0] > x0 and b[1] > y0 and b[2] < x1 and b[3] < y1 for b in boxes):
            found.append(hole)
    return found


def _is_at(box: Box, planned: Box) -> bool:
    return all(abs(a - b) <= ALLOWED for a, b in zip(box, planned, strict=True))


def _same(written: Outline, planned: Outline) -> bool:
    """No point of either is further than a micrometre or two from the other."""
    if _has_same_edges(written, planned):
        return True
    one, other = (LinearRing(o.points(ALLOWED / 10)) for o in (written, planned))
    is_as_large = abs(written.area - planned.area) <= ALLOWED * planned.length
    return is_as_large and _lies_on(one, other) and _lies_on(other, one)


def _has_same_edges(written: Outline, planned: Outline) -> bool:
    """The same corners in the same order, with arcs as high: what writers do, and quick to see."""
    one, other = written.counter_clockwise().vertices, planned.counter_clockwise().vertices
    if len(one) != len(other):
        return False
    x, y, _ = other[0]
    first = min(range(len(one)), key=lambda k: math.hypot(one[k][0] - x, one[k][1] - y))
    one = (*one[first:], *one[:first])
    corners = all(math.dist(a[:2], b[:2]) <= ALLOWED for a, b in zip(one, other, strict=True))
    return (
        corners
        and all(
            abs(a[2] - b[2]) * math.dist(b[:2], c[:2]) / 2 <= ALLOWED  # of the arcs' heights
            for a, b, c in zip(one, other, (*other[1:], other[0]), strict=True)
        )
    )


def _lies_on(one: LinearRing, other: LinearRing) -> bool:
    """All corners of one, and the points of its arcs, are on the other."""
    shapely.prepare(other)
    return bool(shapely.dwithin(other, shapely.points(one.coords), 2 * ALLOWED).all())


def _finding(instance: NestInstance, part: str, problem: str) -> Finding:
    return Finding(instance.sheet, "written sheet", part, problem, REMEDY)
