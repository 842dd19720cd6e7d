# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Letters of single lines, for a cutter to follow: capitals, digits and what part names have between them.

Drawn on a grid of 4 × 6 with corners cut off: at some millimetres of height that reads as well as round
letters do, and every stroke is straight.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from csmkit.model.outline import Point

Strokes = tuple[tuple[Point, ...], ...]
TALL = 6  # squares of the grid: height of a capital
GAP = 2  # squares between letters
SPACE = 2  # squares that a space is wide

_LETTERS: Mapping[str, str] = MappingProxyType(  # corners as x and y, a bar between strokes
    {
        "A": "00 04 16 36 44 40|02 42",
        "B": "00 06 36 45 44 33 03|33 42 41 30 00",
        "C": "45 36 16 05 01 10 30 41",
        "D": "00 06 26 44 42 20 00",
        "E": "46 06 00 40|03 33",
        "F": "46 06 00|03 33",
        "G": "45 36 16 05 01 10 30 41 43 23",
        "H": "00 06|40 46|03 43",
        "I": "00 06",
        "J": "36 31 20 10 01",
        "K": "00 06|46 02|13 40",
        "L": "06 00 40",
        "M": "00 06 23 46 40",
        "N": "00 06 40 46",
        "O": "10 30 41 45 36 16 05 01 10",
        "P": "00 06 36 45 44 33 03",
        "Q": "10 30 41 45 36 16 05 01 10|22 40",
        "R": "00 06 36 45 44 33 03|23 40",
        "S": "01 10 30 41 42 33 13 04 05 16 36 45",
        "T": "06 46|26 20",
        "U": "06 01 10 30 41 46",
        "V": "06 20 46",
        "W": "06 10 23 30 46",
        "X": "00 46|06 40",
        "Y": "06 23 46|23 20",
        "Z": "06 46 00 40",
        "0": "10 30 41 45 36 16 05 01 10|12 34",
        "1": "04 26 20",
        "2": "05 16 36 45 44 00 40",
        "3": "05 16 36 45 44 33 42 41 30 10 01|13 33",
        "4": "30 36 02 42",
        "5": "46 06 03 33 42 41 30 10 01",
        "6": "45 36 16 05 01 10 30 41 42 33 03",
        "7": "06 46 10",
        "8": "13 04 05 16 36 45 44 33 13 02 01 10 30 41 42 33",
        "9": "01 10 30 41 45 36 16 05 04 13 43",
        "-": "03 23",
        "_": "00 40",
        "+": "03 43|21 25",
        ".": "00 01",
        ",": "11 00",
        ":": "01 02|04 05",
        "'": "05 06",
        "/": "00 46",
        "(": "16 05 01 10",
        ")": "06 15 11 00",
    }
)
_INSTEAD = MappingProxyType(
    str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "ł": "l", "Ł": "L", "×": "x"})
    | str.maketrans(dict.fromkeys("‐‑–—", "-"))
)


def lettering(text: str, height: float) -> tuple[Strokes, float]:
    """A line of text as strokes, its lower left corner at (0, 0).

    Args:
        text: accents are left out, small letters become capitals.
        height: of a capital, mm.
    Returns: the strokes, and how wide the text is, mm; no strokes where a letter is not known.
    """
    unit, at = height / TALL, 0
    strokes: list[tuple[Point, ...]] = []
    for letter in _plain(text):
        if letter == " ":
            at += SPACE
            continue
        if letter not in _LETTERS:
            return (), 0.0
        rows = [[(int(c[0]), int(c[1])) for c in s.split()] for s in _LETTERS[letter].split("|")]
        strokes += [tuple(((at + x) * unit, y * unit) for x, y in row) for row in rows]
        at += max(x for row in rows for x, _ in row) + GAP
    return tuple(strokes), max(at - GAP, 0) * unit


def _plain(text: str) -> str:
    """Capitals without accents, words a space apart."""
    letters = unicodedata.normalize("NFKD", text.translate(_INSTEAD)).upper()
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())
