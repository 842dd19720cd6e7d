# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""A shelf whose tabs stand in slots of a side."""

from csmkit import Outline, Part, Pose, Sheet, Workshop, prism
from csmkit.design.joints import GLUE, Fit, TabSlot, on_edge, with_edge


def joint(shop: Workshop, ply: Sheet, cutter: float, fit: Fit = GLUE) -> TabSlot:
    """Two tabs on an edge of 160 mm."""
    return TabSlot(length=160, tabbed=ply, slotted=ply, cutter=cutter, fit=fit)


def things(j: TabSlot, ply: Sheet, shop: Workshop) -> list:
    """The side lies, the shelf stands on it."""
    t = ply.thickness
    shelf = Outline.rectangle(0, 0, 160, 110)
    shelf = with_edge(shelf, (160, 0), (0, 0), j.edge)
    side = prism(Outline.rectangle(-30, -60, 190, 60), t)
    for slot in j.slots:
        side -= prism(on_edge(slot, (0, 0), (160, 0)), t)
    return [
        Part("side", side, ply, grain="x").at(Pose()),
        Part("shelf", prism(shelf, t), ply, grain="x").at(Pose.at(y=t / 2, z=t, rx=90)),
    ]
