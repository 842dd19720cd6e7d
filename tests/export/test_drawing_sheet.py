# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A drawing tells the part's true sizes, at its scale, and no text stands on another or off the paper."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import drawn_texts
import export_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_svg import outlines

from csmkit.export.drawing.corners import corners
from csmkit.export.drawing.ordinates import spaced
from csmkit.export.drawing.page import Heading
from csmkit.export.drawing.sheet import sheet_drawing
from csmkit.model.facts import Feature, FlatPattern, PartFacts
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose

SVG = "{http://www.w3.org/2000/svg}"
HEADING = Heading("Stool & <bench>", "1.2.0", "CERN-OHL-S-2.0", "Birch plywood 12 mm")
NUMBER = re.compile(r"\d+(\.\d)?")


def pattern_of(outline: Outline, *features: Feature) -> FlatPattern:
    return FlatPattern(outline, features, samples.THICKNESS, "x", Pose())


def drawing(part: PartFacts) -> bytes:
    assert part.flat_pattern is not None
    return sheet_drawing(part, part.flat_pattern, HEADING)


def scale_of(data: bytes) -> float:
    found = re.search(r">([\d.]+):([\d.]+) on A[34]<", data.decode())
    assert found is not None
    return float(found[1]) / float(found[2])


def numbers(data: bytes) -> list[float]:
    """Texts that are nothing but a number: ordinates and spans."""
    texts = [t.text for t in drawn_texts.texts(data)]
    return [float(t) for t in texts if NUMBER.fullmatch(t)]


FEW = pattern_of(
    samples.rounded(0, 0, 400, 250, 20),
    samples.drill(30.04, 31, 8),
    samples.drill(370, 31, 8),
    samples.hole(samples.slot_with_dogbones(60, 40, 60, 12)),
    samples.pocket(samples.rounded(260, 150, 360, 200, 5), 4),
)


def test_few_holes_are_told_by_their_ordinates() -> None:
    data = drawing(samples.part(pattern=FEW))
    told = numbers(data)
    true = {0, 400, 250, samples.THICKNESS, 2}  # the corner, overall sizes, thickness, quantity
    true |= {30.04, 370, 31, 60, 120, 40, 52, 260, 360, 150, 200}
    assert all(any(abs(t - v) <= 0.05 for v in true) for t in told)
    assert all(any(abs(t - v) <= 0.05 for t in told) for v in true)
    texts = {t.text for t in drawn_texts.texts(data)}
    assert {"2 × Ø8 through", "100 × 50 R5, pocket 4 deep", "4 × R20", "11.8"} <= texts


def test_an_ordinate_s_line_begins_at_what_it_measures() -> None:
    data = drawing(samples.part(pattern=FEW)).decode()
    scale = scale_of(data.encode())
    starts = [float(x) for x in re.findall(r'class="csm-reach" d="M(-?[\d.]+) ', data)]
    left = min(v[0] for v in next(outlines(re.findall(r'csm-edge" d="(M[^"]+Z)"', data)[0])).vertices)
    for x in (30.04, 370, 60, 120, 260, 360):
        assert any(abs(start - left - x * scale) < 0.02 for start in starts)


def test_many_holes_stand_in_a_table_with_their_true_places() -> None:
    data = drawing(samples.part())
    rows = drawn_texts.rows(data)
    pattern = samples.side_pattern()
    named = {row[0]: row[1:] for row in rows if re.fullmatch(r"[A-Z]\d+", row[0]) and len(row) == 3}
    assert len(named) == len(pattern.features)
    spots = {tuple(float(v) for v in re.findall(r"[\d.]+", "".join(cells))) for cells in named.values()}
    rounds = [f.region.outline.circle_of for f in pattern.features]
    assert {(round(c[0], 1), round(c[1], 1)) for c in rounds if c} <= spots
    assert (60.0, 120.0, 40.0, 52.0) in spots
    assert (260.0, 360.0, 150.0, 200.0) in spots
    tags = {t.text for t in drawn_texts.texts(data)}
    assert all(sum(t.text == name for t in drawn_texts.texts(data)) == 2 for name in named if name in tags)


@pytest.mark.parametrize(
    "size", [(18.0, 9.0), (46.0, 30.0), (400.0, 250.0), (880.0, 644.0), (2400.0, 1200.0)]
)
def test_a_part_is_drawn_at_the_scale_that_is_told(size: tuple[float, float]) -> None:
    outline = Outline.rectangle(0, 0, *size)
    data = drawing(samples.part(pattern=pattern_of(outline)))
    contour = next(outlines(re.findall(r'csm-edge" d="(M[^"]+Z)"', data.decode())[0]))
    assert contour.area == pytest.approx(outline.area * scale_of(data) ** 2, rel=2e-3)


