# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Programs in a build: each proven, within its sheet, the same bytes again; none that does not hold."""

import json
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import csmkit.pipeline.gcode
from csmkit.build import Builder, Store
from csmkit.commons.tiers import SUGGESTED
from csmkit.design.find import load_manifest
from csmkit.errors import CsmError
from csmkit.export.starter import write_starter
from csmkit.model.cam import ProgramText
from csmkit.pipeline import Planning, Request, build_kit

STOOL = Path(__file__).parents[2] / "designs" / "step-stool"
FAST = Planning(time_limit_s=2)
SMALL = b"""
machines = ["router-600x900"]
[thickness]
birch-ply-18 = 17.9
[[stock_sheet]]
sheet = "birch-ply-18"
size = [600, 900]
price = 20
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return Store(tmp_path_factory.mktemp("cache"))


def build(store, out, only=("gcode", "svg"), folder=STOOL, events=None, **more):
    with Builder(store, jobs=2, on_event=(events if events is not None else []).append) as builder:
        request = Request(load_manifest(folder), **{"planning": FAST, **more})
        return build_kit(builder, request, out, only)


@pytest.fixture(scope="module")
def stool(store, tmp_path_factory):
    return build(store, tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def small(store, tmp_path_factory):
    return build(store, tmp_path_factory.mktemp("small"), workshop=SMALL)


def proofs(built):
    return [json.loads(path.read_text()) for path in sorted(built.folder.glob("gcode/*/*.json"))]


@pytest.mark.parametrize("which", ["stool", "small"])
def test_every_sheet_has_a_program_and_every_program_holds(which, request):
    built = request.getfixturevalue(which)
    sheets = [layout for nesting in built.kit["nestings"] for layout in nesting["layouts"]]
    assert len(proofs(built)) == len(sheets) == sum(len(layout["programs"]) for layout in sheets)
    for proof in proofs(built):
        assert proof["faults"] == []
        assert proof["seconds"] > 60
        for name in proof["files"]:
            assert (built.folder / "gcode" / proof["machine"] / name).stat().st_size > 1000


@pytest.mark.parametrize("which", ["stool", "small"])
def test_no_cut_leaves_the_sheet_nor_goes_deeper_than_through(which, request):
    for proof in proofs(request.getfixturevalue(which)):
        x0, y0, z0, x1, y1, z1 = proof["box"]
        assert min(x0, y0) >= 0
        assert (x1, y1) <= tuple(proof["size"])
        assert -proof["thickness"] - 0.3 - 1e-3 <= z0 < -proof["thickness"]
        assert z1 <= proof["safe_z"]


def test_tabs_hold_every_part(stool):
    [proof] = proofs(stool)
    assert 3 * 5 <= proof["tabs"] <= len(proof["bridges"])  # where neighbours meet one holds both
    parts = {part for operation in proof["operations"] for part in operation["parts"]}
    assert parts == {f"step-stool/{p}" for p in ("seat 1", "side 1", "side 2", "rail 1", "rail 2")}
    assert {tab["part"] for tab in proof["bridges"]} == parts


def test_no_contour_is_cut_before_what_lies_within(stool):
    [proof] = proofs(stool)
    kinds = [operation["kind"] for operation in proof["operations"]]
    assert kinds[-1] == "outside"
    assert sum(operation["seconds"] for operation in proof["operations"]) == pytest.approx(
        proof["seconds"], rel=0.02
    )


def test_the_price_counts_the_time_of_the_programs(store, tmp_path):
    built = build(store, tmp_path, only=("gcode", "bom"))
    [cutting] = [line for line in built.kit["times"] if line["name"] == "cutting sheets"]
    [proof] = proofs(built)
    assert cutting["minutes"] == pytest.approx(proof["seconds"] / 60)
    assert "proven programs" in cutting["how"]


def test_the_header_says_kit_version_sheet_thickness_and_no_clock(small):
    [program] = small.folder.glob("gcode/router-600x900/*.nc")
    head = program.read_text().partition("G21")[0]
    for said in (
        "Step stool, step-stool",
        small.kit["version"],
        "sheet 1 of 1: birch-ply-18-600x900-1",
        "17.9 mm measured",
        "em6",
        "time:",
    ):
        assert said in head
    assert not re.search(r"\d{4}-\d\d-\d\d|\d\d:\d\d", head)


def test_the_same_inputs_give_the_same_bytes(stool, tmp_path):
    again = build(Store(tmp_path / "cache"), tmp_path / "out")
    sums = [(b.folder / "SHA256SUMS").read_text() for b in (stool, again)]
    assert sums[0] == sums[1]
    assert "setup-sheet.pdf" in sums[0]


def test_another_rate_makes_no_program_anew_but_another_rule_does(store, stool, tmp_path):
    def ran(text):
        events = []
        build(store, tmp_path, workshop=text, events=events)
        return [e.task for e in events if e.kind == "started" and "programs birch" in e.task]

    assert ran(b"[rates]\nlabour_h = 44\n") == []
    assert ran(b"[cam]\ntab_height = 2.5\n") == ["step-stool: programs birch-ply-18"]


def test_a_thread_of_the_setup_sheet_runs_through_kit_json_and_bundles(store, tmp_path):
    folder = write_starter(tmp_path, "book-rest", "build123d", SUGGESTED)
    built = build(store, tmp_path / "out", only=(), folder=folder)
    groups = {f["path"]: f["group"] for f in built.kit["files"]}
    assert groups["setup-sheet.pdf"] == "gcode"
    held = {}
    for bundle in built.kit["bundles"]:
        with zipfile.ZipFile(built.folder / bundle["path"]) as archive:
            names = [name.partition("/")[2] for name in archive.namelist()]
        held[bundle["tier"]] = {n for n in names if n.startswith(("gcode/", "moves/", "setup-sheet"))}
    made = {path for path, group in groups.items() if group == "gcode"}
    assert len(made) == 5
    assert held == {"free": set(), "basic": set(), "premium": made}


def test_a_program_that_gouges_is_never_published(store, tmp_path, monkeypatch):
    def too_deep(program, header):
        """The first pocket goes 2 mm deeper than it should."""
        [one] = real(program, header)
        head, mark, body = one.text.partition("(pocket")
        depth = min(float(w[1:]) for w in body.partition("(inside")[0].split() if w.startswith("Z"))
        return (
            ProgramText(
                one.suffix,
                one.ending,
                one.tools,
                head + mark + body.replace(f"Z{depth:g}", f"Z{depth - 2:g}", 1),
            ),
        )

    real = csmkit.pipeline.gcode.write
    monkeypatch.setattr(csmkit.pipeline.gcode, "write", too_deep)
    stale = tmp_path / "out" / "step-stool" / "default.oak-1.fault.svg"
    stale.parent.mkdir(parents=True)
    stale.write_text("of an earlier run")
    here = Builder(Store(tmp_path / "cache"), executor=lambda: ThreadPoolExecutor(1))
    with here, pytest.raises(CsmError) as caught:
        build_kit(here, Request(load_manifest(STOOL), planning=FAST), tmp_path / "out", ("gcode",))
    assert "gouge" in str(caught.value)
    assert "birch-ply-18-2440x1220-1" in str(caught.value)
    left = [p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*") if p.is_file()]
    assert left == ["step-stool/default.birch-ply-18-2440x1220-1.fault.svg"]


def test_a_sheet_that_lies_across_the_machine_is_laid_along_it(store, tmp_path):
    built = build(store, tmp_path, workshop=SMALL.replace(b"[600, 900]", b"[900, 600]"))
    [proof] = proofs(built)
    assert proof["size"] == [600, 900]
    assert [f for f in built.warnings if f.check == "machine"] == []
