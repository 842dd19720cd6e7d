# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A kit from its folder to its files: the contract, what is rebuilt when, and bytes that repeat."""

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from decimal import Decimal

import pytest

from csmkit.build import Builder, Store
from csmkit.catalog.workshop import template
from csmkit.commons.tiers import SUGGESTED
from csmkit.design.find import load_manifest
from csmkit.errors import CsmError
from csmkit.export.starter import write_starter
from csmkit.pipeline import Planning, Refused, Request, build_kit, check_kit

FAST = Planning(time_limit_s=2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_starter(tmp_path_factory.mktemp("designs"), "book-rest", "cadquery", SUGGESTED)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return Store(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def events():
    return []


@pytest.fixture
def builder(store, events):
    with Builder(store, jobs=2, on_event=events.append) as made:
        yield made


def ran(events):
    return [e.task for e in events if e.kind == "started"]


def request(folder, **more):
    return Request(load_manifest(folder), **{"planning": FAST, **more})


@pytest.fixture
def built(builder, folder, tmp_path):
    return build_kit(builder, request(folder), tmp_path / "out")


def test_the_folder_holds_what_the_contract_promises(built):
    names = {p.relative_to(built.folder).as_posix() for p in built.folder.rglob("*") if p.is_file()}
    assert {
        "kit.json",
        "bom.csv",
        "price.csv",
        "cut-list.csv",
        "drill-table.csv",
        "assembly.step",
        "assembly.glb",
        "viewer.json.gz",
        "parts/base.step",
        "parts/base.stl",
        "parts/back.step",
        "drawings/base.svg",
        "flat/birch-ply-12mm/base_x1.dxf",
        "flat/birch-ply-12mm/back_x1.svg",
        "sheets/birch-ply-12-2440x1220-1.dxf",
        "sheets/birch-ply-12-2440x1220-1.svg",
        "gcode/router-2500x1250/birch-ply-12-2440x1220-1.ngc",
        "gcode/router-2500x1250/birch-ply-12-2440x1220-1.json",
        "gcode/router-2500x1250/birch-ply-12-2440x1220-1.svg",
        "setup-sheet.pdf",
        "book.pdf",
        "book-letter.pdf",
        "okh.toml",
        "instructions.md",
        "README.md",
        "LICENSES/CERN-OHL-S-2.0.txt",
        "bundles/book-rest-0.1.0-default-free.zip",
        "bundles/book-rest-0.1.0-default-basic.zip",
        "bundles/book-rest-0.1.0-default-premium.zip",
        "SHA256SUMS",
    } <= names
    for line in (built.folder / "SHA256SUMS").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((built.folder / name).read_bytes()).hexdigest() == digest


def test_kit_json_agrees_with_the_files_and_with_itself(built):
    kit = json.loads((built.folder / "kit.json").read_text())
    for file in kit["files"] + kit["bundles"]:
        assert (built.folder / file["path"]).stat().st_size == file["size"]
    assert sum(Decimal(line["amount"]) for line in kit["price"]["lines"]) == Decimal(kit["price"]["total"])
    assert kit["mass"] == pytest.approx(sum(line["mass"] for line in kit["bom"]), abs=1e-6)
    placed = [p for n in kit["nestings"] for layout in n["layouts"] for p in layout["placements"]]
    assert len(placed) == sum(p["quantity"] for p in kit["parts"])
    assert {b["item"]: b["quantity"] for b in kit["bought"]} == {"DIN 7997 4x40": 3}
    # base and back of 12 mm birch, 300 × 200 and 300 × 180, less the groove and three holes
    assert kit["mass"] == pytest.approx(0.9, abs=0.15)


def test_the_free_bundle_builds_the_same_files_again(built, tmp_path):
    free = built.folder / "bundles/book-rest-0.1.0-default-free.zip"
    with zipfile.ZipFile(io.BytesIO(free.read_bytes())) as archive:
        archive.extractall(tmp_path)
    [top] = tmp_path.glob("book-rest-*")
    command = next(
        line.strip(" `$") for line in (top / "README.md").read_text().splitlines() if "csm build" in line
    )
    again = csm(*command.split()[1:], "--only", "step,dxf", cwd=top, cache=tmp_path / "cache")
    assert again.returncode == 0, again.stderr
    for name in ("parts/base.step", "flat/birch-ply-12mm/base_x1.dxf"):
        assert (top / "build/book-rest/default" / name).read_bytes() == (built.folder / name).read_bytes()


def test_an_unchanged_kit_runs_nothing_and_writes_nothing(builder, folder, events, tmp_path):
    build_kit(builder, request(folder), tmp_path)
    events.clear()
    again = build_kit(builder, request(folder), tmp_path)
    assert ran(events) == []
    assert not again.is_new


def test_another_labour_rate_changes_the_price_and_rebuilds_no_solid(
    builder, folder, events, tmp_path, built
):
    text = template().replace("labour_h = 22", "labour_h = 44")
    assert text != template()
    build_kit(builder, request(folder, workshop=template().encode()), tmp_path / "a")
    events.clear()
    dearer = build_kit(builder, request(folder, workshop=text.encode()), tmp_path / "b")
    assert Decimal(dearer.kit["price"]["total"]) > Decimal(built.kit["price"]["total"])
    assert {task.removeprefix("book-rest: ") for task in ran(events)} <= {
        "workshop",
        "limits",
        "cut list",
        "price",
        "price list",
        "lists",
        "data",
        "book a4 en",
        "book us-letter en",
        "bundles",
    }


def test_another_parameter_reaches_only_what_depends_on_it(builder, folder, events, tmp_path, built):
    events.clear()
    build_kit(builder, request(folder, given={"height": "200"}), tmp_path)
    assert "book-rest: back STEP" in ran(events)
    assert "book-rest: base STEP" not in ran(events)


def test_only_some_formats_are_written_when_asked(builder, folder, tmp_path):
    made = build_kit(builder, request(folder), tmp_path, ("dxf",))
    kinds = {p.suffix for p in made.folder.rglob("*") if p.is_file()}
    assert kinds == {".dxf", ".json", ""}


def test_a_limit_that_does_not_hold_stops_the_build_with_value_and_limit(builder, folder, tmp_path):
    deep = request(folder, given={"height": 300, "depth": 120})
    with pytest.raises(Refused) as caught:
        build_kit(builder, deep, tmp_path, ["bom"])
    assert "depth behind which it tips backwards = 0.4 is below its least, 0.5" in str(caught.value)
    assert not (tmp_path / "book-rest").exists()
    [finding] = check_kit(builder, deep)
    assert finding.check == "limit"


def test_a_part_larger_than_every_sheet_is_found_with_its_size(builder, folder):
    shop = b'[[stock_sheet]]\nsheet = "birch-ply-12"\nsize = [250, 250]\nprice = 3\n'
    findings = check_kit(builder, request(folder, workshop=shop))
    assert any(
        f.check == "stock" and f.part == "base" and "larger than every sheet" in f.problem for f in findings
    )


def test_a_sheet_beyond_the_reach_of_the_machine_is_sawn_first(builder, folder, tmp_path):
    asked = request(folder, workshop=b'machines = ["router-600x900"]\n')
    [finding] = check_kit(builder, asked)
    built = build_kit(builder, asked, tmp_path, ["gcode", "dxf", "svg"])
    assert (finding,) == built.warnings
    assert (finding.level, finding.part) == ("warning", "birch-ply-12-2440x1220")
    assert "2440 × 1220 mm is larger than the reach of router-600x900, 600 × 900 mm" in finding.problem
    [layout] = built.kit["nestings"][0]["layouts"]
    [panel] = layout["panels"]
    assert panel["size"] in ([900, 600], [600, 900])
    assert [cut["fence"] for cut in layout["first_cuts"]][-1] in panel["size"]
    [program] = layout["programs"]
    assert program["panel"] == 1
    proof = json.loads((built.folder / program["proof"]).read_text())
    assert proof["size"] == [600, 900]
    assert "saw this panel out of the sheet first" in proof["notes"][0]
    assert ">panel 1<" in (built.folder / layout["svg"]).read_text()
    assert (built.folder / panel["dxf"]).is_file()


def test_limited_stock_without_room_is_told_before_any_plan(builder, folder):
    shop = b'[[stock_sheet]]\nsheet = "birch-ply-12"\nsize = [320, 260]\nprice = 3\nquantity = 1\n'
    [finding] = check_kit(builder, request(folder, workshop=shop))
    assert "the parts fill 0.11 m² of sheet birch-ply-12, the stock has 0.08 m²" in finding.problem


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"preset": "huge"}, "has no preset 'huge'"),
        ({"given": {"widht": "3"}}, "did you mean width"),
        ({"given": {"width": "nan"}}, "not a finite number"),
        ({"workshop": b"[cutting\n"}, "line 1"),
    ],
)
def test_bad_input_is_one_line(builder, folder, change, told):
    with pytest.raises(CsmError) as caught:
        check_kit(builder, request(folder, **change))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def csm(*words, cwd, cache, **environment):
    env = {**os.environ, "CSM_CACHE": str(cache), **environment}
    code = "from csmkit.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *words], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )


