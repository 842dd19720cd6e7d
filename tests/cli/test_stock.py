# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm stock as a person and as a program use it, and the commands that read what it wrote."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from csmkit.cli.main import csm
from csmkit.errors import CsmError
from csmkit.pipeline.shop import with_tool

ROOT = Path(__file__).parents[2]
MY = ("--workshop", "my.toml")
STOCK = Path("my.stock.toml")
SMALL = '[[stock_sheet]]\nsheet = "birch-ply-18"\nsize = [200, 200]\nprice = 1\nquantity = 1\n'
ELL = "0,0 900,0 900,300 400,300 400,700 0,700"


@pytest.fixture
def run(kit_cache, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("my.toml").write_text("", encoding="utf-8")

    def call(*words, ok=True):
        options = ["--designs", str(ROOT / "designs"), "--cache", str(kit_cache), "-j", "1"]
        done = CliRunner().invoke(csm, [*options, *words])
        if ok:
            assert done.exit_code == 0, (done.output, done.exception)
        return done

    return call


@pytest.fixture
def refused(run):
    """The line that a refused command says; the stock file stays as it was."""

    def call(*words):
        before = STOCK.read_bytes() if STOCK.exists() else None
        done = run(*words, ok=False)
        assert isinstance(done.exception, CsmError), done.output
        assert (STOCK.read_bytes() if STOCK.exists() else None) == before
        return str(done.exception)

    return call


def rows(run):
    return json.loads(run("stock", "list", "--json", *MY).stdout)


def test_a_piece_like_one_that_the_workshops_own_file_lists_is_entered_beside_it(run):
    Path("my.toml").write_text('[[offcut]]\nsheet = "birch-ply-18"\nsize = [820, 610]\n', encoding="utf-8")
    run("stock", "add", "birch-ply-18", "820x610", *MY)
    own, added = sorted(rows(run), key=lambda row: row["id"] or "")
    assert (own["id"], own["size"], added["size"]) == (None, [820, 610], [820, 610])
    assert added["id"]


def test_what_is_added_is_listed_with_area_and_mass(run):
    run("stock", "add", "birch-ply-18", "820x610", "--grain", "y", "--quantity", "2", "--note", "rack 3", *MY)
    run("stock", "add", "birch-ply-18", "--polygon", ELL, *MY)
    run("stock", "add", "spruce-45x45", "1350", *MY)
    ell, box, bar = rows(run)
    assert (box["size"], box["grain"], box["quantity"], box["note"]) == ([820, 610], "y", 2, "rack 3")
    assert (ell["area"], ell["is_rectangle"], ell["size"]) == (900 * 300 + 400 * 400, False, [900, 700])
    assert bar["size"] == [1350]
    assert bar["mass"] == pytest.approx(1.350 * 0.045**2 * 420, rel=0.2)  # spruce: 400 to 470 kg/m³
    assert box["mass"] / box["area"] == pytest.approx(ell["mass"] / ell["area"])
    text = run("stock", "list", *MY).output
    assert "820 × 610" in text
    assert "4 pieces, 1.43 m²" in text
    assert all(row["id"] in text for row in (ell, box, bar))


@pytest.mark.parametrize("size", ["820x610", "820 X 610 mm", "820×610", "820*610"])
def test_a_size_may_be_written_as_people_do(run, size):
    run("stock", "add", "birch-ply-18", size, *MY)
    assert rows(run)[0]["size"] == [820, 610]


def test_use_takes_out_by_the_beginning_of_an_id(run):
    run("stock", "add", "birch-ply-18", "820x610", "--quantity", "3", *MY)
    key = rows(run)[0]["id"]
    moved = json.loads(run("stock", "use", f"{key[:3]}=2", "--json", *MY).stdout)["moved"]
    assert [(m["id"], m["by"], m["quantity"]) for m in moved] == [(key, -2, 1)]
    assert f"-1 birch-ply-18 820 × 610 mm: {key}, now 0" in run("stock", "use", key, *MY).output
    assert rows(run) == []
    assert "No leftovers of my.toml" in run("stock", "list", *MY).output


def test_leftovers_of_the_workshops_own_file_are_listed_and_left_to_its_owner(run, refused):
    own = '[[offcut]]\nsheet = "birch-ply-18"\nsize = [900, 500]\n[[offcut]]\nid = "long"\n'
    Path("my.toml").write_text(own + 'sheet = "birch-ply-18"\nsize = [2000, 300]\n', encoding="utf-8")
    assert [(row["id"], row["file"]) for row in rows(run)] == [("long", "my.toml"), (None, "my.toml")]
    assert refused("stock", "use", "long", *MY) == "long stands in my.toml; take it out there"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "birch-ply-81", "10x10"], "unknown sheet or bar 'birch-ply-81'; nearest: birch-ply-21"),
        (["add", "birch-ply-18", "82ox610"], "'82ox610' is no size; write 820x610"),
        (["add", "birch-ply-18", "820"], "820 is one length, birch-ply-18 is a sheet"),
        (["add", "birch-ply-18", "0x610"], "size 1 = 0.0 has to be above 0"),
        (["add", "birch-ply-18", "99999x610"], "has to be at most 20000"),
        (["add", "birch-ply-18"], "birch-ply-18 needs one shape"),
        (["add", "birch-ply-18", "9x9", "--polygon", ELL], "birch-ply-18 needs one shape"),
        (["add", "birch-ply-18", "--polygon", "0,0 900"], "'900' is no corner"),
        (["add", "birch-ply-18", "--polygon", "0,0 9,9"], "at least 3 are needed"),
        (["add", "birch-ply-18", "--polygon", "0,0 9,9 9,0 0,9"], "cross or touch"),
        (["add", "mdf-19", "500x500", "--grain", "x"], "mdf-19 has no grain"),
        (["add", "spruce-45x45", "45x1350"], "spruce-45x45 is a bar and has one length"),
        (["add", "spruce-45x45", "1350", "--grain", "x"], "its grain runs along it"),
        (["add"], "nothing to enter"),
        (["add", "birch-ply-18", "--from", "build"], "--from stands alone"),
        (["add", "--from", "nowhere"], "can't read nowhere/plan.json"),
        (["use"], "nothing to take out"),
        (["use", "zz"], "no leftover 'zz'"),
        (["use", ""], "no leftover ''"),
        (["use", "long=0"], "'0' is not a whole number from 1"),
        (["use", "long=1.5"], "'1.5' is not a whole number from 1"),
        (["use", "lo"], "lo is the beginning of long, longer"),
        (["use", "long=3"], "there are 2 of long, not 3; use long=2"),
        (["use", "longer", "longer"], "longer is named twice"),
    ],
)
def test_a_mistake_is_one_line_and_changes_nothing(run, refused, words, said):
    entry = '[[offcut]]\nid = "{}"\nsheet = "birch-ply-18"\nsize = [{}, 300]\nquantity = {}\n'
    STOCK.write_text(entry.format("long", 900, 2) + entry.format("longer", 1900, 1), encoding="utf-8")
    line = refused("stock", *words, *MY)
    assert said in line
    assert "\n" not in line


