# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""SVGs show the true geometry, are well-formed whatever the names, and say what they show."""

from __future__ import annotations

import itertools
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace

import export_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.errors import CsmError
from csmkit.export.nested import NestedSheet, short_names
from csmkit.export.svg.bars import bars_svg
from csmkit.export.svg.document import attribute, escape, number, path
from csmkit.export.svg.flat import flat_svg
from csmkit.export.svg.sheet import sheet_svg
from csmkit.model.cutting import BarLayout, BarPiece
from csmkit.model.facts import FlatPattern
from csmkit.model.outline import Outline
from csmkit.model.pose import Pose

SVG = "{http://www.w3.org/2000/svg}"
TOKEN = re.compile(r"[MLAZ]|-?\d*\.?\d+")


def outlines(data: str) -> Iterator[Outline]:
    """Outlines of path data with absolute M, L, A, Z, y turned up again: radii and flags to bulges."""
    tokens = iter(TOKEN.findall(data))
    points: list[tuple[float, float]] = []
    bulges: list[float] = []
    for command in tokens:
        if command in "ML":
            points.append((float(next(tokens)), -float(next(tokens))))
            bulges += [0.0] if command == "L" else []
        elif command == "A":
            radius, _, _, large, sweep = (float(next(tokens)) for _ in range(5))
            end = (float(next(tokens)), -float(next(tokens)))
            half = math.asin(min(math.dist(points[-1], end) / 2 / radius, 1.0))
            half = math.pi - half if large else half
            bulges.append(math.tan(half / 2) * (-1 if sweep else 1))
            points.append(end)
        else:
            assert command == "Z"
            assert points[0] == points[-1]
            yield Outline(tuple((x, y, b) for (x, y), b in zip(points, bulges, strict=False)))
            points, bulges = [], []


def root_of(data: bytes) -> ET.Element:
    return ET.fromstring(data)


def test_a_flat_part_is_drawn_true_to_size() -> None:
    root = root_of(flat_svg(samples.part()))
    x, y, wide, high = (float(v) for v in root.attrib["viewBox"].split())
    assert root.attrib["width"] == f"{number(wide)}mm"
    assert root.attrib["height"] == f"{number(high)}mm"
    assert x < 0 < 400 < x + wide
    assert y < -250 < 0 < y + high


def test_areas_of_a_flat_part_equal_the_pattern() -> None:
    pattern = samples.side_pattern(two_sided=True)
    root = root_of(flat_svg(samples.part(pattern=pattern)))
    groups = {
        g.attrib["id"]: g for g in root.iter(f"{SVG}g") if "id" in g.attrib and g.attrib["id"] != "NOTES"
    }
    drawn = [o for g in groups.values() for p in g.iter(f"{SVG}path") for o in outlines(p.attrib["d"])]
    circles = sum(math.pi * float(c.attrib["r"]) ** 2 for c in root.iter(f"{SVG}circle"))
    meant = [pattern.outline] + [o for f in pattern.features for o in (f.region.outline, *f.region.islands)]
    assert sum(o.area for o in drawn) + circles == pytest.approx(sum(o.area for o in meant), abs=0.5)
    (contour,) = (o for p in groups["CUT-OUTSIDE-11.8MM"] for o in outlines(p.attrib["d"]))
    assert contour.area == pytest.approx(pattern.outline.area, abs=0.1)
    assert contour.length == pytest.approx(pattern.outline.length, abs=0.01)
    assert "BOTTOM-POCKET-5.0MM" in groups


radius = st.floats(5, 400)


@given(radius, st.floats(-3, 3), st.floats(-500, 500))
def test_arcs_of_any_sweep_are_drawn_as_they_are(r: float, bulge: float, x: float) -> None:
    outline = Outline(((x, 0.0, round(bulge, 3)), (x + r, r / 2, 0.0), (x, r, 0.4)))
    (drawn,) = outlines(path([outline], 4))
    assert drawn.area == pytest.approx(outline.area, rel=2e-3, abs=0.5)
    assert drawn.length == pytest.approx(outline.length, rel=2e-3, abs=0.05)


