# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Outlines of arcs and lines measure what a fine polygon of them measures, and keep it when moved."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from csmkit.model.outline import Arc, Outline, Region

FINE = 1e-4  # mm; chords this close to their arcs stand in for the arcs

coordinates = st.floats(-1000, 1000).map(lambda v: round(v, 3))
bulges = st.one_of(st.just(0.0), st.floats(0.01, 1.5), st.floats(-1.5, -0.01))
arcs = st.builds(
    lambda x0, y0, x1, y1, b: Arc((x0, y0), (x1, y1), b), *[coordinates] * 4, bulges.filter(lambda b: b != 0)
).filter(lambda a: a.chord > 0.1)


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """Simple outlines: corners on growing angles about the origin, sides that bulge a little or not."""
    n = draw(st.integers(3, 9))
    clockwise = draw(st.booleans())
    vertices = []
    for i in range(n):
        radius, angle = draw(st.floats(50, 100)), math.tau * i / n
        bulge = draw(st.sampled_from([0.0, 0.0, 0.05, 0.2, -0.05]))
        vertices.append((radius * math.cos(angle), radius * math.sin(angle), bulge))
    outline = Outline(tuple(vertices))
    assume(shapely.Polygon(outline.points(0.01)).is_valid)
    return outline.reversed() if clockwise else outline


def polygon(outline: Outline, tolerance: float = FINE) -> shapely.Polygon:
    return shapely.Polygon(outline.points(tolerance))


@given(arcs)
def test_every_point_of_an_arc_lies_on_its_circle(arc: Arc) -> None:
    for t in (0.0, 0.25, 0.5, 1.0):
        assert math.dist(arc.point(t), arc.center) == pytest.approx(arc.radius, rel=1e-9)
    assert arc.point(0) == pytest.approx(arc.start, abs=1e-6)
    assert arc.point(1) == pytest.approx(arc.end, abs=1e-6)


@given(arcs)
def test_the_bulge_is_sagitta_over_half_chord_and_positive_to_the_right(arc: Arc) -> None:
    (x0, y0), (x1, y1) = arc.start, arc.end
    mx, my = arc.point(0.5)
    right = ((x1 - x0) * ((y0 + y1) / 2 - my) - (y1 - y0) * ((x0 + x1) / 2 - mx)) / arc.chord
    assert right / (arc.chord / 2) == pytest.approx(arc.bulge, rel=1e-6)


@given(arcs)
def test_length_and_box_of_an_arc_are_those_of_its_points(arc: Arc) -> None:
    line = shapely.LineString([arc.point(i / 2000) for i in range(2001)])
    assert line.length == pytest.approx(arc.length, rel=1e-5)
    points = [arc.start, arc.end, *arc.extremes()]
    box = (
        min(p[0] for p in points),
        min(p[1] for p in points),
        max(p[0] for p in points),
        max(p[1] for p in points),
    )
    assert box == pytest.approx(line.bounds, abs=1e-5 * arc.radius)


def test_a_line_has_no_centre() -> None:
    with pytest.raises(ValueError, match="no centre"):
        _ = Arc((0, 0), (1, 0), 0.0).center


@given(outlines())
def test_area_length_and_bounds_are_those_of_a_fine_polygon(outline: Outline) -> None:
    fine = polygon(outline)
    assert abs(outline.area) == pytest.approx(fine.area, rel=1e-5)
    assert outline.length == pytest.approx(fine.length, rel=1e-5)
    assert outline.bounds == pytest.approx(fine.bounds, abs=1e-3)


@given(outlines())
def test_counter_clockwise_is_positive_and_reversal_changes_only_the_sign(outline: Outline) -> None:
    assert outline.counter_clockwise().area == pytest.approx(abs(outline.area))
    back = outline.reversed()
    assert back.area == pytest.approx(-outline.area)
    assert back.length == pytest.approx(outline.length)
    assert polygon(back).symmetric_difference(polygon(outline)).area < 0.01


@given(outlines(), coordinates, coordinates, st.floats(-720, 720))
def test_moving_keeps_area_and_length_and_agrees_with_shapely(
    outline: Outline, x: float, y: float, angle: float
) -> None:
    moved = outline.moved(x, y, angle)
    assert moved.area == pytest.approx(outline.area)
    assert moved.length == pytest.approx(outline.length)
    turned = shapely.affinity.rotate(polygon(outline), angle, origin=(0, 0))
    expected = shapely.affinity.translate(turned, x, y)
    assert polygon(moved).symmetric_difference(expected).area < 1.0
    assert moved.bounds == pytest.approx(expected.bounds, abs=0.01)


