# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Random outlines of lines and arcs, as parts have them and worse."""

from __future__ import annotations

import math

import shapely
from hypothesis import assume
from hypothesis import strategies as st

from csmkit.model import Outline

ROUND = st.sampled_from([-1.0, 0.4142135623730951, 1.0])
FINE = 1e-6  # mm between arcs and chords: where two arcs part at a cusp, coarser ones hide that they cross
BULGES = st.one_of(st.just(0.0), ROUND, st.floats(-0.8, 1.5).map(lambda b: round(b, 3)))


def polygon(outline: Outline, tolerance: float = 1e-4) -> shapely.Polygon:
    return shapely.Polygon(outline.points(tolerance))


def band(outline: Outline, r: float, chord: float = 2e-5) -> shapely.Geometry:
    """All that is nearer to an outline than r, of discs, rectangles and sectors of rings."""
    shapes = [_disc(x, y, r, chord) for x, y, _ in outline.vertices]
    for edge in outline.edges:
        if edge.bulge == 0:
            (x0, y0), (x1, y1) = edge.start, edge.end
            dx, dy = r * (y1 - y0) / edge.length, r * (x0 - x1) / edge.length
            corners = [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)]
            shapes.append(shapely.Polygon(corners))
            continue
        begin = math.atan2(edge.start[1] - edge.center[1], edge.start[0] - edge.center[0])
        radii = (edge.radius + r, max(edge.radius - r, 0.0))
        outer, inner = (_turn(edge.center, radius, begin, edge.sweep, chord) for radius in radii)
        shapes.append(shapely.Polygon([*outer, *reversed(inner)]))
    return shapely.union_all(shapes)


def _disc(x: float, y: float, r: float, chord: float) -> shapely.Polygon:
    return shapely.Polygon(_turn((x, y), r, 0.0, math.tau, chord)[:-1])


def _turn(center, radius: float, begin: float, sweep: float, chord: float) -> list[tuple[float, float]]:
    n = max(math.ceil(abs(sweep) / math.sqrt(8 * chord / max(radius, 1.0))), 2)
    angles = [begin + sweep * k / n for k in range(n + 1)]
    return [(center[0] + radius * math.cos(a), center[1] + radius * math.sin(a)) for a in angles]


@st.composite
def outlines(draw, low=20.0, high=120.0, most=9) -> Outline:
    """Counter-clockwise, simple, without hairline gaps between its edges."""
    n = draw(st.integers(3, most))
    radii = [draw(st.floats(low, high)) for _ in range(n)]
    turn = draw(st.floats(0, math.tau))
    vertices = []
    for i, r in enumerate(radii):
        a = turn + math.tau * i / n
        vertices.append((r * math.cos(a), r * math.sin(a), draw(BULGES)))
    outline = Outline(tuple(vertices))
    shape = polygon(outline, 1e-3)
    assume(shape.is_valid and outline.area > 0)
    assume(shape.buffer(-1e-3).geom_type == "Polygon")
    assume(polygon(outline, FINE).is_valid)
    return outline
