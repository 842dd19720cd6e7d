# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""One file, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from csmkit.errors import CsmError


def write_whole(file: Path, data: bytes) -> bool:
    """Replace a file in one step; its folder is made.

    Returns: False if it held these bytes already.
    Raises: CsmError: it cannot be written; the old one stays.
    """
    try:
        if file.is_file() and file.read_bytes() == data:
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        new = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.write(data)
            new.chmod(0o644)
            new.replace(file)
        except OSError:
            new.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CsmError(f"cannot write {file}: {error.strerror}") from None
    return True
