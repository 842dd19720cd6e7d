# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What all pages share: one style sheet, scripts that are fetched where they are needed, the viewer."""

from __future__ import annotations

import shutil
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from csmkit.errors import CsmError

STATIC = Path(__file__).parent / "static"
FRAME = "frame.css"  # colours and the like, which the others use
VIEWER_PACKAGE = "fastbuild123"  # has three-cad-viewer, built, among its files
VIEWER = {  # its files → their names on the site
    "three-cad-viewer.esm.min.js": "three-cad-viewer.esm.min.js",
    "three-cad-viewer.css": "three-cad-viewer.css",
    "LICENSE-three-cad-viewer": "LICENSE.txt",
}


def write_assets(folder: Path) -> None:
    """Write them to a folder; the style sheets of all topics become one file, for one request.

    Raises: CsmError: the package that holds the viewer is not installed.
    """
    shutil.copytree(STATIC, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("style"))
    (folder / "csm.css").write_text(style_sheet(), encoding="utf-8", newline="\n")
    (folder / "viewer").mkdir(exist_ok=True)
    for name, path in viewer_files().items():
        shutil.copyfile(path, folder / "viewer" / name)


def style_sheet() -> str:
    """All style sheets, the frame's first."""
    sheets = sorted((STATIC / "style").glob("*.css"), key=lambda path: (path.name != FRAME, path.name))
    return "\n".join(path.read_text(encoding="utf-8") for path in sheets)


def viewer_files() -> dict[str, Path]:
    """three-cad-viewer's module, style sheet and licence where they are installed; we keep no copy."""
    try:
        files = distribution(VIEWER_PACKAGE).files or []
    except PackageNotFoundError:
        files = []
    found = {VIEWER[file.name]: Path(str(file.locate())) for file in files if file.name in VIEWER}
    found = {name: path for name, path in found.items() if path.parent.name == "vendor"}
    if set(found) != set(VIEWER.values()):
        raise CsmError(
            f"the 3D viewer is not there: {VIEWER_PACKAGE} has no three-cad-viewer",
            remedy="pip install -r requirements.lock",
        )
    return found
