# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
import math
import tomllib
from typing import Any

import bundle_sample as sample
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.errors import CsmError
from csmkit.export.okh import OPTIONAL, REQUIRED, check_okh, okh_manifest, okh_toml
from csmkit.export.toml import toml_bytes

TEXT = {"type": "string", "minLength": 1}
PATH = {"type": "string", "not": {"pattern": r"^[a-z]*:|^//|(^|/)\.\.(/|$)"}}
LINK = {"type": "string", "pattern": "^https?://"}
PATH_OR_LINK = {"anyOf": [LINK, PATH]}
MANY = {"anyOf": [PATH_OR_LINK, {"type": "array", "items": PATH_OR_LINK}]}
SIZE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["width", "depth", "height"],
    "properties": {k: {"type": "number", "exclusiveMinimum": 0} for k in ("width", "depth", "height")},
}
MASS = {"type": "number", "exclusiveMinimum": 0}
TAGS = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
PART = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "oneOf": [{"required": ["source"]}, {"required": ["export"]}],
    "properties": {
        "name": TEXT,
        "source": MANY,
        "export": MANY,
        "image": MANY,
        "auxiliary": MANY,
        "mass": MASS,
        "outer-dimensions": SIZE,
        "tsdc": TAGS,
    },
}
# What Open Know-How asks for, written down from its description: our own wording of the rules.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": list(REQUIRED),
    "properties": {
        **{key: {} for key in OPTIONAL},
        **dict.fromkeys(("okhv", "name", "version", "license", "function"), TEXT),
        "repo": LINK,
        "licensor": {"type": "array", "items": {"type": "object", "required": ["name"]}},
        "readme": PATH_OR_LINK,
        "bom": PATH_OR_LINK,
        "source": MANY,
        "export": MANY,
        "image": MANY,
        "manufacturing-instructions": MANY,
        "tsdc": TAGS,
        "mass": MASS,
        "outer-dimensions": SIZE,
        "technology-readiness-level": {"pattern": "^OTRL-[1-6]$"},
        "documentation-readiness-level": {"pattern": r"^ODRL-([1-4]|3\*)$"},
        "documentation-language": TAGS,
        "part": {"type": "array", "items": PART},
    },
}
PATHS = [*sample.files(), "designs/kiste-größe-2/design.py", "designs/kiste-größe-2/assembly.md"]


def made() -> dict[str, Any]:
    return okh_manifest(sample.manifest(), sample.facts(), PATHS, mass=2.51, size=(424.0, 300.0, 200.0))


def test_the_manifest_keeps_the_rules_of_open_know_how() -> None:
    jsonschema.Draft7Validator(SCHEMA).validate(tomllib.loads(okh_toml(made()).decode()))


def test_the_manifest_says_what_the_kit_is() -> None:
    data = tomllib.loads(okh_toml(made()).decode())
    assert (data["okhv"], data["name"], data["license"]) == ("2.4", "Kiste “Größe 2”", "CERN-OHL-S-2.0")
    assert data["licensor"] == [{"name": "Ana Ñandú", "email": "ana@example.org"}, {"name": "Li"}]
    assert data["mass"] == 2510.0  # grams
    assert data["outer-dimensions"] == {"width": 424.0, "depth": 300.0, "height": 200.0}
    assert data["tsdc"] == ["ASM", "3DP", "CNC", "MEC"]


def test_a_part_names_its_files_or_else_the_design() -> None:
    parts = {part["name"]: part for part in made()["part"]}
    assert parts["side left"]["export"] == [
        "flat/birch-ply-12mm/side left_x2.dxf",
        "flat/birch-ply-12mm/side left_x2_bottom.dxf",
        "parts/side left.step",
        "parts/side left.stl",
    ]
    assert parts["=rail"]["source"] == ["designs/kiste-größe-2/design.py"]
    assert "export" not in parts["=rail"]
    assert "quantity" not in parts["side left"]


def test_parts_without_any_file_are_left_out() -> None:
    data = okh_manifest(sample.manifest(), sample.facts(), ["parts/knob.3mf"])
    assert [part["name"] for part in data["part"]] == ["knob"]


@pytest.mark.parametrize("okhv", ["OKH-LOSHv1.0", "OKHv1.0"])
def test_older_crawlers_can_be_served(okhv: str) -> None:
    assert okh_manifest(sample.manifest(), sample.facts(), PATHS, okhv=okhv)["okhv"] == okhv


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"license": "GNU something"}, "license"),
        ({"license": "CC-BY-NC-4.0"}, "license"),
        ({"repo": "example.org/boxes"}, "repo = 'example.org/boxes' is not a web address"),
        ({"function": ""}, "function is missing"),
        ({"trl": "TRL-9"}, "technology-readiness-level = 'TRL-9' is none of its levels"),
        ({"licensors": ()}, "licensor is missing"),
    ],
)
def test_a_wrong_kit_toml_is_told_by_kit_and_field(change: dict[str, object], problem: str) -> None:
    with pytest.raises(CsmError) as error:
        okh_manifest(sample.manifest(**change), sample.facts(), PATHS)
    assert str(error.value).startswith("kiste-größe-2/okh.toml: ")
    assert problem in str(error.value)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"quantity": 2}, "quantity is no key of Open Know-How"),
        ({"material": "wood"}, "material is no key of Open Know-How"),
        ({"fork-of": "x"}, "fork-of is no key of Open Know-How"),
        ({"bom": "/etc/bom.csv"}, "bom = '/etc/bom.csv' is not a path below"),
        ({"export": ["C:/x.step"]}, "export = 'C:/x.step' is not a path below"),
        ({"source": ["../x.py"]}, "source = '../x.py' is not a path below"),
        ({"image": [{"location": "/x.png"}]}, "image = '/x.png' is not a path below"),
        ({"bom": "gone.csv"}, "bom = 'gone.csv' is not there"),
        ({"part": [{"name": "a", "source": "bom.csv", "export": "bom.csv"}]}, "either source or export"),
        ({"part": [{"name": "a"}]}, "either source or export"),
        ({"part": [{"name": "a", "source": "bom.csv", "quantity": 2}]}, "part a: quantity is no key"),
        ({"part": [{"source": "bom.csv"}]}, "a part has no name"),
    ],
)
def test_the_checker_finds_each_seeded_fault(change: dict[str, object], problem: str) -> None:
    assert check_okh(made(), PATHS) == []
    problems = check_okh({**made(), **change}, PATHS)
    assert len(problems) == 1
    assert problem in problems[0]


@pytest.mark.parametrize("key", REQUIRED)
def test_each_required_field_is_missed(key: str) -> None:
    data = {k: v for k, v in made().items() if k != key}
    assert check_okh(data) == [f"{key} is missing"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(SCHEMA).validate(data)


def test_links_and_forks_pass() -> None:
    assert check_okh({**made(), "forkOf": "https://example.org/x", "release": "https://example.org/r"}) == []


KEYS = st.text(st.characters(codec="utf-8"), max_size=8)
SCALARS = st.one_of(
    st.text(st.characters(codec="utf-8")),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_written_toml_reads_back_as_it_was(data: dict[str, Any]) -> None:
    assert tomllib.loads(toml_bytes(data).decode()) == data


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_none_are_not_written(value: float) -> None:
    with pytest.raises(ValueError, match="not a number to write"):
        toml_bytes({"x": value})


@pytest.mark.parametrize("value", [None, b"x", {1, 2}])
def test_types_that_toml_lacks_are_refused(value: object) -> None:
    with pytest.raises(TypeError, match="TOML has no way"):
        toml_bytes({"x": value})
