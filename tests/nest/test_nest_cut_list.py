# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The cut list counts poses, finds the stock, and says what can't be cut and by how much."""

from dataclasses import replace
from decimal import Decimal
from typing import Literal

import pytest
from nest_instances import rectangle, sheet

from csmkit.errors import CsmError
from csmkit.model import (
    Cutting,
    KitFacts,
    Machine,
    Material,
    PartFacts,
    Pose,
    Rates,
    Sheet,
    StockBar,
    StockSheet,
    Tool,
    Workshop,
)
from csmkit.nest.candidate import CutSheet
from csmkit.nest.cut_list import bar_instances, nest_instances, saw_instances
from csmkit.nest.linear import plan_bars
from csmkit.nest.score import finished
from csmkit.nest.shortage import no_room, no_room_on_bars

NOTHING = Decimal(0)
BIRCH = Material("birch", "birch", 680, True, None, None, None, None, None, "test")


def shop(*stock: StockSheet, bars: tuple[StockBar, ...] = ()) -> Workshop:
    return Workshop(
        name="test",
        machines=(Machine("router", "router", "router", (2500.0, 1250.0, 100.0), "grbl", 4000.0, "test"),),
        tools=(Tool("em6", "end mill 6", "flat", 6.0, 2, 22.0, "test"),),
        sheets=(Sheet("ply-12", "ply", BIRCH, 12.0, 12.0, 0.0, 0.0, ("router",), False, "test"),),
        bars=(),
        filaments=(),
        stock_sheets=stock,
        stock_bars=bars,
        bought=(),
        cutting=Cutting("em6", 2.0, 10.0, 3.0, 15.0),
        rates=Rates(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, "EUR"),
    )


def part(
    name: str, x: float, y: float, grain: Literal["x", "y"] | None = None, quantity: int = 1
) -> PartFacts:
    pattern = rectangle(name, x, y, 1, grain).pattern
    poses = (Pose(),) * quantity
    size = (x, y, 12.0)
    return PartFacts(
        name, "ply-12", "sheet", "router", quantity, poses, size, 1.0, 1.0, (0, 0, 0), pattern, None
    )


def rail(length: float, quantity: int = 1) -> PartFacts:
    poses = (Pose(),) * quantity
    size = (length, 45.0, 45.0)
    return PartFacts("rail", "spruce", "bar", "saw", quantity, poses, size, 1.0, 1.0, (0, 0, 0), None, length)


def kit(*parts: PartFacts, name: str = "kit") -> KitFacts:
    return KitFacts(name, parts, (), (), ())


def test_sheets_beyond_the_routers_reach_are_left_out_where_others_do() -> None:
    near, far = sheet(2440, 1220, "near"), sheet(1525, 1525, "far")
    [small] = nest_instances(kit(part("small", 600, 400)), shop(near, far))
    [large] = nest_instances(kit(part("large", 1500, 1100)), shop(far))
    [few] = nest_instances(kit(part("small", 600, 400)), shop(replace(near, quantity=3), far))
    assert [s.key for s in small.stock] == ["near"]
    assert [s.key for s in few.stock] == ["near", "far"]
    assert [len(s.panels) for s in few.stock] == [0, 2]
    assert [p.bounds for p in large.stock[0].panels] == [(0, 0, 1525, 1250), (0, 1253, 1525, 1525)]
    assert (large.rules.reach, large.rules.kerf) == ((2500, 1250), 3)


def test_a_part_beyond_the_routers_reach_says_what_the_router_takes() -> None:
    far = shop(sheet(1525, 1525))
    with pytest.raises(
        CsmError, match=r"kit/large: 1400\.0 × 1400\.0 mm is larger than the reach of router,"
    ):
        nest_instances(kit(part("large", 1400, 1400)), far)
    with pytest.raises(
        CsmError, match=r"no room on what router takes of ply-12 .*: 1525 × 1250 or 1525 × 272"
    ):
        nest_instances(kit(part("large", 1400, 1240)), far)


def test_an_instance_holds_quantities_stock_and_distances() -> None:
    other = replace(sheet(key="mdf"), sheet="mdf-10")
    (task,) = nest_instances(
        kit(part("side", 300, 200, "x", 2), part("seat", 400, 200)), shop(sheet(), other)
    )
    assert [(i.name, i.quantity) for i in task.items] == [("kit/side", 2), ("kit/seat", 1)]
    assert [s.key for s in task.stock] == ["full"]
    assert (task.rules.spacing, task.rules.edge) == (8.0, 10.0)


def test_a_saw_keeps_its_kerf_between_parts_and_its_trim_at_the_edges() -> None:
    (task,) = saw_instances(kit(part("side", 300, 200, "x", 2)), shop(sheet()))
    assert (task.rules.spacing, task.rules.edge) == (3.0, 5.0)
    with pytest.raises(CsmError, match=r"kit/side: .* edge 5 mm\) it is 0\.5 mm too long in x"):
        saw_instances(kit(part("side", 990.5, 200, "x")), shop(sheet()))


def test_several_kits_are_cut_together() -> None:
    stool, box = kit(part("side", 300, 200), name="stool"), kit(part("side", 100, 100), name="box")
    (task,) = nest_instances([stool, box], shop(sheet()))
    assert [i.name for i in task.items] == ["stool/side", "box/side"]


def test_no_stock_is_an_error_that_says_what_to_add() -> None:
    for none in (shop(), shop(sheet(quantity=0))):
        with pytest.raises(CsmError, match=r"kit/side: no stock of sheet ply-12 .*; add a sheet of it"):
            nest_instances(kit(part("side", 300, 200)), none)


