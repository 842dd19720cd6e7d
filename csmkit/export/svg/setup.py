# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Plan of a clamping for a setup sheet, in black and white: parts, tabs, zero, where screws may go."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from csmkit.export.labels import Label, place_labels
from csmkit.export.svg.document import ADVANCE, document, number, path, text
from csmkit.model.cam import Box, Cut, Move, Program, Setup, Tab
from csmkit.model.facts import Feature, FlatPattern
from csmkit.model.outline import Outline, Point
from csmkit.model.pose import Pose, Vector

NUT = 20.0  # mm from the tool's middle: half a nut of 35 mm (ER20), and a little air
HEAD = 6.0  # mm around the cutter's way that screws keep clear of: half a head or washer of 12 mm
ALONG = 0.5  # mm: a way so near to a contour's own is no other
_TALLEST, _LOWEST = 2.6, 1.25  # mm on paper, capital height of names
_GREY, _LIGHT = "#d4d4d4", "#f3f3f3"
_AXIS = 11.0  # mm on paper, arrows at zero
_MARGIN = 5.5  # mm on paper around the sheet, for its sizes and zero's mark
_BOLD = 'font-size="3.2" font-weight="bold" text-anchor="middle"'


@dataclass(frozen=True)
class SetupPlan:
    """A drawn clamping.

    Args:
        svg: the drawing.
        width, height: on paper, mm.
        frame: box of all that the spindle's nut is ever over, mm.
        numbered: parts whose name has no room in the drawing, in the order of their numbers.
    """

    svg: str
    width: float
    height: float
    frame: Box
    numbered: tuple[str, ...]


def setup_plan(program: Program, room: tuple[float, float]) -> SetupPlan:
    """A clamping as seen from above.

    Args:
        program: its toolpaths.
        room: width and height on paper, mm, at most.
    """
    setup = program.setup
    _, _, wide, high = setup.stock.bounds
    scale = min((room[0] - 2 * _MARGIN) / wide, (room[1] - 2 * _MARGIN) / high)
    frame = _frame(program)
    labels, numbered = _labels(setup, scale)
    tabs = dict.fromkeys(tab for p in program.toolpaths for tab in p.tabs)
    body = [
        '<g font-family="Source Sans Pro">',
        _area([setup.stock], scale, "#fff", 0.35),
        f'<path transform="scale({scale:.6f})" d="{_busy(program, scale)}" fill="{_GREY}"/>',
        *(_area(outlines, scale, _LIGHT, 0.2) for outlines in _parts(setup)),
        *(_area([c.region.outline, *c.region.islands], scale, _GREY, 0.1) for c in _shallow(setup)),
        *(_area([zone], scale, "#999", 0.2) for zone in setup.keep_out),
        *(_tab(tab, scale) for tab in tabs),
        *(_pin(place, scale) for place in setup.pins or ()),
        _dashed(frame, (wide, high), scale),
        *(text(_scaled(label, scale), digits=2) for label in labels),
        *_zero(),
        *_sizes(setup, scale),
        "</g>",
    ]
    width, height = wide * scale + 2 * _MARGIN, high * scale + 2 * _MARGIN
    view = (-_MARGIN, -high * scale - _MARGIN, width, height)
    return SetupPlan(document(view, "", body).decode(), width, height, frame, numbered)


def _area(outlines: Sequence[Outline], scale: float, fill: str, line: float) -> str:
    data, width = path(outlines, 2), number(line / scale, 3)
    return (
        f'<path transform="scale({scale:.6f})" d="{data}" fill="{fill}" fill-rule="evenodd" stroke="#000"'
        f' stroke-width="{width}" stroke-linejoin="round"/>'
    )


def _parts(setup: Setup) -> Iterator[list[Outline]]:
    """Each part's contour with what is cut through."""
    for name, outline in _contours(setup):
        yield [outline, *(c.region.outline for c in setup.cuts if c.part == name and _is_hole(c))]


