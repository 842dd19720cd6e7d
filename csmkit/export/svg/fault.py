# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""SVG of a fault in a program: its place from near by, the moves about it, the move that is at fault."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from csmkit.cam.proof.interpret import Step
from csmkit.export.svg.document import document, escape, number, path, style
from csmkit.export.svg.toolpath import STYLES, path_data, setup_elements
from csmkit.model.cam import Fault, Setup
from csmkit.model.machine import Tool

FAULT_STYLES: Mapping[str, str] = MappingProxyType(
    {
        **STYLES,
        "edge": "fill:none;stroke:#888;stroke-width:1",
        "other": "stroke:#3c87cc;stroke:var(--csm-pocket,#3c87cc)",
        "bad": "stroke:#e02020;stroke:var(--csm-fault,#e02020)",
        "mark": "fill:none;stroke:#e02020;stroke:var(--csm-fault,#e02020);stroke-width:2.5",
        "rule": "fill:none;stroke:#888;stroke-width:1.5",
    }
)
NEAR = 22.0  # mm that are shown on each side of the place
LINE = 62  # characters of the caption's lines


def fault_svg(setup: Setup, steps: Sequence[tuple[Step, Tool]], fault: Fault, name: str = "") -> bytes:
    """The surroundings of a fault as seen from above; the whole stock where it has no place.

    Args:
        setup: what was to be cut.
        steps: the program's moves with their cutters.
        fault: what the proof found.
        name: of the file, for the caption.
    """
    x0, y0, x1, y1 = setup.stock.bounds
    if fault.where is not None:
        x, y, _ = fault.where
        x0, y0, x1, y1 = x - NEAR, y - NEAR, x + NEAR, y + NEAR
    unit = max(x1 - x0, y1 - y0) / 100
    words = [_title(fault, name), *textwrap.wrap(fault.problem, LINE)]
    frame = f'x="{number(x0)}" y="{number(-y1)}" width="{number(x1 - x0)}" height="{number(y1 - y0)}"'
    body = [
        style(FAULT_STYLES),
        f'<svg {frame} viewBox="{number(x0)} {number(-y1)} {number(x1 - x0)} {number(y1 - y0)}">',
        *setup_elements(setup),
        *(f'<path class="csm-edge csm-line" d="{path([c.region.outline])}"/>' for c in setup.cuts),
        *_moves(steps, fault, (x0, y0, x1, y1)),
        *_mark(fault, unit),
        "</svg>",
        f'<rect class="csm-rule csm-line" {frame}/>',
        '<g font-family="sans-serif">',
        *_scale(x0, y0, x1, unit),
        *_caption(words, x0, y0, unit),
        "</g>",
    ]
    below = (9 + 5 * len(words)) * unit
    view = (x0 - unit, -y1 - unit, x1 - x0 + 2 * unit, y1 - y0 + below)
    return document(view, _title(fault, name), body, desc=fault.problem)


def _title(fault: Fault, name: str) -> str:
    line = f", line {fault.line}" if fault.line is not None else ""
    return f"{name}{': ' if name else ''}{fault.kind}{line}"


def _moves(
    steps: Sequence[tuple[Step, Tool]], fault: Fault, window: tuple[float, float, float, float]
) -> Iterator[str]:
    """Bands of the moves below the top, those of the faulty line above the others; rapids dashed."""
    near = [(s, t) for s, t in steps if _comes_near(s, t, window)]
    for css, is_bad in (("other", False), ("bad", True)):
        for tool in dict.fromkeys(t for _, t in near):
            rows = [s for s, t in near if t is tool and (s.line == fault.line) == is_bad]
            low = [s for s in rows if min(s.start[2], s.move.end[2]) < 0]
            data = path_data((s.start, s.move) for s in low)
            if data:
                width = f'stroke-width="{number(tool.diameter)}"'
                yield f'<path class="csm-band csm-{css}" {width} d="{data}"/>'
                yield f'<path class="csm-way csm-line csm-{css}" d="{data}"/>'
    data = path_data((s.start, s.move) for s, _ in near if s.move.kind == "rapid")
    yield f'<path class="csm-rapid csm-line" d="{data}"/>'


def _comes_near(step: Step, tool: Tool, window: tuple[float, float, float, float]) -> bool:
    points = [step.start, *step.move.extremes(step.start)]
    r = tool.diameter
    return (
        max(p[0] for p in points) > window[0] - r
        and min(p[0] for p in points) < window[2] + r
        and max(p[1] for p in points) > window[1] - r
        and min(p[1] for p in points) < window[3] + r
    )


def _mark(fault: Fault, unit: float) -> Iterator[str]:
    """A ring and a cross at the place."""
    if fault.where is None:
        return
    x, y, r = number(fault.where[0], 3), number(-fault.where[1], 3), 4 * unit
    yield f'<circle class="csm-mark csm-line" cx="{x}" cy="{y}" r="{number(r)}"/>'
    arms = "".join(f"M{x} {y}m{dx} {dy}l{ex} {ey}" for dx, dy, ex, ey in _arms(r))
    yield f'<path class="csm-mark csm-line" d="{arms}"/>'


def _arms(r: float) -> Iterator[tuple[str, str, str, str]]:
    for quarter in range(4):
        c, s = math.cos(quarter * math.pi / 2), math.sin(quarter * math.pi / 2)
        yield number(c * r), number(s * r), number(c * r), number(s * r)


def _scale(x0: float, y0: float, x1: float, unit: float) -> Iterator[str]:
    """A tenth or so of the picture's width, in round millimetres."""
    length = 10.0 ** math.floor(math.log10((x1 - x0) / 3))
    y = -y0 + 4 * unit
    yield f'<path class="csm-rule csm-line" d="M{number(x1 - length)} {number(y)}h{number(length)}"/>'
    place = f'x="{number(x1 - length - unit)}" y="{number(y + unit)}" font-size="{number(3 * unit)}"'
    yield f'<text class="csm-note" text-anchor="end" {place}>{number(length, 1)} mm</text>'


def _caption(words: Sequence[str], x0: float, y0: float, unit: float) -> Iterator[str]:
    for i, line in enumerate(words):
        weight = ' font-weight="bold"' if i == 0 else ""
        place = f'x="{number(x0)}" y="{number(-y0 + (9 + 4 * i) * unit)}" font-size="{number(2.8 * unit)}"'
        yield f'<text class="csm-note"{weight} {place}>{escape(line)}</text>'
