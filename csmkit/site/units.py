# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Lengths marked up, so that a script can write inches beside the millimetres (`script/units.js`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from csmkit.site.figures import lengths, number

Decimals = Callable[[str], str]  # gives a text of figures the decimal sign of the page

UNITS = {"mm": 1, "m": 1000}  # of parameters, in mm
SIZE = re.compile(r"\d+(?:\.\d+)?(?: × \d+(?:\.\d+)?)*")
MARKED = Markup('<span class="csm-mm" data-mm="{}">{}</span>')


def marked(values: Sequence[float], digits: int, decimals: Decimals) -> Markup:
    """Sizes in mm, as `figures.lengths` writes them."""
    return _span(values, decimals(lengths(values, digits)))


def marked_size(text: str, decimals: Decimals) -> Markup:
    """A size as a bill of materials writes it, "880 × 644 × 12"; other sizes, "M8x40", stay as they are."""
    if " × " not in text or not SIZE.fullmatch(text):
        return escape(text)
    return _span([float(part) for part in text.split(" × ")], decimals(text))


def marked_setting(value: object, unit: str, said: str) -> Markup:
    """A parameter's value with its unit: 420 mm, 7 °, yes; `said` is the value in the page's language."""
    text = f"{said} {unit}".strip()
    is_length = unit in UNITS and isinstance(value, int | float) and not isinstance(value, bool)
    return _span([float(str(value)) * UNITS[unit]], text) if is_length else escape(text)


def _span(values: Sequence[float], text: str) -> Markup:
    return MARKED.format(" ".join(number(value, 3) for value in values), text)
