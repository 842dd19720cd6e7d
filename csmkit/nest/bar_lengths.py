# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A bar instance in whole numbers, what solvers answer, and the simplest of them: first-fit decreasing."""

from __future__ import annotations

from dataclasses import dataclass

from csmkit.model import BarInstance
from csmkit.nest.cut_list import usable_length

SCALE = 100  # whole numbers a millimetre
OFFCUT_COST = 0.01  # of its length: an offcut is there already, but the shortest that serves is best

Cuts = list[tuple[int, list[int]]]  # index of the stock, indices of pieces


@dataclass(frozen=True)
class Lengths:
    """An instance in whole numbers, kerf included: pieces by falling length, stock offcuts first."""

    names: tuple[str, ...]
    pieces: tuple[int, ...]
    demand: tuple[int, ...]
    stock: tuple[int, ...]
    copies: tuple[int, ...]  # never more than there are pieces
    cost: tuple[float, ...]


@dataclass(frozen=True)
class Answer:
    """A solver's cuts, and the least number of bars where it knows one."""

    cuts: Cuts
    bound: int | None
    proven: bool


def lengths_of(instance: BarInstance) -> Lengths:
    """The instance in whole numbers."""
    kerf = round(instance.kerf * SCALE)
    pieces = sorted(instance.pieces, key=lambda p: (-p.length, p.kit, p.part))
    total = sum(p.quantity for p in pieces)
    return Lengths(
        names=tuple(f"{p.kit}/{p.part}" for p in pieces),
        pieces=tuple(round(p.length * SCALE) + kerf for p in pieces),
        demand=tuple(p.quantity for p in pieces),
        stock=tuple(round(usable_length(s, instance.trim) * SCALE) + kerf for s in instance.stock),
        copies=tuple(total if s.quantity is None else min(s.quantity, total) for s in instance.stock),
        cost=tuple(s.length * (1.0 if s.kind == "bar" else OFFCUT_COST) for s in instance.stock),
    )


def first_fit(numbers: Lengths) -> Answer:
    """Each piece, longest first, into the first bar that holds it; offcuts are opened before new bars."""
    rest = [(k, numbers.stock[k]) for k in _opening_order(numbers) for _ in range(numbers.copies[k])]
    cuts: Cuts = [(k, []) for k, _ in rest]
    room = [length for _, length in rest]
    for piece, length in enumerate(numbers.pieces):
        for _ in range(numbers.demand[piece]):
            bar = next((b for b, r in enumerate(room) if r >= length), None)
            if bar is not None:
                room[bar] -= length
                cuts[bar][1].append(piece)
    return Answer([c for c in cuts if c[1]], None, False)


def _opening_order(numbers: Lengths) -> list[int]:
    return sorted(range(len(numbers.stock)), key=lambda k: (numbers.cost[k] / numbers.stock[k], k))
