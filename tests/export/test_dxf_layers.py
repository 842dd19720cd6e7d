# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Layer names: short, tool-agnostic, and read back as what they say."""

from __future__ import annotations

import re

import export_samples as samples
import pytest
from ezdxf.colors import aci2rgb
from hypothesis import given
from hypothesis import strategies as st

from csmkit.errors import CsmError
from csmkit.export.dxf.layers import (
    LayerSpec,
    colour,
    drill_diameter,
    feature_layer,
    find_layer,
    layer_name,
    parse,
    sheet_colour,
)
from csmkit.export.finish import finish_of
from csmkit.model.facts import Feature
from csmkit.model.outline import Outline, Region
from csmkit.model.tenth import tenth

depths = st.floats(0.1, 60)


@st.composite
def specs(draw: st.DrawFn) -> LayerSpec:
    operation = draw(
        st.sampled_from(
            ["cut", "cut-outside", "cut-inside", "pocket", "drill", "engrave", "sheet", "labels", "notes"]
        )
    )
    if operation in ("cut", "sheet", "labels", "notes"):
        return LayerSpec(operation)
    diameter = draw(st.floats(0.5, 99.9)) if operation == "drill" else None
    return LayerSpec(operation, draw(st.sampled_from(["top", "bottom"])), draw(depths), diameter)


@given(specs())
def test_a_name_reads_back_as_its_layer(spec: LayerSpec) -> None:
    assert parse(spec.name) == spec


@given(specs())
def test_names_are_short_and_plain(spec: LayerSpec) -> None:
    assert len(spec.name) <= 26
    assert re.fullmatch(r"[A-Z0-9.-]+", spec.name)


@given(specs())
def test_colours_are_of_the_index_that_every_program_has(spec: LayerSpec) -> None:
    assert 1 <= colour(spec) <= 255


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        (LayerSpec("cut-outside", depth=12), "CUT-OUTSIDE-12.0MM"),
        (LayerSpec("cut-inside", depth=12), "CUT-INSIDE-12.0MM"),
        (LayerSpec("pocket", depth=6), "POCKET-6.0MM"),
        (LayerSpec("pocket", "bottom", 6), "BOTTOM-POCKET-6.0MM"),
        (LayerSpec("drill", depth=12, diameter=8), "DRILL-D8.0-12.0MM"),
        (LayerSpec("engrave", depth=1), "ENGRAVE-1.0MM"),
        (LayerSpec("offcut"), "OFFCUT"),
    ],
)
def test_names_are_those_of_the_published_example(spec: LayerSpec, name: str) -> None:
    assert spec.name == name


@pytest.mark.parametrize(
    ("value", "rounded"), [(12.05, 12.1), (12.0499999999, 12.1), (12.04, 12.0), (0.25, 0.3)]
)
def test_tenths_are_rounded_half_up(value: float, rounded: float) -> None:
    assert tenth(value) == rounded


def test_published_schemes_are_offered() -> None:
    outside, inside = LayerSpec("cut-outside", depth=18), LayerSpec("cut-inside", depth=18)
    assert layer_name(outside, "opendesk") == "TOP-CUT-OUTSIDE-18.0MM"
    assert layer_name(inside, "wikihouse") == "3_ANYTOOL_CUTTHROUGH_INSIDE"
    assert layer_name(outside, "wikihouse") == "4_ANYTOOL_CUTTHROUGH_OUTSIDE"
    assert layer_name(LayerSpec("pocket", depth=9), "wikihouse") == "5_ANYTOOL_9MMDEEP_INSIDE"
    assert layer_name(LayerSpec("engrave", depth=1), "wikihouse") == "1_ANYTOOL_1MMDEEP_LABELS"
    assert layer_name(LayerSpec("sheet"), "wikihouse") == "DONOTCUT"


@given(specs())
def test_opendesks_names_read_back_as_their_layer(spec: LayerSpec) -> None:
    assert parse(layer_name(spec, "opendesk")) == spec
    assert parse(layer_name(spec, "opendesk").lower()) == spec


