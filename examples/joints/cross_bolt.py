# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""A shelf that a bolt and a barrel nut pull to a side, and that comes off again."""

from csmkit import Bought, Outline, Part, Pose, Sheet, Workshop, prism
from csmkit.design.joints import GLUE, CrossBolt, Fit, on_edge, with_edge

BOLT = ("ISO 4017", "M6x50")
NUT = ("barrel nut", "M6x10x16")


def joint(shop: Workshop, ply: Sheet, cutter: float, fit: Fit = GLUE) -> CrossBolt:
    """Two tabs on an edge of 160 mm, a bolt between them."""
    return CrossBolt(
        length=160,
        tabbed=ply,
        slotted=ply,
        cutter=cutter,
        bolt=shop.bought_row(*BOLT),
        nut=shop.bought_row(*NUT),
        fit=fit,
    )


def things(j: CrossBolt, ply: Sheet, shop: Workshop) -> list:
    """The side stands upright, the shelf lies behind it; the bolt comes from the front."""
    t, center = ply.thickness, j.nut.dimension("center")
    edge = (160, 0), (0, 0)
    shelf = prism(with_edge(Outline.rectangle(0, 0, 160, 110), *edge, j.edge), t)
    for cut in j.hardware_cuts:
        shelf -= prism(on_edge(cut, *edge), t)
    side = prism(Outline.rectangle(-30, -60, 190, 60), t)
    for cut in (*j.slots, *j.slot_holes):
        side -= prism(on_edge(cut, (0, 0), (160, 0)), t)
    return [
        Part("side", side, ply, grain="x").at(Pose.at(y=t, rx=90)),
        Part("shelf", shelf, ply, grain="x").at(Pose.at(y=t, z=-t / 2)),
        Bought(*BOLT).at(*(Pose.at(160 - x, t - y, rx=90) for x, y in j.head_points)),
        Bought(*NUT).at(
            *(Pose.at(160 - x, t - y, -center, rz=90) for x, y in j.nut_points),
        ),
    ]
