# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The picture of a step: what is there in quiet grey, what it adds in colour, pulled out of its place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from csmkit.export.stage import Pulled, Shown, Stage
from csmkit.export.stage_hardware import hardware_box
from csmkit.export.stage_ink import STYLES, closed, open_lines, tints
from csmkit.export.stage_names import names
from csmkit.export.stage_page import WIDTH, Page, Placed
from csmkit.export.svg import attribute, document, number, style
from csmkit.geometry.depth import Eye, look
from csmkit.geometry.facets import Facets
from csmkit.geometry.sight import Scene, outlines, scene, turned, visible_edges
from csmkit.model.outline import Point
from csmkit.model.pose import Vector

Array = NDArray[np.float64]
GUTTER = 2.0  # mm between figure and box
LOWEST, HIGHEST = 70.0, 125.0  # mm of the figure
SIDE, ABOVE = 14.0, 8.0  # mm beside and above the figure, for names
SMALL = 0.4  # of the whole: what is added is smaller, so the picture comes nearer
AROUND = 0.35  # of what is added: how much around it a near picture shows
TINY = 1.5  # mm on paper: what is there and smaller is not drawn


@dataclass(frozen=True)
class StepPicture:
    """A step's picture and what kit.json says of it."""

    svg: bytes
    width: float
    height: float
    screws: tuple[tuple[str, int, float], ...]
    boxes: tuple[tuple[float, float, float, float], ...]  # of its names, mm from its upper left corner


