# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Laser and plasma: holes, webs and sheets that they can't cut are told with the figure that they need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.catalog.workshop import default_workshop
from csmkit.model import Feature, FlatPattern, Outline, PartFacts, Pose, Region
from csmkit.pipeline.sheet_metal import beyond_the_torch

SHOP = default_workshop()


def disc(process, thickness, *features):
    pattern = FlatPattern(Outline.circle(150, 150, 300), tuple(features), thickness, None, Pose())
    size = (300.0, 300.0, thickness)
    return PartFacts(
        "disc", "steel", "sheet", process, 1, (), size, pattern.volume, 1, (0, 0, 0), pattern, None
    )


def hole(x, y, diameter, thickness):
    return Feature("drill", "top", thickness, Region(Outline.circle(x, y, diameter)), True)


def told(part):
    return [f.problem for f in beyond_the_torch("kit", part, SHOP)]


@given(st.sampled_from(["laser", "plasma"]), st.floats(1, 12), st.floats(1, 40))
def test_a_hole_must_be_as_wide_as_the_process_needs_in_that_thickness(process, thickness, diameter):
    share, least = (0.5, 0.5) if process == "laser" else (1.5, 4.0)
    needed = max(least, share * thickness)
    problems = told(disc(process, thickness, hole(150, 150, diameter, thickness)))
    if diameter < needed - 0.03:
        assert problems == [p for p in problems if "hole" in p and f"needs {needed:.1f} mm" in p] != []
    elif diameter > needed:
        assert problems == []


def test_a_slot_is_as_wide_as_the_circle_that_fits_in():
    slot = Feature("hole", "top", 10, Region(Outline.rectangle(100, 145, 200, 155)), True)
    assert told(disc("laser", 10, slot)) == []
    [problem] = told(disc("plasma", 10, slot))
    assert "10.0 mm wide" in problem


def test_metal_between_holes_and_to_the_rim_is_measured():
    [problem] = told(disc("plasma", 10, hole(150, 150, 40, 10), hole(205, 150, 50, 10)))
    assert "only 10.0 mm between two cuts at (175.0, 150.0)" in problem
    [problem] = told(disc("plasma", 10, hole(270, 150, 40, 10)))
    assert "only 10.0 mm between two cuts" in problem


def test_pockets_and_thick_sheets_are_refused():
    pocket = Feature("pocket", "top", 3, Region(Outline.rectangle(100, 100, 200, 200)), False)
    assert told(disc("laser", 25, pocket)) == [
        "is 25 mm thick, laser cuts 20 mm at most",
        "has a pocket 3 mm deep, laser only cuts through",
    ]


@pytest.mark.parametrize("process", ["router", "saw"])
def test_other_processes_have_their_own_checks(process):
    assert told(disc(process, 30, hole(150, 150, 1, 30))) == []
