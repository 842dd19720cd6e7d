# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The paper of a drawing: frame, title block, sign of first-angle projection, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from csmkit.export.drawing.ink import (
    CAPITAL,
    LINE,
    SMALL,
    STYLES,
    Box,
    Ink,
    Text,
    circle,
    line,
    shortened,
    text_width,
)
from csmkit.export.svg.document import document, number, style

BORDER = 10.0  # mm from the paper's edge to the frame: ISO 5457
BLOCK_WIDE, ROW = 277.0, 7.0  # mm; the block fills A4
BLOCK_HIGH = 3 * ROW
COLUMNS = (86.0, 94.0, 45.0, 52.0)
AIR = 3.0  # mm between the frame and what is drawn
SCALES = MappingProxyType(
    {
        5.0: "5:1",
        2.0: "2:1",
        1.0: "1:1",
        0.5: "1:2",
        0.4: "1:2.5",
        0.2: "1:5",
        0.1: "1:10",
        0.05: "1:20",
        0.02: "1:50",
    }
)  # ISO 5455, and 1:2.5 between them, for many parts of furniture on A4


@dataclass(frozen=True)
class Page:
    """A paper size, landscape."""

    name: str
    width: float
    height: float

    def area(self, notes: int = 0) -> Box:
        """Where views and tables have room above the title block and so many lines of notes."""
        foot = BLOCK_HIGH + (notes * LINE + 2 if notes else 0)
        return (
            BORDER + AIR,
            BORDER + AIR,
            self.width - BORDER - AIR,
            self.height - BORDER - foot - AIR,
        )


HATCH = (
    '<defs><pattern id="csm-hatch" width="2.4" height="2.4" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><path d="M0 0V2.4" stroke="#5b6b8c" stroke-width=".2"/></pattern></defs>'
)
A4, A3 = Page("A4", 297.0, 210.0), Page("A3", 420.0, 297.0)


@dataclass(frozen=True)
class Heading:
    """What a title block says beyond the part's own facts."""

    kit: str  # title
    version: str
    license: str
    stock: str  # title


@dataclass(frozen=True)
class Block:
    """The title block: part and its facts, each as a caption and a value."""

    part: str
    edition: str
    facts: Sequence[tuple[str, str]]  # up to six: three lines of two columns
    scale: float
    license: str


def weight(mass: float) -> str:
    """A part's mass as a title block says it: "1.25 kg", "40 g"."""
    return (
        f"{mass:.2f} kg" if mass >= 1 else f"{mass * 1000:.0f} g" if mass >= 0.01 else f"{mass * 1000:.1f} g"
    )


def drawing_svg(page: Page, block: Block, ink: Ink, notes: Sequence[str], desc: str) -> bytes:
    """The file: white paper in its true size.

    Args:
        page: the paper.
        block: what the title block says.
        ink: views, dimensions, tables.
        notes: lines above the title block.
        desc: for screen readers.
    """
    ink = ink + _frame(page, len(notes)) + _block(page, block) + _notes(page, notes)
    rules = {**STYLES, "bold": "font-weight:bold", "grey": "fill:#555"}
    size = f' width="{number(page.width)}mm" height="{number(page.height)}mm"'
    body = [
        style(rules),
        HATCH,
        f'<rect width="{number(page.width)}" height="{number(page.height)}" fill="#fff"/>',
        *ink.strokes,
        f'<g font-family="Source Sans Pro, Arial, sans-serif" font-size="{number(SMALL / CAPITAL)}"'
        ' stroke="#fff" stroke-width=".7" paint-order="stroke" stroke-linejoin="round">',
        *(text.svg() for text in ink.texts),
        "</g>",
    ]
    return document((0, 0, page.width, page.height), f"Drawing of {block.part}", body, desc, size)


def _frame(page: Page, notes: int) -> Ink:
    x0, y0, x1, y1 = BORDER, BORDER, page.width - BORDER, page.height - BORDER
    left, top = x1 - BLOCK_WIDE, y1 - BLOCK_HIGH
    strokes = [line("edge", (x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))]
    strokes.append(line("edge", (x1, top), (left, top), (left, y1)))
    strokes.append(line("thin", (x1, top), (x0, top)))
    across = left
    for wide in COLUMNS[:-1]:
        across += wide
        strokes.append(line("thin", (across, top), (across, y1)))
    strokes += [line("thin", (left + COLUMNS[0], top + k * ROW), (x1, top + k * ROW)) for k in (1, 2)]
    return Ink(tuple(strokes))


def _block(page: Page, block: Block) -> Ink:
    left, top = page.width - BORDER - BLOCK_WIDE, page.height - BORDER - BLOCK_HIGH
    name_room = COLUMNS[0] - 6
    height = 5.0 if text_width(block.part, 5.0) * 1.08 <= name_room else 3.5
    texts = [
        Text(
            left + 3,
            top + 1.05 * ROW,
            shortened(block.part, name_room / 1.08, height),
            height=height,
            weight="bold",
        ),
        Text(left + 3, top + 2.4 * ROW, shortened(block.edition, name_room)),
    ]
    last = (
        ("scale", f"{SCALES[block.scale]} on {page.name}"),
        ("sizes in", "mm"),
        ("licence", block.license),
    )
    columns = [block.facts[:3], block.facts[3:6], last]
    x = left
    for wide, before, rows in zip(COLUMNS[1:], COLUMNS, columns, strict=False):
        x += before
        for k, (caption, said) in enumerate(rows):
            y = top + (k + 0.5) * ROW
            start = x + 2 + text_width(caption) + 2
            texts.append(Text(x + 2, y, caption, weight="grey"))
            texts.append(Text(start, y, shortened(said, x + wide - start - 1)))
    sign = _first_angle(page.width - BORDER - 13.0, top + 1.5 * ROW)
    return Ink(sign.strokes, tuple(texts))


def _first_angle(x: float, y: float) -> Ink:
    """The sign of first-angle projection (ISO 5456-2): a cone, at its right the view of its small end."""
    cone = [(x - 5, y - 1.1), (x, y - 2.2), (x, y + 2.2), (x - 5, y + 1.1), (x - 5, y - 1.1)]
    return Ink(
        (
            line("thin", *cone),
            circle("thin", (x + 5.5, y), 4.4),
            circle("thin", (x + 5.5, y), 2.2),
            line("axis", (x - 6.2, y), (x + 9, y)),
            line("axis", (x + 5.5, y - 3), (x + 5.5, y + 3)),
        )
    )


def _notes(page: Page, notes: Sequence[str]) -> Ink:
    room = page.width - 2 * BORDER - 2 * AIR
    start = page.height - BORDER - BLOCK_HIGH - 1 - (len(notes) - 0.5) * LINE
    return Ink(
        texts=tuple(
            Text(BORDER + AIR, start + k * LINE, shortened(said, room)) for k, said in enumerate(notes)
        )
    )
