# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Zip archives that are the same bytes for the same files, and lists of their checksums."""

from __future__ import annotations

import hashlib
import io
import stat
import time
import unicodedata
import zipfile
from collections.abc import Mapping

from csmkit.errors import CsmError
from csmkit.export.okh import is_relative

EPOCH = 315_532_800  # 1980-01-01 00:00 UTC, the first moment that a zip can say
LAST_EPOCH = 4_354_819_198  # 2107-12-31 23:59:58 UTC, the last one
UNIX = 3  # create_system; else Windows and Unix would write different bytes


def zip_bytes(files: Mapping[str, bytes], epoch: int = EPOCH) -> bytes:
    """A zip of the files: sorted by name, stored, one date, mode 0644.

    Stored, not compressed, because releases of zlib compress to different bytes.

    Args:
        files: contents by relative path with "/"; names are brought to Unicode's form NFC.
        epoch: the date that every entry bears, seconds since 1970 UTC.
    Raises: CsmError: a path that leaves the archive, or is the same as another where case does not count;
        a date that zip cannot say.
    """
    if not EPOCH <= epoch <= LAST_EPOCH:
        raise CsmError(f"epoch {epoch} lies outside 1980 to 2107", remedy=f"take one from {EPOCH} up")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
        for name, content in safe_names(files).items():
            entry = zipfile.ZipInfo(name, time.gmtime(epoch)[:6])
            entry.create_system = UNIX
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            out.writestr(entry, content)
    return archive.getvalue()


def sha256sums(files: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS as `sha256sum -c` reads it: one line a file, sorted by name.

    Raises: CsmError: see `zip_bytes`.
    """
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in safe_names(files).items()]
    return "".join(lines).encode()


def safe_names(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files sorted by name (as UTF-8 sorts), names in NFC and fit for every system."""
    result: dict[str, bytes] = {}
    seen: dict[str, str] = {}
    for raw, content in files.items():
        name = unicodedata.normalize("NFC", raw)
        if not is_relative(name) or any(ord(c) < 0x20 or ord(c) == 0x7F for c in name):
            raise CsmError(f"{raw!r} is no file name for an archive", remedy="give a path below the folder")
        folded = name.casefold()
        if folded in seen:
            raise CsmError(
                f"{raw!r} and {seen[folded]!r} are one file where case does not count",
                remedy="rename one of them",
            )
        seen[folded] = raw
        result[name] = content
    return dict(sorted(result.items(), key=lambda item: item[0].encode()))
