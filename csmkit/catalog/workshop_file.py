# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A workshop's file laid over the default workshop."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TypeVar

from csmkit.catalog import tables
from csmkit.catalog.nearest import nearest
from csmkit.catalog.rates import CENT, MachineCost, machine_cost
from csmkit.catalog.stock_file import read_leftovers
from csmkit.catalog.stock_laid import laid_along
from csmkit.catalog.workshop import default_workshop
from csmkit.catalog.workshop_chips import own_chip_loads
from csmkit.catalog.workshop_goods import (
    bar_goods,
    bought_goods,
    chosen,
    given,
    laid_over,
    measured,
    sheet_goods,
    with_materials,
)
from csmkit.catalog.workshop_layers import layer_rules
from csmkit.catalog.workshop_parse import parse, read_file
from csmkit.catalog.workshop_schema import RatesEntry, WorkshopFile
from csmkit.catalog.workshop_stock import bar_offcuts, bar_stock, offcut_stock, sheet_stock
from csmkit.catalog.workshop_text import joined, parted, stock_name, stock_path
from csmkit.errors import CsmError
from csmkit.model.machine import Machine, Tool
from csmkit.model.stock import Material, Sheet, StockBar, StockSheet
from csmkit.model.workshop import Cutting, Rates, Workshop

Priced = TypeVar("Priced", StockSheet, StockBar)
CUTS_SHEETS = ("router", "laser", "plasma")


def read_workshop(path: Path) -> Workshop:
    """The workshop of a file and of the stock file beside it.

    Raises: CsmError: one line on the first mistake in them.
    """
    stock = stock_path(path)
    leftovers = read_file(stock) if stock.exists() else ""
    return read_text(joined(read_file(path).encode(), leftovers.encode()).decode(), path.name)


def read_text(text: str, name: str) -> Workshop:
    """As `read_workshop`, from the joined text; `name` is what errors call the workshop's file."""
    own, stock = parted(text)
    said = parse(own, name)
    leftovers = read_leftovers(stock, stock_name(name))
    said = said.model_copy(
        update={
            "offcut": (*said.offcut, *leftovers.offcuts),
            "bar_offcut": (*said.bar_offcut, *leftovers.bar_offcuts),
        }
    )
    try:
        return _workshop(said)
    except CsmError as error:
        places = {f"{kind} {kept.id}" for kept in leftovers.pieces for kind in ("offcut", "bar_offcut")}
        is_left = error.part.partition(",")[0] in places
        raise error.in_kit(stock_name(name) if is_left else name) from None


def _workshop(said: WorkshopFile) -> Workshop:
    base, factor = default_workshop(), _per_euro(said)
    machines = _machines(said, base)
    tools = chosen(base.tools, laid_over(tables.tools(), said.tool, Tool), said.tool, said.tools, "tools")
    own = said.material
    strengths = dict.fromkeys(("bending", "bending_across", "modulus", "bearing", "shear"))
    materials = {m.key: m for m in laid_over(tables.materials(), own, Material, **strengths)}
    sheets = measured(sheet_goods(with_materials(base.sheets, own), said.sheet, materials), said.thickness)
    bars = bar_goods(with_materials(base.bars, own), said.bar, materials)
    usual = tuple(_priced(sheet, factor) for sheet in base.stock_sheets)
    sold = tuple(_priced(sheet, factor) for sheet in tables.stock_sheets())
    lengths = tuple(_priced(bar, factor) for bar in base.stock_bars)
    bought = tuple(replace(row, price=_money(row.price * factor)) for row in base.bought)
    return Workshop(
        name=said.name or base.name,
        machines=machines,
        tools=tools,
        sheets=sheets,
        bars=bars,
        filaments=with_materials(base.filaments, own),
        castings=with_materials(base.castings, own),
        stock_sheets=_laid(
            (*offcut_stock(said.offcut, sheets), *sheet_stock(said.stock_sheet, sheets, usual, sold)),
            sheets,
            machines[0],
        ),
        stock_bars=(*bar_offcuts(said.bar_offcut, bars), *bar_stock(said.stock_bar, bars, lengths)),
        bought=bought_goods(bought, said.bought),
        cutting=_cutting(said, base.cutting, tools),
        rates=_rates(said, base.rates, machines[0], factor),
        cam=replace(base.cam, **given(said.cam)),
        chip_loads=(*own_chip_loads(said.chip_load, tools, materials), *base.chip_loads),
        thermal=base.thermal,
        layers=layer_rules(said.layers),
    )


