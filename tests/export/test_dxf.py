# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A DXF holds the pattern's true geometry, on layers that a shop understands."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import export_samples as samples
import ezdxf
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.errors import CsmError
from csmkit.export.dxf.layers import parse
from csmkit.export.dxf.read import read_outlines, read_texts
from csmkit.export.dxf.write import flat_dxf, sheet_dxf
from csmkit.export.nested import NestedSheet
from csmkit.model.facts import FlatPattern
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose


def nested(turned: bool = False, two_sided: bool = False) -> bytes:
    sheet = NestedSheet(samples.nesting(), 1, samples.items(two_sided), samples.stock())
    return sheet_dxf(sheet, samples.SHEET, turned=turned)


def areas(outlines: dict[str, tuple[Outline, ...]]) -> dict[str, float]:
    return {layer: sum(o.area for o in found) for layer, found in outlines.items()}


def test_areas_and_lengths_of_a_written_part_equal_the_pattern() -> None:
    pattern = samples.side_pattern(two_sided=True)
    written = read_outlines(flat_dxf(samples.part(pattern=pattern)))
    (contour,) = written["CUT-OUTSIDE-11.8MM"]
    assert contour.area == pytest.approx(pattern.outline.area, abs=1e-3)
    assert contour.length == pytest.approx(pattern.outline.length, abs=1e-4)
    holes = [o for layer, found in written.items() if layer != "CUT-OUTSIDE-11.8MM" for o in found]
    drawn = [o for f in pattern.features for o in (f.region.outline, *f.region.islands)]
    assert sum(o.area for o in holes) == pytest.approx(sum(o.area for o in drawn), abs=1e-3)
    assert sum(o.length for o in holes) == pytest.approx(sum(o.length for o in drawn), abs=1e-4)


def test_the_volume_of_a_part_follows_from_its_written_layers_alone() -> None:
    pattern = samples.side_pattern(two_sided=True)
    written = read_outlines(flat_dxf(samples.part(pattern=pattern)))
    volume = 0.0
    for layer, outlines in written.items():
        spec = parse(layer)
        assert spec.depth is not None
        found = sorted((o.area for o in outlines), reverse=True)
        if spec.operation == "cut-outside":
            volume += found[0] * spec.depth
        elif layer == "POCKET-6.0MM":  # one pocket with one island
            volume -= (found[0] - found[1]) * spec.depth
        else:
            volume -= sum(found) * spec.depth
    assert volume == pytest.approx(pattern.volume, rel=1e-6)


def test_layers_tell_operation_side_and_depth() -> None:
    written = read_outlines(flat_dxf(samples.part(pattern=samples.side_pattern(two_sided=True))))
    assert sorted(written) == [
        "BOTTOM-DRILL-D10.0-7.0MM",
        "BOTTOM-POCKET-5.0MM",
        "CUT-INSIDE-11.8MM",
        "CUT-OUTSIDE-11.8MM",
        "DRILL-D5.0-9.0MM",
        "DRILL-D6.5-11.8MM",
        "DRILL-D8.0-11.8MM",
        "POCKET-4.0MM",
        "POCKET-6.0MM",
    ]


def test_only_closed_polylines_circles_and_texts_are_written() -> None:
    for data in (flat_dxf(samples.part()), nested()):
        document = ezdxf.read(io.StringIO(data.decode("cp1252")))
        assert {e.dxftype() for e in document.modelspace()} == {"LWPOLYLINE", "CIRCLE", "TEXT"}
        assert all(e.closed for e in document.modelspace().query("LWPOLYLINE"))
        assert [b.name for b in document.blocks if not b.name.startswith("*")] == []
        assert document.dxfversion == "AC1015"
        assert (document.header["$INSUNITS"], document.header["$MEASUREMENT"]) == (4, 1)
        auditor = document.audit()
        assert not auditor.errors
        assert not auditor.fixes


def test_drilled_holes_are_circles_of_true_size() -> None:
    document = ezdxf.read(io.StringIO(flat_dxf(samples.part()).decode("cp1252")))
    circles = {
        (e.dxf.layer, e.dxf.center.x, e.dxf.center.y, e.dxf.radius)
        for e in document.modelspace().query("CIRCLE")
    }
    assert circles == {
        ("DRILL-D8.0-11.8MM", 30, 30, 4),
        ("DRILL-D8.0-11.8MM", 370, 30, 4),
        ("DRILL-D6.5-11.8MM", 200, 220, 3.25),
        ("DRILL-D5.0-9.0MM", 200, 40, 2.5),
    }


