# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Money to the cent: rounding, and splitting so that the shares add up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from csmkit.errors import CsmError

CENT = Decimal("0.01")

Weight = int | float | Decimal | Fraction


def cents(amount: Decimal | Fraction) -> Decimal:
    """An amount rounded to the cent, half up (away from zero)."""
    if isinstance(amount, Decimal):
        return amount.quantize(CENT, rounding=ROUND_HALF_UP)
    whole, rest = divmod(abs(amount.numerator) * 100, amount.denominator)
    whole += 2 * rest >= amount.denominator
    return (Decimal(whole) if amount >= 0 else -Decimal(whole)).scaleb(-2)


def split(total: Decimal, weights: Sequence[Weight]) -> tuple[Decimal, ...]:
    """Split an amount in proportion to weights, to the cent and without losing one.

    Args:
        total: whole cents; negative splits a debt.
        weights: one per share, not negative, not all zero.
    Returns: shares in the order of the weights; their sum is `total`, each within a cent of exact.
    Raises: CsmError: no weights, a negative one, all zero, or a total that is not in whole cents.
    Source: largest remainder (Hare–Niemeyer); equal remainders go to the earlier share.
    """
    exact = [Fraction(w) for w in weights]
    if not exact or min(exact) < 0 or sum(exact) == 0:
        raise CsmError(
            f"{total} cannot be split by the weights {list(weights)}", remedy="give positive weights"
        )
    if total != cents(total):
        raise CsmError(f"{total} is not in whole cents", remedy="round it first")
    sign, whole = (-1 if total < 0 else 1), int(abs(total) * 100)
    quotas = [whole * w / sum(exact) for w in exact]
    shares = [int(q) for q in quotas]
    by_remainder = sorted(range(len(quotas)), key=lambda i: (shares[i] - quotas[i], i))
    for i in by_remainder[: whole - sum(shares)]:
        shares[i] += 1
    return tuple((sign * Decimal(s)).scaleb(-2) for s in shares)
