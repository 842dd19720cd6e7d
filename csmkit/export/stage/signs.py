# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Signs in the corners of a step's picture: the scene has turned; here in the whole it lies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csmkit.export.stage.callouts import CELL
from csmkit.export.stage.ink import SCALED, closed
from csmkit.export.stage.page import WIDTH, Page, Placed
from csmkit.export.stage.shown import Turn
from csmkit.export.svg.document import number
from csmkit.geometry.depth import Window
from csmkit.geometry.sight import outlines, scene

Array = NDArray[np.float64]
LOCATOR = 26.0  # mm: longer side of the small picture of the whole
COARSE = 4.0  # its grid points a mm
INSET = 2.0  # mm from the corner
TURN_SIZE = 13.0  # mm
TAKEN = 30.0  # what covering a sign costs a name
EMPHASIS = 40.0  # what covering a mm² of what is added costs a sign


@dataclass(frozen=True)
class Sign:
    """Elements about their upper left corner, and their size in mm."""

    width: float
    height: float
    elements: str


def turn_sign(turn: Turn) -> Sign:
    """An arrow about the axis of the turn, with its angle."""
    degrees = "90°" if turn in ("left", "right") else "180°"
    if turn == "over":
        arc, head, axis = "M5.9 1.4A2.2 3.6 0 1 0 7.2 7.6", "M5.6 7.9L7.3 7.5L7.4 9.2", "M1 5h9.4"
    else:
        arc, head, axis = "M2 3.6A3.8 1.8 0 1 0 9.2 3.7", "M2.9 4.9L1.9 3.3L.9 4.8", "M5.6 .6v8"
        if turn == "left":
            arc, head = "M9.2 3.6A3.8 1.8 0 1 1 2 3.7", "M8.3 4.9L9.3 3.3L10.3 4.8"
    text = f'<text x="5.6" y="12.2" text-anchor="middle" font-size="3.4">{degrees}</text>'
    marks = f'<path class="csm-axis" d="{axis}"/><path class="csm-turn" d="{arc}{head}"/>'
    return Sign(11.2, TURN_SIZE, f'<g data-turn="{turn}">{marks}{text}</g>')


def locator(shown: Sequence[Placed], page: Page) -> Sign:
    """The whole in small, with the frame of what the picture shows."""
    points = np.concatenate([p.facets.corners.reshape(-1, 3)[:, :2] for p in shown])
    low, high = points.min(axis=0), points.max(axis=0)
    wide, tall = (float(side) for side in high - low)
    scale = LOCATOR / max(wide, tall)
    step = 1 / (COARSE * scale)
    window = Window((float(low[0]), float(low[1])), step, math.ceil(wide / step), math.ceil(tall / step))
    found = scene([p.facets for p in shown], window)
    added = np.array([p.is_added for p in shown] + [False])[found.shape]

    def paper(p: tuple[float, float]) -> tuple[float, float]:
        return (1 + (p[0] - float(low[0])) * scale, 1 + (float(high[1]) - p[1]) * scale)

    x, y = paper((page.low[0], page.low[1] + page.height / page.scale))
    right, bottom = paper((page.low[0] + WIDTH / page.scale, page.low[1]))
    width, height = wide * scale + 2, tall * scale + 2
    x, y, right, bottom = max(x, 0.4), max(y, 0.4), min(right, width - 0.4), min(bottom, height - 0.4)
    frame = f'x="{number(x)}" y="{number(y)}" width="{number(right - x)}" height="{number(bottom - y)}"'
    elements = (
        f'<path class="csm-whole" {SCALED} d="{closed(outlines(found, found.shape >= 0), paper)}"/>'
        f'<path class="csm-here" {SCALED} d="{closed(outlines(found, added), paper)}"/>'
        f'<rect class="csm-frame" {frame}/>'
    )
    return Sign(width, height, f'<g data-locator="">{elements}</g>')


def in_corners(signs: Sequence[Sign], drawn: Array, page: Page) -> tuple[list[str], Array]:
    """Signs in the corners where they cover least, and what is drawn with them."""
    drawn, taken, placed = drawn.copy(), set[int](), []
    for sign in signs:
        spots = [
            (x, y)
            for y in (INSET, page.height - sign.height - INSET)
            for x in (INSET, WIDTH - sign.width - INSET)
        ]
        free = [n for n in range(4) if n not in taken]
        best = min(free, key=lambda n: (round(_cost(drawn, spots[n], sign), 3), (1, 0, 2, 3)[n]))
        taken.add(best)
        x, y = spots[best]
        size = f'width="{number(sign.width)}" height="{number(sign.height)}"'
        plate = f'<rect class="csm-sign" {size} rx="1"/>'
        placed.append(f'<g transform="translate({number(x)} {number(y)})">{plate}{sign.elements}</g>')
        drawn[_cells((x, y), sign)] = TAKEN
    return placed, drawn


def _cells(spot: tuple[float, float], sign: Sign) -> tuple[slice, slice]:
    x, y = spot
    return (
        slice(max(int((y - 1) / CELL), 0), math.ceil((y + sign.height + 1) / CELL)),
        slice(max(int((x - 1) / CELL), 0), math.ceil((x + sign.width + 1) / CELL)),
    )


def _cost(drawn: Array, spot: tuple[float, float], sign: Sign) -> float:
    """What is covered; what is added counts most."""
    covered = drawn[_cells(spot, sign)]
    return float(covered.sum() + EMPHASIS * (covered > 0.5).sum())
