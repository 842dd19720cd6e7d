# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A saw plan as its steps: which piece goes onto the saw, where the fence stands, what comes off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from csmkit.model.cutting import CutItem, Layout, Placement, SawCut

Rectangle = tuple[float, float, float, float]  # x0, y0, x1, y1, mm, in the sheet's frame
Kind = Literal["part", "offcut", "waste", "piece"]
NEAR = 0.01  # mm within which two edges are one
THIN = 0.05  # mm; what is thinner is dust


@dataclass(frozen=True)
class Outcome:
    """What a cut leaves on one of its sides."""

    kind: Kind
    box: Rectangle
    placement: Placement | None = None  # of a part

    @property
    def size(self) -> tuple[float, float]:
        """Length in x and y of the sheet, mm."""
        return (self.box[2] - self.box[0], self.box[3] - self.box[1])


@dataclass(frozen=True)
class SawStep:
    """One cut as a person makes it."""

    cut: SawCut
    is_trim: bool
    measure: float  # mm from the lower edge of the piece to the blade: the fence; of a trim what it takes off
    off: Outcome | None  # below the cut: between fence and blade
    rest: Outcome | None  # above it


@dataclass(frozen=True)
class SawStage:
    """All cuts of one stage and all that lies on the bench before it."""

    number: int
    steps: tuple[SawStep, ...]
    bench: tuple[Outcome, ...]  # what this stage doesn't touch


def saw_steps(layout: Layout, items: Mapping[str, CutItem], kerf: float) -> tuple[SawStep, ...]:
    """The steps of a sheet's cuts, in their order.

    Args:
        layout: with its cuts.
        items: what the placements name.
        kerf: mm that each cut takes.
    """
    boxes = [(p, _box(p, items)) for p in layout.placements]
    offcuts = [o.bounds for o in layout.offcuts]
    later = [c.piece for c in layout.cuts]
    steps = []
    for number, cut in enumerate(layout.cuts):

        def named(box: Rectangle | None, ahead: Sequence[Rectangle] = later[number + 1 :]) -> Outcome | None:
            return None if box is None else _outcome(box, ahead, boxes, offcuts)

        lower, upper = sides(cut, kerf)
        off, rest = named(lower), named(upper)
        is_trim = off is None or (cut.stage == 1 and off.kind == "waste" and _is_edge(cut))
        low = cut.piece["xy".index(cut.axis)]
        steps.append(SawStep(cut, is_trim, cut.at - low + (kerf if is_trim else 0.0), off, rest))
    return tuple(steps)


def saw_stages(layout: Layout, items: Mapping[str, CutItem], kerf: float) -> tuple[SawStage, ...]:
    """The steps by stage, each with what lies beside it untouched."""
    steps = saw_steps(layout, items, kerf)
    stages = []
    done: list[Outcome] = []
    for number in sorted({s.cut.stage for s in steps}):
        own = tuple(s for s in steps if s.cut.stage == number)
        stages.append(SawStage(number, own, tuple(done)))
        done += [o for s in own for o in (s.off, s.rest) if o is not None and o.kind != "piece"]
    return tuple(stages)


def sides(cut: SawCut, kerf: float) -> tuple[Rectangle | None, Rectangle | None]:
    """The pieces below and above a cut; None where the blade takes it all."""
    x0, y0, x1, y1 = cut.piece
    if cut.axis == "x":
        lower, upper = (x0, y0, cut.at, y1), (cut.at + kerf, y0, x1, y1)
        return (lower if cut.at - x0 > THIN else None, upper if x1 - cut.at - kerf > THIN else None)
    lower, upper = (x0, y0, x1, cut.at), (x0, cut.at + kerf, x1, y1)
    return (lower if cut.at - y0 > THIN else None, upper if y1 - cut.at - kerf > THIN else None)


def _outcome(
    box: Rectangle,
    ahead: Sequence[Rectangle],
    boxes: Sequence[tuple[Placement, Rectangle]],
    offcuts: Sequence[Rectangle],
) -> Outcome:
    if any(is_same(box, piece) for piece in ahead):
        return Outcome("piece", box)
    for placement, place in boxes:
        if is_same(box, place):
            return Outcome("part", box, placement)
    return Outcome("offcut" if any(is_same(box, o) for o in offcuts) else "waste", box)


def _is_edge(cut: SawCut) -> bool:
    """The cut begins at the sheet's own lower edge: a trim, since it takes off no part."""
    return cut.piece["xy".index(cut.axis)] == 0.0


def _box(placement: Placement, items: Mapping[str, CutItem]) -> Rectangle:
    outline = items[placement.item].pattern.outline
    return outline.moved(placement.x, placement.y, placement.angle).bounds


def is_same(a: Rectangle, b: Rectangle) -> bool:
    """Two rectangles lie on each other."""
    return all(abs(p - q) < NEAR for p, q in zip(a, b, strict=True))
