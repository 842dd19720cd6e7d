# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The drawn pictures of a kit's page, in its language: sheets, bars, drawings, steps, curves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from csmkit.export.book.drawn import in_words
from csmkit.export.book.words import Words
from csmkit.export.svg.document import with_title
from csmkit.site.kit import Built


def sheets(built: Built) -> list[dict[str, Any]]:
    """Sheets, then bars, each with its picture; numbered over all, so that a page can stop at some."""
    _ = built.language.gettext
    shown = [
        {
            "title": _("%(good)s, sheet %(n)s of %(count)s")
            % {"good": nesting["sheet_title"], "n": n, "count": len(nesting["layouts"])},
            "svg": layout["svg"],
            "dxf": layout["dxf"],
            "note": layout,
            "programs": layout.get("programs", []),
            "picture_size": layout.get("svg_size"),
        }
        for nesting in built.data["nestings"]
        for n, layout in enumerate(nesting["layouts"], 1)
    ]
    bars = [
        {
            "title": plan["bar_title"],
            "svg": plan["svg"],
            "dxf": "",
            "note": None,
            "programs": [],
            "picture_size": plan.get("svg_size"),
        }
        for plan in built.data["bars"]
    ]
    return shown + bars


def write_pictures(built: Built, folder: Path) -> Built:
    """Write the pictures that say something in a language which the kit speaks.

    Args:
        folder: of the language's pages; the pictures go below kits/, new files all of them.
    Returns: the kit whose pages link them.
    """
    if built.language.code not in built.data.get("translations", {}):
        return built
    words = Words.of(built.data, built.language)
    made = {file["path"] for file in built.data["files"]}
    own = set()
    for path, title, is_step in _titled(built, words):
        if path in made:
            english = (built.folder / path).read_bytes()
            told = with_title(in_words(english, words, is_step), title)
            if told != english:
                at = folder / "kits" / built.files_url / path
                at.parent.mkdir(parents=True, exist_ok=True)
                at.write_bytes(told)
                own.add(path)
    return replace(built, own=frozenset(own))


def _titled(built: Built, words: Words) -> Iterator[tuple[str, str, bool]]:
    """Path and title of each picture, and whether it is a step's."""
    for sheet in sheets(built):
        yield sheet["svg"], sheet["title"], False
    for part in built.data["parts"]:
        yield part["files"].get("drawing", ""), words.both(part["name"]), False
    for figure in built.data["figures"]:
        if figure["kind"] == "curve":
            yield figure["file"], figure["title"], False
    for number, step in enumerate(built.data["assembly"]["steps"], 1):
        if picture := step.get("picture"):
            yield picture["path"], f"{number}: {step['title']}", True
