# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from decimal import Decimal

import pytest
import small_kit
from hypothesis import given
from hypothesis import strategies as st

from csmkit.catalog.workshop import default_workshop
from csmkit.cost.bom import bom_lines, bulk_row, size_text, subtotals
from csmkit.cost.material import material_uses
from csmkit.cost.shopping import shopping
from csmkit.errors import CsmError
from csmkit.model import BomLine, BoughtFacts, Bulk, CutPlan, ShoppingLine


def bom() -> dict[str, BomLine]:
    lines = bom_lines(small_kit.facts(), small_kit.workshop(), small_kit.plan())
    assert len({line.item for line in lines}) == len(lines)
    return {line.item: line for line in lines}


def shopping_list(plan: CutPlan | None = None) -> dict[str, ShoppingLine]:
    lines = shopping(small_kit.facts(), small_kit.workshop(), plan or small_kit.plan())
    return {line.item: line for line in lines}


def test_quantity_is_the_number_of_poses() -> None:
    lines = bom()
    assert {name: line.quantity for name, line in lines.items() if line.unit == "pc"} == {
        "side": 2,
        "floor": 1,
        "rail": 2,
        "knob": 2,
        "ISO 4017 M8x40": 52,
        "ISO 4017 M10x20": 4,
    }


def test_equal_bought_things_from_several_places_are_one_line_in_natural_order() -> None:
    bought = [item for item, line in bom().items() if line.kind == "bought"]
    assert bought == ["ISO 4017 M8x40", "ISO 4017 M10x20"]


def test_cut_parts_share_what_the_sheets_cost_by_area() -> None:
    # used up: the offcut at 5.00 and half of a sheet at 62.00; both kinds of parts have 0.48 m²
    lines = bom()
    assert lines["side"].price == lines["floor"].price == Decimal("18.00")


def test_bars_cost_their_length_and_the_saw_dust_but_not_the_long_rest() -> None:
    # 9.60 for 2400 mm, of which 977 mm go back
    assert bom()["rail"].price == Decimal("5.69")


def test_a_short_rest_of_a_bar_is_paid_for() -> None:
    plan = small_kit.plan()
    short = replace(plan.bars[0], layouts=(replace(plan.bars[0].layouts[0], rest=499.0),))
    (use,) = (
        u
        for u in material_uses(small_kit.facts(), small_kit.workshop(), replace(plan, bars=(short,)))
        if u.kind == "bar"
    )
    assert use.charge == Decimal("9.60")


def test_printed_parts_and_bulk_goods_cost_their_mass() -> None:
    lines = bom()
    assert lines["knob"].price == Decimal("1.15")  # 2 × 0.025 kg × 23.00
    assert lines["wood glue D3"].price == Decimal("3.30")  # 0.2 + 0.1 kg at 11.00
    assert lines["wood glue D3"].mass == pytest.approx(0.3)


def test_masses_of_all_lines_add_up_to_the_kit() -> None:
    made = 2 * 0.6 * 0.4 * 0.012 * 700 + 0.8 * 0.6 * 0.012 * 700 + 2 * 0.8 + 2 * 0.025
    bought = 52 * 0.023 + 4 * 0.024 + 0.3
    assert sum(line.mass for line in bom().values()) == pytest.approx(made + bought)


def test_subtotals_name_each_class_once_and_lose_nothing() -> None:
    lines = bom().values()
    totals = subtotals(lines)
    assert [t.kind for t in totals] == ["cut", "bar", "printed", "bought", "bulk"]
    assert sum(t.price for t in totals) == sum(line.price for line in lines)
    assert [t.pieces for t in totals] == [3, 2, 2, 56, 0]


@given(
    st.lists(st.tuples(st.floats(50, 600), st.floats(50, 400), st.integers(1, 9)), min_size=1, max_size=12)
)
def test_cut_lines_add_up_to_the_sheets_charge(sizes: list[tuple[float, float, int]]) -> None:
    parts = tuple(small_kit.panel(f"p{i}", *size) for i, size in enumerate(sizes))
    facts = replace(small_kit.facts(), parts=parts)
    lines = bom_lines(facts, small_kit.workshop(), small_kit.plan())
    (use,) = material_uses(facts, small_kit.workshop(), small_kit.plan())
    assert sum(line.price for line in lines if line.kind == "cut") == use.charge == Decimal("36.00")


def test_parts_that_nobody_nested_are_priced_by_area_and_marked() -> None:
    lines = bom_lines(small_kit.facts(), small_kit.workshop(), CutPlan((), ()))
    cut = [line for line in lines if line.kind in ("cut", "bar")]
    assert all(line.assumed for line in cut)
    prices = {kind: sum(line.price for line in cut if line.kind == kind) for kind in ("cut", "bar")}
    assert prices["cut"] == Decimal("19.99")  # 0.96 m² of 2.9768 m² at 62.00
    assert prices["bar"] == Decimal("5.60")  # 1400 of 2400 mm at 9.60


def test_parts_without_a_place_stop_the_bill() -> None:
    plan = small_kit.plan()
    lacking = replace(plan, nestings=(replace(plan.nestings[0], unplaced=("box/side",)),))
    with pytest.raises(CsmError, match=r"ply-12: 1 parts have no place on the stock \(box/side\)"):
        bom_lines(small_kit.facts(), small_kit.workshop(), lacking)


