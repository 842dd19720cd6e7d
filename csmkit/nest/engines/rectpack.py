# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Nesting by rectpack: boxes of the parts on rectangles. The last resort: pure Python, always there."""

from __future__ import annotations

import rectpack

from csmkit.model import NestInstance
from csmkit.nest.candidate import Candidate, CutSheet, Effort, Placed, Tell
from csmkit.nest.engines.blanks import Blank, Piece, blanks, pieces, usable
from csmkit.nest.engines.fill_corners import fill_hole
from csmkit.nest.engines.prefill import prefills
from csmkit.nest.offcuts import Box, largest_rectangle

FIT = 1e-4  # mm that sums of floats may be off
TRIALS = 2  # ways to fill holes: half a second for the benchmark plykit60
SCALE = 10_000  # rectpack is exact in whole numbers: tenths of a micrometre


class Rectpack:
    """The adapter; deterministic, so time plays no part."""

    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        """Tell two plans, with the offcuts first and with new sheets alone; then such with holes filled."""
        self._solve(instance, tell)
        filled = prefills(instance, fill_hole, effort.seed, TRIALS)[0]
        if filled.contents:
            self._solve(filled.instance, lambda c: tell(filled.unpack(c)))

    def _solve(self, instance: NestInstance, tell: Tell) -> None:
        parts = pieces(instance, 0)
        kinds = sorted(blanks(instance), key=lambda b: (b.is_new, -b.outline.area))
        new = [b for b in kinds if b.is_new]
        for stock in (new, kinds):
            if stock:
                tell(_packed(parts, stock, instance.rules.spacing, instance.rules.edge))


def _packed(parts: tuple[Piece, ...], stock: list[Blank], spacing: float, edge: float) -> Candidate:
    """Boxes grown by the spacing in rectangles grown by as much; each part turned as its grain allows."""
    areas = [(b, largest_rectangle(usable(b, edge))) for b in stock]
    left = {p.name: p.quantity for p in parts}
    sheets: list[CutSheet] = []
    for blank, area in areas:
        copies = sum(left.values()) if blank.stock.quantity is None else blank.stock.quantity
        for _ in range(copies if area else 0):
            assert area is not None
            placed = _one_sheet([p for p in parts for _ in range(left[p.name])], blank, area, spacing)
            if not placed:
                break
            sheets.append(CutSheet(blank.stock.key, placed))
            for name, *_ in placed:
                left[name] -= 1
    return tuple(sheets)


def _one_sheet(parts: list[Piece], blank: Blank, area: Box, spacing: float) -> tuple[Placed, ...]:
    packer = rectpack.newPacker(mode=rectpack.PackingMode.Offline, rotation=False)
    width, height = area[2] - area[0], area[3] - area[1]
    angles: dict[int, float] = {}
    for k, piece in enumerate(parts):
        for angle in piece.angles[:2]:
            x0, y0, x1, y1 = _box(piece, angle)
            if k not in angles and x1 - x0 <= width + FIT and y1 - y0 <= height + FIT:
                angles[k] = angle
                packer.add_rect(_up(x1 - x0 + spacing - FIT), _up(y1 - y0 + spacing - FIT), rid=k)
    packer.add_bin(_up(width + spacing), _up(height + spacing))
    packer.pack()
    placed = []
    for _, x, y, _, _, k in packer.rect_list():
        x0, y0, *_ = _box(parts[k], angles[k])
        placed.append(
            blank.back(parts[k].name, area[0] + x / SCALE - x0, area[1] + y / SCALE - y0, angles[k])
        )
    return tuple(placed)


def _box(piece: Piece, angle: float) -> Box:
    c, s = ((1, 0), (0, 1), (-1, 0), (0, -1))[round(angle / 90) % 4]
    xs = [c * x - s * y for x, y in piece.outer]
    ys = [s * x + c * y for x, y in piece.outer]
    return (min(xs), min(ys), max(xs), max(ys))


def _up(value: float) -> int:
    return -int(-round(value * SCALE, 3) // 1)
