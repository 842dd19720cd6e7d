# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The tables: every row has a source, and no figure is physically odd."""

import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from csmkit.catalog import tables
from csmkit.catalog.rates import MachineCost, machine_cost
from csmkit.catalog.table import read_rows, table_names
from csmkit.catalog.workshop import default_workshop
from csmkit.errors import CsmError

KEY_COLUMNS = {
    "bar_lengths": ("bar", "length"),
    "bought": ("standard", "size"),
    "fasteners": ("standard", "size"),
    "sheet_sizes": ("sheet", "length", "width"),
}


@pytest.mark.parametrize("name", table_names())
def test_every_row_has_a_source_and_a_date(name):
    rows = read_rows(name)
    assert rows
    for row in rows:
        assert len(row["source"]) >= 7, row
        assert date(2000, 1, 1) < date.fromisoformat(row["date"]) < date(2100, 1, 1)
        assert row["assumed"] in ("yes", "no"), row


@pytest.mark.parametrize("name", table_names())
def test_a_row_whose_money_was_judged_says_so(name):
    for row in read_rows(name):
        if {"price", "price_kg", "purchase"} & row.keys():
            assert "judged" not in row["source"] or row["assumed"] == "yes", row


@pytest.mark.parametrize("name", table_names())
def test_no_row_stands_twice(name):
    columns = KEY_COLUMNS.get(name, ("key",))
    count = Counter(tuple(row[c] for c in columns) for row in read_rows(name))
    assert [key for key, n in count.items() if n > 1] == []


def test_a_torn_row_is_refused(tmp_path, monkeypatch):
    (tmp_path / "torn.csv").write_text("key,source\na,b\nc\n")
    monkeypatch.setattr("csmkit.catalog.table.FOLDER", tmp_path)
    with pytest.raises(ValueError, match="line 3"):
        read_rows("torn")


def test_bought_rows_are_unique_across_files():
    count = Counter((row.standard, row.size) for row in tables.bought_rows())
    assert count.most_common(1)[0][1] == 1


@pytest.mark.parametrize("material", tables.materials(), ids=lambda m: m.key)
def test_material_is_physically_plausible(material):
    known = {"steel": (7800, 7900), "alu": (2600, 2800), "filled": (1300, 1900), "copper": (4000, 7000)}
    low, high = known.get(material.key.split("-")[0], (350, 1400))
    assert low <= material.density <= high
    if material.bending and material.bending_across and material.has_grain:
        assert material.bending_across < material.bending
    if material.modulus and material.bending:
        assert 0.0008 < material.bending / material.modulus < 0.01  # strain at failure or yield


def test_plywood_bearing_strength_follows_eurocode_5():
    birch = next(m for m in tables.materials() if m.key == "birch-ply")
    assert birch.bearing == pytest.approx(0.11 * (1 - 0.01 * 10) * 630, abs=0.05)


@pytest.mark.parametrize("sheet", tables.sheets(), ids=lambda s: s.key)
def test_thickness_and_its_tolerance_are_those_of_en_315_or_better(sheet):
    assert sheet.nominal - sheet.minus <= sheet.thickness <= sheet.nominal + sheet.plus
    assert 0 < sheet.minus < 0.5 + 0.03 * sheet.nominal  # EN 315 below; a tenth for rounding
    assert -0.5 < sheet.plus < 0.9 + 0.03 * sheet.nominal  # EN 315 above, unsanded
    assert not sheet.measured


def test_birch_plywood_is_thinner_than_its_name():
    sheet = default_workshop().sheet("birch-ply-18")
    assert (sheet.nominal - sheet.minus, sheet.nominal + sheet.plus) == pytest.approx((17.1, 18.1))
    assert sheet.thickness == 17.7
    assert sheet.processes[0] == "router"


def test_thicker_birch_plywood_bends_at_lower_stress_along_and_higher_across():
    birch = [s for s in tables.sheets() if s.material.key == "birch-ply"]
    along = [s.material.bending for s in birch]
    across = [s.material.bending_across for s in birch]
    assert along == sorted(along, reverse=True)
    assert across == sorted(across)
    least = next(m for m in tables.materials() if m.key == "birch-ply")
    assert least.bending == min(along)


def share_along(plies, ply=1.4, sanded=0.3):
    """Share of the second moment in plies along the face grain; thickness; reach of the cross plies."""
    total = plies * ply - 2 * sanded
    edges = [-total / 2, *(-total / 2 - sanded + ply * i for i in range(1, plies)), total / 2]
    moments = [(b**3 - a**3) / 3 for a, b in pairwise(edges)]
    return sum(moments[::2]) / sum(moments), total, total / 2 - (ply - sanded)


