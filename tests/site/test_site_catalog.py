# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""catalog.json: its shape as documented, and what it says of the workshop that a kit needs."""

import copy
import json
import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from sample_kits import ROOT, STOOL, write_kit

from csmkit.site.catalog import catalog, catalog_page
from csmkit.site.facets import facets
from csmkit.site.kit import load_built
from csmkit.site.workshop_needs import workshop_needs

NUMBER, TEXT, WHOLE = (int, float), str, int
OTHER = {"params": [TEXT], "sheets": [{"key": TEXT, "stock": TEXT, "thickness": NUMBER}]}
CUT = {
    "stock": TEXT,
    "material": TEXT,
    "thickness": NUMBER,
    "metal": bool,
    "ways": [TEXT],
    "parts": WHOLE,
    "long": NUMBER,
    "longest": TEXT,
    "short": NUMBER,
    "widest": TEXT,
    "grained": ([NUMBER], None),
    "margin": NUMBER,
    "other": (OTHER, None),
}
BAR = {"stock": TEXT, "material": TEXT, "way": TEXT, "parts": WHOLE, "long": NUMBER, "longest": TEXT}
PRINT = {"stock": TEXT, "material": TEXT, "parts": WHOLE, "size": [NUMBER], "largest": TEXT}
PRESET = {
    "key": TEXT,
    "title": TEXT,
    "url": TEXT,
    "data": TEXT,
    "price": TEXT,
    "currency": TEXT,
    "labour_minutes": WHOLE,
    "machine_minutes": WHOLE,
    "sheets": WHOLE,
    "parts": WHOLE,
    "largest": NUMBER,
    "mass": NUMBER,
    "size": [NUMBER],
    "needs": {
        "machines": [TEXT],
        "materials": [TEXT],
        "tools": [TEXT],
        "cuts": [CUT],
        "bars": [BAR],
        "prints": [PRINT],
    },
}
KIT = {
    "key": TEXT,
    "title": TEXT,
    "summary": TEXT,
    "version": TEXT,
    "license": TEXT,
    "tags": [TEXT],
    "maturity": TEXT,
    "skill": TEXT,
    "url": TEXT,
    "picture": (TEXT, None),
    "stills": [{"src": TEXT, "width": WHOLE, "height": WHOLE}],
    "presets": [PRESET],
    "price_from": TEXT,
    "tiers": [{"key": TEXT, "price": TEXT}],
}
FILE = {"format": WHOLE, "machines": dict, "tools": dict, "tables": dict, "kits": [KIT]}


def faults(value, shape, place="catalog"):
    """Where a value is not of a shape: a dict names every field, a list its items, a tuple alternatives."""
    if isinstance(shape, tuple) and not all(isinstance(s, type) for s in shape):
        return [] if any(not faults(value, s, place) for s in shape) else [f"{place}: {value!r}"]
    if shape is None:
        return [] if value is None else [f"{place}: not null"]
    if isinstance(shape, dict):
        if not isinstance(value, dict) or value.keys() != shape.keys():
            return [f"{place}: other fields"]
        return [fault for name in shape for fault in faults(value[name], shape[name], f"{place}.{name}")]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{place}: no list"]
        return [fault for n, one in enumerate(value) for fault in faults(one, shape[0], f"{place}.{n}")]
    is_bool = isinstance(value, bool) and shape is not bool
    return [] if isinstance(value, shape) and not is_bool else [f"{place}: {value!r}"]


def part(name, size, **other):
    """A part of plywood for the router, as kit.json has it."""
    return copy.deepcopy(STOOL["parts"][0]) | {"name": name, "size": size, "quantity": 1, **other}


def built(folder, **changes):
    kit = write_kit(folder, presets=("default",), **changes)
    return load_built(kit.key, kit.presets)


def test_catalog_json_has_the_documented_shape(site):
    data = json.loads((site / "catalog.json").read_text())
    assert faults(data, FILE) == []
    wrong = copy.deepcopy(data)
    wrong["kits"][0]["presets"][0]["price"] = 54.1
    assert faults(wrong, FILE) == ["catalog.kits.0.presets.0.price: 54.1"]


@pytest.mark.parametrize("shape", [FILE, KIT, PRESET, PRESET["needs"], CUT, OTHER, BAR, PRINT])
def test_every_field_is_documented(shape):
    text = (ROOT / "docs/contributors/catalog-json.md").read_text()
    said = set(re.findall(r"`(\w+)`", text))
    assert shape.keys() <= said


