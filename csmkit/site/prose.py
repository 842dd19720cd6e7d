# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A contributor's Markdown as HTML that cannot do harm: no raw HTML, no pictures from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from markdown_it.token import Token
from markupsafe import Markup

from csmkit.export.markdown import is_web, parser

STEP_LEVEL = 3  # of a step's title; headings in its text come below


@lru_cache(maxsize=1024)  # presets of a kit share their steps
def prose(text: str, below: int = STEP_LEVEL) -> Markup:
    """Untrusted Markdown as HTML.

    Raw HTML is shown as text. A picture becomes its description, a link that does not lead to the web its
    words: a page must not fetch from elsewhere, nor point at files that the site does not have.

    Args:
        below: level of the heading that the text stands under; its highest heading is the next.
    """
    reader = parser()
    tokens = reader.parse(text)
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    tokens = list(_mended(tokens, below + 1 - min(levels, default=1)))
    return Markup(reader.renderer.render(tokens, reader.options, {}))


def prose_line(text: str) -> Markup:
    """The same for a line without paragraphs: emphasis, code, links."""
    reader = parser()
    tokens = list(_mended(reader.parseInline(text), 0))
    return Markup(reader.renderer.render(tokens, reader.options, {}))


def _mended(tokens: Iterable[Token], lowered: int) -> Iterator[Token]:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + lowered, 6)}"
        if token.children is not None:
            token.children = list(_inline(token.children))
        yield token


def _inline(tokens: Sequence[Token]) -> Iterator[Token]:
    kept: list[bool] = []  # whether each open link stays
    for token in tokens:
        if token.type == "image":
            yield _text(token.content)
        elif token.type == "link_open":
            kept.append(is_web(str(token.attrGet("href") or "")))
            token.attrSet("rel", "noopener nofollow")
            yield from [token] if kept[-1] else []
        elif token.type == "link_close":
            yield from [token] if kept.pop() else []
        else:
            yield token


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
