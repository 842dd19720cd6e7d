# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: CERN-OHL-S-2.0
"""A shelf whose long tabs stand through a side and are drawn tight by wedges."""

from csmkit import Outline, Part, Pose, Sheet, Workshop, prism
from csmkit.design.joints import LOOSE, Fit, WedgedTab, on_edge, with_edge


def joint(shop: Workshop, ply: Sheet, cutter: float, fit: Fit = LOOSE) -> WedgedTab:
    """Two tabs on an edge of 180 mm, a wedge through each."""
    return WedgedTab(
        length=180,
        tabbed=ply,
        slotted=ply,
        cutter=cutter,
        width=54,
        wedge=ply,
        fit=fit,
    )


def things(j: WedgedTab, ply: Sheet, shop: Workshop) -> list:
    """The side stands upright, the shelf behind it; the wedges are driven from above."""
    t = ply.thickness
    edge = (180, 0), (0, 0)
    shelf = prism(with_edge(Outline.rectangle(0, 0, 180, 110), *edge, j.edge), t)
    for cut in j.hardware_cuts:
        shelf -= prism(on_edge(cut, *edge), t)
    side = prism(Outline.rectangle(-30, -60, 210, 60), t)
    for slot in j.slots:
        side -= prism(on_edge(slot, (0, 0), (180, 0)), t)
    middles = [180 - (x0 + x1) / 2 for x0, x1 in j.spans]
    return [
        Part("side", side, ply, grain="x").at(Pose.at(y=t, rx=90)),
        Part("shelf", shelf, ply, grain="x").at(Pose.at(y=t, z=-t / 2)),
        Part("wedge", prism(j.wedge_outline, t), ply, grain="x").at(
            *(Pose.at(x - t / 2, 0, -j.wedge_length / 2, rx=180, ry=-90) for x in middles)
        ),
    ]
