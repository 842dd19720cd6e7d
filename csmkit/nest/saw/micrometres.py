# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Lengths in whole micrometres, so that sums of cuts are exact."""

from __future__ import annotations

import math

PER_MM = 1000
NOISE = 1e-6  # mm that sums of floats may be off

Box = tuple[int, int, int, int]  # x0, y0, x1, y1, µm


def up(value: float) -> int:
    """Micrometres of mm, rounded up."""
    return math.ceil((value - NOISE) * PER_MM)


def down(value: float) -> int:
    """Micrometres of mm, rounded down."""
    return math.floor((value + NOISE) * PER_MM)
