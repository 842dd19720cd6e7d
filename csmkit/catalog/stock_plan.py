# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a cut plan takes from a workshop's leftovers, and what it leaves, as csm cut's plan.json says it."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from csmkit.catalog.stock_file import SHORT, Piece
from csmkit.catalog.workshop_schema import BarOffcutEntry, OffcutEntry
from csmkit.errors import CsmError

PLAN = "plan.json"
FORMAT = 1
CUT_IT = "csm cut writes one: name its folder, build/cut/NAME"


class _Offcut(BaseModel):
    outline: tuple[tuple[float, float], ...]
    grain: Literal["x", "y"] | None


class _Sheet(BaseModel):
    sheet: str
    stock: str
    kind: Literal["sheet", "offcut"]
    offcuts: tuple[_Offcut, ...]


class _Bar(BaseModel):
    bar: str
    stock: str
    kind: Literal["bar", "offcut"]
    rest: float
    keep: bool


class MadePlan(BaseModel):
    """The part of plan.json that concerns the stock."""

    format: Literal[1]
    name: str
    sheets: tuple[_Sheet, ...]
    bars: tuple[_Bar, ...]

    @property
    def id(self) -> str:
        """From what it takes and leaves."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[: 2 * SHORT]


def read_plan(place: Path) -> MadePlan:
    """The plan of a folder that csm cut wrote.

    Raises: CsmError: there is none, or it is not what csm cut writes.
    """
    file = place / PLAN if place.is_dir() or not place.suffix else place
    try:
        return MadePlan.model_validate_json(file.read_bytes())
    except OSError as error:
        raise CsmError(f"can't read {file}: {error.strerror}", remedy=CUT_IT) from None
    except ValidationError as error:
        where = ", ".join(str(step) for step in error.errors()[0]["loc"])
        raise CsmError(
            f"is no cut plan of this version{where and f': {where}'}", kit=str(file), remedy=CUT_IT
        ) from None


def leaves(plan: MadePlan) -> Iterator[Piece]:
    """Pieces that are worth keeping once the plan is cut; sizes are whole millimetres, never too large."""
    for sheet in plan.sheets:
        for offcut in sheet.offcuts:
            yield _offcut(sheet.sheet, offcut, plan.name)
    for bar in plan.bars:
        if bar.keep:
            yield BarOffcutEntry(bar=bar.bar, length=_whole(bar.rest), quantity=1, plan=plan.name)


def takes(plan: MadePlan) -> Counter[tuple[str, str]]:
    """Offcuts that the plan cuts up: how many of each stock key, with the good."""
    sheets = ((sheet.sheet, sheet.stock) for sheet in plan.sheets if sheet.kind == "offcut")
    bars = ((bar.bar, bar.stock) for bar in plan.bars if bar.kind == "offcut")
    return Counter([*sheets, *bars])


def opens(plan: MadePlan) -> Counter[str]:
    """Whole sheets and bars that the plan cuts up: how many of each stock key."""
    sheets = (sheet.stock for sheet in plan.sheets if sheet.kind == "sheet")
    return Counter([*sheets, *(bar.stock for bar in plan.bars if bar.kind == "bar")])


def _offcut(sheet: str, offcut: _Offcut, plan: str) -> OffcutEntry:
    xs, ys = zip(*offcut.outline, strict=True)
    size = (_whole(max(xs) - min(xs)), _whole(max(ys) - min(ys)))
    corners = {(x, y) for x in (min(xs), max(xs)) for y in (min(ys), max(ys))}
    if len(offcut.outline) == len(corners) and set(offcut.outline) == corners:
        return OffcutEntry(sheet=sheet, size=size, grain=offcut.grain, quantity=1, plan=plan)
    polygon = tuple((round(x - min(xs), 1), round(y - min(ys), 1)) for x, y in offcut.outline)
    return OffcutEntry(sheet=sheet, polygon=polygon, grain=offcut.grain, quantity=1, plan=plan)


def _whole(length: float) -> float:
    return float(math.floor(length + 1e-6))
