# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""G-code as words: comments out, one letter and one number each."""

from __future__ import annotations

import re
from dataclasses import dataclass

Word = tuple[str, float]

LARGEST = 1e7  # of any number in a program

_COMMENT = re.compile(r"\([^()]*\)|;.*")
_WORD = re.compile(r"([A-Z])([-+]?(?:\d+\.?\d*|\.\d+))")


@dataclass(frozen=True)
class Block:
    """One line of a program.

    Args:
        line: its number, from 1.
        words: letters and numbers in their order, line numbers (N) left out.
        problem: what cannot be read, "" if nothing.
    """

    line: int
    words: tuple[Word, ...]
    problem: str = ""


def blocks(text: str, first_line: int = 1) -> tuple[Block, ...]:
    """The lines that say something.

    Percent signs, empty lines and comments say nothing; a line with "/" in front is read as the rest of it,
    because machines skip it only where a switch says so.
    """
    result = []
    for line, raw in enumerate(text.splitlines(), first_line):
        bare = "".join(_COMMENT.sub(" ", raw).upper().split()).removeprefix("/")
        if bare in ("", "%"):
            continue
        result.append(_block(line, bare))
    return tuple(result)


def _block(line: int, bare: str) -> Block:
    words, at = [], 0
    for found in _WORD.finditer(bare):
        value = float(found[2])
        if found.start() != at or abs(value) > LARGEST:
            break
        at = found.end()
        if found[1] != "N":
            words.append((found[1], value))
    problem = f"cannot be read from {bare[at : at + 12]!r} on" if at < len(bare) else ""
    return Block(line, tuple(words), problem)
