# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm as a person and as a program use it."""

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from csmkit.catalog.workshop import default_workshop
from csmkit.catalog.workshop_file import read_workshop
from csmkit.cli.main import csm, main
from csmkit.cli.table import table

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(kit_cache, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*words, designs=ROOT / "designs", ok=True):
        done = CliRunner().invoke(
            csm, ["--designs", str(designs), "--cache", str(kit_cache), "-j", "1", *words]
        )
        if ok:
            assert done.exit_code == 0, (done.output, done.exception)
        return done

    return call


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Usage: csm [OPTIONS]"),
        (("stock",), "Usage: csm stock [OPTIONS]"),
        (("chek",), "csm: No such command 'chek'. Did you mean 'check'? (csm --help)\n"),
        (("build",), "csm: Missing argument 'KIT'. (csm build --help)\n"),
    ],
)
def test_who_names_no_command_gets_the_help_and_who_mistypes_one_line(monkeypatch, capsys, words, said):
    monkeypatch.setattr("sys.argv", ["csm", *words])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    told = capsys.readouterr()
    assert (told.out + told.err).startswith(said)


def test_list_names_the_kits_of_the_repository_with_presets_and_tiers(run):
    rows = {row["kit"]: row for row in json.loads(run("list", "--json").output)}
    assert {"bike-trailer", "step-stool", "fit-test"} <= set(rows)
    assert {"default", "shopping", "cargo", "long"} <= set(rows["bike-trailer"]["presets"])
    assert all(row["tiers"] == ["free", "basic", "premium"] for row in rows.values())
    assert "bike-trailer" in run("list").output


def test_show_tells_every_parameter_with_default_limits_unit_and_text(run):
    told = json.loads(run("show", "step-stool", "--json").output)
    for param in told["params"]:
        assert param["text"]
        assert param["kind"] in ("choice", "flag") or param["minimum"] <= param["value"] <= param["maximum"]
    text = run("show", "step-stool").output
    assert all(param["name"] in text for param in told["params"])


def test_check_as_json_says_whether_the_kit_can_be_made_and_ends_with_2_if_not(run):
    good = json.loads(run("check", "step-stool", "--json").output)
    assert good == {"kit": "step-stool", "can_be_made": True, "findings": []}
    Path("small.toml").write_text(
        '[[stock_sheet]]\nsheet = "birch-ply-18"\nsize = [200, 200]\nprice = 1\n', encoding="utf-8"
    )
    bad = run("check", "step-stool", "--json", "--workshop", "small.toml", ok=False)
    told = json.loads(bad.output)
    assert bad.exit_code == 2
    assert not told["can_be_made"]
    assert told["findings"][0]["check"] == "stock"


@pytest.mark.parametrize("cad", ["build123d", "cadquery"])
def test_a_new_kit_checks_as_it_is(run, tmp_path, cad):
    designs = tmp_path / "designs"
    run("new", f"my-{cad}", "--cad", cad, designs=designs)
    assert "can be made" in run("check", f"my-{cad}", designs=designs).output
    assert tomllib.loads((designs / f"my-{cad}" / "kit.toml").read_text("utf-8"))["title"] == f"My {cad}"
    again = run("new", f"my-{cad}", designs=designs, ok=False)
    assert "exists already" in str(again.exception)


@pytest.mark.parametrize("name", ["My Kit", "../kit", "kit_1", ""])
def test_a_name_that_folders_and_pages_cannot_bear_is_refused(run, tmp_path, name):
    done = run("new", name, designs=tmp_path / "designs", ok=False)
    assert "use small letters, digits and hyphens" in str(done.exception)
    assert not (tmp_path / "designs").exists()


def test_the_workshop_file_that_init_writes_is_the_default_workshop(run):
    run("workshop", "init", "my.toml")
    assert read_workshop(Path("my.toml")) == default_workshop()
    assert "exists already" in str(run("workshop", "init", "my.toml", ok=False).exception)


def test_fit_test_cuts_its_coupons_for_the_asked_cutter(run):
    made = json.loads(run("fit-test", "--tool", "3 mm", "--out", "three", "--json").output)
    assert made["workshop"]["cutter"] == 3.0  # the workshop's own is 6
    assert made["parts"][0]["stock"] == "birch-ply-12"
    assert "has no tool 'em5.5'" in str(run("fit-test", "--tool", "5.5", ok=False).exception)


def test_a_table_wraps_its_widest_column_and_keeps_every_word(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    text = table(("a", "b"), [["x", "one two three " * 10]])
    assert max(len(line) for line in text.splitlines()) <= 60
    assert text.count("three") == 10