def _laid(
    stock: tuple[StockSheet, ...], sheets: tuple[Sheet, ...], machine: Machine
) -> tuple[StockSheet, ...]:
    """The stock as it lies on the machine that cuts it; what another one cuts stays as it was written."""
    cut = {sheet.key for sheet in sheets if sheet.processes[0] == machine.process}
    return tuple(laid_along(one, machine) if one.sheet in cut else one for one in stock)


def _per_euro(said: WorkshopFile) -> Decimal:
    """What a euro is in the workshop's currency: the tables' prices are in euro."""
    euro = said.currency in (None, default_workshop().rates.currency)
    if euro and said.per_euro not in (None, 1):
        raise CsmError("per_euro without a currency", part="per_euro", remedy='give currency = "…" too')
    if not euro and said.per_euro is None:
        raise CsmError(
            f"the tables' prices are in EUR, the workshop's in {said.currency}",
            part="currency",
            remedy=f"give per_euro = how many {said.currency} a euro is",
        )
    return said.per_euro or Decimal(1)


def _money(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def _priced(stock: Priced, factor: Decimal) -> Priced:
    return replace(stock, price=_money(stock.price * factor))


def _machines(said: WorkshopFile, base: Workshop) -> tuple[Machine, ...]:
    rows = laid_over(tables.machines(), said.machine, Machine, post="")
    machines = chosen(base.machines, rows, said.machine, said.machines, "machines")
    first = machines[0]
    if first.process not in CUTS_SHEETS:
        raise CsmError(
            f"the first machine, {first.key}, is for the process {first.process!r} and cuts no sheets",
            part="machines",
            remedy="list the router (or laser, or plasma) first",
        )
    if not first.post:
        raise CsmError(
            f"{first.key} has no post", part="machine", remedy='give post = "grbl", "linuxcnc" or "mach3"'
        )
    if first.rpm_min > first.rpm_max:
        raise CsmError(
            f"rpm_min = {first.rpm_min:g} is above rpm_max = {first.rpm_max:g} of {first.key}", part="machine"
        )
    return machines


def _cutting(said: WorkshopFile, base: Cutting, tools: tuple[Tool, ...]) -> Cutting:
    cutting = replace(base, **given(said.cutting))
    kinds = {tool.key: tool.kind for tool in tools}
    if cutting.tool not in kinds:
        raise CsmError(
            f"the workshop has no tool {cutting.tool!r}",
            part="cutting, tool",
            remedy=nearest(cutting.tool, kinds),
        )
    if kinds[cutting.tool] != "flat":
        flat = ", ".join(key for key, kind in kinds.items() if kind == "flat")
        raise CsmError(
            f"{cutting.tool} is a {kinds[cutting.tool]} and cuts no upright edge",
            part="cutting, tool",
            remedy=f"choose an end mill: {flat or 'list one under tools'}",
        )
    return cutting


def _rates(said: WorkshopFile, base: Rates, machine: Machine, factor: Decimal) -> Rates:
    entry = said.rates
    usual = replace(
        base,
        labour_h=_money(base.labour_h * factor),
        machine_h=_money(_usual_machine_h(machine, base) * factor),
        consumables=_money(base.consumables * factor),
        currency=said.currency or base.currency,
    )
    rates = replace(usual, **given(entry, "machine"))
    return replace(rates, machine_h=_formula(entry)) if entry.machine else rates


def _usual_machine_h(machine: Machine, base: Rates) -> Decimal:
    """By the table's figures for the machine; for a machine of the workshop's own as the default's."""
    known = {row.key for row in tables.machines()}
    return machine_cost(machine.key).rate_h if machine.key in known else base.machine_h


def _formula(entry: RatesEntry) -> Decimal:
    assert entry.machine is not None
    if entry.machine_h is not None:
        raise CsmError(
            "machine_h and [rates.machine] both give the machine's hourly rate",
            part="rates",
            remedy="keep one",
        )
    cost = MachineCost(**entry.machine.model_dump())
    if cost.residual > cost.purchase:
        raise CsmError(
            f"residual = {cost.residual} is above purchase = {cost.purchase}",
            part="rates, machine",
            remedy="the residual is what the machine still fetches at its end",
        )
    return cost.rate_h