def test_an_unknown_bolt_is_named_with_its_nearest() -> None:
    facts = replace(small_kit.facts(), bought=(BoughtFacts("ISO 4017", "M8x41", (small_kit.HERE,)),))
    with pytest.raises(CsmError, match=r"ISO 4017 M8x41.*nearest: ISO 4017 M8x40"):
        bom_lines(facts, small_kit.workshop(), small_kit.plan())


def test_glue_by_the_litre_is_refused_where_it_is_priced_by_the_kilogram() -> None:
    facts = replace(small_kit.facts(), bulk=(Bulk("wood glue", "D3", 0.2, "l"),))
    with pytest.raises(CsmError, match="wood glue D3 is counted in l but priced by kg"):
        bom_lines(facts, small_kit.workshop(), small_kit.plan())


def test_stored_offcuts_are_not_bought() -> None:
    lines = shopping_list()
    assert "ply-12-offcut" not in lines
    assert (lines["ply-12-full"].units, lines["ply-12-full"].price) == (1, Decimal("62"))
    assert lines["ply-12-full"].unit == "sheet 2440 × 1220"


def test_shopping_buys_whole_packs_bars_and_cans() -> None:
    lines = shopping_list()
    assert (lines["ISO 4017 M8x40"].units, lines["ISO 4017 M8x40"].unit) == (2, "pack of 50")
    assert lines["ISO 4017 M8x40"].price == Decimal("21.00")
    assert (lines["ISO 4017 M10x20"].units, lines["ISO 4017 M10x20"].price) == (1, Decimal("6.00"))
    assert (lines["spruce-2400"].units, lines["spruce-2400"].unit) == (1, "bar 2400")
    assert (lines["wood glue D3"].units, lines["wood glue D3"].unit) == (1, "1 kg")
    assert (lines["filament petg"].units, lines["filament petg"].price) == (1, Decimal("23.00"))


@given(st.integers(1, 500), st.integers(1, 200))
def test_packs_hold_what_is_needed_and_none_is_spare(need: int, pack: int) -> None:
    row = small_kit.bought_row("ISO 4017", "M8x40", "bolt", 0.02, "0.21", pack)
    shop = replace(small_kit.workshop(), bought=(row,))
    bolts = BoughtFacts("ISO 4017", "M8x40", (small_kit.HERE,) * need)
    facts = replace(small_kit.facts(), parts=(), bought=(bolts,), bulk=())
    (line,) = shopping(facts, shop, CutPlan((), ()))
    assert line.units * pack >= need > (line.units - 1) * pack


def test_a_tenth_of_a_kilogram_ten_times_is_one_kilogram() -> None:
    facts = replace(small_kit.facts(), parts=(), bought=(), bulk=(Bulk("wood glue", "D3", 0.1, "kg"),) * 10)
    (line,) = shopping(facts, small_kit.workshop(), CutPlan((), ()))
    assert line.units == 1


def test_broken_packs_are_named_by_their_amount() -> None:
    row = replace(
        small_kit.bought_row("varnish", "exterior", "bulk-l", 0.9, "28.00"), sizes=(("pack_amount", 0.75),)
    )
    shop = replace(small_kit.workshop(), bought=(row,))
    facts = replace(small_kit.facts(), parts=(), bought=(), bulk=(Bulk("varnish", "exterior", 1.0, "l"),))
    (line,) = shopping(facts, shop, CutPlan((), ()))
    assert (line.units, line.unit, line.price) == (2, "0.75 l", Decimal("42.00"))


def test_goods_without_a_plan_are_estimated_from_below() -> None:
    lines = shopping_list(CutPlan((), ()))
    assert lines["ply-12-full"].units == 1
    assert "at least" in lines["ply-12-full"].title


def test_every_filament_and_bulk_good_of_the_catalog_can_be_priced() -> None:
    shop = default_workshop()
    bulk = [row for row in shop.bought if row.kind.startswith("bulk")]
    assert bulk
    for row in bulk:
        assert bulk_row(shop, row.standard, row.size, row.kind.split("-")[1]) is row
    for filament in shop.filaments:
        assert bulk_row(shop, "filament", filament.key, "kg").price > 0


def test_sizes_are_written_as_people_write_them() -> None:
    assert size_text([600.0, 400.04, 11.96, 6.5]) == "600 × 400 × 12 × 6.5"


def test_a_casting_weighs_what_its_solid_weighs_and_its_goods_carry_the_price() -> None:
    knob = replace(small_kit.knob(), name="disc", stock="filled-resin", form="cast", process="cast", mass=0.4)
    facts = replace(
        small_kit.facts(),
        parts=(replace(knob, quantity=1),),
        bulk=(
            Bulk("wood glue", "D3", 0.5, "kg", waste=0.2, is_cast=True),
            Bulk("wood glue", "D3", 0.1, "kg", waste=0.2),
        ),
    )
    shop = replace(small_kit.workshop(), castings=default_workshop().castings)
    lines = {line.item: line for line in bom_lines(facts, shop, CutPlan((), ()))}
    disc, glue = lines["disc"], lines["wood glue D3"]
    assert (disc.kind, disc.mass, disc.price) == ("cast", 0.4, Decimal("0.00"))
    assert glue.quantity == pytest.approx(0.72)  # kg to buy
    assert glue.price == Decimal("7.92")  # at 11.00 a kg
    assert glue.mass == pytest.approx(0.1)  # what isn't cast and isn't wasted
