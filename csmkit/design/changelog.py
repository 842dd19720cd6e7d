# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A kit's CHANGELOG.md: what changed from version to version, in the manner of Keep a Changelog."""

from __future__ import annotations

import re
from dataclasses import dataclass

from csmkit.errors import CsmError

FILE = "CHANGELOG.md"
RELEASE = re.compile(r"## \[?(?P<version>[^\]\s]+)\]?(?: - (?P<date>\d{4}-\d{2}-\d{2}))?")
ITEM = re.compile(r"[-*] (?P<text>.+)")


@dataclass(frozen=True)
class Release:
    """A version of a kit and what is new in it.

    Args:
        version: "1.0.0", or "Unreleased".
        date: "2026-11-22", empty if it is not released.
        changes: a sentence each, Markdown within the line.
    """

    version: str
    date: str
    changes: tuple[str, ...]


def parse_changelog(kit: str, text: bytes) -> tuple[Release, ...]:
    """Releases in the order of the file, the newest first.

    A level-2 heading opens a release: "## 1.0.0 - 2026-11-22"; list items below it are its changes, also
    below level-3 headings such as "### Added"; a line that belongs to no item is read past.
    Raises: CsmError: a level-2 heading that names no version, or an item above the first release.
    """
    releases: list[tuple[str, str, list[str]]] = []
    is_in_item = False
    for number, line in enumerate(text.decode("utf-8").splitlines(), 1):
        if line.startswith("## "):
            found = RELEASE.fullmatch(line.rstrip())
            if found is None:
                raise _fault(kit, number, f"{line!r} names no version")
            releases.append((found["version"], found["date"] or "", []))
        if (item := ITEM.fullmatch(line.rstrip())) is not None:
            if not releases:
                raise _fault(kit, number, "a change stands above the first version")
            releases[-1][2].append(item["text"])
        elif is_in_item and line.startswith("  ") and line.strip():
            releases[-1][2][-1] += f" {line.strip()}"
        is_in_item = item is not None or (is_in_item and line.startswith("  "))
    return tuple(Release(version, date, tuple(changes)) for version, date, changes in releases)


def _fault(kit: str, line: int, problem: str) -> CsmError:
    return CsmError(
        problem, kit=kit, part=f"{FILE} line {line}", remedy='begin a version with "## 1.0.0 - 2026-11-22"'
    )
