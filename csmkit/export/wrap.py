# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Wrap-around templates: paper that is laid round a pipe to mark its mitres, notches and holes at 1:1."""

from __future__ import annotations

import math
from collections.abc import Sequence

import shapely
from shapely.affinity import translate

from csmkit.model.facts import BarWork, PartFacts
from csmkit.model.figures import Label, Stroke, Template
from csmkit.model.outline import Point
from csmkit.model.stock import Bar

FLAP = 15.0  # mm of paper that lies over its other end
MARGIN = 25.0  # mm of paper beyond the marks; its edge is the reference line
GAP = 80.0  # mm of plain pipe between two groups of marks that makes them two templates
TIP = 0.01  # mm from a bar's end that is at its end
QUARTERS = (0, 90, 180, 270)

Lines = list[tuple[Point, ...]]


def wrap_templates(part: PartFacts, bar: Bar) -> tuple[Template, ...]:
    """One template for each stretch of a round bar where there is something to mark; none for a plain one."""
    if part.work is None or part.length is None or part.work.is_plain:
        return ()
    around = math.pi * bar.width
    groups = [g for g in _groups(part.work) if not _is_square(g, part.length)]
    return tuple(
        _template(part, bar, group, around, f" {n}" if len(groups) > 1 else "")
        for n, group in enumerate(groups, 1)
    )


def _groups(work: BarWork) -> list[Lines]:
    """The edges by where they lie along the bar."""
    groups: list[Lines] = []
    end = -math.inf
    for stroke in sorted(work.wrap, key=lambda s: min(p[1] for p in s)):
        low, high = min(p[1] for p in stroke), max(p[1] for p in stroke)
        if low > end + GAP:
            groups.append([])
        groups[-1].append(stroke)
        end = max(end, high)
    return groups


def _is_square(group: Lines, length: float) -> bool:
    """Nothing but a square end."""
    heights = {round(p[1], 2) for stroke in group for p in stroke}
    return heights <= {0.0, round(length, 2)} and len(heights) == 1


def _template(part: PartFacts, bar: Bar, group: Lines, around: float, number: str) -> Template:
    """A group on its paper; the paper's straight edge stands at a told distance from the nearest end."""
    assert part.length is not None
    low, high = min(p[1] for s in group for p in s), max(p[1] for s in group for p in s)
    is_start, is_end = low < TIP, high > part.length - TIP
    edge: float = math.ceil(high + MARGIN) if is_start else math.floor(low - MARGIN)
    if is_end and not is_start:
        edge = part.length - math.ceil(part.length - low + MARGIN)
    far = (low - MARGIN if edge > high else high + MARGIN) - edge
    strokes = [
        *(Stroke(line, "cut") for line in _on_paper(group, around, edge)),
        Stroke(((0.0, 0.0), (around + FLAP, 0.0)), "mark"),
        *(Stroke(((around * q / 360, 0.0), (around * q / 360, far)), "help") for q in QUARTERS),
        Stroke(((around, 0.0), (around, far)), "fold"),
        Stroke(((0.0, far), (around + FLAP, far), (around + FLAP, 0.0)), "help"),
    ]
    away, tip = (part.length - edge, "end") if is_end and not is_start else (edge, "start")
    name, side = f"{part.name}{number}", math.copysign(1.0, far)
    labels = [Label(around * q / 360 + 1.5, side * 5 - 1.5, f"{q}°", 3.0) for q in QUARTERS]
    labels.append(Label(8.0, side * 12 - 1.5, f"{name}: this edge {away:.0f} mm from the {tip}'s tip", 3.0))
    note = (
        f"Cut along the thin outline, lay it round the pipe Ø {bar.width:g} mm, printed side out,"
        f" its straight edge square; its left edge meets the dashed line ({around:.1f} mm round)."
        " Mark the thick lines."
    )
    return Template(f"{name} wrap", name, tuple(strokes), tuple(labels), note)


def _on_paper(group: Sequence[tuple[Point, ...]], around: float, start: float) -> Lines:
    """Edges between 0 and one turn, and what lies under the flap once more; heights from the paper's edge."""
    paper = shapely.box(0.0, -1e6, around + FLAP, 1e6)
    found: Lines = []
    for stroke in group:
        line = shapely.LineString([(u, v - start) for u, v in stroke])
        for turn in (-1, 0, 1):
            for piece in shapely.get_parts(translate(line, xoff=turn * around).intersection(paper)):
                if piece.geom_type == "LineString" and piece.length > 0.05:
                    found.append(tuple((float(x), float(y)) for x, y in piece.coords))
    return found