def test_every_copy_lies_where_the_plan_says() -> None:
    root = root_of(sheet_svg(NestedSheet(samples.nesting(), 1, samples.items(), samples.stock())))
    drawings = {g.attrib["id"]: g for g in root.iter(f"{SVG}g") if "id" in g.attrib}
    groups = [g for g in root.iter(f"{SVG}g") if "data-part" in g.attrib]
    placements = samples.nesting().layouts[0].placements
    assert [(g.attrib["data-part"], int(g.attrib["data-copy"])) for g in groups] == [
        (p.item, p.copy) for p in placements
    ]
    for group, placement in zip(groups, placements, strict=True):
        use = group.find(f"{SVG}use")
        assert use is not None
        numbers = [float(v) for v in re.findall(r"-?[\d.]+", use.attrib["transform"])]
        assert numbers == pytest.approx(
            [placement.x, -placement.y] + ([-placement.angle] if placement.angle else [])
        )
        shape = drawings[use.attrib["href"][1:]].find(f"{SVG}path")
        assert shape is not None
        contour = next(outlines(shape.attrib["d"]))
        assert contour.area == pytest.approx(samples.items()[placement.item].pattern.outline.area, rel=1e-4)


def test_names_lie_within_the_sheet_and_read_upright() -> None:
    root = root_of(sheet_svg(NestedSheet(samples.nesting(), 1, samples.items(), samples.stock())))
    for group in (g for g in root.iter(f"{SVG}g") if "data-part" in g.attrib):
        for text in group.iter(f"{SVG}text"):
            assert 0 < float(text.attrib["x"]) < 1250
            assert -700 < float(text.attrib["y"]) < 0
            turn = re.match(r"rotate\((-?[\d.]+)", text.attrib.get("transform", "rotate(0)"))
            assert turn is not None
            assert -90 <= float(turn[1]) <= 90


def test_a_part_too_small_for_its_name_bears_a_letter_that_is_explained() -> None:
    small = FlatPattern(Outline.rectangle(0, 0, 40, 25), (), samples.THICKNESS, None, Pose())
    items = samples.items()
    name = "stool/brace & strut <left>"
    items[name] = replace(items[name], pattern=small)
    data = sheet_svg(NestedSheet(samples.nesting(), 1, items, samples.stock())).decode()
    assert "A = brace &amp; strut &lt;left&gt;</text>" in data
    assert re.findall(r">(A\d)</text>", data) == ["A1", "A2", "A3", "A4"]


def test_a_part_of_a_kit_within_the_kit_goes_by_its_short_name_where_only_one_is_called_so() -> None:
    parts = ["mill hub", "mill side", "side", "mast side", "seat"]
    called = short_names(parts, ["mill", "mast"])
    assert called == {p: p for p in parts} | {"mill hub": "hub"}
    assert len({*called.values()}) == len(parts)
    items = {name: replace(item, part=f"mill {item.part}") for name, item in samples.items().items()}
    names = short_names((item.part for item in items.values()), ["mill"])
    data = sheet_svg(NestedSheet(samples.nesting(), 1, items, samples.stock()), names).decode()
    told = [text for text in root_of(data.encode()).itertext() if "mill" in text]
    assert not told
    assert data.count('data-item="mill side"') == 2  # scripts find the part by its whole name
    plan, instance = samples.bars()
    sawn = bars_svg(plan, instance, {"drawbar": "bar"}).decode()
    assert ">bar<" in sawn
    assert 'data-item="drawbar"' in sawn


def test_a_legend_of_long_names_stays_within_the_sheet() -> None:
    items = {
        name: replace(
            item,
            part=f"{item.part} of a kit within a kit with a name far too long for any part of this sheet",
        )
        for name, item in samples.items().items()
    }
    root = root_of(sheet_svg(NestedSheet(samples.nesting(), 1, items, samples.stock())))
    low, top, width, height = (float(v) for v in root.attrib["viewBox"].split())
    lines = [t for t in root.iter(f"{SVG}text") if " = " in (t.text or "")]
    assert len(lines) > 1
    for line in lines:
        reach = float(line.attrib["x"]) + 0.55 * len(line.text or "") * float(line.attrib["font-size"])
        assert reach <= low + width
        assert float(line.attrib["y"]) < top + height


def test_a_sheet_says_its_yield_and_what_lies_on_it() -> None:
    sheet = NestedSheet(samples.nesting(), 1, samples.items(), samples.stock())
    data = sheet_svg(sheet).decode()
    area = sum(samples.items()[p.item].pattern.area for p in sheet.layout.placements)
    assert f"yield {area / abs(sheet.stock.outline.area) * 100:.0f} %" in data
    assert "<desc>2 × side, 4 × brace &amp; strut &lt;left&gt;.</desc>" in data
    assert "1250 mm" in data
    assert "700 mm" in data


