# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Labels for parts, 24 of 70 × 37 mm on A4: what each piece is, where it lies, where it goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import numpy as np
import shapely

from csmkit.errors import CsmError
from csmkit.export.svg.document import document, double_arrow, number, path
from csmkit.export.typst import typeset
from csmkit.model.facts import FlatPattern
from csmkit.model.outline import Outline

_PICTURE = (26.0, 18.5)  # mm on the label, largest
_LINE, _ARROW = 0.2, 0.3  # mm; widths of lines on the label
_TIED = "\u00a0"  # a space at which no line ends
_GREY = "#e4e4e4"  # of the part's face; still white enough for a pencil
_HALVES = (3.5, 2.5, 1.7)  # mm; half a grain arrow, the longest that has room
_AIR = 0.3  # mm around it
_GRID = 25  # places tried along each side of a part's box; odd, so that its middle is one


@dataclass(frozen=True)
class PartLabel:
    """One copy of a part."""

    kit: str
    part: str
    copy: int  # 1 … copies
    copies: int
    material: str  # "Birch plywood 18 mm"
    size: tuple[float, ...]  # length, width, thickness, mm
    grain: Literal["x", "y"] | None  # along x or y of the outline
    edges: str  # banding or edge work, "L1 W2"; empty if none
    steps: tuple[int, ...]  # numbers of the steps that add it
    where: str  # "sheet 2 of 3"
    outline: tuple[Outline, ...]  # outer one first, then the holes, mm; none for a bar
    remaining: tuple[str, ...] = ()  # work in its order: "saw", "jigsaw"


def label_outline(pattern: FlatPattern) -> tuple[Outline, ...]:
    """What a label shows of a flat pattern: its outline and what goes through."""
    return (pattern.outline, *(hole.region.outline for hole in pattern.holes))


def labels_pdf(labels: Sequence[PartLabel], title: str = "Labels") -> bytes:
    """A PDF of labels in the given order, row by row; the same labels give the same bytes.

    Long names are set smaller and wrapped. Nothing stands nearer than 4.5 mm to a label's edge; thin
    crosses at the corners show where to cut plain paper.

    Raises: CsmError: there are no labels.
    """
    if not labels:
        raise CsmError("no parts to label")
    pictures: dict[tuple[object, ...], int] = {}
    drawn = []
    for label in labels:
        shape = (label.outline, label.grain)
        if label.outline and shape not in pictures:
            pictures[shape] = len(pictures)
            drawn.append(_picture(label.outline, label.grain))
    entries = [
        {
            "part": label.part,
            "count": f"{label.copy} of {label.copies}",
            "rows": _rows(label),
            "picture": pictures[label.outline, label.grain] if label.outline else None,
        }
        for label in labels
    ]
    return typeset("labels_pdf.typ", {"title": title, "pictures": drawn, "labels": entries})


def _rows(label: PartLabel) -> list[str]:
    """Lines of text below the name; those without content are left out."""
    size = " × ".join(f"{round(side, 1):g}" for side in label.size)
    steps = f"step{'s' if len(label.steps) > 1 else ''}{_TIED}{_runs(label.steps)}" if label.steps else ""
    rows = (
        label.kit,
        label.material,
        f"{size}{_TIED}mm",
        f"edges {label.edges}" if label.edges else "",
        ", ".join(filter(None, (label.where, steps))),
        ", then ".join(label.remaining),
    )
    return [row for row in rows if row]


def _runs(numbers: Iterable[int]) -> str:
    """Numbers with their runs: "1, 3–6"."""
    runs = []
    for _, run in groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        dash = ", " if len(members) == 2 else "–"
        runs.append(f"{members[0]}" + (f"{dash}{members[-1]}" if len(members) > 1 else ""))
    return ", ".join(runs)


def _picture(outlines: Sequence[Outline], grain: Literal["x", "y"] | None) -> dict[str, object]:
    """SVG of a part, its longer side across, with the grain as an arrow; its width on the label, mm."""
    x0, y0, x1, y1 = outlines[0].bounds
    if y1 - y0 > x1 - x0:
        outlines = [outline.moved(angle=-90) for outline in outlines]
        grain = {"x": "y", "y": "x", None: None}[grain]
        x0, y0, x1, y1 = outlines[0].bounds
    outlines = [outline.moved(-x0, -y0) for outline in outlines]
    scale = min(_PICTURE[0] / (x1 - x0), _PICTURE[1] / (y1 - y0))
    wide, high = (x1 - x0) * scale, (y1 - y0) * scale
    body = [
        f'<path transform="scale({scale:.6f})" d="{path(outlines, 2 if scale > 0.1 else 1)}"'
        f' fill="{_GREY}" fill-rule="evenodd" stroke="#000" stroke-width="{number(_LINE / scale, 3)}"'
        ' stroke-linejoin="round"/>'
    ]
    below = 0.0
    if grain:
        x, y, half = _arrow_place(outlines, grain, scale) or (wide / 2, 0.0, 0.0)
        if not half:
            half, below = _HALVES[0], 2 * _HALVES[0] if grain == "y" else 2.0
            y = -1 - below / 2
        arrow = double_arrow(x, -y, half, 90 if grain == "y" else 0)
        body.append(f'<path fill="none" stroke="#000" stroke-width="{number(_ARROW)}" {arrow}/>')
    view = (-_LINE, -high - _LINE, wide + 2 * _LINE, high + 2 * _LINE + (below and below + 1))
    return {"svg": document(view, "", body).decode(), "width": round(view[2], 3)}


def _arrow_place(
    outlines: Sequence[Outline], grain: Literal["x", "y"], scale: float
) -> tuple[float, float, float] | None:
    """Where a grain arrow has room on a part, near its middle and clear of its holes.

    Args:
        outlines: outer one and holes, lower left of the box at (0, 0), mm.
        scale: of the picture.
    Returns: middle and half length, mm on the label; None if it has no room.
    """
    outer, *holes = (shapely.Polygon(outline.points(0.3 / scale)) for outline in outlines)
    free = shapely.difference(shapely.make_valid(outer), shapely.union_all(holes))
    shapely.prepare(free)
    _, _, wide, high = outlines[0].bounds
    shares = (np.arange(_GRID) + 0.5) / _GRID
    xs, ys = (g.ravel() for g in np.meshgrid(shares * wide, shares * high))
    for half in _HALVES:
        along, across = (half + _AIR) / scale, (half / 4 + _AIR) / scale
        w, h = (along, across) if grain == "x" else (across, along)
        inside = shapely.contains(free, shapely.box(xs - w, ys - h, xs + w, ys + h))
        if inside.any():
            best = np.argmin(np.where(inside, np.hypot(xs - wide / 2, ys - high / 2), np.inf))
            return float(xs[best]) * scale, float(ys[best]) * scale, half
    return None