def test_two_builds_in_different_places_times_and_locales_are_the_same_bytes(folder, tmp_path):
    outs = []
    for n, environment in enumerate(
        ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C"})
    ):
        home = tmp_path / f"home {n} ü"
        home.mkdir()
        done = csm(
            "--designs", str(folder.parent), "build", "book-rest", "--time", "2", "--out", "out",
            cwd=home, cache=home / "cache", **environment,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        outs.append((home / "out/book-rest/default/SHA256SUMS").read_text())
    assert outs[0] == outs[1]


def test_the_command_line_says_mistakes_in_one_line_and_ends_with_2(folder, tmp_path):
    for words, told in (
        (("check", "book-rets"), "did you mean book-rest"),
        (("build", "book-rest", "--only", "dfx"), "did you mean dxf? choose from step, stl"),
        (("build", "book-rest", "--set", "width"), "NAME=VALUE"),
        (("build", "book-rest", "--workshop", "none.toml"), "cannot read the workshop file"),
        (("frobnicate",), "No such command"),
    ):
        done = csm("--designs", str(folder.parent), *words, cwd=tmp_path, cache=tmp_path / "cache")
        assert done.returncode == 2, done
        assert told in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_an_output_folder_that_cannot_be_made_is_told_and_nothing_is_left(builder, folder, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CsmError) as caught:
        build_kit(builder, request(folder), tmp_path / "file" / "out", ["bom"])
    assert str(tmp_path / "file") in str(caught.value)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
