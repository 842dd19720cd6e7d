# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A folder of DXF files as parts: every file a part, its material and quantity from folder, name or table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from csmkit.catalog.nearest import nearest
from csmkit.errors import CsmError
from csmkit.export.dxf.drawing import Drawing, read_drawing
from csmkit.export.dxf.layers import find_layer
from csmkit.export.dxf.parts import find_parts
from csmkit.export.own_parts.kit import OwnPart, OwnParts, find_good, gathered, kit_key, sheet_facts
from csmkit.export.own_parts.table import MOST, Row, read_rows
from csmkit.export.paths import file_stem, flat_folder
from csmkit.model import Finding, FlatPattern, Sheet, Workshop
from csmkit.model.lengths import MM, Unit

TABLE = "parts.csv"
REQUIRED = ("file",)
OPTIONAL = ("quantity", "material", "stock", "grain", "label", "edges", "note", "unit")
OTHER_SHEET = 0.35  # mm between the thickness that a file was drawn for and the sheet's: slots no longer fit

WORDS = MappingProxyType({"in": "inches", "ft": "feet", "cm": "centimetres", "m": "metres"})
Axis = Literal["x", "y"]

_COPIES = re.compile(r"(?P<name>.*?)[ _-][x×](?P<quantity>\d+)", re.IGNORECASE)
_NOTE = re.compile(r"\d+ × (?P<stock>.+), [\d.]+ mm(?:, grain along (?P<grain>[xy]))?")


@dataclass(frozen=True)
class _Said:
    """What is known of a file before its outlines are looked at."""

    path: Path
    name: str  # its path within the folder: what errors call it
    row: Row | None  # of parts.csv
    sheet: str | None  # for files that tell no material
    unit: Unit | None  # of files whose row tells none


def read_parts_folder(
    folder: Path, workshop: Workshop, sheet: str | None = None, unit: Unit | None = None
) -> OwnParts:
    """Parts of all DXF files in a folder and the folders in it.

    Quantity: a table `parts.csv` in the folder, else the file's name (`side_x2.dxf`), else 1. Material: the
    table, else a folder such as `birch-ply-18mm`, else the note that our own files carry, else `sheet`.
    Grain: the table, else that note; else the part turns freely.

    Args:
        folder: any folder; of a folder that holds `flat/`, as a build leaves it, only that. Or one DXF file,
            for which a table beside it counts.
        workshop: its goods and their real thickness.
        sheet: good for files that tell none.
        unit: of the drawings' coordinates, instead of what the files say; a table's row comes first.
    Raises: CsmError: one line with file, layer and place, value and remedy.
    """
    if folder.is_file():
        root, files = folder.parent, [folder]
        listed = [p for p in root.iterdir() if p.suffix.lower() == ".dxf"]
    else:
        root = folder / "flat" if (folder / "flat").is_dir() else folder
        if not root.is_dir():
            raise CsmError("no such file or folder", kit=folder.name, remedy="check --parts")
        files = listed = _files(root)
    if not files:
        raise CsmError("no .dxf file in it", kit=folder.name, remedy="put one DXF a part into it")
    findings: list[Finding] = []
    kit = kit_key(folder.name if folder.is_file() else f"{folder.resolve().name}.dxf")
    parts = [
        part
        for said in _said(root, files, _rows(root, listed), sheet, unit)
        for part in _parts(said, workshop, kit, findings)
    ]
    return gathered(parts, findings)


def _files(root: Path) -> list[Path]:
    """All drawings, without those of a second setup: their parts are in the file beside them."""
    files = sorted(p for p in root.rglob("*") if p.suffix.lower() == ".dxf" and p.is_file())
    shown = [p for p in files if not any(part.startswith(".") for part in p.relative_to(root).parts)]
    stems = {p.with_suffix("") for p in shown}
    return [
        p for p in shown if p.with_name(p.stem.removesuffix("_bottom")) not in stems - {p.with_suffix("")}
    ]


def _said(
    root: Path,
    files: Sequence[Path],
    rows: Mapping[Path, Sequence[Row]],
    sheet: str | None,
    unit: Unit | None,
) -> Iterator[_Said]:
    """Each file with its row of the table; once for each row if it has several."""
    for path in files:
        name = path.relative_to(root).as_posix()
        entries: list[Row | None] = [*rows.get(path, ())]
        for row in entries or [None]:
            yield _Said(path, name, row, sheet, unit)


def _rows(root: Path, files: Sequence[Path]) -> dict[Path, list[Row]]:
    """The rows of the folder's table by file; none without a table."""
    table = next((p for p in sorted(root.iterdir()) if p.name.lower() == TABLE and p.is_file()), None)
    if table is None:
        return {}
    names = {path: _plain(path.relative_to(root).as_posix()) for path in files}
    found: dict[Path, list[Row]] = {}
    for row in read_rows(_bytes(table, table.name), table.name, REQUIRED, OPTIONAL):
        wanted = _plain(row.text("file"))
        fitting = [p for p in files if wanted in (names[p], names[p].rpartition("/")[2])]
        if not wanted:
            raise row.error("file", "is blank", "write the name of a DXF file in this folder")
        if not fitting:
            raise row.error("file", f"no file {row.text('file')!r}", nearest(wanted, names.values()))
        if len(fitting) > 1:
            places = ", ".join(names[p] for p in fitting)
            raise row.error("file", f"{row.text('file')!r} may be {places}", "write it with its folder")
        found.setdefault(fitting[0], []).append(row)
    return found


