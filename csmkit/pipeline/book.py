# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The build book in one paper size and one language, from what the build has written."""

from __future__ import annotations

import json
from typing import Literal

from csmkit.build import Files
from csmkit.export.book.address import page_address
from csmkit.export.book.pdf import book_pdf
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
    kit = json.loads(data["kit.json"])
    files = {path: found for output in outputs.values() for path, found in output.items()}
    language = load_language(code)
    name = NAMES[paper] if code == SOURCE else NAMES[paper].replace(".pdf", f".{code}.pdf")
    return {name: book_pdf(kit, files, paper, page_address(kit, site, language), language)}
