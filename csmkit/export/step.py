# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""STEP files of parts and of the assembly. AP214, millimetres, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from csmkit.export.finish import Finish
from csmkit.export.pieces import Piece, as_item
from csmkit.geometry import step


def part_step(name: str, shape: Any, finish: Finish | None = None) -> bytes:
    """One part in its own frame.

    Args:
        name: as other programs show it.
        shape: as `geometry.shape` gives it.
        finish: its colour, if any.
    Raises: CsmError: the kernel could not write it.
    """
    return step.step_part(name, shape, finish.rgb if finish else None)


def assembly_step(name: str, pieces: Sequence[Piece]) -> bytes:
    """An assembly: each shape once, an instance for each of its places.

    Raises: CsmError: the kernel could not write it.
    """
    return step.step_assembly(name, [as_item(piece) for piece in pieces])