def _plain(name: str) -> str:
    return name.lower().replace("\\", "/").removeprefix("./").removesuffix(".dxf")


def _parts(said: _Said, workshop: Workshop, kit: str, findings: list[Finding]) -> Iterator[OwnPart]:
    """The parts of one file, numbered if there are several."""
    unit = _unit(said)
    drawing = read_drawing(_bytes(said.path, said.name), said.name, unit)
    sheet = _sheet(said, drawing, workshop)
    quantity = _quantity(said)
    patterns, remarks = find_parts(drawing, said.name, sheet.thickness, workshop.layers)
    if unit is None and drawing.unit != "mm":
        problem = f"the file says {WORDS[drawing.unit]}: its lengths were multiplied by {MM[drawing.unit]:g}"
        remedy = "if it was drawn in mm, give --unit mm"
        findings.append(Finding(kit, "unit", said.name, problem, remedy, "warning"))
    for remark in (*drawing.remarks, *remarks, *_other_thickness(drawing, sheet)):
        findings.append(Finding(kit, "drawing", said.name, remark, "", "warning"))
    label = _label(said, drawing)
    for number, pattern in enumerate(patterns, 1):
        name = label if len(patterns) == 1 else f"{label}-{number}"
        grain = _grain(said, drawing, pattern) if sheet.material.has_grain else None
        facts = sheet_facts(name, replace(pattern, grain=grain), sheet, quantity)
        row = said.row
        yield OwnPart(facts, kit, row.text("edges") if row else "", row.text("note") if row else "")


def _bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it can't be read"
        raise CsmError(f"can't read the file: {reason}", kit=name, remedy="check its rights") from None


def _unit(said: _Said) -> Unit | None:
    """What the maker says of it: the table's row, else `--unit`."""
    return (said.row.unit() if said.row else None) or said.unit


def _quantity(said: _Said) -> int:
    if said.row and said.row.text("quantity"):
        return said.row.count()
    found = _COPIES.fullmatch(said.path.stem)
    quantity = int(found["quantity"]) if found and found["name"] else 1
    if not 1 <= quantity <= MOST:
        raise CsmError(
            f"quantity {quantity} in the file's name is outside 1 to {MOST}",
            kit=said.name,
            remedy="name it like side_x2.dxf",
        )
    return quantity


def _label(said: _Said, drawing: Drawing) -> str:
    """The table's label, else the file's name, or what our own files say that it was made from."""
    if said.row and said.row.text("label"):
        return said.row.text("label")
    found = _COPIES.fullmatch(said.path.stem)
    stem = found["name"] if found and found["name"] else said.path.stem
    written = (t.text for t in drawing.texts if t.layer == "LABELS" and file_stem(t.text) == stem)
    return next(written, stem)


def _sheet(said: _Said, drawing: Drawing, workshop: Workshop) -> Sheet:
    """What a file's parts are cut from."""
    word = said.row and (said.row.text("stock") or said.row.text("material"))
    folder = said.path.parent.name
    by_folder = next((s for s in workshop.sheets if flat_folder(s) == f"flat/{folder}"), None)
    if not word and by_folder:
        return by_folder
    word = word or _note(drawing, "stock") or said.sheet
    if not word:
        raise CsmError(
            "tells no material",
            kit=said.name,
            remedy="put it into a folder such as birch-ply-18mm, list it in parts.csv (columns file and "
            "material), or name one sheet for all with --sheet",
        )
    good = find_good(workshop, word)
    if isinstance(good, Sheet):
        return good
    if good is None:
        problem, remedy = f"unknown sheet {word!r}", nearest(word.lower(), [s.key for s in workshop.sheets])
    else:
        problem, remedy = f"{good.key} is a bar, and a drawing's part needs a sheet", "name a sheet"
    if said.row:
        raise said.row.error("material", problem, remedy)
    raise CsmError(problem, kit=said.name, remedy=remedy)


def _note(drawing: Drawing, field: str) -> str | None:
    """What the note in a file of our own says: "2 × birch-ply-12, 11.8 mm, grain along x"."""
    notes = (_NOTE.fullmatch(t.text) for t in drawing.texts if t.layer == "NOTES")
    return next((n[field] for n in notes if n), None)


def _grain(said: _Said, drawing: Drawing, pattern: FlatPattern) -> Axis | None:
    """Along which axis of the drawing the grain runs: by the table's side of the part, or by the note."""
    if not said.row or "grain" not in said.row.headers:
        return _axis(_note(drawing, "grain"))
    side = said.row.grain()
    is_across = pattern.size[0] < pattern.size[1]  # its length runs in y
    named = "y" if (side == "width") != is_across else "x"
    return None if side is None else _axis(said.row.text("grain").lower()) or _axis(named)


def _axis(word: str | None) -> Axis | None:
    return "x" if word == "x" else "y" if word == "y" else None


def _other_thickness(drawing: Drawing, sheet: Sheet) -> Iterator[str]:
    specs = [find_layer(layer, sheet.thickness) for layer in drawing.outlines]
    depths = [s.depth for s in specs if s and s.operation == "cut-outside" and s.depth]
    if depths and abs(max(depths) - sheet.thickness) > OTHER_SHEET:
        yield (
            f"drawn for {max(depths):g} mm, and {sheet.key} is {sheet.thickness:g} mm: slots may not fit, "
            "pockets keep their depth"
        )