def test_a_counterbore_is_cleared_across_its_hole() -> None:
    hole = samples.drill(50, 50, 6.6)
    step = samples.pocket(Outline.circle(50, 50, 12), 8, Outline.circle(50, 50, 6.6))
    bore = samples.pocket(Outline.circle(50, 50, 20), 5, Outline.circle(50, 50, 12))
    pattern = FlatPattern(
        Outline.rectangle(0, 0, 100, 100), (hole, step, bore), samples.THICKNESS, None, Pose()
    )
    written = read_outlines(flat_dxf(samples.part(pattern=pattern)))
    diameters = {layer: [o.circle_of[2] for o in found if o.circle_of] for layer, found in written.items()}
    assert diameters["DRILL-D6.6-11.8MM"] == pytest.approx([6.6])
    assert diameters["POCKET-8.0MM"] == pytest.approx([12])
    assert diameters["POCKET-5.0MM"] == pytest.approx([20])


def test_every_layer_has_its_own_colour() -> None:
    document = ezdxf.read(io.StringIO(flat_dxf(samples.part()).decode("cp1252")))
    used = {e.dxf.layer for e in document.modelspace()}
    colours = [document.layers.get(name).color for name in used]
    assert len(set(colours)) == len(colours)


def test_a_nested_sheet_holds_every_copy_at_its_place() -> None:
    written = read_outlines(nested())
    plan, items = samples.nesting(), samples.items()
    contours = written["CUT-OUTSIDE-11.8MM"]
    placed = [items[p.item].pattern.outline.moved(p.x, p.y, p.angle) for p in plan.layouts[0].placements]
    assert len(contours) == len(placed) == 6
    for contour, meant in zip(contours, placed, strict=True):
        assert contour.bounds == pytest.approx(meant.bounds, abs=1e-5)
        assert contour.area == pytest.approx(meant.area, rel=1e-8)
    assert written["SHEET"][0].bounds == (0, 0, 1250, 700)
    assert written["OFFCUT"][0].bounds == (850, 480, 1090, 690)
    inside = sum(len(found) for layer, found in written.items() if layer.startswith("DRILL"))
    assert inside == 2 * 4 + 4


def test_labels_name_part_and_copy_within_the_part() -> None:
    texts = [t for t in read_texts(nested()) if t.layer == "LABELS"]
    assert [t.text for t in texts] == ["side 1", "side 2"] + [
        f"brace & strut <left> {n}" for n in (1, 2, 3, 4)
    ]
    for text, contour in zip(texts, read_outlines(nested())["CUT-OUTSIDE-11.8MM"], strict=True):
        x0, y0, x1, y1 = contour.bounds
        assert x0 < text.middle[0] < x1
        assert y0 < text.middle[1] < y1


def test_the_second_setup_is_the_mirror_image_of_the_far_side() -> None:
    pattern = samples.side_pattern(two_sided=True)
    part = samples.part(pattern=pattern)
    first, second = read_outlines(flat_dxf(part)), read_outlines(flat_dxf(part, turned=True))
    assert sorted(second) == ["DRILL-D10.0-7.0MM", "NOTES", "POCKET-5.0MM"]
    for name in ("DRILL-D10.0-7.0MM", "POCKET-5.0MM"):
        (near,), (far,) = second[name], first[f"BOTTOM-{name}"]
        x0, y0, x1, y1 = far.bounds
        assert near.bounds == pytest.approx((400 - x1, y0, 400 - x0, y1))
        assert near.area == pytest.approx(far.area)
    with pytest.raises(CsmError, match="nothing is cut from below"):
        flat_dxf(samples.part(), turned=True)


def test_the_second_setup_of_a_sheet_lies_within_the_turned_sheet() -> None:
    first, second = read_outlines(nested(two_sided=True)), read_outlines(nested(turned=True, two_sided=True))
    assert areas(second)["POCKET-5.0MM"] == pytest.approx(areas(first)["BOTTOM-POCKET-5.0MM"])
    assert second["SHEET"][0].bounds == (0, 0, 1250, 700)
    mirrored = [o.mirrored().moved(x=1250).bounds for o in first["BOTTOM-POCKET-5.0MM"]]
    for near, far in zip(second["POCKET-5.0MM"], mirrored, strict=True):
        assert near.bounds == pytest.approx(far)


def test_laser_parts_have_one_cut_layer_and_nothing_else() -> None:
    pattern = FlatPattern(
        samples.rounded(0, 0, 80, 60, 5), (samples.drill(20, 20, 9),), samples.THICKNESS, None, Pose()
    )
    data = flat_dxf(samples.part(pattern=pattern, process="laser"))
    assert list(read_outlines(data)) == ["CUT"]
    assert read_texts(data) == ()


def test_a_nested_sheet_keeps_outside_and_inside_apart_on_every_machine() -> None:
    laser = replace(samples.SHEET, processes=("laser",))
    data = sheet_dxf(NestedSheet(samples.nesting(), 1, samples.items(), samples.stock()), laser)
    assert len(read_outlines(data)["CUT-OUTSIDE-11.8MM"]) == 6


