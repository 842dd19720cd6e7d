# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Line segments of a picture joined to chains: fewer, longer paths make smaller files."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable

from csmkit.model.outline import Point

Chains = tuple[tuple[Point, ...], ...]


def chained(segments: Iterable[tuple[Point, Point]]) -> Chains:
    """Segments joined end to end where exactly two meet; sorted, without points on the way of a line."""
    unique = sorted({(min(s), max(s)) for s in segments})
    at: dict[Point, list[int]] = {}
    for n, ends in enumerate(unique):
        for end in ends:
            at.setdefault(end, []).append(n)
    used = [False] * len(unique)

    def walk(n: int, start: Point) -> list[Point]:
        chain = [start]
        while True:
            used[n] = True
            a, b = unique[n]
            chain.append(b if chain[-1] == a else a)
            following = [m for m in at[chain[-1]] if not used[m]]
            if len(at[chain[-1]]) != 2 or not following:
                return chain
            n = following[0]

    chains = []
    for n, (a, b) in enumerate(unique):
        for end in (a, b):
            if not used[n] and len(at[end]) != 2:
                chains.append(walk(n, end))
    chains += [walk(n, a) for n, (a, _) in enumerate(unique) if not used[n]]
    return tuple(_straightened(chain) for chain in chains)


def _straightened(chain: list[Point]) -> tuple[Point, ...]:
    """Without the points that lie on the line between their neighbours."""
    kept = chain[:1]
    for here, after in itertools.pairwise(chain[1:]):
        (ax, ay), (bx, by) = kept[-1], after
        off = (bx - ax) * (here[1] - ay) - (by - ay) * (here[0] - ax)
        if abs(off) > 0.02 * math.dist(kept[-1], after):
            kept.append(here)
    return (*kept, chain[-1])
