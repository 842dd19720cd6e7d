# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm cut as a person uses it: what is written, what is refused."""

import csv
import hashlib
import html.parser
import io
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import ezdxf
import pytest
from click.testing import CliRunner

from csmkit.cli.main import csm
from csmkit.errors import CsmError
from csmkit.export.dxf.read import read_outlines

ROOT = Path(__file__).parents[2]
SHOP = """
[[stock_sheet]]
sheet = "birch-ply-18"
size = [1500, 1000]
price = 60.00

[[offcut]]
sheet = "birch-ply-18"
size = [900, 420]
"""
TABLE = """label,length,width,quantity,material,grain
shelf,600,300,4,birch-ply-18,length
door,700,400,1,birch-ply-18,length
leg,900,,4,spruce-45x45,
"""


def words(kit_cache, *more):
    return ["--designs", str(ROOT / "designs"), "--cache", str(kit_cache), "-j", "1", "cut", *more]


@pytest.fixture
def run(kit_cache, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("my.toml").write_text(SHOP, "utf-8")
    Path("shelf.csv").write_text(TABLE, "utf-8")
    Path("big.csv").write_text("label,length,width,quantity,material\nbig,3000,300,1,birch-ply-18\n", "utf-8")
    Path("long.toml").write_text(SHOP.replace("1500", "3050"), "utf-8")
    Path("empty.csv").write_text("", "utf-8")

    def call(*more, ok=True):
        done = CliRunner().invoke(csm, words(kit_cache, *more))
        if ok:
            assert done.exit_code == 0, (done.output, done.exception)
        return done

    return call


@pytest.fixture(scope="module")
def stools(kit_cache, tmp_path_factory):
    """Two step stools, cut from the shelf's offcut and sheets of 1500 × 1000."""
    out = tmp_path_factory.mktemp("cut")
    (out / "my.toml").write_text(SHOP, "utf-8")
    more = ("step-stool=2", "--time", "2", "--workshop", str(out / "my.toml"), "--out", str(out), "--json")
    done = CliRunner().invoke(csm, words(kit_cache, *more))
    assert done.exit_code == 0, (done.output, done.exception)
    return out / "step-stool-x2"


@pytest.fixture(scope="module")
def plan(stools):
    return json.loads((stools / "plan.json").read_text("utf-8"))


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def polygon_area(points):
    ahead = [*points[1:], points[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, ahead, strict=True))) / 2


