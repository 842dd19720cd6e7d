# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How a step's picture lies on paper, and what lies in it."""

from __future__ import annotations

from dataclasses import dataclass

from csmkit.export.stage.shown import Shown
from csmkit.geometry.depth import Window
from csmkit.geometry.facets import Facets
from csmkit.model.outline import Point

WIDTH = 170.0  # mm: fits A4 and Letter with their margins
FINE = 8.0  # grid points a mm of paper


@dataclass(frozen=True)
class Placed:
    """A copy in the picture's frame: x to the right, y up, z to the eye, mm."""

    shown: Shown
    facets: Facets
    is_added: bool


@dataclass(frozen=True)
class Page:
    """How the picture's plane lies on paper.

    Args:
        low: the page's lower left corner, mm in the picture's plane.
        scale: mm of paper for a mm.
        height: of the figure on paper, mm.
        is_near: it shows a part of the whole.
    """

    low: tuple[float, float]
    scale: float
    height: float
    is_near: bool

    def paper(self, p: Point) -> Point:
        """A point of the picture's plane in paper's mm, y down."""
        return ((p[0] - self.low[0]) * self.scale, self.height - (p[1] - self.low[1]) * self.scale)

    @property
    def window(self) -> Window:
        """The grid on which it is found out what is seen."""
        return Window(self.low, 1 / (FINE * self.scale), round(WIDTH * FINE), round(self.height * FINE))
