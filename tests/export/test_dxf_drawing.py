# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Drawings of other programs are read as the shapes that they show, in mm."""

from __future__ import annotations

import io
import math

import drawn
import export_samples as samples
import pytest
import shapely
from ezdxf.math import Vec3, closed_uniform_bspline, rational_bspline_from_arc
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.errors import CsmError
from csmkit.export.dxf.drawing import Drawing, read_drawing
from csmkit.export.dxf.read import read_outlines
from csmkit.export.dxf.write import flat_dxf
from csmkit.geometry.trim import canonical
from csmkit.model.outline import Outline

PANEL = samples.rounded(0, 0, 400, 250, 20)
VERSIONS = ["R12", "R2000", "R2004", "R2007", "R2010", "R2018"]


def read(document: object, **options: object) -> Drawing:
    data = document if isinstance(document, bytes) else drawn.saved(document)  # type: ignore[arg-type]
    return read_drawing(data, "side.dxf", **options)  # type: ignore[arg-type]


def only(drawing: Drawing, layer: str = "0") -> Outline:
    (outline,) = drawing.outlines[layer]
    assert not drawing.open_paths
    return outline


def same(one: Outline, other: Outline, tolerance: float = 1e-6) -> None:
    assert one.bounds == pytest.approx(other.bounds, abs=tolerance)
    assert one.area == pytest.approx(other.area, abs=tolerance * other.length)
    assert one.length == pytest.approx(other.length, abs=10 * tolerance)


@pytest.mark.parametrize(
    ("version", "write"), [(v, drawn.soup) for v in VERSIONS] + [(v, drawn.polyline) for v in VERSIONS[1:]]
)
def test_every_version_shows_the_same_outline(version: str, write: object) -> None:
    document = drawn.new(version)
    write(document.modelspace(), PANEL)  # type: ignore[operator]
    outline = only(read(document, unit="mm"))
    same(outline, PANEL)
    assert {e.bulge != 0 for e in outline.edges} == {True, False}
    assert len(outline.vertices) == len(PANEL.vertices)


def test_the_strict_reader_and_this_one_agree_on_our_own_files() -> None:
    data = flat_dxf(samples.part(pattern=samples.side_pattern(two_sided=True)))
    strict, lenient = read_outlines(data), read(data).outlines
    assert {layer: {canonical(o) for o in found} for layer, found in strict.items()} == {
        layer: set(found) for layer, found in lenient.items()
    }


@given(
    st.lists(st.tuples(st.floats(20, 500), st.floats(-0.9, 0.9)), min_size=3, max_size=12),
    st.randoms(use_true_random=False),
)
def test_loose_edges_close_to_the_outline_that_they_came_from(
    rays: list[tuple[float, float]], random: object
) -> None:
    n = len(rays)
    corners = [
        (r * math.cos(math.tau * i / n), r * math.sin(math.tau * i / n)) for i, (r, _) in enumerate(rays)
    ]
    bulges = [round(b * 0.2, 3) for _, b in rays]
    meant = Outline(tuple((x, y, b) for (x, y), b in zip(corners, bulges, strict=True)))
    document = drawn.new()
    drawn.soup(document.modelspace(), meant)
    entities = list(document.modelspace())
    random.shuffle(entities)  # type: ignore[attr-defined]
    document.modelspace().entity_space.entities = entities
    same(only(read(document)), meant, 1e-5)


def test_an_old_polyline_keeps_its_bulges() -> None:
    document = drawn.new("R12")
    document.modelspace().add_polyline2d(PANEL.vertices, format="xyb", close=True)
    same(only(read(document, unit="mm")), PANEL)


def test_a_polyline_in_space_that_lies_flat_is_read_and_one_that_rises_is_refused() -> None:
    square = [(0, 0), (50, 0), (50, 50), (0, 50)]
    document = drawn.new()
    document.modelspace().add_polyline3d([(x, y, 7) for x, y in square], close=True)
    assert only(read(document)).area == 2500
    document = drawn.new()
    document.modelspace().add_polyline3d([(x, y, x) for x, y in square], close=True)
    with pytest.raises(
        CsmError, match=r"POLYLINE on layer '0' lies out of the drawing's plane; draw it flat"
    ):
        read(document)