def test_two_sheets_on_one_page_do_not_share_ids() -> None:
    nesting, items, stock = samples.nesting(), samples.items(), samples.stock()
    other = replace(nesting.layouts[0], placements=nesting.layouts[0].placements[:3])
    two = replace(nesting, layouts=(nesting.layouts[0], other))
    first, second = (
        set(re.findall(r'id="([^"]+)"', sheet_svg(NestedSheet(two, n, items, stock)).decode()))
        for n in (1, 2)
    )
    assert first
    assert not first & second


def test_bars_show_every_piece_to_scale() -> None:
    plan, instance = samples.bars()
    root = root_of(bars_svg(plan, instance))
    boxes = [r for r in root.iter(f"{SVG}rect") if "csm-part" in r.attrib["class"]]
    widths = [float(r.attrib["width"]) for r in boxes]
    assert widths == [length for layout in plan.layouts for _, length in layout.pieces]
    kerfs = [r for r in root.iter(f"{SVG}rect") if (r.findtext(f"{SVG}title") or "").startswith("kerf")]
    assert [float(k.attrib["width"]) for k in kerfs] == [3.2] * 6
    for row in (g for g in root.iter(f"{SVG}g") if "transform" in g.attrib):
        spans = [(float(r.attrib["x"]), float(r.attrib["width"])) for r in row.iter(f"{SVG}rect")]
        assert spans[0][0] == 0
        for (x, wide), (following, _) in itertools.pairwise(spans):
            assert x + wide == pytest.approx(following, abs=0.011)
        assert sum(spans[-1]) == pytest.approx(2400, abs=0.011)


def test_a_piece_keeps_its_whole_name() -> None:
    plan, instance = samples.bars()
    piece = BarPiece("shelf", "leg l/r", "spruce-45x45", 700, 1)
    layout = BarLayout("spruce-45x45-2400", (("shelf/leg l/r", 700.0),), 1690.0)
    data = bars_svg(replace(plan, layouts=(layout,)), replace(instance, pieces=(piece,))).decode()
    assert ">leg l/r<" in data


def test_equal_bars_are_drawn_once_with_their_number() -> None:
    plan, instance = samples.bars()
    data = bars_svg(replace(plan, layouts=plan.layouts[:1] * 3), instance).decode()
    assert data.count("drawbar, 1400 mm") == 1
    assert "3 × spruce-45x45-2400" in data


@pytest.mark.parametrize(
    "name", ["a & b", "<script>alert(1)</script>", '"quoted"', "側板", "nul\0bell\a", "]]>"]
)
def test_names_of_any_kind_leave_the_xml_well_formed(name: str) -> None:
    clean = re.sub("[\0\a]", "\ufffd", name)
    assert clean in "".join(root_of(flat_svg(samples.part(name))).itertext())
    items = {key: replace(item, part=name) for key, item in samples.items().items()}
    sheet = NestedSheet(samples.nesting(), 1, items, samples.stock())
    assert clean in "".join(root_of(sheet_svg(sheet)).itertext())


@given(st.text())
def test_escaped_text_reads_back(name: str) -> None:
    allowed = "".join(c for c in name if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
    root = ET.fromstring(f"<a b={attribute(allowed)}>{escape(allowed)}</a>")
    assert root.text == allowed or (not allowed and root.text is None)
    assert root.attrib["b"] == allowed


@given(st.floats(-1e5, 1e5))
def test_short_numbers_are_true_to_their_digits(value: float) -> None:
    assert float(number(value, 2)) == pytest.approx(value, abs=0.00501)
    assert number(value, 2) != "-0"


@pytest.mark.parametrize(
    ("value", "digits", "short"),
    [(12.0, 2, "12"), (0.5, 2, ".5"), (-0.25, 2, "-.25"), (-0.001, 2, "0"), (100.0, 0, "100")],
)
def test_numbers_are_short(value: float, digits: int, short: str) -> None:
    assert number(value, digits) == short


def test_pictures_are_small_and_accessible() -> None:
    pictures = (
        flat_svg(samples.part()),
        sheet_svg(NestedSheet(samples.nesting(), 1, samples.items(), samples.stock())),
        bars_svg(*samples.bars()),
    )
    for data in pictures:
        root = root_of(data)
        assert len(data) < 6000
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"] == root.findtext(f"{SVG}title")
        assert root.find(f"{SVG}desc") is not None


def test_a_part_without_flat_pattern_has_no_picture() -> None:
    with pytest.raises(CsmError, match="rail: bar part has no flat pattern"):
        flat_svg(replace(samples.part("rail"), form="bar", flat_pattern=None))
