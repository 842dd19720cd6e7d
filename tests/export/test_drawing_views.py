# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Three views of a solid: first angle, hidden edges dashed, holes at their true places, legible."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import drawn_texts
import export_samples as samples
import pytest
from build123d import Align, Axis, Box, Cylinder, Pos, Rot, Solid

from csmkit.export.drawing.page import Heading
from csmkit.export.drawing.views import views_drawing
from csmkit.geometry.views import lying_along, lying_in_bar, views
from csmkit.model.facts import BarEnd, BarWork, PartFacts
from csmkit.model.stock import Bar

LOW = (Align.MIN, Align.MIN, Align.MIN)
HEADING = Heading("Trailer", "1.0.0", "CERN-OHL-S-2.0", "Spruce 45 × 45")
SPRUCE = Bar("spruce-45x45", "Spruce", samples.PLY, "rectangle", 45, 45, 0, "test")


def rail(**changed: object) -> PartFacts:
    part = replace(samples.part("rail"), form="bar", process="saw", flat_pattern=None, length=600.0)
    return replace(part, **changed)  # type: ignore[arg-type]


def drilled() -> Solid:
    """A bar along z with a hole along x at 100 mm and a blind one along y at 250 mm."""
    through = Pos(22.5, 22.5, 100) * Rot(0, 90, 0) * Cylinder(4, 60)
    blind = Pos(10, 0, 250) * Rot(90, 0, 0) * Cylinder(6, 40)
    return Box(45, 45, 600, align=LOW) - through - blind


def test_views_have_the_part_s_sizes() -> None:
    seen = views(Box(120, 50, 30, align=LOW))
    assert seen.size == pytest.approx((120, 50, 30))
    for view, size in ((seen.front, (120, 30)), (seen.above, (120, 50)), (seen.left, (50, 30))):
        assert view.high[0] - view.low[0] == pytest.approx(size[0])
        assert view.high[1] - view.low[1] == pytest.approx(size[1])
        xs = [p[0] for chain in view.visible for p in chain]
        assert max(xs) - min(xs) == pytest.approx(size[0], abs=0.02)


def test_the_view_from_the_left_has_the_front_at_its_right() -> None:
    stepped = Box(100, 60, 40, align=LOW) - Box(100, 20, 20, align=LOW)  # a rebate along the lower front
    left = views(stepped).left
    bottom = [p[0] for chain in left.visible for p in chain if p[1] == 0]
    assert (min(bottom), max(bottom)) == pytest.approx((-60, -20), abs=0.02)


def test_an_edge_behind_is_hidden() -> None:
    slotted = Box(100, 60, 40, align=LOW) - Pos(0, 40, 20) * Box(100, 20, 20, align=LOW)
    front = views(slotted).front
    assert any(p[1] == pytest.approx(20, abs=0.02) for chain in front.hidden for p in chain)
    assert not any(p[1] == pytest.approx(20, abs=0.02) for chain in front.visible for p in chain)


def test_a_bar_lies_from_left_to_right_with_its_holes_where_they_are() -> None:
    seen = views(drilled(), lying_in_bar(drilled(), SPRUCE, None))
    assert seen.size == pytest.approx((600, 45, 45), abs=0.01)
    holes = {h for view in (seen.front, seen.above) for h in view.holes}
    by_size = {round(h.diameter): h for h in holes}
    assert by_size[8].middle[0] % 600 in (pytest.approx(100), pytest.approx(500))
    assert by_size[8].depth is None
    assert by_size[12].depth == pytest.approx(20, abs=0.01)
    along = [abs(by_size[d].middle[0]) for d in (8, 12)]
    assert abs(along[0] - along[1]) == pytest.approx(150)


def test_a_bar_s_drawing_tells_length_section_and_holes() -> None:
    data = views_drawing(rail(), views(drilled(), lying_in_bar(drilled(), SPRUCE, None)), HEADING)
    texts = {t.text for t in drawn_texts.texts(data)}
    assert {"600", "45", "Ø8 through", "Ø12 20 deep", "1:5 on A4"} <= texts
    assert {"100", "250"} <= texts or {"500", "350"} <= texts
    drawn_texts.assert_legible(data)
    assert "csm-hidden" in data.decode()


