# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How materials look in models: colours by judgement, near to the real thing and apart from each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Finish:
    """How a material looks.

    Args:
        colour: sRGB, "#e8c78f".
        metallic, roughness: 0 to 1.
        pattern: "wood" (yearly rings), "ply" (veneer on the faces, layers at the edges), "film" (a smooth
            face over plies), "board" (fibres), "" for none; the grain's direction is the part's.
    """

    colour: str
    metallic: float = 0.0
    roughness: float = 0.8
    pattern: str = ""

    @property
    def rgb(self) -> tuple[float, float, float]:
        """Red, green and blue, sRGB, 0 to 1."""
        red, green, blue = (int(self.colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return (red, green, blue)


SHORT = 3  # letters of a word that must stand alone: "plain" is no PLA

_FINISHES: Mapping[str, Finish] = MappingProxyType(
    {  # word in a material's key → look; the first that matches
        "film": Finish("#74563f", 0, 0.4, "film"),
        "birch": Finish("#e6c99a", 0, 0.75, "ply"),
        "poplar": Finish("#e9dcc0", 0, 0.8, "ply"),
        "ply": Finish("#e0c193", 0, 0.8, "ply"),
        "spruce": Finish("#e8cf9f", 0, 0.8, "wood"),
        "pine": Finish("#e3c48d", 0, 0.8, "wood"),
        "larch": Finish("#d9a871", 0, 0.8, "wood"),
        "oak": Finish("#c49a63", 0, 0.75, "wood"),
        "beech": Finish("#d9a77c", 0, 0.75, "wood"),
        "ash": Finish("#dcc6a0", 0, 0.75, "wood"),
        "mdf": Finish("#b99b77", 0, 0.85, "board"),
        "stainless": Finish("#c9ccd0", 0.9, 0.35),
        "zinc": Finish("#c3cad2", 0.85, 0.35),
        "chrome": Finish("#d5d9de", 0.95, 0.2),
        "steel": Finish("#9aa1a8", 0.9, 0.45),
        "iron": Finish("#858a8f", 0.8, 0.55),
        "alu": Finish("#c3c8cc", 0.9, 0.4),
        "brass": Finish("#c9a94f", 0.9, 0.35),
        "nickel": Finish("#cfcdc6", 0.9, 0.25),
        "ferrite": Finish("#4b4d50", 0.1, 0.7),
        "rubber": Finish("#35373a", 0, 0.6),
        "pla": Finish("#4f8fc0", 0, 0.5),
        "petg": Finish("#3f7fb5", 0, 0.4),
        "abs": Finish("#5a5f66", 0, 0.5),
        "asa": Finish("#5a5f66", 0, 0.5),
        "tpu": Finish("#444a52", 0, 0.7),
        "copper": Finish("#b87345", 0.9, 0.4),
        "resin": Finish("#bcc896", 0, 0.4),
        "webbing": Finish("#3b4a63", 0, 0.9),
        "red": Finish("#c5282b", 0, 0.25),
        "amber": Finish("#e08a1e", 0, 0.25),
        "white": Finish("#eceff1", 0, 0.25),
        "orange": Finish("#e8682a", 0, 0.7),
        "plastic": Finish("#5f6b78", 0, 0.5),
    }
)
_BOUGHT: Mapping[str, str] = MappingProxyType(
    {  # kind of a bought thing → what it mostly shows
        "wheel": "alu",
        "hitch": "steel",
        "light": "plastic",
        "strap": "webbing",
        "flag": "orange",
        "box": "plastic",
        "foot": "rubber",
        "hub": "iron",
        "bearing": "chrome",
        "pin": "chrome",
        "hinge": "steel",
    }
)
BOUGHT = _FINISHES["zinc"]  # fasteners, and what else says nothing of its material
TYRE = _FINISHES["rubber"]


def finish_of(material: str) -> Finish:
    """The look of a material, by its key: "birch-ply", "steel-s235"."""
    return _named(material) or BOUGHT


def bought_finish(kind: str, described: str) -> Finish:
    """The look of a bought thing.

    Args:
        kind: of its row: "bolt", "wheel".
        described: its standard, size and title; a colour or material in them wins: "reflector red".
    """
    return _named(described) or _FINISHES.get(_BOUGHT.get(kind, ""), BOUGHT)


def _named(text: str) -> Finish | None:
    words = [w for w in re.split(r"[^a-z]+", text.lower()) if w]
    for word, finish in _FINISHES.items():
        if any(w.startswith(word) if len(word) > SHORT else w == word for w in words):
            return finish
    return None
