# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The assembly steps as a text, in one language."""

from __future__ import annotations

from csmkit.build import Files
from csmkit.design.find import parse_manifest
from csmkit.export.book.instructions import instructions as write_instructions
from csmkit.export.book.words import Words
from csmkit.export.language.kit import in_language
from csmkit.export.language.language import SOURCE, load_language
from csmkit.model import Assembly, KitFacts, Limit
from csmkit.model.data import load, plain
from csmkit.pipeline.translations import translations


def instructions(kit: str, code: str, source: Files, steps: Files, facts: Files) -> Files:
    """instructions.md; in another language than English instructions.es.md.

    Args:
        code: of its language.
        source: kit.toml and assembly.md of the kit and of those within it, and their translations.
    """
    manifest, assembly = parse_manifest(kit, source["kit.toml"]), load(Assembly, steps["assembly.json"])
    known = load(KitFacts, facts["facts.json"])
    data = {
        "title": manifest.title,
        "version": manifest.version,
        "untested": list(manifest.untested),
        "parts": [{"name": part.name} for part in known.parts],
        "bought": [{"item": b.key, "standard": b.standard, "size": b.size} for b in known.bought],
        "bulk": [plain(bulk) for bulk in known.bulk],
        "limits": [plain(limit, Limit) for limit in known.limits],
        "assembly": plain(assembly),
        "translations": {} if code == SOURCE else translations(manifest, source, assembly),
    }
    language = load_language(code)
    told = in_language(data, language)
    name = "instructions.md" if code == SOURCE else f"instructions.{code}.md"
    return {name: write_instructions(told, Words.of(told, language))}
