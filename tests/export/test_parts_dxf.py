# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A folder of drawings becomes the parts drawn in it: our own files exactly, others' by what lies in what."""

from __future__ import annotations

import math
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Literal

import drawn
import export_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csmkit.catalog.workshop import default_workshop
from csmkit.errors import CsmError
from csmkit.export.dxf import flat_dxf, part_marks, write_dxf
from csmkit.export.dxf_drawing import read_drawing
from csmkit.export.dxf_parts import find_parts
from csmkit.export.layers import LayerSpec, layer_name
from csmkit.export.own_parts import OwnParts
from csmkit.export.parts_dxf import read_parts_folder
from csmkit.export.paths import flat_path
from csmkit.geometry.trim import canonical
from csmkit.model import Feature, FlatPattern, Outline, PartFacts, Pose, Region, StockSheet
from csmkit.nest.cut_list import nest_instances

SHOP = replace(
    default_workshop(),
    sheets=(samples.SHEET, *(s for s in default_workshop().sheets if s.key != samples.SHEET.key)),
)
PLATE = Outline.rectangle(0, 0, 300, 200)
Draw = Callable[..., None]


def folder(at: Path, **files: bytes) -> Path:
    for name, data in files.items():
        path = at / f"{name}.dxf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return at


def read(at: Path, sheet: str | None = "birch-ply-12") -> tuple[PartFacts, ...]:
    (kit,) = read_parts_folder(at, SHOP, sheet).kits
    return kit.parts


def drawing(*shapes: tuple[str, Outline], write: Draw = drawn.polyline) -> bytes:
    document = drawn.new()
    for layer, outline in shapes:
        write(document.modelspace(), outline, layer)
    return drawn.saved(document)


def patterns(*shapes: tuple[str, Outline], thickness: float = 18.0) -> tuple[FlatPattern, ...]:
    return find_parts(read_drawing(drawing(*shapes), "side.dxf"), "side.dxf", thickness)[0]


def refused(at: Path, sheet: str | None = "birch-ply-12") -> str:
    with pytest.raises(CsmError) as error:
        read_parts_folder(at, SHOP, sheet)
    assert "\n" not in str(error.value)
    return str(error.value)


def tidy(pattern: FlatPattern) -> FlatPattern:
    """The pattern as a solid's would be: canonical outlines, features in order, in no frame."""

    def feature(f: Feature) -> Feature:
        islands = sorted((canonical(i) for i in f.region.islands), key=lambda o: o.vertices)
        return replace(f, region=Region(canonical(f.region.outline), tuple(islands)))

    found = sorted(
        map(feature, pattern.features),
        key=lambda f: (f.side == "bottom", f.kind, f.depth, f.region.outline.vertices),
    )
    return replace(pattern, outline=canonical(pattern.outline), features=tuple(found), frame=Pose())


def assert_same(one: FlatPattern, other: FlatPattern) -> None:
    assert one.volume == pytest.approx(other.volume, rel=1e-8)
    assert one.thickness == other.thickness
    assert one.grain == other.grain
    assert len(one.features) == len(other.features)
    pairs = [(one.outline, other.outline)]
    for a, b in zip(one.features, other.features, strict=True):
        assert (a.kind, a.side, a.through) == (b.kind, b.side, b.through)
        assert a.depth == pytest.approx(b.depth, abs=1e-9)
        pairs.append((a.region.outline, b.region.outline))
        pairs += zip(a.region.islands, b.region.islands, strict=True)
    for a_outline, b_outline in pairs:
        assert a_outline.bounds == pytest.approx(b_outline.bounds, abs=2e-6)
        assert a_outline.area == pytest.approx(b_outline.area, abs=1e-4)


