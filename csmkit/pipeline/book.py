# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The build book in one paper size and one language, and pictures in one, from what the build has written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal

from csmkit.build import Files
from csmkit.export.book.address import page_address
from csmkit.export.book.pdf import book_pdf
from csmkit.export.book.told import told_pictures
from csmkit.export.language.language import SOURCE, load_language

NAMES = {"a4": "book.pdf", "us-letter": "book-letter.pdf"}


def book(paper: Literal["a4", "us-letter"], code: str, site: str, data: Files, **outputs: Files) -> Files:
    """book.pdf or book-letter.pdf; in another language than English book.es.pdf.

    Args:
        paper: its size.
        code: of its language.
        site: where the site is published, for the code on the cover; empty: unknown.
        data: kit.json over the files.
        outputs: files that the book shows.
    """
    kit, files = json.loads(data["kit.json"]), _joined(outputs)
    language = load_language(code)
    name = NAMES[paper] if code == SOURCE else NAMES[paper].replace(".pdf", f".{code}.pdf")
    return {name: book_pdf(kit, files, paper, page_address(kit, site, language), language)}


def told(code: str, data: Files, **outputs: Files) -> Files:
    """Drawn pictures in a language: "steps/3.es.svg".

    Args:
        code: of the language.
        data: kit.json over the files.
        outputs: files of the build, pictures among them.
    """
    return told_pictures(json.loads(data["kit.json"]), _joined(outputs), load_language(code))


def _joined(outputs: Mapping[str, Files]) -> Files:
    return {path: found for output in outputs.values() for path, found in output.items()}
