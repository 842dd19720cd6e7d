# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Copies of a part are named "kit/side 1", "kit/side 2": what is true of all of them is said once."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = re.compile(r" \d+$")


def without_number(part: str) -> str:
    """The name that all copies of a part share."""
    return _NUMBER.sub("", part)


def named(parts: Iterable[str]) -> str:
    """Copies of one part in few words: "kit/side 1", or "kit/side (4 copies)"."""
    names = list(dict.fromkeys(parts))
    return names[0] if len(names) == 1 else f"{without_number(names[0])} ({len(names)} copies)"
