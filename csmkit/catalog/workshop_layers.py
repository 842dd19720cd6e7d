# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the layers of other people's drawings mean, as a workshop's file says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from csmkit.catalog.workshop_schema import LayerEntry
from csmkit.errors import CsmError
from csmkit.model.workshop import LayerRule

DEEP = ("pocket", "engrave")  # never through: they need a depth
THROUGH = ("cut", "cut-outside", "cut-inside")
PLAIN = ("sheet", "labels", "notes")  # not cut
NOTES = "ignore"  # the file's word for what isn't cut


def layer_rules(entries: Sequence[LayerEntry]) -> tuple[LayerRule, ...]:
    """The file's rules in their order: the first that fits a layer's name counts.

    Raises: CsmError: a pocket without a depth, a contour with one, or a side for what goes through.
    """
    return tuple(_rules(entries))


def _rules(entries: Sequence[LayerEntry]) -> Iterator[LayerRule]:
    for number, entry in enumerate(entries, 1):
        operation = "notes" if entry.operation == NOTES else entry.operation
        place = f"layers {number} ({entry.name})"
        if operation in DEEP and entry.depth is None:
            raise CsmError(f"{operation} without a depth", part=place, remedy="give depth = … in mm")
        if operation in (*THROUGH, *PLAIN) and entry.depth is not None:
            why = "always goes through" if operation in THROUGH else "is not cut"
            raise CsmError(
                f"depth = {entry.depth:g}, but {entry.operation} {why}", part=place, remedy="remove depth"
            )
        if entry.side == "bottom" and (operation in (*THROUGH, *PLAIN) or entry.depth is None):
            raise CsmError(
                f'side = "bottom" for {entry.operation}',
                part=place,
                remedy="only what has a depth has a side",
            )
        yield LayerRule(entry.name, operation, entry.side or "top", entry.depth)
