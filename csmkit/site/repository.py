# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Where people talk about a kit and change it: pages of its repository."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from csmkit.export.markdown import is_web

DESIGNS = "designs"  # where a repository keeps its kits


@dataclass(frozen=True)
class Repository:
    """Addresses below a kit's repository; an empty one is not offered by its host."""

    home: str
    issues: str
    discussions: str
    design: str  # the kit's folder


def repository(address: str, kit: str) -> Repository | None:
    """Its pages by the host's custom; of a host that we don't know only the repository itself.

    Args:
        address: `repo` of kit.toml. Returns: None if it is no address of the web.
        kit: key of the kit.
    """
    if not is_web(address) or address.startswith("mailto:"):
        return None
    home = address.rstrip("/").removesuffix(".git")
    folder = f"{DESIGNS}/{quote(kit)}"
    match urlsplit(home).netloc.lower():
        case "github.com":
            return Repository(home, f"{home}/issues", f"{home}/discussions", f"{home}/tree/HEAD/{folder}")
        case "gitlab.com":
            return Repository(home, f"{home}/-/issues", "", f"{home}/-/tree/HEAD/{folder}")
        case "codeberg.org":
            return Repository(home, f"{home}/issues", "", f"{home}/src/HEAD/{folder}")
        case _:
            return Repository(home, "", "", "")
