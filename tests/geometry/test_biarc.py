# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Arcs follow free curves closely and smoothly, and chains of them come out as one canonical outline."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.geometry.biarc import FIT, Curve, biarcs
from csmkit.geometry.trim import outline_of
from csmkit.model.outline import Arc, Outline, Point


def ellipse(a: float, b: float) -> Curve:
    def at(share: float) -> tuple[Point, Point]:
        t = math.tau * share
        return (a * math.cos(t), b * math.sin(t)), (-a * math.sin(t), b * math.cos(t))

    return at


def bezier(p: tuple[Point, Point, Point, Point]) -> Curve:
    def at(t: float) -> tuple[Point, Point]:
        s = 1 - t
        weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
        slopes = (-3 * s * s, 3 * s * s - 6 * s * t, 6 * s * t - 3 * t * t, 3 * t * t)
        point = tuple(sum(w * q[i] for w, q in zip(weights, p, strict=True)) for i in (0, 1))
        way = tuple(sum(w * q[i] for w, q in zip(slopes, p, strict=True)) for i in (0, 1))
        return (point[0], point[1]), (way[0], way[1])

    return at


def turn_between(one: Arc, other: Arc) -> float:
    """Angle of the corner where one arc meets the next, radians."""

    def way(arc: Arc, sign: float) -> float:
        (x0, y0), (x1, y1) = arc.start, arc.end
        return math.atan2(y1 - y0, x1 - x0) + sign * arc.sweep / 2

    return (way(other, -1) - way(one, 1) + math.pi) % math.tau - math.pi


curves = st.one_of(
    st.builds(ellipse, st.floats(2, 300), st.floats(2, 300)),
    st.builds(
        lambda y1, y2, x: bezier(((0.0, 0.0), (x, y1), (100.0 - x, y2), (100.0, 0.0))),
        st.floats(-80, 80),
        st.floats(-80, 80),
        st.floats(10, 50),
    ),
)


@settings(max_examples=40)
@given(curves)
def test_arcs_stay_within_the_tolerance_of_the_curve_and_meet_smoothly(curve: Curve) -> None:
    arcs = biarcs(curve)
    assert arcs[0].start == curve(0.0)[0]
    assert arcs[-1].end == curve(1.0)[0]
    samples = [curve(i / 5000)[0] for i in range(5001)]
    for arc in arcs[:: max(len(arcs) // 20, 1)]:
        x, y = arc.point(0.5)
        i = min(range(5001), key=lambda n: math.dist(samples[n], (x, y)))
        (ax, ay), (bx, by) = samples[max(i - 1, 0)], samples[min(i + 1, 5000)]
        off = abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / math.dist((ax, ay), (bx, by))
        assert off < 2 * FIT
    for one, other in itertools.pairwise(arcs):
        assert one.end == other.start
        assert abs(turn_between(one, other)) < 0.02


def test_a_circle_given_as_a_curve_comes_back_as_a_circle() -> None:
    outline = outline_of(biarcs(ellipse(30, 30)))
    assert outline is not None
    assert outline.circle_of == pytest.approx((0, 0, 60), abs=1e-6)


@given(st.integers(0, 7), st.integers(1, 5), st.booleans())
def test_an_outline_does_not_know_how_it_was_cut(first: int, pieces: int, clockwise: bool) -> None:
    plan = Outline(((0, 0, 0), (80, 0, 1.0), (80, 40, 0), (60, 40, -0.4), (20, 40, 0), (0, 40, 0.2)))
    whole = plan.reversed() if clockwise else plan
    cut: list[Arc] = []
    for edge in whole.edges:
        points = [edge.start, *(edge.point(i / pieces) for i in range(1, pieces)), edge.end]
        bulge = math.tan(edge.sweep / pieces / 4)
        cut += [Arc(a, b, bulge) for a, b in itertools.pairwise(points)]
    at = first % len(cut)
    outline = outline_of(cut[at:] + cut[:at])
    assert outline is not None
    expected = outline_of(list(whole.edges))
    assert expected is not None
    assert len(outline.vertices) == len(whole.vertices)
    for got, wanted in zip(outline.vertices, expected.vertices, strict=True):
        assert got == pytest.approx(wanted, abs=2e-6)


def test_a_line_there_and_back_encloses_nothing() -> None:
    assert outline_of([Arc((0, 0), (1e-7, 0), 0.0), Arc((1e-7, 0), (0, 0), 0.0)]) is None


def test_no_negative_zero_is_written() -> None:
    outline = outline_of(list(Outline.polygon([(-1e-9, -1e-9), (5, -1e-12), (5, 5)]).edges))
    assert outline is not None
    assert "-0.0" not in str(outline)
