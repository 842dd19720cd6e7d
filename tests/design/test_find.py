# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""kit.toml and assembly.md: what they say, and how their mistakes are told."""

import subprocess
import sys

import pytest

from csmkit.design.assembly import check_assembly, load_assembly
from csmkit.design.find import find_kit, find_kits, parse_manifest, sources
from csmkit.errors import CsmError

KIT = """
title = "Stool"
summary = "A stool."
function = "to sit on"
version = "1.0.0"
license = "CERN-OHL-S-2.0"
licensors = [{ name = "A. Maker" }]
[presets.low]
height = 200
[tiers.free]
holds = ["source"]
"""
ITEMS = {"side": 2, "seat": 1, "DIN 7997 5x50": 8}


def write_kit(root, name, text=KIT):
    (root / name).mkdir(parents=True)
    (root / name / "kit.toml").write_text(text, encoding="utf-8")


def test_the_folder_is_the_key_and_default_is_always_a_preset(tmp_path):
    write_kit(tmp_path, "bench 2 ü")
    [kit] = find_kits([tmp_path])
    assert kit.key == "bench 2 ü"
    assert [p.key for p in kit.presets] == ["default", "low"]
    assert kit.preset("low").params == {"height": 200}


def test_two_kits_with_one_name_are_refused(tmp_path):
    write_kit(tmp_path / "a", "stool")
    write_kit(tmp_path / "b", "stool")
    with pytest.raises(CsmError, match="two kits have this name"):
        find_kits([tmp_path / "a", tmp_path / "b"])
    with pytest.raises(CsmError, match="two kits have this name"):
        find_kit([tmp_path / "a", tmp_path / "b"], "stool")


def test_an_unknown_kit_is_told_with_the_nearest_name(tmp_path):
    write_kit(tmp_path, "step-stool")
    with pytest.raises(CsmError, match="did you mean step-stool"):
        find_kit([tmp_path], "step-stol")


def test_files_of_windows_editors_are_read_without_the_mark_at_their_start(tmp_path):
    write_kit(tmp_path, "stool", "\ufeff" + KIT.replace("\n", "\r\n"))
    (tmp_path / "stool" / "design.py").write_text("\ufeffx = 1", encoding="utf-8")
    assert find_kit([tmp_path], "stool").title == "Stool"
    assert sources(tmp_path / "stool")["design.py"] == b"x = 1"


def test_a_folder_with_a_design_alone_is_told_what_it_lacks(tmp_path):
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench" / "design.py").write_text("")
    with pytest.raises(CsmError, match=r"bench has no kit\.toml; see csm new"):
        find_kit([tmp_path], "bench")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "Stool"', 'title = "Stool', "line 2"),
        ('title = "Stool"', "title = 3", "title = 3 is not a text"),
        ('version = "1.0.0"', 'version = "one"', "version = 'one' is not valid; write version = \"1.0.0\""),
        ('summary = "A stool."', "", "lacks summary"),
        ("[presets.low]", "colour = 3\n[presets.low]", "unknown key 'colour'"),
        ("[tiers.free]", "[tiers.gold]", "unknown tier 'gold'"),
        ('holds = ["source"]', 'holds = ["source"]\nprice-factor = -1', "price-factor = -1"),
    ],
)
def test_a_mistake_in_kit_toml_is_one_line_with_its_place(old, new, told):
    with pytest.raises(CsmError) as caught:
        parse_manifest("stool", KIT.replace(old, new).encode())
    assert told in str(caught.value)
    assert str(caught.value).startswith("stool/kit.toml: ")
    assert "\n" not in str(caught.value)


def test_the_catalog_is_read_without_kernel_and_without_running_a_design(tmp_path):
    write_kit(tmp_path, "stool")
    (tmp_path / "stool" / "design.py").write_text("raise SystemExit('it was run')")
    code = (
        "import sys; sys.argv = ['csm', '--designs', sys.argv[1], 'list', '--json']\n"
        "import atexit; atexit.register(lambda: print([m for m in sys.modules if m.split('.')[0] in"
        " ('OCP', 'build123d', 'cadquery', 'pydantic', 'numpy', 'rich')]))\n"
        "from csmkit.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert '"kit": "stool"' in done.stdout
    assert done.stdout.strip().endswith("[]")


def assembly(text):
    return load_assembly("stool", text, ITEMS)


def test_steps_that_add_everything_once_have_no_findings():
    steps = assembly(
        'Wear gloves.\n\n## Sides { adds="side, DIN 7997 5x50 *4" tools="drill, clamp" minutes=25 }\nGlue.\n'
        '```\n## not a step\n```\n## Seat { adds="seat, DIN 7997 5x50 *4" }\n'
    )
    assert check_assembly("stool", steps, ITEMS) == []
    assert steps.intro == "Wear gloves."
    assert [s.minutes for s in steps.steps] == [25, 0]
    assert steps.steps[0].adds == (("side", 2), ("DIN 7997 5x50", 4))
    assert steps.steps[0].tools == ("drill", "clamp")


@pytest.mark.parametrize(
    ("text", "item", "told"),
    [
        ('## A { adds="side, seat" }', "DIN 7997 5x50", "no step adds it"),
        (
            '## A { adds="side, seat, DIN 7997 5x50" }\n## B { adds="seat" }',
            "seat",
            "lines 1, 2 of assembly.md add 2",
        ),
        ('## A { adds="side *1, seat, DIN 7997 5x50" }', "side", "the kit has 2"),
    ],
)
def test_what_is_added_too_often_or_never_is_found(text, item, told):
    [finding] = check_assembly("stool", assembly(text), ITEMS)
    assert finding.part == item
    assert told in finding.problem


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('# T\n\n## A { adds="sied" }', "assembly.md line 3: the step adds 'sied'"),
        ('## A { ads="side" }', "cannot read 'ads'"),
        ("## A { minutes=many }", "minutes=many is not a number"),
        ('\n## A { adds="side" minutes=3', "line 2: the heading's braces don't close"),
        ('## A { adds="side" } first', "line 1: the heading's braces don't close, or stand before its end"),
    ],
)
def test_a_mistake_in_the_steps_is_told_with_its_line(text, told):
    with pytest.raises(CsmError) as caught:
        assembly(text)
    assert told in str(caught.value)