def test_a_name_in_any_script_comes_back() -> None:
    for name in ("Rückwand", "側板", "a & <b>", "левый борт"):
        texts = read_texts(flat_dxf(samples.part(name)))
        assert texts[0].text == name


def test_a_control_code_in_a_name_stays_text() -> None:
    texts = read_texts(flat_dxf(samples.part("50%%c\nside")))
    assert texts[0].text == "50% %c side"


def test_a_part_without_flat_pattern_is_refused() -> None:
    bar = replace(samples.part("rail"), form="bar", flat_pattern=None)
    with pytest.raises(CsmError, match="rail: bar part has no flat pattern"):
        flat_dxf(bar)


@pytest.mark.parametrize("fault", ["spline", "open", "inch", "torn"])
def test_reading_refuses_what_must_not_be_cut(fault: str) -> None:
    document = ezdxf.new("R2000", units=1 if fault == "inch" else 4)
    if fault == "spline":
        document.modelspace().add_spline([(0, 0), (1, 2), (3, 1), (4, 4)])
    else:
        document.modelspace().add_lwpolyline([(0, 0), (1, 0), (1, 1)], close=fault != "open")
    stream = io.StringIO()
    document.write(stream)
    data = stream.getvalue().encode("cp1252")
    with pytest.raises(CsmError, match=r"SPLINE|open LWPOLYLINE|INSUNITS|can't be read"):
        read_outlines(data[:3000] if fault == "torn" else data)


size = st.floats(20, 2000)


@st.composite
def patterns(draw: st.DrawFn) -> FlatPattern:
    """Rounded plates with a grid of holes, slots and pockets, each in a cell of its own."""
    columns, rows = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    cell = draw(st.floats(40, 300))
    features = []
    for column in range(columns):
        for row in range(rows):
            x, y = column * cell + cell / 2, row * cell + cell / 2
            half = cell * draw(st.floats(0.1, 0.4))
            kind = draw(st.sampled_from(["drill", "hole", "pocket", "none"]))
            if kind == "drill":
                features.append(samples.drill(x, y, half))
            elif kind == "hole":
                features.append(
                    samples.hole(samples.rounded(x - half, y - half, x + half, y + half, half / 3))
                )
            elif kind == "pocket":
                plan = Outline.polygon([(x - half, y), (x, y - half), (x + half, y), (x, y + half)])
                features.append(samples.pocket(plan, draw(st.floats(0.5, 11))))
    outline = samples.rounded(0, 0, columns * cell, rows * cell, cell * draw(st.floats(0.01, 0.09)))
    return FlatPattern(outline, tuple(features), samples.THICKNESS, None, Pose())


@settings(max_examples=40, deadline=None)
@given(pattern=patterns())
def test_reading_gives_back_what_was_written_once_each(pattern: FlatPattern) -> None:
    written = read_outlines(flat_dxf(samples.part(pattern=pattern)))
    found = [o for outlines in written.values() for o in outlines]
    meant = [pattern.outline, *(f.region.outline for f in pattern.features)]
    assert len(found) == len(meant)
    for outline in meant:
        twins = [o for o in found if same(o, outline)]
        assert len(twins) == 1


def same(a: Outline, b: Outline) -> bool:
    """Equal vertices to the written grid of 1e-6 mm, bulges nearly exactly."""
    if len(a.vertices) != len(b.vertices):
        return False
    pairs = [(p, q) for v, w in zip(a.vertices, b.vertices, strict=True) for p, q in zip(v, w, strict=True)]
    return all(abs(p - q) < 1.1e-6 for p, q in pairs)


@pytest.mark.needs("ogrinfo", package="gdal-bin")
def test_gdal_reads_the_same_counts_and_areas(tmp_path: Path) -> None:
    path = tmp_path / "sheet.dxf"
    path.write_bytes(nested())
    run = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-q", str(path)], capture_output=True, text=True, check=True
    )
    found: dict[str, list[float]] = {}
    layer = ""
    for line in run.stdout.splitlines():
        name, _, value = line.strip().partition(" (String) = ")
        layer = value if name == "Layer" else layer
        if line.strip().startswith("LINESTRING"):
            ring = shapely.from_wkt(line.strip())
            assert ring.coords[0] == pytest.approx(ring.coords[-1], abs=1e-9)
            found.setdefault(layer, []).append(shapely.Polygon(ring).area)
    ours = read_outlines(nested())
    assert {name: len(areas) for name, areas in found.items()} == {name: len(o) for name, o in ours.items()}
    for name, outlines in ours.items():
        meant = sorted(o.area for o in outlines)
        assert sorted(found[name]) == pytest.approx(meant, rel=1e-3)  # GDAL draws arcs with 4° chords