def _contours(setup: Setup) -> list[tuple[str, Outline]]:
    return [*setup.contours, *((c.part, c.region.outline) for c in setup.cuts if c.kind == "outside")]


def _is_hole(cut: Cut) -> bool:
    return cut.through and cut.kind in ("inside", "drill", "pocket")


def _shallow(setup: Setup) -> list[Cut]:
    return [c for c in setup.cuts if not c.through and c.kind in ("pocket", "drill")]


def _busy(program: Program, scale: float) -> str:
    """Path data of the area that screws keep clear of: the parts, and around the cutter's way."""
    widest = max((t.diameter for t in program.tools if t.kind != "vbit"), default=0.0)  # it stays on parts
    bodies = [shapely.Polygon(outline.points(0.5)) for _, outline in _contours(program.setup)]
    around = shapely.union_all(shapely.buffer(bodies, widest + HEAD, quad_segs=4))
    lines = np.array(list(_ways(program).values()), dtype=object)
    near = shapely.union_all(shapely.buffer(bodies, widest / 2 + ALONG))
    shapely.prepare(near)
    far = lines[~shapely.covered_by(lines, near)]
    bands = shapely.buffer(far, widest / 2 + HEAD, quad_segs=4)
    area = shapely.simplify(shapely.union_all([around, *bands]), 0.1 / scale)
    stock = shapely.Polygon(program.setup.stock.points(0.5))
    return "".join(
        "M" + "L".join(f"{number(x, 1)} {number(-y, 1)}" for x, y in ring.coords[:-1]) + "Z"
        for piece in shapely.get_parts(shapely.intersection(area, stock))
        if isinstance(piece, shapely.Polygon)
        for ring in (piece.exterior, *piece.interiors)
    )


def _ways(program: Program) -> dict[object, shapely.LineString]:
    """Cutting moves from above, each once."""
    ways: dict[object, shapely.LineString] = {}
    for toolpath in program.toolpaths:
        at = toolpath.start
        for move in toolpath.moves:
            key = _key(at, move)
            if move.kind != "rapid" and key not in ways:
                ways[key] = _line(at, move)
            at = move.end
    return ways


def _key(start: Vector, move: Move) -> object:
    """Equal for moves over the same ground."""
    ends = sorted((round(p[0], 1), round(p[1], 1)) for p in (start, move.end))
    return (*ends, None if move.center is None else (round(move.center[0], 1), round(move.center[1], 1)))


def _line(start: Vector, move: Move) -> shapely.LineString:
    points = [start[:2], move.end[:2]]
    if move.center is not None:
        (cx, cy), sweep = move.center, move.sweep(start)
        r, begin = math.dist(start[:2], move.center), math.atan2(start[1] - cy, start[0] - cx)
        turns = (begin + sweep * k / 12 for k in range(1, 12))
        points[1:1] = [(cx + r * math.cos(t), cy + r * math.sin(t)) for t in turns]
    return shapely.LineString(points)


def _frame(program: Program) -> Box:
    """Box of all moves, rapids too, with the spindle's nut around them."""
    points = [p.start for p in program.toolpaths]
    for toolpath in program.toolpaths:
        at = toolpath.start
        for move in toolpath.moves:
            points += move.extremes(at)
            at = move.end
    low, high = ([pick(axis) for axis in zip(*points, strict=True)] for pick in (min, max))
    return (low[0] - NUT, low[1] - NUT, low[2], high[0] + NUT, high[1] + NUT, high[2])


def _labels(setup: Setup, scale: float) -> tuple[list[Label], tuple[str, ...]]:
    """Names where they have room, numbers where they have none."""
    labels: list[Label] = []
    numbered: list[str] = []
    for part, outline in _contours(setup):
        name = part.rpartition("/")[2]
        pattern = _pattern(part, outline, setup)
        found = place_labels(pattern, [(name, 1.0)], _TALLEST / scale, _LOWEST / scale, ADVANCE)
        if not found:
            numbered.append(name)
            digits = str(len(numbered))
            found = place_labels(pattern, [(digits, 1.0)], _TALLEST / scale, 0.8 / scale, ADVANCE)
            found = found or (_beside(outline, digits, scale),)
        labels += found
    return labels, tuple(numbered)


