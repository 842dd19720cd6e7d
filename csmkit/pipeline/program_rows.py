# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What kit.json and plan.json say of a sheet's programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from csmkit.export.paths import gcode_path


def program_rows(files: Mapping[str, bytes], machine: str, stock: str, number: int) -> list[dict[str, Any]]:
    """The programs of one sheet in the order of work, as far as there are any.

    Args:
        files: all that lies in the folder.
        machine, stock: their keys.
        number: of the sheet, from 1.
    """
    rows = []
    for is_turned in (True, False):
        path = gcode_path(machine, stock, number, "json", is_turned)
        if path in files:
            proof, folder = json.loads(files[path]), path.rpartition("/")[0]
            rows.append(
                {
                    "side": proof["side"],
                    "files": [f"{folder}/{name}" for name in proof["files"]],
                    "proof": path,
                    "svg": f"{path.removesuffix('.json')}.svg",
                    "tools": proof["tools"],
                    "tabs": proof["tabs"],
                    "seconds": proof["seconds"],
                }
            )
    return rows
