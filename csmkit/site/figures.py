# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Numbers as a page shows them: with their unit, no more digits than a maker can use."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from csmkit.export.language.language import N_

NBSP = "\N{NO-BREAK SPACE}"


def number(value: float, digits: int = 2) -> str:
    """A number without trailing zeros: 12.5, 400, 0.03."""
    return _trim(f"{value:.{digits}f}")


def _trim(text: str) -> str:
    trimmed = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if trimmed in ("-0", "") else trimmed


def significant(value: float) -> str:
    """A computed value to four significant digits: 0.01234, 12.35, 12346."""
    if value == 0 or abs(value) >= 1000:
        return f"{value:.0f}"
    return _trim(f"{float(f'{value:.4g}'):.8f}")


def lengths(values: Sequence[float], digits: int = 1) -> str:
    """Sizes in mm: 600 × 400 × 12 mm."""
    return " × ".join(number(v, digits) for v in values) + f"{NBSP}mm"


def mass(kg: float) -> str:
    """A mass: 12.3 kg, 450 g."""
    return f"{number(kg, 1)}{NBSP}kg" if kg >= 1 else f"{number(kg * 1000, 0 if kg >= 0.01 else 1)}{NBSP}g"


def duration(minutes: float) -> str:
    """A time to work by: 3 h 20 min; above an hour to five minutes, since it is an estimate."""
    if minutes < 60:
        return f"{max(round(minutes), 1)}{NBSP}min"
    rounded = round(minutes / 5) * 5
    hours, rest = divmod(rounded, 60)
    return f"{hours}{NBSP}h {rest}{NBSP}min" if rest else f"{hours}{NBSP}h"


def money(amount: str | Decimal, currency: str) -> str:
    """An amount with its currency: 324.86 EUR."""
    return f"{Decimal(amount):.2f}{NBSP}{currency}"


def percent(share: float) -> str:
    """A share of 0 to 1: 78 %."""
    return f"{share * 100:.0f}{NBSP}%"


def file_size(count: int) -> str:
    """Bytes as people read them: 3.4 MB."""
    size, units = float(count), ["B", "kB", "MB", "GB"]
    while size >= 999.5 and len(units) > 1:
        size /= 1000
        units.pop(0)
    has_tenths = size < 9.95 and units[0] != "B"
    return f"{size:.{int(has_tenths)}f}{NBSP}{units[0]}"


def setting(value: object) -> str:
    """A parameter's value: 420, yes, birch-ply-18."""
    if isinstance(value, bool):
        return N_("yes") if value else N_("no")
    return number(value, 3) if isinstance(value, int | float) else str(value)
