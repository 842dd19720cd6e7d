# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a page of the setup sheet is made from."""

from __future__ import annotations

from dataclasses import dataclass

from csmkit.cam.setups import DOWEL
from csmkit.export.svg.setup import SetupPlan, setup_plan
from csmkit.model.cam import Program, Report
from csmkit.model.outline import Point

ROOM = (186.0, 98.0)  # mm on paper for the plan


@dataclass(frozen=True)
class SetupPage:
    """What a page shows.

    Args:
        report: the program as data.
        plan: the drawing.
        through: how deep below the stock the cutter goes, mm.
        folder: where the program lies: "gcode/router-2500x1250".
        pins: where they are, mm; None: the sheet is not turned over.
        pin_depth: how deep their holes go into the spoil board, mm.
    """

    report: Report
    plan: SetupPlan
    through: float
    folder: str
    pins: tuple[Point, ...] | None
    pin_depth: float = 0.0

    @property
    def is_first(self) -> bool:
        """The sheet is turned over after it."""
        return self.pins is not None and self.report.side == "bottom"


def setup_page(report: Report, program: Program, through: float, folder: str) -> SetupPage:
    """The page of a program.

    Args:
        through: how deep below the stock the cutter goes, mm.
        folder: where the program lies.
    """
    setup = program.setup
    deep = max((c.depth - setup.thickness for c in setup.cuts if c.part == DOWEL), default=0.0)
    return SetupPage(report, setup_plan(program, ROOM), through, folder, setup.pins, deep)
