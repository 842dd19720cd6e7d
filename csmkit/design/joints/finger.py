# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Finger joint (box joint): two panels meet at a corner, fingers of one between those of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from csmkit.design.joints.fit import GLUE, Fit
from csmkit.design.joints.relief import Bites, relief_radius, require_cutter, toothed
from csmkit.errors import CsmError
from csmkit.model import Sheet, Vertex


@dataclass(frozen=True, kw_only=True)
class FingerJoint:
    """Fingers of panel A at the even shares of the edge, those of panel B at the odd ones.

    Frame of each side: x along the corner from 0 to `length`, the same for both; y away from the panel;
    y = 0 is where the other panel's inner face lies, fingers reach to its outer face.

    Args:
        length: of the corner, mm.
        a, b: sheets of the two panels.
        cutter: diameter, mm.
        count: shares of the edge, odd, so that both ends belong to A.
        fit: clearance per side between fingers along the corner; across it fingers end flush with the
            other panel's outer face, as thick as the workshop's sheet is.
        relief: "dogbone" bites into finger and root, "tbone" into the root alone, "none" leaves
            round corners.
        name: what errors and pages call it.
    Raises: CsmError: fingers too narrow for cutter and relief, an even count.
    Example:
        corner = FingerJoint(length=160, a=ply, b=ply, cutter=shop.cutter, count=5)
        board = with_edge(Outline.rectangle(0, 0, 160, 90), (0, 90), (160, 90), corner.edge_a)
    """

    length: float
    a: Sheet
    b: Sheet
    cutter: float
    count: int = 5
    fit: Fit = GLUE
    relief: Literal["dogbone", "tbone", "none"] = "dogbone"
    name: str = "finger joint"

    def __post_init__(self) -> None:
        if self.count < 3 or self.count % 2 == 0:
            raise CsmError(
                f"count = {self.count} is not an odd number from 3",
                part=self.name,
                remedy="choose 3, 5, 7, …",
            )
        require_cutter(self.pitch, self.cutter, self.name)
        _ = self.edge_a, self.edge_b

    @property
    def pitch(self) -> float:
        """Width of a share of the edge, mm."""
        return self.length / self.count

    @property
    def clearance(self) -> float:
        """Air on each side of a finger, mm."""
        return self.fit.clearance

    @property
    def edge_distance(self) -> float:
        """Least distance from the fingers' roots to other holes of a panel, mm: its thickness (judgement)."""
        return max(self.a.thickness, self.b.thickness)

    @property
    def spans_a(self) -> tuple[tuple[float, float], ...]:
        """Start and end of A's fingers, mm."""
        return tuple((i * self.pitch, (i + 1) * self.pitch) for i in range(0, self.count, 2))

    @property
    def spans_b(self) -> tuple[tuple[float, float], ...]:
        """Start and end of B's fingers, mm: narrower than A's notches by the clearance on both sides."""
        c = self.clearance
        return tuple((i * self.pitch + c, (i + 1) * self.pitch - c) for i in range(1, self.count, 2))

    @property
    def edge_a(self) -> tuple[Vertex, ...]:
        """A's edge from (0, 0) to (length, 0): for `with_edge`."""
        return self._edge(self.spans_a, self.b.thickness)

    @property
    def edge_b(self) -> tuple[Vertex, ...]:
        """B's edge from (0, 0) to (length, 0): for `with_edge`."""
        return self._edge(self.spans_b, self.a.thickness)

    def _edge(self, spans: tuple[tuple[float, float], ...], reach: float) -> tuple[Vertex, ...]:
        bites: Bites = {"dogbone": ("diagonal", "diagonal"), "tbone": ("before", "after"), "none": None}[
            self.relief
        ]
        try:
            return toothed(self.length, spans, reach, bites, relief_radius(self.cutter))
        except CsmError as error:
            raise CsmError(
                f"fingers of {self.pitch:.1f} mm: {error.problem}",
                part=self.name,
                remedy="fewer fingers, or a smaller cutter",
            ) from None
