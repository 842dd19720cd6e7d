# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""From where a kit's pictures look at it."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from csmkit.model.pose import Vector

FROM_FRONT_RIGHT: Vector = (1.0, -1.4, 0.9)  # as the line pictures have it
FLAT, HIGH = 0.3, 1.6  # of the longer side: what is less high is seen from so much higher


def front_right(low: NDArray[Any], high: NDArray[Any]) -> Vector:
    """From a box to the eye: from the front right, slightly above; from higher where all is flat."""
    x, y, z = FROM_FRONT_RIGHT
    wide, deep, tall = high - low
    return (x, y, z if tall > FLAT * max(wide, deep) else HIGH * z)
