# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Joints for sheet parts: one description makes both sides of a mating pair, so they cannot disagree.

A joint reads the real thickness of its sheets, the cutter's diameter and a fit, and yields outlines in its
own frame: those to add to a part, those to cut from it, or the whole edge to put in place of a straight one.
"""

from csmkit.design.joints.edge import on_edge, with_edge
from csmkit.design.joints.fit import GLUE, LOOSE, TIGHT, Fit, side_clearance, slot_width, thickest
from csmkit.design.joints.relief import Relief, relief_radius, slot
from csmkit.design.joints.tab_slot import TabSlot

__all__ = [
    "GLUE",
    "LOOSE",
    "TIGHT",
    "Fit",
    "Relief",
    "TabSlot",
    "on_edge",
    "relief_radius",
    "side_clearance",
    "slot",
    "slot_width",
    "thickest",
    "with_edge",
]