def test_a_part_that_is_too_large_says_by_how_much() -> None:
    with pytest.raises(CsmError, match=r"1000\.5 × 200\.0 mm is larger .* 20\.5 mm too long in x; no ro"):
        nest_instances(kit(part("side", 1000.5, 200, "x")), shop(sheet()))
    with pytest.raises(CsmError, match=r"20\.0 mm too long in x and 1\.0 mm too wide in y"):
        nest_instances(kit(part("side", 1000, 481)), shop(sheet()))


def test_a_part_that_only_its_grain_keeps_off_says_so() -> None:
    with pytest.raises(CsmError, match=r"300\.0 mm too wide in y; it would fit on full across its grain"):
        nest_instances(kit(part("side", 780, 200, "y")), shop(sheet()))


def test_a_part_that_fits_one_of_the_sheets_to_the_micrometre_is_accepted() -> None:
    assert nest_instances(kit(part("side", 980, 480, "x")), shop(sheet(100, 100, "small"), sheet()))
    assert nest_instances(kit(part("side", 480, 980, "y")), shop(sheet()))


def test_bars_come_with_kerf_and_trim_and_must_be_long_enough() -> None:
    stock = StockBar("b", "spruce", 2000, Decimal(8), None, "bar", "test")
    (task,) = bar_instances(kit(rail(1985, 4)), shop(bars=(stock,)))
    assert (task.kerf, task.trim, task.pieces[0].quantity) == (3.0, 15.0, 4)
    with pytest.raises(CsmError, match=r"kit/rail: length 1985\.5 mm is 0\.5 mm longer than the longest bar"):
        bar_instances(kit(rail(1985.5)), shop(bars=(stock,)))
    with pytest.raises(CsmError, match=r"kit/rail: no stock of bar spruce"):
        bar_instances(kit(rail(100)), shop())


def test_a_kit_without_sheet_parts_has_nothing_to_nest() -> None:
    assert nest_instances(kit(rail(100)), shop()) == ()


def test_a_quantity_of_zero_and_a_length_of_zero_are_errors() -> None:
    with pytest.raises(CsmError, match="quantity = 0 is below 1"):
        nest_instances(kit(part("side", 10, 10, None, 0)), shop(sheet()))
    with pytest.raises(CsmError, match=r"length = 0\.0 mm"):
        bar_instances(kit(rail(0.0)), shop(bars=(StockBar("b", "spruce", 9, NOTHING, None, "bar", "test"),)))


@pytest.mark.parametrize("quantity", [1.5, 0.5])
def test_a_fraction_of_a_part_is_an_error(quantity: float) -> None:
    halved = replace(part("side", 10, 10), quantity=quantity)  # type: ignore[arg-type]
    with pytest.raises(CsmError, match=rf"kit/side: quantity = {quantity} is no whole number"):
        nest_instances(kit(halved), shop(sheet()))


def test_too_little_stock_says_how_many_sheets_to_buy_at_least() -> None:
    many = kit(part("side", 400, 400, quantity=12))  # 1.92 m², a sheet has 0.5 m²
    with pytest.raises(CsmError, match=r"fill 1\.92 m².* has 1\.00 m²; buy at least 2 more full and raise"):
        nest_instances(many, shop(sheet(quantity=2)))
    rests = shop(sheet(500, 500, "rest", "offcut", quantity=3))
    with pytest.raises(CsmError, match=r"add a stock_sheet .*: at least 5 of 500 × 500 mm"):
        nest_instances(many, rests)


def test_too_little_stock_of_bars_says_how_many_to_buy_at_least() -> None:
    stock = StockBar("b", "spruce", 2000, Decimal(8), 2, "bar", "test")
    with pytest.raises(CsmError, match=r"need 9\.00 m of bar spruce, .* 3\.97 m; buy at least 3 more b and"):
        bar_instances(kit(rail(900, 10)), shop(bars=(stock,)))


def test_an_offcut_that_is_listed_twice_is_an_error() -> None:
    rest = sheet(500, 400, "ply-12-offcut-a1", "offcut", quantity=1)
    with pytest.raises(CsmError, match=r"ply-12-offcut-a1 is listed twice in the stock; list it once"):
        nest_instances(kit(part("side", 300, 200)), shop(sheet(), rest, rest))
    bar = StockBar("b", "spruce", 2000, Decimal(8), 2, "bar", "test")
    with pytest.raises(CsmError, match="b is listed twice"):
        bar_instances(kit(rail(900, 2)), shop(bars=(bar, bar)))


def test_parts_that_a_plan_leaves_over_are_named_and_what_to_buy_for_them() -> None:
    (task,) = nest_instances(kit(part("side", 600, 300, quantity=3)), shop(sheet(quantity=2)))
    nesting = finished(task, (CutSheet("full", (("kit/side", 10.0, 10.0, 0.0),)),), "hand")
    error = str(no_room(nesting, task))
    assert "2 parts find no room on the stock of ply-12: 2 × kit/side; let the search run longer" in error
    assert "or buy at least 1 more full" in error
    small = replace(task, stock=(sheet(quantity=1),))
    assert "2 × kit/side; buy at least 1 more full" in str(no_room(nesting, small))  # 0.54 m² of 0.5 m²
    stock = StockBar("b", "spruce", 2000, Decimal(8), 2, "bar", "test")
    (bars,) = bar_instances(kit(rail(1200, 3)), shop(bars=(stock,)))
    plan = plan_bars(bars, seed=0, time_limit_s=1)
    assert "1 piece finds no room on the stock of spruce: 1 × kit/rail; buy at least 1 more b" in str(
        no_room_on_bars(plan, bars)
    )
