# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Depths as drawings and programs tell them: to a tenth of a millimetre."""

from decimal import ROUND_HALF_UP, Decimal


def tenth(value: float) -> float:
    """A length to 0.1 mm, halves up: 12.05 becomes 12.1.

    The sixth decimal is settled first, so that a kernel's 12.0499999999 counts as the 12.05 that it means.
    """
    settled = Decimal(f"{value:.6f}")
    return float(settled.quantize(Decimal("0.1"), ROUND_HALF_UP))
