# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether a laser or a plasma torch can cut a part: narrow holes, thin webs, thick sheets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import shapely

from csmkit.model import Feature, Finding, FlatPattern, PartFacts, Workshop
from csmkit.model.machine import ThermalRule
from csmkit.model.outline import Outline

TOLERANCE = 0.02  # mm between arcs and the chords that are measured


def beyond_the_torch(kit: str, part: PartFacts, shop: Workshop) -> list[Finding]:
    """What of a part that is to be cut by laser or plasma can't be; nothing for other parts."""
    rule = next((r for r in shop.thermal if r.process == part.process), None)
    pattern = part.flat_pattern
    if rule is None or pattern is None:
        return []
    faults = _faults(rule, pattern)
    return [Finding(kit, part.process, part.name, problem, remedy) for problem, remedy in faults]


def _faults(rule: ThermalRule, pattern: FlatPattern) -> Iterator[tuple[str, str]]:
    thickness, name = pattern.thickness, rule.process
    if thickness > rule.thickest:
        yield f"is {thickness:g} mm thick, {name} cuts {rule.thickest:g} mm at most", "choose a thinner sheet"
    for pocket in pattern.pockets:
        yield f"has a pocket {pocket.depth:g} mm deep, {name} only cuts through", "mill it, or leave it out"
    for hole in pattern.holes:
        width, least = _width(hole), rule.hole(thickness)
        if width < least - TOLERANCE:
            where = f"at {_place(hole.region.outline)}"
            problem = f"has a hole {width:.1f} mm wide {where}, {name} needs {least:.1f} mm"
            yield problem, f"drill it and leave it out here, or choose {_other(name)}"
    web, place = _narrowest_web(pattern)
    least = rule.web(thickness)
    if web < least - TOLERANCE:
        problem = f"has only {web:.1f} mm between two cuts at {place}, {name} needs {least:.1f} mm"
        yield problem, "move them apart"


def _other(process: str) -> str:
    return "laser" if process == "plasma" else "a drill press"


def _width(hole: Feature) -> float:
    """The diameter of the largest circle within a hole, mm."""
    circle = hole.region.outline.circle_of
    if circle is not None:
        return circle[2]
    inside = shapely.maximum_inscribed_circle(_polygon(hole.region.outline), TOLERANCE)
    return 2 * float(inside.length)


def _narrowest_web(pattern: FlatPattern) -> tuple[float, str]:
    """The least metal between two holes, or a hole and the edge; where it is."""
    rim = _polygon(pattern.outline).exterior
    holes = [_polygon(h.region.outline) for h in pattern.holes]
    pairs = [*((h, rim) for h in holes), *combinations(holes, 2)]
    if not pairs:
        return float("inf"), ""
    a, b = min(pairs, key=lambda pair: float(pair[0].distance(pair[1])))
    point = shapely.shortest_line(a, b).centroid
    return float(a.distance(b)), f"({point.x:.1f}, {point.y:.1f}) mm"


def _polygon(outline: Outline) -> shapely.Polygon:
    return shapely.Polygon(outline.points(TOLERANCE))


def _place(outline: Outline) -> str:
    x0, y0, x1, y1 = outline.bounds
    return f"({(x0 + x1) / 2:.1f}, {(y0 + y1) / 2:.1f}) mm"
