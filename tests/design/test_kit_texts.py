# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Kits in other languages: the tables of kit.toml, assembly.es.md, and what of it kit.json says."""

import json

import pytest

from csmkit.design.assembly import Inner, load_assembly
from csmkit.design.find import parse_manifest
from csmkit.design.translations import load_steps, mark
from csmkit.errors import CsmError
from csmkit.pipeline.translations import faults, translations

KIT = """
title = "Box"
summary = "A box."
function = "Holds things."
version = "1.0.0"
license = "CERN-OHL-S-2.0"
licensors = [{ name = "csmkit contributors" }]

[tiers.free]
holds = ["parts"]
"""
SPANISH = """
[es.texts]
"A box." = "Una caja."

[es.parts]
side = "costado"
"""
ENGLISH = """# Box

Read this first.

## Glue the sides { adds="side *2" minutes=5 }

Glue them.

## Put on the lid { adds="lid" if="lid" }

Put it on.

## Wait

A day.
"""
GLUE, LID, WAIT = (
    mark("Glue the sides", "Glue them."),
    mark("Put on the lid", "Put it on."),
    mark("Wait", "A day."),
)
TRANSLATED = f"""# Caja {{ of={mark("", "Read this first.")} }}

Lee esto primero.

## Encola los costados {{ of={GLUE} }}

Encólalos.

## Espera {{ of={WAIT} }}

Un día.
"""


def told(translated, items, kit=KIT + SPANISH):
    source = {"assembly.md": ENGLISH.encode(), "assembly.es.md": translated.encode()}
    manifest = parse_manifest("box", kit.encode())
    return translations(manifest, source, load_assembly("box", ENGLISH, items))["es"]


def test_steps_are_found_by_their_english_and_the_rest_is_left_out():
    said = told(TRANSLATED, {"side": 2, "lid": 1})
    assert said["intro"] == "Lee esto primero."
    assert said["steps"] == [
        {"title": "Encola los costados", "text": "Encólalos."},
        None,
        {"title": "Espera", "text": "Un día."},
    ]
    assert said["texts"] == {"A box.": "Una caja."}
    assert said["parts"] == {"side": "costado"}


def test_a_step_that_the_kit_does_not_have_leaves_no_gap():
    said = told(TRANSLATED, {"side": 2})
    assert [step["title"] for step in said["steps"]] == ["Encola los costados", "Espera"]


def test_a_step_whose_english_has_changed_is_english_again():
    old = TRANSLATED.replace(GLUE, mark("Glue the sides", "Nail them."))
    assert told(old, {"side": 2})["steps"][0] is None


@pytest.mark.parametrize(
    ("change", "line", "problem"),
    [
        ((f" {{ of={GLUE} }}", ""), 5, "does not say of which step"),
        ((f"of={WAIT}", f"of={GLUE}"), 9, "is of the same step as line 5"),
        ((f"{{ of={GLUE} }}", "{ minutes=5 }"), 5, "cannot read 'minutes'"),
    ],
)
def test_a_fault_names_its_line(change, line, problem):
    text = TRANSLATED.replace(*change)
    with pytest.raises(CsmError, match=f"assembly.es.md line {line}: {problem}"):
        load_steps("box", "assembly.es.md", text, ENGLISH)


def test_steps_in_another_order_are_a_fault_of_the_kit():
    glue, wait = f"Encola los costados {{ of={GLUE} }}", f"Espera {{ of={WAIT} }}"
    swapped = TRANSLATED.replace(glue, "?").replace(wait, glue).replace("?", wait)
    [found] = parse(faults("box", {"assembly.md": ENGLISH.encode(), "assembly.es.md": swapped.encode()}))
    assert found["part"] == "assembly.es.md line 9"
    assert "another place" in found["problem"]
    assert (
        parse(faults("box", {"assembly.md": ENGLISH.encode(), "assembly.es.md": TRANSLATED.encode()})) == []
    )


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ('[es.texts]\n"A box." = ""', "is not a text"),
        ('[es.texts]\n"A box." = 3', "is not a text"),
        ('[es]\ntitle = "Caja"', "has 'title'"),
    ],
)
def test_a_table_that_says_nothing_is_refused(table, problem):
    with pytest.raises(CsmError, match=problem):
        parse_manifest("box", (KIT + table).encode())


def test_an_unknown_key_is_no_language():
    with pytest.raises(CsmError, match="unknown key 'presents'"):
        parse_manifest("box", (KIT + "[presents.small]\n").encode())


def test_steps_of_a_kit_within_bear_its_translated_title():
    outer = '## Add the drawer { kit="drawer" }\n'
    inner = '## Glue it { adds="side" }\n\nGlue it.\n'
    glued = mark("Glue it", "Glue it.")
    source = {
        "assembly.md": outer.encode(),
        "assembly.es.md": f"## Añade el cajón {{ of={mark('Add the drawer', '')} }}\n".encode(),
        "uses/drawer/kit.toml": KIT.encode(),
        "uses/drawer/assembly.md": inner.encode(),
        "uses/drawer/assembly.es.md": f"## Encólalo {{ of={glued} }}\n\nPonle cola.\n".encode(),
    }
    whole = load_assembly("box", outer, {"drawer side": 1}, {"drawer": Inner(inner, {"drawer side": 1})})
    said = translations(parse_manifest("box", KIT.encode()), source, whole)
    assert said["es"]["steps"] == [{"title": "Añade el cajón: Encólalo", "text": "Ponle cola."}]


def parse(files):
    return json.loads(files["findings.json"])
