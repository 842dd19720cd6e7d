# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Bought things in their places, one by one, then by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from csmkit import Bought, Pose
from csmkit.model import Placed


@dataclass(frozen=True)
class Piece:
    """A bought thing in one place."""

    standard: str
    size: str
    pose: Pose


def placed(pieces: Iterable[Piece]) -> list[Placed]:
    """Each kind of thing once, with all its places; kinds by standard and size."""
    kinds: dict[tuple[str, str], list[Pose]] = {}
    for piece in pieces:
        kinds.setdefault((piece.standard, piece.size), []).append(piece.pose)
    return [Bought(*kind).at(*poses) for kind, poses in sorted(kinds.items())]
