# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Fits: how much air a joint leaves, and which thickness a slot must take."""

from __future__ import annotations

from dataclasses import dataclass

from csmkit.errors import CsmError
from csmkit.model import Sheet


@dataclass(frozen=True)
class Fit:
    """Air between two mating parts.

    Args:
        name: "tight", "glue" or "loose", or a name of the maker's own.
        clearance: mm per side; negative presses the parts together.
        source: where the number comes from.
    """

    name: str
    clearance: float
    source: str

    @classmethod
    def of(cls, name: str) -> Fit:
        """One of the three standard fits by its name. Raises: CsmError: no such fit."""
        for fit in (TIGHT, GLUE, LOOSE):
            if fit.name == name:
                return fit
        raise CsmError(f"unknown fit {name!r}", remedy="choose tight, glue or loose")


_JUDGEMENT = "csmkit's judgement for routed plywood, November 2026; check it with the fit-test kit"

TIGHT = Fit("tight", 0.05, f"goes together with a mallet; {_JUDGEMENT}")
"""The fit of parts that hold by themselves: they go together with a mallet."""

GLUE = Fit("glue", 0.10, f"pushed together by hand, leaves room for a film of PVA glue; {_JUDGEMENT}")
"""The fit of parts that are glued: pushed together by hand, with room for a film of glue."""

LOOSE = Fit("loose", 0.25, f"comes apart again, takes paint on both faces; {_JUDGEMENT}")
"""The fit of parts that come apart again, or are painted on both faces."""


def thickest(sheet: Sheet) -> float:
    """Thickness that a slot for this sheet must take, mm.

    A workshop that has measured its sheet gets slots for that thickness. Otherwise the slot takes the
    thickest sheet that the tolerance allows (nominal + plus): a slot that is too wide can be filled with
    glue or veneer, one that is too narrow spoils two parts. The price is a looser joint on most sheets, so
    measuring the sheet and writing it into the workshop file is worth a minute.

    Args:
        sheet: as the workshop has it (`shop.sheet`).
    """
    return sheet.thickness if sheet.measured else max(sheet.thickness, sheet.nominal + sheet.plus)


def side_clearance(sheet: Sheet, fit: Fit) -> float:
    """Air per side between a slot and a sheet of the workshop's thickness, mm.

    Args:
        sheet: that enters the slot.
        fit: that the slot is cut for.
    """
    return fit.clearance + (thickest(sheet) - sheet.thickness) / 2


def slot_width(sheet: Sheet, fit: Fit) -> float:
    """Width of a slot that takes the sheet, mm.

    Args:
        sheet: that enters the slot.
        fit: clearance per side.
    Example:
        slot_width(shop.sheet("birch-ply-18"), GLUE)
    """
    return thickest(sheet) + 2 * fit.clearance
