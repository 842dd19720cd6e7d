# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A maker's cut list is read as what the spreadsheet shows, and a mistake is told by its row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.catalog.workshop import default_workshop
from csmkit.errors import CsmError
from csmkit.export.csv_tables import cut_list_csv
from csmkit.export.own_parts.cut_list import read_parts_csv
from csmkit.export.own_parts.kit import OwnParts
from csmkit.model import PartFacts

SHOP = default_workshop()
HEADER = "length,width,quantity,material,grain,label\n"


def read(text: str | bytes, name: str = "shelf.csv") -> OwnParts:
    return read_parts_csv(text.encode() if isinstance(text, str) else text, name, SHOP)


def parts(text: str | bytes) -> tuple[PartFacts, ...]:
    (kit,) = read(text).kits
    return kit.parts


def refused(text: str | bytes) -> str:
    with pytest.raises(CsmError) as error:
        read(text)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_row_is_a_rectangle_of_the_sheets_real_thickness() -> None:
    (shelf,) = parts(HEADER + "800,300,4,birch-ply-18,length,shelf\n")
    sheet = SHOP.sheet("birch-ply-18")
    assert shelf.size == (800, 300, sheet.thickness)
    assert shelf.quantity == len(shelf.poses) == 4
    assert shelf.mass == pytest.approx(0.8 * 0.3 * sheet.thickness / 1000 * sheet.material.density)
    assert shelf.flat_pattern is not None
    assert shelf.flat_pattern.outline.bounds == (0, 0, 800, 300)
    assert shelf.flat_pattern.outline.area == 240_000
    assert (shelf.flat_pattern.grain, shelf.process, shelf.form) == ("x", "router", "sheet")


def test_a_blank_width_is_a_piece_of_a_bar() -> None:
    (leg,) = parts(HEADER + "720,,4,spruce-45x45,,leg\n")
    assert (leg.form, leg.length, leg.size, leg.flat_pattern) == ("bar", 720, (720, 45, 45), None)
    assert leg.mass == pytest.approx(0.72 * 0.045 * 0.045 * 420)


def test_a_bar_good_makes_a_bar_though_its_width_is_given() -> None:
    (leg,) = parts(HEADER + "720,45,4,spruce-45x45,,leg\n")
    assert leg.form == "bar"
    assert "row 2, column 'width': 70 mm, but spruce-45x45 is 45 × 45 mm" in refused(
        HEADER + "720,70,4,spruce-45x45,,leg"
    )


@pytest.mark.parametrize("key", ["alu-tube-40x40x3", "steel-pipe-21.3x2.6"])
def test_tubes_weigh_what_their_wall_weighs(key: str) -> None:
    bars = {bar.key: bar for bar in SHOP.bars}
    bar = bars.get(key) or next(b for b in SHOP.bars if b.shape == "pipe")
    (piece,) = parts(f"length;quantity;material\n1000;1;{bar.key}\n")
    solid = {"tube": 4, "pipe": 3.141592653589793}[bar.shape] * (bar.width - bar.wall) * bar.wall
    assert piece.mass == pytest.approx(solid * 1000 * bar.material.density * 1e-9)
    assert piece.volume == pytest.approx(bar.section * 1000)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_spreadsheets_csv_says_the_same(delimiter: str, mark: str, end: str) -> None:
    rows = ["Length,Width,Qty,Material,Grain,Label", "812.5,300,2,birch-ply-18,l,shelf", ",,,,,", ""]
    text = mark + end.join(row.replace(",", delimiter) for row in rows)
    (shelf,) = parts(text)
    assert (shelf.size[:2], shelf.quantity, shelf.name) == ((812.5, 300), 2, "shelf")


def test_utf_16_of_older_spreadsheets_is_read_and_a_sep_line_is_no_row() -> None:
    text = 'sep=;\r\nlength;width;quantity;material;label\r\n100,5;50;1;birch-ply-9;"Größe; ""ä"""\r\n'
    (part,) = parts(text.encode("utf-16"))
    assert (part.name, part.size[0]) == ('Größe; "ä"', 100.5)
    assert "shelf.csv/row 2" in refused(text.replace("100,5", "x"))


