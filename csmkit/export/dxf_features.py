# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Holes and pockets of one part, from outlines whose layers tell how deep they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from csmkit.export.dxf_shapes import Shape
from csmkit.export.layers import tenth
from csmkit.model import Feature, Outline, Region

DRILLED = 20.0  # mm; wider round holes are milled, as in flat patterns of solids
SAME_DEPTH = 0.051  # mm; a layer's name gives a depth to 0.1 mm


def features(shapes: Sequence[Shape], thickness: float, drawn: float) -> Iterator[Feature]:
    """Features that tile: what lies deeper within a pocket, and what stays within it, are its islands.

    Args:
        shapes: outlines of holes and pockets within one part, mm.
        thickness: real thickness of the sheet, mm.
        drawn: thickness for which the layers were named, mm.
    """
    cuts = [_Cut.of(shape, thickness, drawn) for shape in shapes]
    levels = {c.level: [o for o in cuts if o.level == c.level] for c in cuts}
    bodies = [c for c in cuts if c.through or c.held_by(levels[c.level]) % 2 == 0]
    for body in bodies:
        deeper = [c for c in cuts if c.is_deeper_than(body)]
        if any(body.held_by(levels[level]) % 2 for level in {c.level for c in deeper}):
            continue  # nothing is left to cut there
        inner = [c for c in bodies if c.is_deeper_than(body) and body.shape.holds(c.shape)]
        inner += [c for c in levels[body.level] if c not in bodies and body.shape.holds(c.shape)]
        islands = tuple(
            c.shape.outline for c in inner if not any(o.shape.holds(c.shape) for o in inner if o is not c)
        )
        yield Feature(
            body.kind(islands), body.side, body.depth, Region(body.shape.outline, islands), body.through
        )


@dataclass(frozen=True)
class _Cut:
    """A hole or pocket with what is known of it."""

    shape: Shape
    side: Literal["top", "bottom"]
    depth: float
    through: bool

    @classmethod
    def of(cls, shape: Shape, thickness: float, drawn: float) -> _Cut:
        """Read from its layer; `drawn` is the thickness for which the layers were named."""
        spec = shape.spec
        if spec is None or spec.depth is None or spec.depth >= min(tenth(drawn), thickness) - SAME_DEPTH:
            return cls(shape, "top", thickness, True)
        return cls(shape, spec.side, spec.depth, False)

    @property
    def level(self) -> tuple[str, float]:
        """Side and depth; all that goes through is one level."""
        return ("through" if self.through else self.side, self.depth)

    def is_deeper_than(self, other: _Cut) -> bool:
        """It is cut away further than the other, where both are."""
        if other.through:
            return False
        return self.through or (self.side == other.side and self.depth > other.depth)

    def held_by(self, cuts: Iterable[_Cut]) -> int:
        """How many of some others lie around it."""
        return sum(c.shape.holds(self.shape) for c in cuts if c is not self)

    def kind(self, islands: Sequence[Outline]) -> Literal["hole", "pocket", "drill"]:
        """A round one is drilled where its layer says so, or says nothing and a drill can be that wide."""
        circle = self.shape.outline.circle_of
        told = self.shape.spec is not None and self.shape.spec.operation != "cut"
        drilled = self.shape.spec is not None and self.shape.spec.operation == "drill"
        if circle and not islands and (drilled or (not told and circle[2] <= DRILLED)):
            return "drill"
        return "hole" if self.through else "pocket"
