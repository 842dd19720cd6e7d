# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Paper at 1:1: the plan of a blade to mark the plank with, and the sections of its stations."""

from __future__ import annotations

import math

from csmkit import Label, Stroke, Template

from ..turbine_family.aerofoil import points
from ..turbine_family.blade_stations import Station
from .aids import name, section_curves
from .layout import Layout, plank_width

STEPS = 16  # chords to a curve: on paper, nothing is cut along them
GAP = 25.0  # mm between two sections on paper
TEXT = 4.0  # mm


def drawings(at: Layout) -> tuple[Template, ...]:
    """What is printed at 1:1."""
    return (marking_out(at), sections(at))


def marking_out(at: Layout) -> Template:
    """The planed plank's front face: outline, stations, hub; the root at the left."""
    half, side = at.plan.root_width / 2, at.side
    shoulder = half / math.tan(math.radians(60))
    lead = side * half
    trail = [(s.radius, lead - side * s.width) for s in at.stations]
    point, far = (0.0, 0.0), [(at.plan.root_end, -lead), (shoulder, -lead)]
    outline = (point, (shoulder, lead), (at.plan.tip, lead), *reversed(trail), *far, point)
    strokes = [
        Stroke(outline),
        Stroke(_rectangle(0.0, -plank_width(at.plank) / 2, at.plan.tip, plank_width(at.plank) / 2), "help"),
    ]
    strokes.append(Stroke(((at.plan.root_end, -half), (at.plan.root_end, half)), "mark"))
    labels = [Label(at.plan.root_end - 2, 0.0, "end of the root block", TEXT, 90.0)]
    for s in at.stations:
        strokes.append(Stroke(((s.radius, lead), (s.radius, lead - side * s.width)), "mark"))
        labels += _station_labels(s, lead, side)
    strokes.append(Stroke(_arc(at.rim, half), "help"))
    labels.append(Label(at.plan.tip * 0.6, lead - side * 8, "leading edge", TEXT))
    return Template(
        "marking-out",
        "Blade, from the front (upwind)",
        tuple(strokes),
        tuple(labels),
        "Lay it on the front face of the planed plank, the leading edge along the plank's straight edge.",
    )


def sections(at: Layout) -> Template:
    """The section at each station, leading edge left, the plank's front on top."""
    strokes: list[Stroke] = []
    labels: list[Label] = []
    y = 0.0
    for s in at.stations:
        curves = section_curves(at, s)
        line = [p for c in curves for p in points(c, STEPS)]
        strokes.append(Stroke(tuple((a, b + y) for a, b in line)))
        strokes.append(Stroke(_rectangle(0.0, y, s.width, y + at.plan.plank), "help"))
        text = f"{name(s)}: width {s.width:.0f}, drop {s.drop:.0f}, thickness {s.thickness:.0f}"
        labels.append(Label(0.0, y - TEXT * 2, text, TEXT))
        y -= max(s.front, at.plan.plank) + GAP
    return Template(
        "sections",
        "Sections of the stations",
        tuple(strokes),
        tuple(labels),
        "Thin lines: the planed plank. What stands above it is of the wedge.",
    )


def _station_labels(s: Station, lead: float, side: float) -> list[Label]:
    at_trail = lead - side * (s.width - 2)
    base = min(lead, at_trail) + 4
    text = f"{name(s)}: width {s.width:.0f}, drop {s.drop:.0f}, thickness {s.thickness:.0f}"
    return [Label(s.radius - 2, base, text, TEXT, 90.0)]


def _rectangle(x0: float, y0: float, x1: float, y1: float) -> tuple[tuple[float, float], ...]:
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))


def _arc(radius: float, half: float) -> tuple[tuple[float, float], ...]:
    """The back disc's rim across the root."""
    reach = math.asin(min(half / radius, math.sin(math.radians(60))))
    angles = [reach * (k / STEPS - 1) for k in range(2 * STEPS + 1)]
    return tuple((radius * math.cos(a), radius * math.sin(a)) for a in angles)
