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
BULGES = st.one_of(st.just(0.0), ROUND, st.floats(-0.8, 1.5).map(lambda b: round(b, 3)))


def polygon(outline: Outline, tolerance: float = 1e-4) -> shapely.Polygon:
    return shapely.Polygon(outline.points(tolerance))


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
    return outline
