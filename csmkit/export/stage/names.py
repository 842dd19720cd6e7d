# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The names of what a step adds, on leaders, in its picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from csmkit.export.drawing.ink import Text
from csmkit.export.stage.callouts import CELL, Callout, Tag, callouts
from csmkit.export.stage.hardware import LETTER
from csmkit.export.stage.page import FINE, WIDTH, Page, Placed
from csmkit.export.stage.shown import Stage
from csmkit.export.svg.document import number
from csmkit.geometry.sight import Scene
from csmkit.model.outline import Point

Array = NDArray[np.float64]
NAME = 3.4  # mm, capital height
THERE = 0.35  # what a name over what is there costs, of one over what is added
MARKED = 2 * LETTER + 0.8  # mm that a ring with a letter takes
AROUND = 5  # cells: names keep away from what is drawn, and out of the gaps between spokes
ANCHORS = 4  # points at which a name may point


def names(
    found: Scene, shown: Sequence[Placed], stage: Stage, page: Page, letters: Mapping[str, str], drawn: Array
) -> tuple[list[str], tuple[tuple[float, float, float, float], ...]]:
    """Callouts of all added items that are in sight."""
    labels: list[tuple[Text, str]] = []
    tags: list[Tag] = []
    for item in stage.added:
        anchors = _anchors(found, [n for n, p in enumerate(shown) if p.shown is item], page)
        if not anchors:
            continue
        name = item.shape.name.removeprefix(f"{stage.kit} ") if stage.kit else item.shape.name
        count, letter = (
            f"× {len(item.poses)}" if len(item.poses) > 1 else "",
            letters.get(item.shape.name, ""),
        )
        text = Text(0, 0, count if letter else f"{name} {count}".rstrip(), height=NAME)
        labels.append((text, letter))
        tags.append(
            Tag(text.width + MARKED, 2 * LETTER, anchors) if letter else Tag(text.width, 2 * NAME, anchors)
        )
    placed = callouts(tags, drawn, (WIDTH, page.height))
    elements = [
        e
        for (text, letter), callout in zip(labels, placed, strict=True)
        for e in _callout(text, letter, callout)
    ]
    return elements, tuple(c.box for c in placed)


def _callout(text: Text, letter: str, callout: Callout) -> list[str]:
    a, b, c, d = callout.box
    middle = (b + d) / 2
    x = a + (MARKED if letter else 0.0)
    size = f'width="{number(c - a)}" height="{number(d - b)}"'
    marks = [
        f'<path class="csm-leader" d="M{number(callout.start[0])} {number(callout.start[1])}'
        f'L{number(callout.end[0])} {number(callout.end[1])}"/>',
        f'<circle class="csm-dot" cx="{number(callout.end[0])}" cy="{number(callout.end[1])}" r=".6"/>',
        f'<rect class="csm-plate" x="{number(a)}" y="{number(b)}" {size} rx=".8"/>',
    ]
    if letter:
        marks.append(
            f'<circle class="csm-ring" cx="{number(a + LETTER)}" cy="{number(middle)}" r="{LETTER}"/>'
        )
        marks.append(Text(a + LETTER, middle, letter, "middle", 2.3, weight="bold").svg())
    if text.text and callout.start[0] > c - 0.1 and not letter:
        marks.append(Text(c, middle, text.text, "end", NAME).svg())  # beside its leader, whatever the font
    elif text.text and callout.start[0] > a + 0.1 and not letter:
        marks.append(Text((a + c) / 2, middle, text.text, "middle", NAME).svg())
    elif text.text:
        marks.append(Text(x, middle, text.text, "start", NAME).svg())
    return marks


def busy(found: Scene, shown: Sequence[Placed]) -> Array:
    """What it costs to cover each mm of the figure, row 0 at the top."""
    weight = np.array([1.0 if p.is_added else THERE for p in shown] + [0.0])
    cost = weight[found.shape][::-1]
    by = round(FINE * CELL)
    rows, columns = math.ceil(cost.shape[0] / by), math.ceil(cost.shape[1] / by)
    padded = np.zeros((rows * by, columns * by))
    padded[: cost.shape[0], : cost.shape[1]] = cost
    means = padded.reshape(rows, by, columns, by).mean(axis=(1, 3))
    return np.asarray(ndimage.maximum_filter(means, AROUND))


def _anchors(found: Scene, numbers: Sequence[int], page: Page) -> tuple[Point, ...]:
    """Points well inside of what is seen of an item's copies, those of the most visible copies first."""
    count = np.bincount(found.shape[found.shape >= 0], minlength=len(found.facets))
    best = sorted((n for n in numbers if count[n]), key=lambda n: (-int(count[n]), n))[:ANCHORS]
    result = []
    for n in best:
        place = found.places[n]
        if place is None:
            continue
        top, left = place[0].start, place[1].start
        mask = np.pad(found.shape[place] == n, 1)
        inside = ndimage.distance_transform_edt(mask)
        row, column = np.unravel_index(int(np.argmax(inside)), inside.shape)
        x, y = (left + column - 0.5) / FINE, page.height - (top + row - 0.5) / FINE
        result.append((round(float(x), 2), round(float(y), 2)))
    return tuple(result)
