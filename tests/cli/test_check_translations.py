# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""csm check --translations says what other languages lack."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from csmkit.cli.main import csm

ROOT = Path(__file__).parents[2]
STOOL = ROOT / "designs/step-stool"


@pytest.fixture
def run(kit_cache):
    def call(*words, designs=ROOT / "designs"):
        return CliRunner().invoke(
            csm, ["--designs", str(designs), "--cache", str(kit_cache), "-j", "1", "check", *words]
        )

    return call


@pytest.fixture
def stool(tmp_path):
    """The stool without its Spanish in a folder of its own; give it a table or steps of another."""
    shutil.copytree(STOOL, tmp_path / "step-stool", ignore=shutil.ignore_patterns("assembly.es.md"))
    manifest = tmp_path / "step-stool/kit.toml"
    english, spanish, _ = manifest.read_text("utf-8").partition("\n# In Spanish")
    assert spanish
    manifest.write_text(english, "utf-8")

    def changed(table="", steps=""):
        with (tmp_path / "step-stool/kit.toml").open("a", encoding="utf-8") as file:
            file.write(table)
        if steps:
            (tmp_path / "step-stool/assembly.es.md").write_text(steps, encoding="utf-8")
        return tmp_path

    return changed


def gaps(done):
    [row] = [row for row in json.loads(done.stdout) if row["language"] == "es"]
    return row["gaps"]


@pytest.mark.parametrize("kit", ["bike-trailer", "step-stool"])
def test_kits_that_speak_spanish_are_complete(run, kit):
    done = run(kit, "--translations", "--strict")
    assert done.exit_code == 0, done.output
    assert f"{kit} (es): complete" in done.output


def test_what_is_missing_is_ready_to_be_pasted_and_no_error(run, stool):
    done = run("step-stool", "--translations", designs=stool())
    assert done.exit_code == 0
    assert 'missing: kit.toml [es.texts]:\n"Step stool" = …\n' in done.output
    assert "\n## Sand the parts { of=" in done.output
    assert "missing: assembly.es.md, assembly.md line" in done.output
    assert "{ of=" in done.output


def test_strict_makes_a_lack_an_error(run, stool):
    assert run("step-stool", "--translations", "--strict", designs=stool()).exit_code == 2


def test_what_is_no_longer_said_is_stale(run, stool):
    table = '\n[es.texts]\n"Step ladder" = "Escalera"\n\n[es.parts]\nrung = "peldaño"\n'
    steps = "## Nada { of=01234567 }\n\nNo es de nadie.\n"
    found = gaps(run("step-stool", "--translations", "--json", designs=stool(table, steps)))
    assert [gap["text"] for gap in found if gap["kind"] == "stale"] == [
        '"Step ladder" = …',
        '"rung" = …',
        "## Nada { of=01234567 }",
    ]


def test_a_translation_with_other_figures_is_named(run, stool):
    text = next(
        gap["text"].removesuffix(" = …")
        for gap in gaps(run("step-stool", "--translations", "--json", designs=stool()))
        if "kit.toml" in gap["place"] and any(c.isdigit() for c in gap["text"])
    )
    found = gaps(
        run("step-stool", "--translations", "--json", designs=stool(f'\n[es.texts]\n{text} = "sin cifras"\n'))
    )
    assert [gap["text"] for gap in found if gap["kind"] == "figures"] == ['"sin cifras"']


def test_a_fault_in_translated_steps_stops_the_check_with_its_line(run, stool):
    done = run("step-stool", designs=stool(steps="# Taburete\n\n## Atorníllalo\n\nYa.\n"))
    assert done.exit_code == 2
    assert "assembly.es.md line 3" in done.output


def test_without_a_kit_only_translations_are_looked_at(run):
    assert "no kit is named" in str(run().exception)


def test_the_frame_is_listed_with_all_kits(run, stool):
    rows = json.loads(run("--translations", "--json", designs=stool()).stdout)
    assert [(row["of"], row["language"]) for row in rows] == [("frame", "es"), ("step-stool", "es")]
