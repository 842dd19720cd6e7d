# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the book says of a kit as a whole: its cover, its dangers, its licence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import csmkit
from csmkit.export.book.text import tree
from csmkit.export.book.words import clock, figure, kg, value

NEAREST = 6  # limits on the page of dangers: those that have the least room left
MATURITY = {
    "idea": "an idea: nobody has built it",
    "prototype": "a prototype",
    "tested": "built and tested",
    "proven": "proven in use",
}


def cover(kit: Mapping[str, Any]) -> dict[str, Any]:
    """Title, what it is, what is special about this build, and key facts."""
    preset = next((p for p in kit["presets"] if p["key"] == kit["preset"]), None)
    return {
        "title": kit["title"],
        "summary": kit["summary"],
        "key": kit["kit"],
        "preset": preset["title"] if preset and kit["preset"] != "default" else "",
        "edition": kit["preset"],
        "version": kit["version"],
        "license": kit["license"],
        "licensors": ", ".join(person["name"] for person in kit["licensors"]),
        "changed": changed(kit),
        "facts": _facts(kit),
        "workshop": _workshop(kit),
        "made_with": f"csmkit {csmkit.__version__}",
    }


def changed(kit: Mapping[str, Any]) -> list[dict[str, str]]:
    """The parameters that differ from the default."""
    return [
        {
            "name": param["name"],
            "text": param["text"],
            "value": value(param["value"], param["unit"]),
            "default": value(param["default"], param["unit"]),
        }
        for param in kit["params"]
        if param["value"] != param["default"]
    ]


def _facts(kit: Mapping[str, Any]) -> list[tuple[str, str]]:
    sheets = sum(len(nesting["layouts"]) for nesting in kit["nestings"])
    bars = sum(len(plan["layouts"]) for plan in kit["bars"])
    stock = [_count(sheets, "sheet"), _count(bars, "bar")]
    assembly = sum(step["minutes"] for step in kit["assembly"]["steps"])
    price = kit["price"]
    return [
        ("Size, assembled", f"{' × '.join(f'{side:.0f}' for side in kit['size'])} mm"),
        ("Mass", kg(kit["mass"])),
        ("Parts to make", str(sum(part["quantity"] for part in kit["parts"]))),
        ("Cut from", " and ".join(filter(None, stock)) or "–"),
        ("Assembly", f"{len(kit['assembly']['steps'])} steps, about {clock(assembly)}"),
        ("Cost in this workshop", f"{price['total']} {price['currency']}"),
        ("Skill", kit["skill"]),
        ("Maturity", MATURITY[kit["maturity"]]),
    ]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def _workshop(kit: Mapping[str, Any]) -> str:
    shop = kit["workshop"]
    return (
        f"The sheets were planned for {shop['name']}: {shop['machine_title']}, cutter {shop['cutter']:g} mm,"
        f" {shop['spacing']:g} mm between parts, {shop['edge']:g} mm from the edge."
    )


def safety(kit: Mapping[str, Any]) -> dict[str, Any]:
    """The dangers: what nobody has tested, what the maker says, the limits with the least room."""
    return {
        "untested": list(kit["untested"]),
        "intro": tree(kit["assembly"]["intro"]),
        "nearest": [
            {"name": limit["name"], "value": figure(limit["value"], limit["unit"]), "bound": bound(limit)}
            for limit in sorted(kit["limits"], key=_room)[:NEAREST]
        ],
        "limits": len(kit["limits"]),
    }


def bound(limit: Mapping[str, Any]) -> str:
    """What a limit asks for: "at most 36.4 N/mm²"."""
    if limit["at_least"] is not None:
        return f"at least {figure(limit['at_least'], limit['unit'])}"
    return f"at most {figure(limit['at_most'], limit['unit'])}"


def _room(limit: Mapping[str, Any]) -> float:
    """How far a value is from its limit, as a share of the limit."""
    least = limit["at_least"] is not None
    edge = float(limit["at_least"] if least else limit["at_most"])
    return abs(float(limit["value"]) - edge) / max(abs(edge), 1e-9)


def end(kit: Mapping[str, Any]) -> dict[str, Any]:
    """Licence, and where to tell what was found."""
    return {
        "repo": kit["repo"],
        "params": [
            {"name": p["name"], "value": value(p["value"], p["unit"]), "text": p["text"]}
            for p in kit["params"]
        ],
    }
