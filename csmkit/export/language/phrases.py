# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Sentences with figures in them: one translation serves them at all figures.

"15 parts × 1.5 min" and "3 parts × 1.5 min" are one phrase, "# parts × # min". A word that holds a digit is a
figure, be it a number, a size or a key: 1.5, M6x35, birch-ply-12; so is a row of them, 2440 × 1220. Whoever
translates writes the sentence as it stands, its figures in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

HOLE = "#"
WORD = r"[^\s(;,]*\d(?:[^\s);,]|,(?=\d))*(?<![.:])"
FIGURE = re.compile(rf"{WORD}(?: [×x] {WORD})*")
PLAIN = re.compile(r"\d+\.\d+")
# A text without a word is a formula, the same in all languages; what follows a "_" is a subscript.
LETTERS = re.compile(r"(?<![^\W\d])[^\W\d_]{3,}")
BETWEEN = ("; ", " + ", " · ", ", ")  # a sentence that isn't known may be made of known ones


@dataclass(frozen=True)
class Phrase:
    """A text without its figures.

    Args:
        words: the text with a hole for each figure.
        figures: what was in the holes, in order.
    """

    words: str
    figures: tuple[str, ...]

    @classmethod
    @cache  # presets share most of their texts
    def of(cls, text: str) -> Phrase:
        """Take the figures out of a text."""
        return cls(FIGURE.sub(HOLE, text), tuple(FIGURE.findall(text)))


@dataclass(frozen=True)
class Translation:
    """What a phrase becomes.

    Args:
        words: with a hole for each figure.
        has_comma: of each figure, whether its decimal sign is a comma here.
    """

    words: str
    has_comma: tuple[bool, ...]

    def filled(self, figures: tuple[str, ...]) -> str:
        """With the figures of a text."""
        shown = iter(
            figure.replace(".", ",") if comma and PLAIN.fullmatch(figure) else figure
            for figure, comma in zip(figures, self.has_comma, strict=True)
        )
        return re.sub(HOLE, lambda _: next(shown), self.words)


@cache
def translation(english: str, other: str) -> Translation | None:
    """What a pair of texts says of its phrase; None if their figures differ."""
    told, given = Phrase.of(english), Phrase.of(other)
    pairs = zip(told.figures, given.figures, strict=False)
    commas = tuple(a != b or not PLAIN.fullmatch(a) for a, b in pairs)  # who keeps a point has a reason
    same = tuple(figure.replace(",", ".") for figure in given.figures)
    is_right = same == tuple(figure.replace(",", ".") for figure in told.figures)
    return Translation(given.words, commas) if is_right else None


def table(texts: Mapping[str, str]) -> dict[str, Translation]:
    """Translations by the words of their phrase; pairs whose figures differ are left out."""
    found = {Phrase.of(english).words: translation(english, other) for english, other in texts.items()}
    return {words: known for words, known in found.items() if known is not None}


def translated(text: str, known: Callable[[str], Translation | None]) -> str | None:
    """A text in another language: as a whole, or else piece by piece; None if a piece isn't known.

    Args:
        known: the translation of a phrase's words.
    """
    phrase = Phrase.of(text)
    if found := known(phrase.words):
        return found.filled(phrase.figures)
    if not LETTERS.search(phrase.words):
        return text
    for sign in BETWEEN:
        if sign in text:
            pieces = [translated(piece, known) for piece in text.split(sign)]
            if None not in pieces:
                return sign.join(filter(None, pieces))
    return None
