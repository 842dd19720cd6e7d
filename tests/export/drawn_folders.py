# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Drawings in folders, and the parts that are read from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import drawn
import export_samples as samples
import pytest

from csmkit.catalog.workshop import default_workshop
from csmkit.errors import CsmError
from csmkit.export.dxf.drawing import read_drawing
from csmkit.export.dxf.parts import find_parts
from csmkit.export.own_parts.drawings import read_parts_folder
from csmkit.model import FlatPattern, Outline, PartFacts

SHOP = replace(
    default_workshop(),
    sheets=(samples.SHEET, *(s for s in default_workshop().sheets if s.key != samples.SHEET.key)),
)
PLATE = Outline.rectangle(0, 0, 300, 200)
Draw = Callable[..., None]


def folder(at: Path, **files: bytes) -> Path:
    for name, data in files.items():
        path = at / f"{name}.dxf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return at


def read(at: Path, sheet: str | None = "birch-ply-12") -> tuple[PartFacts, ...]:
    (kit,) = read_parts_folder(at, SHOP, sheet).kits
    return kit.parts


def drawing(*shapes: tuple[str, Outline], write: Draw = drawn.polyline) -> bytes:
    document = drawn.new()
    for layer, outline in shapes:
        write(document.modelspace(), outline, layer)
    return drawn.saved(document)


def patterns(*shapes: tuple[str, Outline], thickness: float = 18.0) -> tuple[FlatPattern, ...]:
    return find_parts(read_drawing(drawing(*shapes), "side.dxf"), "side.dxf", thickness)[0]


def refused(at: Path, sheet: str | None = "birch-ply-12") -> str:
    with pytest.raises(CsmError) as error:
        read_parts_folder(at, SHOP, sheet)
    assert "\n" not in str(error.value)
    return str(error.value)
