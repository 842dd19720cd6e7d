# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A line picture of the assembly: visible edges only, as a drawing in a manual has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType

from csmkit.export.pieces import Piece, as_item
from csmkit.export.svg.document import document, number, style
from csmkit.geometry.hidden_lines import visible_lines
from csmkit.model.outline import Point

_SPAN = 1000.0  # units of the longer side, whatever the kit's size, so that lines look alike
_MARGIN = 10.0
_RULES = MappingProxyType(  # a middle tone for white and black pages; a page may set its own
    {
        "edge": "fill:none;stroke:#5f6f80;stroke:var(--csm-line,#5f6f80);stroke-width:1.4;"
        "stroke-linecap:round;stroke-linejoin:round"
    }
)


def line_picture(title: str, pieces: Sequence[Piece]) -> bytes:
    """The assembly from the front right, slightly from above, in parallel projection.

    Args:
        title: what a screen reader says.
        pieces: with at least one place each.
    Returns: an SVG that takes the width that the page gives it.
    """
    lines = visible_lines([as_item(piece) for piece in pieces])
    chains = (*lines.outlines, *lines.edges)
    points = [point for chain in chains for point in chain]
    x0, y0 = min((p[0] for p in points), default=0.0), min((p[1] for p in points), default=0.0)
    x1, y1 = max((p[0] for p in points), default=1.0), max((p[1] for p in points), default=1.0)
    scale = _SPAN / max(x1 - x0, y1 - y0, 1.0)
    body = [style(_RULES), *([f'<path class="csm-edge" d="{_path(chains, scale)}"/>'] if chains else [])]
    view = (
        x0 * scale - _MARGIN,
        -y1 * scale - _MARGIN,
        (x1 - x0) * scale + 2 * _MARGIN,
        (y1 - y0) * scale + 2 * _MARGIN,
    )
    return document(view, title, body)


def _path(chains: Iterable[Sequence[Point]], scale: float) -> str:
    """Open chains as relative moves; each point is rounded by itself, so that errors don't add up."""
    data = ""
    for chain in chains:
        tenths = [(round(x * scale * 10), round(-y * scale * 10)) for x, y in chain]
        (x, y), *rest = tenths
        data += f"M{number(x / 10, 1)} {number(y / 10, 1)}"
        steps = []
        for after in rest:
            if after != (x, y):
                steps.append(f"{number((after[0] - x) / 10, 1)} {number((after[1] - y) / 10, 1)}")
            x, y = after
        data += f"l{' '.join(steps)}" if steps else "h0"
    return data