def step_picture(stage: Stage, facets: Mapping[str, Facets]) -> StepPicture:
    """A step as an SVG of its true size in mm.

    Args:
        stage: what it shows.
        facets: of each item in its own frame.
    """
    eye = look(stage.towards_eye, stage.is_turned_over)
    placed = [*_placed(stage.there, facets, eye, False), *_placed(stage.added, facets, eye, True)]
    page = _page(placed, stage, facets, eye)
    shown = [p for p in placed if p.is_added or _on_paper(p, page) >= TINY]
    found = scene([p.facets for p in shown], page.window)
    hardware = [item for item in stage.added if item.shape.is_hardware]
    letters = {item.shape.name: chr(ord("A") + n % 26) * (1 + n // 26) for n, item in enumerate(hardware)}
    body = _grey(found, shown, page) + _ways(stage, facets, eye, page) + _coloured(found, shown, stage, page)
    named, boxes = names(found, shown, stage, page, letters)
    below, depth = _below(hardware, facets, letters, page)
    height = page.height + depth
    elements = [
        style(STYLES),
        f'<g font-family="Source Sans Pro,Arial,sans-serif" font-size="{number(2.5 / 0.66)}">',
    ]
    elements += [*body, *below, *named, "</g>"]
    head = f' width="{number(WIDTH)}mm" height="{number(height)}mm"'
    svg = document((0, 0, WIDTH, height), _title(stage), elements, head=head)
    screws = tuple((i.shape.name, len(i.poses), i.shape.length) for i in hardware if i.shape.is_screw)
    return StepPicture(svg, WIDTH, round(height, 2), screws, boxes)


def _title(stage: Stage) -> str:
    return f"{stage.number}: {stage.title}"


def _placed(items: Sequence[Shown], facets: Mapping[str, Facets], eye: Eye, is_added: bool) -> list[Placed]:
    result = []
    for item in items:
        pulled = item.pulled or (Pulled(),) * len(item.poses)
        for pose, out in zip(item.poses, pulled, strict=True):
            result.append(Placed(item, turned(facets[item.shape.name].moved(pose), eye, out.shift), is_added))
    return result


def _box(points: Sequence[Array]) -> tuple[Array, Array]:
    lows, highs = zip(
        *((p.reshape(-1, 3).min(axis=0), p.reshape(-1, 3).max(axis=0)) for p in points), strict=True
    )
    return np.min(lows, axis=0)[:2], np.max(highs, axis=0)[:2]


def _page(placed: Sequence[Placed], stage: Stage, facets: Mapping[str, Facets], eye: Eye) -> Page:
    """The whole where what is added fills enough of it, else a nearer look at that."""
    low, high = _box([p.facets.corners for p in placed])
    added = [p.facets.corners for p in placed if p.is_added]
    is_near = False
    if added:
        home = _placed([replace(item, pulled=()) for item in stage.added], facets, eye, True)
        inner_low, inner_high = _box([*added, *(p.facets.corners for p in home)])
        reach = float(np.max(inner_high - inner_low))
        is_near = reach < SMALL * float(np.max(high - low))
        if is_near:
            low, high = (
                np.maximum(low, inner_low - AROUND * reach),
                np.minimum(high, inner_high + AROUND * reach),
            )
    wide, tall = (max(float(side), 1.0) for side in high - low)
    scale = min((WIDTH - 2 * SIDE) / wide, (HIGHEST - 2 * ABOVE) / tall)
    height = min(max(tall * scale + 2 * ABOVE, LOWEST), HIGHEST)
    middle = (low + high) / 2
    corner = middle - np.array([WIDTH, height]) / scale / 2
    return Page((float(corner[0]), float(corner[1])), scale, round(height, 1), is_near)


def _on_paper(placed: Placed, page: Page) -> float:
    """Longer side of a copy on paper, mm."""
    low, high = _box([placed.facets.corners])
    return float(np.max(high - low)) * page.scale


def _grey(found: Scene, shown: Sequence[Placed], page: Page) -> list[str]:
    quiet = np.array([not p.is_added for p in shown] + [False])
    mask = quiet[found.shape]
    fills = [
        f'<path class="csm-there{tone}" fill-rule="evenodd" d="{data}"/>'
        for tone in range(3)
        if (data := closed(outlines(found, mask & (found.tone == tone)), page.paper))
    ]
    chains = [c for n, p in enumerate(shown) if not p.is_added for c in visible_edges(found, n)]
    return [*fills, f'<path class="csm-quiet" d="{open_lines(chains, page.paper)}"/>'] if chains else fills


def _coloured(found: Scene, shown: Sequence[Placed], stage: Stage, page: Page) -> list[str]:
    """A group for each added item."""
    result = []
    for item in stage.added:
        numbers = [n for n, p in enumerate(shown) if p.is_added and p.shown is item]
        own = np.zeros(len(shown) + 1, bool)
        own[numbers] = True
        mask = own[found.shape]
        parts = []
        rims = [
            closed(outlines(found, found.shape == n), page.paper) for n in numbers if (found.shape == n).any()
        ]
        parts.append(f'<path class="csm-rim" fill-rule="evenodd" d="{"".join(rims)}"/>')
        for tone, colour in enumerate(tints(item.shape.colour)):
            if data := closed(outlines(found, mask & (found.tone == tone)), page.paper):
                paint = f'fill="{colour}" stroke="{colour}" stroke-width=".12"'
                parts.append(f'<path {paint} fill-rule="evenodd" d="{data}"/>')
        chains = [c for n in numbers for c in visible_edges(found, n)]
        if chains:
            parts.append(f'<path class="csm-edge" d="{open_lines(chains, page.paper)}"/>')
        result.append(f"<g data-item={attribute(item.shape.name)}>{''.join(parts)}</g>")
    return result


def _ways(stage: Stage, facets: Mapping[str, Facets], eye: Eye, page: Page) -> list[str]:
    """A dash-dot line from each pulled-out thing to its place."""
    lines: dict[tuple[float, ...], tuple[float, Point, Point]] = {}
    for item in stage.added:
        middle = (0.0, 0.0, 0.0) if item.shape.is_hardware else _middle(facets[item.shape.name])
        for pose, out in zip(item.poses, item.pulled, strict=True):
            if out.shift == out.base:
                continue
            ends = eye.seen(np.array(pose.point(middle)) + np.array([out.base, out.shift]))
            a, b = (page.paper((float(p[0]), float(p[1]))) for p in ends)
            length = math.dist(a, b)
            if length < 1.0:
                continue
            key = _line_key(a, b)
            if key not in lines or lines[key][0] < length:
                lines[key] = (length, a, b)
    data = "".join(
        f"M{number(a[0])} {number(a[1])}L{number(b[0])} {number(b[1])}" for _, a, b in sorted(lines.values())
    )
    return [f'<path class="csm-way" d="{data}"/>'] if data else []


def _middle(facets: Facets) -> Vector:
    low, high = facets.box
    x, y, z = (float(v) for v in (low + high) / 2)
    return (x, y, z)


def _line_key(a: Point, b: Point) -> tuple[float, ...]:
    """The same for lines one upon the other that run the same way."""
    length = math.dist(a, b)
    x, y = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    return (round(x, 1), round(y, 1), round(a[0] * y - a[1] * x))


def _below(
    hardware: Sequence[Shown], facets: Mapping[str, Facets], letters: Mapping[str, str], page: Page
) -> tuple[list[str], float]:
    """The box of the hardware under the figure, and the room that it takes."""
    if not hardware:
        return [], 0.0
    box = hardware_box(hardware, facets, letters, WIDTH)
    size = f'width="{number(box.width - 0.4)}" height="{number(box.height - 0.4)}"'
    frame = f'<rect class="csm-box" x=".2" y=".2" {size} rx="1.5"/>'
    texts = "".join(text.svg() for text in box.texts)
    place = f'transform="translate(0 {number(page.height + GUTTER)})"'
    return [f"<g {place}>{frame}{''.join(box.elements)}{texts}</g>"], box.height + GUTTER
