# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Comments that every controller takes: ASCII, in round brackets, without what some of them act upon."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable
from types import MappingProxyType

WIDEST = 80  # characters a line, GRBL's limit
_WORDS = MappingProxyType(
    str.maketrans({"×": "x", "·": "-", "–": "-", "—": "-", "°": " deg", "ø": "o", "ß": "ss"})
)
_REFUSED = re.compile(r"[^ -~]|[()\[\];%!?~$]")  # GRBL acts on ! ? ~ at once, wherever they stand
_ACTIVE = re.compile(
    r"(?i)^\s*(msg|debug|print|log\w*|probe\w*|py|abort)\s*,"
)  # LinuxCNC's and Mach's orders


def comment(text: str) -> str:
    """One comment of one line, cut off where it is too long."""
    return f"({_plain(text)[: WIDEST - 2].rstrip()})"


def comment_lines(texts: Iterable[str]) -> list[str]:
    """A comment for each text, on as many lines as it needs."""
    return [f"({line})" for text in texts for line in textwrap.wrap(_plain(text), WIDEST - 2)]


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.translate(_WORDS))
    plain = _REFUSED.sub("", "".join(c for c in letters if not unicodedata.combining(c)))
    return _ACTIVE.sub(r"\1:", " ".join(plain.split()))
