# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Holes of a part that no cutter of the workshop makes, told before anything is laid out or planned."""

from __future__ import annotations

from collections.abc import Iterator

from csmkit.cam.cutter import depth_of
from csmkit.cam.paths.drill import hole_tool
from csmkit.cam.setups import hole_cuts
from csmkit.errors import CsmError
from csmkit.model.cam import Cut
from csmkit.model.facts import FlatPattern
from csmkit.model.workshop import Workshop


def refused_holes(pattern: FlatPattern, part: str, workshop: Workshop) -> list[CsmError]:
    """What stands in the way of a part's holes, each told once by size; by the rules of its programs.

    Args:
        pattern: of the part, true size.
        part: its name.
    Returns: errors whose remedy names a diameter that this workshop makes.
    """
    found: dict[tuple[float, float, float], CsmError] = {}
    for cut in hole_cuts(pattern, part, workshop.cutter):
        try:
            depth_of(cut, hole_tool(cut, workshop), workshop.cam)
        except CsmError as error:
            x0, y0, x1, y1 = cut.region.outline.bounds
            size = (round(x1 - x0, 3), round(y1 - y0, 3), cut.depth)
            found.setdefault(size, _told(cut, error, workshop))
    return list(found.values())


def _told(cut: Cut, error: CsmError, workshop: Workshop) -> CsmError:
    circle = cut.region.outline.circle_of
    if circle is None:
        return error
    problem = f"the router cannot make its hole of {circle[2]:g} mm: {error.problem}"
    sizes = " or ".join(_sizes(cut, circle[2], workshop))
    remedy = f"{f'make it {sizes}, ' if sizes else ''}give the workshop a longer cutter, or drill it by hand"
    return CsmError(problem, part=cut.part, remedy=remedy, where=error.where)


def _sizes(cut: Cut, diameter: float, workshop: Workshop) -> Iterator[str]:
    """The nearest diameter of a drill, and the least of a cutter that goes round, which are long enough."""
    deep = cut.depth + (workshop.cam.through if cut.through else 0.0)
    long = [tool for tool in workshop.tools if tool.flute_length >= deep]
    drills = [tool for tool in long if tool.kind == "drill" and cut.through]
    nearest = min(drills, key=lambda tool: abs(tool.diameter - diameter), default=None)
    if nearest is not None:
        yield f"{nearest.diameter:g} mm ({nearest.key})"
    mills = [t for t in long if t.kind == "flat" and diameter < t.diameter <= workshop.cutter]
    least = min(mills, key=lambda tool: tool.diameter, default=None)
    if least is not None:
        yield f"at least {least.diameter:g} mm ({least.key})"
