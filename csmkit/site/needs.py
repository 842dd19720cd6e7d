# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a workshop must have to make a kit, read from kit.json: machines, sheets, cutters, bars, tools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ON_A_BED = ("router", "laser", "plasma")
UNSAID = ("hand",)  # needs no machine


@dataclass(frozen=True)
class MachineNeed:
    """One kind of machine, and what it must hold.

    Args:
        process: as parts name it: router, laser, saw, print, cast, mill, …
        parts: how many different ones it makes.
        size: of the largest part on its bed, or of the box that holds each of them, mm; long side first.
    """

    process: str
    parts: int
    size: tuple[float, ...]


@dataclass(frozen=True)
class Needs:
    """Everything that a maker compares with the own workshop."""

    machines: tuple[MachineNeed, ...]
    sheets: tuple[Mapping[str, Any], ...]  # title, thickness, count, size of the whole sheet
    cutters: tuple[str, ...]  # titles, as far as programs name them
    smallest_cutter: float  # mm: what inside corners and slots were made for
    bars: tuple[Mapping[str, Any], ...]  # title, pieces, longest, mm
    tools: tuple[str, ...]  # of the assembly, those of most steps first


def needs(kit: Mapping[str, Any]) -> Needs:
    """Needs of one preset, from its kit.json."""
    return Needs(
        tuple(_machines(kit["parts"])),
        tuple(_sheets(kit)),
        _cutters(kit),
        kit["workshop"]["cutter"],
        tuple(_bars(kit)),
        _tools(kit["assembly"]["steps"]),
    )


def _machines(parts: Sequence[Mapping[str, Any]]) -> Iterable[MachineNeed]:
    for process in dict.fromkeys(part["process"] for part in parts):
        made = [part for part in parts if part["process"] == process]
        if process not in UNSAID:
            yield MachineNeed(process, len(made), _holding(made, 2 if process in ON_A_BED else 3))


def _holding(parts: Sequence[Mapping[str, Any]], axes: int) -> tuple[float, ...]:
    """The smallest box that each part goes into, turned as it likes; flat parts lie on their face."""
    sides = [sorted(part["size"][:axes], reverse=True) for part in parts]
    return tuple(max(lengths) for lengths in zip(*sides, strict=True))


def _sheets(kit: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for nesting in kit["nestings"]:
        parts = [p for p in kit["parts"] if p["stock"] == nesting["sheet"]]
        yield {
            "key": nesting["sheet"],
            "title": nesting["sheet_title"],
            "thickness": min((min(p["size"]) for p in parts), default=None),
            "count": len(nesting["layouts"]),
            "share": nesting["equivalent_sheets"],
            "sizes": sorted({tuple(layout["size"]) for layout in nesting["layouts"]}, reverse=True),
        }


def _cutters(kit: Mapping[str, Any]) -> tuple[str, ...]:
    layouts = (layout for nesting in kit["nestings"] for layout in nesting["layouts"])
    programs = (p for made in (*layouts, *kit["parts"]) for p in made.get("programs", ()))
    titles: Mapping[str, str] = kit["workshop"].get("tools", {})
    keys = dict.fromkeys(key for program in programs for key in program["tools"])
    return tuple(titles.get(key, key) for key in keys)


def _bars(kit: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for plan in kit["bars"]:
        pieces = [length for layout in plan["layouts"] for _, length in layout["pieces"]]
        yield {
            "title": plan["bar_title"],
            "count": len(plan["layouts"]),
            "pieces": len(pieces),
            "longest": max(pieces, default=0.0),
        }


def _tools(steps: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    counted: dict[str, int] = {}
    for tool in (tool for step in steps for tool in step["tools"]):
        counted[tool] = counted.get(tool, 0) + 1
    return tuple(sorted(counted, key=lambda tool: (-counted[tool], tool)))
