# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parallel curves: exactly as far as asked, never nearer, all of what can be reached, arcs as arcs."""

import math

import numpy as np
import pytest
import shapely
from cam_shapes import band, outlines, polygon
from hypothesis import example, given, settings
from hypothesis import strategies as st

from csmkit.cam.curves.offset import distances, offset
from csmkit.cam.curves.piece import outline_of, pieces_of
from csmkit.model import Outline

MICROMETRE = 1e-3
STRAIGHT = math.inf
ARCH = Outline(  # GEOS 3.14 loses a quarter of it when it buffers fine chords
    ((20, 0, 0), (10, 17.32, 0), (-10, 17.32, 0), (-20, 0, 0), (-10, -17.32, -1), (10, -17.32, 0))
)


def grown(outline, distance):
    return offset([pieces_of(outline.counter_clockwise().reversed())], distance)


def shrunk(outline, distance, islands=()):
    loops = [pieces_of(outline.counter_clockwise())]
    return offset([*loops, *(pieces_of(i.counter_clockwise().reversed()) for i in islands)], distance)


def total_area(loops):
    return sum(outline_of(loop).area for loop in loops)


def along(loops, shares=(0.0, 0.21, 0.5, 0.83)):
    return np.array([piece.point(t) for loop in loops for piece in loop for t in shares]).reshape(-1, 2)


def test_a_rectangle_grows_by_straights_and_quarter_circles():
    (loop,) = grown(Outline.rectangle(0, 0, 100, 50), 3)
    assert sorted(p.length for p in loop) == pytest.approx(
        [3 * math.pi / 2] * 4 + [50, 50, 100, 100], abs=1e-6
    )
    assert total_area([loop]) == pytest.approx(-(100 * 50 + 2 * 150 * 3 + math.pi * 9), abs=1e-6)


def test_a_rectangle_shrinks_to_a_rectangle():
    (loop,) = shrunk(Outline.rectangle(0, 0, 100, 50), 3)
    assert [p.center for p in loop] == [None] * 4
    assert outline_of(loop).bounds == pytest.approx((3, 3, 97, 47), abs=1e-6)


@pytest.mark.parametrize("inside", [True, False])
def test_a_circle_stays_a_circle(inside):
    (loop,) = (shrunk if inside else grown)(Outline.circle(5, 7, 40), 3)
    assert outline_of(loop).circle_of == pytest.approx((5, 7, 34 if inside else 46), abs=1e-6)


def test_a_slot_as_wide_as_the_cutter_is_a_line_there_and_back():
    (loop,) = shrunk(Outline.rectangle(0, 0, 100, 6), 3)
    assert outline_of(loop).bounds == pytest.approx((3, 3, 97, 3), abs=1e-6)


def test_nothing_is_left_of_a_slot_below_the_cutter():
    assert shrunk(Outline.rectangle(0, 0, 100, 5.9), 3) == []
    assert shrunk(Outline.circle(0, 0, 5.9), 3) == []


def test_a_neck_below_the_cutter_divides_a_region():
    dumbbell = Outline.polygon(
        [
            (0, 0),
            (30, 0),
            (30, 12),
            (60, 12),
            (60, 0),
            (90, 0),
            (90, 30),
            (60, 30),
            (60, 17),
            (30, 17),
            (30, 30),
            (0, 30),
        ]
    )
    assert len(shrunk(dumbbell, 3)) == 2
    assert len(shrunk(dumbbell, 2.4)) == 1


def test_islands_are_kept_clear_of():
    loops = shrunk(Outline.rectangle(0, 0, 100, 100), 3, [Outline.circle(50, 50, 20)])
    assert total_area(loops) == pytest.approx(94**2 - math.pi * 13**2, abs=1e-6)


def test_a_dogbone_of_the_cutters_radius_is_reached_to_its_bottom():
    r = 3.0
    k = r * math.sqrt(2)
    corner = Outline(((k, 0, 0), (80, 0, 0), (80, 60, 0), (0, 60, 0), (0, k, 1.0)))
    (loop,) = shrunk(corner, r)
    bottom = (r / math.sqrt(2), r / math.sqrt(2))
    assert np.hypot(*(along([loop], (0.0, 1.0)) - bottom).T).min() < MICROMETRE


@settings(max_examples=120, deadline=None)
@given(outlines(), st.floats(0.5, 12), st.booleans())
@example(Outline.rectangle(0, 0, 40, 30), 3.0, True)
def test_every_point_of_the_way_is_exactly_a_radius_from_the_contour(outline, r, inside):
    loops = (shrunk if inside else grown)(outline, r)
    points = along(loops)
    if len(points):
        gaps = distances(points, pieces_of(outline))
        assert gaps.min() > r - MICROMETRE
        assert gaps.max() < r + MICROMETRE


@settings(max_examples=120, deadline=None)
@given(outlines(), st.floats(0.5, 12), st.booleans())
@example(ARCH, 9.0, True)
def test_the_way_encloses_what_independent_code_says(outline, r, inside):
    loops = (shrunk if inside else grown)(outline, r)
    shape = polygon(outline)
    other = shape.difference(band(outline, r)) if inside else shape.union(band(outline, r))
    bound = 2e-4 * (outline.length + 7 * r) + 1e-3
    assert abs(abs(total_area(loops)) - other.area) < bound


@settings(max_examples=60, deadline=None)
@given(outlines(), st.floats(0.5, 8), st.booleans())
def test_ways_are_closed_and_made_of_the_contours_own_circles(outline, r, inside):
    source = pieces_of(outline)
    circles = {(STRAIGHT, STRAIGHT, STRAIGHT)} | {
        (*p.center, p.radius) for p in source if p.center is not None
    }
    for loop in (shrunk if inside else grown)(outline, r):
        for piece, following in zip(loop, loop[1:] + loop[:1], strict=True):
            assert math.dist(piece.end, following.start) < 1e-9
            if piece.center is None:
                continue
            near = [c for c in circles if math.dist(c[:2], piece.center) < MICROMETRE]
            parallel = any(abs(abs(c[2] - piece.radius) - r) < MICROMETRE for c in near)
            about_corner = abs(piece.radius - r) < MICROMETRE and any(
                math.dist(p.start, piece.center) < MICROMETRE for p in source
            )
            assert parallel or about_corner


@settings(max_examples=40, deadline=None)
@given(outlines(), st.floats(0.5, 6))
def test_distances_agree_with_fine_chords(outline, step):
    shape = shapely.LinearRing(outline.points(1e-5))
    points = np.array([(x * step, y * step) for x in range(-9, 10, 4) for y in range(-9, 10, 4)], dtype=float)
    exact = distances(points, pieces_of(outline))
    chords = [shape.distance(shapely.Point(*p)) for p in points]
    assert exact == pytest.approx(chords, abs=2e-5)
