# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Clearance holes for metric bolts, and the washers that go with them."""

from __future__ import annotations

from typing import Literal

from csmkit.errors import CsmError

Series = Literal["close", "medium", "coarse"]

ISO_273 = {  # diameter of the bolt: clearance hole close, medium, coarse; mm; ISO 273:1979 table
    3.0: (3.2, 3.4, 3.6),
    4.0: (4.3, 4.5, 4.8),
    5.0: (5.3, 5.5, 5.8),
    6.0: (6.4, 6.6, 7.0),
    8.0: (8.4, 9.0, 10.0),
    10.0: (10.5, 11.0, 12.0),
    12.0: (13.0, 13.5, 14.5),
    16.0: (17.0, 17.5, 18.5),
}
ISO_7089 = {3.0: 7, 4.0: 9, 5.0: 10, 6.0: 12, 8.0: 16, 10.0: 20, 12.0: 24, 16.0: 30}  # outside diameter, mm
ISO_7093 = {3.0: 9, 4.0: 12, 5.0: 15, 6.0: 18, 8.0: 24, 10.0: 30, 12.0: 37, 16.0: 50}  # large washers, mm


def clearance_hole(d: float, series: Series = "medium") -> float:
    """Diameter of the hole that a bolt of diameter d passes, mm.

    Args:
        d: diameter of the bolt, mm.
        series: "close" where parts must register, "medium" as a rule, "coarse" where they are shifted.
    Raises: CsmError: no such bolt in the table.
    Source: ISO 273:1979.
    Example:
        clearance_hole(8)  # 9.0
    """
    if d not in ISO_273:
        known = ", ".join(f"M{k:g}" for k in ISO_273)
        raise CsmError(f"no clearance hole is known for a bolt of {d:g} mm", remedy=f"choose one of {known}")
    return ISO_273[d][("close", "medium", "coarse").index(series)]
