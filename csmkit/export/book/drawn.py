# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a build's drawings, sheets and step pictures say, in the book's language; their lines stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape

from csmkit.export.book.words import Words
from csmkit.export.drawing.ink import CAPITAL, Box, text_width
from csmkit.export.language.language import SOURCE
from csmkit.export.svg.document import escape, number

_PLATE = re.compile(r'<rect class="csm-plate"[^>]*/>')
_TEXT = re.compile(  # with its plate; begins with a letter that is looked for quickly
    r'<(?:(rect class="csm-plate"[^>]*/>\s*)<)?text\b([^>]*)>([^<]*)</text>'
)
_COUNTED = re.compile(r"(.*?)((?: ×)? \d+)?")  # a name with its number or count: "side 1", "side × 2"
_LETTERED = re.compile(r"((?:[A-Z]+: )?)(.*)")  # a row of a table of holes: "A: 4 × Ø6 through"
_VIEW = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+)')
OWN_FACE = 0.82  # `face` of ours, with which books are set
ANY_FACE = 0.9  # of a browser: names in Arial take 0.83 of their room, in DejaVu Sans 0.94
GROWS = 1.1  # how much wider a name gets where something stands beside it
SMALLER = (1.0, 0.9, 0.8, 0.72)  # sizes that are tried where a name has no room


def in_words(svg: bytes, words: Words, is_step: bool, face: float = ANY_FACE) -> bytes:
    """An SVG file of a build with its texts in a language.

    Args:
        is_step: a step's picture, where parts bear their names in the language; elsewhere they bear those of
            files, labels and engravings.
        face: width of the font that it is read in, of what `text_width` keeps free for any.
    """
    if words.language.code == SOURCE:
        return svg
    text = svg.decode()
    view = _VIEW.search(text)
    plates = [_box(plate) for plate in _PLATE.findall(text)]
    teller = _Teller(words, is_step, face, float(view.group(1)) if view else 0.0, plates)
    return _TEXT.sub(teller.told, text).encode()


def drawn_text(english: str, words: Words, is_step: bool) -> str:
    """A text of a picture in the book's language; as it is where nobody has translated it."""
    counted = _COUNTED.fullmatch(english)
    if counted and counted.group(1) in words.items:
        name = counted.group(1)
        return (words.name(name) if is_step else name) + (counted.group(2) or "")
    lettered = _LETTERED.fullmatch(english)
    letter, said = lettered.groups() if lettered else ("", english)
    found = words.find(said)
    if found is None:
        return english
    return letter + words.sizes(found)


@dataclass
class _Teller:
    """Tells the texts of one picture, in their order.

    Args:
        face: see `in_words`.
        wide: width of the picture, in its units.
        plates: where names of a step's picture stand; changes with them.
        moved: how far the next text moves, since the caption before it has another length now.
    """

    words: Words
    is_step: bool
    face: float
    wide: float
    plates: list[Box]
    moved: float = 0.0

    def told(self, match: re.Match[str]) -> str:
        """A text element in the language, with the plate under it."""
        plate, about, english = match.group(1), match.group(2), unescape(match.group(3))
        plate = f"<{plate}" if plate else ""
        said = drawn_text(english, self.words, self.is_step)
        if self.moved:
            about, self.moved = _with(about, "x", _figure(about, "x") + self.moved), 0.0
        if "csm-grey" in about:
            self.moved = text_width(said) - text_width(english)
        elif self.is_step and said != english:
            if plate:
                plate, about = self._placed(plate, about, said)
            else:
                about = _shrunk(about, min(GROWS * text_width(english) / text_width(said), 1.0))
        return f"{plate}<text{about}>{escape(said)}</text>"

    def _placed(self, plate: str, about: str, said: str) -> tuple[str, str]:
        """A name that leads to something: on its plate, which grows to where there is room."""
        old, size = _box(plate), _figure(about, "font-size")
        self.plates.remove(old)
        x0, y0, x1, y1 = old
        full = self.face * text_width(said, size * CAPITAL)
        tried = [
            (share, (left, y0, left + full * share, y1))
            for lefts in _growing(x0, x1, _anchor(about))
            for share in SMALLER
            for left in [lefts(full * share)]
        ]
        share, box = next((found for found in tried if self._is_free(found[1])), tried[-1])
        self.plates.append(box)
        about = re.sub(r' text-anchor="\w+"', "", _with(about, "font-size", size * share))
        return (
            _with(_with(plate, "x", box[0]), "width", box[2] - box[0]),
            f'{_with(about, "x", (box[0] + box[2]) / 2)} text-anchor="middle"',
        )

    def _is_free(self, box: Box) -> bool:
        return box[0] > 0 and box[2] < self.wide and not _meets(box, self.plates)


def _shrunk(about: str, share: float) -> str:
    """Attributes of a text with its letters so much smaller."""
    if size := _figure(about, "font-size"):
        return _with(about, "font-size", size * share)
    return f'{about} font-size="{number(share, 3)}em"'


def _growing(x0: float, x1: float, anchor: str) -> list[Callable[[float], float]]:
    """Where a plate of a new width begins, at best away from the leader that comes to it."""
    start, middle, end = (lambda _: x0), (lambda wide: (x0 + x1 - wide) / 2), (lambda wide: x1 - wide)
    return {"end": [end, middle, start], "middle": [middle, end, start]}.get(anchor, [start, middle, end])


def _meets(box: Box, others: Sequence[Box]) -> bool:
    x0, y0, x1, y1 = box
    return any(x0 < c and a < x1 and y0 < d and b < y1 for a, b, c, d in others)


def _box(plate: str) -> Box:
    x, y, wide, high = (_figure(plate, name) for name in ("x", "y", "width", "height"))
    return (x, y, x + wide, y + high)


def _anchor(about: str) -> str:
    found = re.search(r' text-anchor="(\w+)"', about)
    return found.group(1) if found else "start"


def _figure(about: str, name: str) -> float:
    found = re.search(rf' {name}="([-\d.]+)"', about)
    return float(found.group(1)) if found else 0.0


def _with(about: str, name: str, value: float) -> str:
    return re.sub(rf' {name}="[-\d.]+"', f' {name}="{number(value)}"', about, count=1)
