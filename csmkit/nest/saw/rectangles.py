# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A sheet that is no rectangle, sawn into rectangles first, then each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from csmkit.nest.saw.micrometres import Box
from csmkit.nest.saw.tree import AXES, Axis, Cut, Sawing, groups_along, halves


def parted(piece: Box, areas: Sequence[Box], kerf: int) -> tuple[list[Cut], dict[Box, Box]]:
    """Cuts that part areas, from the first on, and the piece in which each then lies; µm.

    Args:
        piece: the whole sheet's box.
        areas: that through cuts can part.
    """
    if len(areas) == 1:
        return [], {areas[0]: piece}
    for low, axis in enumerate(AXES):
        nearest, *others = groups_along(range(len(areas)), areas, kerf, low)
        if others:
            sides = [[areas[i] for i in nearest], [areas[i] for group in others for i in group]]
            cut = Cut(0, axis, max(a[low + 2] for a in sides[0]), piece)
            lower, upper = halves(piece, axis, cut.at, kerf)
            assert lower is not None
            assert upper is not None
            first, below = parted(lower, sides[0], kerf)
            second, above = parted(upper, sides[1], kerf)
            return [cut, *first, *second], {**below, **above}
    raise ValueError("no through cut parts the areas")


def together(
    sheet: Box,
    splits: Sequence[Cut],
    ways: Sequence[tuple[Sequence[int], Sawing]],
    boxes: Sequence[Box],
    kerf: int,
) -> Sawing:
    """One sawing of the whole sheet.

    Args:
        splits: cuts that part the areas.
        ways: indices of the boxes in each area, and how it is sawn.
        boxes: where they come to lie.
    """
    corners = {own[i]: corner for own, way in ways for i, corner in way.corners.items()}
    cuts = staged(sheet, [*splits, *(c for _, way in ways for c in way.cuts)], boxes, kerf)
    return Sawing(corners, tuple(cuts), tuple(r for _, way in ways for r in way.rests))


def staged(sheet: Box, cuts: Sequence[Cut], boxes: Sequence[Box], kerf: int) -> list[Cut]:
    """Cuts with their stages, stage by stage: one begins where the direction changes, trims aside.

    Args:
        cuts: each after the one that made its piece.
        boxes: what comes out of the sheet.
    """
    bench: dict[Box, tuple[int, Axis | Literal[""]]] = {sheet: (0, "")}
    done: list[Cut] = []
    for cut in cuts:
        before, along = bench.pop(cut.piece)
        stage = max(before, 1) if along in ("", cut.axis) else before + 1
        lower, upper = halves(cut.piece, cut.axis, cut.at, kerf)
        is_trim = along == "" and (lower is None or not any(_holds(lower, b) for b in boxes))
        bench |= {side: (stage, "" if is_trim else cut.axis) for side in (lower, upper) if side is not None}
        done.append(replace(cut, stage=stage))
    return sorted(done, key=lambda c: c.stage)


def _holds(piece: Box, inner: Box) -> bool:
    return all(piece[k] <= inner[k] and inner[k + 2] <= piece[k + 2] for k in (0, 1))
