# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm check tells which presets a kit's layout lock no longer serves."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from csmkit.cli.main import csm

DESIGNS = Path(__file__).parents[2] / "designs"


@pytest.fixture(scope="module")
def stool(tmp_path_factory):
    """The step stool without one of its locked plans: that of the child's stool."""
    root = tmp_path_factory.mktemp("kits")
    shutil.copytree(DESIGNS / "step-stool", root / "step-stool")
    return root


def check(root, *more):
    cache = root / "cache"
    words = ["--designs", str(root), "--cache", str(cache), "-j", "1", "check", "step-stool", "--json", *more]
    done = CliRunner().invoke(csm, words)
    assert done.exit_code == 0, (done.output, done.exception)
    return [(f["level"], f["problem"], f["remedy"]) for f in json.loads(done.stdout)["findings"]]


def test_a_fresh_lock_raises_no_word_and_a_stale_one_a_line_for_each_preset(stool):
    file = stool / "step-stool" / "layouts.lock.json"
    assert check(stool) == []
    lock = json.loads(file.read_text("utf-8"))
    gone = list(lock["plans"])[:1]
    lock["plans"] = {key: plan for key, plan in lock["plans"].items() if key not in gone}
    file.write_text(json.dumps(lock), "utf-8")
    [(level, problem, remedy)] = check(stool)
    assert level == "warning"
    preset = problem.partition("preset ")[2].split()[0]
    assert remedy == f"csm build step-stool --preset {preset} --replan"
    assert check(stool, "--set", "width=400") == []  # no lock holds what a user chooses
