# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What drawings are made of: lines and texts on paper, each text with its box. Paper's mm, y down."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from csmkit.export.svg.document import escape, number
from csmkit.model.outline import Outline, Point

CAPITAL = 0.66  # capital height per font size of Source Sans, the lowest of the common sans-serif fonts
SMALL = 2.5  # mm, capital height of dimensions: the smallest of ISO 3098
LINE = 4.4  # mm from line to line of small text: descenders and capitals stay apart
TURNED_PITCH = 3.6  # mm between the middles of dimensions beside one another
NARROW, LOWER, WIDE, WIDEST = 0.4, 0.62, 0.7, 0.97  # em in DejaVu Sans, the widest of the common fonts
SLACK = 0.6  # mm around a text that others keep clear of
ARROW = 2.5  # mm, length of a dimension's arrow
STYLES = {
    "edge": "fill:none;stroke:#000;stroke-width:.5;stroke-linejoin:round;stroke-linecap:round",
    "thin": "fill:none;stroke:#000;stroke-width:.18",
    "reach": "fill:none;stroke:#6b7280;stroke-width:.15",
    "hidden": "fill:none;stroke:#000;stroke-width:.25;stroke-dasharray:2 1",
    "axis": "fill:none;stroke:#000;stroke-width:.15;stroke-dasharray:5 .8 .8 .8",
    "solid": "fill:#000;stroke:none",
    "hatch": "fill:url(#csm-hatch);stroke:#000;stroke-width:.35",
    "wood": "fill:#f4f1ea;fill-rule:evenodd;stroke:none",
    "hole": "fill:#fff;stroke:#000;stroke-width:.35",
}

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Text:
    """A line of text; (x, y) is its anchor, y (x where it is turned) the middle of its capitals."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    height: float = SMALL
    turned: bool = False  # read from the right: bottom to top
    weight: Literal["", "bold", "grey"] = ""

    @property
    def width(self) -> float:
        """Room that it takes along its line, mm; not less than in any common font."""
        return text_width(self.text, self.height) * (1.08 if self.weight == "bold" else 1.0)

    @property
    def box(self) -> Box:
        """Smallest x and y, largest x and y; descenders included."""
        before = {"start": 0.0, "middle": self.width / 2, "end": self.width}[self.anchor]
        up, down = 0.62 * self.height, 0.85 * self.height
        if self.turned:
            return (self.x - up, self.y + before - self.width, self.x + down, self.y + before)
        return (self.x - before, self.y - up, self.x - before + self.width, self.y + down)

    def svg(self) -> str:
        """The element."""
        x, y, half = self.x, self.y, self.height / 2
        turn = f' transform="rotate(-90 {number(x)} {number(y)})"' if self.turned else ""
        anchor = "" if self.anchor == "start" else f' text-anchor="{self.anchor}"'
        css = f' class="csm-{self.weight}"' if self.weight else ""
        size = "" if self.height == SMALL else f' font-size="{number(self.height / CAPITAL)}"'
        place = f'x="{number(x)}" y="{number(y + half)}"'
        return f"<text{css} {place}{size}{anchor}{turn}>{escape(self.text)}</text>"


@dataclass(frozen=True)
class Ink:
    """Part of a drawing.

    Args:
        strokes: elements.
        texts: all its texts.
        shy: lines that signs had better not cover.
    """

    strokes: tuple[str, ...] = ()
    texts: tuple[Text, ...] = ()
    shy: tuple[tuple[Point, ...], ...] = ()

    def __add__(self, over: Ink) -> Ink:
        return Ink(self.strokes + over.strokes, self.texts + over.texts, self.shy + over.shy)


def joined(parts: Iterable[Ink]) -> Ink:
    """All of them, the last on top."""
    return sum(parts, Ink())


def leading(*chains: tuple[Point, ...]) -> Ink:
    """Thin grey lines that lead from the view to its dimensions."""
    return Ink(tuple(line("reach", *chain) for chain in chains), shy=chains)


def text_width(text: str, height: float = SMALL) -> float:
    """Room for a text of a capital height, mm."""
    ems = sum(_em(c) for c in text)
    return ems * height / CAPITAL


def _em(letter: str) -> float:
    """Width of a letter: "i", "a" or "4", "A", "M"; in doubt as of a capital."""
    if letter in "iljtfrI.,:;'|()[]- ":
        return NARROW
    if letter in "MWmw@%×+°":
        return WIDEST
    return LOWER if letter.islower() else 0.64 if letter.isdigit() else WIDE


def shortened(text: str, room: float, height: float = SMALL) -> str:
    """The text, cut off with an ellipsis where it is longer than the room, mm."""
    if text_width(text, height) <= room:
        return text
    while text and text_width(text + "…", height) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def value(length: float) -> str:
    """A dimension as it is written: to a tenth of a millimetre."""
    return f"{round(length, 1) + 0.0:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Place:
    """Where a view lies on the paper: its point (0, 0), and how large it is drawn."""

    x: float
    y: float
    scale: float

    def point(self, p: Point) -> Point:
        """A point of the view (y up) on the paper."""
        return (self.x + self.scale * p[0], self.y - self.scale * p[1])

    def outline(self, outline: Outline) -> Outline:
        """An outline on the paper, y still up: as `svg.path` wants it."""
        return Outline(
            tuple((self.x + self.scale * x, -self.y + self.scale * y, b) for x, y, b in outline.vertices)
        )


def line(css: str, *points: Point) -> str:
    """A line through points of the paper."""
    steps = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f'<path class="csm-{css}" d="M{steps}"/>'


def lines(css: str, chains: Sequence[Sequence[Point]]) -> str:
    """Several lines of one kind as one path."""
    data = "".join("M" + "L".join(f"{number(x)} {number(y)}" for x, y in chain) for chain in chains)
    return f'<path class="csm-{css}" d="{data}"/>'


def circle(css: str, middle: Point, diameter: float) -> str:
    """A circle on the paper."""
    x, y = middle
    return f'<circle class="csm-{css}" cx="{number(x)}" cy="{number(y)}" r="{number(diameter / 2, 3)}"/>'


def arrow(tip: Point, tail: Point) -> str:
    """The head of an arrow that points at its tip, filled."""
    turn = math.atan2(tail[1] - tip[1], tail[0] - tip[0])
    wings = [
        (tip[0] + ARROW * math.cos(turn + a), tip[1] + ARROW * math.sin(turn + a)) for a in (-0.16, 0.16)
    ]
    return line("solid", tip, *wings)


def span(a: float, b: float, at: float, text: str, upright: bool = False) -> Ink:
    """A dimension between two places, its text in the middle above the line or, upright, left of it.

    Where its arrows have no room they come from outside, and the text stands behind them.
    """

    def put(along: float, across: float = 0.0) -> Point:
        return (at + across, along) if upright else (along, at + across)

    low, high = min(a, b), max(a, b)
    room = text_width(text)
    if high - low >= max(room + 1, 3 * ARROW):
        way = (put(low), put(high))
        ink = [line("thin", *way), arrow(*way), arrow(put(high), put(low))]
        x, y = put((low + high) / 2, -SMALL / 2 - 1.2)
        return Ink(tuple(ink), (Text(x, y, text, "middle", turned=upright),), (way,))
    out = 2 * ARROW
    way = (put(low - out), put(high + out))
    ink = [
        line("thin", *way),
        arrow(put(low), put(low - out)),
        arrow(put(high), put(high + out)),
    ]
    x, y = put(low - out - 1 if upright else high + out + 1)
    return Ink(tuple(ink), (Text(x, y, text, turned=upright),), (way,))
