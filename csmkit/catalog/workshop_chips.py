# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Chip loads that a workshop gives for its own cutters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from csmkit.catalog import tables
from csmkit.catalog.nearest import nearest
from csmkit.catalog.workshop_schema import ChipLoadEntry
from csmkit.catalog.workshop_stock import OWN
from csmkit.errors import CsmError
from csmkit.model.machine import ChipLoad, Tool
from csmkit.model.stock import Material

USUAL_RPM = 18000.0  # of a router's spindle with a cutter of 3 to 8 mm


def own_chip_loads(
    entries: Sequence[ChipLoadEntry], tools: Sequence[Tool], materials: Mapping[str, Material]
) -> tuple[ChipLoad, ...]:
    """The file's chip loads, those for one material before those for all.

    Raises: CsmError: a tool that the workshop doesn't have, or an unknown material.
    """
    by_key = {tool.key: tool for tool in tools}
    classes = {row.material for row in tables.chip_loads()}
    loads = []
    for number, entry in enumerate(entries, 1):
        place = f"chip_load {number}"
        if entry.tool not in by_key:
            raise CsmError(
                f"the workshop has no tool {entry.tool!r}", part=place, remedy=nearest(entry.tool, by_key)
            )
        known = classes | materials.keys()
        if entry.material is not None and entry.material not in known:
            raise CsmError(
                f"unknown material {entry.material!r}", part=place, remedy=nearest(entry.material, known)
            )
        loads.append(_load(entry, by_key[entry.tool]))
    return tuple(sorted(loads, key=lambda load: load.material == ""))


def _load(entry: ChipLoadEntry, tool: Tool) -> ChipLoad:
    kind: Literal["mill", "drill"] = "drill" if tool.kind == "drill" else "mill"
    rpm = entry.rpm or USUAL_RPM
    return ChipLoad(entry.material or "", kind, tool.diameter, entry.mm_tooth, rpm, OWN, tool.key)
