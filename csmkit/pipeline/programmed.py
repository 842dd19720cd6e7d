# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What comes of programs: files of those that hold, findings and pictures of those that don't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import csmkit
from csmkit.build import Files
from csmkit.export.paths import file_stem, gcode_folder, moves_path
from csmkit.export.setup.page import SetupPage, setup_page
from csmkit.model import Finding, Sheet, Workshop
from csmkit.model.data import dump
from csmkit.pipeline.gcode import Good, Made, fault_picture, made_files, made_moves, not_held, report


@dataclass
class Programmed:
    """The programs of a good or of a part.

    Args:
        name: of the kit or order, for the findings.
        files: programs, proofs and pictures of what holds, by path.
        pages: of the setup sheet, in the order of work.
        findings: an error for each program that does not hold; a warning for each clamping that this machine
            or its cutters can't do, for it can be made elsewhere.
        pictures: of the faults, by file name.
        moves: of what holds and cuts a sheet, with their times, by path; to play over the sheet's drawing.
    """

    name: str
    files: Files = field(default_factory=dict)
    pages: list[SetupPage] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    pictures: Files = field(default_factory=dict)
    moves: Files = field(default_factory=dict)

    def take(self, made: Made, good: Good, shop: Workshop, subject: str = "") -> None:
        """Keep a program that holds, with its page; of one that does not, its fault with a picture.

        Args:
            good: what it cuts.
            subject: of a finding; the clamping's name unless told.
        """
        name = made.setup.name
        if made.proof.faults:
            error = not_held(made)
            self.findings.append(Finding(self.name, "program", subject or name, error.problem, error.remedy))
            picture = fault_picture(made.texts, made.setup, made.proof.faults[0], name)
            self.pictures[f"{file_stem(name)}.fault.svg"] = picture
            return
        folder = gcode_folder(shop.machine.key)
        self.files |= {f"{folder}/{path}": data for path, data in made_files(made, good).items()}
        if isinstance(good, Sheet):
            self.moves[moves_path(shop.machine.key, name)] = made_moves(made)
        self.pages.append(setup_page(report(made, good), made.program, shop.cam.through, folder))

    def warn(self, subject: str, problem: str, remedy: str = "") -> None:
        """Tell of something that can't be made here, or needs the maker's care."""
        self.findings.append(Finding(self.name, "program", subject, problem, remedy, "warning"))

    def as_files(self) -> Files:
        """gcode/<machine>/…, moves/<machine>/…, faults/<setup>.fault.svg, findings.json, and pages.json.

        The last is for the setup sheet.
        """
        return {
            **self.files,
            **self.moves,
            **{f"faults/{name}": picture for name, picture in self.pictures.items()},
            "findings.json": dump(tuple(self.findings), tuple[Finding, ...]),
            "pages.json": dump(tuple(self.pages), tuple[SetupPage, ...]),
        }


def heading(said: Sequence[str]) -> tuple[str, ...]:
    """The header's first lines: csmkit's version with the kit's, preset."""
    return (f"csmkit {csmkit.__version__}: {said[0]}", *said[1:])