@pytest.mark.parametrize(
    ("header", "length"),
    [
        ("length", "635"),
        ("length_mm", "635"),
        ("Length (cm)", "63.5"),
        ("L [m]", "0.635"),
        ("length in", "25"),
        ("length, inches", "25"),
        ("length_ft", "2 1/12"),
        ("length", "25 in"),
        ("length", "2 1/12'"),
        ("length_m", "63.5cm"),
        ("length_in", "24 4/4"),
    ],
)
def test_lengths_of_every_unit_become_mm(header: str, length: str) -> None:
    (part,) = parts(f'"{header}";quantity;stock\n{length};1;spruce-45x45\n')
    assert part.length == pytest.approx(635, abs=1e-9)


def test_one_unit_in_the_header_holds_for_the_columns_that_name_none() -> None:
    (part,) = parts("length (in),width,quantity,material\n10,5,1,birch-ply-9\n")
    assert part.size[:2] == pytest.approx((254, 127))
    assert "different units" in refused(
        "length_in,width_mm,thickness,quantity,material\n10,5,9,1,birch-ply-9"
    )


def test_a_unit_column_holds_for_its_row() -> None:
    one, two = parts("length,quantity,material,unit,label\n10,1,spruce-45x45,in,a\n10,1,spruce-45x45,cm,b\n")
    assert (one.length, two.length) == (254, 100)
    assert "row 2, column 'unit': unknown unit 'ell'" in refused(
        "length,quantity,material,unit\n1,1,spruce-45x45,ell"
    )


@given(st.floats(10, 9999).map(lambda v: round(v, 3)), st.sampled_from([",", "."]))
def test_decimal_comma_and_point_mean_the_same(value: float, mark: str) -> None:
    number = f"{value:.3f}".replace(".", mark)
    (part,) = parts(f"length;quantity;material\n{number};1;spruce-45x45\n")
    assert part.length == value


@pytest.mark.parametrize(
    ("word", "grain"),
    [
        *((word, "x") for word in ("length", "L", "yes", "x")),
        *((word, "y") for word in ("Width", "w", "y")),
        *((word, None) for word in ("", "no", "none")),
    ],
)
def test_grain_runs_along_the_named_side(word: str, grain: str | None) -> None:
    (part,) = parts(HEADER + f"80,30,1,birch-ply-9,{word},a\n")
    assert part.flat_pattern is not None
    assert part.flat_pattern.grain == grain


def test_a_good_without_grain_leaves_the_part_free() -> None:
    mdf = next(s for s in SHOP.sheets if not s.material.has_grain)
    (part,) = parts(HEADER + f"80,30,1,{mdf.key},length,a\n")
    assert part.flat_pattern is not None
    assert part.flat_pattern.grain is None


def test_equal_rows_add_up_and_unequal_ones_of_one_name_are_numbered() -> None:
    text = HEADER + "80,30,1,birch-ply-9,,a\n80,30,2,birch-ply-9,,a\n80,31,1,birch-ply-9,,a\n"
    own = read(text)
    assert [(p.name, p.quantity, len(p.poses)) for p in own.kits[0].parts] == [("a", 3, 3), ("a-2", 1, 1)]
    assert [f.level for f in own.findings] == ["warning"]
    assert "'a-2'" in str(own.findings[0])


def test_a_number_that_a_label_has_already_is_not_given_again() -> None:
    text = HEADER + "80,30,1,birch-ply-9,,a-2\n80,30,1,birch-ply-9,,a\n80,31,1,birch-ply-9,,a\n"
    assert [p.name for p in parts(text)] == ["a-2", "a", "a-3"]


def test_rows_without_a_label_are_named_by_their_row() -> None:
    assert [p.name for p in parts(HEADER + "80,30,1,birch-ply-9\n\n90,30,1,birch-ply-9\n")] == [
        "row-2",
        "row-4",
    ]


def test_edges_and_notes_are_kept_for_the_labels() -> None:
    own = read(
        "length,width,qty,material,label,edge banding,notes\n"
        "80,30,1,birch-ply-9,a,2L 1W,top face\n9,9,1,birch-ply-9,b,,\n"
    )
    assert [(r.kit, r.part, r.edges, r.note) for r in own.remarks] == [("shelf", "a", "2L 1W", "top face")]


