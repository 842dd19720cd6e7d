# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Carving aids from thin plywood: a front and a back template for each station, and a gauge of thickness.

A front template stands on the flat face, a back template under the back; the edge that is parallel to the
plank tells by a straightedge on the root whether drop and place are right. A hole marks the leading
edge's end.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from build123d import Edge, Face, Wire, extrude
from build123d import Part as Solid

from csmkit import Outline, Part, Pose, Region, Sheet, prism
from csmkit.model import Placed

from ..turbine_family.aerofoil import THICKEST, Curve, Point, section
from ..turbine_family.blade_stations import Station
from .layout import Layout

SHEET = "birch-ply-4"
STURDY = 25.0  # mm of a template beyond the curve where it is thinnest
OVER = 10.0  # mm that a template reaches beyond the trailing edge
BOW = 0.06  # of the width: so far from the leading edge a back template starts, or it would end in a splinter
MARK = 6.0  # mm, hole at the leading edge's end; a router's cutter goes through
TOOTH = 15.0  # mm between the gauge's slots
AWAY = 150.0  # mm from the rotor's tips to where the aids lie


def aids(at: Layout, ply: Sheet, cutter: float) -> list[Placed]:
    """Templates and gauge, laid out beside the rotor."""
    parts = [p for s in at.stations for p in _templates(at, s, ply)]
    made = gauged(at, cutter)
    if made:
        parts.append(Part("thickness-gauge", prism(gauge(made), ply.thickness), ply))
    return _laid_out(at, parts)


def name(s: Station) -> str:
    """What a station is called: its radius, mm."""
    return f"{s.radius:.0f}"


def gauged(at: Layout, cutter: float) -> tuple[Station, ...]:
    """Stations whose thickness the cutter can make a slot for."""
    return tuple(s for s in at.stations if s.thickness > cutter)


def front_outline(s: Station) -> Outline:
    """Above the flat face, from the leading edge (0) to the trailing edge."""
    top = s.front + STURDY
    end = s.width + OVER
    corners = [(0.0, s.front), (end, s.front - end * s.slope), (end, top), (0.0, top)]
    return Outline.polygon(corners)


def back_face(at: Layout, s: Station) -> Face:
    """Below the back, from behind the leading edge to the trailing edge; its lower edge is level."""
    _, _, upper, lower, rear, _ = section_curves(at, s)
    bow = _after(upper, BOW * s.width)
    foot = min(p[1] for p in rear) - STURDY
    low, high = rear[-1][0] + OVER, rear[-1][1]
    outline = [bow[0], (bow[0][0], foot), (low, foot), (low, high), (rear[-1][0], high)]
    corners = [Edge.make_line(_flat(a), _flat(b)) for a, b in pairwise(outline)]
    curves = [_bezier(c) for c in (bow, lower, rear)]
    return Face(Wire([*corners, *curves]))


def section_curves(at: Layout, s: Station) -> tuple[Curve, ...]:
    """Flat face, nose, front of the back in two, rear, trailing edge, whether of plank or wedge."""
    whole = section(s, max(s.front, at.plan.plank))
    return whole.body


def gauge(made: tuple[Station, ...]) -> Outline:
    """A comb whose slots are as wide as the stations are thick, the innermost first, round at their ends."""
    deepest = max(_depth(s) for s in made)
    vertices: list[tuple[float, float, float]] = []
    x = TOOTH
    for s in made:
        t, end = s.thickness, _depth(s) - s.thickness / 2
        vertices += [(x, 0.0, 0.0), (x, end, -1.0), (x + t, end, 0.0), (x + t, 0.0, 0.0)]
        x += t + TOOTH
    top = deepest + STURDY
    return Outline(((0.0, 0.0, 0.0), *vertices, (x, 0.0, 0.0), (x, top, 0.0), (0.0, top, 0.0)))


def _depth(s: Station) -> float:
    """A slot reaches from the leading edge over the thickest place."""
    return THICKEST * s.width + s.thickness / 2 + OVER


def _templates(at: Layout, s: Station, ply: Sheet) -> list[Part]:
    hole = Outline.circle(MARK * 1.5, s.front + STURDY - MARK * 1.5, MARK)
    front: Any = prism(Region(front_outline(s), (hole,)), ply.thickness)
    back: Any = Solid([extrude(back_face(at, s), ply.thickness, dir=(0, 0, 1)).solid()])
    x, y = BOW * s.width + 1.5 * MARK, min(p[1] for p in section_curves(at, s)[4]) - STURDY + 1.5 * MARK
    back = back - prism(Outline.circle(x, y, MARK), ply.thickness)
    return [Part(f"template-{name(s)}-front", front, ply), Part(f"template-{name(s)}-back", back, ply)]


def _laid_out(at: Layout, parts: list[Part]) -> list[Placed]:
    """In a row below the rotor, standing apart."""
    placed, x = [], -at.plan.tip
    for part in parts:
        low, high = part.shape.bounding_box().min, part.shape.bounding_box().max
        placed.append(part.at(Pose.at(x - low.X, -at.plan.tip - AWAY - high.Y)))
        x += high.X - low.X + TOOTH
    return placed


def _after(curve: Curve, across: float) -> Curve:
    """What is left of a cubic beyond a distance from the leading edge."""
    low, high = 0.0, 1.0
    for _ in range(50):
        t = (low + high) / 2
        low, high = (t, high) if _cut(curve, t)[0][0] < across else (low, t)
    return _cut(curve, low)


def _cut(curve: Curve, t: float) -> Curve:
    """The second piece of a cubic that is cut at t (de Casteljau)."""
    points: list[Point] = list(curve)
    last = [points[-1]]
    while len(points) > 1:
        points = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(points)]
        last.append(points[-1])
    return tuple(reversed(last))


def _flat(p: Point) -> tuple[float, float, float]:
    return (p[0], p[1], 0.0)


def _bezier(curve: Curve) -> Edge:
    return Edge.make_bezier(*(_flat(p) for p in curve))
