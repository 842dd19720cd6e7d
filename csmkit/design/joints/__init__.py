# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Joints for sheet parts: one description makes both sides of a mating pair, so they cannot disagree.

A joint reads the real thickness of its sheets, the cutter's diameter and a fit, and yields outlines in its
own frame: those to add to a part, those to cut from it, or the whole edge to put in place of a straight one.
"""

from csmkit.design.joints.bolt_through import BoltThrough
from csmkit.design.joints.clearance_hole import clearance_hole
from csmkit.design.joints.cross_bolt import CrossBolt
from csmkit.design.joints.edge import on_edge, with_edge
from csmkit.design.joints.finger import FingerJoint
from csmkit.design.joints.fit import GLUE, LOOSE, TIGHT, Fit, side_clearance, slot_width, thickest
from csmkit.design.joints.half_lap import HalfLap
from csmkit.design.joints.housing import Housing
from csmkit.design.joints.relief import Relief, notch, relief_radius, slot
from csmkit.design.joints.tab_slot import TabSlot
from csmkit.design.joints.tee_nut import TeeNut
from csmkit.design.joints.wedged_tab import WedgedTab

__all__ = [
    "GLUE",
    "LOOSE",
    "TIGHT",
    "BoltThrough",
    "CrossBolt",
    "FingerJoint",
    "Fit",
    "HalfLap",
    "Housing",
    "Relief",
    "TabSlot",
    "TeeNut",
    "WedgedTab",
    "clearance_hole",
    "notch",
    "on_edge",
    "relief_radius",
    "side_clearance",
    "slot",
    "slot_width",
    "thickest",
    "with_edge",
]
