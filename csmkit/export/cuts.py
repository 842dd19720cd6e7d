# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a cutter follows for each feature of a flat pattern."""

from __future__ import annotations

from csmkit.model.facts import Feature, FlatPattern
from csmkit.model.outline import Outline

_SAME = 1e-3  # mm of box, mm² of area: far below what a machine resolves


def drawn_outlines(feature: Feature, pattern: FlatPattern) -> tuple[Outline, ...]:
    """A feature's outline, then the islands that stay.

    A flat pattern tells what each feature takes away, so a pocket with a hole in its floor has the hole as an
    island. A cutter clears the floor right across the hole: such an island is not drawn, or the file would
    hold one line twice and leave a boss standing until the hole is made.
    """
    deeper = [
        other.region.outline
        for other in pattern.features
        if other.through or (other.side == feature.side and other.depth > feature.depth)
    ]
    stay = (i for i in feature.region.islands if not any(_is_same(i, other) for other in deeper))
    return (feature.region.outline, *stay)


def _is_same(a: Outline, b: Outline) -> bool:
    near = all(abs(p - q) < _SAME for p, q in zip(a.bounds, b.bounds, strict=True))
    return near and abs(abs(a.area) - abs(b.area)) < _SAME * max(1.0, a.length)