@pytest.mark.parametrize("two_sided", [False, True])
@pytest.mark.parametrize("process", ["router", "laser"])
def test_our_own_flat_files_read_back_as_their_parts(tmp_path: Path, two_sided: bool, process: str) -> None:
    pattern = samples.side_pattern(two_sided)
    if process == "laser":  # a laser cuts no pockets, and its shops take no notes
        pattern = replace(pattern, features=pattern.holes, grain=None)
    part = samples.part("brace & strut <left>", pattern, process)
    path = tmp_path / flat_path(part, samples.SHEET)
    path.parent.mkdir(parents=True)
    path.write_bytes(flat_dxf(part))
    if pattern.is_two_sided:
        (tmp_path / flat_path(part, samples.SHEET, turned=True)).write_bytes(flat_dxf(part, turned=True))
    (found,) = read(tmp_path, sheet=None)
    assert found.flat_pattern is not None
    assert_same(found.flat_pattern, tidy(pattern))
    assert (found.quantity, found.stock, len(found.poses)) == (2, "birch-ply-12", 2)
    assert found.size == pytest.approx(part.size)
    assert found.mass == pytest.approx(part.mass, rel=1e-8)
    if process == "router":
        assert found.name == part.name


def test_a_counterbore_and_a_plateau_in_a_pocket_read_back() -> None:
    hole = samples.drill(50, 50, 6.6)
    step = samples.pocket(Outline.circle(50, 50, 12), 8, Outline.circle(50, 50, 6.6))
    bore = samples.pocket(Outline.circle(50, 50, 20), 5, Outline.circle(50, 50, 12))
    plateau = samples.rounded(140, 40, 180, 60, 3)
    ring = samples.pocket(samples.rounded(120, 20, 200, 80, 5), 6, plateau)
    shallow = samples.pocket(plateau, 3, Outline.circle(160, 50, 6))
    post = samples.drill(160, 50, 6)
    below = samples.pocket(Outline.rectangle(220, 20, 280, 80), 4, Outline.circle(250, 50, 8), side="bottom")
    through = samples.drill(250, 50, 8)
    features = (hole, step, bore, ring, shallow, post, below, through)
    pattern = FlatPattern(Outline.rectangle(0, 0, 300, 100), features, samples.THICKNESS, "y", Pose())
    (found,), remarks = find_parts(
        read_drawing(flat_dxf(samples.part(pattern=pattern)), "a.dxf"), "a.dxf", samples.THICKNESS
    )
    assert_same(replace(found, grain="y"), tidy(pattern))
    assert remarks == ()


@st.composite
def flat_patterns(draw: st.DrawFn) -> FlatPattern:
    """A panel of columns: in each a hole or a pocket, perhaps with an island, deeper pocket or drill."""
    thickness = samples.THICKNESS
    count = draw(st.integers(1, 6))
    features: list[Feature] = []
    for i in range(count):
        x = 10 + 60.0 * i
        w, h = draw(st.floats(12, 50)), draw(st.floats(12, 80))
        depth = draw(st.integers(5, 110)) / 10
        side: Literal["top", "bottom"] = draw(st.sampled_from(["top", "bottom"]))
        what = draw(st.sampled_from(["slot", "drill", "bore", "pocket", "island", "deeper", "drained"]))
        outline = samples.rounded(x, 10, x + w, 10 + h, draw(st.floats(0.5, 5)))
        inner = Outline.circle(x + w / 2, 10 + h / 2, draw(st.floats(2, 9)))
        if what == "slot":
            features.append(samples.hole(outline))
        elif what == "drill":
            features.append(Feature("drill", "top", thickness, Region(inner), True))
        elif what == "bore":
            features.append(Feature("drill", side, depth, Region(inner), False))
        elif what == "pocket":
            features.append(samples.pocket(outline, depth, side=side))
        else:
            features.append(samples.pocket(outline, depth, inner, side=side))
        if what == "deeper" and depth < 10.5:
            features.append(samples.pocket(inner, depth + 0.5, side=side))
        if what == "drained":
            features.append(Feature("drill", "top", thickness, Region(inner), True))
    contour = samples.rounded(0, 0, 20 + 60 * count, 100, draw(st.floats(1, 8)))
    return FlatPattern(contour, tuple(features), thickness, draw(st.sampled_from([None, "x", "y"])), Pose())


