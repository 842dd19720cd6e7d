# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of what is wrong with programs: beside the output folder, and only those of the last run."""

from __future__ import annotations

from collections.abc import Mapping
from glob import escape
from pathlib import Path

from csmkit.export.whole_file import write_whole

ENDING = ".fault.svg"


def leave_pictures(folder: Path, pictures: Mapping[str, bytes]) -> None:
    """Write the pictures of a run beside its output folder, and remove those of earlier ones.

    Args:
        folder: of the output; its name and a dot begin the pictures' names.
        pictures: by name; none where all programs hold.
    """
    names = {f"{folder.name}.{name}" for name in pictures}
    for old in folder.parent.glob(f"{escape(folder.name)}.*{ENDING}"):
        if old.name not in names:
            old.unlink(missing_ok=True)
    for name, picture in pictures.items():
        write_whole(folder.with_name(f"{folder.name}.{name}"), picture)
