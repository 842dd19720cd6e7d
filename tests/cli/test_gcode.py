# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm gcode and csm verify, as a person uses them."""

import json
import re
import shutil
from pathlib import Path

import ezdxf
import pytest
from click.testing import CliRunner

from csmkit.cli.main import csm
from csmkit.errors import CsmError
from csmkit.model.outline import Outline


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*words):
        return CliRunner().invoke(csm, ["--cache", str(tmp_path / "cache"), *words])

    return call


def draw(file: Path, layers: dict[str, list[Outline]], note: str = "birch-ply-12") -> Path:
    document = ezdxf.new("R2000", units=4)
    for layer, outlines in layers.items():
        for outline in outlines:
            document.modelspace().add_lwpolyline(
                outline.vertices, format="xyb", close=True, dxfattribs={"layer": layer}
            )
    if note:
        document.modelspace().add_text(note, dxfattribs={"layer": "NOTES"})
    document.saveas(file)
    return file


TRAY = {
    "CUT-OUTSIDE-12.0MM": [Outline.rectangle(40, 50, 160, 130)],
    "CUT-INSIDE-12.0MM": [Outline.circle(70, 90, 24)],
    "POCKET-4.0MM": [Outline.rectangle(100, 70, 140, 110)],
}


@pytest.fixture
def tray(tmp_path):
    """A plate with a round hole and a pocket, away from the drawing's zero."""
    return draw(
        tmp_path / "tray.dxf",
        TRAY,
    )


def test_a_drawing_becomes_a_proven_program_with_proof_and_picture(run, tray):
    done = run("gcode", str(tray))
    assert done.exit_code == 0, done.output
    folder = Path("build/gcode/tray")
    assert {p.name for p in folder.iterdir()} == {
        "tray.ngc",
        "tray.json",
        "tray.svg",
        "setup-sheet.pdf",
        "SHA256SUMS",
    }
    proof = json.loads((folder / "tray.json").read_text())
    assert proof["faults"] == []
    assert proof["tabs"] >= 2
    assert proof["seconds"] > 30
    assert "tray.ngc: " in done.output
    assert "(csmkit " in (folder / "tray.ngc").read_text()
    assert "(up to date)" in run("gcode", str(tray)).output


def test_the_same_drawing_gives_the_same_bytes(run, tray):
    for out in ("a", "b"):
        assert run("gcode", str(tray), "--out", out).exit_code == 0
    for file in Path("a/tray").iterdir():
        assert file.read_bytes() == (Path("b/tray") / file.name).read_bytes()


def test_the_workshop_decides_on_dialect_and_files(run, tray):
    Path("my.toml").write_text('[[machine]]\nkey = "router-600x900"\n', encoding="utf-8")
    done = run("gcode", str(tray), "--workshop", "my.toml")
    assert done.exit_code == 0, done.output
    text = Path("build/gcode/tray/tray.nc").read_text()
    assert "M6" not in text
    assert "G64" not in text


def test_its_own_program_holds_and_a_gouge_ends_with_1_and_a_picture(run, tray):
    run("gcode", str(tray))
    shutil.copy("build/gcode/tray/tray.ngc", "mine.ngc")
    good = run("verify", "mine.ngc", "--part", str(tray))
    assert good.exit_code == 0, good.output
    assert "mine.ngc: holds: " in good.output
    assert not Path("mine.ngc.fault.svg").exists()
    text = Path("mine.ngc").read_text().replace("M5\n", "G0 X100 Y60\nG1 Z-2 F300\nG0 Z5\nM5\n")
    Path("bad.ngc").write_text(text)
    bad = run("verify", "bad.ngc", "--part", str(tray))
    assert bad.exit_code == 1
    line = text.splitlines().index("G1 Z-2 F300") + 1
    assert (
        f"bad.ngc:{line} at (100.00, 60.00, -0.01) mm: gouge: em6 cuts 13.00 mm into tray/part 1"
        in bad.output
    )
    assert b"gouge" in Path("bad.ngc.fault.svg").read_bytes()
    told = json.loads(run("verify", "bad.ngc", "--part", str(tray), "--json", "--out", "f.svg").output)
    assert told["faults"][0]["kind"] == "gouge"
    assert told["picture"] == "f.svg"


