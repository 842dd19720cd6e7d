# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Nesting by spyrrow (sparrow): it packs strips; a sheet takes as many parts as a strip of its length.

It is stopped by the clock, so its plans repeat only through the layout lock. A sheet with defects or of
another outline serves with the largest rectangle in it.
"""

from __future__ import annotations

import spyrrow

from csmkit.model import NestInstance
from csmkit.nest.candidate import Candidate, CutSheet, Effort, Placed, Tell
from csmkit.nest.engines.blanks import Blank, Piece, blanks, pieces, usable
from csmkit.nest.engines.fill_corners import fill_hole
from csmkit.nest.engines.prefill import prefills
from csmkit.nest.offcuts import Box, largest_rectangle

TRIALS = 4  # ways to fill holes: two seconds for the benchmark plykit60
ROOM = 1.15  # of the parts' area that a sheet for all of them has at least
PROBES = 5  # strips a sheet: halving between nothing and all that its area could hold


class Spyrrow:
    """The adapter."""

    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        """Tell two plans with holes filled: on new sheets alone, and with the offcuts first."""
        filled = prefills(instance, fill_hole, effort.seed, TRIALS)[0]
        self._solve(filled.instance, effort, lambda c: tell(filled.unpack(c)))

    def _solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        kinds = sorted(blanks(instance), key=lambda b: (b.is_new, -b.outline.area))
        if placed := _Filling(instance, effort, 1).on_one(kinds, effort.time_limit_s):
            tell((placed,))
            return
        new = [b for b in kinds if b.is_new]
        ways = [w for w in ([new, kinds] if len(new) < len(kinds) else [kinds]) if w]
        for stock in ways:
            tell(_Filling(instance, effort, len(ways)).fill(stock))


class _Filling:
    """Sheets that are filled one after the other with what is left."""

    def __init__(self, instance: NestInstance, effort: Effort, ways: int) -> None:
        parts = pieces(instance, effort.seed)
        area = {i.name: abs(i.pattern.outline.area) for i in instance.items}
        self.spacing, self.edge, self.seed = instance.rules.spacing, instance.rules.edge, effort.seed
        self.area = area
        self.left = sorted((p for p in parts for _ in range(p.quantity)), key=lambda p: -area[p.name])
        sheets = sum(area[p.name] for p in self.left) / max(s.outline.area for s in instance.stock)
        self.seconds = max(1, round(effort.time_limit_s / ways / PROBES / (sheets + 1)))

    def fill(self, stock: list[Blank]) -> Candidate:
        sheets: list[CutSheet] = []
        for blank in stock:
            area = largest_rectangle(usable(blank, self.edge))
            copies = len(self.left) if blank.stock.quantity is None else blank.stock.quantity
            for _ in range(copies if area else 0):
                assert area is not None
                if not (placed := self._fill_one(blank, area)):
                    break
                sheets.append(CutSheet(blank.stock.key, placed))
        return tuple(sheets)

    def on_one(self, stock: list[Blank], seconds: float) -> CutSheet | None:
        """All parts on the first sheet that has the room; None where none has, or they found no place."""
        need = sum(self.area[p.name] for p in self.left) * ROOM
        for blank in stock:
            area = largest_rectangle(usable(blank, self.edge))
            if area and need <= (area[2] - area[0]) * (area[3] - area[1]):
                placed = self._strip(self.left, blank, area, max(1, int(seconds)), is_probe=False)
                return CutSheet(blank.stock.key, placed) if placed else None
        return None

    def _fill_one(self, blank: Blank, area: Box) -> tuple[Placed, ...]:
        """The longest row of the remaining parts, largest first, that the rectangle holds."""
        fitting = [p for p in self.left if _turned_to(p, area)]
        room, most = (area[2] - area[0]) * (area[3] - area[1]), 0
        while most < len(fitting) and (room := room - self.area[fitting[most].name]) >= 0:
            most += 1
        best: tuple[Placed, ...] = ()
        least, count = 0, most
        while least < most:
            placed = self._strip(fitting[:count], blank, area, self.seconds)
            if placed:
                least, best = count, placed
            else:
                most = count - 1
            count = (least + most + 1) // 2
        for piece in fitting[:least]:
            self.left.remove(piece)
        return best

    def _strip(
        self, parts: list[Piece], blank: Blank, area: Box, seconds: int, is_probe: bool = True
    ) -> tuple[Placed, ...]:
        """The parts on the rectangle, or nothing where the strip gets longer than it.

        The engine keeps the spacing to the strip's edges too, so the strip is larger by it all around.
        """
        s = self.spacing
        kinds = {p.name: p for p in parts}
        items = [
            spyrrow.Item(
                name,
                list(p.outer),
                demand=sum(q.name == name for q in parts),
                allowed_orientations=list(_turned_to(p, area)),
            )
            for name, p in kinds.items()
        ]
        strip = spyrrow.StripPackingInstance("sheet", strip_height=area[3] - area[1] + 2 * s, items=items)
        config = spyrrow.StripPackingConfig(
            early_termination=is_probe,
            total_computation_time=seconds,
            num_workers=1,
            seed=self.seed,
            min_items_separation=s or None,
        )
        try:
            solution = strip.solve(config)
        except BaseException as panic:
            if type(panic).__name__ != "PanicException":  # how Rust panics: a part as tall as the strip, say
                raise
            return ()
        if solution.width > area[2] - area[0] + 2 * s + 1e-6:
            return ()
        dx, dy = area[0] - s, area[1] - s
        return tuple(
            blank.back(p.id, p.translation[0] + dx, p.translation[1] + dy, p.rotation)
            for p in solution.placed_items
        )


def _turned_to(piece: Piece, area: Box) -> tuple[float, ...]:
    """Angles at which the piece's box fits in the rectangle."""
    xs, ys = zip(*piece.outer, strict=True)
    length, width = max(xs) - min(xs), max(ys) - min(ys)
    room_x, room_y = area[2] - area[0] + 1e-6, area[3] - area[1] + 1e-6
    along, across = length <= room_x and width <= room_y, width <= room_x and length <= room_y
    return tuple(a for a in piece.angles if (along if a % 180 == 0 else across))
