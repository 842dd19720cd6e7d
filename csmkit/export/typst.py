# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Printed pages: a typst template of this folder and plain data become a PDF, the same bytes every time."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

FOLDER = Path(__file__).parent
FACES = ("Regular", "Bold")  # of Source Sans Pro; without italics, which lack Greek and Cyrillic
ALL_FACES = (*FACES, "It", "BoldIt")
# Latin, Greek, Cyrillic and signs: what our faces draw, or DejaVu Sans Mono, which typst brings along
DRAWN = ((0x20, 0x52F), (0x1E00, 0x2BFF), (0xFB00, 0xFB06))


def typeset(
    template: str,
    data: Mapping[str, object],
    files: Mapping[str, bytes] = MappingProxyType({}),
    faces: Sequence[str] = FACES,
) -> bytes:
    """A PDF.

    The template reads the data with `json(bytes(sys.inputs.data))`. It names no date, so none is written,
    and sees no font of the system, so that every machine sets the same lines.

    Args:
        template: its file below this folder: "labels_pdf.typ".
        data: what JSON can hold.
        files: what the template reads by its name: pictures, other templates. It sees nothing else.
        faces: of Source Sans Pro.
    Raises: typst.TypstError: the template is wrong.
    """
    import typst  # 84 MB of shared library; only who prints loads it

    said = {"data": json.dumps(data, ensure_ascii=False, allow_nan=False)}
    with _faces(faces) as fonts, _folder(files) as root:
        compiler = typst.Compiler(root=str(root), font_paths=[str(fonts)], ignore_system_fonts=True)
        pdf = compiler.compile((FOLDER / template).read_bytes(), format="pdf", sys_inputs=said)
    assert isinstance(pdf, bytes)
    return pdf


def printable(text: str) -> str:
    """What our faces can draw of a text; letters of other scripts would come out as empty boxes."""
    return "".join(c for c in text if any(low <= ord(c) <= high for low, high in DRAWN))


@contextmanager
def _folder(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with these files alone."""
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield Path(folder)


@contextmanager
def _faces(faces: Sequence[str]) -> Iterator[Path]:
    """A folder with these faces alone.

    Their package holds each twice, as .ttf and as .otf, and typst would take the one that the file system
    happens to list first.
    """
    from font_source_sans_pro import font_directory

    with TemporaryDirectory() as folder:
        for face in faces:
            shutil.copy(Path(font_directory, f"SourceSansPro-{face}.ttf"), folder)
        yield Path(folder)
