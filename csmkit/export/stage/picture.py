# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The picture of a step: what is there in quiet grey, what it adds in colour, pulled out of its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from csmkit.export.drawing.ink import CAPITAL
from csmkit.export.drawing.ink import SMALL as SMALL_TEXT
from csmkit.export.stage.hardware import hardware_box
from csmkit.export.stage.ink import SCALED, STYLES, closed, open_lines, tints
from csmkit.export.stage.names import busy, names
from csmkit.export.stage.page import WIDTH, Page, Placed
from csmkit.export.stage.shown import NOWHERE, Shown, Stage
from csmkit.export.stage.signs import in_corners, locator, turn_sign
from csmkit.export.svg.document import attribute, document, number, style
from csmkit.geometry.depth import Eye, look
from csmkit.geometry.facets import Facets
from csmkit.geometry.sight import Scene, outlines, scene, turned, visible_edges, visible_runs
from csmkit.model.outline import Point

Array = NDArray[np.float64]
GUTTER = 2.0  # mm between figure and box
LOWEST, HIGHEST = 70.0, 125.0  # mm of the figure
WHOLE = 185.0  # mm of figure and box, where the box leaves the figure its least
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
    hardware = [item for item in stage.added if item.shape.is_hardware]
    letters = {item.shape.name: chr(ord("A") + n % 26) * (1 + n // 26) for n, item in enumerate(hardware)}
    below, depth = _below(hardware, facets, letters)
    page = _page(placed, stage, facets, eye, max(min(HIGHEST, WHOLE - depth), LOWEST))
    shown = [p for p in placed if p.is_added or _on_paper(p, page) >= TINY]
    found = scene([p.facets for p in shown], page.window)
    body = _grey(found, shown, page) + _coloured(found, shown, stage, page) + _ways(found, stage, eye, page)
    signs = [locator(placed, page)] if page.is_near else []
    signs += [turn_sign(stage.turn)] if stage.turn else []
    corners, drawn = in_corners(signs, busy(found, shown), page)
    named, boxes = names(found, shown, stage, page, letters, drawn)
    height = page.height + depth
    lowered = f'<g transform="translate(0 {number(page.height + GUTTER)})">{below}</g>' if below else ""
    font = f'font-family="Source Sans Pro,Arial,sans-serif" font-size="{number(SMALL_TEXT / CAPITAL)}"'
    elements = [
        style(STYLES),
        f"<g {SCALED}>",
        *body,
        "</g>",
        f"<g {font}>",
        *corners,
        lowered,
        *named,
        "</g>",
    ]
    head = f' width="{number(WIDTH)}mm" height="{number(height)}mm"'
    svg = document((0, 0, WIDTH, height), _title(stage), elements, head=head)
    screws = tuple((i.shape.name, len(i.poses), i.shape.length) for i in hardware if i.shape.is_screw)
    return StepPicture(svg, WIDTH, round(height, 2), screws, boxes)


def _title(stage: Stage) -> str:
    return f"{stage.number}: {stage.title}"


def _placed(items: Sequence[Shown], facets: Mapping[str, Facets], eye: Eye, is_added: bool) -> list[Placed]:
    result = []
    for item in items:
        none = (NOWHERE,) * len(item.poses)
        for pose, out, aside in zip(item.poses, item.shifts or none, item.moves or none, strict=True):
            shift = (out[0] + aside[0], out[1] + aside[1], out[2] + aside[2])
            result.append(Placed(item, turned(facets[item.shape.name].moved(pose), eye, shift), is_added))
    return result


def _box(points: Sequence[Array]) -> tuple[Array, Array]:
    lows, highs = zip(
        *((p.reshape(-1, 3).min(axis=0), p.reshape(-1, 3).max(axis=0)) for p in points), strict=True
    )
    return np.min(lows, axis=0)[:2], np.max(highs, axis=0)[:2]


def _page(
    placed: Sequence[Placed], stage: Stage, facets: Mapping[str, Facets], eye: Eye, highest: float
) -> Page:
    """The whole where what is added fills enough of it, else a nearer look at that."""
    low, high = _box([p.facets.corners for p in placed])
    added = [p.facets.corners for p in placed if p.is_added]
    is_near = False
    if added:
        home = _placed([replace(item, shifts=()) for item in stage.added], facets, eye, True)
        inner_low, inner_high = _box([*added, *(p.facets.corners for p in home)])
        reach = float(np.max(inner_high - inner_low))
        is_near = reach < SMALL * float(np.max(high - low))
        if is_near:
            low, high = (
                np.maximum(low, inner_low - AROUND * reach),
                np.minimum(high, inner_high + AROUND * reach),
            )
    wide, tall = (max(float(side), 1.0) for side in high - low)
    scale = min((WIDTH - 2 * SIDE) / wide, (highest - 2 * ABOVE) / tall)
    height = min(max(tall * scale + 2 * ABOVE, LOWEST), highest)
    middle = (low + high) / 2
    corner = middle - np.array([WIDTH, height]) / scale / 2
    return Page((float(corner[0]), float(corner[1])), scale, round(height, 1), is_near)


def _on_paper(placed: Placed, page: Page) -> float:
    """Longer side of a copy on paper, mm."""
    low, high = _box([placed.facets.corners])
    return float(np.max(high - low)) * page.scale


def _grey(found: Scene, shown: Sequence[Placed], page: Page) -> list[str]:
    if not any(p.is_added for p in shown):
        return []
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
    """A group for each item that is added, or, where none is, for all that stands."""
    is_state = not stage.added
    result = []
    for item in stage.there if is_state else stage.added:
        numbers = [n for n, p in enumerate(shown) if p.shown is item]
        if (place := found.place(numbers)) is None:
            continue
        seen = [n for n in numbers if found.places[n] is not None]
        rims = [closed(_region(found, found.place([n]), [n], None), page.paper) for n in seen]
        rim = "thin" if is_state else "rim"
        parts = [f'<path class="csm-{rim}" fill-rule="evenodd" d="{"".join(rims)}"/>']
        for tone, colour in enumerate(tints(item.shape.colour)):
            if data := closed(_region(found, place, seen, tone), page.paper):
                paint = f'fill="{colour}" stroke="{colour}" class="csm-tone"'
                parts.append(f'<path {paint} fill-rule="evenodd" d="{data}"/>')
        if chains := [c for n in seen for c in visible_edges(found, n)]:
            parts.append(f'<path class="csm-edge" d="{open_lines(chains, page.paper)}"/>')
        result.append(f"<g data-item={attribute(item.shape.name)}>{''.join(parts)}</g>")
    return result


def _region(
    found: Scene, place: tuple[slice, slice] | None, numbers: Sequence[int], tone: int | None
) -> list[tuple[Point, ...]]:
    """Rings around what is seen of some shapes, of one tone or all, within their place."""
    if place is None:
        return []
    mask = np.isin(found.shape[place], numbers)
    if tone is not None:
        mask &= found.tone[place] == tone
    return outlines(found, mask, place[0].start, place[1].start)


def _ways(found: Scene, stage: Stage, eye: Eye, page: Page) -> list[str]:
    """Dash-dot lines from where things go to where they stand, as far as nothing hides them."""
    if not stage.ways:
        return []
    runs = visible_runs(found, eye.seen(np.array(stage.ways)))
    data = open_lines(sorted(runs), page.paper)
    return [f'<path class="csm-way" d="{data}"/>'] if data else []


def _below(
    hardware: Sequence[Shown], facets: Mapping[str, Facets], letters: Mapping[str, str]
) -> tuple[str, float]:
    """The box of the hardware under the figure, and the room that it takes."""
    if not hardware:
        return "", 0.0
    box = hardware_box(hardware, facets, letters, WIDTH)
    size = f'width="{number(box.width - 0.4)}" height="{number(box.height - 0.4)}"'
    frame = f'<rect class="csm-box" x=".2" y=".2" {size} rx="1.5"/>'
    texts = "".join(text.svg() for text in box.texts)
    return f"{frame}{''.join(box.elements)}{texts}", box.height + GUTTER
