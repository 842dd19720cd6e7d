# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Programs on the disk: of a drawing, whole or not at all; and the picture of what is wrong with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import csmkit
from csmkit.build import Files, Store, publish, refuse_foreign
from csmkit.build.files import content_digest, sha256
from csmkit.errors import CsmError
from csmkit.export.paths import SETUP_SHEET, file_stem
from csmkit.export.setup.page import SetupPage, setup_page
from csmkit.export.setup.sheet import setup_sheet_pdf
from csmkit.export.whole_file import write_whole
from csmkit.model import Workshop
from csmkit.model.cam import ProgramText, Proof, Setup
from csmkit.pipeline.fault_pictures import ENDING
from csmkit.pipeline.gcode import Made, fault_picture, made_files, make, refuse, report, verify
from csmkit.pipeline.gcode_drawing import drawn_setups
from csmkit.pipeline.sheet_programs import thickness_line


@dataclass(frozen=True)
class ProgramFolder:
    """The programs of a drawing on the disk.

    Args:
        is_new: False if the folder held exactly these bytes already.
        remarks: what was left out of the drawing.
    """

    folder: Path
    made: tuple[Made, ...]
    files: tuple[str, ...]
    is_new: bool
    remarks: tuple[str, ...]


def program_drawing(
    file: Path, data: bytes, workshop: Workshop, sheet: str | None, out: Path, store: Store
) -> ProgramFolder:
    """Programs of a layered drawing in `out`/<name> with their setup sheet, whole or not at all.

    Raises: CsmError: the drawing or a clamping cannot be cut, or a written program does not hold; then its
        picture lies beside the folder.
    """
    drawn = drawn_setups(data, file.name, workshop, sheet, to_zero=True)
    folder = out / file_stem(file.stem)
    refuse_foreign(folder)
    files: Files = {}
    made: list[Made] = []
    pages: list[SetupPage] = []
    for setup in drawn.setups:
        said = (f"csmkit {csmkit.__version__}: {file.name}", f"drawing {setup.name}: {drawn.sheet.key}")
        one = make(setup, workshop, (*said, thickness_line(drawn.sheet)))
        if one.proof.faults:
            picture = out / f"{file_stem(setup.name)}{ENDING}"
            write_whole(picture, fault_picture(one.texts, setup, one.proof.faults[0], setup.name))
            refuse(one)
        made.append(one)
        files |= made_files(one, drawn.sheet)
        pages.append(setup_page(report(one, drawn.sheet), one.program, workshop.cam.through, folder.name))
    for side in ("", "-bottom"):  # of an earlier run
        (out / f"{folder.name}{side}{ENDING}").unlink(missing_ok=True)
    files[SETUP_SHEET] = setup_sheet_pdf(pages, file.name)
    hashes = {name: sha256(content) for name, content in files.items()}
    store.record(content_digest(hashes), files)
    is_new = publish(hashes, folder, store)
    return ProgramFolder(folder, tuple(made), tuple(sorted(files)), is_new, drawn.remarks)


def verify_files(
    texts: Sequence[ProgramText],
    drawing: tuple[str, bytes],
    workshop: Workshop,
    sheet: str | None,
    side: str,
) -> tuple[Proof, bytes | None]:
    """Prove programs against a drawing, and draw the first fault.

    Args:
        texts: as they run one after the other, with their cutters.
        drawing: name and bytes of the DXF.
        sheet, side: sheet good, and the clamping of a part that is cut from both sides.
    Returns: the proof, and the picture of its first fault.
    Raises: CsmError: the drawing cannot be read, or has no such side.
    """
    drawn = drawn_setups(drawing[1], drawing[0], workshop, sheet)
    setup = _side(drawn.setups, side, drawing[0])
    proof = verify(texts, setup, workshop)
    if not proof.faults:
        return proof, None
    faulty = texts[proof.faults[0].text]
    return proof, fault_picture(texts, setup, proof.faults[0], f"{faulty.suffix}{faulty.ending}")


def _side(setups: Sequence[Setup], side: str, name: str) -> Setup:
    for setup in setups:
        if setup.side == side:
            return setup
    raise CsmError("nothing in it is cut from below", kit=name, remedy="leave --side bottom out")
