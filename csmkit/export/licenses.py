# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Licence texts for bundles, and which licences a kit may have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from csmkit.errors import CsmError

# SPDX identifiers of licences that let everybody make, change and sell the thing (OSHWA's definition 1.0;
# identifiers of the SPDX licence list 3.27). No NC and no ND among them.
OPEN_LICENSES = frozenset(
    [
        "CERN-OHL-1.2",
        "CERN-OHL-P-2.0",
        "CERN-OHL-W-2.0",
        "CERN-OHL-S-2.0",
        "TAPR-OHL-1.0",
        "SHL-0.5",
        "SHL-0.51",
        "CC0-1.0",
        "CC-BY-3.0",
        "CC-BY-4.0",
        "CC-BY-SA-3.0",
        "CC-BY-SA-4.0",
        "OFL-1.1",
        "Unlicense",
        "0BSD",
        "MIT",
        "MIT-0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "Zlib",
        "Apache-2.0",
        "MPL-2.0",
        "EPL-2.0",
        "EUPL-1.2",
        "LGPL-2.1-only",
        "LGPL-2.1-or-later",
        "LGPL-3.0-only",
        "LGPL-3.0-or-later",
        "GPL-2.0-only",
        "GPL-2.0-or-later",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "AGPL-3.0-only",
        "AGPL-3.0-or-later",
        "GFDL-1.3-only",
        "GFDL-1.3-or-later",
    ]
)


def license_ids(expression: str) -> tuple[str, ...]:
    """The identifiers in an SPDX expression such as "CERN-OHL-S-2.0 AND CC-BY-SA-4.0", in their order.

    Raises: CsmError: the expression is not one, or names a licence that is unknown or not open.
    """
    words = re.findall(r"[()]|[^\s()]+", expression)
    if not _is_expression(words):
        raise CsmError(f"{expression!r} is not an SPDX licence expression", remedy="write CERN-OHL-S-2.0")
    ids = tuple(dict.fromkeys(w for w in words if w not in ("(", ")", "AND", "OR")))
    for name in ids:
        if name not in OPEN_LICENSES:
            near = get_close_matches(name, sorted(OPEN_LICENSES), n=1, cutoff=0.0)[0]
            raise CsmError(f"{name!r} is no open licence that SPDX knows", remedy=f"nearest: {near}")
    return ids


def license_texts(ids: Iterable[str]) -> dict[str, bytes]:
    """Full texts by file name: {"CERN-OHL-S-2.0.txt": …}, sorted.

    The texts are the files of LICENSES/ at the root of the repository. An installed csmkit has them among its
    metadata, where packaging puts licence files (PEP 639).

    Raises: CsmError: a text is not there.
    """
    return {f"{name}.txt": _license_text(name) for name in sorted(set(ids))}


def _license_text(name: str) -> bytes:
    file = Path(__file__).parents[2] / "LICENSES" / f"{name}.txt"
    if file.is_file():
        return file.read_bytes()
    try:
        text = distribution("csmkit").read_text(f"licenses/LICENSES/{name}.txt")
    except PackageNotFoundError:
        text = None
    if text is None:
        raise CsmError(f"the text of the licence {name} is not at hand", remedy=f"add LICENSES/{name}.txt")
    return text.encode()


def _is_expression(words: list[str]) -> bool:
    """Operands and operators take turns, brackets close."""
    depth, wants_operand = 0, True
    for word in words:
        if word == "(":
            depth += 1
            if not wants_operand:
                return False
        elif word == ")":
            depth -= 1
            if wants_operand or depth < 0:
                return False
        elif word in ("AND", "OR"):
            if wants_operand:
                return False
            wants_operand = True
        elif not wants_operand:
            return False
        else:
            wants_operand = False
    return depth == 0 and not wants_operand
