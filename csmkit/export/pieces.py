# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What an assembly's files show: unique parts and bought things with their places and looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from csmkit.export.finish import Finish
from csmkit.export.glb import Instance
from csmkit.geometry.mesh import triangles
from csmkit.geometry.step import Item
from csmkit.model.kit import Axis
from csmkit.model.pose import Pose

FINE = 0.3  # mm between a chord and its arc: a 20 in wheel gets 55 chords, half the bytes of 0.1 mm


@dataclass(frozen=True)
class Piece:
    """A unique part or bought thing.

    Args:
        name: as the maker knows it: "side", "ISO 4017 M8x40".
        shape: its shape in its own frame, as `geometry.shape` gives it; opaque here.
        poses: its places in the assembly.
        finish: how it looks.
        grain: axis of its own frame along which the grain runs, where it has one.
        outer: how its outermost solid looks, where that differs: a wheel's tyre.
    """

    name: str
    shape: Any
    poses: tuple[Pose, ...]
    finish: Finish
    grain: Axis | None = None
    outer: Finish | None = None


def as_item(piece: Piece) -> Item:
    """For geometry's writers and projections."""
    return Item(piece.name, piece.shape, piece.poses, piece.finish.rgb)


def as_instances(pieces: Sequence[Piece], tolerance: float = FINE) -> tuple[Instance, ...]:
    """Shaded triangles of each piece, for `glb.glb`.

    Args:
        pieces: with at least one pose each.
        tolerance: largest distance of a chord from its arc, mm.
    """
    shaded = ((piece, triangles(piece.shape, tolerance)) for piece in pieces)
    return tuple(
        Instance(piece.name, t.vertices, t.triangles, t.normals, piece.finish, piece.poses)
        for piece, t in shaded
    )
