# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What the search leaves out goes round mkdocs, which would read it three times: most of a large site's time.

A block that says `data-search-exclude` at the start of a line is taken out of the Markdown, an empty element
holds its place, and the built page gets the block as it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

BLOCK = re.compile(r"^<(\w+)\b[^<>]*\sdata-search-exclude\b[^<>]*>", re.MULTILINE)
PLACE = '<div data-unread="{}"></div>'
HELD = re.compile(PLACE.format(r"(\d+)"))


def without_unread(page: str) -> tuple[str, list[str]]:
    """A page's Markdown with its places, and the blocks that belong there."""
    kept, blocks, at = [], list[str](), 0
    for found in BLOCK.finditer(page):
        if found.start() >= at:
            end = _end(page, found)
            kept += [page[at : found.start()], PLACE.format(len(blocks))]
            blocks.append(page[found.start() : end])
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
