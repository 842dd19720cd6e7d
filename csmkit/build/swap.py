# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Putting a finished folder in the place of another."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from csmkit.build.disk import random_name, remove_tree

AT_FDCWD = -100  # linux/fcntl.h: paths are relative to the working folder
RENAME_EXCHANGE = 2  # linux/fs.h
CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.EXDEV}  # old kernels, layered file systems


def swap_in(new: Path, folder: Path) -> None:
    """Give a folder the place of another and remove that.

    Where the system can exchange two names (Linux), the folder is at every moment the old one or the new
    one; elsewhere there is a moment without either.

    Args:
        new: in the same parent.
        folder: may not exist yet.
    Raises: OSError.
    """
    if not folder.exists():
        os.rename(new, folder)
    elif _exchange(new, folder):
        remove_tree(new)
    else:
        old = folder.with_name(f".{folder.name}.{random_name()}.tmp")
        os.rename(folder, old)
        try:
            os.rename(new, folder)
        except OSError:
            os.rename(old, folder)
            raise
        remove_tree(old)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False if this system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    paths = os.fsencode(one), os.fsencode(other)
    if libc.renameat2(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in CANNOT_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(other))
