# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Lengths as people write them: 400, 12.5 mm, 40 cm, 15 3/4", 1,25 m."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

Unit = Literal["mm", "cm", "m", "in", "ft"]
UNITS: tuple[str, ...] = get_args(Unit)
MM: Mapping[str, float] = MappingProxyType({"mm": 1.0, "cm": 10.0, "m": 1000.0, "in": 25.4, "ft": 304.8})

_NAMES: Mapping[str, Unit] = MappingProxyType(
    {
        **dict.fromkeys(("mm", "millimetre", "millimeter", "millimetres", "millimeters"), "mm"),
        **dict.fromkeys(("cm", "centimetre", "centimeter", "centimetres", "centimeters"), "cm"),
        **dict.fromkeys(("m", "metre", "meter", "metres", "meters"), "m"),
        **dict.fromkeys(("in", "inch", "inches", '"', "″", "”", "''"), "in"),
        **dict.fromkeys(("ft", "foot", "feet", "'", "′", "’"), "ft"),
    }
)
_DECIMAL = re.compile(
    r"(?P<number>[+-]?(?:\d{1,12}(?:[.,]\d{0,12})?|[.,]\d{1,12}))\s*(?P<unit>[^\d\s.,/+-].*)?"
)
_FRACTION = re.compile(
    r"(?:(?P<whole>\d{1,6})[\s-]+)?(?P<above>\d{1,6})/(?P<below>0{0,3}[1-9]\d{0,5})\s*(?P<unit>[^\d\s.,/+-].*)?"
)


def find_unit(name: str) -> Unit | None:
    """The unit that a word or sign means: "inches" and ″ are "in"; None if it means none."""
    return _NAMES.get(name.strip().rstrip(".").lower())


def split_length(text: str) -> tuple[float, str] | None:
    """Number and unit's word of a length as written, the word empty where there is none.

    Decimal point or comma; whole numbers and fractions as on a tape measure: "15 3/4".

    Returns: None where the text is no length.
    """
    text = " ".join(text.split())
    if found := _DECIMAL.fullmatch(text):
        return float(found["number"].replace(",", ".")), found["unit"] or ""
    if found := _FRACTION.fullmatch(text):
        return int(found["whole"] or 0) + int(found["above"]) / int(found["below"]), found["unit"] or ""
    return None


def decimal_mark(text: str) -> str:
    """The mark of a length's decimals: "." or ",", or "" where it has none or the text is no length."""
    found = _DECIMAL.fullmatch(" ".join(text.split()))
    return next((mark for mark in ".," if found and mark in found["number"]), "")