def test_a_file_for_each_tool_is_proven_as_one_program(run, tray):
    Path("first.nc").write_text(FOREIGN.split("G0 X79")[0] + "M5\nM30\n")
    Path("second.nc").write_text("G90 G21\nG0 Z5\nM3 S12000\nG0 X79" + FOREIGN.split("G0 X79")[1])
    draw(tray, {layer: outlines for layer, outlines in TRAY.items() if "POCKET" not in layer})
    both = ("verify", "first.nc", "second.nc", "--part", str(tray), "--tool", "0=em6")
    done = run(*both)
    assert done.exit_code == 0, done.output
    Path("second.nc").write_text(Path("second.nc").read_text().replace("I-9.", "I-9.5"))
    done = run(*both, "--json")
    assert done.exit_code == 1
    fault = json.loads(done.stdout)["faults"][0]
    assert (fault["kind"], fault["line"], fault["text"]) == ("gouge", 6, 1)
    assert b"second.nc: gouge, line 6" in Path("first.nc.fault.svg").read_bytes()


LAYERS = """
[[layers]]
name = "outer*"
operation = "cut-outside"
[[layers]]
name = "pocket ?mm"
operation = "pocket"
depth = 4
[[layers]]
name = "holes"
operation = "drill"
[[layers]]
name = "LABELS"
operation = "engrave"
depth = 0.3
"""


def test_layers_of_other_people_mean_what_the_workshops_file_says(run, tmp_path):
    layers = {
        "Outer Cut": [Outline.rectangle(40, 50, 160, 130)],
        "pocket 4mm": [Outline.rectangle(100, 70, 140, 110)],
        "HOLES": [Outline.circle(70, 90, 6)],
        "labels": [Outline.rectangle(50, 60, 60, 65)],
        "dimensions": [Outline.circle(70, 90, 60)],
    }
    draw(tmp_path / "other.dxf", layers)
    Path("my.toml").write_text(LAYERS, encoding="utf-8")
    done = run("gcode", "other.dxf", "--workshop", "my.toml")
    assert done.exit_code == 0, done.output
    assert "nothing tells what is meant by layer 'dimensions'" in done.output
    proof = json.loads(Path("build/gcode/other/other.json").read_text())
    kinds = {row["kind"]: row["cuts"] for row in proof["operations"]}
    assert kinds == {"engrave": 1, "drill": 1, "pocket": 1, "outside": 1}
    assert "no layer tells what to cut" in str(run("gcode", "other.dxf", "--out", "g").exception)


def test_a_drawing_whose_layers_tell_nothing_is_refused(run, tmp_path):
    draw(tmp_path / "plain.dxf", {"0": [Outline.rectangle(40, 50, 160, 130)]})
    done = run("gcode", "plain.dxf")
    assert "no layer tells what to cut (layers with lines: '0')" in str(done.exception)
    assert "[[layers]]" in str(done.exception)
    assert not Path("build").exists()


def test_a_mistake_in_every_line_is_told_a_few_times_with_its_count(run, tray):
    run("gcode", str(tray))
    program = Path("build/gcode/tray/tray.ngc").read_text(encoding="utf-8")
    Path("deep.ngc").write_text(re.sub(r"Z-(\d)", r"Z-4\1", program), encoding="utf-8")
    lines = run("verify", "deep.ngc", "--part", str(tray)).stdout.splitlines()
    deep = [line for line in lines if ": depth: " in line]
    assert len(deep) == 5
    [more] = [line for line in lines if line.startswith("depth: ")]
    faults = json.loads(run("verify", "deep.ngc", "--part", str(tray), "--json").stdout)["faults"]
    assert more == f"depth: {sum(f['kind'] == 'depth' for f in faults) - 5} more; --json lists them all"


