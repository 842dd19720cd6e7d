# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The tutorial, followed word by word."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tutorial_run import follow, holds

from csmkit.errors import CsmError
from csmkit.site.tutorial import Block, blocks, kit_files, merged, stages

ROOT = Path(__file__).parents[2]
OURS = "lint.isort.known-first-party = ['csmkit']"  # in a clone its folder stands beside designs/
TUTORIAL = ROOT / "docs/contributors/tutorial.md"


@pytest.fixture(scope="module")
def told():
    return blocks(TUTORIAL.read_text("utf-8"))


@pytest.fixture(scope="module")
def followed(told, tmp_path_factory):
    """Folder and answers of somebody who did all that the tutorial says."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copy(ROOT / "pyproject.toml", folder)
    cache = os.environ.get("CSM_CACHE") or tmp_path_factory.mktemp("cache")
    return folder, follow(told, folder, cache)


@pytest.mark.slow
def test_every_command_answers_what_the_tutorial_says(followed):
    _, answers = followed
    assert len(answers) > 8
    wrong = [f"$ {a.command}\nsaid: {a.said}\nheard: {a.heard}" for a in answers if not holds(a)]
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.slow
def test_its_reader_ends_with_the_files_that_its_pictures_are_made_from(followed, told):
    folder, _ = followed
    kit, files = kit_files(told)
    assert {
        p.name: p.read_text("utf-8") for p in (folder / "designs" / kit).iterdir() if p.is_file()
    } == files


@pytest.mark.slow
def test_what_its_reader_writes_passes_the_linter_and_is_formatted(followed):
    folder, _ = followed
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", "--config", OURS, "designs"],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stdout


def test_every_picture_has_a_sentence_and_shows_what_stands_above_it(told):
    shown = stages(TUTORIAL.read_text("utf-8"))
    assert [s.picture for s in shown] == ["together", "apart", "flat-long-wall", "together"]
    assert all(s.text.endswith(".") and len(s.text) > 20 for s in shown)
    assert "FingerJoint" not in shown[0].files["design.py"]
    assert "FingerJoint" in shown[1].files["design.py"]
    assert shown[-1].files == kit_files(told)[1]


def test_a_fragment_takes_the_place_of_what_has_its_name():
    file = "# mine\n\nimport math\n\n\ndef a():\n    return 1\n\n\n@design\ndef kit():\n    return a()\n"
    block = Block(
        "python",
        "x/design.py: instead of a()",
        "B = 2\n\n\ndef c():\n    return B\n\n\ndef a():\n    return c()\n",
        0,
    )
    assert merged(block, file) == (
        "# mine\n\nimport math\n\nB = 2\n\n\ndef a():\n    return c()\n\n\ndef c():\n    return B\n\n\n"
        "@design\ndef kit():\n    return a()\n"
    )


def test_a_table_that_is_replaced_by_name_goes():
    file = (
        'title = "A"  # name\ntags = []\n\n[presets.wide]\nwidth = 5\n\n# tiers\n[tiers.free]\nholds = []\n'
    )
    block = Block("toml", "x/kit.toml: instead of [presets.wide]", "[presets.low]\nheight = 1\n", 0)
    merged_file = merged(block, file)
    assert "presets.wide" not in merged_file
    assert "[presets.low]\nheight = 1\n\n" in merged_file
    assert merged_file.startswith('title = "A"  # name\ntags = []\n')


def test_all_but_the_licence_of_a_whole_file_goes():
    old = '# SPDX-License-Identifier: MIT\n# SPDX-FileCopyrightText: me\n"""Old."""\nX = 1\n'
    assert merged(Block("python", "x/design.py", "Y = 2\n", 0), old) == (
        "# SPDX-License-Identifier: MIT\n# SPDX-FileCopyrightText: me\nY = 2\n"
    )


def test_a_file_before_csm_new_is_refused():
    with pytest.raises(CsmError, match="csm new"):
        kit_files([Block("python", "designs/x/design.py", "X = 1\n", 0)])
