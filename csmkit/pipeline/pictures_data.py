# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What kit.json says of the pictures that a build has made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from csmkit.export.paths import ASPECT, BOUGHT_WIDTH, PICTURES, bought_picture_path, picture_path

LINES = "pictures/assembly.svg"


def pictures_data(paths: Collection[str], bought: Sequence[str]) -> dict[str, Any]:
    """Pictures by name: "lines" is a path; hero, exploded and flat-pack list sizes, the smallest first.

    Args:
        paths: of the files that there are.
        bought: names of bought things; the small pictures that there are stand under "bought".
    """
    shaded = {
        name: [
            {"path": path, "width": width, "height": round(width / ASPECT)}
            for width in widths
            if (path := picture_path(name, width)) in paths
        ]
        for name, widths in PICTURES.items()
    }
    small = {
        item: {"path": path, "width": BOUGHT_WIDTH, "height": BOUGHT_WIDTH}
        for item in bought
        if (path := bought_picture_path(item)) in paths
    }
    return {
        **({"lines": LINES} if LINES in paths else {}),
        **{name: sizes for name, sizes in shaded.items() if sizes},
        **({"bought": small} if small else {}),
    }