def test_circles_and_whole_arcs_are_round() -> None:
    document = drawn.new()
    document.modelspace().add_circle((30, 40), 4)
    document.modelspace().add_arc((90, 40), 5, 10, 370)
    found = read(document).outlines["0"]
    assert sorted(o.circle_of for o in found if o.circle_of) == [
        pytest.approx((30, 40, 8)),
        pytest.approx((90, 40, 10)),
    ]


def test_an_arc_of_more_than_a_half_circle_is_closed_by_its_chord() -> None:
    document = drawn.new()
    document.modelspace().add_arc((0, 0), 50, 60, 30)
    a, b = (50 * Vec3.from_deg_angle(w) for w in (60, 30))
    document.modelspace().add_line(a, b)
    sweep = math.radians(330)
    assert only(read(document)).area == pytest.approx(1250 * (sweep - math.sin(sweep)), abs=1e-3)


def test_what_is_drawn_from_the_back_lies_mirrored_as_the_program_shows_it() -> None:
    document = drawn.new()
    document.modelspace().add_lwpolyline(
        PANEL.vertices, format="xyb", close=True, dxfattribs={"extrusion": (0, 0, -1)}
    )
    document.modelspace().add_arc((100, 0), 5, 0, 90, dxfattribs={"extrusion": (0, 0, -1), "layer": "a"})
    drawing = read(document)
    (outline,) = drawing.outlines["0"]
    same(outline, PANEL.mirrored())
    (path,) = drawing.open_paths["a"]
    assert sorted(path.ends) == [pytest.approx((-105, 0)), pytest.approx((-100, 5))]


@pytest.mark.parametrize("ratio", [0.02, 0.3, 0.999, 1.0])
def test_an_ellipse_becomes_arcs_within_a_hundredth(ratio: float) -> None:
    document = drawn.new()
    document.modelspace().add_ellipse((100, 50), (60, 80), ratio)
    outline = only(read(document))
    assert outline.area == pytest.approx(math.pi * 100 * 100 * ratio, abs=0.01 * outline.length)
    dense = shapely.LinearRing(outline.points(1e-4))
    for i in range(720):
        c, s = math.cos(math.tau * i / 720), math.sin(math.tau * i / 720)
        x, y = 100 + 60 * c - 80 * ratio * s, 50 + 80 * c + 60 * ratio * s
        assert shapely.distance(dense, shapely.Point(x, y)) < 0.01
    assert all(e.bulge != 0 for e in outline.edges)
    assert (outline.circle_of is not None) == (ratio == 1)


def test_half_an_ellipse_is_closed_by_a_line() -> None:
    document = drawn.new()
    document.modelspace().add_ellipse((0, 0), (50, 0), 0.5, 0, math.pi)
    document.modelspace().add_line((50, 0), (-50, 0))
    assert only(read(document)).area == pytest.approx(math.pi * 50 * 25 / 2, abs=1)


@pytest.mark.parametrize("closed", [True, False])
def test_a_spline_becomes_arcs_within_a_hundredth(closed: bool) -> None:
    document = drawn.new()
    points = [(0, 0), (80, -30), (160, 20), (150, 120), (70, 90), (-20, 110), (-40, 40)]
    if closed:
        spline = document.modelspace().add_spline()
        spline.apply_construction_tool(closed_uniform_bspline([(x, y, 0) for x, y in points]))
    else:
        spline = document.modelspace().add_spline([(x, y, 0) for x, y in points])
        document.modelspace().add_line(points[-1], points[0])
    outline = only(read(document))
    dense = shapely.LinearRing(outline.points(1e-4))
    curve = spline.construction_tool()
    knots = list(curve.knots())
    low, high = knots[curve.degree], knots[curve.count]
    for i in range(1001):
        x, y, _ = curve.point(low + (high - low) * i / 1000)
        assert shapely.distance(dense, shapely.Point(x, y)) < 0.01
    assert len(outline.vertices) < 200


