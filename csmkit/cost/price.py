# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""At-cost price: what a kit costs the workshop that makes it, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from csmkit.cost.bom import good_title, subtotals
from csmkit.cost.material import material_uses
from csmkit.cost.split import cents
from csmkit.cost.time import TimeLine, hours
from csmkit.errors import CsmError
from csmkit.model import BomLine, CutPlan, KitFacts, Price, PriceLine, Rates, Workshop

# An hour of a 3D printer: (900 − 150) / 6000 h + 80 / 1500 h + 0.12 kW × 0.30; the catalog's printer, judged.
PRINTER_RATE = Decimal("0.21")


@dataclass(frozen=True)
class Costs:
    """What the at-cost price is computed from; money in the workshop's currency, whole cents."""

    materials: tuple[PriceLine, ...]
    hardware: Decimal
    hardware_how: str
    machine_h: Decimal
    printer_h: Decimal
    labour_h: Decimal


def at_cost_price(costs: Costs, rates: Rates) -> Price:
    """The price that covers the cost and nothing else.

    Materials, hardware, hours at their rates and consumables; maintenance and reserve are shares of the sum
    of those. Every line is rounded to the cent, half up, and the total is the sum of the lines.

    Raises: CsmError: an hour, a rate or a share is negative or not a number.
    """
    _check(costs, rates)
    lines = [
        *costs.materials,
        PriceLine("hardware", cents(costs.hardware), costs.hardware_how),
        _hours_line("machine", costs.machine_h, rates.machine_h),
        _hours_line("printer", costs.printer_h, PRINTER_RATE),
        _hours_line("labour", costs.labour_h, rates.labour_h),
        PriceLine("consumables", cents(rates.consumables), "flat, for one kit: glue, sandpaper, cutter wear"),
    ]
    lines = [line for line in lines if line.amount]
    basis = _total(lines)
    lines += [
        _share_line("maintenance", rates.maintenance, basis),
        _share_line("reserve", rates.reserve, basis),
    ]
    return Price(tuple(lines), _total(lines), rates.currency)


def kit_costs(
    facts: KitFacts, workshop: Workshop, plan: CutPlan, bom: Sequence[BomLine], times: Iterable[TimeLine]
) -> Costs:
    """What a kit costs before rates: `bom` from `bom_lines`, `times` from `work_times`."""
    times = tuple(times)
    uses = material_uses(facts, workshop, plan)
    materials = [PriceLine(good_title(u, workshop), u.charge, u.how) for u in uses]
    totals = {s.kind: s for s in subtotals(bom)}
    if "bulk" in totals:
        how = f"{totals['bulk'].lines} goods by the amount used"
        materials.append(PriceLine("bulk goods", totals["bulk"].price, how))
    bought = totals.get("bought")
    return Costs(
        materials=tuple(materials),
        hardware=bought.price if bought else Decimal(0),
        hardware_how=f"{bought.pieces} bought pieces at their price in the pack" if bought else "",
        machine_h=hours(times, "machine"),
        printer_h=hours(times, "printer"),
        labour_h=hours(times, "labour"),
    )


def _hours_line(name: str, count: Decimal, rate: Decimal) -> PriceLine:
    return PriceLine(name, cents(count * rate), f"{count:.2f} h × {rate:.2f}")


def _share_line(name: str, share: Decimal, basis: Decimal) -> PriceLine:
    return PriceLine(name, cents(basis * share), f"{share * 100:f} % of {basis:.2f}")


def _total(lines: Iterable[PriceLine]) -> Decimal:
    return sum((line.amount for line in lines), Decimal("0.00"))


def _check(costs: Costs, rates: Rates) -> None:
    named = {
        "machine hours": costs.machine_h,
        "printer hours": costs.printer_h,
        "labour hours": costs.labour_h,
        "hardware": costs.hardware,
        "labour rate": rates.labour_h,
        "machine rate": rates.machine_h,
        "consumables": rates.consumables,
        "maintenance": rates.maintenance,
        "reserve": rates.reserve,
    }
    for name, value in named.items():
        if not value.is_finite() or value < 0:
            raise CsmError(
                f"{name} = {value} is not a number from 0 up", remedy="correct the workshop's rates"
            )