def test_a_kit_column_makes_several_kits() -> None:
    own = read(
        "length,width,qty,material,name,kit\n80,30,1,birch-ply-9,a,bed\n80,30,1,birch-ply-9,a,desk\n80,30,1,birch-ply-9,b,bed\n"
    )
    assert [(k.kit, [p.name for p in k.parts]) for k in own.kits] == [("bed", ["a", "b"]), ("desk", ["a"])]


@pytest.mark.parametrize(
    ("name", "kit"), [("my shelf.csv", "my shelf"), (".csv", "csv"), ("a:b.csv", "a_b"), ("…", "…")]
)
def test_a_kit_is_named_by_the_file(name: str, kit: str) -> None:
    own = read(HEADER + "80,30,1,birch-ply-9,,a\n", name)
    assert own.kits[0].kit == kit


def test_material_and_thickness_name_a_sheet_together() -> None:
    (part,) = parts("length,width,thickness,qty,material\n80,30,12,1,Birch plywood\n")
    assert part.stock == "birch-ply-12"
    assert "15 mm, but birch-ply-12 is 12 mm" in refused(
        "length,width,thickness,qty,material\n8,3,15,1,birch-ply-12"
    )


def test_our_own_cut_list_reads_back() -> None:
    text = (
        HEADER
        + "800,300,4,birch-ply-18,length,shelf\n300,200,1,birch-ply-12,width,back\n720,,4,spruce-45x45,,leg\n"
    )
    (kit,) = read(text).kits
    again = read(cut_list_csv(kit, SHOP)).kits[0]
    assert again.parts == kit.parts


@pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "1,5", "two", "", "1e3", "99999", "½", "nan"])
def test_a_quantity_that_is_no_count_is_told_by_its_row(quantity: str) -> None:
    text = "length;width;quantity;material\n80;30;1;birch-ply-9\n\n80;30;" + quantity + ";birch-ply-9\n"
    message = refused(text)
    assert message.startswith("shelf.csv/row 4, column 'quantity': ")
    assert quantity in message
    assert "; " in message


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "400,300,1,birch-ply-17",
            r"column 'material': unknown sheet or bar 'birch-ply-17'; nearest: .*birch-ply-18",
        ),
        ("400,,1,spruce-45x46", r"column 'material': unknown bar 'spruce-45x46'; nearest: spruce-45x45"),
        ("400,,1,birch-ply-18", r"column 'width': is blank, and birch-ply-18 is a sheet"),
        (",300,1,birch-ply-18", r"column 'length': is blank"),
        ("400,300,1,", r"column 'material': is blank"),
        ("wide,300,1,birch-ply-18", r"column 'length': 'wide' is no length"),
        ("400,-3,1,birch-ply-18", r"column 'width': '-3' is -3 mm, below 1 mm"),
        ("400,0,1,birch-ply-18", r"column 'width': '0' is 0 mm, below 1 mm"),
        (
            "400 ell,300,1,birch-ply-18",
            r"column 'length': unknown unit 'ell' in '400 ell'; known: mm, cm, m, in",
        ),
        ("1/0,300,1,birch-ply-18", r"column 'length': '1/0' is no length"),
        ('"12,5",300,1,birch-ply-18', r"column 'length': '12,5' is no length"),
        ("12,5,300,5,1,birch-ply-18,,side", r"has 'side' where the header names no column; a decimal comma"),
        ("400,300,1,birch-ply-18,diagonal", r"column 'grain': unknown grain 'diagonal'; write length, width"),
        ("400,,1,spruce-45x45,width", r"column 'grain': the grain of spruce-45x45 runs along its length"),
        ('400,300,1,"birch-ply-18', r"can't be read on"),
    ],
)
def test_a_mistake_is_one_line_with_its_row_and_a_remedy(row: str, message: str) -> None:
    found = refused(HEADER + row)
    assert re.match(rf"shelf\.csv/row 2[,:].*{message}", found), found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the table is empty"),
        ("\n\n", "the table is empty"),
        (HEADER, "no rows below its header"),
        ("lenght,width,quantity\n1,2,3", r"row 1: unknown column 'lenght'; nearest: length"),
        ("length,l,quantity\n1,2,3", r"row 1: columns 'length' and 'l' both give the length"),
        ("length,width\n1,2", r"row 1: the header lacks quantity"),
        ("length_ell,quantity\n1,2", r"row 1: unknown unit 'ell' in column 'length_ell'; known: mm"),
        ("length,quantity,colour\n1,2,red", r"row 1: unknown column 'colour'"),
    ],
)
def test_a_table_that_is_none_is_refused(text: str, message: str) -> None:
    assert re.search(message, refused(text))