def test_reliefs_of_the_cutter_are_no_sizes() -> None:
    slot = corners(samples.slot_with_dogbones(60, 40, 60, 12), is_hollow=True)
    assert sorted(slot.points) == [(60, 40), (60, 52), (120, 40), (120, 52)]
    assert len(slot.reliefs) == 2
    data = drawing(samples.part(pattern=FEW))
    assert "2 × Ø6." in data.decode()


def test_a_rounded_corner_is_told_where_its_edges_would_meet() -> None:
    seen = corners(samples.rounded(0, 0, 400, 250, 20))
    assert sorted((round(x, 6), round(y, 6)) for x, y in seen.points) == [
        (0, 0),
        (0, 250),
        (400, 0),
        (400, 250),
    ]
    assert [round(r.radius, 6) for r in seen.roundings] == [20] * 4


def test_holes_about_one_middle_are_one_mark() -> None:
    ring = samples.pocket(Outline.circle(50, 50, 20), 5, Outline.circle(50, 50, 8))
    pattern = pattern_of(Outline.rectangle(0, 0, 200, 100), samples.drill(50, 50, 8), ring)
    assert "Ø8 through + Ø20 5 deep" in drawing(samples.part(pattern=pattern)).decode()


def test_what_is_cut_from_below_says_so() -> None:
    texts = {t.text for t in drawn_texts.texts(drawing(samples.part(pattern=samples.side_pattern(True))))}
    assert any("from below" in t and t.startswith(("A:", "B:", "C:", "D:", "E:")) for t in texts)
    assert any(t.startswith("Dashed: from below") for t in texts)


hole = st.tuples(st.integers(8, 390), st.integers(8, 240), st.sampled_from([3.0, 6.5, 12.0]))
notch = st.lists(st.integers(1, 39), max_size=12, unique=True)


@settings(max_examples=30, deadline=None)
@given(st.lists(hole, max_size=40), notch, st.sampled_from([0.25, 1.0, 3.0]))
def test_no_text_stands_on_another(
    holes: list[tuple[int, int, float]], steps: list[int], large: float
) -> None:
    stairs = [(x * 10.0 * large, (250 + 3 * x) * large) for x in sorted(steps, reverse=True)]
    corner = [(400 * large, 0.0), (400 * large, 370 * large), *stairs, (0.0, 250 * large)]
    outline = Outline.polygon([(0, 0), *corner])
    drills = [samples.drill(x * large, y * large, d * large) for x, y, d in holes]
    part = samples.part("a part with a <long> name & more", pattern=pattern_of(outline, *drills))
    data = drawing(part)
    drawn_texts.assert_legible(data)
    assert data == drawing(part)


@pytest.mark.parametrize("two_sided", [False, True])
def test_the_sample_is_legible(two_sided: bool) -> None:
    drawn_texts.assert_legible(drawing(samples.part(pattern=samples.side_pattern(two_sided))))


def test_a_disc_is_told_by_its_diameter() -> None:
    data = drawing(samples.part(pattern=pattern_of(Outline.circle(150, 150, 300))))
    assert "Ø300" in {t.text for t in drawn_texts.texts(data)}
    drawn_texts.assert_legible(data)


def test_names_are_written_as_they_are() -> None:
    root = ET.fromstring(drawing(replace(samples.part(), name="brace & strut <left>")))
    assert any(t.text == "brace & strut <left>" for t in root.iter(f"{SVG}text"))
    assert root.attrib["width"] in ("297mm", "420mm")


@given(st.lists(st.floats(0, 200), max_size=40), st.floats(-20, 20))
def test_numbers_beside_one_another_keep_their_distance(wanted: list[float], low: float) -> None:
    wanted = sorted(wanted)
    spread = spaced(wanted, 3.6, low, low + 220)
    assert all(b - a >= 3.6 - 1e-9 for a, b in pairwise(spread))
    assert len(spread) == len(wanted)
    assert not spread or (spread[0] >= low - 1e-9 and spread[-1] <= low + 220 + 1e-9)


