# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Named files: what every task takes and gives."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Iterable, Mapping

Files = dict[str, bytes]
"""File name (relative, "/" between folders) to its bytes."""

LONGEST_FOLDER_OR_FILE = 255  # bytes of one component; ext4, APFS and NTFS allow no more
LONGEST_NAME = 1024  # bytes of the whole relative name; leaves room below PATH_MAX = 4096


def sha256(data: bytes) -> str:
    """SHA-256 of the bytes, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def canonical(data: object) -> bytes:
    """The one JSON text of plain data: sorted keys, no spaces.

    Raises: TypeError: not plain data. ValueError: NaN or infinity.
    """
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def content_digest(hashes: Mapping[str, str]) -> str:
    """Digest of a set of files, given the SHA-256 of each."""
    return sha256(canonical(dict(hashes)))


def check_names(names: Iterable[str]) -> None:
    """See that every name can be a file below an output folder, and that no file is also a folder.

    Raises: ValueError: names the first that cannot.
    """
    known = set(names)
    folded: dict[str, str] = {}
    for name in sorted(known):
        if (twin := folded.setdefault(name.casefold(), name)) != name:
            raise ValueError(
                f"file names {twin!r} and {name!r} differ in case only: one file on some systems"
            )
        parts = name.split("/")
        if any(part in ("", ".", "..") for part in parts):
            raise ValueError(f"file name {name!r} is not a relative path without '.' and '..'")
        if any(char in "\\:" or not char.isprintable() for char in name):
            raise ValueError(f"file name {name!r} holds a backslash, a colon or a control character")
        sizes = [len(part.encode()) for part in parts]
        if max(sizes) > LONGEST_FOLDER_OR_FILE or sum(sizes) + len(sizes) > LONGEST_NAME:
            raise ValueError(f"file name {name[:60]!r}… is too long")
        for depth in range(1, len(parts)):
            if "/".join(parts[:depth]) in known:
                raise ValueError(f"{'/'.join(parts[:depth])!r} is both a file and the folder of {name!r}")


def check_files(files: object) -> Files:
    """The same object, if it is `Files` with good names.

    Raises: TypeError: not a dict of str to bytes. ValueError: see `check_names`.
    """
    if not isinstance(files, dict):
        raise TypeError(f"a task returns a dict of file name to bytes, not {type(files).__name__}")
    for name, data in files.items():
        if not isinstance(name, str) or not isinstance(data, bytes):
            raise TypeError(f"a task returns a dict of file name to bytes; {name!r} is {type(data).__name__}")
    check_names(files)
    return files


def call(function: str, params: Mapping[str, object], inputs: Mapping[str, Files]) -> Files:
    """Run a task's function; the only place where its module is imported.

    Args:
        function: "csmkit.pipeline.parts:write_step", module and qualified name.
        params: its keyword arguments that are plain data.
        inputs: its keyword arguments that are files.
    Returns: the files that it gives.
    Raises: whatever the function raises; TypeError, ValueError: it gives something else than files.
    """
    module, _, qualname = function.partition(":")
    target: object = importlib.import_module(module)
    for attribute in qualname.split("."):
        target = getattr(target, attribute)
    if not callable(target):
        raise TypeError(f"{function} is not a function")
    return check_files(target(**params, **inputs))