@settings(max_examples=60)
@given(flat_patterns())
def test_every_flat_pattern_reads_back(pattern: FlatPattern) -> None:
    data = flat_dxf(samples.part(pattern=pattern))
    (found,), _ = find_parts(read_drawing(data, "a.dxf"), "a.dxf", samples.THICKNESS)
    assert_same(replace(found, grain=pattern.grain), tidy(pattern))


@settings(max_examples=30)
@given(flat_patterns(), st.sampled_from(["opendesk", "wikihouse"]))
def test_published_layer_names_read_back(
    pattern: FlatPattern, scheme: Literal["opendesk", "wikihouse"]
) -> None:
    document = drawn.new()
    for mark in part_marks(pattern):
        drawn.polyline(document.modelspace(), mark.outline, layer_name(mark.layer, scheme))
    (found,), _ = find_parts(read_drawing(drawn.saved(document), "a.dxf"), "a.dxf", samples.THICKNESS)
    assert found.volume == pytest.approx(pattern.volume, rel=1e-8)
    told = sorted((f.side, round(f.depth, 6), f.through) for f in found.features)
    assert told == sorted((f.side, f.depth, f.through) for f in pattern.features)


@pytest.mark.parametrize("write", [drawn.polyline, drawn.soup])
def test_outermost_outlines_are_parts_and_what_lies_in_them_are_holes(tmp_path: Path, write: Draw) -> None:
    ring = Outline.rectangle(400, 100, 600, 300)
    data = drawing(
        ("0", PLATE),
        ("0", Outline.circle(50, 50, 8)),
        ("0", Outline.circle(150, 100, 60)),
        ("0", Outline.rectangle(20, 150, 80, 160)),
        ("0", ring),
        ("0", Outline.rectangle(420, 120, 580, 280)),
        ("0", Outline.circle(500, 200, 100)),  # a disc that lies in the ring's hole
        write=write,
    )
    plate, frame, disc = read(folder(tmp_path, side=data))
    assert [p.name for p in (plate, frame, disc)] == ["side-1", "side-2", "side-3"]
    assert plate.flat_pattern is not None
    kinds = sorted(f.kind for f in plate.flat_pattern.features)
    assert kinds == ["drill", "hole", "hole"]
    assert all(f.through and f.depth == samples.THICKNESS for f in plate.flat_pattern.features)
    assert frame.flat_pattern is not None
    assert frame.flat_pattern.outline.bounds == pytest.approx((0, 0, 200, 200))
    assert frame.volume == pytest.approx((200**2 - 160**2) * samples.THICKNESS)
    assert disc.volume == pytest.approx(math.pi * 2500 * samples.THICKNESS)


def test_a_part_lies_at_the_origin_wherever_it_was_drawn() -> None:
    far = samples.rounded(5_000_000, -3_000_000, 5_000_400, -2_999_750, 20)
    (pattern,) = patterns(("0", far), ("0", Outline.circle(5_000_030, -2_999_970, 8)))
    assert pattern.outline.bounds == pytest.approx((0, 0, 400, 250), abs=1e-6)
    assert pattern.outline.area > 0
    assert pattern.features[0].region.outline.circle_of == pytest.approx((30, 30, 8), abs=1e-5)


def test_layers_that_tell_win_over_what_lies_in_what() -> None:
    (pattern,), remarks = find_parts(
        read_drawing(
            drawing(
                ("frame", Outline.rectangle(-50, -50, 700, 700)),
                ("CUT-OUTSIDE-18.0MM", PLATE),
                ("cut-inside-18mm", Outline.rectangle(10, 10, 60, 30)),
                ("TOP-POCKET-6.0MM", Outline.rectangle(100, 10, 160, 60)),
                ("other", Outline.circle(200, 100, 10)),
                ("DONOTCUT", Outline.rectangle(0, 300, 50, 350)),
                ("0", Outline.rectangle(400, 0, 500, 100)),
            ),
            "a.dxf",
        ),
        "a.dxf",
        17.7,
    )
    assert pattern.size == (300, 200)
    assert sorted((f.kind, f.depth, f.through) for f in pattern.features) == [
        ("drill", 17.7, True),
        ("hole", 17.7, True),
        ("pocket", 6.0, False),
    ]
    assert len(remarks) == 2  # the frame and the lone square