@pytest.mark.parametrize(("angle", "corner"), [(90, (0, 5)), (180, (-5, 0)), (-90, (0, -5)), (450, (0, 5))])
def test_quarter_turns_are_exact(angle: float, corner: tuple[float, float]) -> None:
    x, y, _ = Outline.polygon([(5, 0), (6, 1), (4, 1)]).moved(angle=angle).vertices[0]
    assert (x, y) == corner


@given(outlines())
def test_the_mirror_image_keeps_its_sense_and_comes_back(outline: Outline) -> None:
    image = outline.mirrored()
    assert image.area == pytest.approx(outline.area)
    x0, y0, x1, y1 = outline.bounds
    assert image.bounds == pytest.approx((-x1, y0, -x0, y1))
    assert polygon(image.mirrored()).symmetric_difference(polygon(outline)).area < 0.01


@given(outlines(), st.sampled_from([1.0, 0.1, 0.01]))
def test_polygons_lie_on_the_side_that_was_asked_for(outline: Outline, tolerance: float) -> None:
    fine = polygon(outline)
    outside = shapely.Polygon(outline.points(tolerance, "outside"))
    inside = shapely.Polygon(outline.points(tolerance, "inside"))
    assume(outside.is_valid and inside.is_valid)
    assert fine.difference(outside).area < 10 * FINE * outline.length
    assert inside.difference(fine).area < 10 * FINE * outline.length


@settings(max_examples=25)
@given(outlines(), st.sampled_from([1.0, 0.1, 0.01]), st.sampled_from(["inside", "outside", "on"]))
def test_no_polygon_strays_further_than_its_tolerance(outline: Outline, tolerance: float, side: str) -> None:
    ring = shapely.LinearRing(outline.points(tolerance, side))  # type: ignore[arg-type]
    arc = shapely.LinearRing(outline.points(FINE))
    assert shapely.hausdorff_distance(ring, arc, densify=0.05) <= tolerance + 3 * FINE


@given(st.floats(0.01, 2.0), st.sampled_from(["inside", "outside", "on"]))
def test_even_coarse_polygons_of_a_circle_keep_their_tolerance(tolerance: float, side: str) -> None:
    polygon_points = Outline.circle(0, 0, 2).points(tolerance, side)  # type: ignore[arg-type]
    ring = shapely.LinearRing(polygon_points)
    far = max(abs(math.hypot(x, y) - 1) for x, y in shapely.segmentize(ring, 0.01).coords)
    assert far <= tolerance + 1e-9


def test_an_angle_next_to_zero_is_no_quarter_turn_too_many() -> None:
    assert Outline.rectangle(0, 0, 1, 1).moved(angle=-1e-45).bounds == (0, 0, 1, 1)


@given(coordinates, coordinates, st.floats(0.5, 500))
def test_a_circle_is_recognised_and_a_near_circle_is_not(x: float, y: float, diameter: float) -> None:
    circle = Outline.circle(x, y, diameter)
    assert circle.circle_of == pytest.approx((x, y, diameter), abs=1e-6)
    assert circle.reversed().circle_of == pytest.approx((x, y, diameter), abs=1e-6)
    assert circle.area == pytest.approx(math.pi * diameter**2 / 4)
    assert circle.bounds == pytest.approx(
        (x - diameter / 2, y - diameter / 2, x + diameter / 2, y + diameter / 2), abs=1e-9
    )
    (ax, ay, _), b = circle.vertices
    assert Outline(((ax, ay, 0.9), b)).circle_of is None
    assert Outline(((ax, ay, 0.0), b)).circle_of is None


def test_outlines_without_arcs_are_no_circles() -> None:
    assert Outline(()).circle_of is None
    assert Outline.rectangle(0, 0, 1, 1).circle_of is None
    lens = Outline(((0, 0, 0.5), (10, 0, 0.5)))
    assert lens.circle_of is None


def test_islands_are_taken_off_a_region() -> None:
    region = Region(
        Outline.rectangle(0, 0, 100, 50), (Outline.circle(20, 20, 10), Outline.circle(60, 20, 10))
    )
    assert region.area == pytest.approx(5000 - 2 * math.pi * 25)
    assert region.moved(3, 4, 37).area == pytest.approx(region.area)
