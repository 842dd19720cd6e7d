# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Drawings as other programs write them, for the tests of the reader."""

from __future__ import annotations

import io
import itertools
import math
from collections.abc import Iterable, Sequence

import ezdxf
from ezdxf.document import Drawing
from ezdxf.layouts import BaseLayout

from csmkit.model.outline import Outline, Point

MM = 4


def new(version: str = "R2000", insunits: int | None = MM, measurement: int = 1) -> Drawing:
    """An empty document; R12 has no units whatever is asked."""
    document = ezdxf.new(version)
    if insunits is not None:
        document.header["$INSUNITS"] = insunits
    document.header["$MEASUREMENT"] = measurement
    return document


def saved(document: Drawing) -> bytes:
    stream = io.StringIO()
    document.write(stream)
    return bytes(document.encode(stream.getvalue()))


def soup(space: BaseLayout, outline: Outline, layer: str = "0", scale: float = 1.0) -> None:
    """An outline as loose lines and arcs, every second one drawn backwards, out of order."""
    edges = list(enumerate(outline.edges))
    for i, edge in sorted(edges, key=lambda e: (e[0] * 7) % max(len(edges), 1)):
        start, end = (
            (x / scale, y / scale) for x, y in ((edge.start, edge.end), (edge.end, edge.start))[i % 2]
        )
        if edge.bulge == 0:
            space.add_line(start, end, dxfattribs={"layer": layer})
            continue
        (cx, cy), r = edge.center, edge.radius
        a, b = (math.degrees(math.atan2(p[1] - cy, p[0] - cx)) for p in (edge.start, edge.end))
        if edge.bulge < 0:
            a, b = b, a
        space.add_arc((cx / scale, cy / scale), r / scale, a, b, dxfattribs={"layer": layer})


def polyline(space: BaseLayout, outline: Outline, layer: str = "0", scale: float = 1.0) -> None:
    """An outline as one closed LWPOLYLINE."""
    vertices = [(x / scale, y / scale, bulge) for x, y, bulge in outline.vertices]
    space.add_lwpolyline(vertices, format="xyb", close=True, dxfattribs={"layer": layer})


def lines(space: BaseLayout, points: Sequence[Point], layer: str = "0", close: bool = True) -> None:
    """Points joined by loose lines."""
    around: Iterable[tuple[Point, Point]] = itertools.pairwise([*points, points[0]] if close else points)
    for a, b in around:
        space.add_line(a, b, dxfattribs={"layer": layer})