def test_the_largest_part_of_a_sheet_is_told_by_both_sides(tmp_path):
    parts = [part("plank", [1310.0, 90.0, 18.0]), part("plate", [500.0, 640.0, 18.0], grain="x")]
    [cut] = workshop_needs(built(tmp_path, parts=parts)[0])["cuts"]
    assert (cut["long"], cut["longest"]) == (1310.0, "plank")
    assert (cut["short"], cut["widest"]) == (500.0, "plate")
    assert cut["grained"] == [500.0, 1310.0]  # the plank's grain runs across it: y
    assert cut["margin"] == 20.0
    assert cut["parts"] == 2


def choices(value, options, *names):
    """Parameters that choose a sheet, as kit.json has them."""
    return [{"name": name, "kind": "choice", "value": value, "options": options} for name in names]


def test_other_sheets_are_those_that_every_parameter_of_this_one_offers(tmp_path):
    parts = [part("plank", [300.0, 90.0, 18.0], stock="birch-ply-18")]
    offered = ["birch-ply-12", "birch-ply-18", "birch-ply-film-12", "mdf-16", "steel-sheet-8"]
    params = choices("birch-ply-18", offered, "bed", "frame")
    params[1]["options"] = [key for key in offered if key != "mdf-16"]
    [cut] = workshop_needs(built(tmp_path, parts=parts, params=params)[0])["cuts"]
    assert cut["other"]["params"] == ["bed", "frame"]
    assert [sheet["key"] for sheet in cut["other"]["sheets"]] == [
        "birch-ply-12"
    ]  # one a thickness, and no steel
    [fixed] = workshop_needs(built(tmp_path / "fixed", parts=parts, params=[])[0])["cuts"]
    assert fixed["other"] is None


def test_what_a_beam_cannot_cut_is_told_apart(tmp_path):
    parts = [part("a", [90.0, 80.0, 18.0]), part("b", [70.0, 60.0, 18.0], ways=["router"])]
    cuts = workshop_needs(built(tmp_path, parts=parts)[0])["cuts"]
    assert [cut["ways"] for cut in cuts] == [["router"], ["router", "laser"]]


def test_steel_wants_another_laser_than_wood_and_a_welder_is_a_machine(tmp_path):
    steel = {"material": "steel", "is_metal": True, "process": "laser", "ways": ["laser", "plasma"]}
    tools = [{"key": "welder", "title": "welder"}, {"key": "drill", "title": "drill"}]
    needs = workshop_needs(built(tmp_path, parts=[part("lug", [90.0, 80.0, 8.0], **steel)], tools=tools)[0])
    assert needs["machines"] == ["metal", "welder"]
    assert needs["tools"] == ["drill"]


def test_printed_parts_tell_the_box_that_each_goes_into(tmp_path):
    printed = {"form": "print", "process": "print", "ways": ["print"], "grain": None, "material": "plastic"}
    parts = [part("cap", [20.0, 180.0, 30.0], **printed), part("clip", [90.0, 10.0, 60.0], **printed)]
    needs = workshop_needs(built(tmp_path, parts=parts)[0])
    assert needs["prints"][0]["size"] == [180.0, 60.0, 20.0]
    assert needs["machines"] == ["printer"]


def test_the_price_is_that_of_the_cheapest_preset(tmp_path):
    kit = write_kit(tmp_path)
    presets = load_built(kit.key, kit.presets)
    [row] = catalog([presets])["kits"]
    assert row["price_from"] == str(min(Decimal(p["price"]) for p in row["presets"]))


def test_what_all_kits_share_is_not_asked(tmp_path):
    rows = catalog([built(tmp_path)])["kits"]
    assert facets(rows, {}) == []
    other = catalog([built(tmp_path / "b", skill="advanced", tags=["boats"])])["kits"]
    asked = {
        facet.key: [(value, count) for value, _, count in facet.options] for facet in facets(rows + other, {})
    }
    assert asked == {"skill": [("beginner", 1), ("advanced", 1)], "tag": [("boats", 1), ("furniture", 1)]}


def test_counts_of_what_a_kit_can_do_without(tmp_path):
    with_clamps = catalog([built(tmp_path)])["kits"]
    without = catalog([built(tmp_path / "b", tools=[])])["kits"]
    [asked] = [f for f in facets(with_clamps + without, {"clamps": "clamps"}) if f.key == "without"]
    assert asked.options == [("clamps", "clamps", 1)]


def test_the_page_lists_every_preset_for_those_without_scripts(tmp_path):
    kit = write_kit(tmp_path)
    data = catalog([load_built(kit.key, kit.presets)])
    soup = BeautifulSoup(catalog_page(data, data["kits"]), "html.parser")
    assert [row["data-preset"] for row in soup.select(".csm-side tbody tr")] == ["default", "low"]
    assert len(soup.select(".csm-card")) == 1