def test_corners_of_a_spline_stay_corners() -> None:
    square = [(0, 0), (100, 0), (100, 60), (0, 60), (0, 0)]
    document = drawn.new()
    document.modelspace().add_open_spline([(x, y, 0) for x, y in square], degree=1)
    assert only(read(document)) == Outline.polygon(square[:-1])


def test_rational_splines_are_the_circles_that_they_mean() -> None:
    document = drawn.new()
    spline = document.modelspace().add_spline()
    spline.apply_construction_tool(rational_bspline_from_arc((50, 50), 30, 0, 360))
    assert only(read(document)).area == pytest.approx(math.pi * 900, rel=1e-4)


@pytest.mark.parametrize(
    ("insunits", "scale", "unit"),
    [(1, 25.4, "in"), (2, 304.8, "ft"), (4, 1, "mm"), (5, 10, "cm"), (6, 1e3, "m")],
)
def test_every_unit_becomes_mm(insunits: int, scale: float, unit: str) -> None:
    document = drawn.new("R2010", insunits)
    drawn.polyline(document.modelspace(), PANEL, "a", scale)
    drawn.soup(document.modelspace(), PANEL, "b", scale)
    document.modelspace().add_ellipse((500 / scale, 0), (10 / scale, 0), 0.5, dxfattribs={"layer": "c"})
    document.modelspace().add_text("side").set_placement((25.4 / scale, 0))
    drawing = read(document)
    assert drawing.unit == unit
    for layer in ("a", "b"):
        same(drawing.outlines[layer][0], PANEL, 1e-5)
    assert drawing.outlines["c"][0].area == pytest.approx(math.pi * 50, rel=1e-4)
    assert drawing.texts[0].place == pytest.approx((25.4, 0))


def test_a_file_without_units_is_metric_or_is_asked_for_them() -> None:
    document = drawn.new("R2000", 0, measurement=1)
    drawn.polyline(document.modelspace(), PANEL)
    assert read(document).unit == "mm"
    document.header["$MEASUREMENT"] = 0
    with pytest.raises(CsmError, match=r"side.dxf: tells no unit; set the drawing's units to millimetres"):
        read(document)
    assert read(document, unit="in").outlines["0"][0].bounds[2] == pytest.approx(400 * 25.4)
    with pytest.raises(CsmError, match="tells no unit"):
        read(drawn.new("R12"))
    with pytest.raises(CsmError, match=r"\$INSUNITS = 7 is no unit that parts are drawn in"):
        read(drawn.new("R2000", 7))


def test_blocks_are_taken_apart_at_their_scale_and_place_and_layer() -> None:
    document = drawn.new()
    inner = document.blocks.new("hole")
    inner.add_circle((0, 0), 1)
    outer = document.blocks.new("plate")
    drawn.polyline(outer, Outline.rectangle(0, 0, 100, 50), "0")
    outer.add_blockref("hole", (20, 25), dxfattribs={"xscale": 4, "yscale": 4, "layer": "drill"})
    document.modelspace().add_blockref("plate", (10, 20), dxfattribs={"rotation": 90, "layer": "cut"})
    drawing = read(document)
    assert drawing.outlines["cut"][0].bounds == pytest.approx((-40, 20, 10, 120))
    assert drawing.outlines["drill"][0].circle_of == pytest.approx((-15, 40, 8))


def test_a_circle_in_a_stretched_block_is_the_ellipse_that_is_shown() -> None:
    document = drawn.new()
    document.blocks.new("hole").add_circle((0, 0), 10)
    document.modelspace().add_blockref("hole", (0, 0), dxfattribs={"xscale": 2, "yscale": 1})
    outline = only(read(document))
    assert outline.bounds == pytest.approx((-20, -10, 20, 10), abs=1e-3)


