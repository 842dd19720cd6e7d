# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The assembled kit: its box, what interferes in it, and the files that show it."""

from __future__ import annotations

import json
from itertools import product

from csmkit.build import Files
from csmkit.errors import CsmError
from csmkit.export.finish import BOUGHT, finish_of
from csmkit.export.glb import glb as write_glb
from csmkit.export.picture import line_picture
from csmkit.export.pieces import Piece, as_instances
from csmkit.export.step import assembly_step
from csmkit.export.viewer import viewer_gz
from csmkit.geometry.fasteners import fastener_shape
from csmkit.geometry.interference import interferences
from csmkit.geometry.measure import box
from csmkit.geometry.shape import from_brep
from csmkit.model import BoughtModel, Finding, KitModel, PartModel, Workshop
from csmkit.model.data import dump, load

BITES = ("screw", "insert", "tee-nut")  # kinds that cut or press their way into a part


def interference(kit: str, model: Files, workshop: Files) -> Files:
    """findings.json: what occupies the same space as something else."""
    made, shop = _loaded(model, workshop)
    pieces = _pieces(made, shop, model)
    kinds = {b.key: _kind(b, shop) for b in made.bought}
    parts = {p.name for p in made.parts}

    def allowed(a: str, b: str) -> bool:
        bites = kinds.get(a) in BITES or kinds.get(b) in BITES
        return bites and (a in parts or b in parts)

    items = [(piece.name, piece.shape, pose) for piece in pieces for pose in piece.poses]
    findings = [
        Finding(
            kit,
            "interference",
            hit.a,
            f"shares {hit.volume:.0f} mm³ with {hit.b} at ({', '.join(f'{c:.1f}' for c in hit.center)}) mm",
            "move one of them, or cut room for it",
        )
        for hit in interferences(items, allowed)
    ]
    return {"findings.json": dump(tuple(findings), tuple[Finding, ...])}


def extent(model: Files, workshop: Files) -> Files:
    """extent.json: size of the assembled kit, mm."""
    made, shop = _loaded(model, workshop)
    points = []
    for piece in _pieces(made, shop, model):
        corners = list(product(*zip(*box(piece.shape), strict=True)))
        points += [pose.point((x, y, z)) for pose in piece.poses for x, y, z in corners]
    size = [max(axis) - min(axis) for axis in zip(*points, strict=True)]
    return {"extent.json": json.dumps({"size": [round(s, 3) for s in size]}).encode()}


def step(kit: str, model: Files, workshop: Files) -> Files:
    """assembly.step."""
    made, shop = _loaded(model, workshop)
    return {"assembly.step": assembly_step(kit, _pieces(made, shop, model))}


def glb(kit: str, model: Files, workshop: Files) -> Files:
    """assembly.glb."""
    made, shop = _loaded(model, workshop)
    return {"assembly.glb": write_glb(kit, as_instances(_pieces(made, shop, model)))}


def viewer(kit: str, model: Files, workshop: Files) -> Files:
    """viewer.json.gz."""
    made, shop = _loaded(model, workshop)
    return {"viewer.json.gz": viewer_gz(kit, _pieces(made, shop, model))}


def picture(kit: str, title: str, model: Files, workshop: Files) -> Files:
    """pictures/assembly.svg."""
    made, shop = _loaded(model, workshop)
    return {"pictures/assembly.svg": line_picture(title, _pieces(made, shop, model))}


def _loaded(model: Files, workshop: Files) -> tuple[KitModel, Workshop]:
    return load(KitModel, model["model.json"]), load(Workshop, workshop["design.json"])


def _pieces(made: KitModel, shop: Workshop, model: Files) -> list[Piece]:
    parts = [_part_piece(part, shop, model) for part in made.parts]
    return parts + [_bought_piece(item, shop, model) for item in made.bought if item.poses]


def _part_piece(part: PartModel, shop: Workshop, model: Files) -> Piece:
    material = shop.stock(part.form, part.stock).material.key
    return Piece(part.name, from_brep(model[f"parts/{part.file}.brep"]), part.poses, finish_of(material))


def _bought_piece(item: BoughtModel, shop: Workshop, model: Files) -> Piece:
    if item.file:
        return Piece(item.key, from_brep(model[item.file]), item.poses, BOUGHT)
    return Piece(item.key, fastener_shape(shop.bought_row(item.standard, item.size)), item.poses, BOUGHT)


def _kind(item: BoughtModel, shop: Workshop) -> str:
    """Kind of a bought thing; one that no table knows is found elsewhere, by the check of bought things."""
    try:
        return shop.bought_row(item.standard, item.size).kind
    except CsmError:
        return ""
