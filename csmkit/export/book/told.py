# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The drawn pictures of a build in another language: sheets, programs, bars, drawings, steps, curves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from csmkit.export.book.drawn import in_words
from csmkit.export.book.spoken import spoken_words
from csmkit.export.book.words import Words, sheet_title
from csmkit.export.language.kit import in_language
from csmkit.export.language.language import Language
from csmkit.export.paths import told_path
from csmkit.export.svg.document import with_title


def told_pictures(kit: Mapping[str, Any], files: Mapping[str, bytes], language: Language) -> dict[str, bytes]:
    """Those of a build's pictures that say something in a language, by their paths in it.

    Args:
        kit: kit.json.
        files: of the build, by path; what is not there has no picture.
    """
    kit = in_language(kit, language)
    words = Words.of(kit, language)
    made = {}
    for path, title, is_step in _titled(kit, words):
        if path in files:
            told = with_title(spoken_words(in_words(files[path], words, is_step), words), title)
            if told != files[path]:
                made[told_path(path, language.code)] = told
    return made


def _titled(kit: Mapping[str, Any], words: Words) -> Iterator[tuple[str, str, bool]]:
    """Path and title of each picture, and whether it is a step's."""
    for nesting in kit["nestings"]:
        for n, layout in enumerate(nesting["layouts"], 1):
            title = sheet_title(nesting, n, words.gettext)
            yield layout["svg"], title, False
            yield from _programs(layout, title, words)
    for plan in kit["bars"]:
        yield plan["svg"], plan["bar_title"], False
    for part in kit["parts"]:
        yield part["files"].get("drawing", ""), words.both(part["name"]), False
        yield from _programs(part, words.both(part["name"]), words)
    for figure in kit["figures"]:
        if figure["kind"] == "curve":
            yield figure["file"], figure["title"], False
    for number, step in enumerate(kit["assembly"]["steps"], 1):
        if picture := step.get("picture"):
            yield picture["path"], f"{number}: {step['title']}", True


def _programs(cut: Mapping[str, Any], title: str, words: Words) -> Iterator[tuple[str, str, bool]]:
    """Pictures of the programs of a sheet or of a milled part."""
    _ = words.gettext
    for program in cut.get("programs", []):
        panel = {"what": title, "n": program.get("panel")}
        what = _("%(what)s, panel %(n)s") % panel if panel["n"] else title
        from_below = program["side"] == "bottom"
        said = _("%(what)s, toolpaths from below") if from_below else _("%(what)s, toolpaths")
        yield program["svg"], said % {"what": what}, False
