# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The box of a step's hardware: outlines at 1:1 on paper, names, counts, a check bar."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from csmkit.export.drawing_ink import Text
from csmkit.export.stage import Shown
from csmkit.export.stage_ink import closed, open_lines
from csmkit.export.svg import attribute
from csmkit.geometry.depth import Eye, Window
from csmkit.geometry.facets import Facets
from csmkit.geometry.sight import outlines, scene, turned, visible_edges

FROM_SIDE = Eye((0.0, 0.0, -1.0), (1.0, 0.0, 0.0), (0.0, -1.0, 0.0))  # a screw lies with its head at the left
FROM_ABOVE = Eye((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
FINE = 0.05  # mm between grid points
EDGE, BETWEEN = 3.0, 4.0  # mm of air around and between
BAR = 10.0  # mm: the check bar
LETTER = 2.6  # mm: radius of the ring around a letter
TEXT = 2.3  # mm, capital height
LINE = 4.0  # mm from line to line


@dataclass(frozen=True)
class HardwareBox:
    """The box as elements about its upper left corner, with its size in mm."""

    width: float
    height: float
    elements: tuple[str, ...]
    texts: tuple[Text, ...]


def hardware_box(
    shown: Sequence[Shown], facets: Mapping[str, Facets], letters: Mapping[str, str], width: float
) -> HardwareBox:
    """All hardware that a step adds.

    Args:
        shown: the hardware, with letters by item.
        facets: in their own frames.
        width: of the page, mm: cells go on in a new row where they would reach beyond it.
    """
    cells = [_cell(item, facets[item.shape.name], letters[item.shape.name], width) for item in shown]
    elements: list[str] = []
    texts: list[Text] = []
    x, y, row, widest = EDGE, EDGE, 0.0, 0.0
    for cell in [*cells, _check_bar()]:
        if x > EDGE and x + cell.width + EDGE > width:
            x, y, row = EDGE, y + row + BETWEEN, 0.0
        elements.append(f'<g transform="translate({x:.2f} {y:.2f})">{"".join(cell.elements)}</g>')
        texts += [Text(t.x + x, t.y + y, t.text, t.anchor, t.height, t.turned, t.weight) for t in cell.texts]
        x, row = x + cell.width + BETWEEN, max(row, cell.height)
        widest = max(widest, x - BETWEEN + EDGE)
    return HardwareBox(widest, y + row + EDGE, tuple(elements), tuple(texts))


def _cell(item: Shown, facets: Facets, letter: str, width: float) -> HardwareBox:
    """One item: its outline, under it its letter, count and name."""
    eye = FROM_SIDE if item.shape.is_screw else FROM_ABOVE
    seen = turned(facets, eye)
    points = seen.corners.reshape(-1, 3)
    low, high = points.min(axis=0), points.max(axis=0)
    span = high - low
    window = Window.around(points, max(math.ceil(float(np.max(span[:2])) / FINE), 1), margin=2 * FINE)
    found = scene([seen], window)

    def paper(p: tuple[float, float]) -> tuple[float, float]:
        return (p[0] - float(low[0]), float(high[1]) - p[1])

    rings = outlines(found, found.shape == 0)
    elements = (
        f'<path class="csm-steel" d="{closed(rings, paper)}"/>',
        f'<path class="csm-edge" d="{open_lines(visible_edges(found, 0), paper)}"/>',
    )
    tall = float(span[1])
    y = tall + 3.6
    count = Text(2 * LETTER + 1.4, y, f"{len(item.poses)} ×", height=TEXT, weight="bold")
    label = Text(2 * LETTER + 1.4, y + LINE, item.shape.name, height=TEXT)
    ring = f'<circle class="csm-ring" cx="{LETTER}" cy="{y:.2f}" r="{LETTER}"/>'
    mark = Text(LETTER, y, letter, "middle", TEXT, weight="bold")
    wide = max(float(span[0]), label.box[2], count.box[2])
    return HardwareBox(
        wide,
        y + LINE + 2.0,
        (f"<g data-item={attribute(item.shape.name)}>", *elements, ring, "</g>"),
        (mark, count, label),
    )


def _check_bar() -> HardwareBox:
    """10 mm long where the page is printed at its own size."""
    bar = f'<path class="csm-bar" d="M0 1v2.4M{BAR:g} 1v2.4M0 2.2h{BAR:g}"/>'
    return HardwareBox(16.0, 8.0, (bar,), (Text(BAR / 2, 6.0, "10 mm · 1:1", "middle", 2.0),))


def length_on_paper(facets: Facets) -> float:
    """How long a screw's outline is in the box, mm: with its head."""
    return float(np.ptp(turned(facets, FROM_SIDE).corners[..., 0]))
