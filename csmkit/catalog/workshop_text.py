# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A workshop's two files as one text: its own, my.toml, and its leftovers beside it, my.stock.toml."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from pathlib import Path

SEAM = "# ---- leftovers: what stands in the stock file ----"  # a comment, so that the whole is TOML too


def stock_path(workshop: Path) -> Path:
    """Where the leftovers of a workshop's file stand: my.stock.toml beside my.toml."""
    return workshop.with_name(stock_name(workshop.name))


def stock_name(workshop: str) -> str:
    """As `stock_path`, of a name: "workshop.stock.toml" of "workshop.toml"."""
    return f"{workshop.removesuffix('.toml')}.stock.toml"


def joined(own: bytes, stock: bytes) -> bytes:
    """Both files' bytes as one text; without leftovers, the workshop's file as it is."""
    return b"%s\n%s\n%s" % (own, SEAM.encode(), stock) if stock else own


def parted(text: str) -> tuple[str, str]:
    """What `joined` has joined: the workshop's own text, and its leftovers."""
    own, *stock = re.split(rf"\r?\n{re.escape(SEAM)}\r?\n", text, maxsplit=1)
    return own, "".join(stock)


def read_joined(workshop: Path) -> bytes:
    """A workshop's file with its leftovers, if there are any.

    Raises: OSError: the workshop's file, or a stock file that is there, can't be read.
    """
    stock = stock_path(workshop)
    return joined(_read(workshop), _read(stock) if stock.exists() else b"")


def _read(path: Path) -> bytes:
    """A file without the mark that editors of Windows begin it with."""
    return path.read_bytes().removeprefix(BOM_UTF8)
