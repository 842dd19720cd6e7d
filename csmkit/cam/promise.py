# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a program promises to leave on purpose: tabs, and skins below contours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from csmkit.cam.proof.blank import Piece
from csmkit.model.cam import Program, Tab, Toolpath
from csmkit.model.outline import Point


@dataclass(frozen=True)
class Promise:
    """What holds the parts.

    Args:
        tabs: each once.
        skins: where the contour lies that keeps a skin, and how thick it is, mm.
    """

    tabs: tuple[Tab, ...] = ()
    skins: tuple[tuple[Point, float], ...] = ()

    def skin(self, piece: Piece, among: Sequence[Piece]) -> float:
        """The skin below a contour, mm; 0 for none.

        Args:
            among: all contours: a skin belongs to the nearest one.
        """
        for place, skin in self.skins:
            spot = shapely.Point(place)
            nearest = min(among, key=lambda p: float(shapely.distance(shapely.boundary(p.area), spot)))
            if nearest is piece:
                return skin
        return 0.0


def promised(program: Program) -> Promise:
    """What the toolpaths of a program leave on purpose."""
    return Promise(
        tuple(dict.fromkeys(tab for path in program.toolpaths for tab in path.tabs)),
        tuple((_deepest(path), path.skin) for path in program.toolpaths if path.skin > 0),
    )


def _deepest(path: Toolpath) -> Point:
    """Where a toolpath first reaches its depth: there it runs along its contour, at its start it may not."""
    return min(path.moves, key=lambda move: move.end[2]).end[:2]
