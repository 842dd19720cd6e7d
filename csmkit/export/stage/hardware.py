# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The box of a step's hardware: outlines at 1:1 on paper, names, counts, a check bar."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from csmkit.export.drawing.ink import Text
from csmkit.export.stage.ink import SCALED, closed, open_lines
from csmkit.export.stage.shown import Shown
from csmkit.export.svg.document import attribute, number
from csmkit.geometry.depth import Eye, Window
from csmkit.geometry.facets import Facets
from csmkit.geometry.sight import outlines, scene, turned, visible_edges

FROM_SIDE = Eye((0.0, 0.0, -1.0), (1.0, 0.0, 0.0), (0.0, -1.0, 0.0))  # a screw lies with its head at the left
FROM_ABOVE = Eye((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
FINE = 0.05  # mm between grid points
EDGE, BETWEEN, GUTTER = 3.0, 4.0, 1.5  # mm of air around and between, over the names
BAR = 10.0  # mm: the check bar
LETTER = 2.7  # mm: radius of the ring around a letter
TEXT = 2.5  # mm, capital height
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
    bar = _check_bar()
    cells = [_cell(item, facets[item.shape.name], letters[item.shape.name]) for item in shown]
    placed: list[tuple[float, float, HardwareBox]] = []
    top, widest = EDGE, 0.0
    for row in _rows(cells, width - bar.width - BETWEEN):
        x, height = EDGE, max(cell.height for cell in row)
        for cell in row:
            placed.append((x, top + height - cell.height, cell))  # names stand on one line
            x += cell.width + BETWEEN
        top, widest = top + height + BETWEEN, max(widest, x)
    bottom = top - BETWEEN + EDGE
    placed.append((widest, bottom - EDGE - bar.height, bar))
    elements = [
        f'<g transform="translate({number(x)} {number(y)})">{"".join(cell.elements)}</g>'
        for x, y, cell in placed
    ]
    texts = [replace(text, x=text.x + x, y=text.y + y) for x, y, cell in placed for text in cell.texts]
    return HardwareBox(widest + bar.width + EDGE, bottom, tuple(elements), tuple(texts))


def _rows(cells: Sequence[HardwareBox], width: float) -> list[list[HardwareBox]]:
    rows: list[list[HardwareBox]] = []
    used = width
    for cell in cells:
        if used + BETWEEN + cell.width + EDGE > width:
            rows.append([])
            used = EDGE - BETWEEN
        rows[-1].append(cell)
        used += BETWEEN + cell.width
    return rows


def _cell(item: Shown, facets: Facets, letter: str) -> HardwareBox:
    """One item: its outline, under it its letter, count and name."""
    seen = turned(facets, FROM_SIDE if item.shape.is_screw else FROM_ABOVE)
    points = seen.corners.reshape(-1, 3)
    low, high = points.min(axis=0), points.max(axis=0)
    wide, tall = (float(side) for side in (high - low)[:2])
    window = Window.around(points, max(math.ceil(max(wide, tall) / FINE), 1), margin=2 * FINE)
    found = scene([seen], window)

    def paper(p: tuple[float, float]) -> tuple[float, float]:
        return (p[0] - float(low[0]), float(high[1]) - p[1])

    drawn = (
        f'<path class="csm-steel" d="{closed(outlines(found, found.shape == 0), paper)}"/>'
        f'<path class="csm-edge" d="{open_lines(visible_edges(found, 0), paper)}"/>'
    )
    y, x = tall + GUTTER + LETTER, 2 * LETTER + 1.4
    count = Text(x, y, f"{len(item.poses)} ×", height=TEXT, weight="bold")
    label = Text(x, y + LINE, item.shape.name, height=TEXT)
    elements = (
        f"<g data-item={attribute(item.shape.name)} {SCALED}>{drawn}</g>",
        f'<circle class="csm-ring" cx="{LETTER}" cy="{number(y)}" r="{LETTER}"/>',
    )
    texts = (Text(LETTER, y, letter, "middle", TEXT, weight="bold"), count, label)
    return HardwareBox(max(wide, *(t.box[2] for t in texts)), y + LINE + 1.5, elements, texts)


def _check_bar() -> HardwareBox:
    """10 mm long where the page is printed at its own size."""
    side = 3.0
    bar = f'<path class="csm-bar" d="M{side:g} 0v2.4M{side + BAR:g} 0v2.4M{side:g} 1.2h{BAR:g}"/>'
    return HardwareBox(BAR + 2 * side, 8.0, (bar,), (Text(side + BAR / 2, 5.0, "10 mm, 1:1", "middle", 2.0),))
