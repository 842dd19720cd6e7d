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
    """

    colour: str
    metallic: float = 0.0
    roughness: float = 0.8

    @property
    def rgb(self) -> tuple[float, float, float]:
        """Red, green and blue, sRGB, 0 to 1."""
        red, green, blue = (int(self.colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return (red, green, blue)


_FINISHES: Mapping[str, Finish] = MappingProxyType(
    {  # word in a material's key → look; the first that matches
        "film": Finish("#5b4636", 0, 0.5),
        "birch": Finish("#e6c99a"),
        "poplar": Finish("#e9dcc0"),
        "spruce": Finish("#e8cf9f"),
        "pine": Finish("#e3c48d"),
        "oak": Finish("#c49a63"),
        "beech": Finish("#d9a77c"),
        "ash": Finish("#dcc6a0"),
        "ply": Finish("#e0c193"),
        "mdf": Finish("#b99b77"),
        "stainless": Finish("#c9ccd0", 0.9, 0.35),
        "steel": Finish("#8d949c", 0.9, 0.45),
        "alu": Finish("#c3c8cc", 0.9, 0.4),
        "brass": Finish("#c9a94f", 0.9, 0.35),
        "rubber": Finish("#2b2b2b", 0, 0.9),
        "pla": Finish("#4f8fc0", 0, 0.5),
        "petg": Finish("#3f7fb5", 0, 0.4),
        "abs": Finish("#5a5f66", 0, 0.5),
        "asa": Finish("#5a5f66", 0, 0.5),
        "tpu": Finish("#444a52", 0, 0.7),
        "copper": Finish("#b87345", 0.9, 0.4),
        "resin": Finish("#c9b48a", 0, 0.4),
    }
)
BOUGHT = Finish("#9aa1a8", 0.7, 0.45)  # fasteners and what else has no material of its own


def finish_of(material: str) -> Finish:
    """The look of a material, by its key: "birch-ply", "steel-s235"."""
    words = re.split(r"[^a-z]+", material.lower())
    for word, finish in _FINISHES.items():
        if any(w.startswith(word) for w in words):
            return finish
    return BOUGHT
