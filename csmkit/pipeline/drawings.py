# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Drawings of the made parts: sheet parts from their measures, others from views of their solids."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from csmkit.build import Files
from csmkit.errors import CsmError
from csmkit.export.drawing.page import Heading
from csmkit.export.drawing.sheet import sheet_drawing
from csmkit.export.drawing.views import views_drawing
from csmkit.export.paths import drawing_path
from csmkit.geometry.shape import from_brep
from csmkit.geometry.views import lying_along, lying_in_bar
from csmkit.geometry.views import views as views_of
from csmkit.model import Bar, PartFacts, Pose, Stock, Workshop
from csmkit.model.data import load
from csmkit.pipeline.parts import FORMS

SHAPED = ("carve", "mill")  # bars that keep nothing of their section


def sheet(quantity: int, kit: str, version: str, license: str, facts: Files, workshop: Files) -> Files:
    """drawings/<part>.svg of a sheet part.

    Args:
        quantity: how many of it the kit has.
        kit, version, license: for the title block; the kit's title.
        facts, workshop: facts.json of the part, design.json.
    Raises: CsmError: the part has no flat pattern.
    """
    part = replace(load(PartFacts, facts["facts.json"]), quantity=quantity)
    if part.flat_pattern is None:
        raise CsmError(f"{part.form} part has no flat pattern", part=part.name)
    stock = load(Workshop, workshop["design.json"]).sheet(part.stock)
    heading = Heading(kit, version, license, stock.title)
    return {drawing_path(part.name): sheet_drawing(part, part.flat_pattern, heading)}


def views(
    quantity: int, file: str, kit: str, version: str, license: str, facts: Files, source: Files
) -> Files:
    """drawings/<part>.svg of any other part.

    Args:
        quantity, kit, version, license: as of `sheet`.
        file: name of the part's files.
        facts, source: facts.json of the part; parts/<file>.brep and .json of the design's run.
    """
    part = replace(load(PartFacts, facts["facts.json"]), quantity=quantity)
    said = json.loads(source[f"parts/{file}.json"])
    stock: Stock = load(FORMS[said["form"]], said["stock"].encode())
    shape = from_brep(source[f"parts/{file}.brep"])
    seen = views_of(shape, _lying(part, shape, stock, said["grain"]))
    is_round = isinstance(stock, Bar) and stock.shape in ("round", "pipe") and part.process not in SHAPED
    heading = Heading(kit, version, license, stock.title)
    return {drawing_path(part.name): views_drawing(part, seen, heading, is_round)}


def _lying(part: PartFacts, shape: Any, stock: Stock, grain: Any) -> Pose | None:
    """How a part lies in its drawing: a bar from left to right, all else as it was modelled."""
    if not isinstance(stock, Bar):
        return None
    return lying_along(grain) if part.process in SHAPED else lying_in_bar(shape, stock, grain)
