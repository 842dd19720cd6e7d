# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What all pages share: one style sheet, scripts that are fetched where they are needed, the viewer."""

from __future__ import annotations

import shutil
from pathlib import Path

STATIC = Path(__file__).parent / "static"
FRAME = "frame.css"  # colours and the like, which the others use


def write_assets(folder: Path) -> None:
    """Write them to a folder; the style sheets of all topics become one file, for one request."""
    shutil.copytree(STATIC, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("style"))
    (folder / "csm.css").write_text(style_sheet(), encoding="utf-8", newline="\n")


def style_sheet() -> str:
    """All style sheets, the frame's first."""
    sheets = sorted((STATIC / "style").glob("*.css"), key=lambda path: (path.name != FRAME, path.name))
    return "\n".join(path.read_text(encoding="utf-8") for path in sheets)
