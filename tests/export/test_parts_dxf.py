# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A folder of drawings becomes the parts drawn in it: our own files exactly, others' by what lies in what."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import drawn
import export_samples as samples
import pytest
from drawn_folders import PLATE, SHOP, drawing, folder, read, refused

from csmkit.errors import CsmError
from csmkit.export.dxf.layers import LayerSpec
from csmkit.export.dxf.write import flat_dxf, part_marks, write_dxf
from csmkit.export.own_parts.drawings import read_parts_folder
from csmkit.export.own_parts.kit import OwnParts
from csmkit.model import Outline, StockSheet
from csmkit.nest.cut_list import nest_instances


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
    assert own.findings == ()  # the table names the unit that is not mm: no guess to warn of


def test_a_file_that_says_inches_is_scaled_and_the_warning_tells_what_to_do_if_it_is_wrong(
    tmp_path: Path,
) -> None:
    document = drawn.new()
    document.header["$INSUNITS"] = 1
    drawn.polyline(document.modelspace(), PLATE, "0")
    at = folder(tmp_path, side=drawn.saved(document))
    said = read_parts_folder(at, SHOP, "birch-ply-12")
    assert said.kits[0].parts[0].size[:2] == (300 * 25.4, 200 * 25.4)
    assert [(f.problem, f.remedy) for f in said.findings] == [
        (
            "the file says inches: its lengths were multiplied by 25.4",
            "if it was drawn in mm, give --unit mm",
        )
    ]
    told = read_parts_folder(at, SHOP, "birch-ply-12", "mm")
    assert told.kits[0].parts[0].size[:2] == (300, 200)
    assert told.findings == ()
