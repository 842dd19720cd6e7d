# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What printed pages say: the texts of their templates' `say("…")`, in a language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from csmkit.export.language.language import SOURCE, Language
from csmkit.export.typst import FOLDER

SAY = FOLDER / "language/say.typ"  # what the templates import
SPOKEN = ("book", "setup")  # folders of templates that speak languages
_SAID = re.compile(r'\bsay\(\s*"([^"\\]+)"')


def template_texts() -> Iterator[tuple[str, str]]:
    """Every text of the templates, with the file that says it."""
    for path in templates():
        for match in _SAID.finditer(path.read_text(encoding="utf-8")):
            yield f"{path.parent.name}/{path.name}", match.group(1)


def templates() -> list[Path]:
    """The templates that speak languages."""
    return [path for folder in SPOKEN for path in sorted((FOLDER / folder).glob("*.typ"))]


def template_words(language: Language) -> dict[str, str]:
    """English to a language, all that the templates say; what they don't find here they say in English."""
    if language.code == SOURCE:
        return {}
    return {text: language.gettext(text) for _, text in template_texts()}
