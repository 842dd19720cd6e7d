# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Holes and pockets of one part, from outlines whose layers tell how deep they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from csmkit.export.dxf.shapes import Shape
from csmkit.model import Feature, Outline, Region
from csmkit.model.tenth import tenth

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
    through = list({c.shape.place: c for c in cuts if c.through}.values())  # one drawn on two layers is one
    for cut in through:
        if cut.shape.is_free or not cut.held_by(through):
            yield Feature(cut.kind(()), "top", cut.depth, Region(cut.shape.outline), True)
    levels: dict[tuple[str, float], list[_Cut]] = {}
    for cut in cuts:
        if not cut.through:
            levels.setdefault((cut.side, cut.depth), []).append(cut)
    cleared = {key: _cleared(level) for key, level in levels.items()}
    for (side, depth), (bodies, stay) in cleared.items():
        below = [key for key in levels if key[0] == side and key[1] > depth]
        islands = [*stay, *through, *(body for key in below for body in cleared[key][0])]
        for body in bodies:
            if not body.held_by(through) and not any(body.held_by(levels[key]) % 2 for key in below):
                yield _pocket(body, islands)


def _cleared(level: Sequence[_Cut]) -> tuple[list[_Cut], list[_Cut]]:
    """Outlines of one depth: those that are cleared, and those that stay within them."""
    odd = [cut.held_by(level) % 2 == 1 for cut in level]
    return (
        [cut for cut, is_odd in zip(level, odd, strict=True) if not is_odd],
        [cut for cut, is_odd in zip(level, odd, strict=True) if is_odd],
    )


def _pocket(body: _Cut, islands: Sequence[_Cut]) -> Feature:
    """A pocket without what stays within it and what is cut deeper there."""
    inner = [c for c in islands if body.shape.holds(c.shape)]
    outer = [c.shape.outline for c in inner if not c.held_by(inner)]
    return Feature(body.kind(outer), body.side, body.depth, Region(body.shape.outline, tuple(outer)), False)


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