def digests(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_two_kits_need_every_part_twice_and_each_copy_lies_on_one_sheet(plan):
    need = {p["name"]: p["quantity"] for p in plan["parts"]}
    assert {"step-stool/seat": 2, "step-stool/side": 4}.items() <= need.items()
    lie = Counter(
        (item["name"], copy) for sheet in plan["sheets"] for item in sheet["items"] for copy in item["copies"]
    )
    assert lie == Counter((name, copy) for name, n in need.items() for copy in range(1, n + 1))
    assert [sheet["parts"] for sheet in plan["sheets"]] == [
        sum(len(item["copies"]) for item in sheet["items"]) for sheet in plan["sheets"]
    ]


def test_the_written_sheets_hold_the_area_that_the_plan_says(stools, plan):
    for sheet in plan["sheets"]:
        layers = read_outlines((stools / sheet["file"]).read_bytes())
        parts = [o for name, found in layers.items() if name.startswith("CUT-OUTSIDE") for o in found]
        assert len(parts) == sheet["parts"]
        [edge] = layers["SHEET"]
        assert abs(edge.area) == pytest.approx(sheet["size"][0] * sheet["size"][1])
        kept = sum(abs(o.area) for o in layers.get("OFFCUT", ()))
        assert kept == pytest.approx(sum(o["area"] for o in sheet["offcuts"]))
        assert sum(abs(o.area) for o in parts) + kept < abs(edge.area)


def test_offcuts_are_closed_shapes_with_the_mass_of_their_area(stools, plan):
    offcuts = [offcut for sheet in plan["sheets"] for offcut in sheet["offcuts"]]
    assert offcuts
    for sheet in plan["sheets"]:
        for offcut in sheet["offcuts"]:
            assert polygon_area(offcut["outline"]) == pytest.approx(offcut["area"], rel=1e-6)
            share = offcut["area"] / (sheet["size"][0] * sheet["size"][1])
            assert offcut["mass"] == pytest.approx(sheet["mass"] * share, rel=1e-6)
            assert [min(axis) for axis in zip(*offcut["outline"], strict=True)] == [0, 0]
            assert offcut["grain"] == "x"
    assert len(table(stools / "offcuts.csv")) == len(offcuts)


def test_what_the_shelf_holds_is_not_bought(run):
    shop = SHOP.replace("[900, 420]", "[1500, 1000]")
    Path("my.toml").write_text(shop, "utf-8")
    told = json.loads(run("--parts", "shelf.csv", "--workshop", "my.toml", "--time", "1", "--json").stdout)
    assert [sheet["kind"] for sheet in told["sheets"]] == ["offcut"]
    rows = table(Path("build/cut/shelf/shopping.csv"))
    assert [row["item"].startswith("spruce-45x45") for row in rows] == [True]
    assert Decimal(told["price"]["to_buy"]) == sum(Decimal(bar["price"]) for bar in told["bars"])
    assert "From your own stock: 1 × birch-ply-18-offcut-" in Path("build/cut/shelf/index.html").read_text(
        "utf-8"
    )


def test_the_price_is_what_the_opened_sheets_lose(plan):
    charge = sum(
        Decimal(sheet["price"])
        * (1 - Decimal(sum(o["area"] for o in sheet["offcuts"])) / Decimal(sheet["area"]))
        for sheet in plan["sheets"]
    )
    assert abs(Decimal(plan["price"]["total"]) - charge) < Decimal("0.01")
    full = sum(sheet["kind"] == "sheet" for sheet in plan["sheets"])
    assert Decimal(plan["price"]["to_buy"]) == 60 * full
    assert plan["currency"] == "EUR"


def test_a_plan_is_no_better_than_its_bound_and_its_files_are_those_it_names(stools, plan):
    for good in plan["goods"]:
        assert 0 < good["lower_bound"] <= good["equivalent_sheets"] + 1e-6
        cut = sum(sheet["yield"] * sheet["area"] for sheet in plan["sheets"])
        assert good["yield"] == pytest.approx(cut / sum(sheet["area"] for sheet in plan["sheets"]), abs=1e-5)
    for file in plan["files"]:
        data = (stools / file["path"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file["size"], file["sha256"])
    names = set(digests(stools))
    assert names == {f["path"] for f in plan["files"]} | {"plan.json", "index.html", "SHA256SUMS"}
    assert {"labels.pdf", "cut-list.csv", "drill-table.csv", "layouts.lock.json"} <= names


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.links = Counter(), []

    def handle_starttag(self, tag, attrs):
        self.seen[tag] += 1
        self.links += [
            value for name, value in attrs if name in ("href", "src") and tag in ("a", "img", "link")
        ]


def test_the_page_holds_every_picture_and_links_to_files_that_are_there(stools, plan):
    page = (stools / "index.html").read_text("utf-8")
    tags = Tags()
    tags.feed(page)
    assert tags.seen["svg"] == len(plan["sheets"]) + len({bar["bar"] for bar in plan["bars"]})
    assert not tags.seen["script"]
    assert tags.links
    assert all((stools / link).is_file() for link in tags.links)
    assert plan["price"]["total"] in page
    assert all(part["part"] in page for part in plan["parts"])


def test_every_sheet_comes_with_a_proven_program_and_a_page(stools, plan):
    for sheet in plan["sheets"]:
        [program] = sheet["programs"]
        proof = json.loads((stools / program["proof"]).read_text())
        assert proof["faults"] == []
        assert all((stools / path).is_file() for path in (*program["files"], program["svg"]))
        assert 3 * sheet["parts"] <= len(proof["bridges"])
    assert (stools / "setup-sheet.pdf").read_bytes().startswith(b"%PDF")


def test_a_plan_is_kept_where_no_program_can_be_made(run, monkeypatch):
    def refuse(*_):
        raise CsmError("a slot of 2 mm is below every cutter", part="shelf/door 1", remedy="add em2")

    monkeypatch.setattr("csmkit.pipeline.cut_programs.programmed", refuse)
    done = run("--parts", "shelf.csv", "--workshop", "my.toml", "--time", "1", ok=False)
    assert isinstance(done.exception, CsmError)
    assert "shelf/door 1: a slot of 2 mm" in str(done.exception)
    assert "add em2; build/cut/shelf holds the plan without programs" in str(done.exception)
    assert list(Path("build/cut/shelf").glob("sheets/*.dxf"))
    assert not Path("build/cut/shelf/gcode").exists()


def test_a_second_run_plans_nothing_and_writes_the_same_bytes(stools, kit_cache):
    before = digests(stools)
    out = stools.parent
    more = ("step-stool=2", "--time", "2", "--workshop", str(out / "my.toml"), "--out", str(out), "--json")
    done = CliRunner().invoke(csm, words(kit_cache, *more))
    told = json.loads(done.stdout)
    assert told["reused"] == ["birch-ply-18"]
    assert not told["is_new"]
    (out / "again").mkdir()
    (out / "again" / "step-stool-x2").mkdir()
    lock = (stools / "layouts.lock.json").read_bytes()
    (out / "again" / "step-stool-x2" / "layouts.lock.json").write_bytes(lock)
    sums = f"{hashlib.sha256(lock).hexdigest()}  layouts.lock.json\n"
    (out / "again" / "step-stool-x2" / "SHA256SUMS").write_text(sums, "utf-8")
    done = CliRunner().invoke(csm, words(kit_cache, *more[:-2], str(out / "again")))
    assert done.exit_code == 0, done.output
    assert digests(out / "again" / "step-stool-x2") == before


def test_parts_from_a_table_are_sawn_with_bars_beside_them(run, tmp_path):
    told = json.loads(run("--parts", "shelf.csv", "--for", "saw", "--time", "1", "--json").stdout)
    assert told["for"] == "saw"
    assert [kit["kit"] for kit in told["kits"]] == ["shelf"]
    assert sum(sheet["parts"] for sheet in told["sheets"]) == 5
    assert [sheet for sheet in told["sheets"] if sheet["file"].endswith(".dxf")] == []
    pieces = [length for bar in told["bars"] for _, length in bar["pieces"]]
    assert pieces == [900.0] * 4
    for bar in told["bars"]:
        assert sum(length for _, length in bar["pieces"]) + bar["rest"] <= bar["length"]


def test_a_saw_plan_numbers_every_cut_and_names_what_the_saw_leaves_to_do(run):
    told = json.loads(run("step-stool", "--for", "saw", "--time", "1", "--json").stdout)
    folder = Path(told["folder"])
    for sheet in told["sheets"]:
        cuts = [cut["number"] for stage in sheet["stages"] for cut in stage["cuts"]]
        assert sorted(cuts) == list(range(1, len(cuts) + 1))
        assert len(cuts) >= sheet["parts"] - 1  # a cut makes at most two pieces of one
        assert (folder / sheet["picture"]).is_file()
        assert all((folder / stage["picture"]).is_file() for stage in sheet["stages"])
    work = {part["part"]: part["remaining"] for part in told["parts"]}
    assert "4 holes d 6 (drill)" in work["seat"]
    assert {row["part"]: row["remaining_work"] for row in table(folder / "cut-list.csv")} == {
        part: "; ".join(left) for part, left in work.items()
    }


def test_engraved_names_lie_on_a_layer_that_the_machine_follows(run):
    run("--parts", "shelf.csv", "--time", "1", "--engrave")
    [sheet] = Path("build/cut/shelf/sheets").glob("*.dxf")
    assert b"ENGRAVE-0.5MM" in sheet.read_bytes()
    assert any(b"(engrave " in program.read_bytes() for program in Path("build/cut/shelf").glob("gcode/*/*"))


def test_kits_and_tables_are_planned_together_and_parts_bear_their_kits_name(run):
    run("step-stool", "--parts", "shelf.csv", "--time", "1")
    folder = Path("build/cut/shelf+step-stool")
    assert {row["kit"] for row in table(folder / "cut-list.csv")} == {"shelf", "step-stool"}
    text = next(folder.glob("sheets/*.dxf")).read_text("cp1252")
    assert "step-stool seat 1" in text
    assert "shelf door 1" in text


def test_the_lock_of_a_design_serves_a_single_kit(run):
    assert json.loads(run("step-stool", "--json").stdout)["reused"] == ["birch-ply-18"]


def test_a_good_that_is_not_sawn_is_nested_and_a_warning_says_so(run):
    Path("plate.csv").write_text(
        "label,length,width,quantity,material\nplate,200,100,2,steel-sheet-3\n", "utf-8"
    )
    told = json.loads(run("--parts", "plate.csv", "--for", "saw", "--time", "1", "--json").stdout)
    [warning] = told["warnings"]
    assert warning.startswith("plate/steel-sheet-3: is not for the saw but for")
    [written] = json.loads(next(Path("build/cut").glob("*/plan.json")).read_text("utf-8"))["warnings"]
    assert written == warning
    assert [sheet["file"].endswith(".dxf") for sheet in told["sheets"]] == [True]


def test_a_folder_with_someone_elses_files_is_refused_before_planning(run):
    Path("build/cut/shelf").mkdir(parents=True)
    Path("build/cut/shelf/diary.txt").write_text("mine", "utf-8")
    done = run("--parts", "shelf.csv", "--time", "80000", ok=False)
    assert "holds diary.txt, not written by csmkit" in str(done.exception)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "nothing to cut"),
        (("no-such-kit",), "unknown kit"),
        (("step-stool=0",), "step-stool: quantity = 0 is not a whole number from 1"),
        (("step-stool=1.5",), "quantity = 1.5 is not a whole number"),
        (("step-stool=two",), "quantity = two is not a whole number"),
        (("step-stool", "step-stool=2"), "is named twice; write step-stool=3"),
        (("step-stool:huge",), "has no preset 'huge'"),
        (("step-stool", "--set", "other.width=300"), "no kit 'other' in this order"),
        (("step-stool", "step-stool:low", "--set", "width=300"), "does not say which kit"),
        (("step-stool", "--set", "step-stool.width=9"), "width = 9 mm is outside"),
        (("--parts", "none.csv"), "cannot read the parts none.csv"),
        (("--parts", "big.csv"), "big/big: 3000.0 × 300.0 mm is larger than every sheet of birch-ply-18"),
        (("--parts", "big.csv", "--workshop", "long.toml"), "larger than the reach of router-2500x1250"),
        (("--parts", "empty.csv"), "empty.csv: the table is empty"),
        (("--parts", "."), "no .dxf file in it"),
        (("--parts", "shelf.csv", "--sheet", "cardboard"), "unknown sheet 'cardboard'"),
        (("--parts", "shelf.csv", "--parts", "shelf.csv"), "shelf: is the name of two groups of parts"),
        (("step-stool", "--time", "0"), "--time = 0 s: a search takes more than 0 s"),
    ],
)
def test_a_mistake_is_one_line_and_leaves_nothing(run, asked, said):
    done = run(*asked, ok=False)
    assert done.exit_code == 1  # the runner's; `main` makes it 2
    assert said in str(done.exception)
    assert "\n" not in str(done.exception)
    assert not Path("build").exists()