def test_a_mirrored_block_is_mirrored() -> None:
    document = drawn.new()
    drawn.polyline(document.blocks.new("panel"), samples.rounded(10, 0, 90, 50, 8))
    document.modelspace().add_blockref("panel", (0, 0), dxfattribs={"xscale": -1})
    same(only(read(document)), samples.rounded(-90, 0, -10, 50, 8))


def test_rows_of_a_block_are_all_there() -> None:
    document = drawn.new()
    document.blocks.new("hole").add_circle((0, 0), 2)
    attributes = {"row_count": 2, "column_count": 3, "row_spacing": 32, "column_spacing": 50}
    document.modelspace().add_blockref("hole", (0, 0), dxfattribs=attributes)
    middles = {(round(c[0]), round(c[1])) for o in read(document).outlines["0"] if (c := o.circle_of)}
    assert middles == {(x, y) for x in (0, 50, 100) for y in (0, 32)}


def test_gaps_up_to_a_twentieth_are_closed_and_told() -> None:
    document = drawn.new()
    drawn.lines(document.modelspace(), [(0, 0), (100, 0), (100, 60), (0, 60), (0, 0.04)], close=False)
    drawing = read(document)
    assert only(drawing).area == pytest.approx(6000, abs=3)
    assert drawing.remarks == ("layer '0': a gap of up to 0.040 mm closed, first at (0.00, 0.00)",)


def test_a_gap_is_closed_on_the_lines_side_so_that_arcs_stay() -> None:
    document = drawn.new()
    document.modelspace().add_arc((0, 0), 50, 0, 180)
    document.modelspace().add_line((-50.03, 0), (49.98, 0.02))
    (arc,) = [e for e in only(read(document)).edges if e.bulge]
    assert (arc.center, arc.radius) == (pytest.approx((0, 0), abs=1e-6), pytest.approx(50))


def test_wider_gaps_stay_open_and_say_how_wide() -> None:
    document = drawn.new()
    drawn.lines(document.modelspace(), [(0, 0), (100, 0), (100, 60), (0, 60), (0, 0.06)], close=False)
    (path,) = read(document).open_paths["0"]
    place, gap = path.nearest_end([path])
    assert gap == pytest.approx(0.06)
    assert place in path.ends


def test_lines_shorter_than_a_gap_are_no_gaps() -> None:
    document = drawn.new()
    circle = [
        (3 * math.cos(math.tau * i / 600), 3 * math.sin(math.tau * i / 600)) for i in range(600)
    ]  # edges of 0.03 mm
    drawn.lines(document.modelspace(), circle)
    drawing = read(document)
    assert only(drawing).area == pytest.approx(math.pi * 9, rel=1e-3)
    assert drawing.remarks == ()


def test_what_is_drawn_twice_is_taken_once() -> None:
    document = drawn.new()
    square = [(0, 0), (100, 0), (100, 60), (0, 60)]
    drawn.lines(document.modelspace(), square)
    drawn.lines(document.modelspace(), square[::-1])
    document.modelspace().add_circle((50, 30), 4)
    document.modelspace().add_circle((50, 30), 4)
    drawing = read(document)
    assert sorted(round(o.area) for o in drawing.outlines["0"]) == [50, 6000]
    assert drawing.remarks == ("layer '0': 5 drawn twice, taken once",)


def test_closed_outlines_that_touch_in_a_corner_stay_apart() -> None:
    document = drawn.new()
    drawn.polyline(document.modelspace(), Outline.rectangle(0, 0, 10, 10))
    drawn.polyline(document.modelspace(), Outline.polygon([(10, 10), (20, 10), (20, 20), (10, 20)]))
    drawn.polyline(document.modelspace(), Outline.polygon([(0, 0), (-5, 0), (-5, -5), (0, -5)]))
    assert sorted(o.area for o in read(document).outlines["0"]) == [25, 100, 100]