def test_the_letter_of_a_pocket_does_not_stand_on_a_hole_within_it() -> None:
    pocket = samples.pocket(samples.rounded(100, 60, 300, 190, 10), 5)
    drills = [samples.drill(200, 125, 60)] + [samples.drill(20 + 40 * n, 20, 6) for n in range(6)]
    data = drawing(samples.part(pattern=pattern_of(Outline.rectangle(0, 0, 400, 250), pocket, *drills)))
    named = {row[0]: row[1:] for row in drawn_texts.rows(data) if len(row) == 3}
    [large] = [name for name, cells in named.items() if cells[:1] == ["x 200"]]
    [hollow] = [name for name, cells in named.items() if cells[:1] == ["x 100 to 300"]]
    contour = next(outlines(re.findall(r'csm-edge" d="(M[^"]+Z)"', data.decode())[0]))
    scale, (left, low, _, _) = scale_of(data), contour.bounds
    middle = (left + 200 * scale, -(low + 125 * scale))
    tags = {
        t.text: t for t in drawn_texts.texts(data) if t.text in (large, hollow) and abs(t.y - middle[1]) < 40
    }
    x0, y0, x1, y1 = tags[hollow].box
    assert not (abs((x0 + x1) / 2 - middle[0]) < 30 * scale and abs((y0 + y1) / 2 - middle[1]) < 30 * scale)


def test_holes_of_a_disc_count_from_its_middle_and_tell_their_circle() -> None:
    spots = [(200, 150), (150, 200), (100, 150), (150, 100)]
    drills = [samples.drill(x, y, 9) for x, y in spots] + [samples.drill(150, 150, 20)]
    drills += [samples.drill(150 + d, 150, 5) for d in (-120, 120)]
    data = drawing(samples.part(pattern=pattern_of(Outline.circle(150, 150, 300), *drills)))
    texts = {t.text for t in drawn_texts.texts(data)}
    assert any(t.endswith("4 × Ø9 through on Ø100") for t in texts)
    assert {"x -50", "x 50", "y -50", "y 50", "x 120", "x and y count from the middle."} <= texts
    drawn_texts.assert_legible(data)


def test_a_rectangle_askew_tells_its_sides_and_angle() -> None:
    slot = Outline.rectangle(-20, -10, 20, 10).moved(200, 125, 30)
    data = drawing(samples.part(pattern=pattern_of(Outline.rectangle(0, 0, 400, 250), samples.hole(slot))))
    texts = {t.text for t in drawn_texts.texts(data)}
    assert "40 × 20 at 30°, through" in texts
    assert {"200", "125"} <= texts


def test_a_field_of_holes_is_listed_by_x() -> None:
    drills = [samples.drill(20 + 30 * i, 15 + 40 * j, 4) for i in range(8) for j in range(5)]
    data = drawing(samples.part(pattern=pattern_of(Outline.rectangle(0, 0, 400, 250), *drills)))
    texts = [t.text for t in drawn_texts.texts(data)]
    assert "A: 40 × Ø4 through" in texts
    assert texts.count("y 15, 55, 95, 135, 175") == 8
    drawn_texts.assert_legible(data)


def test_a_pocket_around_an_island_tells_both_diameters() -> None:
    ring = samples.pocket(Outline.circle(200, 125, 180), 1.5, Outline.circle(200, 125, 80))
    data = drawing(samples.part(pattern=pattern_of(Outline.rectangle(0, 0, 400, 250), ring)))
    assert "Ø180 around Ø80 1.5 deep" in {t.text for t in drawn_texts.texts(data)}


def test_a_free_curve_is_told_point_by_point() -> None:
    heights = [60 + 0.02 * (x - 100) ** 2 / (1 + x / 300) for x in range(200, -1, -10)]
    curve = [(200.0 - 10 * n, y, -0.01 - 0.0007 * n) for n, y in enumerate(heights)]
    outline = Outline(((0.0, 0.0, 0.0), (200.0, 0.0, 0.0), *curve[:-1], (0.0, heights[-1], 0.0)))
    data = drawing(samples.part(pattern=pattern_of(outline, samples.drill(30, 30, 6))))
    rows = {tuple(row[1:]) for row in drawn_texts.rows(data) if len(row) == 3}
    assert all((f"x {200 - 10 * n}", f"y {y:.1f}".removesuffix(".0")) in rows for n, y in enumerate(heights))
    drawn_texts.assert_legible(data)


def test_a_part_with_more_than_a_page_tells_where_the_rest_stands() -> None:
    drills = [
        samples.drill(10 + 9.5 * i, 10 + 9.7 * j, 1 + (i * 7 + j) % 5 + i / 10)
        for i in range(40)
        for j in range(24)
    ]
    data = drawing(samples.part(pattern=pattern_of(Outline.rectangle(0, 0, 400, 250), *drills)))
    assert "Not all sizes have room here: the flat DXF has them all." in data.decode()
    drawn_texts.assert_legible(data)