def test_a_part_too_large_for_a_file_in_inches_is_told_with_the_unit(run):
    document = ezdxf.new("R2010")
    document.header["$INSUNITS"] = 1
    document.modelspace().add_lwpolyline([(0, 0), (300, 0), (300, 200), (0, 200)], close=True)
    document.saveas("side.dxf")
    said = str(run("--parts", "side.dxf", "--sheet", "birch-ply-18", ok=False).exception)
    assert "7620.0 × 5080.0 mm is larger than every sheet" in said
    assert said.endswith("multiplied by 25.4; if it was drawn in mm, give --unit mm")


def test_whole_sheets_that_stand_in_the_store_are_not_bought(run):
    shop = '[[stock_sheet]]\nsheet = "birch-ply-18"\nsize = [1500, 1250]\nprice = 60\nquantity = 2\n'
    Path("store.toml").write_text(shop, "utf-8")
    told = json.loads(run("--parts", "shelf.csv", "--workshop", "store.toml", "--time", "1", "--json").stdout)
    assert {(s["stock"], s["at_hand"]) for s in told["sheets"]} == {("birch-ply-18-1500x1250", True)}
    assert all(row["item"].startswith("spruce") for row in table(Path("build/cut/shelf/shopping.csv")))
    assert Decimal(told["price"]["to_buy"]) == sum(Decimal(b["price"]) for b in told["bars"])


def test_too_little_stock_says_what_to_buy(run):
    shop = '[[stock_sheet]]\nsheet = "birch-ply-18"\nsize = [750, 620]\nprice = 9\nquantity = 2\n'
    Path("little.toml").write_text(shop, "utf-8")
    Path("shelf.csv").write_text(
        "label,length,width,quantity,material,grain\nshelf,600,310,4,birch-ply-18,length\n", "utf-8"
    )
    done = run("--parts", "shelf.csv", "--workshop", "little.toml", "--time", "1", ok=False)
    assert "buy at least 1 more birch-ply-18-750x620" in str(done.exception)
    assert "2 × shelf/shelf" in str(done.exception)
    assert not Path("build").exists()
