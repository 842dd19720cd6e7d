# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
import math
from dataclasses import replace
from decimal import Decimal

import pytest
import small_kit
from hypothesis import given
from hypothesis import strategies as st

from csmkit.catalog.rates import MachineCost
from csmkit.cost.bom import bom_lines
from csmkit.cost.price import PRINTER_RATE, Costs, at_cost_price, kit_costs
from csmkit.cost.time import Allowances, cutting_minutes, hours, work_times
from csmkit.errors import CsmError
from csmkit.model import CutPlan, Outline, Price, PriceLine, SawCut

PLAIN = Allowances(breakthrough=0.0, acceleration=1.0, approach_s=0.0)


def costs(materials: str, hardware: str, machine_h: str, labour_h: str) -> Costs:
    lines = (PriceLine("plywood", Decimal(materials), "1.5 sheets × 62.00"),)
    return Costs(lines, Decimal(hardware), "bolts", Decimal(machine_h), Decimal(0), Decimal(labour_h))


def price_of_kit(assembly_minutes: float) -> Price:
    kit, shop, plan = small_kit.facts(), small_kit.workshop(), small_kit.plan()
    times = work_times(kit, shop, plan, assembly_minutes)
    return at_cost_price(kit_costs(kit, shop, plan, bom_lines(kit, shop, plan), times), shop.rates)


def test_the_worked_example_costs_324_86() -> None:
    price = at_cost_price(costs("93.00", "48.30", "1.25", "6"), small_kit.rates())
    assert [(line.name, str(line.amount)) for line in price.lines] == [
        ("plywood", "93.00"),
        ("hardware", "48.30"),
        ("machine", "22.50"),
        ("labour", "132.00"),
        ("consumables", "5.00"),
        ("maintenance", "15.04"),
        ("reserve", "9.02"),
    ]
    assert price.total == Decimal("324.86")
    assert price.currency == "EUR"


def test_each_line_says_how_it_came_about() -> None:
    price = at_cost_price(costs("93.00", "48.30", "1.25", "6"), small_kit.rates())
    how = {line.name: line.how for line in price.lines}
    assert how["machine"] == "1.25 h × 18.00"
    assert how["labour"] == "6.00 h × 22.00"
    assert how["maintenance"] == "5.00 % of 300.80"


@given(
    st.decimals(0, 10_000, places=2),
    st.decimals(0, 10_000, places=2),
    st.decimals(0, 500, places=2),
    st.decimals(0, 1, places=4),
)
def test_lines_add_up_to_the_total_to_the_cent(
    materials: Decimal, hardware: Decimal, h: Decimal, share: Decimal
) -> None:
    rates = replace(small_kit.rates(), maintenance=share, reserve=share / 3)
    price = at_cost_price(costs(str(materials), str(hardware), str(h), str(h)), rates)
    assert sum(line.amount for line in price.lines) == price.total
    assert all(line.amount == line.amount.quantize(Decimal("0.01")) for line in price.lines)


@pytest.mark.parametrize("rate", ["-1", "NaN", "Infinity"])
def test_impossible_rates_are_named(rate: str) -> None:
    with pytest.raises(CsmError, match=f"labour rate = {rate} is not a number from 0 up"):
        at_cost_price(costs("1", "1", "1", "1"), replace(small_kit.rates(), labour_h=Decimal(rate)))


def test_the_printers_rate_follows_from_its_stated_figures() -> None:
    figures = ("900", "150", "6000", "80", "1500", "0.12", "0.30")
    assert MachineCost(*map(Decimal, figures)).rate_h == PRINTER_RATE


def test_the_worked_machine_costs_2_49_an_hour() -> None:
    figures = ("6500", "500", "5000", "300", "400", "1.8", "0.30")
    assert MachineCost(*map(Decimal, figures)).rate_h == Decimal("2.49")


def test_a_kits_price_holds_all_its_materials() -> None:
    price = price_of_kit(90)
    amounts = {line.name: line.amount for line in price.lines}
    assert amounts["birch plywood 12 mm"] == Decimal("36.00")
    assert amounts["spruce 40 × 60"] == Decimal("5.69")
    assert amounts["PETG filament"] == Decimal("1.15")
    assert amounts["bulk goods"] == Decimal("3.30")
    assert amounts["hardware"] == Decimal("12.12")  # 52 × 0.21 + 4 × 0.30
    assert amounts["consumables"] == Decimal("5.00")
    how = next(line.how for line in price.lines if line.name == "birch plywood 12 mm")
    assert (
        how == "1 × ply-12-full at 62.00 + 1 × ply-12-offcut at 5.00, less reusable offcuts of 0.500 sheets"
    )


def test_an_hour_more_of_assembly_costs_an_hour_of_labour_and_its_shares() -> None:
    more = price_of_kit(150).total - price_of_kit(90).total
    assert more == pytest.approx(Decimal("22") * Decimal("1.08"), abs=Decimal("0.01"))


