# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.commons.tiers import GROUPS, basics_carried, check_tiers, files_of, group_of, tier_prices
from csmkit.errors import CsmError
from csmkit.model import Tier

FREE = Tier("free", "Files", "", ("source", "bom"), Decimal(0))
BASIC = Tier("basic", "Parts", "", ("flat", "sheets", "bom"), Decimal("0.90"))
PREMIUM = Tier("premium", "Kit", "", ("parts", "flat", "sheets", "bars", "gcode", "book"), Decimal("1.35"))
TIERS = (FREE, BASIC, PREMIUM)

PATHS = {
    "designs/bike-trailer/design.py": "source",
    "designs/bike-trailer/photos/first ride.jpg": "source",
    "workshop.toml": "source",
    "params.toml": "source",
    "kit.json": "data",
    "bom.csv": "bom",
    "shopping.csv": "bom",
    "cut-list.csv": "bom",
    "drill-table.csv": "bom",
    "assembly.step": "assembly",
    "assembly.glb": "assembly",
    "viewer.json.gz": "assembly",
    "parts/side left.step": "parts",
    "parts/knob.3mf": "parts",
    "flat/birch-ply-12mm/Seitenwand_groß_x2.dxf": "flat",
    "sheets/birch-ply-12-2440x1220-1.svg": "sheets",
    "bars/spruce-45x45.svg": "bars",
    "gcode/router-2500x1250/birch-ply-12-2440x1220-1.ngc": "gcode",
    "gcode/router-2500x1250/birch-ply-12-2440x1220-1.json": "gcode",
    "drawings/side.svg": "drawings",
    "pictures/hero.webp": "pictures",
    "steps/1.svg": "instructions",
    "instructions.md": "instructions",
    "instructions.es.md": "instructions",
    "book.pdf": "book",
    "book.es.pdf": "book",
    "setup-sheet.pdf": "gcode",
    "setup-sheet.es.pdf": "gcode",
    "okh.toml": "okh",
    "README.md": "licence",
    "LICENSES/CERN-OHL-S-2.0.txt": "licence",
}


@pytest.mark.parametrize(("path", "group"), PATHS.items())
def test_every_file_of_the_output_contract_has_its_group(path: str, group: str) -> None:
    assert group_of(path) == group


@pytest.mark.parametrize(
    "path", ["SHA256SUMS", "bundles/box-1.0.0-default-free.zip", "secret.txt", "x/bom.csv"]
)
def test_checksums_bundles_and_strangers_belong_to_no_group(path: str) -> None:
    assert group_of(path) is None


def test_every_group_has_a_file_of_the_contract() -> None:
    assert {group.key for group in GROUPS} == set(PATHS.values())


def test_a_tier_holds_its_groups_and_what_every_tier_holds() -> None:
    assert files_of(BASIC, PATHS) == tuple(
        sorted(p for p, g in PATHS.items() if g in ("flat", "sheets", "bom", "okh", "licence"))
    )


def test_a_kit_with_three_sound_tiers_has_no_problem() -> None:
    assert check_tiers(TIERS) == []


@pytest.mark.parametrize("left_out", TIERS)
def test_a_missing_tier_is_named(left_out: Tier) -> None:
    problems = check_tiers([t for t in TIERS if t is not left_out])
    assert problems == [f"tier {left_out.key} is missing; offer free, basic and premium, each once"]


def test_a_tier_that_is_offered_twice_is_named() -> None:
    assert check_tiers([*TIERS, BASIC]) == [
        "tier basic is offered 2 times; offer free, basic and premium, each once"
    ]


def test_a_free_tier_without_the_source_is_refused() -> None:
    (problem,) = check_tiers([replace(FREE, holds=("bom", "flat")), BASIC, PREMIUM])
    assert problem.startswith("tier free lacks source")


def test_an_empty_tier_is_refused() -> None:
    (problem,) = check_tiers([FREE, replace(BASIC, holds=()), PREMIUM])
    assert problem.startswith("tier basic holds nothing")


def test_an_unknown_group_is_named_with_its_nearest() -> None:
    (problem,) = check_tiers([FREE, replace(BASIC, holds=("flats", "bom")), PREMIUM])
    assert "tier basic holds 'flats', which is no group of files; nearest: flat;" in problem


def test_a_group_that_is_named_twice_is_told_once() -> None:
    (problem,) = check_tiers([FREE, replace(BASIC, holds=("bom", "flat", "bom")), PREMIUM])
    assert problem == "tier basic holds 'bom' 2 times; name it once"


def test_a_free_tier_costs_nothing() -> None:
    (problem,) = check_tiers([replace(FREE, price_factor=Decimal("0.1")), BASIC, PREMIUM])
    assert "price factor 0.1" in problem


@pytest.mark.parametrize("factor", ["-0.5", "NaN", "Infinity"])
def test_an_impossible_price_factor_is_named(factor: str) -> None:
    (problem,) = check_tiers([FREE, replace(BASIC, price_factor=Decimal(factor)), PREMIUM])
    assert f"price factor {factor}" in problem


def test_premium_carries_basic_in_the_worked_example() -> None:
    prices = {p.key: p for p in tier_prices(Decimal("324.86"), TIERS)}
    assert (prices["premium"].price, prices["premium"].surplus) == (Decimal("438.56"), Decimal("113.70"))
    assert (prices["basic"].price, prices["basic"].surplus) == (Decimal("292.37"), Decimal("-32.49"))
    assert (prices["free"].price, prices["free"].surplus) == (Decimal(0), Decimal(0))
    assert basics_carried(prices.values()) == 3


def test_a_basic_kit_at_cost_needs_nobody() -> None:
    assert (
        basics_carried(tier_prices(Decimal(100), [replace(BASIC, price_factor=Decimal(1)), PREMIUM])) is None
    )


def test_a_premium_kit_without_surplus_carries_none() -> None:
    assert basics_carried(tier_prices(Decimal(100), [BASIC, replace(PREMIUM, price_factor=Decimal(1))])) == 0


@given(
    st.decimals("0.01", 100_000, places=2), st.decimals("0.5", "0.99", places=2), st.decimals(1, 3, places=2)
)
def test_what_premium_kits_give_pays_for_the_basic_kits_they_carry(
    at_cost: Decimal, low: Decimal, high: Decimal
) -> None:
    prices = tier_prices(at_cost, [replace(BASIC, price_factor=low), replace(PREMIUM, price_factor=high)])
    basic, premium = prices
    carried = basics_carried(prices)
    if carried is None:
        assert basic.surplus >= 0
    else:
        assert premium.surplus + carried * basic.surplus >= 0
        assert premium.surplus + (carried + 1) * basic.surplus < 0


@pytest.mark.parametrize("price", ["-1", "NaN"])
def test_an_impossible_at_cost_price_is_refused(price: str) -> None:
    with pytest.raises(CsmError, match="at-cost price"):
        tier_prices(Decimal(price), TIERS)
