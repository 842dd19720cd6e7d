# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The workshop that builds: the modest community workshop by default, or what its file says."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

from csmkit.catalog import tables
from csmkit.catalog.rates import machine_cost
from csmkit.model.machine import Machine
from csmkit.model.stock import StockSheet
from csmkit.model.workshop import Cutting, Rates, Workshop

NAME = "community workshop"
MACHINES = ("router-2500x1250", "table-saw", "printer-250")  # the first cuts sheets
TEMPLATE = Path(__file__).parent / "data" / "workshop.toml"
TOOLS = (
    "em3",
    "em4",
    "em6",
    "em8",
    "em12-long",
    "ball6",
    "ball12-long",
    "vbit60",
    "vbit90",
    "drill5",
    "drill8",
)


@cache
def default_workshop() -> Workshop:
    """A 2500 × 1250 router with a 6 mm cutter, ply sheets of 2440 × 1220, bars of common lengths, euro."""
    return Workshop(
        name=NAME,
        machines=tuple(find_machine(key) for key in MACHINES),
        tools=tuple(tool for tool in tables.tools() if tool.key in TOOLS),
        sheets=tables.sheets(),
        bars=tables.bars(),
        filaments=tables.filaments(),
        castings=tables.castings(),
        stock_sheets=_usual_sheets(),
        stock_bars=tables.stock_bars(),
        bought=tables.bought_rows(),
        cutting=Cutting(
            tool="em6", spacing_margin=2.0, edge_margin=10.0, saw_kerf=3.0, bar_trim=10.0, saw_trim=5.0
        ),
        rates=Rates(
            labour_h=Decimal("22.00"),
            machine_h=machine_cost(MACHINES[0]).rate_h,
            consumables=Decimal("5.00"),
            maintenance=Decimal("0.05"),
            reserve=Decimal("0.03"),
            currency="EUR",
        ),
        chip_loads=tables.chip_loads(),
        thermal=tables.thermal_rules(),
    )


def find_machine(key: str) -> Machine:
    """A machine of the table. Raises: KeyError: no such machine."""
    return {machine.key: machine for machine in tables.machines()}[key]


def _usual_sheets() -> tuple[StockSheet, ...]:
    """The first size that the table lists for each sheet good: what every dealer has."""
    usual: dict[str, StockSheet] = {}
    for sheet in tables.stock_sheets():
        usual.setdefault(sheet.sheet, sheet)
    return tuple(usual.values())


def template() -> str:
    """The workshop file that `csm workshop init` writes, in TOML; as it is it says what the default says."""
    return TEMPLATE.read_text(encoding="utf-8")
