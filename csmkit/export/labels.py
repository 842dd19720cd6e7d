# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Where a part's name fits on the part, clear of its holes and pockets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import shapely

from csmkit.model.facts import FlatPattern
from csmkit.model.outline import Outline

_GRID = 24  # places tried along each side of the part's box
_STEPS = 9  # heights tried, each 3/4 of the one before: 20 mm down to 2 mm
_LINE = 1.8  # distance of lines per capital height


@dataclass(frozen=True)
class Label:
    """A text in its place: middle of its box, mm; capital height, mm; 0 or 90 degrees."""

    text: str
    x: float
    y: float
    height: float
    angle: float

    def moved(self, x: float, y: float, angle: float) -> Label:
        """On a part that is turned about (0, 0) and shifted; the text stays readable, never upside down."""
        (px, py, _), *_ = Outline(((self.x, self.y, 0.0),)).moved(x, y, angle).vertices
        upright = (self.angle + angle) % 180
        return Label(self.text, px, py, self.height, upright - 180 if upright > 90.001 else upright)

    def mirrored(self, width: float) -> Label:
        """Seen from the other side of a part or sheet of this width, which was turned over left to right."""
        return Label(self.text, width - self.x, self.y, self.height, self.angle)


def place_labels(
    pattern: FlatPattern,
    lines: Sequence[tuple[str, float]],
    tallest: float = 20.0,
    lowest: float = 2.0,
    advance: float = 0.9,
) -> tuple[Label, ...]:
    """The largest place for a text of some lines on a flat pattern, near its middle, in the pattern's frame.

    Args:
        pattern: the part; its pockets are kept clear where that is possible, else only what goes through.
        lines: text and relative size of each line, 1 for the largest.
        tallest, lowest: capital height of a line of size 1, mm.
        advance: width of a character per capital height; 0.9 suits the stroke fonts of CAD programs.
    Returns: one label a line, or none where not even `lowest` fits.
    """
    material = _polygon(pattern.outline)
    through = [_polygon(f.region.outline) for f in pattern.holes]
    shallow = [_polygon(f.region.outline) for f in pattern.pockets]
    wide = max(advance * size * (len(text) + 1) for text, size in lines)  # one character of air
    high = sum(size for _, size in lines) * _LINE
    for kept in (through + shallow, through):
        free = shapely.difference(material, shapely.union_all(kept)) if kept else material
        found = largest_place(free, wide, high, tallest, lowest)
        if found:
            return _stack(lines, *found)
    return ()


def largest_place(
    free: shapely.Geometry, wide: float, high: float, tallest: float, lowest: float
) -> tuple[float, float, float, float] | None:
    """Middle, capital height and angle of the largest box of wide × high capital heights in an area, mm.

    Of equally large ones the one nearest to the area's middle; None where not even `lowest` fits.
    """
    if shapely.is_empty(free):
        return None
    shapely.prepare(free)
    x0, y0, x1, y1 = (float(b) for b in shapely.bounds(free))
    shares = (np.arange(_GRID) + 0.5) / _GRID
    xs, ys = (g.ravel() for g in np.meshgrid(x0 + shares * (x1 - x0), y0 + shares * (y1 - y0)))
    off_middle = np.hypot(xs - (x0 + x1) / 2, ys - (y0 + y1) / 2)
    for step in range(_STEPS):
        height = max(tallest * 0.75**step, lowest)
        for angle, w, h in (
            (0.0, wide * height / 2, high * height / 2),
            (90.0, high * height / 2, wide * height / 2),
        ):
            inside = shapely.contains(free, shapely.box(xs - w, ys - h, xs + w, ys + h))
            if inside.any():
                best = int(np.argmin(np.where(inside, off_middle, np.inf)))
                return float(xs[best]), float(ys[best]), height, angle
        if height == lowest:
            break
    return None


def _stack(
    lines: Sequence[tuple[str, float]], x: float, y: float, height: float, angle: float
) -> tuple[Label, ...]:
    """Lines from top to bottom about a middle."""
    down = -sum(size for _, size in lines) * _LINE * height / 2
    labels = []
    for text, size in lines:
        down += size * _LINE * height
        off = down - size * _LINE * height / 2
        place = (x, y - off) if angle == 0 else (x + off, y)
        labels.append(Label(text, *place, size * height, angle))
    return tuple(labels)


def _polygon(outline: Outline) -> shapely.Geometry:
    return cast(shapely.Geometry, shapely.Polygon(outline.points(0.2)))