def test_a_rectangle_takes_its_perimeter_and_a_turn_of_the_cutter_in_each_pass() -> None:
    pattern = small_kit.panel("side", 600, 400, 1).flat_pattern
    assert pattern is not None
    length = 2 * (2000 + math.pi * 6)  # 12 mm deep in passes of 6
    assert cutting_minutes(pattern, 6.0, 2400.0, PLAIN) == pytest.approx(length / 2400)


def test_a_hole_of_the_cutters_size_is_plunged_and_a_larger_one_is_a_helix() -> None:
    def extra(diameter: float) -> float:
        bare = small_kit.panel("side", 600, 400, 1).flat_pattern
        holed = small_kit.panel("side", 600, 400, 1, (small_kit.hole(diameter),)).flat_pattern
        assert bare is not None
        assert holed is not None
        return cutting_minutes(holed, 6.0, 2400.0, PLAIN) - cutting_minutes(bare, 6.0, 2400.0, PLAIN)

    assert extra(6.0) == pytest.approx(12 / 0.25 / 2400)
    assert extra(8.0) == pytest.approx((12 / math.sin(math.radians(5)) + 2 * math.pi) / 2400)


def test_a_pocket_is_cleared_with_the_stepover() -> None:
    bare = small_kit.panel("side", 600, 400, 1).flat_pattern
    pocket = small_kit.hole(60.0, kind="pocket", depth=6.0)
    pocketed = small_kit.panel("side", 600, 400, 1, (pocket,)).flat_pattern
    assert bare is not None
    assert pocketed is not None
    extra = cutting_minutes(pocketed, 6.0, 2400.0, PLAIN) - cutting_minutes(bare, 6.0, 2400.0, PLAIN)
    assert extra == pytest.approx((math.pi * 54 + math.pi * 30**2 / (0.4 * 6)) / 2400)


def test_only_nested_parts_take_machine_time() -> None:
    lines = work_times(small_kit.facts(), small_kit.workshop(), CutPlan((), ()), 30)
    assert not [line for line in lines if line.kind == "machine"]
    assert {line.name for line in lines} == {"sawing bars", "printing", "handling prints", "assembly"}


def test_each_sheet_is_set_up_once_and_turned_if_a_part_is_cut_from_both_sides() -> None:
    facts = small_kit.facts()
    below = small_kit.panel("floor", 800, 600, 1, (small_kit.hole(8.0, depth=6.0, side="bottom"),))
    two_sided = replace(facts, parts=(facts.parts[0], below, *facts.parts[2:]))
    a = Allowances()
    setup = [
        next(
            t.minutes for t in work_times(f, small_kit.workshop(), small_kit.plan(), 0) if "setting" in t.name
        )
        for f in (facts, two_sided)
    ]
    assert setup == [2 * a.sheet_setup, 2 * a.sheet_setup + a.turn_over]


def test_each_panel_of_a_sheet_sawn_first_is_set_up_and_each_first_cut_takes_its_minutes() -> None:
    facts, plan, a = small_kit.facts(), small_kit.plan(), Allowances()
    below = small_kit.panel("side", 480, 400, 2, (small_kit.hole(8.0, depth=6.0, side="bottom"),))
    kit = replace(facts, parts=(below, *facts.parts[1:]))
    first, second = plan.nestings[0].layouts
    sawn = replace(
        second,
        panels=(Outline.rectangle(0, 0, 2440, 490), Outline.rectangle(0, 493, 2440, 983)),
        first_cuts=(
            SawCut(1, 1, "y", 983, (0, 0, 2440, 1220)),
            SawCut(2, 1, "y", 490, (0, 0, 2440, 983)),
        ),
    )
    nesting = replace(plan.nestings[0], layouts=(first, sawn))
    lines = work_times(kit, small_kit.workshop(), replace(plan, nestings=(nesting,)), 0)
    minutes = {line.name: line.minutes for line in lines}
    assert minutes["setting up sheets"] == 3 * a.sheet_setup + 2 * a.turn_over
    assert minutes["sawing sheets into panels"] == 2 * a.first_cut


def test_hours_are_rounded_to_the_hundredth_that_the_price_shows() -> None:
    lines = work_times(small_kit.facts(), small_kit.workshop(), CutPlan((), ()), 30)
    labour = sum(line.minutes for line in lines if line.kind == "labour")
    assert hours(lines, "labour") == Decimal(str(round(labour / 60, 2)))
    assert hours(lines, "printer") == Decimal("2.50")  # 0.05 kg at 20 g/h


def test_proven_minutes_take_the_place_of_the_estimate() -> None:
    def machine(**more):
        lines = work_times(small_kit.facts(), small_kit.workshop(), small_kit.plan(), 0, **more)
        return next(line for line in lines if line.name == "cutting sheets")

    [*goods] = (n.sheet for n in small_kit.plan().nestings)
    proven = machine(proven=dict.fromkeys(goods, 20.0))
    assert proven.minutes == 20 * len(goods)
    assert "estimated" not in proven.how
    assert "estimated" in machine().how
