# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How a contributor's Markdown is read: CommonMark with tables, without raw HTML; links to the web alone."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt

WEB = ("https://", "http://", "mailto:")


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The parser; raw HTML stays text."""
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


def is_web(address: str) -> bool:
    """An address that a page or a book may link to: no script, nothing relative."""
    return address.lower().startswith(WEB)