def test_a_piece_larger_than_any_sheet_is_entered_with_a_warning(run):
    done = run("stock", "add", "birch-ply-18", "8200x610", *MY)
    assert "warning: 8200 × 610 mm is larger than every birch-ply-18 that is sold" in done.output
    assert rows(run)[0]["size"] == [8200, 610]
    assert "warning" not in run("stock", "add", "birch-ply-18", "610x820", *MY).output


def test_without_a_workshop_file_the_command_says_how_to_get_one(run, refused):
    assert "`csm workshop init` writes a new file" in refused("stock", "list")


def test_every_command_counts_on_the_leftovers(run):
    Path("my.toml").write_text(SMALL, encoding="utf-8")
    before = json.loads(run("check", "step-stool", "--json", *MY, ok=False).stdout)
    assert not before["can_be_made"]
    run("stock", "add", "birch-ply-18", "2440x1220", *MY)
    assert json.loads(run("check", "step-stool", "--json", *MY).stdout)["can_be_made"]


def test_a_mistake_in_the_stock_file_is_told_with_its_name_by_every_command(run):
    STOCK.write_text('[[offcut]]\nid = "a"\nsheet = "birch-ply-81"\nsize = [9, 9]\n', encoding="utf-8")
    said = str(run("check", "step-stool", *MY, ok=False).exception)
    assert said.startswith("my.stock.toml/offcut a: unknown sheet 'birch-ply-81'; nearest: ")
    STOCK.write_text("[[offcut]]\nsheet = 3\n", encoding="utf-8")
    said = str(run("check", "step-stool", *MY, ok=False).exception)
    assert said.startswith("my.stock.toml/offcut 1, sheet: sheet = 3 is no text")


def test_another_cutter_is_told_to_the_workshop_and_not_to_its_leftovers(run):
    from csmkit.catalog.workshop_file import read_text
    from csmkit.cli.asked import read_workshop_file

    run("stock", "add", "birch-ply-18", "820x610", *MY)
    text = with_tool(read_workshop_file(Path("my.toml")), "8").decode()
    shop = read_text(text, "my.toml")
    assert shop.cutting.tool == "em8"
    assert shop.stock_sheets[0].kind == "offcut"
