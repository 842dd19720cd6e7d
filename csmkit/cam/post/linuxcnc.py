# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""LinuxCNC 2.8 and later.

Source: LinuxCNC 2.9 user manual, "G-Codes" and "M-Codes".
"""

from csmkit.cam.post.base import Dialect

LINUXCNC = Dialect(
    key="linuxcnc",
    ending=".ngc",
    opening=(),
    preamble=(
        "G21 G90 G17 G94 G54",
        "G40 G49 G80 G91.1",
        "G64 P0.02 Q0.01",  # corners may be rounded by 0.02 mm, collinear moves joined within 0.01 mm
    ),
    tool_change=("T{tool} M6", "G43 H{tool}"),
    closing=("M2",),
    remarks=("tool lengths come from the tool table (G43)",),
)
