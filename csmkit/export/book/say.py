# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the book's templates say: the texts of their `say("…")`, in a language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csmkit.export.language.language import SOURCE, Language
from csmkit.export.typst import FOLDER

TEMPLATES = FOLDER / "book"
_SAID = re.compile(r'\bsay\(\s*"([^"\\]+)"')


def template_texts() -> Iterator[tuple[str, str]]:
    """Every text of the templates, with the file that says it."""
    for path in sorted(TEMPLATES.glob("*.typ")):
        for match in _SAID.finditer(path.read_text(encoding="utf-8")):
            yield path.name, match.group(1)


def template_words(language: Language) -> dict[str, str]:
    """English to a language, all that the templates say; what they don't find here they say in English."""
    if language.code == SOURCE:
        return {}
    return {text: language.gettext(text) for _, text in template_texts()}
