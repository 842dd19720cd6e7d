# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the search leaves out goes round mkdocs, which would read it three times: most of a large site's time.

An HTML block at the start of a line is taken out of the Markdown, an empty element holds its place, and the
built page gets the block as it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

BLOCK = re.compile(r"^<(\w+)\b[^<>]*>", re.MULTILINE)
MARK = " data-search-exclude"
TITLE = "<h1"  # a page that the theme finds without one gets one more
PLACE = '<{0} data-unread="{1}"></{0}>'
HELD = re.compile(PLACE.format("(?:div|h1)", r"(\d+)"))


def without_unread(page: str, only_marked: bool = True) -> tuple[str, list[str]]:
    """A page's Markdown with its places, and the blocks that belong there: those in a row share a place.

    Args:
        only_marked: take the blocks that say `data-search-exclude`, not all.
    """
    kept, blocks, at = [], list[str](), 0
    for found in BLOCK.finditer(page):
        if found.start() >= at and (MARK in found[0] or not only_marked):
            end = _end(page, found)
            block, between = page[found.start() : end], page[at : found.start()]
            if blocks and not (between.strip() or TITLE in block or TITLE in blocks[-1]):
                blocks[-1] += between + block
            else:
                kept += [between, PLACE.format("h1" if TITLE in block else "div", len(blocks))]
                blocks.append(block)
            at = end
    return "".join([*kept, page[at:]]), blocks


def put_back(html: Path, blocks: Sequence[str]) -> None:
    """The blocks into a built page."""
    page = html.read_text(encoding="utf-8")
    whole = HELD.sub(lambda found: blocks[int(found[1])], page)
    html.write_text(whole, encoding="utf-8", newline="\n")


def _end(page: str, opened: re.Match[str]) -> int:
    """Where the element that opens there is closed."""
    depth = 0
    for tag in re.compile(rf"<(/?){opened[1]}\b").finditer(page, opened.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return page.index(">", tag.start()) + 1
    raise ValueError(f"an element is not closed: {opened[0]}")
