# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Posts: from toolpaths to the text that a controller reads. One file a dialect, registered here."""

from __future__ import annotations

from collections.abc import Sequence

from csmkit.cam.post.base import Dialect, write_program
from csmkit.cam.post.grbl import GRBL
from csmkit.cam.post.linuxcnc import LINUXCNC
from csmkit.cam.post.mach3 import MACH3
from csmkit.errors import CsmError
from csmkit.model.cam import Program, ProgramText

DIALECTS: tuple[Dialect, ...] = (GRBL, LINUXCNC, MACH3)


def write(program: Program, header: Sequence[str]) -> tuple[ProgramText, ...]:
    """A program in the dialect of its machine: one text, or one for each tool.

    Args:
        program: toolpaths in their order.
        header: lines that say what this is: kit, version, sheet. Tool, stock, zero, extents and time follow.
    Raises: CsmError: no post for the machine's controller.
    """
    return write_program(dialect(program.machine.post), program, header)


def dialect(key: str) -> Dialect:
    """A dialect by key. Raises: CsmError: there is none of that name."""
    for known in DIALECTS:
        if known.key == key:
            return known
    names = ", ".join(d.key for d in DIALECTS)
    raise CsmError(f"no post for {key!r}", remedy=f"set the machine's post to one of {names}")
