# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads the texts of a drawing back, with the boxes that a real font gives them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from font_source_sans_pro import font_directory
from PIL import ImageFont

SVG = "{http://www.w3.org/2000/svg}"
SMALLEST = 2.5  # mm of a capital
CAPITAL = 0.66  # of Source Sans Pro's size
BORDER = 10.0  # mm between the paper's edge and the frame


@dataclass(frozen=True)
class Read:
    """A text of a drawing: what it says, its size and its box on the paper, mm."""

    text: str
    size: float
    box: tuple[float, float, float, float]
    x: float
    y: float


@lru_cache(maxsize=2)
def _font(face: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(Path(font_directory, f"SourceSansPro-{face}.ttf"), 200)


def texts(data: bytes) -> list[Read]:
    """All texts."""
    found = []
    for group in ET.fromstring(data).iter(f"{SVG}g"):
        usual = float(group.attrib.get("font-size", "0"))
        for element in group.findall(f"{SVG}text"):
            found.append(_read(element, usual))
    return found


def _read(element: ET.Element, usual: float) -> Read:
    said = element.text or ""
    size = float(element.attrib.get("font-size", usual))
    x, y = float(element.attrib["x"]), float(element.attrib["y"])
    face = "Bold" if element.attrib.get("class") == "csm-bold" else "Regular"
    wide = _font(face).getlength(said) / 200 * size
    before = {"start": 0.0, "middle": wide / 2, "end": wide}[element.attrib.get("text-anchor", "start")]
    corners = [(x - before, y - CAPITAL * size), (x - before + wide, y + 0.2 * size)]
    turn = element.attrib.get("transform")
    if turn:
        degrees, cx, cy = (float(v) for v in re.findall(r"-?[\d.]+", turn))
        assert degrees == -90
        corners = [(cx + (py - cy), cy - (px - cx)) for px, py in corners]
    xs, ys = sorted(p[0] for p in corners), sorted(p[1] for p in corners)
    return Read(said, size, (xs[0], ys[0], xs[1], ys[1]), x, y)


def rows(data: bytes) -> list[list[str]]:
    """Texts that stand on one line and near one another, left to right."""
    by_line: dict[float, list[Read]] = {}
    for text in texts(data):
        by_line.setdefault(text.y, []).append(text)
    found: list[list[str]] = []
    for line in by_line.values():
        for text in sorted(line, key=lambda t: t.x):
            starts = re.fullmatch(r"[A-Z]+\d+", text.text) or not text.text.startswith(("x ", "y "))
            if starts or not found:
                found.append([])
            found[-1].append(text.text)
    return found


def assert_legible(data: bytes) -> None:
    """No text on another, none beyond the frame, none too small; white paper in its true size."""
    root = ET.fromstring(data)
    wide, high = (float(root.attrib[name].removesuffix("mm")) for name in ("width", "height"))
    assert (wide, high) in ((297, 210), (420, 297))
    paper = root.find(f"{SVG}rect")
    assert paper is not None
    assert (paper.attrib["fill"], float(paper.attrib["width"])) == ("#fff", wide)
    read = texts(data)
    assert read
    for text in read:
        assert text.size * CAPITAL >= SMALLEST - 0.01, text
        x0, y0, x1, y1 = text.box
        assert BORDER <= x0 < x1 <= wide - BORDER, text
        assert BORDER <= y0 < y1 <= high - BORDER, text
    for a, b in combinations(read, 2):
        ax0, ay0, ax1, ay1 = a.box
        bx0, by0, bx1, by1 = b.box
        apart = ax1 <= bx0 or bx1 <= ax0 or ay1 <= by0 or by1 <= ay0
        assert apart, (a, b)
