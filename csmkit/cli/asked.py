# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a user asks for: a kit's variant and a workshop, from options to a request and a builder for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from csmkit.catalog.workshop_text import read_joined, stock_name, stock_path
from csmkit.cli.group import Settings
from csmkit.cli.progress import building
from csmkit.design.find import find_kit
from csmkit.errors import CsmError

if TYPE_CHECKING:
    from csmkit.build import Builder
    from csmkit.pipeline import Planning, Request

FILE = "workshop.toml"  # what errors call a workshop's file before they know its name
PATIENCE_S = 900.0  # for one task: solids of a large kit on a slow machine take a tenth


def asked(
    settings: Settings,
    kit: str,
    preset: str = "default",
    given: Sequence[str] = (),
    workshop: Path | None = None,
    planning: Planning | None = None,
    site: str = "",
) -> Request:
    """The request of a command's options.

    Raises: CsmError: no such kit, no NAME=VALUE, an unreadable file.
    """
    from csmkit.pipeline import Planning, Request

    return Request(
        find_kit(settings.roots, kit),
        preset,
        dict(_setting(text) for text in given),
        read_workshop_file(workshop),
        planning or Planning(),
        site=site,
    )


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise CsmError(f"--set {text} is not NAME=VALUE", remedy="write --set width=420")
    return name.strip().replace("-", "_"), value.strip()


def read_workshop_file(workshop: Path | None) -> bytes:
    """Bytes of a workshop file with its leftovers, my.stock.toml beside my.toml; none without a file.

    Raises: CsmError: one of them cannot be read.
    """
    if workshop is None:
        return b""
    try:
        return read_joined(workshop)
    except OSError as error:
        raise CsmError(f"cannot read the workshop file {error.filename}: {error.strerror}") from None


@contextmanager
def asked_builder(
    settings: Settings, quiet: bool, shop: Path | None, timeout_s: float = PATIENCE_S
) -> Iterator[Builder]:
    """A builder whose errors call the workshop's files by the name that the user gave."""
    try:
        with building(settings.cache, settings.jobs, quiet, timeout_s) as builder:
            yield builder
    except CsmError as error:
        names = {} if shop is None else {FILE: shop, stock_name(FILE): stock_path(shop)}
        if error.kit not in names:
            raise
        kit = str(names[error.kit])
        raise CsmError(error.problem, kit=kit, part=error.part, remedy=error.remedy) from None
