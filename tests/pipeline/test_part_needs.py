# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What parts ask of a workshop: families of materials, ways to cut, tools that not everybody has."""

from dataclasses import replace

import pytest

from csmkit.catalog import tables
from csmkit.catalog.families import family, notable_tools
from csmkit.catalog.table import read_rows
from csmkit.model import FlatPattern, PartFacts, Pose
from csmkit.model.facts import Feature
from csmkit.model.outline import Outline, Region
from csmkit.pipeline.needs import part_needs, ways

SHEETS = {sheet.key: sheet for sheet in tables.sheets()}
SQUARE = Outline.rectangle(0, 0, 300, 200)
SLANTED = Outline(((0, 0, 0), (300, 0, 0), (200, 200, 0), (0, 200, 0)))


def pattern(outline, *features):
    return FlatPattern(outline, features, 12.0, None, Pose())


def cut(depth, through):
    return Feature("pocket", "top", depth, Region(Outline.rectangle(50, 50, 90, 90)), through)


def flat(flat_pattern, process="router"):
    return PartFacts(
        name="board",
        stock="birch-ply-12",
        form="sheet",
        process=process,
        quantity=1,
        poses=(),
        size=(300, 200, 12),
        volume=1.0,
        mass=1.0,
        center=(0, 0, 0),
        flat_pattern=flat_pattern,
        length=None,
    )


@pytest.mark.parametrize(
    ("outline", "features", "able"),
    [
        (SQUARE, (), ["router", "laser", "saw"]),
        (SLANTED, (), ["router", "laser"]),
        (SQUARE, (cut(12.0, True),), ["router", "laser"]),
        (SQUARE, (cut(4.0, False),), ["router"]),
    ],
)
def test_a_beam_makes_no_pockets_and_a_saw_rectangles_only(outline, features, able):
    assert ways(flat(pattern(outline, *features)), SHEETS["birch-ply-12"]) == able


def test_the_planned_way_stands_first():
    assert ways(flat(pattern(SQUARE), "saw"), SHEETS["birch-ply-12"]) == ["saw", "router", "laser"]


def test_what_kit_json_says_of_a_part():
    said = part_needs(flat(pattern(SLANTED)), SHEETS["birch-ply-12"])
    assert said == {"material": "plywood", "thickness": 12.0, "ways": ["router", "laser"], "is_metal": False}


def test_every_material_of_the_tables_has_a_family():
    assert {row["family"] for row in read_rows("materials")} == {
        "plywood",
        "fibreboard",
        "solid wood",
        "steel",
        "aluminium",
        "plastic",
        "resin",
        "copper wire",
    }


def test_a_material_of_a_workshop_belongs_where_it_is_cut_alike():
    own = replace(SHEETS["birch-ply-12"].material, key="bamboo-ply")
    assert family(own) == "plywood"
    assert family(replace(own, machining="")) == "other"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("2 clamps", "clamps"),
        ("clamps or vice", "clamps"),
        ("drill and 6.6 mm bit if the coupling differs", "drill"),
        ("drill with a nut driver", "drill"),
        ("tap M10 or M12", "tap"),
        ("spokeshave", "drawknife"),
        ("a welder", "welder"),
    ],
)
def test_tools_are_found_in_the_words_of_steps(said, found):
    assert [key for key, _ in notable_tools([said])] == [found]


@pytest.mark.parametrize("said", ["tape measure", "9 mm bit", "plugs for the tube's ends", "hammer drilled"])
def test_other_words_name_no_notable_tool(said):
    assert notable_tools([said]) == []
