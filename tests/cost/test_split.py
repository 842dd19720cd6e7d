# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csmkit.cost.split import cents, split
from csmkit.errors import CsmError

MONEY = st.decimals(min_value=-100_000, max_value=100_000, places=2)
WEIGHTS = st.lists(st.floats(0, 1e9), min_size=1, max_size=30).filter(lambda w: sum(map(Fraction, w)) > 0)


def test_thousand_in_three_gives_the_odd_cent_to_the_first() -> None:
    assert split(Decimal("1000.00"), [1, 1, 1]) == (Decimal("333.34"), Decimal("333.33"), Decimal("333.33"))


def test_odd_cents_go_to_the_largest_remainders() -> None:
    # 0.10 by 1:2:4 is 1.43, 2.86 and 5.71 cents: whole parts 1, 2, 5; the two left go to .86 and .71
    assert split(Decimal("0.10"), [1, 2, 4]) == (Decimal("0.01"), Decimal("0.03"), Decimal("0.06"))


@given(MONEY, WEIGHTS)
def test_shares_add_up_to_the_total(total: Decimal, weights: list[float]) -> None:
    assert sum(split(total, weights)) == total


@given(MONEY, WEIGHTS)
def test_each_share_is_within_a_cent_of_its_exact_share(total: Decimal, weights: list[float]) -> None:
    whole = sum(map(Fraction, weights))
    for share, weight in zip(split(total, weights), weights, strict=True):
        assert abs(Fraction(share) - Fraction(total) * Fraction(weight) / whole) < Fraction(1, 100)


@given(MONEY, WEIGHTS)
def test_no_weight_gets_nothing(total: Decimal, weights: list[float]) -> None:
    shares = split(total, [*weights, 0])
    assert shares[-1] == 0
    assert shares[:-1] == split(total, weights)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_weights_that_split_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(CsmError, match="cannot be split"):
        split(Decimal(10), weights)


def test_fractions_of_cents_are_refused() -> None:
    with pytest.raises(CsmError, match="whole cents"):
        split(Decimal("0.005"), [1])


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("9.024", "9.02"), ("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("0.0149", "0.01")],
)
def test_half_a_cent_rounds_up(amount: str, rounded: str) -> None:
    assert cents(Decimal(amount)) == Decimal(rounded)
    assert cents(Fraction(amount)) == Decimal(rounded)
