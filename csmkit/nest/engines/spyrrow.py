# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Nesting by spyrrow (sparrow): it packs strips; a sheet takes as many parts as a strip of its length.

It is stopped by the clock, so its plans repeat only through the layout lock. A sheet with defects or of
another outline serves with the largest rectangle in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from csmkit.model import NestInstance
from csmkit.nest.candidate import Candidate, CutSheet, Effort, Placed, Tell
from csmkit.nest.engines.blanks import Blank, Piece, blanks, pieces, usable
from csmkit.nest.engines.fill_corners import fill_hole
from csmkit.nest.engines.prefill import prefills
from csmkit.nest.engines.strip import Strip, last_anew, turned_to
from csmkit.nest.offcuts import Box, largest_rectangle

TRIALS = 4  # ways to fill holes: two seconds for the benchmark plykit60
ROOM = 1.15  # of the parts' area that a sheet for all of them has at least
PROBES = 5  # strips a sheet: halving between nothing and all that its area could hold


class Spyrrow:
    """The adapter."""

    def solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        """Tell two plans with holes filled: on new sheets alone, and with the offcuts first.

        From a plan to start with only the last sheet is laid anew.
        """
        if effort.start:
            last_anew(instance, effort, tell)
            return
        filled = prefills(instance, fill_hole, effort.seed, TRIALS)[0]
        self._solve(filled.instance, effort, lambda c: tell(filled.unpack(c)))

    def _solve(self, instance: NestInstance, effort: Effort, tell: Tell) -> None:
        kinds = sorted(blanks(instance), key=lambda b: (b.is_new, -b.outline.area))
        if _Filling(instance, effort, 1).on_one(kinds, tell):
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
        self.spacing, self.edge, self.effort = instance.rules.spacing, instance.rules.edge, effort
        self.area = area
        self.left = sorted((p for p in parts for _ in range(p.quantity)), key=lambda p: -area[p.name])
        sheets = sum(area[p.name] for p in self.left) / max(s.outline.area for s in instance.stock)
        self.probe = replace(effort, time_limit_s=effort.time_limit_s / ways / PROBES / (sheets + 1))

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

    def on_one(self, stock: list[Blank], tell: Tell) -> bool:
        """Tell plans on the first sheet that has the room; False where none has, or they found no place."""
        need = sum(self.area[p.name] for p in self.left) * ROOM
        for blank in stock:
            area = largest_rectangle(usable(blank, self.edge))
            if area and need <= (area[2] - area[0]) * (area[3] - area[1]):

                def told(placed: tuple[Placed, ...], key: str = blank.stock.key) -> None:
                    tell((CutSheet(key, placed),))

                strip = Strip(blank, area, self.spacing)
                if placed := strip.lay(_kinds(self.left), self.effort, is_probe=False, better=told):
                    told(placed)
                return bool(placed)
        return False

    def _fill_one(self, blank: Blank, area: Box) -> tuple[Placed, ...]:
        """The longest row of the remaining parts, largest first, that the rectangle holds."""
        strip = Strip(blank, area, self.spacing)
        fitting = [p for p in self.left if turned_to(p, area)]
        room, most = (area[2] - area[0]) * (area[3] - area[1]), 0
        while most < len(fitting) and (room := room - self.area[fitting[most].name]) >= 0:
            most += 1
        best: tuple[Placed, ...] = ()
        least, count = 0, most
        while least < most:
            placed = strip.lay(_kinds(fitting[:count]), self.probe, is_probe=True)
            if placed:
                least, best = count, placed
            else:
                most = count - 1
            count = (least + most + 1) // 2
        for piece in fitting[:least]:
            self.left.remove(piece)
        return best


def _kinds(parts: Sequence[Piece]) -> list[Piece]:
    """Each kind of part once, with the number of its copies."""
    return [replace(p, quantity=k) for p, k in Counter(parts).items()]
