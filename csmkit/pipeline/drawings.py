# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Drawings of the made parts: sheet parts from their measures, others from views of their solids."""

from __future__ import annotations

from dataclasses import replace

from csmkit.build import Files
from csmkit.errors import CsmError
from csmkit.export.drawing_page import Heading
from csmkit.export.drawing_sheet import sheet_drawing
from csmkit.export.paths import drawing_path
from csmkit.model import PartFacts, Workshop
from csmkit.model.data import load


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
