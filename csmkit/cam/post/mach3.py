# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Mach3 and Mach4.

Source: "Using Mach3Mill", ArtSoft 2008, chapter 10.
"""

from csmkit.cam.post.base import Dialect

MACH3 = Dialect(
    key="mach3",
    ending=".tap",
    opening=(),
    preamble=("G21 G90 G17 G94 G54", "G40 G49 G80 G64 G91.1"),
    tool_change=("T{tool} M6", "G43 H{tool}"),
    closing=("M30",),
    remarks=("G4 P is in seconds: Mach3 must not have 'G04 Dwell in ms' ticked",),
)
