# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Sheets and shapely areas for the tests of joints."""

from dataclasses import replace

from hypothesis import strategies as st
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from csmkit.catalog.workshop import default_workshop
from csmkit.model import Outline, Sheet

FINE = 1e-4  # mm between an arc and its chords
PLY = default_workshop().sheet("birch-ply-18")

cutters = st.sampled_from([3.0, 3.175, 4.0, 6.0, 6.35, 8.0])
thicknesses = st.floats(8.5, 30).map(lambda t: round(t, 2))
reliefs = st.sampled_from(["dogbone", "tbone-long", "side"])


def measured(thickness: float) -> Sheet:
    return replace(PLY, thickness=thickness, measured=True)


def area(outline: Outline) -> Polygon:
    shape = Polygon(outline.points(FINE))
    assert shape.is_valid
    return shape


def cleared(shape: BaseGeometry, cutter: float) -> BaseGeometry:
    """What a round cutter that stays within the shape removes from it."""
    return shape.buffer(-cutter / 2, quad_segs=64).buffer(cutter / 2, quad_segs=64)


def free_space(part: Polygon) -> BaseGeometry:
    """All about a part."""
    x0, y0, x1, y1 = part.bounds
    return box(x0 - 100, y0 - 100, x1 + 100, y1 + 100).difference(part)


def left_over(wanted: BaseGeometry, removed: BaseGeometry) -> float:
    """Thickness of what the cutter leaves of a wanted area, mm: area over length."""
    rest = wanted.difference(removed)
    return rest.area / wanted.length