def test_pictures_of_faults_go_once_the_program_holds(run, tray):
    stale = Path("build/gcode/tray.fault.svg")
    stale.parent.mkdir(parents=True)
    stale.write_text("of an earlier run")
    other = stale.with_name("tray2.fault.svg")
    other.write_text("of another drawing")
    run("gcode", str(tray))
    assert not stale.exists()
    assert other.exists()
    shutil.copy("build/gcode/tray/tray.ngc", "mine.ngc")
    Path("mine.ngc.fault.svg").write_text("of an earlier run")
    assert run("verify", "mine.ngc", "--part", str(tray)).exit_code == 0
    assert not Path("mine.ngc.fault.svg").exists()


def test_a_drawing_in_inches_beyond_the_machine_is_told_so(run, tray):
    document = ezdxf.readfile(tray)
    document.units = 1
    document.saveas("inches.dxf")
    assert "for it says that it is drawn in inches" in str(run("gcode", "inches.dxf").exception)


FOREIGN = """\
(a program as another CAM writes it)
G90 G94 G17 G21
G0 Z5
M3 S12000
G0 X37. Y47.
G1 Z-12.1 F600.
X163. F1500.
Y133.
X37.
Y47.
G0 Z5
G0 X79. Y90.
G1 Z-12.1 F600.
G2 I-9. J0. F1500.
G0 Z5
M5
M30
"""


def test_a_program_of_another_origin_is_proven_too(run, tray):
    Path("other.nc").write_text(FOREIGN)
    done = run("verify", "other.nc", "--part", str(tray))
    assert done.exit_code == 1
    assert "leftover: pocket of tray/part 1 is not cut to 4.00 mm anywhere" in done.output
    draw(
        tray,
        {
            "CUT-OUTSIDE-12.0MM": [Outline.rectangle(40, 50, 160, 130)],
            "CUT-INSIDE-12.0MM": [Outline.circle(70, 90, 24)],
        },
    )
    done = run("verify", "other.nc", "--part", str(tray))
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("gcode none.dxf", "cannot read none.dxf"),
        ("gcode plain.dxf", "tells no material; name it with --sheet"),
        ("gcode plain.dxf --sheet birch-ply-99", "unknown sheet 'birch-ply-99'; nearest: birch-ply-"),
        ("gcode narrow.dxf", "narrow"),
        ("gcode near.dxf", "near/part 1: lies 3.0 mm from near/part 2 at (161.5, "),
        ("gcode beyond.dxf", "beyond.dxf: a part lies beyond the sheet at ("),
        ("verify two.nc --part tray.dxf", "the program uses T1, T2; tell the cutters: --tool 1=em6"),
        ("verify two.nc --part tray.dxf --tool em6", "--tool em6 is not NUMBER=KEY"),
        ("verify two.nc --part tray.dxf --tool 1=em6 --side bottom", "nothing in it is cut from below"),
    ],
)
def test_mistakes_are_one_line_and_leave_no_file(run, tray, words, said):
    square = {"CUT-OUTSIDE-12.0MM": [Outline.rectangle(40, 50, 160, 130)]}
    draw(Path("plain.dxf"), square, note="")
    draw(Path("narrow.dxf"), {**square, "POCKET-3.0MM": [Outline.rectangle(60, 60, 61, 90)]})
    close = [Outline.rectangle(40, 50, 160, 130), Outline.rectangle(163, 50, 200, 130)]
    draw(Path("near.dxf"), {"CUT-OUTSIDE-12.0MM": close})
    draw(Path("beyond.dxf"), {**square, "SHEET": [Outline.rectangle(0, 0, 100, 100)]})
    Path("two.nc").write_text("G21\nT1 M6\nG0 Z5\nT2 M6\nM30\n")
    done = run(*words.split())
    assert isinstance(done.exception, CsmError)
    assert said in str(done.exception)
    assert "\n" not in str(done.exception)
    assert not Path("build").exists()
