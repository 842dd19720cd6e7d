# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The length of timber that a carved or milled part is made from: it lies within its blank."""

from __future__ import annotations

from typing import Any

from csmkit.errors import CsmError
from csmkit.geometry.measure import box
from csmkit.geometry.shape import topods
from csmkit.model.kit import Axis
from csmkit.model.stock import Bar

TOLERANCE = 0.05  # mm by which a part may stand out of its blank: the kernel's boxes are not sharper


def blank_length(shape: Any, bar: Bar, grain: Axis | None) -> float:
    """The length of a solid bar that a part is carved from.

    Args:
        shape: one solid of any CAD library, lying along an axis of its own frame as it lies in the blank.
        bar: its stock.
        grain: that axis.
    Returns: mm.
    Raises: CsmError: no grain, a hollow bar, or a part that is wider or thicker than the bar.
    """
    if grain is None:
        raise CsmError("is carved from a bar, but along which axis?", remedy="say grain = x, y or z")
    if bar.wall or bar.shape != "rectangle":
        raise CsmError(f"cannot be carved from {bar.key}", remedy="choose a plank or a beam")
    low, high = box(topods(shape))
    extents = {axis: b - a for axis, a, b in zip("xyz", low, high, strict=True)}
    length = extents.pop(grain)
    thin, wide = sorted(extents.values())
    room = sorted((bar.width, bar.height))
    if thin > room[0] + TOLERANCE or wide > room[1] + TOLERANCE:
        raise CsmError(
            f"measures {thin:.1f} x {wide:.1f} mm across its grain ({grain}),"
            f" the blank {bar.key} only {room[0]:g} x {room[1]:g} mm",
            remedy="choose a larger blank, or glue one up",
        )
    return length
