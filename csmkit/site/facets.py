# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""By what the catalog can be narrowed: each value with the number of kits that have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from csmkit.export.language.language import ENGLISH, N_, Language
from csmkit.site.workshop_needs import MACHINES

SKILLS = (N_("beginner"), N_("intermediate"), N_("advanced"))
MATURITIES = (N_("idea"), N_("prototype"), N_("tested"), N_("proven"))


@dataclass(frozen=True)
class Facet:
    """One question of the filter.

    Args:
        key: its name in the address.
        title: what stands above it.
        options: value, words and number of kits.
    """

    key: str
    title: str
    options: Sequence[tuple[str, str, int]]


def facets(
    rows: Sequence[Mapping[str, Any]], words: Mapping[str, str], language: Language = ENGLISH
) -> list[Facet]:
    """The questions that divide these kits: what all or none have is not asked.

    Args:
        rows: of catalog.json.
        words: what values are called on the page; others show as they are.
        language: of the page.
    """
    _ = language.gettext
    asked = [
        ("material", _("Made of"), _of_needs(rows, "materials")),
        ("machine", _("Machine needed"), _of_needs(rows, "machines")),
        ("without", _("Can be made without"), _lacking(rows)),
        ("skill", _("Skill"), [{row["skill"]} for row in rows]),
        ("maturity", _("Maturity"), [{row["maturity"]} for row in rows]),
        ("tag", _("Subject"), [_subjects(row) for row in rows]),
    ]
    found = [Facet(key, title, _options(key, words, values)) for key, title, values in asked]
    return [facet for facet in found if _divides(facet, len(rows))]


def facet_words(
    data: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], language: Language
) -> dict[str, str]:
    """What the values of all questions are called in a language.

    Args:
        data: catalog.json.
        rows: its kits in that language.
    """
    known = {**data["machines"], **data["tools"], **{word: word for word in (*SKILLS, *MATURITIES)}}
    known |= {m: m for row in data["kits"] for preset in row["presets"] for m in preset["needs"]["materials"]}
    tags = {
        key: said
        for row, local in zip(data["kits"], rows, strict=True)
        for key, said in zip(row["tags"], local["tags"], strict=True)
    }
    return {**tags, **{key: language.gettext(text) for key, text in known.items()}}


def _subjects(row: Mapping[str, Any]) -> set[str]:
    """Tags that say more than the kit's skill and materials do."""
    said = {material for preset in row["presets"] for material in preset["needs"]["materials"]}
    return {*row["tags"]} - said - {row["skill"]}


def _of_needs(rows: Iterable[Mapping[str, Any]], name: str) -> list[set[str]]:
    """What any preset of each kit asks for."""
    return [{value for preset in row["presets"] for value in preset["needs"][name]} for row in rows]


def _lacking(rows: Sequence[Mapping[str, Any]]) -> list[set[str]]:
    """Of each kit, what at least one of its presets can do without."""
    wanted = [[_tools(preset) for preset in row["presets"]] for row in rows]
    every: set[str] = set().union(*(tools for presets in wanted for tools in presets))
    return [every.difference(set[str].intersection(*presets)) for presets in wanted]


def _tools(preset: Mapping[str, Any]) -> set[str]:
    return {*preset["needs"]["machines"], *preset["needs"]["tools"]}


def _options(key: str, words: Mapping[str, str], values: Iterable[set[str]]) -> list[tuple[str, str, int]]:
    count = Counter(value for found in values for value in found)
    ranks = {"skill": SKILLS, "maturity": MATURITIES, "machine": tuple(MACHINES)}
    rank = ranks.get(key, ())
    order = sorted(count, key=lambda v: (rank.index(v) if v in rank else len(rank), -count[v], v))
    return [(value, words.get(value, value), count[value]) for value in order]


def _divides(facet: Facet, kits: int) -> bool:
    return any(count < kits for _, _, count in facet.options)
