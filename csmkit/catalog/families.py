# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Materials and tools in the words by which people look for a kit: plywood, steel, welder."""

from __future__ import annotations

import re
from collections.abc import Iterable

from csmkit.catalog.table import read_rows
from csmkit.model.stock import Material

METALS = ("steel", "aluminium")  # cut by another laser than wood
OTHER = "other"


def family(material: Material) -> str:
    """The family that a material belongs to: "plywood"; of a workshop's own, the class that it is cut as."""
    known = {row["key"]: row["family"] for row in read_rows("materials")}
    return known.get(material.key, material.machining or OTHER)


def notable_tools(named: Iterable[str]) -> list[tuple[str, str]]:
    """Key and title of the tools that not everybody has, among those that steps name; in the table's order.

    Args:
        named: as a step says it: "2 spanners 13 mm", "drill", "clamps or vice".
    """
    said = list(named)
    return [
        (row["key"], row["title"])
        for row in read_rows("hand_tools")
        if any(_means(text, row["words"].split("|")) for text in said)
    ]


def _means(text: str, words: Iterable[str]) -> bool:
    """Whether a text begins with one of the words, a number before it aside, or offers it after "and"."""
    first = re.sub(r"^(\d+|a|an|one|two|three|four)\s+", "", text.strip(), flags=re.IGNORECASE)
    places = [first, *re.split(r"\band\s+", first)[1:]]
    return any(
        re.match(rf"{re.escape(word)}(\b|\d)", place, re.IGNORECASE) for word in words for place in places
    )
