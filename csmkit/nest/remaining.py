# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a saw leaves to do on a part once its box has been sawn, and with which tool."""

from __future__ import annotations

import math
from collections import Counter

from csmkit.model import CutItem, Feature, FlatPattern

DRILLED = 40.0  # mm; the largest common Forstner bit, beyond it a hole is sawn or routed
SAME = 0.05  # mm


def remaining_work(item: CutItem) -> tuple[str, ...]:
    """What remains: outline, holes, pockets, equal ones together, each with its tools.

    Returns: nothing for a plain rectangle; else such as "outline (jigsaw or router)", "4 holes d 8 (drill)",
        "pocket 6 mm deep (router)".
    """
    pattern = item.pattern
    lines = [] if _is_box(pattern) else ["outline (jigsaw or router)"]
    counts = Counter(_work(feature, pattern) for feature in pattern.features)
    return (*lines, *(_counted(work, counts[work]) for work in sorted(counts)))


def _is_box(pattern: FlatPattern) -> bool:
    x, y = pattern.size
    return math.isclose(abs(pattern.outline.area), x * y, rel_tol=1e-6)


def _work(feature: Feature, pattern: FlatPattern) -> tuple[int, str, str]:
    """Order, noun with its sizes, tool."""
    depth = "" if feature.through else f" {_mm(feature.depth)} mm deep"
    below = " from below" if feature.side == "bottom" and not feature.through else ""
    circle = None if feature.region.islands else feature.region.outline.circle_of
    if circle is not None and (feature.through or feature.kind == "drill"):
        tool = "drill" if circle[2] <= DRILLED else "hole saw or router" if feature.through else "router"
        return (0, f"hole d {_mm(circle[2])}{depth}{below}", tool)
    if feature.through:
        x, y = _size(feature)
        return (1, f"opening {_mm(x)} × {_mm(y)} mm", "jigsaw or router")
    if across := _groove(feature, pattern):
        return (2, f"groove {_mm(across)} mm wide{depth}{below}", "saw or router")
    return (3, f"pocket{depth}{below}", "router")


def _groove(feature: Feature, pattern: FlatPattern) -> float:
    """Width of a pocket that runs straight through the part from edge to edge, else 0."""
    x0, y0, x1, y1 = feature.region.outline.bounds
    x, y = _size(feature)
    if feature.region.islands or not math.isclose(feature.region.area, x * y, rel_tol=1e-6):
        return 0.0
    if not _is_box(pattern):
        return 0.0
    left, low, right, top = pattern.outline.bounds
    if x0 <= left + SAME and x1 >= right - SAME:
        return y
    return x if y0 <= low + SAME and y1 >= top - SAME else 0.0


def _size(feature: Feature) -> tuple[float, float]:
    x0, y0, x1, y1 = feature.region.outline.bounds
    return (x1 - x0, y1 - y0)


def _counted(work: tuple[int, str, str], count: int) -> str:
    _, noun, tool = work
    if count == 1:
        return f"{noun} ({tool})"
    first, _, rest = noun.partition(" ")
    return f"{count} {first}s {rest} ({tool})"


def _mm(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
