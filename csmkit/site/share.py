# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The picture that others show when they link to a kit: a JPEG, since not all of them read WebP."""

from __future__ import annotations

from pathlib import Path
from posixpath import relpath
from typing import Any
from urllib.parse import quote

from PIL import Image

from csmkit.site.kit import Built

NAME = "share.jpg"  # beside the files of a preset
GROUND = (246, 243, 238)  # as behind the pictures on the page
QUALITY = 85


def share_link(built: Built) -> dict[str, Any] | None:
    """Where the picture lies, seen from the preset's page, and its size; None if there is none."""
    shot = _shot(built)
    if shot is None:
        return None
    page = f"{built.language.folder}kits/{built.url}"
    place = relpath(f"kits/{built.key}/{built.preset}/{NAME}", page)
    return {"path": quote(place), "width": shot["width"], "height": shot["height"]}


def write_share(built: Built, folder: Path) -> None:
    """Write it to the preset's folder of the site, if there is one."""
    shot = _shot(built)
    if shot is None:
        return
    with Image.open(built.folder / shot["path"]) as picture:
        seen = picture.convert("RGBA")
    ground = Image.new("RGBA", seen.size, (*GROUND, 255))
    ground.alpha_composite(seen)
    ground.convert("RGB").save(folder / NAME, "JPEG", quality=QUALITY)


def _shot(built: Built) -> dict[str, Any] | None:
    shots = built.data["pictures"].get("hero", [])
    return shots[-1] if shots else None  # the largest: a small one is shown as a stamp, if at all
