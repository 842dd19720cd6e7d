# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""A blade as a solid: its root block, from there to the first station, and straight from each to the next.

Frame of a blade: x along it from the rotor's middle, z from the plank's back to its front (upwind), y across;
the leading edge lies at +y for a rotor that turns anticlockwise seen from upwind, at -y for the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from build123d import Edge, Face, Part, Shell, Solid, Vector, Vertex, Wire

from .aerofoil import Curve, Section, block, section
from .blade_stations import Plan, Station

MEET = math.radians(60)  # half of the angle in which one of three roots ends
FLAT = 1e-6  # mm; corners of a face that are this near to one plane lie in it

Corner = tuple[float, float, float]
Line = tuple[Corner, ...]  # control points in space


@dataclass(frozen=True)
class Blade:
    """A blade and the wedge that is glued on where the plank is too thin; None where it is not."""

    body: Part
    wedge: Part | None


def blade(plan: Plan, made: Sequence[Station], clockwise: bool) -> Blade:
    """The solids of one blade, without holes.

    Args:
        plan: sizes of plank and root.
        made: stations from the root outwards, the last at the tip.
        clockwise: it turns so, seen from upwind.
    """
    frame = _Frame(plan, -1.0 if clockwise else 1.0)
    root = block(plan.root_width, plan.plank)
    placed = [
        (frame.shoulder, root),
        (plan.root_end, root),
        *((s.radius, section(s, plan.plank)) for s in made),
    ]
    faces = [*frame.root_faces(root), *(f for a, b in pairwise(placed) for f in frame.faces(a, b))]
    faces.append(Face(frame.wire(placed[-1][0], placed[-1][1].body)))
    return Blade(Part([_right_side_out(Solid(Shell(faces)))]), _wedge(frame, placed))


@dataclass(frozen=True)
class _Frame:
    """From a section's plane into the blade's frame; `side` is 1 where the leading edge lies at +y."""

    plan: Plan
    side: float

    @property
    def shoulder(self) -> float:
        """Radius from which the root is as wide as it gets."""
        return self.plan.root_width / 2 / math.tan(MEET)

    def line(self, x: float, curve: Curve) -> Line:
        """A section's curve at radius x."""
        leading = self.plan.root_width / 2
        return tuple((x, self.side * (leading - across), up) for across, up in curve)

    def wire(self, x: float, curves: Sequence[Curve]) -> Wire:
        """Closed outline of a section."""
        return Wire([_edge(self.line(x, c)) for c in curves])

    def faces(self, inner: tuple[float, Section], outer: tuple[float, Section]) -> Iterator[Face]:
        """What lies between two sections: straight lines from each curve to its like."""
        (x, a), (y, b) = inner, outer
        for one, other in zip((a.flat, *a.rest), (b.flat, *b.rest), strict=True):
            yield _ruled(self.line(x, one), self.line(y, other))
        if a.glue and b.glue:
            yield _ruled(self.line(x, a.glue), self.line(y, b.glue))
        elif a.glue:
            yield _polygon((*self.line(x, a.glue), self.line(y, b.flat)[-1]))
        elif b.glue:
            yield _polygon((*self.line(y, b.glue), self.line(x, a.flat)[-1]))

    def root_faces(self, root: Section) -> Iterator[Face]:
        """The end that meets the two other blades in the middle: front, both sides, back."""
        front, nose, bow, under, back, stern = (self.line(self.shoulder, c) for c in root.body)
        top, low = (0.0, 0.0, self.plan.plank), (0.0, 0.0, 0.0)
        yield _polygon((top, front[0], front[1]))
        yield _polygon((low, top, nose[0], bow[0], bow[1]))
        yield _polygon((low, under[0], under[1], back[1]))
        yield _polygon((low, stern[0], stern[1], top))


def _wedge(frame: _Frame, placed: Sequence[tuple[float, Section]]) -> Part | None:
    """From a point at the section before the first with a wedge to a point at the one after the last."""
    held = [k for k, (_, s) in enumerate(placed) if s.wedge]
    if not held:
        return None
    ends = [placed[held[0] - 1], placed[held[-1] + 1]]
    points = [Vertex(*frame.line(x, s.flat)[-1]) for x, s in ends]
    wires = [frame.wire(placed[k][0], placed[k][1].wedge) for k in held]
    return Part([_right_side_out(Solid.make_loft([points[0], *wires, points[1]], ruled=True))])


def _edge(line: Line) -> Edge:
    return Edge.make_line(*line) if len(line) == 2 else Edge.make_bezier(*line)


def _ruled(a: Line, b: Line) -> Face:
    """Face of straight lines between two curves; a plane where it is one."""
    if len(a) == len(b) == 2:
        (p, q), (r, s) = (tuple(Vector(c) for c in line) for line in (a, b))
        normal = (q - p).cross(r - p)
        if abs((s - p).dot(normal)) <= FLAT * normal.length:
            return _polygon((*a, *reversed(b)))
    return Face.make_surface_from_curves(_edge(a), _edge(b))


def _polygon(corners: Sequence[Corner]) -> Face:
    return Face(Wire.make_polygon(list(corners), close=True))


def _right_side_out(solid: Solid) -> Solid:
    return solid if solid.volume > 0 else Solid(solid.wrapped.Reversed())