def test_an_outline_on_two_layers_is_what_the_telling_one_says() -> None:
    pocket = Outline.rectangle(100, 10, 160, 60)
    (pattern,) = patterns(
        ("0", PLATE), ("CUT-OUTSIDE-18.0MM", PLATE), ("0", pocket), ("POCKET-5.0MM", pocket)
    )
    assert [(f.kind, f.depth) for f in pattern.features] == [("pocket", 5.0)]


def test_what_is_cut_away_already_is_not_cut_twice() -> None:
    hole = Outline.rectangle(50, 50, 150, 150)
    (pattern,) = patterns(
        ("CUT-OUTSIDE-18.0MM", PLATE),
        ("CUT-INSIDE-18.0MM", hole),
        ("POCKET-5.0MM", Outline.rectangle(80, 80, 100, 100)),
        ("POCKET-9.0MM", Outline.rectangle(200, 50, 280, 150)),
        ("POCKET-4.0MM", Outline.rectangle(220, 80, 240, 100)),
    )
    assert pattern.volume == pytest.approx(300 * 200 * 18 - 100 * 100 * 18 - 80 * 100 * 9)


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ([(0, 0), (100, 0), (100, 60), (0, 60), (0, 0.4)], r"layer 0: the outline is open: 0\.400 mm to the"),
        (
            [(0, 0), (100, 0)],
            r"layer 0: the outline is open: 100\.000 mm to the nearest end, at \(\d+\.00, 0\.00\)",
        ),
        (
            [(0, 0), (100, 60), (100, 0), (0, 60), (0, 0)],
            r"crosses or touches itself at \(50\.00, 30\.00\) mm",
        ),
        (
            [(0, 0), (100, 0), (100, 60), (0, 60), (0, 0), (-20, 0)],
            r"more than two lines meet, at \(0\.00, 0\.00\)",
        ),
    ],
)
def test_open_and_crossing_outlines_are_told_with_their_place(
    tmp_path: Path, points: list[tuple[float, float]], message: str
) -> None:
    document = drawn.new()
    drawn.lines(document.modelspace(), points, close=False)
    at = folder(tmp_path, side=drawn.saved(document))
    with pytest.raises(CsmError, match=rf"^side\.dxf/.*{message}") as error:
        read_parts_folder(at, SHOP, "birch-ply-12")
    assert len(error.value.where) == 1
    assert error.value.remedy


def test_what_is_open_on_a_layer_that_is_not_cut_matters_not(tmp_path: Path) -> None:
    document = drawn.new()
    drawn.polyline(document.modelspace(), PLATE)
    for layer in ("NOTES", "DONOTCUT", "ENGRAVE-1.0MM", "1_ANYTOOL_1MMDEEP_LABELS"):
        drawn.lines(document.modelspace(), [(5, 5), (50, 5)], layer, close=False)
    own = read_parts_folder(folder(tmp_path, side=drawn.saved(document)), SHOP, "birch-ply-12")
    assert own.kits[0].parts[0].volume == pytest.approx(300 * 200 * samples.THICKNESS)
    assert sum("engraving" in f.problem for f in own.findings) == 2


def test_outlines_that_overlap_are_refused(tmp_path: Path) -> None:
    at = folder(tmp_path, side=drawing(("0", PLATE), ("1", Outline.rectangle(290, 50, 320, 80))))
    assert "side.dxf: two outlines overlap at (" in refused(at)
    assert "(layers 0 and 1)" in refused(at)


def test_a_hole_that_lies_in_no_part_is_refused(tmp_path: Path) -> None:
    at = folder(tmp_path, side=drawing(("0", PLATE), ("DRILL-D8.0-12.0MM", Outline.circle(400, 40, 8))))
    assert "side.dxf/layer DRILL-D8.0-12.0MM: an outline at (400.00, 40.00) mm lies in no part" in refused(at)


