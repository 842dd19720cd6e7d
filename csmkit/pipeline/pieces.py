# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A kit's things with their solids and places, as the tasks of the whole need them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from csmkit.build import Files
from csmkit.errors import CsmError
from csmkit.export.finish import BOUGHT, TYRE, bought_finish, finish_of
from csmkit.export.pieces import Piece
from csmkit.geometry.fasteners import fastener_shape
from csmkit.geometry.shape import from_brep
from csmkit.model import BoughtModel, BoughtRow, KitModel, PartModel, Workshop
from csmkit.model.data import load

BITES = ("screw", "insert", "tee-nut")  # kinds that cut or press their way into a part


@dataclass(frozen=True)
class Assembled:
    """A kit with all its solids."""

    made: KitModel
    pieces: tuple[Piece, ...]
    biting: frozenset[str]  # keys of bought things that bite into parts

    @property
    def finished(self) -> tuple[Piece, ...]:
        """The pieces without jigs."""
        jigs = set(self.made.jigs)
        kept = [
            replace(p, poses=tuple(pose for n, pose in enumerate(p.poses) if (p.name, n) not in jigs))
            for p in self.pieces
        ]
        return tuple(p for p in kept if p.poses)

    def may_overlap(self, a: str, b: str) -> bool:
        """One bites into the other, a part: a wood screw in its wood."""
        parts = {p.name for p in self.made.parts}
        return bool(self.biting & {a, b}) and bool(parts & {a, b})


def assembled(model: Files, workshop: Files) -> Assembled:
    """The kit of a design's run (model.json and its BREP files) in a workshop (design.json).

    Raises: CsmError: a bought thing that no table has, or that has no model.
    """
    made, shop = load(KitModel, model["model.json"]), load(Workshop, workshop["design.json"])
    pieces = [_part_piece(part, shop, model) for part in made.parts]
    try:
        pieces += [bought_piece(item, shop, model) for item in made.bought if item.poses]
    except CsmError as error:
        raise error.in_kit(made.kit) from None
    biting = frozenset(b.key for b in made.bought if (row := _row(b, shop)) and row.kind in BITES)
    return Assembled(made, tuple(pieces), biting)


def _part_piece(part: PartModel, shop: Workshop, model: Files) -> Piece:
    material = shop.stock(part.form, part.stock).material.key
    shape = from_brep(model[f"parts/{part.file}.brep"])
    return Piece(part.name, shape, part.poses, finish_of(material), part.grain)


def bought_piece(item: BoughtModel, shop: Workshop, model: Files) -> Piece:
    """A bought thing with its solid: its own BREP file in the model, or else that of its standard."""
    row = _row(item, shop)
    finish = bought_finish(row.kind, f"{item.key} {row.title}") if row else BOUGHT
    outer = TYRE if row and row.kind == "wheel" else None
    if item.file:
        return Piece(item.key, from_brep(model[item.file]), item.poses, finish, outer=outer)
    return Piece(item.key, fastener_shape(shop.bought_row(item.standard, item.size)), item.poses, finish)


def _row(item: BoughtModel, shop: Workshop) -> BoughtRow | None:
    """Row of a bought thing; one that no table knows is found elsewhere, by the check of bought things."""
    try:
        return shop.bought_row(item.standard, item.size)
    except CsmError:
        return None