@pytest.mark.parametrize(
    ("nominal", "plies"), [(4, 3), (6.5, 5), (9, 7), (12, 9), (15, 11), (18, 13), (21, 15), (24, 17)]
)
def test_birch_strengths_are_those_of_a_laminate_of_birch_veneers(nominal, plies):
    material = default_workshop().sheet(f"birch-ply-{nominal}").material
    along, total, reach = share_along(plies)
    assert material.modulus == pytest.approx(17500 * along, rel=1e-3)  # N/mm² of a veneer along its grain
    assert material.bending == pytest.approx(70 * along, rel=2e-3)
    assert material.bending_across == pytest.approx(70 * (1 - along) * total / 2 / reach, rel=5e-3)


def test_every_sheet_and_bar_can_be_bought():
    assert {s.sheet for s in tables.stock_sheets()} == {s.key for s in tables.sheets()}
    assert {b.bar for b in tables.stock_bars()} == {b.key for b in tables.bars()}


def test_sheet_prices_grow_with_thickness_and_area():
    price = {s.key: s.price for s in tables.stock_sheets()}
    for family in ("birch-ply", "birch-ply-film", "poplar-ply", "spruce-ply", "mdf", "steel-sheet"):
        goods = [s for s in tables.sheets() if s.key.rsplit("-", 1)[0] == family]
        usual = [next(p for k, p in price.items() if k.startswith(f"{s.key}-")) for s in goods]
        assert usual == sorted(usual), family
    for sheet in tables.stock_sheets():
        assert Decimal("2") < sheet.price / Decimal(sheet.outline.area / 1e6) < Decimal("250"), sheet.key


def test_hollow_bars_have_a_wall_and_solid_ones_none():
    for bar in tables.bars():
        assert (bar.shape in ("tube", "pipe")) == (bar.wall > 0), bar.key
        assert 2 * bar.wall < min(bar.width, bar.height)
        assert bar.shape in ("rectangle", "tube") or bar.width == bar.height


def test_pipe_sizes_are_those_of_the_standard():
    pipes = {b.width: b.wall for b in tables.bars() if b.material.key == "steel-s195"}
    assert pipes.items() >= {33.7: 3.2, 48.3: 3.2, 60.3: 3.6, 88.9: 4.0}.items()


def test_machine_rate_matches_the_worked_example():
    figures = (6500, 500, 5000, 300, 400, Decimal("1.8"), Decimal("0.30"))
    assert MachineCost(*(Decimal(f) for f in figures)).rate_h == Decimal("2.49")
    assert machine_cost("router-1300x900").rate_h == Decimal("2.49")


def test_default_workshop_is_the_modest_community_workshop():
    shop = default_workshop()
    assert shop.machine.process == "router"
    assert shop.machine.envelope[:2] == (2500, 1250)
    assert shop.cutter == 6
    assert shop.cutter + shop.cutting.spacing_margin == 8
    assert {s.size for s in shop.stock_sheets if "ply" in s.sheet} == {(2440, 1220)}
    assert shop.rates.currency == "EUR"


def test_wheel_diameter_is_bead_plus_two_tyres():
    for row in tables.bought_rows():
        if row.kind == "wheel":
            width, bead = (float(x) for x in row.size.split("-"))
            assert row.dimension("tyre_diameter") == bead + 2 * width
            assert row.dimension("over_locknuts") == 100


def test_unknown_bought_row_names_the_nearest():
    with pytest.raises(CsmError, match="M8x40"):
        default_workshop().bought_row("ISO 4017", "M8x41")


def test_every_filament_has_a_price_by_the_kilogram():
    shop = default_workshop()
    for filament in shop.filaments:
        assert shop.bought_row("filament", filament.key).kind == "bulk-kg"


def test_loading_everything_is_quick_and_brings_no_heavy_library():
    code = (
        "import sys; from csmkit.catalog.workshop import default_workshop; default_workshop();"
        "print(*sorted({'numpy','pandas','pydantic','OCP','shapely'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_chip_loads_grow_with_the_diameter_and_never_rub_at_usual_sizes():
    rows = tables.chip_loads()
    for key in {(row.material, row.kind) for row in rows}:
        mine = sorted((row for row in rows if (row.material, row.kind) == key), key=lambda row: row.diameter)
        loads = [row.mm_tooth for row in mine]
        assert loads == sorted(loads), key
        assert all(0.005 < load < 0.3 for load in loads), key
        if key[0] != "aluminium":
            assert min(loads) >= 0.025, key


def test_every_material_that_a_router_cuts_has_a_chip_load():
    known = {row.material for row in tables.chip_loads()}
    for sheet in tables.sheets():
        if "router" in sheet.processes:
            assert sheet.material.machining in known, sheet.key


@pytest.mark.parametrize(
    "machine", [m for m in tables.machines() if m.process == "router"], ids=lambda m: m.key
)
def test_a_router_has_a_spindle_and_axes(machine):
    assert 1000 <= machine.rpm_min < machine.rpm_max <= 60000
    assert 0 < machine.plunge_mm_min <= machine.feed_mm_min
    assert 50 <= machine.acceleration <= 10_000
    assert 0.001 <= machine.junction_deviation <= 0.1