def test_a_drawing_without_outlines_is_refused(tmp_path: Path) -> None:
    at = folder(tmp_path, side=drawing(("NOTES", PLATE)))
    assert "side.dxf: shows no closed outline of a part (layers with outlines: NOTES)" in refused(at)


@pytest.mark.parametrize(
    ("name", "label", "quantity"),
    [
        ("side", "side", 1),
        ("side_x2", "side", 2),
        ("side x12", "side", 12),
        ("side-X3", "side", 3),
        ("side_×4", "side", 4),
        ("box2", "box2", 1),
        ("200x100", "200x100", 1),
        ("x2", "x2", 1),
    ],
)
def test_a_files_name_tells_name_and_quantity(tmp_path: Path, name: str, label: str, quantity: int) -> None:
    (part,) = read(folder(tmp_path, **{name: drawing(("0", PLATE))}))
    assert (part.name, part.quantity, len(part.poses)) == (label, quantity, quantity)


def test_a_quantity_of_nothing_is_refused(tmp_path: Path) -> None:
    at = folder(tmp_path, side_x0=drawing(("0", PLATE)))
    assert refused(at).startswith("side_x0.dxf: quantity 0 in the file's name is outside 1 to 10000")


def test_material_comes_from_folder_note_or_argument_in_this_order(tmp_path: Path) -> None:
    noted = flat_dxf(replace(samples.part(), stock="birch-ply-9"))
    at = folder(
        tmp_path,
        **{
            "birch-ply-18mm/a": drawing(("0", PLATE)),
            "birch-ply-15mm/b": noted,
            "c": noted,
            "deep/er/d": drawing(("0", PLATE)),
        },
    )
    found = {p.name: p.stock for p in read(at, sheet="birch-ply-21")}
    assert found == {
        "a": "birch-ply-18",
        "b": "birch-ply-15",
        "c": "birch-ply-9",
        "d": "birch-ply-21",
    }
    assert refused(at, sheet=None).startswith(
        "deep/er/d.dxf: tells no material; put it into a folder such as"
    )
    assert "unknown sheet 'birch-ply-22'; nearest: birch-ply-2" in refused(at, sheet="birch-ply-22")
    assert "is a bar, and a drawing's part needs a sheet" in refused(at, sheet="spruce-45x45")


def test_a_part_is_as_thick_as_the_sheet_and_a_warning_says_where_it_was_drawn_for_another(
    tmp_path: Path,
) -> None:
    at = folder(tmp_path, **{"birch-ply-18mm/side": flat_dxf(samples.part())})
    own = read_parts_folder(at, SHOP)
    thickness = SHOP.sheet("birch-ply-18").thickness
    pattern = own.kits[0].parts[0].flat_pattern
    assert pattern is not None
    assert pattern.thickness == thickness
    assert {f.depth for f in pattern.holes} == {thickness}
    assert {f.depth for f in pattern.pockets} == {4, 6, 9}
    assert [f.problem for f in own.findings] == [
        "drawn for 11.8 mm, and birch-ply-18 is 17.7 mm: slots may not fit, pockets keep their depth"
    ]


def table(at: Path, text: str) -> Path:
    (at / "parts.csv").write_text(text, encoding="utf-8")
    return at


def test_a_table_tells_what_the_drawings_do_not(tmp_path: Path) -> None:
    tall = drawing(("0", Outline.rectangle(0, 0, 200, 300)))
    at = folder(tmp_path, a=tall, b_x9=tall, c=tall, d=tall)
    table(
        at,
        "file;quantity;material;grain;label;edges;note\n"
        "a.dxf;3;birch-ply-12;length;Left side;2L;\nB_x9;4;birch-ply-9;width;b;;oak\nc;;birch-ply-18;x;;;\n",
    )
    own = read_parts_folder(at, SHOP, "birch-ply-21")
    found = [
        (p.name, p.quantity, p.stock, p.flat_pattern.grain if p.flat_pattern else "")
        for p in own.kits[0].parts
    ]
    assert found == [
        ("Left side", 3, "birch-ply-12", "y"),
        ("b", 4, "birch-ply-9", "x"),
        ("c", 1, "birch-ply-18", "x"),
        ("d", 1, "birch-ply-21", None),
    ]
    assert [(r.part, r.edges, r.note) for r in own.remarks] == [("Left side", "2L", ""), ("b", "", "oak")]


