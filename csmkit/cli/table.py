# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Plain tables for the terminal, the last column wrapped."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence

GAP = "  "
NARROWEST = 24  # characters of a wrapped column; narrower ones are unreadable


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as they need; long cells are wrapped so that the table fits the terminal."""
    width = max(shutil.get_terminal_size((110, 24)).columns, 60)
    widths = [max(len(row[n]) for row in [head, *rows]) for n in range(len(head))]
    while sum(widths) + len(GAP) * (len(widths) - 1) > width:
        widest = widths.index(max(widths))
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    lines = _row([h.upper() for h in head], widths)
    for row in rows:
        lines += _row(row, widths)
    return "\n".join(lines)


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [textwrap.wrap(c, w) or [""] for c, w in zip(cells, widths, strict=True)]
    height = max(len(w) for w in wrapped)
    return [
        GAP.join(
            (w[n] if n < len(w) else "").ljust(width) for w, width in zip(wrapped, widths, strict=True)
        ).rstrip()
        for n in range(height)
    ]
