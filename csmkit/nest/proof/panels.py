# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Proof that a router reaches all that is planned: panels are sawn again, each within its reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from shapely import Polygon

from csmkit.model import Finding, Layout, NestInstance, Outline, StockSheet
from csmkit.nest.proof.bodies import ALLOWED, Body, check_bodies
from csmkit.nest.proof.saw import saw_again

CHORD = 0.01  # mm between an arc and its polygon
SLIVER = 0.01  # mm² that a panel of a sheet that is no rectangle may stick out, by rounding
REMEDY = "plan again with --replan"

Bounds = tuple[float, float, float, float]


def check_panels(
    bodies: Sequence[Body], layout: Layout, stock: StockSheet, instance: NestInstance, place: str
) -> Iterator[Finding]:
    """Everything about a sheet that is larger than the router.

    Each panel goes onto the machine as it lies or turned by 90°, comes out of the sheet by the layout's cuts,
    and lies within it; each part lies on one of them, as far from its edges and from the part beside it as
    the rules say.

    Args:
        bodies: the parts in the sheet's frame, mm.
        place: how findings call the sheet.
    """
    reach = instance.rules.reach
    if reach is None or (_takes(reach, stock.outline) and not layout.panels):
        yield from check_bodies(bodies, stock, instance, place)
        return
    for number, panel in enumerate(layout.panels, 1):
        if not _takes(reach, panel):
            size = " × ".join(f"{v:.1f}" for v in _size(panel))
            problem = f"panel {number} of {place}, {size} mm, is larger than the machine"
            yield _finding(instance, "reach", "", f"{problem}, {reach[0]:g} × {reach[1]:g} mm")
    if problem := _not_sawn(layout, stock, instance.rules.kerf):
        yield _finding(instance, "panels", "", f"{problem} on {place}")
    homes: dict[int, list[Body]] = {k: [] for k in range(len(layout.panels))}
    for body in bodies:
        home = [k for k, panel in enumerate(layout.panels) if _has_middle(panel, body)]
        if len(home) != 1:
            yield _finding(instance, "reach", body.name, f"lies on no panel of {place}, beyond the reach")
            continue
        homes[home[0]].append(body)
    for number, own in homes.items():
        blank = replace(stock, outline=layout.panels[number])
        yield from check_bodies(own, blank, instance, f"panel {number + 1} of {place}")


def _takes(reach: tuple[float, float], outline: Outline) -> bool:
    return all(a <= b + ALLOWED for a, b in zip(sorted(_size(outline)), sorted(reach), strict=True))


def _size(outline: Outline) -> tuple[float, float]:
    x0, y0, x1, y1 = outline.bounds
    return (x1 - x0, y1 - y0)


def _has_middle(panel: Outline, body: Body) -> bool:
    (a, b, c, d), (x0, y0, x1, y1) = body.coarse.bounds, panel.bounds
    return x0 < (a + c) / 2 < x1 and y0 < (b + d) / 2 < y1


def _not_sawn(layout: Layout, stock: StockSheet, kerf: float) -> str:
    """What is wrong with the cuts that make the panels, "" if nothing."""
    pieces, problem = saw_again(
        layout.first_cuts, stock.outline.bounds, [panel.bounds for panel in layout.panels], kerf
    )
    if problem:
        return problem
    sheet = Polygon(stock.outline.points(CHORD, "on"))
    for number, panel in enumerate(layout.panels, 1):
        if not any(_same(piece, panel.bounds) for piece in pieces):
            return f"panel {number} does not come out in its size"
        if Polygon(panel.points(CHORD, "on")).difference(sheet).area > SLIVER:
            return f"panel {number} lies beyond the sheet"
    return ""


def _same(a: Bounds, b: Bounds) -> bool:
    return all(abs(p - q) <= ALLOWED for p, q in zip(a, b, strict=True))


def _finding(instance: NestInstance, check: str, part: str, problem: str) -> Finding:
    return Finding(instance.sheet, check, part, problem, REMEDY)