def test_lines_that_branch_stay_open() -> None:
    document = drawn.new()
    drawn.lines(document.modelspace(), [(0, 0), (100, 0), (100, 60), (0, 60)])
    document.modelspace().add_line((0, 0), (-30, 0))
    paths = read(document).open_paths["0"]
    assert min(path.nearest_end(paths)[1] for path in paths) == 0


def test_texts_are_read_in_every_code_page() -> None:
    for version, word in (("R12", "Größe × 2"), ("R2000", "Größe × 2"), ("R2018", "côté, бок, 側")):
        document = drawn.new(version)
        document.modelspace().add_text(word, dxfattribs={"layer": "LABELS"}).set_placement((5, 6))
        if version != "R12":
            document.modelspace().add_mtext(f"{word}\\Pzwei")
        texts = read(document, unit="mm").texts
        assert [t.text for t in texts] == [word, f"{word} zwei"][: len(texts)]
        assert (texts[0].layer, texts[0].place) == ("LABELS", (5, 6))
    greek = drawn.new("R2000")
    greek.encoding = "cp1253"
    greek.header["$DWGCODEPAGE"] = "ANSI_1253"
    greek.modelspace().add_text("πλευρά")
    assert [t.text for t in read(greek).texts] == ["πλευρά"]


def test_what_is_no_outline_is_left_out_and_told_where_it_matters() -> None:
    document = drawn.new()
    space = document.modelspace()
    drawn.polyline(space, PANEL)
    space.add_point((1, 1))
    space.add_hatch().paths.add_polyline_path([(0, 0), (10, 0), (10, 10)])
    space.add_linear_dim(base=(0, -20), p1=(0, 0), p2=(400, 0)).render()
    space.add_3dface([(0, 0, 0), (1, 0, 0), (1, 1, 0)])
    document.layers.add("hidden").off()
    drawn.polyline(space, Outline.rectangle(0, 0, 9, 9), "hidden")
    drawing = read(document)
    same(only(drawing), PANEL)
    assert drawing.remarks == ("not read: 1 × 3DFACE", "not read: 1 × on hidden layer 'hidden'")


def test_a_binary_dxf_is_read_and_a_dwg_is_named() -> None:
    document = drawn.new("R2010")
    drawn.polyline(document.modelspace(), PANEL)
    stream = io.BytesIO()
    document.write(stream, fmt="bin")
    same(only(read(stream.getvalue())), PANEL)
    with pytest.raises(CsmError, match=r"side.dxf: is a DWG, not a DXF; save it as DXF"):
        read(b"AC1032" + bytes(200))


@pytest.mark.parametrize("data", [b"", b"hello", bytes(500), b"<svg/>", b"hello\nEOF\n"])
def test_what_is_no_dxf_is_one_line(data: bytes) -> None:
    with pytest.raises(CsmError, match=r"^side\.dxf: (is no DXF|can't be read|tells no unit)"):
        read(data)


def test_a_file_that_is_cut_off_is_refused() -> None:
    document = drawn.new()
    drawn.polyline(document.modelspace(), PANEL)
    data = drawn.saved(document)
    with pytest.raises(CsmError, match="is cut off: its end is missing; save or copy it again"):
        read(data[: len(data) * 2 // 3])


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_file_is_outlines_or_one_line(data: st.DataObject) -> None:
    document = drawn.new()
    drawn.soup(document.modelspace(), PANEL)
    lines = drawn.saved(document).split(b"\n")
    start = lines.index(b"ENTITIES")
    place = data.draw(st.integers(start, len(lines) - 3))
    lines[place] = data.draw(st.sampled_from([b"", b"-1", b"nan", b"1e999", b"LINE", b"40", b"x", b"ARC"]))
    try:
        found = read(b"\n".join(lines)).outlines
    except CsmError as error:
        found = {}
        assert str(error).count("\n") == 0  # noqa: PT017
    assert all(math.isfinite(o.area) for outlines in found.values() for o in outlines)
