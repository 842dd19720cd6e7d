# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""GRBL 1.1: no tool change, no canned cycles, no percent signs.

Source: Grbl v1.1 wiki, "Supported G-codes" and its parser (gcode.c), 2019.
"""

from csmkit.cam.post.base import Dialect

GRBL = Dialect(
    key="grbl",
    ending=".nc",
    opening=(),
    preamble=("G21 G90 G17 G94 G54",),
    tool_change=(),
    closing=("M2",),
)
