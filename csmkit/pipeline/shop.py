# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The workshop of a build: read from its file, as designs may see it, and as programs need it."""

from __future__ import annotations

import re
from dataclasses import replace

from csmkit.build import Files
from csmkit.catalog.workshop import default_workshop
from csmkit.catalog.workshop_file import read_text
from csmkit.catalog.workshop_text import joined, parted
from csmkit.errors import CsmError
from csmkit.model import Workshop
from csmkit.model.data import dump

FILE = "workshop.toml"


def workshop(text: Files) -> Files:
    """workshop.json, design.json without what designs must not depend on, and machining.json for programs.

    Raises: CsmError: the file is not TOML, or says something that cannot be.
    """
    toml = text[FILE]
    shop = read_text(toml.decode("utf-8", "replace"), FILE) if toml else default_workshop()
    return {
        "workshop.json": dump(shop),
        "design.json": dump(shop.for_design()),
        "machining.json": dump(_for_machining(shop)),
    }


def _for_machining(shop: Workshop) -> Workshop:
    """What programs depend on: a new rate or a new price of a bolt makes none of them anew."""
    return replace(shop.for_design(), cam=shop.cam, chip_loads=shop.chip_loads, filaments=(), bought=())


def with_tool(toml: bytes, tool: str) -> bytes:
    """A workshop file that cuts with another cutter.

    Args:
        toml: the workshop's file; empty for the default workshop.
        tool: key of a cutter, "em6", or its diameter in mm, "6".
    Raises: CsmError: `tool` is neither.
    """
    number = re.fullmatch(r"(\d+(?:\.\d+)?)(?: ?mm)?", tool.strip())
    key = f"em{float(number[1]):g}" if number else tool.strip()
    if not re.fullmatch(r"[A-Za-z0-9._-]+", key):
        raise CsmError(f"--tool {tool} is neither a diameter nor a tool's key", remedy="write --tool 6")
    own, leftovers = parted(toml.decode("utf-8", "replace"))
    return joined(_told(own, key).encode(), leftovers.encode())


def _told(text: str, key: str) -> str:
    """A workshop's own text, whose [cutting] names a tool."""
    said = re.compile(r"^(\s*tool\s*=\s*).*$", re.MULTILINE)
    table = re.search(r"^\[cutting\]\s*$", text, re.MULTILINE)
    if table is None:
        return f'{text}\n[cutting]\ntool = "{key}"\n'
    head, body = text[: table.end()], text[table.end() :]
    section, rest = _until_next_table(body)
    if said.search(section):
        return head + said.sub(rf'\g<1>"{key}"', section, count=1) + rest
    return f'{head}\ntool = "{key}"{section}{rest}'


def _until_next_table(body: str) -> tuple[str, str]:
    following = re.search(r"^\[", body, re.MULTILINE)
    end = following.start() if following else len(body)
    return body[:end], body[end:]
