# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What pictures say in a language to those who point at a thing or cannot see it: titles and descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from csmkit.export.book.words import Words
from csmkit.export.svg.document import escape

_SPOKEN = re.compile(r"<(title|desc)>([^<]+)</")
_SENTENCES = re.compile(r"(?<=\.) (?=[A-Z])")
_NAME = "\ue000"  # stands for a name, with its number: what holds a digit is a figure of a phrase


def spoken_words(svg: bytes, words: Words) -> bytes:
    """An SVG file of a build with its titles and descriptions in a language.

    Parts are told as they are called, with the names that files and engravings bear.
    """
    names = _names(words.items)
    said: dict[str, str] = {}  # most are said many times

    def told(match: re.Match[str]) -> str:
        tag, english = match.groups()
        if english not in said:
            sentences = _SENTENCES.split(unescape(english))
            said[english] = escape(" ".join(_sentence(one, names, words) for one in sentences))
        return f"<{tag}>{said[english]}</"

    return _SPOKEN.sub(told, svg.decode()).encode()


def _sentence(english: str, names: re.Pattern[str], words: Words) -> str:
    """A sentence, or a row of words; as it is where nobody has translated it."""
    copies: list[str] = []

    def taken(match: re.Match[str]) -> str:
        copies.append(match.group())
        return f"{_NAME}{len(copies) - 1}"

    said = names.sub(taken, english.removesuffix("."))
    end = english[len(english.removesuffix(".")) :]
    found = words.find(said)
    if found is None:
        return english
    whole = words.sizes(found)
    return re.sub(rf"{_NAME}(\d+)", lambda m: words.piece(copies[int(m[1])]), whole) + end


def _names(items: Iterable[str]) -> re.Pattern[str]:
    """Parts and bought things as pictures name them: "trailer/side 2", "side 2", "side"."""
    longest = "|".join(re.escape(item) for item in sorted(items, key=lambda item: (-len(item), item)))
    return re.compile(rf"(?<![\w/-])(?:[\w.-]+/)?(?:{longest or '(?!)'})(?: \d+(?! mm|[.\d]))?(?![\w/-])")
