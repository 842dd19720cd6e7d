# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""All limits of the trailer, the gravest first."""

from __future__ import annotations

from csmkit import Limit

from .drawbar_limits import drawbar_limits
from .fits import Fits
from .frame_limits import frame_limits
from .layout import Layout
from .loads import Loads
from .road_limits import road_limits


def limits(at: Layout, fits: Fits, loads: Loads) -> list[Limit]:
    """Strength of frame and drawbar, then what road and law ask for."""
    return [*frame_limits(at, fits, loads), *drawbar_limits(at, loads), *road_limits(at, loads)]
