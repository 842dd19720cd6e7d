# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Disks that are full, read-only or somebody else's."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from csmkit.errors import CsmError

REASONS = {
    errno.ENOSPC: "no space is left on the device",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file is larger than the system allows",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EROFS: "the file system is read-only",
    errno.ENOTDIR: "a file is where a folder should be",
    errno.EEXIST: "a file is where a folder should be",
    errno.EISDIR: "a folder is where a file should be",
    errno.ENAMETOOLONG: "a name is too long for the file system",
}


@contextmanager
def one_clear_line(folder: Path, remedy: str) -> Iterator[None]:
    """Tell the errors of the operating system as one of ours.

    Raises: CsmError: names the folder, the reason and the remedy.
    """
    try:
        yield
    except OSError as error:
        reason = REASONS.get(error.errno or 0, error.strerror or str(error))
        raise CsmError(f"cannot use {folder}: {reason}", remedy=remedy) from error


def random_name() -> str:
    """A file name that no other process will choose; never part of an output."""
    return os.urandom(8).hex()


def remove_tree(folder: Path) -> None:
    """Remove a folder as far as possible; what stays is a leftover that the next run removes."""
    import shutil  # here, because an up-to-date build removes nothing and starts faster without

    shutil.rmtree(folder, ignore_errors=True)