def test_one_drawing_may_be_listed_for_two_materials(tmp_path: Path) -> None:
    at = table(
        folder(tmp_path, a=drawing(("0", PLATE))),
        "file,quantity,material,label\na,2,birch-ply-9,thin\na,1,birch-ply-18,thick\n",
    )
    assert [(p.name, p.stock, p.quantity) for p in read(at)] == [
        ("thin", "birch-ply-9", 2),
        ("thick", "birch-ply-18", 1),
    ]


def test_a_table_names_the_unit_that_a_drawing_lacks(tmp_path: Path) -> None:
    document = drawn.new("R12")
    drawn.soup(document.modelspace(), Outline.rectangle(0, 0, 12, 8))
    at = folder(tmp_path, a=drawn.saved(document))
    assert refused(at).startswith("a.dxf: tells no unit")
    (part,) = read(table(at, "file,unit\na,inch\n"))
    assert part.size[:2] == pytest.approx((304.8, 203.2))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file,quantity\nsid,1\n", r"parts\.csv/row 2, column 'file': no file 'sid'; nearest: side"),
        ("file,quantity\n,1\n", r"parts\.csv/row 2, column 'file': is blank"),
        ("file,quantity\nside,0\n", r"parts\.csv/row 2, column 'quantity': '0' is no whole number"),
        ("file,material\nside,birch-ply-13\n", r"parts\.csv/row 2, column 'material': unknown sheet"),
        ("file,length\nside,10\n", r"parts\.csv/row 1: unknown column 'length'"),
        ("length,quantity\n1,1\n", r"parts\.csv/row 1: unknown column 'length'"),
    ],
)
def test_a_mistake_in_the_table_is_told_by_its_row(tmp_path: Path, text: str, message: str) -> None:
    at = table(folder(tmp_path, side=drawing(("0", PLATE))), text)
    with pytest.raises(CsmError, match=message):
        read_parts_folder(at, SHOP, "birch-ply-12")


def test_a_name_in_two_folders_is_asked_for_with_its_folder(tmp_path: Path) -> None:
    files = {"birch-ply-18mm/side": drawing(("0", PLATE)), "birch-ply-9mm/side": drawing(("0", PLATE))}
    at = folder(tmp_path, **files)
    assert [(p.name, p.stock) for p in read(at)] == [("side", "birch-ply-18"), ("side-2", "birch-ply-9")]
    assert "'side' may be birch-ply-18mm/side, birch-ply-9mm/side" in refused(
        table(at, "file,quantity\nside,2\n")
    )
    table(at, "file,quantity\nbirch-ply-9mm/side.dxf,2\n")
    assert [p.quantity for p in read(at)] == [1, 2]


def test_a_build_folder_gives_its_flat_parts_and_not_its_sheets(tmp_path: Path) -> None:
    at = folder(
        tmp_path / "stool",
        **{"flat/birch-ply-12mm/side_x2": flat_dxf(samples.part()), "sheets/sheet-1": drawing(("0", PLATE))},
    )
    own = read_parts_folder(at, SHOP)
    assert [(k.kit, [p.name for p in k.parts]) for k in own.kits] == [("stool", ["side"])]


def test_one_file_is_a_folder_of_one(tmp_path: Path) -> None:
    at = folder(tmp_path, **{"birch-ply-18mm/shelf_x2": drawing(("0", PLATE)), "b": drawing(("0", PLATE))})
    own = read_parts_folder(at / "birch-ply-18mm" / "shelf_x2.dxf", SHOP)
    assert [(k.kit, [(p.name, p.quantity, p.stock) for p in k.parts]) for k in own.kits] == [
        ("shelf_x2", [("shelf", 2, "birch-ply-18")])
    ]
    folder(at, c=drawing(("0", PLATE)))
    table(at, "file,quantity,material\nb,7,birch-ply-9\nc,1,birch-ply-9\n")
    assert read_parts_folder(at / "b.dxf", SHOP, None).kits[0].parts[0].quantity == 7