def _beside(outline: Outline, digits: str, scale: float) -> Label:
    """A number right of a part that is too small for it."""
    _, y0, x1, y1 = outline.bounds
    return Label(digits, x1 + 1.5 / scale, (y0 + y1) / 2, _LOWEST / scale, 0)


def _pattern(part: str, outline: Outline, setup: Setup) -> FlatPattern:
    features = [
        Feature("pocket", "top", c.depth, c.region, c.through)
        for c in setup.cuts
        if c.part == part and c.kind in ("inside", "pocket", "drill")
    ]
    return FlatPattern(outline, tuple(features), setup.thickness, None, Pose())


def _scaled(label: Label, scale: float) -> Label:
    return Label(label.text, label.x * scale, label.y * scale, label.height * scale, label.angle)


def _tab(tab: Tab, scale: float) -> str:
    """A short thick line along the contour; at least 1.6 mm on paper, or nobody sees it."""
    half = max(tab.length * scale, 1.6) / 2
    dx, dy = (half * f(math.radians(tab.angle)) for f in (math.cos, math.sin))
    x, y = tab.x * scale, -tab.y * scale
    data = f"M{number(x - dx)} {number(y + dy)}L{number(x + dx)} {number(y - dy)}"
    return f'<path d="{data}" stroke="#000" stroke-width="0.9" fill="none"/>'


def _pin(place: Point, scale: float) -> str:
    x, y = number(place[0] * scale), number(-place[1] * scale)
    cross = f"M{x} {y}m-2.2 0h4.4m-2.2-2.2v4.4"
    return (
        f'<circle cx="{x}" cy="{y}" r="1.3" fill="#fff" stroke="#000" stroke-width="0.35"/>'
        f'<path d="{cross}" stroke="#000" stroke-width="0.25" fill="none"/>'
    )


def _dashed(frame: Box, size: Point, scale: float) -> str:
    """The frame, as far as it lies on the sheet."""
    x0, y0 = (max(v, 0.0) * scale for v in frame[:2])
    x1, y1 = (min(v, side) * scale for v, side in zip(frame[3:5], size, strict=True))
    return (
        f'<rect x="{number(x0)}" y="{number(-y1)}" width="{number(x1 - x0)}" height="{number(y1 - y0)}"'
        ' fill="none" stroke="#000" stroke-width="0.25" stroke-dasharray="1.6 1.2"/>'
    )


def _zero() -> Iterator[str]:
    """The corner from which the program counts, with its axes beside the sheet."""
    line = 'fill="none" stroke="#000" stroke-width="0.4"'
    yield f'<path d="M0 3.2H{_AXIS}m-1.6-.7l1.6 .7l-1.6 .7M-3.2 0V-{_AXIS}m-.7 1.6l.7-1.6l.7 1.6" {line}/>'
    yield '<circle r="1.9" fill="#fff" stroke="#000" stroke-width="0.4"/>'
    yield '<path d="M0-1.9A1.9 1.9 0 0 1 1.9 0H0Z M0 1.9A1.9 1.9 0 0 1-1.9 0H0Z"/>'
    for name, x, y in (("X", _AXIS + 2, 4.3), ("Y", -3.2, -_AXIS - 0.8)):
        yield f'<text x="{number(x)}" y="{number(y)}" {_BOLD}>{name}</text>'


def _sizes(setup: Setup, scale: float) -> Iterator[str]:
    """Length and width of the sheet, beside it."""
    _, _, wide, high = setup.stock.bounds
    x, y = number(wide * scale / 2), number(-high * scale / 2)
    yield f'<text x="{x}" y="4.3" {_BOLD}>{wide:g} mm</text>'
    yield f'<text transform="translate(-2.2 {y}) rotate(-90)" {_BOLD}>{high:g} mm</text>'
