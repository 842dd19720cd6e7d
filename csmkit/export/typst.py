# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Printed pages: a typst template of this folder and plain data become a PDF, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).parent


def typeset(template: str, data: Mapping[str, object]) -> bytes:
    """A PDF.

    The template reads the data with `json(bytes(sys.inputs.data))`. It names no date, so none is written,
    and sees no font of the system, so that every machine sets the same lines.

    Args:
        template: its file beside this one: "labels_pdf.typ".
        data: what JSON can hold.
    Raises: typst.TypstError: the template is wrong.
    """
    import typst  # 84 MB of shared library; only who prints loads it

    compiler = typst.Compiler(root=str(FOLDER), ignore_system_fonts=True)
    pdf = compiler.compile(
        (FOLDER / template).read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, allow_nan=False)},
    )
    assert isinstance(pdf, bytes)
    return pdf
