# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Bolts through two plates: clearance holes that meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csmkit.design.joints.clearance_hole import ISO_7089, ISO_7093, Series, clearance_hole
from csmkit.design.joints.relief import require_cutter
from csmkit.errors import CsmError
from csmkit.model import Outline, Point


@dataclass(frozen=True, kw_only=True)
class BoltThrough:
    """Equal holes through two plates for bolts of one diameter, with washers on wood.

    Args:
        d: diameter of the bolt, mm.
        cutter: diameter, mm; None: the holes are drilled.
        series: of ISO 273; "medium" unless the parts must register ("close") or be shifted ("coarse").
        large_washers: ISO 7093-1 instead of ISO 7089; on wood they are the rule.
        name: what errors and pages call it.
    Raises: CsmError: unknown bolt, a hole smaller than the cutter.
    Example:
        holes = BoltThrough(d=8, cutter=shop.cutter).holes([(40, 40), (120, 40)])
    """

    d: float
    cutter: float | None
    series: Series = "medium"
    large_washers: bool = True
    name: str = "bolt through"

    def __post_init__(self) -> None:
        if self.cutter is not None:
            require_cutter(self.hole, self.cutter, f"{self.name} M{self.d:g}")

    @property
    def hole(self) -> float:
        """Diameter of the holes, mm."""
        return clearance_hole(self.d, self.series)

    @property
    def clearance(self) -> float:
        """Air per side between bolt and hole, mm."""
        return (self.hole - self.d) / 2

    @property
    def washer(self) -> float:
        """Outside diameter of the washers, mm. Source: ISO 7089, ISO 7093-1."""
        return float((ISO_7093 if self.large_washers else ISO_7089)[self.d])

    @property
    def edge_distance(self) -> float:
        """Least distance from a hole's middle to an edge that it does not press towards, mm.

        Three bolt diameters (EN 1995-1-1 table 8.4, a4,c), and the washer stays on the plate.
        """
        return max(3 * self.d, self.washer / 2)

    @property
    def end_distance(self) -> float:
        """Least distance from a hole's middle to the end that it presses towards, mm.

        Source: EN 1995-1-1 table 8.4, a3,t = max(7 d; 80 mm). Shorter ends need a calculation of their own.
        """
        return max(7 * self.d, 80.0)

    def holes(self, points: Sequence[Point]) -> tuple[Outline, ...]:
        """Holes about the points, the same for both plates.

        Raises: CsmError: two holes are nearer than their washers allow.
        """
        for i, (x, y) in enumerate(points):
            for u, v in points[:i]:
                apart = ((x - u) ** 2 + (y - v) ** 2) ** 0.5
                if apart < self.washer:
                    raise CsmError(
                        f"two bolts stand {apart:.1f} mm apart, their washers are {self.washer:g} mm wide",
                        part=self.name,
                        remedy="move the bolts apart",
                        where=((x, y), (u, v)),
                    )
        return tuple(Outline.circle(x, y, self.hole) for x, y in points)
