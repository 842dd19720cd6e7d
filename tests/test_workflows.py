# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Workflows give no stranger's code a right, a secret or a moving target."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
JOBS = [
    pytest.param(path, name, job, id=f"{path.stem}-{name}")
    for path in WORKFLOWS
    for name, job in yaml.safe_load(path.read_text())["jobs"].items()
]
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def test_there_are_workflows_for_changes_and_releases():
    assert [path.stem for path in WORKFLOWS] == ["ci", "release"]


def test_zizmor_finds_nothing():
    zizmor = Path(sys.executable).with_name("zizmor")
    command = [zizmor, "--offline", "--no-progress", "--persona", "regular", ROOT / ".github/workflows"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_to_a_commit_and_says_its_version(path):
    uses = [line.strip().removeprefix("- ") for line in path.read_text().splitlines() if "uses:" in line]
    assert uses
    assert [line for line in uses if not PINNED.fullmatch(line)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_nothing_is_allowed_unless_a_job_asks_for_it(path):
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {}
    triggers = workflow[True]  # YAML 1.1 reads the key "on" as yes
    assert "pull_request_target" not in triggers
    assert "workflow_run" not in triggers


@pytest.mark.parametrize(("path", "name", "job"), JOBS)
def test_a_job_has_a_time_limit_and_as_few_rights_as_it_needs(path, name, job):
    assert 0 < job["timeout-minutes"] <= 90
    if "pull_request" in yaml.safe_load(path.read_text())[True] or "build" in name:
        assert job["permissions"] == {"contents": "read"}
    for step in job["steps"]:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize(("path", "name", "job"), JOBS)
def test_a_job_that_may_write_runs_no_code_of_the_repository(path, name, job):
    if "write" in job["permissions"].values():
        assert not any("checkout" in step.get("uses", "") for step in job["steps"])
        assert not any(re.search(r"\b(make|csm|python|sh)\b", step.get("run", "")) for step in job["steps"])


def test_no_expression_is_expanded_inside_a_script():
    for _, _, job in [parameter.values for parameter in JOBS]:
        assert not any("${{" in step.get("run", "") for step in job["steps"])


@pytest.mark.parametrize("name", ["kit-proposal.yml", "bug.yml"])
def test_an_issue_form_has_what_github_asks_for(name):
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / name).read_text())
    assert {"name", "description", "body"} <= form.keys()
    ids = [element["id"] for element in form["body"]]
    assert len(ids) == len(set(ids))
    for element in form["body"]:
        assert element["type"] in {"input", "textarea", "dropdown", "checkboxes", "markdown"}
        assert element["attributes"]["label"]
    assert any(element.get("validations", {}).get("required") for element in form["body"])


@pytest.fixture
def repository(tmp_path):
    """A repository with the kits a and b, and a program that only says what it is asked for."""

    def git(*words):
        who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    program = ("csmkit/x.py", "docs/index.md", "examples/joints/kit.toml", "mkdocs.yml")
    for name in ("designs/a/kit.toml", "designs/b/kit.toml", *program):
        write(tmp_path / name, "first")
    stub = "#!/bin/sh\nset -e\nls docs examples mkdocs.yml >&2\nls designs\n"
    for name in ("csm", "python"):
        write(tmp_path / ".venv/bin" / name, stub).chmod(0o755)
    git("init")
    git("add", "designs", "csmkit", "docs", "examples", "mkdocs.yml")
    git("commit", "-m", "first")
    return tmp_path, git


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("changed", "built"),
    [
        ("designs/b/design.py", ["b"]),
        ("README.md", []),
        ("csmkit/x.py", ["a", "b"]),
        ("docs/new.md", ["a", "b"]),
    ],
)
def test_a_preview_builds_the_kits_that_a_change_touches(repository, changed, built):
    folder, git = repository
    write(folder / changed, "second")
    git("add", changed)
    git("commit", "-m", "second")
    command = ["sh", ROOT / ".github/scripts/preview.sh", "HEAD~1", "preview"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert ("no kit has changed" in done.stdout) == (not built)
    assert sorted(p.name for p in (folder / "preview/designs").iterdir()) == built


def test_a_preview_builds_everything_if_the_base_is_unknown(repository):
    folder, _ = repository
    command = ["sh", ROOT / ".github/scripts/preview.sh", "0" * 40, "preview"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    assert sorted(p.name for p in (folder / "preview/designs").iterdir()) == ["a", "b"]
