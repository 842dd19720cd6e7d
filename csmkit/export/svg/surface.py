# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""SVG of a surface's program: the lines of its last cutter, coloured by depth, from above; rings are pins."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from csmkit.export.svg.document import document, escape, number, path, style
from csmkit.export.svg.toolpath import legs_of
from csmkit.model.cam import Program, Toolpath
from csmkit.model.outline import Outline

DEPTHS = ("#440154", "#46327e", "#365c8d", "#277f8e", "#1fa187", "#4ac16d", "#8fb82a", "#d6a800")
"""From deep to high: after "viridis" of S. van der Walt and N. Smith, 2015, darker where it is yellow."""
STYLES = MappingProxyType(
    {
        "stock": "fill:#8a7a5f;fill:var(--csm-stock,#8a7a5f);fill-opacity:.12;stroke:#888;stroke-width:1.5",
        "way": "fill:none;stroke-width:.75",
        "rapid": "fill:none;stroke:#888;stroke-width:.75;stroke-dasharray:5 4",
        "pin": "fill:none;stroke:#d07a1c;stroke-width:1.25",
        "note": "fill:#888;fill:var(--csm-note,#888)",
    }
)
_DIGITS = 2
_Point = tuple[float, float, float]


def surface_svg(program: Program) -> bytes:
    """The finishing of a surface as seen from above.

    Args:
        program: with a toolpath of kind `surface`; the last one is drawn, each move in the colour of its
            lower end.
    Returns: the file; it takes the width that the page gives it.
    """
    setup = program.setup
    finish = [p for p in program.toolpaths if p.kind == "surface"][-1]
    x0, y0, x1, y1 = setup.stock.bounds
    unit = max(x1 - x0, y1 - y0) / 100
    legs = list(legs_of(finish))
    low, high = min(m.end[2] for _, m in legs), max(m.end[2] for _, m in legs)
    pins = [Outline.circle(x, y, unit) for x, y in setup.pins or ()]
    body = [
        style(STYLES),
        '<g font-family="sans-serif">',
        f'<path class="csm-stock csm-line" d="{path([setup.stock], _DIGITS)}"/>',
        f'<path class="csm-pin csm-line" d="{path(pins, _DIGITS)}"/>',
        *_lines(finish, low, high),
        f'<path class="csm-rapid csm-line" d="{_rapids(finish)}"/>',
        *_legend(program, finish, (low, high), unit, y0),
        "</g>",
    ]
    view = (x0 - unit, -y1 - unit, x1 - x0 + 2 * unit, y1 - y0 + 8 * unit)
    return document(view, f"{setup.name}: surface", body, desc=f"{len(legs)} moves with {finish.tool}.")


def _lines(finish: Toolpath, low: float, high: float) -> Iterator[str]:
    data = dict.fromkeys(DEPTHS, "")
    at: dict[str, _Point] = {}
    for start, move in legs_of(finish):
        colour = _colour(min(start[2], move.end[2]), low, high)
        if start[:2] == move.end[:2]:
            continue
        if at.get(colour) != start:
            data[colour] += f"M{_place(start)}"
        data[colour] += f"L{_place(move.end)}"
        at[colour] = move.end
    for colour, way in data.items():
        if way:
            yield f'<path class="csm-way csm-line" stroke="{colour}" d="{way}"/>'


def _rapids(finish: Toolpath) -> str:
    data, at = "", finish.start
    for move in finish.moves:
        if move.kind == "rapid" and at[:2] != move.end[:2]:
            data += f"M{_place(at)}L{_place(move.end)}"
        at = move.end
    return data


def _colour(z: float, low: float, high: float) -> str:
    share = (z - low) / (high - low) if high > low else 0.0
    return DEPTHS[min(int(share * len(DEPTHS)), len(DEPTHS) - 1)]


def _legend(
    program: Program, finish: Toolpath, span: tuple[float, float], unit: float, y0: float
) -> Iterator[str]:
    """What is drawn, and which colour is how deep."""
    place = f'y="{number(-y0 + 2.6 * unit)}" font-size="{number(1.4 * unit)}"'
    tool = next(t for t in program.tools if t.key == finish.tool)
    words = f"{program.setup.name} · {program.setup.side} side up · {tool.title}"
    yield f'<text class="csm-note" x="0" {place}>{escape(words)}</text>'
    step = (span[1] - span[0]) / len(DEPTHS)
    for i, colour in enumerate(DEPTHS):
        x, y = 9 * unit * i, -y0 + 4 * unit
        size = f'width="{number(2 * unit)}" height="{number(1.2 * unit)}"'
        yield f'<rect x="{number(x)}" y="{number(y)}" {size} fill="{colour}"/>'
        at = f'x="{number(x + 2.4 * unit)}" y="{number(y + 1.1 * unit)}" font-size="{number(1.2 * unit)}"'
        depth = number(span[0] + i * step, 1)
        yield f'<text class="csm-note" {at}>{depth} mm</text>'


def _place(point: _Point) -> str:
    return f"{number(point[0], _DIGITS)} {number(-point[1], _DIGITS)}"
