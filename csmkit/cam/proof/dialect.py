# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a controller would refuse, line by line.

Source for GRBL: Grbl v1.1 wiki, "Supported G-codes", and the errors of its parser (gcode.c), 2019.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from csmkit.cam.proof.words import Block, blocks
from csmkit.model.cam import Fault

GRBL_G = frozenset(
    {*range(5), 10, *range(17, 22), 28, 30, 40, 49, *range(53, 60), 61, 80, 90, 91, 92, 93, 94}
    | {28.1, 30.1, 38.2, 38.3, 38.4, 38.5, 43.1, 91.1, 92.1}
)
GRBL_M = frozenset([0, 1, 2, 3, 4, 5, 8, 9, 30])
GRBL_LETTERS = frozenset("FGIJKLMNPRSTXYZ")
GRBL_LONGEST = 80  # characters of a line, comments and spaces left out
_COMMENT = re.compile(r"\([^()]*\)|;.*")


def dialect_faults(text: str, dialect: str) -> Iterator[Fault]:
    """What the controller of a dialect refuses; words that nobody knows are the interpreter's to find.

    Args:
        text: the whole program.
        dialect: grbl, linuxcnc, mach3.
    """
    if dialect == "grbl":
        yield from _grbl_lines(text)
        for block in blocks(text):
            yield from _grbl_words(block)


def _grbl_lines(text: str) -> Iterator[Fault]:
    for line, raw in enumerate(text.splitlines(), start=1):
        bare = "".join(_COMMENT.sub("", raw).split())
        if "%" in raw:
            yield Fault("dialect", "GRBL takes no percent sign", line=line)
        if len(bare) > GRBL_LONGEST:
            yield Fault("dialect", f"{len(bare)} characters, GRBL takes {GRBL_LONGEST}", line=line)


def _grbl_words(block: Block) -> Iterator[Fault]:
    for letter, value in block.words:
        allowed = {"G": value in GRBL_G, "M": value in GRBL_M}.get(letter, letter in GRBL_LETTERS)
        if not allowed:
            yield Fault("dialect", f"GRBL has no {letter}{value:g}", line=block.line)
    letters = {letter for letter, _ in block.words}
    is_arc = ("G", 2.0) in block.words or ("G", 3.0) in block.words
    if is_arc and not letters & {"X", "Y"}:
        yield Fault("dialect", "GRBL wants X or Y with an arc", line=block.line)
