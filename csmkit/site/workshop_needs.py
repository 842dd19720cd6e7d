# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a preset asks of a workshop: machines, materials, tools, the largest part of each sheet good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from csmkit.catalog.families import METALS, family
from csmkit.catalog.workshop import default_workshop
from csmkit.export.language.language import N_
from csmkit.model.stock import Sheet
from csmkit.site.kit import Built

MACHINES = {  # in the order in which they are shown; what a workshop may lack
    "router": N_("CNC router"),
    "laser": N_("laser cutter"),
    "metal": N_("laser or plasma for metal"),
    "printer": N_("3D printer"),
    "welder": N_("welder"),
}
BEAMS = ("laser", "plasma")
OF_PROCESS = {"router": "router", "mill": "router", "laser": "laser", "plasma": "metal", "print": "printer"}


def workshop_needs(built: Built) -> dict[str, Any]:
    """What catalog.json says under "needs"; docs/contributors/catalog-json.md tells its shape."""
    parts = built.data["parts"]
    tools = [tool["key"] for tool in built.data["tools"]]
    wanted = {_machine(part) for part in parts} | {tool for tool in tools if tool in MACHINES}
    margin = 2 * built.data["workshop"]["edge"]
    goods = {sheet.key: sheet for sheet in default_workshop().sheets}
    return {
        "machines": [key for key in MACHINES if key in wanted],
        "materials": sorted({part["material"] for part in parts}),
        "tools": [tool for tool in tools if tool not in MACHINES],
        "cuts": [
            _cut(group, margin) | {"other": _other(group[0]["stock"], built.data["params"], goods)}
            for group in _alike(parts, "sheet", _cut_key)
        ],
        "bars": [_bar(group) for group in _alike(parts, "bar", lambda p: (p["stock"], p["process"]))],
        "prints": [_print(group) for group in _alike(parts, "print", lambda p: (p["stock"],))],
    }


def _machine(part: Mapping[str, Any]) -> str | None:
    """The machine that is planned for a part; None for what hands and a saw do."""
    if part["is_metal"] and part["process"] in BEAMS:
        return "metal"
    return OF_PROCESS.get(part["process"])


def _cut_key(part: Mapping[str, Any]) -> tuple[str, ...]:
    return (part["stock"], *part["ways"])


def _alike(parts: Iterable[Mapping[str, Any]], form: str, key: Any) -> Iterable[Sequence[Mapping[str, Any]]]:
    """Parts of one form, those with the same key together."""
    of_form = sorted((part for part in parts if part["form"] == form), key=key)
    return [list(group) for _, group in groupby(of_form, key)]


def _cut(parts: Sequence[Mapping[str, Any]], margin: float) -> dict[str, Any]:
    first = parts[0]
    longest = max(parts, key=lambda p: max(p["size"][:2]))
    widest = max(parts, key=lambda p: min(p["size"][:2]))
    grained = [_along_grain(part) for part in parts if part["grain"]]
    return {
        "stock": first["stock_title"],
        "material": first["material"],
        "thickness": first["thickness"],
        "metal": first["is_metal"],
        "ways": first["ways"],
        "parts": _pieces(parts),
        "long": round(max(longest["size"][:2]), 1),
        "longest": longest["name"],
        "short": round(min(widest["size"][:2]), 1),
        "widest": widest["name"],
        "grained": [round(max(sides), 1) for sides in zip(*grained, strict=True)] if grained else None,
        "margin": margin,
    }


def _other(
    stock: str, params: Sequence[Mapping[str, Any]], goods: Mapping[str, Sheet]
) -> dict[str, Any] | None:
    """Sheets that can be set instead, one a thickness, and the parameters that set them; None if none can."""
    setting = [p for p in params if p["kind"] == "choice" and p["value"] == stock]
    if not setting or not all(key in goods for key in (stock, *setting[0]["options"])):
        return None
    own = goods[stock]
    is_metal = family(own.material) in METALS
    offered = [goods[key] for key in setting[0]["options"] if all(key in p["options"] for p in setting)]
    sheets: dict[float, Sheet] = {}
    for sheet in sorted(offered, key=lambda s: (s.material.key != own.material.key, s.nominal, s.key)):
        if sheet.nominal != own.nominal and (family(sheet.material) in METALS) == is_metal:
            sheets.setdefault(sheet.nominal, sheet)
    return {
        "params": [p["name"] for p in setting],
        "sheets": [{"key": s.key, "stock": s.title, "thickness": s.nominal} for s in sheets.values()],
    }


def _along_grain(part: Mapping[str, Any]) -> tuple[float, float]:
    """Sizes along and across the face grain."""
    x, y = part["size"][:2]
    return (x, y) if part["grain"] == "x" else (y, x)


def _bar(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    longest = max(parts, key=lambda p: p["size"][0])
    return {
        "stock": longest["stock_title"],
        "material": longest["material"],
        "way": longest["process"],
        "parts": _pieces(parts),
        "long": round(longest["size"][0], 1),
        "longest": longest["name"],
    }


def _print(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    sides = [sorted(part["size"], reverse=True) for part in parts]
    return {
        "stock": parts[0]["stock_title"],
        "material": parts[0]["material"],
        "parts": _pieces(parts),
        "size": [round(max(side), 1) for side in zip(*sides, strict=True)],
        "largest": max(parts, key=lambda p: max(p["size"]))["name"],
    }


def _pieces(parts: Sequence[Mapping[str, Any]]) -> int:
    return sum(part["quantity"] for part in parts)
