# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Each made part by itself: checked, measured, written."""

from __future__ import annotations

import json
from typing import Any

from csmkit.build import Files
from csmkit.errors import CsmError
from csmkit.export.mesh import stl, threemf
from csmkit.export.paths import part_path
from csmkit.export.step import part_step
from csmkit.geometry.bar import bar_frame
from csmkit.geometry.bar_work import bar_work
from csmkit.geometry.blank import blank_length
from csmkit.geometry.checks import check_solid
from csmkit.geometry.flat_pattern import flat_pattern
from csmkit.geometry.measure import measure
from csmkit.geometry.mesh import mesh as closed_mesh
from csmkit.geometry.shape import from_brep
from csmkit.model import Bar, Casting, Filament, Finding, PartFacts, Sheet, Stock
from csmkit.model.data import dump, load

FORMS: dict[str, type[Any]] = {"sheet": Sheet, "bar": Bar, "print": Filament, "cast": Casting}
MM3_PER_M3 = 1e9
MILL_END = 60.0  # mm of bar beyond each end of a part that is milled: bridge, cutter, dowel


def examine(kit: str, part: str, file: str, process: str, source: Files) -> Files:
    """findings.json, and facts.json if the part can be made; its poses are added later.

    Args:
        kit, part: for the findings.
        file: name of the part's files.
        process: how it is made.
        source: parts/<file>.brep and .json of the design's run.
    """
    said = json.loads(source[f"parts/{file}.json"])
    stock = stock_of(source[f"parts/{file}.json"])
    shape = from_brep(source[f"parts/{file}.brep"])
    problems = check_solid(shape)
    if problems:
        findings = [Finding(kit, "solid", part, problem, "mend the part's function") for problem in problems]
        return {"findings.json": dump(tuple(findings), tuple[Finding, ...])}
    try:
        facts = _measured(part, process, shape, stock, said["grain"])
    except CsmError as error:
        found = Finding(
            kit,
            "flat pattern" if said["form"] == "sheet" else said["form"],
            part,
            error.problem,
            error.remedy,
        )
        return {"findings.json": dump((found,), tuple[Finding, ...])}
    return {"findings.json": b"[]", "facts.json": dump(facts)}


def _measured(name: str, process: Any, shape: Any, stock: Stock, grain: Any) -> PartFacts:
    measured = measure(shape)
    pattern, length, work = None, None, None
    size = tuple(sorted(measured.size, reverse=True))
    mass = mass_of(measured.volume, stock)
    if isinstance(stock, Sheet):
        pattern = flat_pattern(shape, stock.thickness, grain)
        size = (*pattern.size, pattern.thickness)
    elif isinstance(stock, Bar):
        if process in ("carve", "mill"):
            length = blank_length(shape, stock, grain) + (2 * MILL_END if process == "mill" else 0.0)
        else:
            frame = bar_frame(shape, stock, grain)
            length, work = frame.length, bar_work(shape, stock, frame)
        size = (length, stock.width, stock.height)
    return PartFacts(
        name=name,
        stock=stock.key,
        form=stock.form,
        process=process,
        quantity=0,
        poses=(),
        size=(size[0], size[1], size[2]),
        volume=measured.volume,
        mass=mass,
        center=measured.center,
        flat_pattern=pattern,
        length=length,
        work=work,
    )


def stock_of(said: bytes) -> Stock:
    """The stock that a design's run says of a part in parts/<file>.json."""
    found = json.loads(said)
    stock: Stock = load(FORMS[found["form"]], found["stock"].encode())
    return stock


def mass_of(volume: float, stock: Stock) -> float:
    """Mass of a solid of a volume (mm³), kg; what is printed is not filled."""
    share = stock.infill if isinstance(stock, Filament) else 1.0
    return volume * share * stock.material.density / MM3_PER_M3


def step(name: str, file: str, shape: Files) -> Files:
    """parts/<part>.step."""
    return {part_path(name, "step"): part_step(name, from_brep(shape[f"parts/{file}.brep"]))}


def mesh(name: str, file: str, is_print: bool, shape: Files) -> Files:
    """parts/<part>.stl, and .3mf for what is printed."""
    made = closed_mesh(from_brep(shape[f"parts/{file}.brep"]))
    files = {part_path(name, "stl"): stl(made)}
    return files | {part_path(name, "3mf"): threemf([(name, made)])} if is_print else files
