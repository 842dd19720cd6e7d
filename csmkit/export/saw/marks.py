# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Marks on pictures of saw plans: cuts with their number and measure, names of what comes out.

Each mark takes its place; those that come later keep clear of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from csmkit.export.labels import Label
from csmkit.export.saw.steps import Rectangle, SawStep
from csmkit.export.svg.document import ADVANCE, CAPITAL, escape, number, text
from csmkit.model.cutting import CutItem, Placement

STAGE_HUES = ("#c62839", "#1f6fc4", "#2a8a45", "#9a4bc0", "#b8651b", "#0b8a94")
_ALONG = (0.5, 0.32, 0.68, 0.2, 0.8, 0.1, 0.9, 0.4, 0.6, 0.26, 0.74)  # shares of a cut's length
_ABOUT = ((0.5, 0.5), (0.5, 0.75), (0.5, 0.25), (0.25, 0.5), (0.75, 0.5), (0.25, 0.75), (0.75, 0.25))


@dataclass
class Places:
    """Boxes that marks have taken, mm; y up."""

    taken: list[Rectangle] = field(default_factory=list)

    def is_free(self, place: Rectangle) -> bool:
        """No mark lies there."""
        return not any(
            place[0] < t[2] and t[0] < place[2] and place[1] < t[3] and t[1] < place[3] for t in self.taken
        )

    def take(self, places: Iterable[Rectangle]) -> Rectangle | None:
        """The first place that is free, from now on taken; None if none is."""
        found = next((p for p in places if self.is_free(p)), None)
        if found is not None:
            self.taken.append(found)
        return found


def cut_line(step: SawStep, kerf: float) -> str:
    """What the blade takes, in its stage's colour; never thinner than a line."""
    x0, y0, x1, y1 = step.cut.piece
    if step.cut.axis == "x":
        x0, x1 = max(step.cut.at, x0), min(step.cut.at + kerf, x1)
    else:
        y0, y1 = max(step.cut.at, y0), min(step.cut.at + kerf, y1)
    hue = stage_hue(step.cut.stage)
    size = (
        f'x="{number(x0, 1)}" y="{number(-y1, 1)}" width="{number(x1 - x0, 1)}" height="{number(y1 - y0, 1)}"'
    )
    return f'<rect class="csm-line" {size} fill="{hue}" stroke="{hue}" stroke-width="1.5"/>'


def cut_mark(step: SawStep, says: str, unit: float, places: Places, length: float) -> str:
    """Number (and measure) of a cut, on its line, where there is room; on others' marks if there is none.

    Args:
        step: the cut.
        says: what the mark says.
        unit: capital height, mm.
        places: what is taken.
        length: of the sheet in x, mm; a mark stays within a unit and a half of it.
    """
    high = 2.2 * unit
    wide = max(high, (len(says) + 1) * ADVANCE * unit)
    ends = (wide / 2 - 1.5 * unit, length + 1.5 * unit - wide / 2)
    spots = list(_on_line(step, wide, high, ends))
    place = places.take(spots) or spots[0]
    x0, y0, x1, y1 = place
    hue = stage_hue(step.cut.stage)
    size = f'x="{number(x0, 1)}" y="{number(-y1, 1)}" width="{number(wide, 1)}" height="{number(high, 1)}"'
    label = text(Label(says, (x0 + x1) / 2, (y0 + y1) / 2, unit, 0), "csm-mark")
    return f'<rect {size} rx="{number(high / 2, 1)}" fill="{hue}"/>{label}'


def stage_hue(stage: int) -> str:
    """A stage's colour, legible on light and on dark."""
    return STAGE_HUES[(stage - 1) % len(STAGE_HUES)]


def mm(value: float) -> str:
    """A measure to a tenth of a millimetre: what a fence can be set to."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Names:
    """How parts are called on the picture: by name, or by a letter where that is too long."""

    items: Mapping[str, CutItem]
    codes: Mapping[str, str]

    @classmethod
    def of(cls, placements: Sequence[Placement], items: Mapping[str, CutItem]) -> Names:
        """Letters for the parts of a sheet, in the order of their names."""
        used = sorted({p.item for p in placements})
        return cls(items, {n: ascii_uppercase[i % 26] + "′" * (i // 26) for i, n in enumerate(used)})

    def lines(self, p: Placement) -> tuple[tuple[str, ...], ...]:
        """Ways to write a part's name, the plainest first."""
        part = self.items[p.item].part
        return ((f"{part} {p.copy}",), (part, str(p.copy)), (f"{self.codes[p.item]}{p.copy}",))


def name_mark(
    ways: Sequence[tuple[str, ...]], box: Rectangle, unit: float, places: Places, css: str
) -> tuple[str, tuple[str, ...] | None]:
    """A name within a box, upright where it is too wide: the mark, and which of the ways it took."""
    for lines in ways:
        for height in (1.1 * unit, 0.9 * unit, 0.75 * unit):
            for angle in (0, 90):
                found = places.take(_within(box, lines, height, angle))
                if found is not None:
                    return "".join(_written(lines, found, height, angle, css)), lines
    return "", None


def note(line: str, x: float, y: float, size: float) -> str:
    """A line of text below a picture; y down."""
    place = f'x="{number(x, 1)}" y="{number(y, 1)}" font-size="{number(size, 1)}"'
    return f'<text class="csm-note" {place}>{escape(line)}</text>'


def _on_line(step: SawStep, wide: float, high: float, ends: tuple[float, float]) -> Iterator[Rectangle]:
    """Places for a mark along a cut, its middle between the ends."""
    x0, y0, x1, y1 = step.cut.piece
    for share in _ALONG:
        x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
        if step.cut.axis == "x":
            x = step.cut.at
        else:
            y = step.cut.at
        x = min(max(x, ends[0]), ends[1])
        yield (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _within(box: Rectangle, lines: Sequence[str], height: float, angle: int) -> Iterator[Rectangle]:
    """Places for a text within a box, its middle first."""
    wide = max(len(line) for line in lines) * ADVANCE * height + 0.3 * height
    high = 1.7 * height * len(lines)
    w, h = (wide, high) if angle == 0 else (high, wide)
    x0, y0, x1, y1 = box
    if w > x1 - x0 or h > y1 - y0:
        return
    for sx, sy in _ABOUT:
        x = min(max(x0 + sx * (x1 - x0), x0 + w / 2), x1 - w / 2)
        y = min(max(y0 + sy * (y1 - y0), y0 + h / 2), y1 - h / 2)
        yield (x - w / 2, y - h / 2, x + w / 2, y + h / 2)


def _written(lines: Sequence[str], place: Rectangle, height: float, angle: int, css: str) -> Iterator[str]:
    x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    for i, line in enumerate(lines):
        off = ((len(lines) - 1) / 2 - i) * 1.7 * height
        at = (x, y + off) if angle == 0 else (x - off, y)
        yield text(Label(line, *at, height, angle), css)


def wrapped(words: Sequence[str], width: float, size: float) -> list[str]:
    """Words (each kept whole) in lines no wider than that, for a font of this size."""
    most = max(int(width / (size * CAPITAL * ADVANCE)), 20)
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 3 + len(word) <= most:
            lines[-1] += f" · {word}"
        else:
            lines.append(word)
    return lines
