# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What an hour of a machine costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from csmkit.catalog.table import read_rows

CENT = Decimal("0.01")
TARIFF = Decimal("0.30")  # euro for a kWh; households in the EU paid 0.29 in 2024, Eurostat nrg_pc_204


@dataclass(frozen=True)
class MachineCost:
    """What a machine costs over its life, in the workshop's currency."""

    purchase: Decimal
    residual: Decimal
    life_h: Decimal
    maintenance_year: Decimal
    hours_year: Decimal
    kw: Decimal  # mean power while it runs
    tariff: Decimal = TARIFF  # for one kWh

    @property
    def rate_h(self) -> Decimal:
        """(purchase − residual) / life + maintenance / hours of a year + kW × tariff; half up to the cent."""
        wear = (self.purchase - self.residual) / self.life_h
        upkeep = self.maintenance_year / self.hours_year
        return (wear + upkeep + self.kw * self.tariff).quantize(CENT, ROUND_HALF_UP)


def machine_cost(key: str) -> MachineCost:
    """The table's figures for a machine. Raises: KeyError: no such machine."""
    row = {row["key"]: row for row in read_rows("machines")}[key]
    names = ("purchase", "residual", "life_h", "maintenance_year", "hours_year", "kw")
    return MachineCost(*(Decimal(row[name]) for name in names))
