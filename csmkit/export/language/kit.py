# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A kit in another language: the texts of its kit.json, from its own translations and the catalogs.

What nobody has translated stays English and says so: it is a `Foreign` text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from csmkit.export.language.language import SOURCE, Foreign, Language
from csmkit.export.language.phrases import HOLE, Translation, table, translated

TEXTS = (  # of kit.json, that people read; "*" is each of a list
    "title",
    "summary",
    "function",
    "untested.*",
    "tags.*",
    "presets.*.title",
    "tiers.*.title",
    "tiers.*.text",
    "params.*.text",
    "parts.*.stock_title",
    "parts.*.work",
    "bought.*.title",
    "bom.*.title",
    "bom.*.size",
    "shopping.*.title",
    "shopping.*.unit",
    "times.*.name",
    "times.*.how",
    "price.lines.*.name",
    "price.lines.*.how",
    "limits.*.name",
    "limits.*.formula",
    "limits.*.source",
    "limits.*.remedy",
    "figures.*.title",
    "figures.*.note",
    "figures.*.source",
    "figures.*.columns.*",
    "nestings.*.sheet_title",
    "bars.*.bar_title",
    "workshop.name",
    "workshop.machine_title",
    "workshop.tools.*",
    "tools.*.title",
    "changes.*.changes.*",
    "assembly.steps.*.tools.*",
)


def in_language(kit: Mapping[str, Any], language: Language) -> Mapping[str, Any]:
    """A kit.json as pages and books of a language show it.

    Returns: with `names` (what parts and bought things are called, by their names) and `renamed` (the parts
        among them), which kit.json itself has not.
    """
    if language.code == SOURCE:
        return kit
    said: Mapping[str, Any] = kit.get("translations", {}).get(language.code, {})
    find = finder(kit, language)

    def told(text: Any) -> Any:
        if not isinstance(text, str) or not text:
            return text
        found = find(text)
        return Foreign(text) if found is None else found

    data = dict(kit)
    for path in TEXTS:
        data = _changed(data, path.split("."), told)
    data["assembly"] = _assembly(data["assembly"], said)
    data["names"] = {**_names(data["bought"], data["bulk"], language), **said.get("parts", {})}
    data["renamed"] = sorted(said.get("parts", {}))
    return data


def finder(kit: Mapping[str, Any], language: Language) -> Callable[[str], str | None]:
    """What gives a text of a kit in a language: the kit's own translation, else the catalog's, else None."""
    said: Mapping[str, Any] = kit.get("translations", {}).get(language.code, {})
    own = table(said.get("texts", {}))
    return lambda text: translated(text, lambda words: own.get(words) or known(language, words))


def known(language: Language, words: str) -> Translation | None:
    """A phrase of the core or of the tables, from the catalog."""
    found = language.find(words)
    return Translation(found, (True,) * words.count(HOLE)) if found else None


def _changed(data: Any, path: list[str], told: Callable[[Any], Any]) -> Any:
    """A copy of the data with the texts at a path changed; what isn't there is left out."""
    if not path:
        return told(data)
    step, rest = path[0], path[1:]
    if step == "*" and isinstance(data, Mapping):
        return {name: _changed(one, rest, told) for name, one in data.items()}
    if step == "*":
        return [_changed(one, rest, told) for one in data]
    return {**data, step: _changed(data[step], rest, told)} if step in data else data


def _assembly(assembly: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Introduction and steps; a step that isn't translated is English as a whole."""
    steps = said.get("steps") or [None] * len(assembly["steps"])
    intro = said.get("intro") or _foreign(assembly["intro"])
    return {
        **assembly,
        "intro": intro,
        "steps": [
            {**step, **(other or {name: _foreign(step[name]) for name in ("title", "text")})}
            for step, other in zip(assembly["steps"], steps, strict=True)
        ],
    }


def _foreign(text: str) -> str:
    return Foreign(text) if text else text


def _names(
    bought: Iterable[Mapping[str, Any]], bulk: Iterable[Mapping[str, Any]], language: Language
) -> dict[str, str]:
    """What bought things are called here: "tuerca de barril M6x10x12"; standards keep their number."""
    found = {}
    for item in (*bought, *bulk):
        standard, size = item["standard"], item["size"]
        found[f"{standard} {size}"] = f"{language.gettext(standard)} {language.gettext(size)}"
    return found
