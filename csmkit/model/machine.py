# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Machines, their cutters, and what a tooth takes off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Process = Literal["router", "laser", "plasma", "saw", "print", "cast", "carve", "mill", "hand"]
ToolChange = Literal["auto", "manual", "none"]


@dataclass(frozen=True)
class Tool:
    """A router's cutter."""

    key: str  # "em6"
    title: str
    kind: Literal["flat", "ball", "vbit", "drill"]
    diameter: float  # mm
    flutes: int
    flute_length: float  # mm
    source: str


@dataclass(frozen=True)
class Machine:
    """A machine with its reach."""

    key: str
    title: str
    process: Process
    envelope: tuple[float, float, float]  # mm
    post: str  # dialect: grbl, linuxcnc, mach3
    feed_mm_min: float  # greatest feed in the plane
    source: str
    rpm_min: float = 8000.0  # of the spindle; usual for routers
    rpm_max: float = 24000.0
    plunge_mm_min: float = 1500.0  # greatest feed downwards
    acceleration: float = 500.0  # mm/s²
    junction_deviation: float = 0.02  # mm; how far a corner may be taken from its point, for times
    tool_change: ToolChange = "manual"  # none: one program for each tool
    tool_change_s: float = 120.0  # s for one change, until it cuts on; judgement: by hand, with a new zero


@dataclass(frozen=True)
class ThermalRule:
    """What laser or plasma can cut of sheet metal, whatever machine it is."""

    process: Process
    hole_per_thickness: float  # narrowest hole as a share of the sheet's thickness
    hole_least: float  # mm, whatever the thickness
    web_per_thickness: float  # narrowest metal between two cuts
    web_least: float  # mm
    thickest: float  # mm of mild steel
    source: str

    def hole(self, thickness: float) -> float:
        """The narrowest hole in a sheet, mm."""
        return max(self.hole_least, self.hole_per_thickness * thickness)

    def web(self, thickness: float) -> float:
        """The narrowest metal between two cuts, mm."""
        return max(self.web_least, self.web_per_thickness * thickness)


@dataclass(frozen=True)
class ChipLoad:
    """What a tooth takes off: a row of the table, or what a workshop says of its own cutter."""

    material: str  # class of the material, or key of one material
    kind: Literal["mill", "drill"]
    diameter: float  # mm; between two rows it is interpolated
    mm_tooth: float
    rpm: float  # usual speed, if the machine's spindle has it
    source: str
    tool: str = ""  # key of the one tool that it holds for
