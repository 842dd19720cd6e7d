# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""SVG of a paper template, at 1:1 if it is printed without scaling."""

from __future__ import annotations

import math

from csmkit.export.svg.document import CAPITAL, document, escape, number
from csmkit.model.figures import Label, Stroke, Template

AIR = 3.0  # mm around what is drawn
PENS = {
    "cut": 'stroke="#000" stroke-width=".5"',
    "mark": 'stroke="#000" stroke-width=".25"',
    "fold": 'stroke="#000" stroke-width=".25" stroke-dasharray="6 2"',
    "help": 'stroke="#777" stroke-width=".18"',
}

Box = tuple[float, float, float, float]


def template_box(template: Template) -> Box:
    """Smallest x and y, width and height of what a template shows, y up, with a little air; mm."""
    xs = [p[0] for s in template.strokes for p in s.points]
    ys = [p[1] for s in template.strokes for p in s.points]
    for label in template.labels:
        x1, y1 = _far_end(label)
        xs += [label.x, x1]
        ys += [label.y, y1]
    left, low = min(xs) - AIR, min(ys) - AIR
    return (left, low, max(xs) + AIR - left, max(ys) + AIR - low)


def template_svg(template: Template) -> bytes:
    """The file; its size is in mm."""
    left, low, width, height = template_box(template)
    body = ['<g fill="none" stroke-linecap="round" stroke-linejoin="round">']
    body += [_stroke(s) for s in template.strokes]
    body += ["</g>", '<g font-family="Source Sans Pro, sans-serif" fill="#000">']
    body += [_label(label) for label in template.labels]
    size = f' width="{number(width)}mm" height="{number(height)}mm"'
    return document(
        (left, -low - height, width, height), template.title, [*body, "</g>"], template.note, size
    )


def _stroke(stroke: Stroke) -> str:
    points = " ".join(f"{number(x, 3)},{number(-y, 3)}" for x, y in stroke.points)
    return f'<polyline {PENS[stroke.kind]} points="{points}"/>'


def _label(label: Label) -> str:
    place = f'x="{number(label.x)}" y="{number(-label.y)}" font-size="{number(label.height / CAPITAL)}"'
    about = f"{number(-label.angle)} {number(label.x)} {number(-label.y)}"
    turn = f' transform="rotate({about})"' if label.angle else ""
    return f"<text {place}{turn}>{escape(label.text)}</text>"


def _far_end(label: Label) -> tuple[float, float]:
    """About where a text ends."""
    way = len(label.text) * label.height * 0.75
    turn = math.radians(label.angle)
    return (
        label.x + way * math.cos(turn) - label.height * math.sin(turn),
        label.y + way * math.sin(turn) + label.height * math.cos(turn),
    )
