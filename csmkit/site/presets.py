# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A kit's presets as the page of one of them shows them: cards with a picture, and what differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from csmkit.model.manifest import DEFAULT
from csmkit.site.kit import Built

ON_A_CARD = 4  # parameters that a card names; the table has them all


def preset_links(here: Built, presets: Sequence[Built]) -> list[dict[str, Any]]:
    """Every preset as seen from the page of one: its page, its pictures, what it changes."""
    names = [short(other.title) for other in presets]
    return [
        _link(here, other, name if names.count(name) == 1 else other.title)
        for other, name in zip(presets, names, strict=True)
    ]


def short(title: str) -> str:
    """A title up to its colon, in the language that it is in."""
    return type(title)(title.partition(":")[0])


def distinct(here: Built, presets: Sequence[Built]) -> list[Built]:
    """Of presets with the same values one: that of the page, else the first; in their order."""
    chosen: list[Built] = []
    for other in sorted(presets, key=lambda preset: preset is not here):
        if all(_values(other) != _values(known) for known in chosen):
            chosen.append(other)
    return [other for other in presets if other in chosen]


def _values(built: Built) -> list[Any]:
    return [param["value"] for param in built.data["params"]]


def _link(here: Built, other: Built, name: str) -> dict[str, Any]:
    up = "./" if here.preset == DEFAULT else "../"
    to = up if other.preset == DEFAULT else f"{up}{quote(other.preset)}/"
    changed = [p for p in other.data["params"] if p["value"] != p["default"]]
    return {
        "built": other,
        "name": name,
        "href": "./" if other is here else to,
        "is_here": other is here,
        "stills": _stills(here, other),
        "lines": _lines(here, other),
        "changed": changed[:ON_A_CARD],
        "more": max(len(changed) - ON_A_CARD, 0),
    }


def _stills(here: Built, other: Built) -> list[dict[str, Any]]:
    shots = other.data["pictures"].get("hero", [])
    return [{**shot, "src": here.files_of(other) + quote(shot["path"])} for shot in shots[:1]]


def _lines(here: Built, other: Built) -> str:
    path = other.data["pictures"].get("lines", "")
    return here.files_of(other) + quote(path) if path else ""