def test_a_mitre_shows_its_short_side_and_says_its_angle() -> None:
    bar = Box(600, 45, 45, align=LOW)
    wedge = Pos(600, 0, 0) * Rot(0, 0, 30) * Box(200, 300, 200, align=(Align.MIN, Align.CENTER, Align.CENTER))
    work = BarWork((BarEnd("square"), BarEnd("mitre", 30.0, 0.0)), (), ())
    data = views_drawing(rail(work=work), views(bar - wedge), HEADING)
    assert "End (at the right): mitre, 30° off square." in {t.text for t in drawn_texts.texts(data)}
    short = 600 - 45 * math.tan(math.radians(30))
    told = {t.text for t in drawn_texts.texts(data)}
    assert f"{short:.1f}" in told or f"{600:.0f}" in told
    drawn_texts.assert_legible(data)


def test_a_rod_is_told_by_its_diameter() -> None:
    rod = Cylinder(6, 150)
    data = views_drawing(rail(length=150.0), views(rod, lying_along("z")), HEADING, is_round=True)
    assert {"Ø12", "150"} <= {t.text for t in drawn_texts.texts(data)}
    drawn_texts.assert_legible(data)


@pytest.mark.parametrize(
    "size", [(8.0, 6.0, 3.0), (90.0, 60.0, 40.0), (310.0, 310.0, 20.0), (2400.0, 90.0, 45.0)]
)
def test_any_size_has_room_and_is_legible(size: tuple[float, float, float]) -> None:
    x, y, z = size
    block = Box(x, y, z, align=LOW)
    for n in range(5):
        block -= Pos(x * (n + 1) / 6, y / 2, 0) * Cylinder(min(x, y) / 20, 3 * z)
    part = rail(form="print", process="print", length=None)
    data = views_drawing(part, views(block), HEADING)
    drawn_texts.assert_legible(data)
    assert data == views_drawing(part, views(block), HEADING)
    lengths = [float(t.text) for t in drawn_texts.texts(data) if re.fullmatch(r"\d+(\.\d)?", t.text)]
    assert all(any(abs(length - told) <= 0.05 for told in lengths) for length in size)


def test_rounded_edges_give_no_numbers() -> None:
    block = Box(80, 50, 20, align=LOW)
    soft = block.fillet(8, block.edges().filter_by(Axis.Z))
    assert not any(0 < p[0] < 80 for p in views(soft).front.corners)


def test_a_flat_casting_tells_its_window_from_above() -> None:
    """Where the sides of a rounded window would meet is told, and the diameter of a disc."""
    block, window = Box(88, 72, 12), Box(46, 30, 40)
    ring = block.fillet(20, block.edges().filter_by(Axis.Z)) - window.fillet(
        3, window.edges().filter_by(Axis.Z)
    )
    cast = rail(form="cast", process="cast", length=None)
    texts = [t.text for t in drawn_texts.texts(views_drawing(cast, views(ring), HEADING))]
    assert {"21", "67", "51"} <= set(texts)  # (88 − 46) / 2 and + 46; (72 − 30) / 2 is 21 too, and + 30


def test_a_cast_disc_tells_its_diameter_and_the_circle_of_its_holes() -> None:
    ring = Cylinder(155, 20) - Cylinder(60, 20)
    for x, y in ((80, 80), (-80, 80), (0, -80 * math.sqrt(2))):
        ring -= Pos(x, y) * Cylinder(5, 20)
    disc = views_drawing(rail(form="cast", process="cast", length=None), views(ring), HEADING)
    texts = {t.text for t in drawn_texts.texts(disc)}
    assert {"Ø310", "3 × Ø10 through on Ø226.3", "x and y count from the middle.", "-80", "0", "80"} <= texts
    drawn_texts.assert_legible(disc)


def test_a_notched_pipe_s_bore_has_no_depth() -> None:
    pipe = Rot(0, 90, 0) * (Cylinder(24, 300) - Cylinder(19, 300))
    notched = pipe - Pos(-150, 0, 0) * Rot(90, 0, 0) * Cylinder(20, 100)
    texts = {t.text for t in drawn_texts.texts(views_drawing(rail(), views(notched), HEADING, is_round=True))}
    assert "Ø38 bore" in texts
    assert not any("deep" in text for text in texts)