def test_a_point_for_thousands_beside_a_decimal_comma_is_refused() -> None:
    message = refused("length;quantity;material\n1,5 m;2;spruce-45x45\n1.200;1;spruce-45x45")
    assert "row 3, column 'length': '1.200' has a decimal point, row 2 a decimal comma" in message


def test_a_point_that_may_mark_thousands_is_asked_about() -> None:
    message = refused("length;quantity;material\n1.200;1;spruce-45x45")
    assert "row 2, column 'length': '1.200' may be a thousand or a decimal; write 1200 or 1.2" in message
    (part,) = parts("length,quantity,material\n2.125,1,spruce-45x45")  # commas between cells: it is a point
    assert part.length == 2.125


def test_other_code_pages_are_refused_with_their_line() -> None:
    assert "row 2: not UTF-8 text; save it as CSV UTF-8" in refused(
        (HEADER + "80,30,1,birch-ply-9,,Tür").encode("cp1252")
    )


@given(st.text(max_size=200))
def test_any_text_is_parts_or_one_line(text: str) -> None:
    for header in ("", HEADER):
        try:
            own = read(header + text)
        except CsmError as error:
            lines = str(error).splitlines()
        else:
            lines = [k.kit for k in own.kits]
        assert len(lines) == 1


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xfe", b"\xef\xbb\xbf", HEADER.encode()]))
def test_any_bytes_are_parts_or_one_line(data: bytes, start: bytes) -> None:
    try:
        lines = [k.kit for k in read(start + data).kits]
    except CsmError as error:
        lines = str(error).splitlines()
    assert len(lines) == 1


def test_a_number_beyond_all_measure_is_no_length() -> None:
    assert "is no length" in refused(HEADER + "9" * 400 + ",300,1,birch-ply-18")
    assert "is no length" in refused(HEADER + "1/" + "9" * 5000 + ",300,1,birch-ply-18")


def test_the_guides_example_is_read_without_a_warning() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "makers" / "own-parts.md").read_text(encoding="utf-8")
    example = re.findall(r"```csv\n(.*?)```", guide, re.DOTALL)[0]
    own = read(example)
    assert [(p.name, p.quantity, p.form) for p in own.kits[0].parts] == [
        ("shelf", 4, "sheet"),
        ("side", 2, "sheet"),
        ("back", 1, "sheet"),
        ("leg", 4, "bar"),
    ]
    assert len(own.remarks) == 2
    assert own.findings == ()


def test_the_first_mistake_is_told_and_the_rows_of_the_others() -> None:
    good = "400,300,1,birch-ply-18,,\n"
    one = refused(HEADER + "400,300,0,birch-ply-18,,\n" + good)
    assert "shelf.csv/row 2, column 'quantity'" in one
    assert "also" not in one
    told = refused(
        HEADER + good + "400,x,1,birch-ply-18,,\n" + good + "400,300,1,brich,,\n" + 2 * "1,1,,,,\n"
    )
    assert "shelf.csv/row 3, column 'width'" in told
    assert told.endswith("; mistakes also in rows 5, 6, 7")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "400,300,2,birch-ply-18\n",
            "row 1: names no column: '400, 300, 2, birch-ply-18'; begin with a header",
        ),
        ("PK\x03\x04", "shelf.csv: is no CSV but a spreadsheet; save it as CSV UTF-8"),
        (
            HEADER + "400,300,2,birch plywood,,\n",
            "doesn't say which of 8 thicknesses; write its key, birch-ply-",
        ),
    ],
)
def test_a_usual_slip_is_told_by_what_to_do(text: str, told: str) -> None:
    assert told in refused(text)