def test_a_folder_without_drawings_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == f"{tmp_path.name}: no .dxf file in it; put one DXF a part into it"
    assert "no such file or folder" in refused(tmp_path / "none")


def test_the_order_of_files_does_not_hang_on_the_disk(tmp_path: Path) -> None:
    names = ["c", "a", "b", "B2"]
    at = folder(tmp_path, **{name: drawing(("0", PLATE)) for name in names})
    assert [p.name for p in read(at)] == sorted(names)


def test_drawn_parts_can_be_nested(tmp_path: Path) -> None:
    at = folder(tmp_path, side_x2=drawing(("0", PLATE), ("0", Outline.circle(50, 50, 8))))
    stock = StockSheet(
        "s", "birch-ply-12", Outline.rectangle(0, 0, 2440, 1220), Decimal(60), None, "sheet", "x", (), "test"
    )
    shop = replace(SHOP, stock_sheets=(stock,))
    own: OwnParts = read_parts_folder(at, shop, "birch-ply-12")
    (instance,) = nest_instances(own.kits, shop)
    assert [(i.name, i.quantity) for i in instance.items] == [(f"{tmp_path.name}/side", 2)]


@pytest.mark.needs("ogr2ogr", package="gdal-bin")
def test_a_drawing_that_gdal_has_written_is_read(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text('id,Layer,WKT\n1,0,"LINESTRING (0 0,300 0,300 200,0 200,0 0)"\n')
    at = tmp_path / "parts"
    at.mkdir()
    subprocess.run(
        ["ogr2ogr", "-f", "DXF", "-oo", "GEOM_POSSIBLE_NAMES=WKT", at / "side_x3.dxf", source],
        check=True,
        capture_output=True,
    )
    (part,) = read(table(at, "file,unit\nside_x3,mm\n"))  # GDAL writes inches into every file
    assert (part.size[:2], part.quantity) == ((300, 200), 3)


@pytest.mark.needs("ogrinfo", package="gdal-bin")
def test_what_is_read_and_written_again_opens_in_gdal(tmp_path: Path) -> None:
    document = drawn.new("R2018", 1)
    drawn.soup(document.modelspace(), samples.rounded(0, 0, 400, 250, 20), scale=25.4)
    document.modelspace().add_ellipse((5, 5), (3, 0), 0.5)
    (part,) = read(folder(tmp_path, side=drawn.saved(document)))
    assert part.flat_pattern is not None
    (tmp_path / "again.dxf").write_bytes(write_dxf(part_marks(part.flat_pattern), ()))
    run = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-q", tmp_path / "again.dxf"], capture_output=True, text=True, check=True
    )
    assert run.stdout.count("LINESTRING") == 2
    assert LayerSpec("cut-outside", depth=samples.THICKNESS).name in run.stdout


def test_the_guides_table_is_read(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "makers" / "own-parts.md").read_text(encoding="utf-8")
    old = drawn.new("R12")
    drawn.soup(old.modelspace(), Outline.rectangle(0, 0, 8, 12))
    sheet = drawing(("0", PLATE))
    at = folder(tmp_path, side=sheet, back=sheet, **{"old-plan": drawn.saved(old)})
    own = read_parts_folder(table(at, re.findall(r"```csv\n(.*?)```", guide, re.DOTALL)[1]), SHOP)
    found = {
        p.name: (p.stock, p.quantity, p.flat_pattern and p.flat_pattern.grain) for p in own.kits[0].parts
    }
    assert found == {
        "back": ("birch-ply-6.5", 1, None),
        "old-plan": ("birch-ply-18", 1, "x"),
        "Side panel": ("birch-ply-18", 2, "x"),
    }
    assert [f.problem for f in own.findings] == ["drawn in inches, read as mm"]