@given(specs(), st.floats(3, 60))
def test_wikihouses_names_read_back_as_what_they_say(spec: LayerSpec, thickness: float) -> None:
    found = parse(layer_name(spec, "wikihouse"), thickness)
    if not spec.cuts:
        assert found == LayerSpec("notes")
    elif spec.operation in ("cut", "cut-outside"):
        assert found == LayerSpec("cut-outside", depth=thickness)
    elif spec.operation == "cut-inside":
        assert found == LayerSpec("cut-inside", depth=thickness)
    else:  # it names no drills
        operation = "engrave" if spec.operation == "engrave" else "pocket"
        assert (found.operation, found.side) == (operation, spec.side)
        assert found.depth == pytest.approx(spec.depth)


def test_a_layer_that_cuts_through_needs_the_sheets_thickness() -> None:
    assert find_layer("3_ANYTOOL_CUTTHROUGH_INSIDE") is None
    assert find_layer("3_AnyTool_CutThrough_Inside", 18) == LayerSpec("cut-inside", depth=18)


@pytest.mark.parametrize(
    ("name", "spec"),
    [
        ("CUT-OUTSIDE-18MM", LayerSpec("cut-outside", depth=18)),
        ("Pocket-6.25mm", LayerSpec("pocket", depth=6.3)),
        ("top-drill-d8-12mm", LayerSpec("drill", depth=12, diameter=8)),
        ("Notes", LayerSpec("notes")),
        ("5_ANYTOOL_9MMDEEP_INSIDE", LayerSpec("pocket", depth=9)),
        ("DoNotCut", LayerSpec("notes")),
    ],
)
def test_names_that_people_write_are_understood(name: str, spec: LayerSpec) -> None:
    assert find_layer(name) == spec


def test_a_hole_through_is_as_deep_as_the_sheet() -> None:
    pattern = samples.side_pattern()
    through = Feature(
        "hole", "top", 7.8, Region(Outline.rectangle(0, 0, 9, 9)), True
    )  # from a pocket's floor
    assert feature_layer(through, pattern, "router") == LayerSpec("cut-inside", depth=11.8)


def test_a_very_wide_round_hole_is_cut_and_not_drilled() -> None:
    wide = samples.drill(0, 0, 140)
    assert drill_diameter(wide) is None
    assert feature_layer(wide, samples.side_pattern(), "router") == LayerSpec("cut-inside", depth=11.8)


@pytest.mark.parametrize("name", ["", "0", "CUT-OUTSIDE", "DRILL-12.0MM", "POCKET-D8.0-6.0MM", "Defpoints"])
def test_a_foreign_name_is_refused(name: str) -> None:
    with pytest.raises(CsmError, match="no known name"):
        parse(name)


def test_a_name_that_would_be_too_long_is_refused() -> None:
    with pytest.raises(CsmError, match="27 characters"):
        LayerSpec("drill", "bottom", 1000, 50.5).name.lower()


@pytest.mark.parametrize(
    ("operation", "depth", "diameter"), [("pocket", None, None), ("pocket", 5, 8), ("sheet", 5, None)]
)
def test_a_layer_without_what_it_needs_cannot_be_made(operation: str, depth: float, diameter: float) -> None:
    with pytest.raises(ValueError, match="a layer of"):
        LayerSpec(operation, depth=depth, diameter=diameter)


@given(specs(), st.sampled_from(["birch-ply", "oak", "mdf", "steel-s235", "film-ply"]))
def test_a_sheet_is_drawn_in_a_colour_near_its_material_that_means_no_operation(
    spec: LayerSpec, material: str
) -> None:
    wanted = tuple(round(255 * v) for v in finish_of(material).rgb)
    found = sheet_colour(*wanted)
    assert found != colour(spec)
    assert max(abs(a - 0.75 * b) for a, b in zip(aci2rgb(found), wanted, strict=True)) <= 40
