# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What kit.json and plan.json say of a sheet's programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from csmkit.export.paths import file_stem, gcode_folder, gcode_path, moves_path, panel_stem
from csmkit.model import Layout


def program_rows(
    files: Mapping[str, bytes], machine: str, layout: Layout, number: int
) -> list[dict[str, Any]]:
    """The programs of one sheet in the order of work, as far as there are any; with the number of the panel
    where it is sawn into such first.

    Args:
        files: all that lies in the folder.
        machine: its key.
        layout, number: of the sheet, and its number from 1.
    """
    if not layout.panels:
        return _of(files, machine, layout.stock, number)
    stem = panel_stem(layout.stock, number)
    panels = range(1, len(layout.panels) + 1)
    return [{"panel": k, **row} for k in panels for row in _of(files, machine, stem, k)]


def is_programmed(rows: Sequence[Mapping[str, Any]], layout: Layout) -> bool:
    """There is a program for the sheet, for each of its panels if it has such."""
    return len({row.get("panel", 1) for row in rows}) >= max(len(layout.panels), 1)


def _of(files: Mapping[str, bytes], machine: str, stem: str, number: int) -> list[dict[str, Any]]:
    return _rows(files, [gcode_path(machine, stem, number, "json", turned) for turned in (True, False)])


def milled_rows(files: Mapping[str, bytes], machine: str, part: str) -> list[dict[str, Any]]:
    """The programs of one milled part in the order of work."""
    stem = f"{gcode_folder(machine)}/{file_stem(part)}"
    return _rows(files, [f"{stem}{side}.json" for side in ("-bottom", "")])


def _rows(files: Mapping[str, bytes], proofs: Sequence[str]) -> list[dict[str, Any]]:
    rows = []
    for path in (p for p in proofs if p in files):
        proof, folder = json.loads(files[path]), path.rpartition("/")[0]
        moves = moves_path(proof["machine"], proof["setup"])
        rows.append(
            {
                "side": proof["side"],
                "files": [f"{folder}/{name}" for name in proof["files"]],
                "proof": path,
                "svg": f"{path.removesuffix('.json')}.svg",
                "moves": moves if moves in files else None,
                "tools": proof["tools"],
                "tabs": proof["tabs"],
                "seconds": proof["seconds"],
            }
        )
    return rows
