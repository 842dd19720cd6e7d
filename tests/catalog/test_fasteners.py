# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Fasteners: sizes of the standards, masses that their volumes explain."""

import csv
import math
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest

from csmkit.catalog.tables import bought_rows

ROWS = {(row.standard, row.size): row for row in bought_rows()}
BOLTS = [row for row in ROWS.values() if row.kind == "bolt"]
STEEL = 7.85e-6


def size_of(standard, size, *names):
    return tuple(ROWS[standard, size].dimension(name) for name in names)


def test_m8_has_the_sizes_of_the_standards():
    assert size_of("ISO 4017", "M8x40", "head_flats", "head_height", "length") == (13, 5.3, 40)
    assert size_of("ISO 4032", "M8", "flats", "height") == (13, 6.8)
    assert size_of("ISO 7089", "M8", "d_inner", "d_outer", "thickness") == (8.4, 16, 1.6)
    assert size_of("ISO 7093-1", "M8", "d_inner", "d_outer", "thickness") == (8.4, 24, 2)
    assert size_of("DIN 603", "M8x60", "head_diameter", "head_height", "thread") == (20.65, 4.88, 22)
    assert size_of("ISO 4762", "M8x60", "head_diameter", "head_height", "drive", "thread") == (
        13.27,
        8,
        6,
        28,
    )
    assert size_of("ISO 10511", "M8", "height") == (6.76,)
    assert size_of("ISO 4014", "M8x80", "thread") == (22,)
    assert size_of("ISO 4014", "M8x130", "thread") == (28,)


@pytest.mark.parametrize(
    ("size", "kg_per_1000"),
    [  # a dealer's table of masses for DIN 912, the same screw
        ("M4x20", 2.7),
        ("M5x30", 5.6),
        ("M6x20", 6.5),
        ("M6x50", 13.2),
        ("M8x20", 13.4),
        ("M8x35", 18.9),
        ("M8x80", 37.0),
        ("M10x40", 32.9),
        ("M10x80", 58.5),
        ("M12x60", 63.4),
    ],
)
def test_socket_screws_weigh_what_a_published_table_says(size, kg_per_1000):
    assert ROWS["ISO 4762", size].mass * 1000 == pytest.approx(kg_per_1000, rel=0.15)


def test_a_washers_mass_is_its_volume_of_steel():
    ring = math.pi / 4 * (24**2 - 8.4**2) * 2
    assert ROWS["ISO 7093-1", "M8"].mass == pytest.approx(ring * STEEL, rel=1e-3)


@pytest.mark.parametrize("row", BOLTS, ids=lambda r: f"{r.standard} {r.size}")
def test_mass_lies_between_the_thinnest_and_the_thickest_solid(row):
    s = dict(row.sizes)
    core = s["d"] - 1.2269 * s["pitch"]
    head_box = max(s["head_diameter"], s["head_flats"]) ** 2 * s["head_height"]
    neck = s.get("neck_width", 0) ** 2 * s.get("neck_height", 0)
    least = math.pi / 4 * core**2 * (s["length"] - s["head_height"]) + 0.2 * head_box
    most = math.pi / 4 * s["d"] ** 2 * s["length"] + head_box + neck
    assert least < row.mass / STEEL < most


@pytest.mark.parametrize("row", BOLTS, ids=lambda r: f"{r.standard} {r.size}")
def test_thread_fits_below_the_head(row):
    s = dict(row.sizes)
    assert 0.8 * s["d"] < s["thread"] < s["length"]
    assert s["head_diameter"] > 1.2 * s["d"]
    assert s["drive"] == 0 or s["head_flats"] == 0


def test_longer_bolts_of_one_kind_weigh_and_cost_more():
    families = {}
    for row in ROWS.values():
        if row.kind in ("bolt", "screw"):
            families.setdefault((row.standard, row.dimension("d")), []).append(row)
    for family in families.values():
        by_length = sorted(family, key=lambda r: r.dimension("length"))
        masses, prices = [r.mass for r in by_length], [r.price for r in by_length]
        assert all(a < b for a, b in pairwise(masses))
        assert prices == sorted(prices)


@pytest.mark.parametrize("name", ["head_diameter", "head_height"])
def test_heads_grow_with_the_thread(name):
    for standard in {row.standard for row in ROWS.values() if row.kind in ("bolt", "screw")}:
        heads = {r.dimension("d"): r.dimension(name) for r in ROWS.values() if r.standard == standard}
        values = [heads[d] for d in sorted(heads)]
        assert all(a < b for a, b in pairwise(values)), standard


@pytest.mark.parametrize("kind", ["nut", "washer"])
def test_nuts_and_washers_pass_their_bolt(kind):
    for row in ROWS.values():
        if row.kind == kind:
            d = float(row.size.removeprefix("M"))
            hole = row.dimension("d" if kind == "nut" else "d_inner")
            assert d <= hole <= 1.1 * d
            assert row.dimension("flats" if kind == "nut" else "d_outer") > 1.4 * d


def warehouse(name):
    """Rows of a table of bd_warehouse by thread, an independent transcription of the standards."""
    spec = find_spec("bd_warehouse")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "data" / f"{name}_parameters.csv"
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            yield row["Size"].split("-")[0], {k.strip(): v for k, v in row.items() if v}


@pytest.mark.parametrize(
    ("table", "prefix", "standard", "pairs", "slack"),
    [
        ("hex_head", "iso4014", "ISO 4014", {"s": "head_flats", "k": "head_height"}, 0.01),
        ("hex_head", "iso4017", "ISO 4017", {"s": "head_flats", "k": "head_height"}, 0.3),  # theirs: k max
        (
            "socket_head_cap",
            "iso4762",
            "ISO 4762",
            {"dk": "head_diameter", "k": "head_height", "s": "drive"},
            0.01,
        ),
        ("button_head", "iso7380_1", "ISO 7380-1", {"dk": "head_diameter", "k": "head_height"}, 0.01),
        ("hex_nut", "iso4032", "ISO 4032", {"s": "flats", "m": "height"}, 0.01),
        ("plain_washer", "iso7089", "ISO 7089", {"d1": "d_inner", "d2": "d_outer", "h": "thickness"}, 0.21),
        ("plain_washer", "iso7093", "ISO 7093-1", {"d1": "d_inner", "d2": "d_outer", "h": "thickness"}, 0.31),
    ],
)
def test_sizes_agree_with_an_independent_table(table, prefix, standard, pairs, slack):
    theirs = dict(warehouse(table))
    checked = 0
    for (name, size), row in ROWS.items():
        if name == standard:
            other = theirs[size.split("x")[0]]
            for column, dimension in pairs.items():
                assert row.dimension(dimension) == pytest.approx(
                    float(other[f"{prefix}:{column}"]), abs=slack
                )
            checked += 1
    assert checked >= 6
