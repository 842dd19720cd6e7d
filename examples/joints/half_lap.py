# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""Two panels that cross, each slotted to half of its height."""

from csmkit import Outline, Part, Pose, Sheet, Workshop, prism
from csmkit.design.joints import GLUE, Fit, HalfLap


def joint(shop: Workshop, ply: Sheet, cutter: float, fit: Fit = GLUE) -> HalfLap:
    """Panels of 100 mm height."""
    return HalfLap(height=100, a=ply, b=ply, cutter=cutter, fit=fit)


def things(j: HalfLap, ply: Sheet, shop: Workshop) -> list:
    """The lower panel is slotted from above, the upper one from below."""
    t, panel = ply.thickness, Outline.rectangle(-100, 0, 100, 100)
    lower = prism(panel, t) - prism(j.slot_a.moved(0, 100, 180), t)
    upper = prism(panel, t) - prism(j.slot_b, t)
    return [
        Part("lower panel", lower, ply, grain="x").at(Pose.at(y=t / 2, rx=90)),
        Part("upper panel", upper, ply, grain="x").at(Pose.at(x=-t / 2, rx=90, rz=90)),
    ]
